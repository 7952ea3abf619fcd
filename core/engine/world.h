// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Everything that a run's future depends on, as one copyable value: nodes,
// their programs, the cables between them, packets on their way, what is
// planned, and the random numbers. It writes into a trace that it is given
// and never reads it back.

#include "core/apps/programs.h"
#include "core/apps/script_runner.h"
#include "core/engine/event_queue.h"
#include "core/net/bridge.h"
#include "core/net/host.h"
#include "core/net/link.h"
#include "core/net/router.h"
#include "core/scenario/scenario.h"

namespace packetarium {

class World final : private NodeSink, private NodeDirectory {
public:
    /// `layers`: layer crossings and uses of tables go into the trace, too.
    World(const Scenario& scenario, Trace& trace, bool layers);

    SimTime now() const { return now_; }
    /// When the next event is due; never() if nothing is planned.
    SimTime nextAt() const { return events_.empty() ? SimTime::never() : events_.top().at; }
    /// Nothing is left to happen but that caches forget what they learnt.
    bool isIdle() const;
    /// Carries out the next event.
    void step(const Scenario& scenario, Trace& trace);
    /// Lets time pass to t; nothing may be planned before it.
    void advanceTo(SimTime t) { now_ = t; }
    /// Carries out a command of the user at this instant. `index` names it in the trace.
    void execute(const Command& command, std::uint32_t index, Trace& trace);

    std::span<const Host> hosts() const { return hosts_; }
    std::uint64_t framesSent() const { return sentByAll_; }
    /// Entries of packets that are under way, to be put back into a truncated trace.
    std::vector<PacketInfo> underWay() const;
    void restoreConns(Trace& trace) const;

private:
    /// A packet that has been sent and has not ended.
    struct Flying {
        PacketInfo info; ///< as the trace has it, but for what its frame says; without an id: the place is free
        WireFrame frame;
        std::uint32_t version = 0; ///< counts changes of plan at this place; an event with another number is stale
        SimTime arrival;           ///< planned
        bool willBeLost = false;
        Reason lossReason = Reason::None;
        bool held = false;
        std::optional<std::uint32_t> corruptBit;
        std::uint32_t nthOfAll = 0; ///< as PacketInfo::nth, counted over all nodes
    };
    /// Something asked of a packet before it was sent.
    struct Rule {
        NodeId from; ///< none: counted over all nodes
        std::uint32_t nth = 0;
        Action action;
    };

    /// A cable: what goes from a to b, and from b to a.
    struct Cable {
        NodeId a, b;
        std::uint8_t aPort = 0, bPort = 0;
        LinkDirection toB, toA;
        bool plugged = true;
    };
    /// Something that a host told, kept until its programs may act on it.
    struct News {
        enum class Kind : std::uint8_t { Call, Data, Datagram, Icmp };
        Kind kind{};
        NodeId host;
        ConnId conn;
        AppCall call{};
        AppResult result{};
        Bytes data;
        UdpDelivery datagram; ///< its view points into nothing: `data` holds the octets
        IcmpDelivery icmp;
    };

    // NodeSink
    void transmit(NodeId from, std::uint8_t port, Outgoing&& out) override;
    void programNews(NodeId host, ConnId conn, AppCall what, AppResult result, std::uint64_t octets) override;
    void dataArrived(NodeId host, ConnId conn, ByteView data) override;
    void stateEntered(NodeId host, ConnId conn, TcpState state) override;
    void datagramArrived(NodeId host, const UdpDelivery& delivery) override;
    void icmpArrived(NodeId host, const IcmpDelivery& delivery) override;
    // NodeDirectory
    std::optional<IpAddress> addressOf(std::string_view nodeName, bool v6) const override;

    // world_build.cpp
    void addHost(const Scenario& scenario, const HostSpec& spec);
    void addRouter(const RouterSpec& spec);
    void addBridges(const Scenario& scenario);
    void addCables(const Scenario& scenario);
    void describeTo(Trace& trace, const Scenario& scenario) const;

    // world.cpp
    NodeContext context() { return {now_, *trace_, *this, layers_}; }
    AppResult callHost(Host& host, const Action& action);
    void run(const Command& command, std::uint32_t index, bool fromUser);
    Reason runOnNetwork(const Command& command);
    /// Lets the programs hear what their hosts told, until nobody has anything left to tell.
    void tellPrograms();
    void planScript(SimTime at, std::uint32_t index);
    void planTimer(NodeId node);
    SimTime deadlineOf(NodeId node) const;
    void nodeTimer(NodeId node);
    /// Forgets planned events that changes of plan have made void, so that nextAt() tells of something that happens.
    void dropStaleEvents();

    // world_network.cpp
    void endPacket(Flying& packet);
    void receive(NodeId node, std::uint8_t port, PacketId packet, const WireFrame& frame);
    Reason plug(const LinkEnd& a, const LinkEnd& b, bool plugged);
    Reason power(NodeId node, bool on);
    Switch* switchOf(NodeId node);
    Router* routerOf(NodeId node);
    Hub* hubOf(NodeId node);
    bool isHost(NodeId node) const { return node.value() < hosts_.size(); }
    NodeId nodeNamed(std::string_view name) const;
    std::optional<LinkId> cableBetween(const LinkEnd& a, const LinkEnd& b) const;
    std::optional<std::uint8_t> portOf(NodeId node, const std::string& interface) const;

    // world_packets.cpp
    void noteLayersOfSender(const PacketInfo& info, const Outgoing& out);
    void launch(PacketInfo& info, Outgoing& out, const LinkPlan& plan);
    Flying& takeOff(const PacketInfo& info, WireFrame&& frame, SimTime arrival);
    void planEnd(Flying& packet, SimTime at);
    void applyRules(const PacketInfo& info, std::uint32_t nthOfAll);
    Reason actOnPacket(const Action& action, const PacketSelector& selector);
    Reason actInFlight(const Action& action, Flying& flying);
    void loseNow(Flying& flying, Reason why);
    void loseAt(Flying& flying, SimTime at, Reason why);
    void hold(Flying& flying, SimTime at, SimTime release);
    void release(Flying& flying);
    void duplicate(const Flying& flying, SimDuration after);
    void corrupt(Flying& flying, std::uint32_t bit);
    void inject(const DoInject& forged);
    void changed(const Flying& packet, Reason reason, std::uint64_t value);
    Flying* flying(PacketId id);
    /// Of those that are under way, in the order of their ids.
    std::vector<PacketId> flyingIds() const;
    std::uint32_t placeOf(const Flying& packet) const { return static_cast<std::uint32_t>(&packet - flying_.data()); }
    void forget(Flying& packet);
    void note(const Record& record);

    SimTime now_;
    Rng rng_;
    EventQueue events_;
    // In the order of NodeId: hosts, routers, switches, hubs.
    std::vector<Host> hosts_;
    std::vector<Router> routers_;
    std::vector<Switch> switches_;
    std::vector<Hub> hubs_;
    std::vector<Programs> programs_; ///< by host
    std::vector<std::string> names_; ///< by node, as are the next four
    std::vector<bool> on_;
    std::vector<SimTime> timerPlanned_;                  ///< the earliest planned NodeTimer event
    std::vector<std::uint32_t> sentCount_;               ///< frames it has put on its cables
    std::vector<std::vector<LinkId>> cablesOf_;          ///< by port; none where no cable is
    std::vector<std::vector<std::string>> interfacesOf_; ///< by port, of routers; empty of others
    std::vector<Cable> cables_;
    std::vector<Flying> flying_; ///< by place, which its events name
    std::vector<std::uint32_t> freePlaces_;
    std::vector<Rule> rules_;
    std::vector<News> news_;
    std::uint32_t sentByAll_ = 0;
    std::uint32_t scriptsPlanned_ = 0; ///< Script events in the queue
    ScriptRunner script_;
    bool layers_ = false;
    bool programsUsed_ = false; ///< until then nobody listens to what hosts tell
    Trace* trace_ = nullptr;    ///< only while a call lasts
};

} // namespace packetarium
