// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/support/random_trace.h"

namespace packetarium::trace_record_test {

using namespace literals;

namespace {

SimTime ms(std::int64_t n)
{
    return SimTime::zero() + SimDuration::milliseconds(n);
}

/// Leaves at 10 ms and would arrive at 30 ms.
PacketInfo aPacket()
{
    PacketInfo p;
    p.sentAt = p.txStart = p.txEnd = ms(10);
    p.naturalArrival = ms(30);
    return p;
}

} // namespace

TEST_CASE("a packet goes evenly from its sender to its receiver", "[trace]")
{
    PacketInfo p = aPacket();
    SECTION("while nobody knows yet what becomes of it") {}
    SECTION("and when it is known to have arrived")
    {
        p.fate = Fate::Arrived;
        p.endAt = ms(30);
    }
    CHECK(p.positionAt(ms(0)) == 0);
    CHECK(p.positionAt(ms(10)) == 0);
    CHECK(p.positionAt(ms(15)) == Approx(0.25));
    CHECK(p.positionAt(ms(30)) == 1);
    CHECK(p.positionAt(ms(99)) == 1);
}

TEST_CASE("a packet that waits in the queue stands at its sender", "[trace]")
{
    PacketInfo p = aPacket();
    p.txStart = p.txEnd = ms(20);
    p.naturalArrival = ms(40);
    CHECK(p.positionAt(ms(19)) == 0);
    CHECK(p.positionAt(ms(30)) == Approx(0.5));
}

TEST_CASE("a lost packet stays where it was lost", "[trace]")
{
    PacketInfo p = aPacket();
    p.fate = Fate::Lost;
    p.endAt = ms(20);
    CHECK(p.positionAt(ms(15)) == Approx(0.25));
    CHECK(p.positionAt(ms(20)) == Approx(0.5));
    CHECK(p.positionAt(ms(60)) == Approx(0.5));
}

TEST_CASE("a delayed packet goes slower", "[trace]")
{
    PacketInfo p = aPacket();
    p.fate = Fate::Arrived;
    p.endAt = ms(50);
    CHECK(p.positionAt(ms(30)) == Approx(0.5));
    CHECK(p.positionAt(ms(50)) == 1);
}

TEST_CASE("a held packet stands still, then goes on", "[trace]")
{
    PacketInfo p = aPacket();
    p.heldAt = ms(15);
    CHECK(p.positionAt(ms(12)) == Approx(0.1));
    CHECK(p.positionAt(ms(15)) == Approx(0.25));
    CHECK(p.positionAt(ms(500)) == Approx(0.25));
    p.releasedAt = ms(100);
    CHECK(p.positionAt(ms(100)) == Approx(0.25));
    CHECK(p.positionAt(ms(115)) == Approx(1.0)); // the 15 ms that were left
    p.fate = Fate::Arrived;
    p.endAt = ms(115);
    CHECK(p.positionAt(ms(105)) == Approx(0.5));
    p.fate = Fate::Lost;
    p.endAt = ms(105);
    CHECK(p.positionAt(ms(400)) == Approx(0.5));
}

TEST_CASE("a packet held before it left stands at its sender", "[trace]")
{
    PacketInfo p = aPacket();
    p.heldAt = ms(10);
    CHECK(p.positionAt(ms(100)) == 0);
    p.releasedAt = ms(110);
    CHECK(p.positionAt(ms(120)) == Approx(0.5));
}

TEST_CASE("a packet lost before the hold that was ordered for it stays where it was lost", "[trace]")
{
    PacketInfo p = aPacket();
    p.heldAt = ms(20);
    p.fate = Fate::Lost;
    p.endAt = ms(15);
    CHECK(p.positionAt(ms(90)) == Approx(0.25));
}

TEST_CASE("a packet out of nowhere appears half way", "[trace]")
{
    PacketInfo p = aPacket();
    p.startPpm = 500'000;
    CHECK(p.positionAt(ms(9)) == 0);
    CHECK(p.positionAt(ms(10)) == Approx(0.5));
    CHECK(p.positionAt(ms(20)) == Approx(0.75));
    CHECK(p.positionAt(ms(30)) == 1);
}

TEST_CASE("a position is within the link and never goes back, whatever was done to the packet", "[trace]")
{
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        RandomTrace random(seed);
        random.grow(300);
        for (const PacketInfo& p : random.trace().packets()) {
            double before = 0;
            for (int i = 0; i <= 50; ++i) {
                const double now = p.positionAt(p.sentAt + SimDuration::milliseconds(i));
                REQUIRE(now >= before);
                REQUIRE(now <= 1);
                before = now;
            }
        }
    }
}

TEST_CASE("packets are numbered by sender, copies and forgeries not", "[trace]")
{
    TraceBuilder b;
    const ConnId client = b.conn(ms(0), kClient, 49152, 80);
    const ConnId server = b.conn(ms(0), kServer, 80);
    const PacketId first = b.send(ms(0), client, {});
    const PacketId copy = b.duplicate(ms(1), first);
    const PacketId forged = b.inject(ms(2), kClient, {});
    const PacketId answer = b.send(ms(3), server, {});
    const PacketId second = b.send(ms(4), client, {});
    const auto nth = [&](PacketId id) { return b.trace.packet(id).nth; };
    CHECK(nth(first) == 1);
    CHECK(nth(copy) == 0);
    CHECK(nth(forged) == 0);
    CHECK(nth(answer) == 1);
    CHECK(nth(second) == 2);
    CHECK(second.value() == 4);
}

TEST_CASE("a packet's frame is kept as it was given", "[trace]")
{
    Trace trace;
    const Bytes one{1, 2, 3}, two{4, 5};
    PacketInfo info;
    info.from = kClient;
    const PacketId a = trace.addPacket(info, one);
    const PacketId b = trace.addPacket(info, two);
    const PacketId none = trace.addPacket(info, {});
    CHECK(trace.bytes(a).octets() == one);
    CHECK(trace.bytes(b).octets() == two);
    CHECK(trace.bytes(none).empty());
}

TEST_CASE("the first record after an instant is found", "[trace]")
{
    const Trace trace = handshakeTrace();
    const auto later = [&](SimTime t) { return trace.firstAfter(t); };
    CHECK(later(SimTime::fromNs(-1)) == 0);
    CHECK(later(SimTime::never()) == trace.records().size());
    const std::size_t i = later(ms(19));
    CHECK(trace.records()[i].at == ms(20));
    CHECK(trace.records()[i - 1].at == ms(0));
    CHECK(trace.records()[later(ms(20))].at == ms(40));
}

TEST_CASE("going back and the same way again gives the same trace", "[trace]")
{
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        RandomTrace straight(seed);
        straight.grow(200);
        RandomTrace forked = straight;
        const Trace::Mark mark = forked.trace().mark();
        const auto underWay = forked.underWay();

        straight.rewind(mark, underWay, 1000 + seed);
        straight.grow(200);
        forked.rewind(mark, underWay, 5000 + seed);
        forked.grow(350);
        CHECK(forked.trace().fingerprint() != straight.trace().fingerprint());
        forked.rewind(mark, underWay, 1000 + seed);
        forked.grow(200);
        CHECK(forked.trace().fingerprint() == straight.trace().fingerprint());
        CHECK(forked.trace().truncations().size() == 3 - 1);
    }
}

TEST_CASE("a fingerprint tells any difference", "[trace]")
{
    const std::uint64_t plain = handshakeTrace().fingerprint();
    CHECK(plain == handshakeTrace().fingerprint());

    Trace later = handshakeTrace();
    Record r;
    r.at = ms(61);
    later.append(r);
    CHECK(later.fingerprint() != plain);

    Trace lost = handshakeTrace();
    {
        PacketInfo info = lost.packet(PacketId(2));
        info.fate = Fate::Lost;
        lost.setPacket(info);
    }
    CHECK(lost.fingerprint() != plain);

    Trace frame = handshakeTrace();
    Trace::Mark two = frame.mark();
    two.packets.packets = 2;
    two.conns = 2;
    two.texts = two.rows = 0;
    frame.truncate(two, {});
    PacketInfo again = handshakeTrace().packet(PacketId(2));
    Bytes bytes(64, 0);
    frame.addPacket(again, bytes);
    CHECK(frame.fingerprint() != plain);
}

} // namespace packetarium::trace_record_test
