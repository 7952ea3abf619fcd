// SPDX-License-Identifier: GPL-3.0-or-later
//
// Packets as the trace keeps them: whatever goes in comes out.
#include "core/base/rng.h"
#include "core/base/stream_pattern.h"
#include "core/trace/trace.h"
#include "core/wire/frame.h"
#include "tests/support/catch.h"

#include <limits>

namespace packetarium::trace_packets_test {

namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

class Packets {
public:
    explicit Packets(std::uint64_t seed)
        : rng_(seed)
    {}
    void add(int count)
    {
        for (int i = 0; i < count; ++i) {
            PacketInfo info = someInfo();
            const WireFrame frame = someFrame();
            info.id = trace.addPacket(info, frame);
            info.bytesSize = static_cast<std::uint32_t>(frame.size());
            info.nth = trace.packet(info.id).nth;
            infos.push_back(info);
            frames.push_back(frame.octets());
        }
    }
    /// Nothing is told of the segment, so that is what the frame says.
    void check() const
    {
        REQUIRE(trace.packets().size() == infos.size());
        for (std::size_t i = 0; i < infos.size(); ++i) {
            const PacketInfo& in = infos[i];
            const PacketInfo out = trace.packet(in.id);
            REQUIRE((out.id == in.id && out.copyOf == in.copyOf && out.parent == in.parent && out.from == in.from));
            REQUIRE((out.to == in.to && out.link == in.link && out.conn == in.conn && out.cause == in.cause));
            REQUIRE((out.lossReason == in.lossReason && out.fate == in.fate && out.corrupted == in.corrupted));
            REQUIRE((out.injected == in.injected && out.retransmission == in.retransmission && out.nth == in.nth));
            REQUIRE((out.sentAt == in.sentAt && out.txStart == in.txStart && out.txEnd == in.txEnd));
            REQUIRE((out.naturalArrival == in.naturalArrival && out.heldAt == in.heldAt));
            REQUIRE((out.releasedAt == in.releasedAt && out.endAt == in.endAt && out.startPpm == in.startPpm));
            REQUIRE(out.bytesSize == in.bytesSize);
            REQUIRE(trace.bytes(in.id).octets() == frames[i]);
        }
    }

    Trace trace;
    std::vector<PacketInfo> infos;
    std::vector<Bytes> frames;

private:
    SimTime someTime()
    {
        switch (rng_.below(8)) {
        case 0: return SimTime::never();
        case 1: return SimTime::fromNs(kMost - static_cast<std::int64_t>(rng_.below(3)));
        case 2: return SimTime::fromNs(-static_cast<std::int64_t>(rng_.below(1'000'000)));
        case 3: return SimTime::zero();
        case 4: return SimTime::fromNs(static_cast<std::int64_t>(rng_.next() >> 1));
        default: return SimTime::fromNs(static_cast<std::int64_t>(rng_.below(10'000'000'000)));
        }
    }
    /// Mostly what is usual: a little later than the one before.
    SimTime after(SimTime t)
    {
        static constexpr std::int64_t steps[] = {0, 1, 1'200'000, 4'294'967'295, 4'294'967'296};
        return rng_.chance(100'000) ? someTime() : t + SimDuration::nanoseconds(steps[rng_.below(5)]);
    }
    PacketInfo someInfo()
    {
        PacketInfo info;
        info.from = NodeId(static_cast<std::uint8_t>(rng_.below(255)));
        info.to = NodeId(static_cast<std::uint8_t>(rng_.below(255)));
        info.link = LinkId(static_cast<std::uint16_t>(rng_.below(65536)));
        if (rng_.chance(800'000))
            info.conn = ConnId(static_cast<std::uint32_t>(rng_.next()));
        if (rng_.chance(100'000))
            info.parent = PacketId(static_cast<std::uint32_t>(rng_.below(1'000'000)));
        if (rng_.chance(50'000))
            info.copyOf = PacketId(static_cast<std::uint32_t>(rng_.below(1'000'000)));
        info.cause = Reason::SentAppWrite;
        info.corrupted = rng_.chance(50'000);
        info.injected = rng_.chance(50'000);
        info.retransmission = rng_.chance(200'000);
        info.sentAt = someTime();
        info.txStart = after(info.sentAt);
        info.txEnd = after(info.txStart);
        info.naturalArrival = after(info.txEnd);
        if (rng_.chance(50'000))
            info.heldAt = someTime();
        if (rng_.chance(50'000))
            info.releasedAt = someTime();
        if (rng_.chance(50'000))
            info.startPpm = 500'000;
        info.fate = static_cast<Fate>(rng_.below(3));
        if (info.fate == Fate::Arrived)
            info.endAt = rng_.chance(900'000) ? info.naturalArrival : someTime();
        if (info.fate == Fate::Lost) {
            info.endAt = someTime();
            info.lossReason = Reason::LostRandom;
        }
        return info;
    }
    WireFrame someFrame()
    {
        if (rng_.chance(100'000)) { // whatever somebody made of it
            Bytes octets(rng_.below(100));
            for (std::uint8_t& octet : octets)
                octet = static_cast<std::uint8_t>(rng_.below(256));
            return octets;
        }
        WireFrame frame = WireFrame::inParts();
        const auto host = static_cast<std::uint8_t>(rng_.below(3));
        frame.setEthernet({MacAddress{{2, 0, 0, 0, 0, host}}, MacAddress{{2, 0, 0, 0, 0, 9}}, kEtherTypeIpv4});
        Ipv4Header ip;
        ip.identification = id_++;
        ip.source = Ipv4Address{0x0a000000u + host};
        ip.destination = Ipv4Address{0x0a000009};
        TcpSegment segment;
        segment.sourcePort = static_cast<std::uint16_t>(1000 + rng_.below(50));
        segment.destinationPort = 80;
        segment.seq = Seq32(static_cast<std::uint32_t>(rng_.next()));
        segment.flags.bits = TcpFlags::Ack;
        if (rng_.chance(200'000))
            segment.timestamps = TcpTimestamps{id_, 3};
        segment.payload = streamPattern(rng_.below(1'000'000), rng_.below(1461));
        std::array<std::uint8_t, kMostTcpHeader> header{};
        const std::size_t size = writeTcpHeader(header, segment, ip.source, ip.destination);
        frame.appendHead(ipv4HeaderOctets(ip, size + segment.payload.size()));
        frame.appendHead(ByteView(header).first(size));
        frame.setBody(segment.payload);
        return frame;
    }

    Rng rng_;
    std::uint16_t id_ = 0;
};

} // namespace

TEST_CASE("packets come out of the trace as they went in", "[trace]")
{
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Packets packets(seed);
        packets.add(500);
        packets.check();
    }
}

TEST_CASE("what is forgotten leaves the rest as it was, and what comes instead is kept as well", "[trace]")
{
    Packets packets(77);
    packets.add(300);
    const Trace::Mark mark = packets.trace.mark();
    const std::size_t size = packets.infos.size();
    for (int turn = 0; turn < 5; ++turn) {
        packets.add(200);
        packets.trace.truncate(mark, {});
        packets.infos.resize(size);
        packets.frames.resize(size);
        packets.check();
    }
    packets.add(200);
    packets.check();
}

TEST_CASE("a packet whose fate comes later has it then", "[trace]")
{
    Packets packets(5);
    packets.add(400);
    for (PacketInfo& info : packets.infos) {
        info.fate = Fate::Arrived;
        info.endAt = info.id.value() % 3 == 0 ? SimTime::fromNs(77) : info.naturalArrival;
        packets.trace.packetArrived(info.id, info.endAt);
        if (info.id.value() % 5 == 0) {
            info.corrupted = true;
            packets.trace.packetCorrupted(info.id);
        }
    }
    packets.check();
}

TEST_CASE("what somebody says of a packet is kept, even if its frame says something else", "[trace]")
{
    Trace trace;
    PacketInfo info;
    info.from = NodeId(0);
    info.protocol = Protocol::Tcp;
    info.seq = Seq32(5);
    info.flags.bits = TcpFlags::Syn;
    const PacketId id = trace.addPacket(info, Bytes(60, 0));
    trace.packetArrived(id, SimTime::fromNs(5));
    CHECK(trace.packet(id).seq == Seq32(5));
    CHECK(trace.packet(id).flags.syn());
    CHECK(trace.packet(id).fate == Fate::Arrived);
}

TEST_CASE("a bulk sender's packets take little room", "[trace]")
{
    Trace trace;
    const EthernetHeader eth{MacAddress{{2, 0, 0, 0, 0, 1}}, MacAddress{{2, 0, 0, 0, 0, 2}}, kEtherTypeIpv4};
    for (std::uint32_t i = 0; i < 10'000; ++i) {
        Ipv4Header ip;
        ip.identification = static_cast<std::uint16_t>(i);
        ip.source = Ipv4Address{0x0a000001};
        ip.destination = Ipv4Address{0x0a000002};
        TcpSegment segment;
        segment.seq = Seq32(i * 1460);
        segment.flags.bits = TcpFlags::Ack;
        segment.payload = streamPattern(i * std::uint64_t{1460} % 60'000, 1460);
        std::array<std::uint8_t, kMostTcpHeader> header{};
        const std::size_t size = writeTcpHeader(header, segment, ip.source, ip.destination);
        WireFrame frame = WireFrame::inParts();
        frame.setEthernet(eth);
        frame.appendHead(ipv4HeaderOctets(ip, size + segment.payload.size()));
        frame.appendHead(ByteView(header).first(size));
        frame.setBody(segment.payload);
        PacketInfo info;
        info.from = NodeId(0);
        trace.addPacket(info, frame);
    }
    CHECK(trace.packetStore().memory() <= 66 * trace.packets().size());
}

} // namespace packetarium::trace_packets_test
