// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a run looks like as curves over time: one flow for each TCP endpoint
// that sent something that takes up sequence numbers, seen from its sender.
// Read from the trace in one pass; everything that is drawn, hovered or
// written as CSV is taken from here.

#include "core/trace/trace.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace packetarium {

/// From `at` on the value is this one.
struct SeriesPoint {
    SimTime at;
    std::int64_t value = 0;
    bool operator==(const SeriesPoint&) const = default;
};
using Series = std::vector<SeriesPoint>; ///< in order of time

/// The value in force at t; nothing before the first point.
std::optional<std::int64_t> valueAt(const Series& series, SimTime t);

/// A segment that takes up sequence numbers, as its sender's TCP sent it. Numbers count from the sender's ISS.
struct SegmentPoint {
    SimTime at;
    std::int64_t from = 0, to = 0; ///< `to` is not included; SYN and FIN count for one
    PacketId packet;
    Reason cause = Reason::None;
    Reason lossReason = Reason::None;
    bool retransmission = false;
    SimTime arrivedAt = SimTime::never(); ///< at the other end; never: lost, or still under way
    SimTime lostAt = SimTime::never();    ///< never: it was not, or a copy of it arrived all the same
};

/// An acknowledgment that came to the sender.
struct AckPoint {
    SimTime at;
    std::int64_t ack = 0;
    std::int64_t edge = 0; ///< first number beyond the window that it offers
    PacketId packet;
    bool repeated = false; ///< acknowledges nothing new
};

/// What the receiver says it holds beyond a gap.
struct SackPoint {
    SimTime at;
    std::int64_t from = 0, to = 0;
};

enum class FlowEventKind : std::uint8_t { Loss, Timeout, FastRetransmit, EcnReduction };
constexpr int kFlowEventKindCount = 4;

struct FlowEvent {
    SimTime at;
    FlowEventKind kind{};
    PacketId packet; ///< lost, sent again, EcnReduction: the ACK that said so; Timeout: the one sent then, or none
    Reason reason = Reason::None;
};

/// How many wait at the link where this flow waits longest.
struct QueueSeries {
    LinkId link;
    NodeId from;
    Series packets; ///< handed to the link, and their first bit has not left
    Series octets;  ///< of the frames that wait
    // Of any flow; only `at` and `packet` are set.
    std::vector<SegmentPoint> dropped; ///< found it full
    std::vector<SegmentPoint> marked;  ///< found it long (RFC 3168 §5)
};

struct FlowSeries {
    ConnId conn;             ///< the sender's
    ConnId peer;             ///< or none
    NodeId sender, receiver; ///< receiver: none if nothing ever arrived in a network
    std::uint16_t senderPort = 0, receiverPort = 0;
    Seq32 iss;
    std::int64_t payload = 0; ///< octets handed to the network, repeated ones included
    std::vector<SegmentPoint> segments;
    std::vector<AckPoint> acks;
    std::vector<SackPoint> sacks;
    std::vector<FlowEvent> events;
    Series acked;    ///< the highest acknowledgment so far
    Series edge;     ///< the window's right edge, of the acknowledgments that were not old
    Series inFlight; ///< octets sent and not acknowledged; of a repair with SACK the pipe of RFC 6675
    Series rtt;      ///< samples, ns: of segments that went once (Karn)
    Series arrived;  ///< payload that reached the receiver so far, repeated octets too
    Series fresh;    ///< of those, octets that it did not have yet
    QueueSeries queue;
    std::array<Series, kVariableCount> variables; ///< of the sender, as the trace has them

    const Series& variable(Variable v) const { return variables[static_cast<std::size_t>(v)]; }
    /// What counts from the ISS as a number on the wire.
    Seq32 number(std::int64_t offset) const { return iss + static_cast<std::uint32_t>(offset); }
    SimTime first, last; ///< of what happened in it
};

/// Rates of a growing series, octets per second, in `bins` equal parts from `from` to `to`.
std::vector<double> ratesOf(const Series& total, SimTime from, SimTime to, std::size_t bins);

/// Answers for one trace. Call refresh() after the trace changed.
class SeriesIndex {
public:
    explicit SeriesIndex(const Trace& trace);
    /// Reads the trace again if it is another one than before; says whether it was.
    bool refresh();
    const std::vector<FlowSeries>& flows() const { return flows_; } ///< in ConnId order
    const FlowSeries* flowOf(ConnId conn) const;                    ///< or nullptr
    /// The one that carried most, or nullptr.
    const FlowSeries* busiest() const;

private:
    const Trace* trace_;
    std::vector<FlowSeries> flows_;
    std::size_t records_ = 0, packets_ = 0, truncations_ = 0;
    bool read_ = false;
};

/// One flow as comma separated values with a line of titles: time_s,series,value,until,packet,note. Times in seconds, numbers from the
/// sender's ISS, packets from 1.
std::string flowCsv(const FlowSeries& flow);

} // namespace packetarium
