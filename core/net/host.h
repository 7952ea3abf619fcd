// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A host: one network interface, IPv4, and TCP with its connections. It takes
// frames apart as far as they are meant for it, finds the connection, and puts
// what TCP says into frames. A copyable value like everything in the world.

#include "core/tcp/connection.h"
#include "core/trace/trace.h"
#include "core/wire/frame.h"

#include <map>

namespace packetarium {

/// What a host says while it is called: frames for its link, news for its program.
class HostSink {
public:
    virtual void transmit(NodeId from, ConnId conn, const TcpSegment& segment, Bytes frame, Reason cause,
                          bool retransmission) = 0;
    virtual void programNews(NodeId host, ConnId conn, AppCall what, AppResult result, std::uint64_t octets) = 0;
    virtual void stateEntered(NodeId host, ConnId conn, TcpState state) = 0;

protected:
    ~HostSink() = default;
};

struct HostSetup {
    NodeId id;
    Ipv4Address address;
    MacAddress mac;
    bool filtered = false;
    TcpConfig tcp;
    IsnSecret secret;
    std::map<Ipv4Address, MacAddress> neighbours; ///< until ARP: who has which address on the link
};

class Host {
public:
    explicit Host(HostSetup setup)
        : setup_(std::move(setup))
    {}

    // The program's calls. They act on the connection that is current: the newest one that is not CLOSED.
    AppResult listen(SimTime now, std::uint16_t port, Trace& trace, HostSink& out);
    AppResult connect(SimTime now, std::uint16_t localPort, const Endpoint& remote, Trace& trace, HostSink& out);
    AppResult send(SimTime now, ByteView data, Trace& trace, HostSink& out);
    AppResult receive(SimTime now, std::uint32_t octets, Trace& trace, HostSink& out);
    AppResult setAutoRead(SimTime now, bool on, Trace& trace, HostSink& out);
    AppResult close(SimTime now, Trace& trace, HostSink& out);
    AppResult shutdown(SimTime now, Trace& trace, HostSink& out);
    AppResult abort(SimTime now, Trace& trace, HostSink& out);
    /// Power off and on: every connection is forgotten without a word (RFC 9293 §3.5.1).
    void crash(SimTime now, Trace& trace);

    /// A frame that came off the link. `packet` names it in the trace.
    void receiveFrame(SimTime now, PacketId packet, ByteView frame, Trace& trace, HostSink& out);
    void onTimer(SimTime now, Trace& trace, HostSink& out);
    SimTime nextDeadline() const;

    NodeId id() const { return setup_.id; }
    Ipv4Address address() const { return setup_.address; }
    MacAddress mac() const { return setup_.mac; }
    const Connection* current() const;
    ConnId currentId() const;
    /// Every connection this host has had, oldest first.
    struct Slot {
        ConnId id;
        Connection tcp;
        bool gone = false; ///< forgotten by a crash
    };
    std::span<const Slot> connections() const { return slots_; }
    /// What the program has read in all, in order, as a running FNV-1a hash and a count.
    std::uint64_t octetsRead() const { return octetsRead_; }
    std::uint64_t readHash() const { return readHash_; }
    std::uint64_t octetsWritten() const { return octetsWritten_; }

private:
    class Sink;
    AppResult finish(SimTime now, AppCall call, Trace& trace, HostSink& out);
    Slot* currentSlot();
    Slot* slotFor(const TcpSegment& segment, Ipv4Address source);
    Slot& open(std::uint16_t localPort, Trace& trace);
    Bytes makeFrame(const TcpSegment& segment, Ipv4Address destination);
    void ignore(SimTime now, PacketId packet, ConnId conn, Reason why, Trace& trace);

    HostSetup setup_;
    std::vector<Slot> slots_;
    std::uint16_t ipId_ = 0;
    std::size_t isnsChosen_ = 0;
    bool autoRead_ = true;
    std::uint64_t octetsRead_ = 0, octetsWritten_ = 0;
    std::uint64_t readHash_ = 14695981039346656037ULL;
};

} // namespace packetarium
