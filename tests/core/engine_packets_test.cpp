// SPDX-License-Identifier: GPL-3.0-or-later
//
// What can be done to a packet, before it is sent and in flight. Arithmetic of
// all cases: the SYN leaves at 10 ms and would arrive at 30 ms; RTO is 1 s.
#include "tests/support/catch.h"
#include "tests/support/two_hosts.h"

namespace packetarium::engine_packets_test {

using namespace literals;
using namespace testing;

namespace {

constexpr SimTime ms(std::int64_t n)
{
    return SimTime::zero() + SimDuration::milliseconds(n);
}

Trace run(Action action, SimTime when, SimTime until = ms(500))
{
    Scenario s = twoHosts();
    at(s, 0_ms, "server", DoListen{80});
    at(s, 10_ms, "client", DoConnect{"server", 80, 49152});
    s.commands.push_back(Command{AtTime{when}, {}, std::move(action)});
    Engine engine(s);
    engine.runUntil(until);
    return engine.trace();
}

Reason commandOutcome(const Trace& trace)
{
    for (const Record& r : trace.records()) {
        if (r.kind == RecordKind::Command)
            return r.reason;
    }
    FAIL("the command left no record");
    return Reason::None;
}

PacketInfo syn(const Trace& trace)
{
    return trace.packets()[0];
}

} // namespace

TEST_CASE("a packet dropped in flight ends there, and its sender tries again", "[engine]")
{
    const Trace trace = run(DoDrop{{"client", 1}}, ms(25), ms(1010));
    CHECK(syn(trace).fate == Fate::Lost);
    CHECK(syn(trace).endAt == ms(25));
    CHECK(syn(trace).lossReason == Reason::LostByCommand);
    CHECK(syn(trace).positionAt(ms(25)) == Approx(0.75));
    REQUIRE(trace.packets().size() == 2);
    CHECK(trace.packets()[1].sentAt == ms(1010));
    CHECK(trace.packets()[1].retransmission);
}

TEST_CASE("a packet dropped before it is sent is lost half way", "[engine]")
{
    const Trace trace = run(DoDrop{{"client", 1}}, ms(0));
    CHECK(syn(trace).endAt == ms(20));
    CHECK(syn(trace).positionAt(ms(20)) == Approx(0.5));
}

TEST_CASE("a command for a packet that has arrived changes nothing and says so", "[engine]")
{
    const Trace trace = run(DoDrop{{"client", 1}}, ms(31));
    CHECK(syn(trace).fate == Fate::Arrived);
    CHECK(commandOutcome(trace) == Reason::CommandTooLate);
}

TEST_CASE("a delayed packet stands still and then goes on", "[engine]")
{
    const Trace trace = run(DoDelay{{"client", 1}, 100_ms}, ms(15));
    CHECK(syn(trace).endAt == ms(130));
    CHECK(syn(trace).positionAt(ms(14)) == Approx(0.2));
    CHECK(syn(trace).positionAt(ms(15)) == Approx(0.25));
    CHECK(syn(trace).positionAt(ms(115)) == Approx(0.25));
    CHECK(syn(trace).positionAt(ms(125)) == Approx(0.75));
}

TEST_CASE("a held packet waits until it is let go", "[engine]")
{
    Scenario s = twoHosts();
    at(s, 0_ms, "server", DoListen{80});
    at(s, 10_ms, "client", DoConnect{"server", 80, 49152});
    s.commands.push_back(Command{AtTime{ms(20)}, {}, DoHold{{"client", 1}}});
    s.commands.push_back(Command{AtTime{ms(300)}, {}, DoLetGo{{"client", 1}}});
    Engine engine(s);
    engine.runUntil(ms(309));
    CHECK(engine.trace().packets()[0].fate == Fate::InFlight);
    engine.runUntil(ms(310));
    CHECK(engine.trace().packets()[0].fate == Fate::Arrived);
}

TEST_CASE("a duplicate arrives a little later than the original", "[engine]")
{
    const Trace trace = run(DoDuplicate{{"client", 1}, 5_ms}, ms(20), ms(100));
    CHECK(syn(trace).endAt == ms(30));
    REQUIRE(trace.packets()[1].copyOf == syn(trace).id);
    CHECK(trace.packets()[1].endAt == ms(35));
    CHECK(trace.packets()[1].positionAt(ms(25)) == Approx(0.5));
    CHECK(trace.packets()[1].nth == 0);
    CHECK(trace.bytes(PacketId(0)) == trace.bytes(PacketId(1)));
}

TEST_CASE("a corrupted packet arrives and is refused by its frame check sequence", "[engine]")
{
    const Trace trace = run(DoCorrupt{{"client", 1}, 3}, ms(20));
    CHECK(syn(trace).fate == Fate::Arrived);
    bool refused = false;
    for (const Record& r : trace.records())
        refused = refused || (r.kind == RecordKind::SegmentIgnored && r.packet == PacketId(0) &&
                              r.reason == Reason::IgnoredBadFcs);
    CHECK(refused);
}

TEST_CASE("a queue of two packets loses the fourth of a burst", "[engine]")
{
    Scenario s = twoHosts();
    s.link.bitsPerSecond = 1'000'000;
    s.link.queueLimit = 2;
    s.hosts[0].tcp.initialWindow = 4; // segments, so that all four go at once
    at(s, 0_ms, "server", DoListen{80});
    at(s, 10_ms, "client", DoConnect{"server", 80, 49152});
    at(s, 100_ms, "client", DoSend{Bytes(4 * 1460, 'x')});
    Engine engine(s);
    engine.runUntil(ms(200));
    // SYN and ACK of the handshake, then four: one being sent, two waiting, one too many.
    std::vector<PacketInfo> data;
    for (const PacketInfo& p : engine.trace().packets()) {
        if (p.length > 0)
            data.push_back(p);
    }
    REQUIRE(data.size() == 4);
    // 1500 octets of datagram at 1 Mbit/s take 12 ms.
    CHECK(data[0].txEnd == ms(112));
    CHECK(data[1].txStart == ms(112));
    CHECK(data[2].txStart == ms(124));
    CHECK(data[3].lossReason == Reason::LostQueueFull);
}

TEST_CASE("a segment out of nowhere appears half way", "[engine]")
{
    TcpSegment old;
    old.flags.bits = TcpFlags::Syn;
    old.seq = Seq32(90);
    old.sourcePort = 49152;
    old.destinationPort = 80;
    const Trace trace = run(DoInject{"client", "server", old}, ms(5), ms(15));
    CHECK(trace.packets()[0].injected);
    CHECK(trace.packets()[0].positionAt(ms(5)) == Approx(0.5));
    CHECK(trace.packets()[0].endAt == ms(15));
}

} // namespace packetarium::engine_packets_test
