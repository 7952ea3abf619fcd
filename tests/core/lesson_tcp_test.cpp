// SPDX-License-Identifier: GPL-3.0-or-later
//
// The runs on which the lessons on numbers, closing, states and reliability
// stand, written down from the RFCs' rules and by arithmetic. One way takes
// 40 ms, in a network with UDP 20 ms; Ethernet leaves 1460 octets.
#include "core/engine/engine.h"
#include "core/scenario/scenario_file.h"
#include "core/trace/packet_summary.h"
#include "tests/support/catch.h"
#include "tests/support/exchange.h"
#include "tests/support/exchange_values.h"

#include <algorithm>
#include <numeric>
#include <set>

// clang-format off

namespace packetarium::lesson_tcp_test {

using namespace literals;

namespace {

using Values = std::vector<std::uint64_t>;
using Windows = std::vector<std::uint32_t>;
using Lines = std::vector<std::string>;

constexpr std::uint32_t kSmss = 1000;
constexpr std::uint64_t kMs = 1'000'000;
constexpr std::uint64_t kNoThreshold = 0x7fffffff; // "arbitrarily high", RFC 5681 §3.1

/// Figure 6 of RFC 9293 with the ISNs a and b.
Exchange& opens(Exchange& x, std::uint32_t a = 100, std::uint32_t b = 300)
{
    return x.client("SYN", {.seq = a}).states("SYN-SENT", "SYN-RECEIVED")
        .server("SYN,ACK", {.seq = b, .ack = a + 1}).states("ESTABLISHED", "SYN-RECEIVED")
        .client("ACK", {.seq = a + 1, .ack = b + 1}).states("ESTABLISHED", "ESTABLISHED");
}

Trace run(const std::string& name)
{
    Engine engine(builtinScenario(name).value());
    CHECK(engine.runToEnd() == RunEnd::Quiet);
    return engine.trace();
}

/// "client: UDP +100", "server: SYN,ACK": what the hosts of a network send, copies and what a switch passes on left out.
Lines saidOf(const Trace& trace)
{
    Lines lines;
    for (const PacketInfo& packet : trace.packets()) {
        if (packet.parent || packet.copyOf)
            continue;
        const PacketSummary summary = summarize(trace.bytes(packet.id));
        std::string line = trace.nodes()[packet.from.value()].name + ": ";
        line += summary.protocol == Protocol::Tcp ? packet.flags.toString() : std::string(toString(summary.protocol));
        const std::uint32_t octets = summary.protocol == Protocol::Udp   ? summary.length
                                     : summary.protocol == Protocol::Tcp ? packet.length
                                                                         : 0;
        if (octets > 0)
            line += " +" + std::to_string(octets);
        lines.push_back(line);
    }
    return lines;
}

void operator+=(Lines& lines, const Lines& more)
{
    lines.insert(lines.end(), more.begin(), more.end());
}

const Lines kOpens{"client: SYN", "server: SYN,ACK", "client: ACK"};

std::size_t timesFired(const Trace& trace, Timer timer)
{
    return static_cast<std::size_t>(
        std::count_if(trace.records().begin(), trace.records().end(), [timer](const Record& r) {
            return r.kind == RecordKind::Timer && r.timer() == timer && r.timerChange() == TimerChange::Fired;
        }));
}

std::uint64_t sum(const Values& values)
{
    return std::accumulate(values.begin(), values.end(), std::uint64_t{0});
}

} // namespace

TEST_CASE("numbers are those of octets, name the next expected, and go on at 0: RFC 9293 §3.4", "[learner]")
{
    constexpr std::uint32_t kIss = 4294966946; // 2^32 - 350
    Exchange x("sequence-wrap");
    opens(x, kIss)
        .client("PSH,ACK", {.seq = kIss + 1, .ack = 301, .len = 100}).sentAt(300_ms)
        .server("ACK", {.seq = 301, .ack = kIss + 101})
        .client("PSH,ACK", {.seq = kIss + 101, .ack = 301, .len = 100}).sentAt(500_ms)
        .client("PSH,ACK", {.seq = kIss + 201, .ack = 301, .len = 100}).sentAt(510_ms)
        // the second hundred come 30 ms late: first what was expected before, then both at once
        .server("ACK", {.seq = 301, .ack = kIss + 101}).sentAt(550_ms).because(Reason::SentAckOutOfOrder)
        .server("ACK", {.seq = 301, .ack = kIss + 301}).sentAt(570_ms).because(Reason::SentAckFillsGap)
        .client("PSH,ACK", {.seq = kIss + 301, .ack = 301, .len = 100}).sentAt(700_ms)
        // 2^32 - 350 + 401 = 2^32 + 51
        .server("ACK", {.seq = 301, .ack = 51})
        .server("PSH,ACK", {.seq = 301, .ack = 51, .len = 20}).sentAt(900_ms)
        .client("ACK", {.seq = 51, .ack = 321})
        .readInAll("server", 400)
        .readInAll("client", 20)
        .nothingElse();
    CHECK(octetsOf(x.trace(), 1, AppCall::Delivered) == Values{100, 200, 100}); // in order: the third hundred had to wait
}

TEST_CASE("closing takes four segments with data between ACK and FIN, and three without: RFC 9293 §3.6", "[learner]")
{
    Exchange x("four-or-three");
    opens(x, 99, 299)
        .client("FIN,ACK", {.seq = 100, .ack = 300}).sentAt(500_ms).states("FIN-WAIT-1", "CLOSE-WAIT")
            .starts("server", Timer::DelayedAck, 200_ms)
        .server("ACK", {.seq = 300, .ack = 101}).after(40_ms + 200_ms).because(Reason::SentAckDelayedTimer)
            .states("FIN-WAIT-2", "CLOSE-WAIT")
        .server("PSH,ACK", {.seq = 300, .ack = 101, .len = 500}).states("FIN-WAIT-2", "CLOSE-WAIT")
        .client("ACK", {.seq = 101, .ack = 800})
        .server("FIN,ACK", {.seq = 800, .ack = 101}).states("TIME-WAIT", "LAST-ACK")
        .client("ACK", {.seq = 101, .ack = 801}).states("TIME-WAIT", "CLOSED");
    // The second: 60 ms after the FIN has come the program closes, and the ACK still waits. No FIN-WAIT-2 (Figure 5, note 2).
    opens(x, 999, 1299)
        .client("FIN,ACK", {.seq = 1000, .ack = 1300}).states("FIN-WAIT-1", "CLOSE-WAIT")
        .server("FIN,ACK", {.seq = 1300, .ack = 1001}).after(40_ms + 60_ms).states("TIME-WAIT", "LAST-ACK")
        .client("ACK", {.seq = 1001, .ack = 1301}).states("TIME-WAIT", "CLOSED")
        .readInAll("client", 500)
        .atLast("CLOSED", "CLOSED")
        .nothingElse();
    CHECK(timesFired(x.trace(), Timer::Retransmission) == 0); // no FIN had to be sent again
}

TEST_CASE("three connections pass through all eleven states: RFC 9293, Figures 12, 7 and 13, and a reset", "[learner]")
{
    Exchange x("all-states");
    x.atFirst("CLOSED", "LISTEN");
    opens(x)
        .client("FIN,ACK", {.seq = 101, .ack = 301}).states("FIN-WAIT-1", "CLOSE-WAIT")
        .server("ACK", {.seq = 301, .ack = 102}).states("FIN-WAIT-2", "CLOSE-WAIT")
        .server("FIN,ACK", {.seq = 301, .ack = 102}).states("TIME-WAIT", "LAST-ACK")
        .client("ACK", {.seq = 102, .ack = 302}).states("TIME-WAIT", "CLOSED")
        // Figure 7: four segments, one connection
        .client("SYN", {.seq = 1100}).states("SYN-SENT", "SYN-RECEIVED")
        .server("SYN", {.seq = 1300}).states("SYN-RECEIVED", "SYN-RECEIVED")
        .server("SYN,ACK", {.seq = 1300, .ack = 1101}).states("ESTABLISHED", "SYN-RECEIVED")
        .client("SYN,ACK", {.seq = 1100, .ack = 1301}).states("ESTABLISHED", "ESTABLISHED")
        // Figure 13
        .client("FIN,ACK", {.seq = 1101, .ack = 1301}).states("CLOSING", "CLOSING")
        .server("FIN,ACK", {.seq = 1301, .ack = 1101}).states("CLOSING", "CLOSING")
        .server("ACK", {.seq = 1302, .ack = 1102}).states("TIME-WAIT", "TIME-WAIT")
        .client("ACK", {.seq = 1102, .ack = 1302}).states("TIME-WAIT", "TIME-WAIT");
    opens(x, 2100, 2300)
        .client("RST", {.seq = 2101}).because(Reason::SentRstAbort).states("CLOSED", "CLOSED")
            .tells("server", AppCall::Failed, AppResult::Reset)
        .atLast("CLOSED", "CLOSED")
        .nothingElse();
    std::set<TcpState> entered;
    for (const Record& r : x.trace().records())
        if (r.kind == RecordKind::StateChange)
            entered.insert(tcpTransitions()[r.value].to);
    CHECK(entered.size() == 11);
}

TEST_CASE("a slow reader: the window slides, closes, is probed, and a lost update is found out: RFC 9293 §3.8.6",
          "[learner]")
{
    Exchange x("slow-reader");
    opens(x);
    const auto sends = [&x](std::uint32_t seq, std::uint32_t len) -> Exchange& {
        return x.client(seq + len == 4101 ? "PSH,ACK" : "ACK", {.seq = seq, .ack = 301, .len = len});
    };
    const auto acks = [&x](std::uint32_t ack) -> Exchange& { return x.server("ACK", {.seq = 301, .ack = ack}); };
    for (std::uint32_t i = 0; i < 4; ++i)
        sends(101 + 500 * i, 500).sentAt(300_ms);
    for (std::uint32_t i = 1; i <= 4; ++i)
        acks(101 + 500 * i).sentAt(340_ms);
    acks(2101).sentAt(600_ms).because(Reason::SentAckWindowUpdate);
    sends(2101, 500).sentAt(640_ms);
    sends(2601, 500).sentAt(640_ms);
    acks(2601);
    acks(3101).starts("client", Timer::Persist, 1_s); // when it arrives, at 720 ms: one RTO
    sends(3101, 1).sentAt(720_ms + 1_s).because(Reason::SentZeroWindowProbe);
    acks(3101).because(Reason::SentAckUnacceptable);
    acks(3101).sentAt(2500_ms).because(Reason::SentAckWindowUpdate).lost();
    sends(3101, 1).sentAt(720_ms + 3_s).because(Reason::SentZeroWindowProbe); // 1 s and twice as long
    acks(3102);
    sends(3102, 500);
    acks(3602); // the last 499 are no full segment, so they wait for it: Nagle, §3.7.4
    sends(3602, 499).sentAt(720_ms + 3_s + 4 * 40_ms);
    acks(4101).nothingElse();
    CHECK(windowsOf(x.trace(), 1) == Windows{1500, 1000, 500, 0, 1000, 500, 0, 0, 2000, 1999, 1499, 1000});
    CHECK(octetsOf(x.trace(), 1, AppCall::Delivered) == Values{1000, 2000});
}

TEST_CASE("holes told by SACK, a late segment taken for lost, a lost tail: RFC 6675, RFC 2883, RFC 6298", "[learner]")
{
    Exchange x("loss-and-reordering");
    opens(x);
    const auto seqOf = [](std::uint32_t nth) { return 101 + (nth - 1) * kSmss; };
    const auto sends = [&](std::uint32_t nth) -> Exchange& {
        const bool lastWritten = nth == 10 || nth == 14 || nth == 16;
        return x.client(lastWritten ? "PSH,ACK" : "ACK", {.seq = seqOf(nth), .ack = 301, .len = kSmss});
    };
    const auto acks = [&](std::uint32_t nth) -> Exchange& { return x.server("ACK", {.seq = 301, .ack = seqOf(nth)}); };

    for (std::uint32_t nth = 1; nth <= 10; ++nth) {
        sends(nth).sentAt(300_ms);
        if (nth == 2 || nth == 5)
            x.lost();
    }
    acks(2).because(Reason::SentAckImmediate);
    for (int duplicate = 1; duplicate <= 7; ++duplicate)
        acks(2).because(Reason::SentAckOutOfOrder).sentAt(340_ms);
    sends(2).because(Reason::SentFastRetransmit).sentAt(380_ms);
    sends(5).because(Reason::SentRecovery).sentAt(380_ms);
    acks(5);
    acks(11);

    // Four segments, of which the first takes 60 ms more; the other three are three duplicates. 1000 ms + 80, and + 100 it comes.
    for (std::uint32_t nth = 11; nth <= 14; ++nth)
        sends(nth).sentAt(1_s);
    for (int duplicate = 1; duplicate <= 3; ++duplicate)
        acks(11).because(Reason::SentAckOutOfOrder).sentAt(1040_ms);
    sends(11).because(Reason::SentFastRetransmit).sentAt(1080_ms).ignored(Reason::IgnoredDuplicateData);
    acks(15).because(Reason::SentAckFillsGap).sentAt(1100_ms);
    acks(15).sentAt(1120_ms); // of what came twice

    // RFC 6298 §5.3: the timer began anew with the ACK at 2080 ms; §5.5: then twice as long.
    sends(15).sentAt(2_s);
    sends(16).sentAt(2_s).lost();
    acks(16);
    sends(16).again().sentAt(2080_ms + 1_s).lost();
    sends(16).again().sentAt(2080_ms + 3_s);
    acks(17).readInAll("server", 16'000).nothingElse();

    // RFC 5681, equation 4: half of 9000 that were under way, half of 4000, and never less than two segments.
    CHECK(valuesOf(x.trace(), 0, Variable::Ssthresh) == Values{kNoThreshold, 4500, 2000});
    // Ten, one more; half; half; one SMSS * SMSS / cwnd more; after the time-out one, and one more in slow start.
    CHECK(valuesOf(x.trace(), 0, Variable::Cwnd) == Values{10'000, 11'000, 4500, 2000, 2500, 1000, 2000});
    const Values rto = valuesOf(x.trace(), 0, Variable::Rto);
    CHECK(std::find(rto.begin(), rto.end(), 2000 * kMs) != rto.end());
    CHECK(std::find(rto.begin(), rto.end(), 4000 * kMs) != rto.end());
}

TEST_CASE("a small bottleneck: slow start loses many, avoidance one, and each time the window is halved", "[learner]")
{
    Exchange x("small-bottleneck");
    std::uint64_t una = 0, nxt = 0, cwnd = 0, cwndAtFirstLoss = 0;
    std::size_t thresholds = 0;
    Values halves;                              // of what was under way when a loss was found
    std::vector<std::size_t> lostBefore{0, 0, 0}; // the first reduction, the second, the end
    for (const Record& r : x.trace().records()) {
        if (r.kind == RecordKind::PacketLost) {
            CHECK(r.reason == Reason::LostQueueFull);
            if (++lostBefore.at(std::min<std::size_t>(halves.size(), 2)) == 1 && halves.empty())
                cwndAtFirstLoss = cwnd;
        }
        if (r.kind != RecordKind::Variable || r.host.value() != 0)
            continue;
        if (r.variable() == Variable::SndUna)
            una = r.value;
        if (r.variable() == Variable::SndNxt)
            nxt = r.value;
        if (r.variable() == Variable::Cwnd)
            cwnd = r.value;
        if (r.variable() == Variable::Ssthresh && ++thresholds > 1) {
            CHECK(r.value == (nxt - una) / 2);
            halves.push_back(r.value);
        }
    }
    REQUIRE(halves.size() == 2);
    // Slow start finds the queue full with `cwndAtFirstLoss`, not yet grown by the ACK of that instant, under way. That ACK and
    // the others of this window, up to the gap, each let two segments go where there is room for one.
    CHECK(cwndAtFirstLoss == 9 * kSmss);
    CHECK(lostBefore == std::vector<std::size_t>{10, 1, 0});
    CHECK(halves == Values{(9 + 10) * kSmss / 2, 5 * kSmss});
    // RFC 5681, equations 2 and 3: a segment for each ACK; above ssthresh SMSS * SMSS / cwnd.
    const Values windows = valuesOf(x.trace(), 0, Variable::Cwnd);
    std::size_t reductions = 0;
    for (std::size_t i = 1; i < windows.size(); ++i) {
        INFO("cwnd " << windows[i - 1] << ", then " << windows[i]);
        if (windows[i] < windows[i - 1])
            CHECK(windows[i] == halves.at(reductions++));
        else
            CHECK(windows[i] - windows[i - 1] == (reductions == 0 ? kSmss : kSmss * kSmss / windows[i - 1]));
    }
    CHECK(reductions == 2);
    CHECK(timesFired(x.trace(), Timer::Retransmission) == 0);
    CHECK(sum(octetsOf(x.trace(), 1, AppCall::Delivered)) == 100'000);
}

TEST_CASE("ten messages and three faults: UDP hands up what comes, TCP a stream: RFC 768, RFC 9293 §3.9.1.2", "[learner]")
{
    const Trace trace = run("ten-messages");
    // By the identification of their datagrams, which are numbered from 1: without the fourth, the seventh late, the ninth twice.
    std::vector<std::uint16_t> arrived;
    for (const Record& r : trace.records()) {
        if (r.kind != RecordKind::PacketArrived)
            continue;
        const PacketSummary summary = summarize(trace.bytes(r.packet));
        if (summary.protocol == Protocol::Udp)
            arrived.push_back(summary.ipIdentification);
    }
    CHECK(arrived == std::vector<std::uint16_t>{1, 2, 3, 5, 6, 8, 9, 7, 9, 10});
    std::size_t handedUp = 0;
    for (const Record& r : trace.records())
        handedUp += r.kind == RecordKind::Program && r.program() == ProgramEvent::DatagramReceived ? 1 : 0;
    CHECK(handedUp == 10);

    const Lines said = saidOf(trace);
    Lines expected{"client: ARP", "server: ARP"};
    for (int i = 0; i < 10; ++i)
        expected += {"client: UDP +100"};
    expected += kOpens;
    REQUIRE(said.size() > expected.size());
    CHECK(std::equal(expected.begin(), expected.end(), said.begin()));
    CHECK(std::count(said.begin(), said.end(), "client: PSH,ACK +100") == 10);
    CHECK(std::count(said.begin(), said.end(), "client: PSH,ACK +700") == 1); // the fourth to the tenth, in one segment
    CHECK(said.back() == "server: ACK");
    CHECK(octetsOf(trace, 1, AppCall::Receive) == Values{250, 250, 250, 250});
    CHECK(sum(octetsOf(trace, 1, AppCall::Delivered)) == 1000);
}

TEST_CASE("a query and a page; a lost picture is missing by UDP, and by TCP five others wait for it", "[learner]")
{
    const Trace trace = run("which-transport");
    Lines expected{"client: ARP", "names: ARP", "client: DNS", "names: DNS", "client: ARP", "server: ARP"};
    expected += kOpens;
    // 4000 octets and their header in three segments, of which the second is lost; only one follows, so the timer helps.
    expected += {"client: HTTP",  "server: ACK",         "server: HTTP",    "server: ACK +1460", "server: PSH,ACK +1168",
                 "client: ACK",   "server: ACK +1460",   "client: ACK",     "client: FIN,ACK",   "server: ACK",
                 "server: FIN,ACK", "client: ACK"};
    for (int i = 0; i < 10; ++i)
        expected += {"client: UDP +200"};
    expected += kOpens;
    Lines said = saidOf(trace);
    REQUIRE(said.size() > expected.size());
    said.resize(expected.size());
    CHECK(said == expected);

    std::uint64_t shown = 0;
    std::vector<SimTime> pictures;
    for (const Record& r : trace.records()) {
        if (r.kind == RecordKind::Program && r.program() == ProgramEvent::UrlShown)
            shown = r.value;
        if (r.kind == RecordKind::Program && r.program() == ProgramEvent::DatagramReceived)
            pictures.push_back(r.at);
    }
    CHECK(shown == 4000);
    // 20 ms after each was sent; the third is not among them.
    REQUIRE(pictures.size() == 9);
    for (std::size_t i = 0; i < pictures.size(); ++i)
        CHECK(pictures[i] == SimTime::zero() + 5_s + 20_ms * static_cast<std::int64_t>(i < 2 ? i + 1 : i + 2));

    // By TCP two pictures; then, 20 ms after the third duplicate ACK has come, six at once; then two more.
    Values delivered;
    std::vector<SimTime> when;
    for (const Record& r : trace.records())
        if (r.kind == RecordKind::App && r.call() == AppCall::Delivered && r.at > SimTime::zero() + 6_s) {
            delivered.push_back(r.value);
            when.push_back(r.at);
        }
    CHECK(delivered == Values{200, 200, 6 * 200, 200, 200});
    // The fourth, fifth and sixth picture leave at 6260, 6280 and 6300 ms; their ACKs are there 40 ms later.
    REQUIRE(when.size() == 5);
    CHECK(when[2] == SimTime::zero() + 6300_ms + 40_ms + 20_ms);
}

} // namespace packetarium::lesson_tcp_test
