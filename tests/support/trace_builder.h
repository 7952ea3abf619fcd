// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Traces written by hand, so that what reads a trace is tested without the
// engine that produces one. Two hosts, "client" (0, the active side) and
// "server" (1). Call in the order of time, as records stand in it.

#include "core/trace/trace.h"

namespace packetarium {

constexpr std::uint16_t kClientPort = 49152, kServerPort = 80;

/// So many milliseconds after the start.
constexpr SimTime ms(std::int64_t n)
{
    return SimTime::fromNs(n * 1'000'000);
}

inline constexpr NodeId kClient{0};
inline constexpr NodeId kServer{1};

class TraceBuilder {
public:
    TraceBuilder();

    struct Segment {
        std::string flags = "ACK"; ///< "SYN,ACK"
        std::uint32_t seq = 0, ack = 0;
        std::uint32_t length = 0;
    };

    ConnId conn(SimTime at, NodeId host, std::uint16_t localPort, std::uint16_t remotePort = 0);
    /// The row of the transition table from `from` on `event`; it must exist.
    void state(SimTime at, ConnId conn, TcpState from, std::string_view event, PacketId cause = {});
    /// Handed to the link at `at`, there `flight` later if nothing is done to it. The frame is real.
    PacketId send(SimTime at, ConnId conn, const Segment& segment, Reason why = Reason::SentAppWrite);
    PacketId sendFrom(SimTime at, NodeId host, const Segment& segment, Reason why);
    PacketId inject(SimTime at, NodeId from, const Segment& segment);
    /// A copy that leaves at `at`.
    PacketId duplicate(SimTime at, PacketId original);
    void arrive(PacketId packet, ConnId conn = {}); ///< at its natural time
    void arriveAt(SimTime at, PacketId packet, ConnId conn = {});
    void lose(SimTime at, PacketId packet, Reason why = Reason::LostByCommand);
    void hold(SimTime at, PacketId packet);
    void letGo(SimTime at, PacketId packet);
    void corrupt(SimTime at, PacketId packet, std::uint64_t bit);
    void variable(SimTime at, ConnId conn, Variable variable, std::uint64_t value);
    void timer(SimTime at, ConnId conn, Timer timer, TimerChange change, SimTime deadline = SimTime::zero());
    void app(SimTime at, ConnId conn, AppCall call, std::uint64_t octets = 0, AppResult result = AppResult::Ok);
    void record(const Record& record) { trace.append(record), trace.setEnd(record.at); }

    NodeId hostOf(ConnId conn) const { return trace.conns()[conn.value()].host; }

    Trace trace;
    SimDuration flight = SimDuration::milliseconds(20);
    std::uint16_t window = 65535;

private:
    PacketId put(SimTime at, PacketInfo info, const Segment& segment, ConnId conn);
};

/// RFC 9293 Figure 6 with data's numbers of the figure (ISS 100 and 300), 20 ms each way: the server listens from the start,
/// the client connects at 0. Both control blocks' main variables and the retransmission timers are in it.
Trace handshakeTrace();

} // namespace packetarium
