// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The hub: producers append, consumers read. Append-only but for truncate(),
// which forgets the future when a command changes the past.

#include "core/trace/growing_array.h"
#include "core/trace/record.h"

#include <span>
#include <string>
#include <vector>

namespace packetarium {

/// What a reader must know about a host to show it; copied from the scenario.
struct TraceNode {
    std::string name; ///< as the scenario calls it: "client"
    Ipv4Address address;
    bool activeSide = false; ///< drawn left and blue
    bool operator==(const TraceNode&) const = default;
};

struct TraceConn {
    NodeId host;
    std::uint16_t localPort = 0;
    std::uint16_t remotePort = 0; ///< 0 while listening
    bool operator==(const TraceConn&) const = default;
};

class Trace {
public:
    // Producers
    void setNodes(std::vector<TraceNode> nodes) { nodes_ = std::move(nodes); }
    void append(const Record& record);
    /// Fills in id and nth and copies the frame.
    PacketId addPacket(PacketInfo info, ByteView frame);
    PacketInfo& packetForUpdate(PacketId id);
    ConnId addConn(const TraceConn& conn);
    TraceConn& connForUpdate(ConnId id);
    void setEnd(SimTime t) { end_ = t; }

    /// How much there is; give it to truncate() to return here. Packets that were under way then are kept by the caller.
    struct Mark {
        std::size_t records = 0, packets = 0, bytes = 0, conns = 0;
    };
    Mark mark() const;
    /// Forgets what came after `mark`; `inFlight` replaces the entries of packets that were under way at the mark.
    void truncate(const Mark& mark, std::span<const PacketInfo> inFlight);
    /// How many records each truncate() left, oldest first: what a reader that keeps results must forget.
    std::span<const std::size_t> truncations() const { return truncations_; }

    // Consumers
    std::span<const Record> records() const { return records_; }
    std::span<const PacketInfo> packets() const { return packets_; }
    const PacketInfo& packet(PacketId id) const;
    ByteView bytes(PacketId id) const;
    std::span<const TraceNode> nodes() const { return nodes_; }
    std::span<const TraceConn> conns() const { return conns_; }
    SimTime end() const { return end_; }
    /// Index of the first record later than t.
    std::size_t firstAfter(SimTime t) const;
    /// Over records, packets and bytes: equal runs have equal fingerprints (FNV-1a, 64 bits).
    std::uint64_t fingerprint() const;

private:
    std::vector<TraceNode> nodes_;
    std::vector<TraceConn> conns_;
    GrowingArray<Record> records_;
    GrowingArray<PacketInfo> packets_;
    GrowingArray<std::uint8_t> bytes_;
    std::vector<std::uint32_t> nthOf_; ///< per host: how many packets its TCP has sent
    std::vector<std::size_t> truncations_;
    SimTime end_;
};

} // namespace packetarium
