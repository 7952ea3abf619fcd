// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Where a trace keeps its packets: millions of them. Each is a row of 40
// octets; what a row has no room for, as a packet that was held or duplicated,
// stands beside it in full. Of its frame only those header octets are kept in
// which it differs from an earlier frame of the same flow, and its data are
// kept by sharing the sender's block. What readers get is put together anew.

#include "core/trace/growing_array.h"
#include "core/trace/record.h"
#include "core/wire/frame_bytes.h"
#include "core/wire/wire_frame.h"

#include <map>
#include <vector>

namespace packetarium {

class PacketStore {
public:
    std::size_t size() const { return rows_.size(); }
    /// What the frame says is read from it; where `info` says something else of it, that is kept.
    void add(const PacketInfo& info, const WireFrame& frame);
    /// Everything but the frame.
    void set(const PacketInfo& info);
    void arrived(PacketId id, SimTime at);

    PacketInfo info(PacketId id) const;
    /// The same without its size, its parent and what its headers say: no frame is put together for it.
    PacketInfo life(PacketId id) const;
    WireFrame frame(PacketId id) const;
    /// The same, its data only borrowed: good until the store is changed.
    WireFrame lookAt(PacketId id) const;
    bool isCopy(PacketId id) const;
    SimTime sentAt(PacketId id) const { return SimTime::fromNs(rows_[id.value()].sentAt); }
    std::uint32_t nth(PacketId id) const { return rows_[id.value()].nth; }
    NodeId from(PacketId id) const { return NodeId(rows_[id.value()].from); }
    LinkId link(PacketId id) const { return LinkId(rows_[id.value()].link); }
    Reason cause(PacketId id) const { return static_cast<Reason>(rows_[id.value()].cause); }
    /// Octets that are kept, but for data that are shared with others.
    std::size_t memory() const;

    struct Mark {
        std::size_t packets = 0, templates = 0, blocks = 0;
    };
    Mark mark() const { return {rows_.size(), templates_.size(), blocks_.size()}; }
    void truncate(const Mark& mark);

private:
    struct Row {
        std::int64_t sentAt;                   ///< ns
        std::uint32_t queued, sending, flight; ///< ns to txStart, from there to txEnd, from there to naturalArrival
        std::uint32_t octetsAt;                ///< in octets_; its upper bits are octetsAtHigh
        std::uint32_t conn, nth;
        std::uint16_t link;
        std::uint8_t from, to;
        std::uint8_t cause;
        std::uint8_t protocol;
        std::uint8_t flags;
        std::uint8_t octetsAtHigh;
    };
    static_assert(sizeof(Row) == 40);
    enum Flag : std::uint8_t { Arrived = 1, Corrupted = 2, Injected = 4, Retransmission = 8, Odd = 16 };
    /// A frame's headers; one of them, the first of a flow, is what later ones differ little from.
    struct Template {
        std::array<std::uint8_t, (WireFrame::kMostHead + 7) / 8 * 8> octets; ///< zeros behind `size`
        std::uint8_t size;
    };
    /// What is read from octets_.
    struct Kept {
        PacketId parent;
        WireFrame frame;
    };

    /// In which octets a header differs from a template: a bit for each eight with a difference, the bits of those eights,
    /// and the octets themselves.
    struct Difference {
        std::uint64_t eights = 0;
        std::array<std::uint8_t, WireFrame::kMostHead / 8 + 1> bits;
        std::array<std::uint8_t, WireFrame::kMostHead> octets;
        std::size_t bitsSize = 0, size = 0;
    };

    static bool fits(const PacketInfo& info);
    void put(const PacketInfo& info, bool plain);
    std::uint64_t octetsAt(const Row& row) const { return std::uint64_t{row.octetsAtHigh} << 32 | row.octetsAt; }
    static void compare(ByteView head, const Template& before, Difference& difference);
    std::uint32_t templateFor(ByteView head, Difference& difference);
    std::uint32_t blockFor(const Octets::Block& block);
    void keepParts(const WireFrame& frame);
    void number(std::uint64_t value);
    enum class Data { Shared, Borrowed };
    Kept read(const Row& row, Data data = Data::Shared) const;

    GrowingArray<Row> rows_;
    std::map<std::uint32_t, PacketInfo> odd_; ///< by id: what no row can say
    GrowingArray<std::uint8_t> octets_;
    GrowingArray<Template> templates_;
    std::vector<Octets::Block> blocks_;
    // Where the last ones of each kind were put, by hash. One that is not found here is put down again.
    std::vector<std::uint32_t> recentTemplates_, recentBlocks_;
};

} // namespace packetarium
