// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/trace.h"

#include <algorithm>
#include <cassert>

namespace packetarium {
namespace {

/// FNV-1a, 64 bits, over the octets of numbers from the least significant on: the same on every machine.
class Fnv1a {
public:
    template <class T>
    void number(T v)
    {
        auto rest = static_cast<std::uint64_t>(v);
        for (std::size_t i = 0; i < sizeof(T); ++i, rest >>= 8)
            octet(static_cast<std::uint8_t>(rest));
    }
    void time(SimTime t) { number(t.ns()); }
    void octets(ByteView bytes)
    {
        for (const std::uint8_t b : bytes)
            octet(b);
    }
    std::uint64_t value() const { return hash_; }

private:
    void octet(std::uint8_t b) { hash_ = (hash_ ^ b) * 0x100000001b3ULL; }
    std::uint64_t hash_ = 0xcbf29ce484222325ULL;
};

void add(Fnv1a& hash, const Record& r)
{
    hash.time(r.at);
    hash.number(r.value);
    hash.number(r.packet.value());
    hash.number(r.conn.value());
    hash.number(static_cast<std::uint16_t>(r.reason));
    hash.number(r.host.value());
    hash.number(static_cast<std::uint8_t>(r.kind));
    hash.number(r.a);
    hash.number(r.b);
    hash.number(r.text);
}

void add(Fnv1a& hash, const PacketInfo& p)
{
    hash.number(p.id.value());
    hash.number(p.copyOf.value());
    hash.number(p.parent.value());
    hash.number(p.link.value());
    hash.number(p.from.value());
    hash.number(p.to.value());
    hash.number(p.conn.value());
    hash.number(static_cast<std::uint16_t>(p.cause));
    hash.number(static_cast<std::uint16_t>(p.lossReason));
    hash.number(static_cast<std::uint8_t>(p.fate));
    hash.number(static_cast<std::uint8_t>(p.corrupted));
    hash.number(static_cast<std::uint8_t>(p.injected));
    hash.number(static_cast<std::uint8_t>(p.retransmission));
    for (const SimTime t : {p.sentAt, p.txStart, p.txEnd, p.naturalArrival, p.heldAt, p.releasedAt, p.endAt})
        hash.time(t);
    hash.number(p.bytesSize);
    hash.number(p.nth);
}

} // namespace

void Trace::append(const Record& record)
{
    assert(records_.empty() || records_.back().at <= record.at);
    records_.push_back(record);
}

void Trace::append(Record record, std::string_view text)
{
    texts_.emplace_back(text);
    record.text = static_cast<std::uint32_t>(texts_.size());
    append(record);
}

void Trace::append(Record record, const TableRow& row)
{
    record.value = rows_.size();
    rows_.push_back(row);
    append(record);
}

PacketId Trace::addPacket(PacketInfo info, ByteView frame)
{
    info.id = PacketId(static_cast<std::uint32_t>(packets_.size()));
    info.bytesAt = bytes_.size();
    info.bytesSize = static_cast<std::uint32_t>(frame.size());
    info.nth = 0;
    if (!info.injected && !info.copyOf) {
        if (nthOf_.size() <= info.from.value())
            nthOf_.resize(info.from.value() + std::size_t{1});
        info.nth = ++nthOf_[info.from.value()];
    }
    bytes_.append(frame);
    packets_.push_back(info);
    return info.id;
}

PacketInfo& Trace::packetForUpdate(PacketId id)
{
    assert(id.value() < packets_.size());
    return packets_[id.value()];
}

ConnId Trace::addConn(const TraceConn& conn)
{
    conns_.push_back(conn);
    return ConnId(static_cast<std::uint16_t>(conns_.size() - 1));
}

TraceConn& Trace::connForUpdate(ConnId id)
{
    assert(id.value() < conns_.size());
    return conns_[id.value()];
}

Trace::Mark Trace::mark() const
{
    return {records_.size(), packets_.size(), bytes_.size(), conns_.size(), texts_.size(), rows_.size()};
}

void Trace::truncate(const Mark& mark, std::span<const PacketInfo> inFlight)
{
    assert(mark.records <= records_.size() && mark.packets <= packets_.size());
    assert(mark.bytes <= bytes_.size() && mark.conns <= conns_.size());
    // Counting backwards what goes gives the counters as they were.
    for (std::size_t i = packets_.size(); i-- > mark.packets;)
        if (packets_[i].nth != 0)
            nthOf_[packets_[i].from.value()] = packets_[i].nth - 1;
    texts_.resize(mark.texts);
    rows_.resize(mark.rows);
    records_.truncate(mark.records);
    packets_.truncate(mark.packets);
    bytes_.truncate(mark.bytes);
    conns_.resize(mark.conns);
    for (const PacketInfo& info : inFlight)
        packetForUpdate(info.id) = info;
    truncations_.push_back(mark.records);
}

const PacketInfo& Trace::packet(PacketId id) const
{
    assert(id.value() < packets_.size());
    return packets_[id.value()];
}

ByteView Trace::bytes(PacketId id) const
{
    const PacketInfo& info = packet(id);
    return ByteView(bytes_).subspan(info.bytesAt, info.bytesSize);
}

std::size_t Trace::firstAfter(SimTime t) const
{
    const auto later = std::upper_bound(records_.begin(), records_.end(), t,
                                        [](SimTime at, const Record& record) { return at < record.at; });
    return static_cast<std::size_t>(later - records_.begin());
}

std::uint64_t Trace::fingerprint() const
{
    Fnv1a hash;
    hash.number(static_cast<std::uint64_t>(records_.size()));
    for (const Record& record : records_)
        add(hash, record);
    hash.number(static_cast<std::uint64_t>(packets_.size()));
    for (const PacketInfo& info : packets_)
        add(hash, info);
    hash.octets(bytes_);
    for (const std::string& text : texts_) {
        hash.number(static_cast<std::uint64_t>(text.size()));
        hash.octets({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
    }
    return hash.value();
}

} // namespace packetarium
