// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Everything that a run's future depends on, as one copyable value: hosts,
// links, packets on their way, what is planned, and the random numbers. It
// writes into a trace that it is given and never reads it back, but for the
// frames of its own packets.

#include "core/apps/script_runner.h"
#include "core/engine/event_queue.h"
#include "core/net/host.h"
#include "core/net/link.h"
#include "core/scenario/scenario.h"

namespace packetarium {

class World final : private HostSink {
public:
    World(const Scenario& scenario, Trace& trace);

    SimTime now() const { return now_; }
    /// When the next event is due; never() if nothing is planned.
    SimTime nextAt() const { return events_.empty() ? SimTime::never() : events_.top().at; }
    /// Carries out the next event.
    void step(const Scenario& scenario, Trace& trace);
    /// Lets time pass to t; nothing may be planned before it.
    void advanceTo(SimTime t) { now_ = t; }
    /// Carries out a command of the user at this instant. `index` names it in the trace.
    void execute(const Command& command, std::uint32_t index, Trace& trace);

    std::span<const Host> hosts() const { return hosts_; }
    /// Entries of packets that are under way, to be put back into a truncated trace.
    std::vector<PacketInfo> underWay(const Trace& trace) const;
    void restoreConns(Trace& trace) const;

private:
    /// A packet that has been sent and has not ended.
    struct Flying {
        PacketId id;
        std::uint32_t version = 0; ///< counts its changes of plan; an event with another number is stale
        SimTime arrival;           ///< planned
        bool willBeLost = false;
        Reason lossReason = Reason::None;
        bool held = false;
        std::optional<std::uint32_t> corruptBit;
        std::uint32_t nthOfAll = 0; ///< as PacketInfo::nth, counted over all hosts
    };
    /// Something asked of a packet before it was sent.
    struct Rule {
        NodeId from; ///< none: counted over all hosts
        std::uint32_t nth = 0;
        Action action;
    };

    // HostSink
    void transmit(NodeId from, ConnId conn, const TcpSegment& segment, Bytes frame, Reason cause,
                  bool retransmission) override;
    void programNews(NodeId host, ConnId conn, AppCall what, AppResult result, std::uint64_t octets) override;
    void stateEntered(NodeId host, ConnId conn, TcpState state) override;

    // world.cpp
    AppResult callProgram(NodeId host, const Action& action);
    void run(const Command& command, std::uint32_t index, bool fromUser);
    void planHostTimer(NodeId host);
    /// Forgets planned events that changes of plan have made void, so that nextAt() tells of something that happens.
    void dropStaleEvents();
    void endPacket(Flying& packet);

    // world_packets.cpp
    PacketInfo describe(NodeId from, ConnId conn, const TcpSegment& segment) const;
    void launch(PacketInfo info, ByteView frame, const LinkPlan& plan, std::optional<std::uint32_t> corruptBit);
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
    void changed(PacketId packet, Reason reason, std::uint64_t value);
    Flying* flying(PacketId id);
    NodeId hostNamed(const std::string& name) const;
    NodeId otherThan(NodeId host) const;
    void note(Record record);

    SimTime now_;
    Rng rng_;
    EventQueue events_;
    std::vector<Host> hosts_;
    std::vector<std::string> names_;
    std::vector<LinkDirection> directions_; ///< by sender
    std::vector<SimTime> timerPlanned_;     ///< by host: the earliest planned HostTimer event
    std::vector<Flying> flying_;
    std::vector<Rule> rules_;
    std::vector<std::uint32_t> sentCount_; ///< by host: packets its TCP has sent
    std::uint32_t sentByAll_ = 0;
    ScriptRunner script_;
    Trace* trace_ = nullptr; ///< only while a call lasts
};

} // namespace packetarium
