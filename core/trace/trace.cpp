// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/trace.h"

#include "core/base/stream_hash.h"

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

void Trace::append(Record record, std::string_view text)
{
    if (!recording_)
        return;
    constexpr std::size_t kMostTexts =
        0xff'ffff; // Record::text has 24 bits; what comes after that is recorded without its text
    if (texts_.size() < kMostTexts) {
        texts_.emplace_back(text);
        record.text = static_cast<std::uint32_t>(texts_.size()) & kMostTexts;
    }
    append(record);
}

void Trace::append(Record record, const TableRow& row)
{
    if (!recording_)
        return;
    record.value = rows_.size();
    rows_.push_back(row);
    append(record);
}

PacketId Trace::addPacket(PacketInfo info, const WireFrame& frame)
{
    if (!recording_)
        return PacketId(packetsUnrecorded_++);
    info.id = PacketId(static_cast<std::uint32_t>(packets_.size()));
    info.nth = 0;
    if (!info.injected && !info.copyOf) {
        if (nthOf_.size() <= info.from.value())
            nthOf_.resize(info.from.value() + std::size_t{1});
        info.nth = ++nthOf_[info.from.value()];
    }
    packets_.add(info, frame);
    return info.id;
}

void Trace::packetArrived(PacketId id, SimTime at)
{
    if (recording_)
        packets_.arrived(id, at);
}

void Trace::packetLost(PacketId id, SimTime at, Reason why)
{
    if (!recording_)
        return;
    PacketInfo info = packets_.info(id);
    info.fate = Fate::Lost;
    info.lossReason = why;
    info.endAt = at;
    packets_.set(info);
}

void Trace::packetHeld(PacketId id, SimTime at, SimTime until)
{
    if (!recording_)
        return;
    PacketInfo info = packets_.info(id);
    info.heldAt = at;
    info.releasedAt = until;
    packets_.set(info);
}

void Trace::packetReleased(PacketId id, SimTime at)
{
    if (!recording_)
        return;
    PacketInfo info = packets_.info(id);
    info.releasedAt = at;
    packets_.set(info);
}

void Trace::packetCorrupted(PacketId id)
{
    if (!recording_)
        return;
    PacketInfo info = packets_.info(id);
    info.corrupted = true;
    packets_.set(info);
}

void Trace::setPacket(const PacketInfo& info)
{
    assert(info.id.value() < packets_.size());
    packets_.set(info);
}

ConnId Trace::addConn(const TraceConn& conn)
{
    if (!recording_)
        return ConnId(connsUnrecorded_++);
    conns_.push_back(conn);
    return ConnId(static_cast<std::uint32_t>(conns_.size() - 1));
}

void Trace::setRemotePort(ConnId id, std::uint16_t port)
{
    if (recording_)
        conns_[id.value()].remotePort = port;
}

Trace::Mark Trace::mark() const
{
    return {records_.size(), packets_.mark(), conns_.size(), texts_.size(), rows_.size()};
}

void Trace::truncate(const Mark& mark, std::span<const PacketInfo> inFlight)
{
    if (!recording_)
        return;
    assert(mark.records <= records_.size() && mark.packets.packets <= packets_.size() && mark.conns <= conns_.size());
    // Counting backwards what goes gives the counters as they were.
    for (std::size_t i = packets_.size(); i-- > mark.packets.packets;) {
        const PacketId id(static_cast<std::uint32_t>(i));
        if (const std::uint32_t nth = packets_.nth(id); nth != 0)
            nthOf_[packets_.from(id).value()] = nth - 1;
    }
    texts_.resize(mark.texts);
    rows_.resize(mark.rows);
    records_.truncate(mark.records);
    packets_.truncate(mark.packets);
    conns_.resize(mark.conns);
    for (const PacketInfo& info : inFlight)
        packets_.set(info);
    truncations_.push_back(mark.records);
}

PacketInfo Trace::packet(PacketId id) const
{
    assert(id.value() < packets_.size());
    return packets_.info(id);
}

WireFrame Trace::frame(PacketId id) const
{
    assert(id.value() < packets_.size());
    return packets_.frame(id);
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
    StreamHash frames; // padding and FCS follow from the rest
    for (const PacketInfo& info : packets()) {
        add(hash, info);
        const WireFrame sent = frame(info.id);
        frames.add(sent.head());
        frames.add(sent.body().view());
    }
    hash.number(frames.value());
    for (const std::string& text : texts_) {
        hash.number(static_cast<std::uint64_t>(text.size()));
        hash.octets({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
    }
    return hash.value();
}

} // namespace packetarium
