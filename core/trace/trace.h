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

/// What a reader must know about a node to show it; copied from the scenario.
struct TraceNode {
    std::string name; ///< as the scenario calls it: "client"
    IpAddress address;       ///< the first one it has; 0.0.0.0 for a switch or a hub
    bool activeSide = false; ///< drawn left and blue
    NodeKind kind = NodeKind::Host;
    std::vector<IpPrefix> addresses; ///< all of them, in the order of its interfaces
    std::vector<MacAddress> macs;    ///< by interface
    bool operator==(const TraceNode&) const = default;
};

/// A cable between two nodes. Ports count a node's cables, from 0, in the scenario's order.
struct TraceLink {
    NodeId a, b;
    std::uint8_t aPort = 0, bPort = 0;
    std::uint64_t bitsPerSecond = 0; ///< 0: without limit
    SimDuration delay;
    bool operator==(const TraceLink&) const = default;
};

/// One row of one table of one node, as it was when a record spoke of it. What does not apply stays empty.
struct TableRow {
    TableKind kind{};
    NodeId node;
    IpPrefix prefix;      ///< Arp, Neighbor: the address (length 32 or 128); Route: the destination
    MacAddress mac;       ///< Arp, Neighbor, Switch
    std::uint8_t port = 0; ///< Switch, Route: where it leads
    IpAddress via;        ///< Route: next hop, or 0.0.0.0 if the destination is on the link; Dns: the address, if it is one
    std::string name;     ///< Dns: "www.example.com A"
    std::string data;     ///< Dns: as people write it: "93.184.216.34", "NS a.gtld-servers.net", "NXDOMAIN"
    SimTime expires = SimTime::never();
    bool operator==(const TableRow&) const = default;
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
    void setLinks(std::vector<TraceLink> links) { links_ = std::move(links); }
    void append(const Record& record);
    /// Appends the record with a reference to a text, or to a row.
    void append(Record record, std::string_view text);
    void append(Record record, const TableRow& row);
    /// Fills in id and nth and copies the frame.
    PacketId addPacket(PacketInfo info, ByteView frame);
    PacketInfo& packetForUpdate(PacketId id);
    ConnId addConn(const TraceConn& conn);
    TraceConn& connForUpdate(ConnId id);
    void setEnd(SimTime t) { end_ = t; }

    /// How much there is; give it to truncate() to return here. Packets that were under way then are kept by the caller.
    struct Mark {
        std::size_t records = 0, packets = 0, bytes = 0, conns = 0, texts = 0, rows = 0;
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
    std::span<const TraceLink> links() const { return links_; }
    std::span<const TraceConn> conns() const { return conns_; }
    std::span<const std::string> texts() const { return texts_; }
    std::span<const TableRow> tableRows() const { return rows_; }
    /// The record's text, or an empty one.
    std::string_view textOf(const Record& record) const { return record.text == 0 ? std::string_view() : texts_[record.text - 1]; }
    SimTime end() const { return end_; }
    /// Index of the first record later than t.
    std::size_t firstAfter(SimTime t) const;
    /// Over records, packets and bytes: equal runs have equal fingerprints (FNV-1a, 64 bits).
    std::uint64_t fingerprint() const;

private:
    std::vector<TraceNode> nodes_;
    std::vector<TraceLink> links_;
    std::vector<TraceConn> conns_;
    std::vector<std::string> texts_;
    std::vector<TableRow> rows_;
    GrowingArray<Record> records_;
    GrowingArray<PacketInfo> packets_;
    GrowingArray<std::uint8_t> bytes_;
    std::vector<std::uint32_t> nthOf_; ///< per host: how many packets its TCP has sent
    std::vector<std::size_t> truncations_;
    SimTime end_;
};

} // namespace packetarium
