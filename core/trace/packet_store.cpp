// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/packet_store.h"

#include "core/trace/describe_frame.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <limits>

namespace packetarium {

namespace {

// How a frame stands in octets_: this octet; the parent's id, if there is one; then the whole frame after its size, or the
// template's number, which of its octets differ, those that do, the size of the data, and the data themselves or their block
// and where they begin in it. Numbers have seven bits to an octet, the lowest first. Which octets differ: a bit for each, in
// eights, and of those only the ones that have a bit set; a number before them has a bit for each eight.
constexpr std::uint8_t kHasParent = 1, kWhole = 2, kDataHere = 4;

/// Data of this size or less are copied: a reference would save nothing.
constexpr std::size_t kSmall = 48;
constexpr std::size_t kRecent = 4096; // a power of two
constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

constexpr std::int64_t kMostNs = std::numeric_limits<std::uint32_t>::max();

bool isShort(SimTime from, SimTime to)
{
    if (from.isNever() || to.isNever() || to < from)
        return from == to;
    return static_cast<std::uint64_t>(to.ns()) - static_cast<std::uint64_t>(from.ns()) <= std::uint64_t{kMostNs};
}

std::uint32_t between(SimTime from, SimTime to)
{
    return static_cast<std::uint32_t>(static_cast<std::uint64_t>(to.ns()) - static_cast<std::uint64_t>(from.ns()));
}

SimTime later(SimTime from, std::uint32_t ns)
{
    return SimTime::fromNs(static_cast<std::int64_t>(static_cast<std::uint64_t>(from.ns()) + ns));
}

/// The first eight octets, the first of them the lowest; zeros for those that are not there.
std::uint64_t eightAt(ByteView octets)
{
    std::uint64_t word = 0;
    if (octets.size() >= sizeof word)
        std::memcpy(&word, octets.data(), sizeof word);
    else
        std::memcpy(&word, octets.data(), octets.size());
    if constexpr (std::endian::native == std::endian::big)
        word = __builtin_bswap64(word);
    return word;
}

/// What makes a flow: the addresses of the internet layer, and what stands first behind them.
std::size_t flowOf(ByteView head)
{
    std::uint64_t hash = head.size();
    const bool v6 = head.size() > kEthernetHeaderSize && head[kEthernetHeaderSize] >> 4 == 6;
    const std::size_t from = std::min<std::size_t>(head.size(), v6 ? 22 : 26);
    const std::size_t to = std::min<std::size_t>(head.size(), v6 ? 58 : 38);
    std::size_t at = from;
    for (; at + 4 <= to; at += 4) {
        std::uint32_t word = 0;
        std::memcpy(&word, head.data() + at, sizeof word);
        hash = (hash ^ word) * 0x9fb21c651e98df25;
        hash ^= hash >> 32;
    }
    hash = (hash ^ (head[5] | std::uint64_t{head[11]} << 8)) * 0x9fb21c651e98df25; // which link it is on
    return static_cast<std::size_t>(hash >> 40) % kRecent;
}

/// Nothing is told of what the frame carries, or what it says itself.
bool tellsNothing(const PacketInfo& info)
{
    return info.protocol == Protocol::Other && info.flags.bits == 0 && info.length == 0 && info.sourcePort == 0 &&
           info.destinationPort == 0 && info.window == 0 && info.seq == Seq32() && info.ack == Seq32();
}

bool tellsTheSame(const PacketInfo& a, const PacketInfo& b)
{
    return a.protocol == b.protocol && a.flags == b.flags && a.length == b.length && a.sourcePort == b.sourcePort &&
           a.destinationPort == b.destinationPort && a.window == b.window && a.seq == b.seq && a.ack == b.ack;
}

} // namespace

bool PacketStore::fits(const PacketInfo& info)
{
    if (info.copyOf || info.startPpm != 0 || info.lossReason != Reason::None || info.fate == Fate::Lost)
        return false;
    if (!info.heldAt.isNever() || !info.releasedAt.isNever())
        return false;
    if (info.endAt != (info.fate == Fate::Arrived ? info.naturalArrival : SimTime::never()))
        return false;
    return isShort(info.sentAt, info.txStart) && isShort(info.txStart, info.txEnd) &&
           isShort(info.txEnd, info.naturalArrival);
}

namespace {

/// Worth a reference to its block.
bool isShared(const Octets& data)
{
    return data.owned() && data.size() > kSmall;
}

} // namespace

void PacketStore::add(const PacketInfo& info, const WireFrame& frame)
{
    const std::uint64_t at = octets_.size();
    const bool dataHere = !frame.isWhole() && !isShared(frame.body());
    octets_.push_back(static_cast<std::uint8_t>((info.parent ? kHasParent : 0) | (frame.isWhole() ? kWhole : 0) |
                                                (dataHere ? kDataHere : 0)));
    if (info.parent)
        number(info.parent.value());
    if (frame.isWhole()) {
        number(frame.body().size());
        octets_.append(frame.body().view());
    } else {
        keepParts(frame);
    }
    PacketInfo read;
    const bool silent = tellsNothing(info);
    if (silent)
        read.protocol = protocolOf(frame);
    else
        describeFrame(read, frame);
    Row row{};
    row.octetsAt = static_cast<std::uint32_t>(at);
    row.octetsAtHigh = static_cast<std::uint8_t>(at >> 32);
    row.protocol = static_cast<std::uint8_t>(read.protocol);
    rows_.push_back(row);
    put(info, silent || tellsTheSame(info, read));
}

void PacketStore::set(const PacketInfo& info)
{
    PacketInfo read;
    if (!tellsNothing(info))
        describeFrame(read, frame(info.id));
    put(info, tellsNothing(info) || tellsTheSame(info, read));
}

/// `plain`: it says of the frame nothing but what the frame says.
void PacketStore::put(const PacketInfo& info, bool plain)
{
    Row& row = rows_[info.id.value()];
    row.sentAt = info.sentAt.ns();
    row.queued = between(info.sentAt, info.txStart);
    row.sending = between(info.txStart, info.txEnd);
    row.flight = between(info.txEnd, info.naturalArrival);
    row.conn = info.conn.value();
    row.nth = info.nth;
    row.link = info.link.value();
    row.from = info.from.value();
    row.to = info.to.value();
    row.cause = static_cast<std::uint8_t>(info.cause);
    if ((row.flags & Odd) != 0)
        odd_.erase(info.id.value());
    row.flags =
        static_cast<std::uint8_t>((info.fate == Fate::Arrived ? Arrived : 0) | (info.corrupted ? Corrupted : 0) |
                                  (info.injected ? Injected : 0) | (info.retransmission ? Retransmission : 0));
    if (plain && fits(info))
        return;
    row.flags |= Odd;
    odd_.emplace(info.id.value(), info);
}

void PacketStore::arrived(PacketId id, SimTime at)
{
    Row& row = rows_[id.value()];
    if ((row.flags & Odd) == 0 &&
        later(later(later(SimTime::fromNs(row.sentAt), row.queued), row.sending), row.flight) == at) {
        row.flags |= Arrived;
        return;
    }
    PacketInfo now = info(id);
    now.fate = Fate::Arrived;
    now.endAt = at;
    set(now);
}

PacketInfo PacketStore::life(PacketId id) const
{
    const Row& row = rows_[id.value()];
    if ((row.flags & Odd) != 0)
        return odd_.at(id.value());
    PacketInfo info;
    info.id = id;
    info.from = NodeId(row.from);
    info.to = NodeId(row.to);
    info.link = LinkId(row.link);
    info.conn = ConnId(row.conn);
    info.cause = static_cast<Reason>(row.cause);
    info.corrupted = (row.flags & Corrupted) != 0;
    info.injected = (row.flags & Injected) != 0;
    info.retransmission = (row.flags & Retransmission) != 0;
    info.sentAt = SimTime::fromNs(row.sentAt);
    info.txStart = later(info.sentAt, row.queued);
    info.txEnd = later(info.txStart, row.sending);
    info.naturalArrival = later(info.txEnd, row.flight);
    info.nth = row.nth;
    if ((row.flags & Arrived) != 0) {
        info.fate = Fate::Arrived;
        info.endAt = info.naturalArrival;
    }
    return info;
}

PacketInfo PacketStore::info(PacketId id) const
{
    const Row& row = rows_[id.value()];
    const Kept kept = read(row);
    PacketInfo info = life(id);
    info.id = id;
    info.parent = kept.parent;
    info.bytesSize = static_cast<std::uint32_t>(kept.frame.size());
    if (tellsNothing(info)) {
        info.protocol = static_cast<Protocol>(row.protocol);
        describeHeaders(info, kept.frame);
    }
    return info;
}

WireFrame PacketStore::frame(PacketId id) const
{
    return read(rows_[id.value()]).frame;
}

WireFrame PacketStore::lookAt(PacketId id) const
{
    return read(rows_[id.value()], Data::Borrowed).frame;
}

bool PacketStore::isCopy(PacketId id) const
{
    return (rows_[id.value()].flags & Odd) != 0 && odd_.at(id.value()).copyOf;
}

std::size_t PacketStore::memory() const
{
    constexpr std::size_t kOdd = sizeof(PacketInfo) + 48; // a node of the map
    return rows_.size() * sizeof(Row) + octets_.size() + templates_.size() * sizeof(Template) +
           blocks_.size() * sizeof(Octets::Block) + odd_.size() * kOdd;
}

void PacketStore::truncate(const Mark& mark)
{
    if (mark.packets < rows_.size())
        octets_.truncate(octetsAt(rows_[mark.packets]));
    rows_.truncate(mark.packets);
    odd_.erase(odd_.lower_bound(static_cast<std::uint32_t>(mark.packets)), odd_.end());
    templates_.truncate(std::min(mark.templates, templates_.size()));
    blocks_.resize(std::min(mark.blocks, blocks_.size()));
    std::fill(recentTemplates_.begin(), recentTemplates_.end(), kNone);
    std::fill(recentBlocks_.begin(), recentBlocks_.end(), kNone);
}

// --- frames -------------------------------------------------------------------------------------------------------

void PacketStore::number(std::uint64_t value)
{
    for (; value > 0x7f; value >>= 7)
        octets_.push_back(static_cast<std::uint8_t>(value | 0x80));
    octets_.push_back(static_cast<std::uint8_t>(value));
}

/// Both have the same size.
void PacketStore::compare(ByteView head, const Template& before, Difference& difference)
{
    constexpr std::uint64_t kLowBits = 0x7f7f'7f7f'7f7f'7f7f;
    difference.eights = difference.bitsSize = difference.size = 0;
    for (std::size_t at = 0; at < head.size(); at += 8) {
        const std::uint64_t changed = eightAt(head.subspan(at)) ^ eightAt(ByteView(before.octets).subspan(at));
        if (changed == 0)
            continue;
        unsigned bits = 0;
        // The top bit of each octet that differs, whichever of its bits did.
        for (std::uint64_t tops = (((changed & kLowBits) + kLowBits) | changed) & ~kLowBits; tops != 0;
             tops &= tops - 1) {
            const auto i = static_cast<std::size_t>(std::countr_zero(tops)) / 8;
            difference.octets[difference.size++] = head[at + i];
            bits |= 1u << i;
        }
        difference.eights |= std::uint64_t{1} << at / 8;
        difference.bits[difference.bitsSize++] = static_cast<std::uint8_t>(bits);
    }
}

/// An earlier header that this one is like, or this one; and the difference between them.
std::uint32_t PacketStore::templateFor(ByteView head, Difference& difference)
{
    constexpr std::size_t kMostChanges = 28;
    if (recentTemplates_.empty())
        recentTemplates_.assign(kRecent, kNone);
    std::uint32_t& recent = recentTemplates_[flowOf(head)];
    if (recent < templates_.size() && templates_[recent].size == head.size()) {
        compare(head, templates_[recent], difference);
        if (difference.size <= kMostChanges)
            return recent;
    }
    recent = static_cast<std::uint32_t>(templates_.size());
    Template fresh{};
    std::copy(head.begin(), head.end(), fresh.octets.begin());
    fresh.size = static_cast<std::uint8_t>(head.size());
    templates_.push_back(fresh);
    compare(head, fresh, difference);
    return recent;
}

std::uint32_t PacketStore::blockFor(const Octets::Block& block)
{
    if (recentBlocks_.empty())
        recentBlocks_.assign(kRecent, kNone);
    std::uint32_t& recent = recentBlocks_[std::hash<const void*>{}(block.get()) / alignof(std::max_align_t) % kRecent];
    if (recent < blocks_.size() && blocks_[recent] == block)
        return recent;
    recent = static_cast<std::uint32_t>(blocks_.size());
    blocks_.push_back(block);
    return recent;
}

void PacketStore::keepParts(const WireFrame& frame)
{
    Difference difference;
    number(templateFor(frame.head(), difference));
    number(difference.eights);
    octets_.append(ByteView(difference.bits).first(difference.bitsSize));
    octets_.append(ByteView(difference.octets).first(difference.size));
    const Octets& body = frame.body();
    number(body.size());
    if (!isShared(body)) {
        octets_.append(body.view());
        return;
    }
    number(blockFor(body.block()));
    number(static_cast<std::uint64_t>(body.data() - body.block()->data()));
}

PacketStore::Kept PacketStore::read(const Row& row, Data data) const
{
    const std::uint8_t* at = octets_.begin() + octetsAt(row);
    const auto number = [&] {
        std::uint64_t value = 0;
        for (unsigned shift = 0;; shift += 7) {
            value |= std::uint64_t{*at & 0x7fu} << shift;
            if ((*at++ & 0x80) == 0)
                return value;
        }
    };
    const std::uint8_t kind = *at++;
    Kept kept;
    if ((kind & kHasParent) != 0)
        kept.parent = PacketId(static_cast<std::uint32_t>(number()));
    if ((kind & kWhole) != 0) {
        const std::size_t size = number();
        kept.frame = WireFrame(ByteView(at, size));
        return kept;
    }
    const Template& like = templates_[number()];
    kept.frame.appendHead(ByteView(like.octets).first(like.size));
    const std::span<std::uint8_t> head = kept.frame.head();
    const std::uint64_t eights = number();
    const std::uint8_t* bits = at;
    at += std::popcount(eights);
    for (std::size_t eight = 0; eights >> eight != 0; ++eight) {
        if ((eights >> eight & 1) == 0)
            continue;
        for (unsigned left = *bits++; left != 0; left &= left - 1)
            head[eight * 8 + static_cast<std::size_t>(std::countr_zero(left))] = *at++;
    }
    const std::size_t size = number();
    if ((kind & kDataHere) != 0) {
        const ByteView here(at, size);
        kept.frame.setBody(data == Data::Borrowed ? Octets::borrow(here) : Octets(Bytes(here.begin(), here.end())));
    } else {
        const Octets::Block& block = blocks_[number()];
        const std::size_t begin = number();
        kept.frame.setBody(data == Data::Borrowed ? Octets::borrow(ByteView(*block).subspan(begin, size))
                                                  : Octets(block, begin, size));
    }
    return kept;
}

} // namespace packetarium
