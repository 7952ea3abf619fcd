// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The hub: producers append, consumers read. Append-only but for truncate(),
// which forgets the future when a command changes the past.

#include "core/trace/packet_store.h"

#include <cassert>
#include <span>
#include <string>
#include <vector>

namespace packetarium {

/// What a reader must know about a node to show it; copied from the scenario.
struct TraceNode {
    std::string name;        ///< as the scenario calls it: "client"
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
    IpPrefix prefix;       ///< Arp, Neighbor: the address (length 32 or 128); Route: the destination
    MacAddress mac;        ///< Arp, Neighbor, Switch
    std::uint8_t port = 0; ///< Switch, Route: where it leads
    IpAddress via;    ///< Route: next hop, or 0.0.0.0 if the destination is on the link; Dns: the address, if it is one
    std::string name; ///< Dns: "www.example.com A"; SynQueue, AcceptQueue: whose connection waits, "192.168.1.66:1001"
    std::string
        data; ///< Dns: as people write it: "93.184.216.34", "NS a.gtld-servers.net", "NXDOMAIN"; queues: their places
    std::uint16_t localPort = 0; ///< SynQueue, AcceptQueue: where it was listened
    SimTime expires = SimTime::never();
    bool operator==(const TableRow&) const = default;
};

struct TraceConn {
    NodeId host;
    std::uint16_t localPort = 0;
    std::uint16_t remotePort = 0; ///< 0 while listening
    bool operator==(const TraceConn&) const = default;
};

/// All packets in the order of their ids, each made when it is looked at: a value, not a part of the trace.
class PacketRange {
public:
    explicit PacketRange(const PacketStore& packets)
        : packets_(&packets)
    {}
    class Iterator {
    public:
        using iterator_category = std::random_access_iterator_tag;
        using value_type = PacketInfo;
        using difference_type = std::ptrdiff_t;
        using reference = PacketInfo;
        struct pointer {
            PacketInfo info;
            const PacketInfo* operator->() const { return &info; }
        };

        Iterator() = default;
        Iterator(const PacketStore* packets, difference_type at)
            : packets_(packets)
            , at_(at)
        {}
        PacketInfo operator*() const { return packets_->info(PacketId(static_cast<std::uint32_t>(at_))); }
        pointer operator->() const { return {**this}; }
        PacketInfo operator[](difference_type n) const { return *(*this + n); }
        Iterator& operator+=(difference_type n)
        {
            at_ += n;
            return *this;
        }
        Iterator& operator-=(difference_type n) { return *this += -n; }
        Iterator& operator++() { return *this += 1; }
        Iterator& operator--() { return *this += -1; }
        Iterator operator++(int) { return Iterator(packets_, at_++); }
        Iterator operator--(int) { return Iterator(packets_, at_--); }
        friend Iterator operator+(Iterator it, difference_type n) { return it += n; }
        friend Iterator operator+(difference_type n, Iterator it) { return it += n; }
        friend Iterator operator-(Iterator it, difference_type n) { return it -= n; }
        friend difference_type operator-(const Iterator& a, const Iterator& b) { return a.at_ - b.at_; }
        auto operator<=>(const Iterator&) const = default;

    private:
        const PacketStore* packets_ = nullptr;
        difference_type at_ = 0;
    };
    std::size_t size() const { return packets_->size(); }
    bool empty() const { return size() == 0; }
    Iterator begin() const { return {packets_, 0}; }
    Iterator end() const { return {packets_, static_cast<std::ptrdiff_t>(size())}; }
    PacketInfo operator[](std::size_t i) const { return begin()[static_cast<std::ptrdiff_t>(i)]; }
    PacketInfo front() const { return (*this)[0]; }
    PacketInfo back() const { return (*this)[size() - 1]; }

private:
    const PacketStore* packets_;
};

class Trace {
public:
    /// Off: nothing is kept from here on; ids are given all the same.
    void setRecording(bool on) { recording_ = on; }
    bool isRecording() const { return recording_; }

    // Producers
    void setNodes(std::vector<TraceNode> nodes) { nodes_ = std::move(nodes); }
    void setLinks(std::vector<TraceLink> links) { links_ = std::move(links); }
    void append(const Record& record)
    {
        if (!recording_)
            return;
        assert(records_.empty() || records_.back().at <= record.at);
        records_.push_back(record);
    }
    /// Appends the record with a reference to a text, or to a row.
    void append(Record record, std::string_view text);
    void append(Record record, const TableRow& row);
    /// Fills in id and nth. What it says of what the frame carries may be left out.
    PacketId addPacket(PacketInfo info, const WireFrame& frame);
    void packetArrived(PacketId id, SimTime at);
    void packetLost(PacketId id, SimTime at, Reason why);
    void packetHeld(PacketId id, SimTime at, SimTime until);
    void packetReleased(PacketId id, SimTime at);
    void packetCorrupted(PacketId id);
    /// Everything that is known of it but its frame, for who puts a trace together by hand.
    void setPacket(const PacketInfo& info);
    ConnId addConn(const TraceConn& conn);
    void setRemotePort(ConnId id, std::uint16_t port);
    void setEnd(SimTime t) { end_ = t; }

    /// How much there is; give it to truncate() to return here. Packets that were under way then are kept by the caller.
    struct Mark {
        std::size_t records = 0;
        PacketStore::Mark packets;
        std::size_t conns = 0, texts = 0, rows = 0;
    };
    Mark mark() const;
    /// Forgets what came after `mark`; `inFlight` replaces the entries of packets that were under way at the mark.
    void truncate(const Mark& mark, std::span<const PacketInfo> inFlight);
    /// How many records each truncate() left, oldest first: what a reader that keeps results must forget.
    std::span<const std::size_t> truncations() const { return truncations_; }

    // Consumers
    std::span<const Record> records() const { return records_; }
    PacketRange packets() const { return PacketRange(packets_); }
    PacketInfo packet(PacketId id) const;
    /// The whole frame as it was sent, padding and FCS included.
    FrameBytes bytes(PacketId id) const { return FrameBytes(frame(id).octets()); }
    /// The same in parts, if it was sent so; its data are shared.
    WireFrame frame(PacketId id) const;
    /// Made by the network, as PacketInfo::copyOf tells.
    bool isCopy(PacketId id) const { return packets_.isCopy(id); }
    /// What little of a packet is often asked for, without the rest.
    const PacketStore& packetStore() const { return packets_; }
    std::span<const TraceNode> nodes() const { return nodes_; }
    std::span<const TraceLink> links() const { return links_; }
    std::span<const TraceConn> conns() const { return conns_; }
    std::span<const std::string> texts() const { return texts_; }
    std::span<const TableRow> tableRows() const { return rows_; }
    /// The record's text, or an empty one.
    std::string_view textOf(const Record& record) const
    {
        return record.text == 0 ? std::string_view() : texts_[record.text - 1];
    }
    SimTime end() const { return end_; }
    /// Index of the first record later than t.
    std::size_t firstAfter(SimTime t) const;
    /// Over records, packets and bytes: equal runs have equal fingerprints (FNV-1a, 64 bits).
    std::uint64_t fingerprint() const;

private:
    bool recording_ = true;
    std::uint32_t packetsUnrecorded_ = 0, connsUnrecorded_ = 0;
    std::vector<TraceNode> nodes_;
    std::vector<TraceLink> links_;
    std::vector<TraceConn> conns_;
    std::vector<std::string> texts_;
    std::vector<TableRow> rows_;
    GrowingArray<Record> records_;
    PacketStore packets_;
    std::vector<std::uint32_t> nthOf_; ///< per host: how many packets its TCP has sent
    std::vector<std::size_t> truncations_;
    SimTime end_;
};

} // namespace packetarium
