// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a learner must be able to see answered about loss: the retransmission
// timeout, fast retransmit in figures, slow start and what follows, and three
// congestion controls at one bottleneck. ISNs are 100 and 300; one way takes
// 40 ms, where a round trip is measured 50 ms.
#include "core/engine/engine.h"
#include "core/trace/series.h"
#include "tests/support/catch.h"
#include "tests/support/exchange.h"
#include "tests/support/exchange_values.h"
#include "ui/i18n/catalogue.h"

#include <algorithm>
#include <numeric>
#include <utility>

// clang-format off

namespace packetarium::learner_loss_test {

using namespace literals;

namespace {

using Values = std::vector<std::uint64_t>;
constexpr std::uint64_t kMs = 1'000'000;
constexpr std::uint32_t kSmss = 1000;
constexpr std::uint64_t kNoThreshold = 0x7fffffff; // "arbitrarily high", RFC 5681 §3.1

Exchange& opens(Exchange& x)
{
    return x.client("SYN", {.seq = 100})
        .server("SYN,ACK", {.seq = 300, .ack = 101})
        .client("ACK", {.seq = 101, .ack = 301}).states("ESTABLISHED", "ESTABLISHED");
}

std::uint32_t seqOf(std::uint32_t nth) { return 101 + (nth - 1) * kSmss; }

/// Segments of 1000 octets, from 1; the last of what was written has PSH.
Exchange& sends(Exchange& x, std::uint32_t nth, std::uint32_t last)
{
    return x.client(nth == last ? "PSH,ACK" : "ACK", {.seq = seqOf(nth), .ack = 301, .len = kSmss});
}

/// That everything before the nth has arrived.
Exchange& acks(Exchange& x, std::uint32_t nth) { return x.server("ACK", {.seq = 301, .ack = seqOf(nth)}); }

/// RFC 5681 §3.1 by the letter: what a sender that always has data does with each ACK, flight by flight.
struct Model {
    std::uint32_t cwnd, ssthresh, next, last;
    std::uint32_t una = next;
    Values cwnds{};

    std::uint32_t maySend() const { return una * kSmss + cwnd >= (next + 1) * kSmss && next <= last; }
    void acked()
    {
        ++una;
        cwnd += cwnd < ssthresh ? kSmss : std::max<std::uint32_t>(1, kSmss * kSmss / cwnd); // equations 2 and 3
        cwnds.push_back(cwnd);
    }
    /// Until everything up to `last` is acknowledged.
    void run(Exchange& x)
    {
        std::vector<std::uint32_t> flight;
        const auto send = [&] {
            while (maySend()) {
                sends(x, next, last);
                flight.push_back(next++);
            }
        };
        send();
        while (!flight.empty()) {
            const auto arrived = std::exchange(flight, {});
            for (const std::uint32_t nth : arrived)
                acks(x, nth + 1);
            for (std::size_t i = 0; i < arrived.size(); ++i) {
                acked();
                send();
            }
        }
    }
};

} // namespace

TEST_CASE("28. R = 100 ms makes SRTT 100, RTTVAR 50, and a floor of 1 s", "[learner]")
{
    Exchange x("rto-measured");
    opens(x)
        .client("PSH,ACK", {.seq = 101, .ack = 301, .len = 100}).starts("client", Timer::Retransmission, 1_s)
        .server("ACK", {.seq = 301, .ack = 201})
        .client("PSH,ACK", {.seq = 201, .ack = 301, .len = 100}).starts("client", Timer::Retransmission, 1_s)
        .server("ACK", {.seq = 301, .ack = 301})
        .nothingElse();
    // RFC 6298 §2.2: R, R/2. §2.3: 3/4 RTTVAR + 1/4 |SRTT - R|, and SRTT - R is 0.
    CHECK(valuesOf(x.trace(), 0, Variable::Srtt) == Values{100 * kMs});
    CHECK(valuesOf(x.trace(), 0, Variable::RttVar) == Values{50 * kMs, 37'500'000, 28'125'000});
    CHECK(valuesOf(x.trace(), 0, Variable::Rto) == Values{1000 * kMs}); // 300 ms is less than the floor
}

TEST_CASE("28. Karn: a segment that was sent twice gives no sample", "[learner]")
{
    Exchange x("karn");
    opens(x)
        .client("PSH,ACK", {.seq = 101, .ack = 301, .len = 100}).lost()
        .client("PSH,ACK", {.seq = 101, .ack = 301, .len = 100}).again().after(1_s)
            .starts("client", Timer::Retransmission, 2_s)
        .server("ACK", {.seq = 301, .ack = 201})
        .client("PSH,ACK", {.seq = 201, .ack = 301, .len = 100}).sentAt(3_s).starts("client", Timer::Retransmission, 2_s)
        .server("ACK", {.seq = 301, .ack = 301})
        .nothingElse();
    CHECK(valuesOf(x.trace(), 0, Variable::RttVar) == Values{50 * kMs, 37'500'000}); // of the SYN, and of the last
    CHECK(valuesOf(x.trace(), 0, Variable::Rto) == Values{1000 * kMs, 2000 * kMs, 1000 * kMs});
}

TEST_CASE("29. fast retransmit: FlightSize 9000, ssthresh 4500, cwnd 7500, 1000 more each, then 4500", "[learner]")
{
    Exchange x("fast-retransmit");
    opens(x);
    for (std::uint32_t nth = 1; nth <= 10; ++nth) {
        sends(x, nth, 10).sentAt(300_ms);
        if (nth == 2)
            x.lost();
    }
    acks(x, 2).because(Reason::SentAckImmediate);
    for (int duplicate = 1; duplicate <= 8; ++duplicate)
        acks(x, 2).because(Reason::SentAckOutOfOrder).sentAt(340_ms);
    sends(x, 2, 10).because(Reason::SentFastRetransmit).sentAt(380_ms);
    acks(x, 11).because(Reason::SentAckFillsGap).nothingElse();

    const std::uint64_t flight = 9 * kSmss, half = flight / 2;
    Values cwnd{10 * kSmss, 11 * kSmss, half + 3 * kSmss};
    for (int duplicate = 4; duplicate <= 8; ++duplicate)
        cwnd.push_back(cwnd.back() + kSmss);
    cwnd.push_back(half);
    CHECK(valuesOf(x.trace(), 0, Variable::Cwnd) == cwnd);
    CHECK(valuesOf(x.trace(), 0, Variable::Ssthresh) == Values{kNoThreshold, half});
}

TEST_CASE("29. SACK: the blocks name what arrived, and two holes are filled in one round trip", "[learner]")
{
    Exchange x("fast-retransmit-sack");
    opens(x);
    for (std::uint32_t nth = 1; nth <= 10; ++nth) {
        sends(x, nth, 10);
        if (nth == 2 || nth == 5)
            x.lost();
    }
    for (int n = 1; n <= 8; ++n) // the first, and seven duplicates
        acks(x, 2).sentAt(340_ms);
    sends(x, 2, 10).because(Reason::SentFastRetransmit).sentAt(380_ms);
    // RFC 6675: 5 is lost once more than two segments above it are there, which is at 6, 7 and 8; then 9 and 10 and the 2
    // sent again are under way, and 3000 leave room in 4500 for one.
    sends(x, 5, 10).because(Reason::SentRecovery).sentAt(380_ms);
    acks(x, 5);
    acks(x, 11).nothingElse();
    CHECK(valuesOf(x.trace(), 0, Variable::Cwnd) == Values{10 * kSmss, 11 * kSmss, 9 * kSmss / 2});
    const auto range = [](std::uint32_t first, std::uint32_t end) { return std::uint64_t{first} << 32 | end; };
    Values blocks;
    for (const Variable v : {Variable::Sacked1, Variable::Sacked2})
        for (const std::uint64_t value : valuesOf(x.trace(), 0, v))
            blocks.push_back(value);
    CHECK(std::count(blocks.begin(), blocks.end(), range(seqOf(3), seqOf(5))) > 0);
    CHECK(std::count(blocks.begin(), blocks.end(), range(seqOf(6), seqOf(11))) > 0);
}

TEST_CASE("29. a lost tail draws no duplicate ACKs: only the timer helps", "[learner]")
{
    Exchange x("tail-loss");
    opens(x);
    for (std::uint32_t nth = 1; nth <= 10; ++nth)
        sends(x, nth, 10);
    x.lost();
    for (std::uint32_t nth = 1; nth <= 9; ++nth)
        acks(x, nth + 1);
    sends(x, 10, 10).again().sentAt(380_ms + 1_s); // the timer began anew with the last ACK: RFC 6298 §5.3
    acks(x, 11).nothingElse();
    Values cwnd;
    for (std::uint32_t n = 10; n <= 19; ++n)
        cwnd.push_back(n * kSmss);
    cwnd.push_back(kSmss);
    cwnd.push_back(2 * kSmss);
    CHECK(valuesOf(x.trace(), 0, Variable::Cwnd) == cwnd);
    CHECK(valuesOf(x.trace(), 0, Variable::Ssthresh) == Values{kNoThreshold, 2 * kSmss}); // max(1000 / 2, 2 SMSS)
}

TEST_CASE("29. two lost at the end: after two round trips a probe, and its SACK gives the other away", "[learner]")
{
    Exchange x("tail-loss-probe");
    opens(x);
    for (std::uint32_t nth = 1; nth <= 10; ++nth) {
        sends(x, nth, 10);
        if (nth >= 9)
            x.lost();
    }
    for (std::uint32_t nth = 1; nth <= 8; ++nth)
        acks(x, nth + 1);
    // RFC 8985 §7.2: 2 SRTT after the last ACK, which came at 380 ms; a round trip takes 80 ms.
    sends(x, 10, 10).because(Reason::SentTailLossProbe).sentAt(540_ms);
    acks(x, 9).because(Reason::SentAckOutOfOrder);
    // The probe left 240 ms after the ninth, which is far more than a quarter of 80 ms.
    sends(x, 9, 10).because(Reason::SentRackRetransmit).sentAt(620_ms);
    acks(x, 11).nothingElse();
    // Ten segments and eight ACKs; then RFC 5681 equation 4 of the two that were under way, and no time-out.
    CHECK(valuesOf(x.trace(), 0, Variable::Cwnd).back() == 2 * kSmss);
    CHECK(valuesOf(x.trace(), 0, Variable::Ssthresh) == Values{kNoThreshold, 2 * kSmss});
}

TEST_CASE("29. the first of three is lost: two duplicates do not say so, a quarter of a round trip does", "[learner]")
{
    Exchange x("rack");
    opens(x);
    for (std::uint32_t nth = 1; nth <= 3; ++nth) {
        sends(x, nth, 3);
        if (nth == 1)
            x.lost();
    }
    acks(x, 1).because(Reason::SentAckOutOfOrder);
    acks(x, 1).because(Reason::SentAckOutOfOrder);
    sends(x, 1, 3).because(Reason::SentRackRetransmit).sentAt(380_ms + 20_ms);
    acks(x, 4).because(Reason::SentAckFillsGap).nothingElse();
}

TEST_CASE("30. slow start: one SMSS more for each ACK; 1, 2, 4, 8 segments", "[learner]")
{
    Exchange x("slow-start");
    opens(x);
    Model model{.cwnd = kSmss, .ssthresh = 0x7fffffff, .next = 1, .last = 15};
    model.cwnds = {kSmss};
    model.run(x);
    x.nothingElse();
    CHECK(model.cwnds.back() == 16 * kSmss);
    CHECK(valuesOf(x.trace(), 0, Variable::Cwnd) == model.cwnds);
    // Each 80 ms as many again.
    for (const auto& [at, count] : {std::pair{300_ms, 1}, {380_ms, 2}, {460_ms, 4}, {540_ms, 8}})
        CHECK(std::count_if(x.trace().packets().begin(), x.trace().packets().end(), [&](const PacketInfo& p) {
                  return p.length > 0 && p.sentAt == SimTime::zero() + at;
              }) == count);
}

TEST_CASE("30. a time-out: cwnd one SMSS, ssthresh half of what was under way, then by SMSS * SMSS / cwnd", "[learner]")
{
    Exchange x("congestion-avoidance");
    opens(x);
    for (std::uint32_t nth = 1; nth <= 8; ++nth)
        sends(x, nth, 8).lost();
    Model model{.cwnd = kSmss, .ssthresh = 8 * kSmss / 2, .next = 1, .last = 8};
    model.cwnds = {8 * kSmss, kSmss};
    model.run(x);
    model.last = 38;
    model.run(x);
    x.nothingElse();
    CHECK(valuesOf(x.trace(), 0, Variable::Cwnd) == model.cwnds);
    CHECK(valuesOf(x.trace(), 0, Variable::Ssthresh) == Values{kNoThreshold, 4 * kSmss});
}

namespace {

/// What holds of every transfer through 10 Mbit/s with a short queue.
struct Bulk {
    Exchange x;
    std::size_t lost = 0, marked = 0;
    Values reductions; ///< ssthresh after the first

    std::uint64_t octets = 0; ///< read

    explicit Bulk(const std::string& name)
        : x(name)
    {
        for (const Record& r : x.trace().records()) {
            marked += r.kind == RecordKind::PacketChanged && r.reason == Reason::ChangedMarked ? 1 : 0;
            if (r.kind != RecordKind::PacketLost)
                continue;
            CHECK(r.reason == Reason::LostQueueFull);
            ++lost;
        }
        CHECK((lost > 0) == (marked == 0)); // a long queue drops or marks
        reductions = valuesOf(x.trace(), 0, Variable::Ssthresh);
        REQUIRE(reductions.size() > 1);
        reductions.erase(reductions.begin());
        const Values read = octetsOf(x.trace(), 1, AppCall::Delivered);
        octets = std::accumulate(read.begin(), read.end(), std::uint64_t{0});
        // Not faster than the cable: 8 octets of preamble, 18 of Ethernet, 40 of headers and a gap of 12 are not counted.
        SimTime first = SimTime::never(), last = SimTime::zero();
        for (const PacketInfo& p : x.trace().packets()) {
            if (p.length == 0 || p.fate != Fate::Arrived)
                continue;
            first = std::min(first, p.sentAt);
            last = std::max(last, p.endAt);
        }
        CHECK((last - first).toSeconds() > static_cast<double>(octets) * 8 / 10e6);
    }
    /// SND.NXT - SND.UNA when the first loss was found, without the two segments that limited transmit let go before:
    /// they must not count, RFC 5681 §3.2, step 2.
    std::uint64_t flightAtFirstReduction() const
    {
        std::uint64_t una = 0, nxt = 0;
        std::size_t thresholds = 0;
        for (const Record& r : x.trace().records()) {
            if (r.kind != RecordKind::Variable || r.host.value() != 0)
                continue;
            if (r.variable() == Variable::SndUna)
                una = r.value;
            if (r.variable() == Variable::SndNxt)
                nxt = r.value;
            if (r.variable() == Variable::Ssthresh && ++thresholds == 2)
                return nxt - una - 2 * 1460;
        }
        return 0;
    }
    std::size_t timeouts() const
    {
        return static_cast<std::size_t>(std::count_if(
            x.trace().records().begin(), x.trace().records().end(), [](const Record& r) {
                return r.kind == RecordKind::Timer && r.host.value() == 0 && r.timer() == Timer::Retransmission &&
                       r.timerChange() == TimerChange::Fired;
            }));
    }
};

} // namespace

TEST_CASE("30. half a megabyte through a queue of 20 packets: one reduction to a half, and no time-out", "[learner]")
{
    const Bulk bulk("bulk-transfer");
    CHECK(bulk.octets == 500'000);
    CHECK(bulk.reductions == Values{bulk.flightAtFirstReduction() / 2});
    CHECK(bulk.timeouts() == 0);
}

TEST_CASE("30. NewReno pays once for the losses of a flight, Reno for each; CUBIC falls to 0.7", "[learner]")
{
    const Bulk reno("bottleneck-reno"), newReno("bottleneck-newreno"), cubic("bottleneck-cubic");
    for (const Bulk* bulk : {&reno, &newReno, &cubic})
        CHECK(bulk->octets == 300'000);
    CHECK(reno.reductions.size() > 1);
    CHECK(reno.timeouts() > 0);
    CHECK(newReno.reductions == Values{newReno.flightAtFirstReduction() / 2}); // RFC 5681, equation 4
    CHECK(newReno.timeouts() == 0);
    // RFC 9438 §4.6: of what is under way
    CHECK(cubic.reductions == Values{cubic.flightAtFirstReduction() * 7 / 10});
    CHECK(cubic.timeouts() == 0);
    // Nothing distinguishes them before the first loss.
    CHECK(newReno.flightAtFirstReduction() == reno.flightAtFirstReduction());
    CHECK(newReno.flightAtFirstReduction() == cubic.flightAtFirstReduction());
}

TEST_CASE("30. CUBIC slows down towards the window at which it lost, and speeds up beyond it", "[learner]")
{
    Engine engine(builtinScenario("cubic-curve").value());
    engine.runToEnd();
    const SeriesIndex index(engine.trace());
    const FlowSeries& flow = *index.busiest();
    CHECK(flow.payload >= 1'000'000);
    // The stretches of congestion avoidance, each between two reductions.
    struct Stretch {
        SimTime from, to;
    };
    std::vector<Stretch> stretches;
    const Series& phases = flow.variable(Variable::Phase);
    for (std::size_t i = 0; i + 1 < phases.size(); ++i)
        if (phases[i].value == static_cast<std::int64_t>(CongestionPhase::CongestionAvoidance) &&
            phases[i + 1].at - phases[i].at > SimDuration::seconds(1))
            stretches.push_back({phases[i].at, phases[i + 1].at});
    REQUIRE(stretches.size() == 2);
    const auto growth = [&](const Stretch& s, int half) {
        const SimTime middle = s.from + (s.to - s.from) / 2;
        const Series& cwnd = flow.variable(Variable::Cwnd);
        const SimTime from = half == 0 ? s.from : middle;
        const SimTime to = half == 0 ? middle : s.to - SimDuration::nanoseconds(1);
        return valueAt(cwnd, to).value() - valueAt(cwnd, from).value();
    };
    // The first begins late after its loss (two recoveries lie between): it is beyond the inflection. The second is before it.
    CHECK(growth(stretches[0], 1) > growth(stretches[0], 0));
    CHECK(growth(stretches[1], 1) < growth(stretches[1], 0));
    CHECK(growth(stretches[1], 1) > 0);
}

TEST_CASE("30. a queue that marks from five packets on loses none, and the sender halves its window", "[learner]")
{
    const Bulk bulk("bottleneck-ecn");
    CHECK(bulk.octets == 300'000);
    CHECK(bulk.timeouts() == 0);
    const auto packets = bulk.x.trace().packets();
    std::size_t marked = 0, cwr = 0;
    bool asked = false;
    for (const PacketInfo& p : packets) {
        CHECK(p.fate == Fate::Arrived);
        CHECK_FALSE(p.retransmission);
        const auto waiting = std::count_if(packets.begin(), packets.end(), [&](const PacketInfo& other) {
            return other.from == p.from && other.id < p.id && other.txStart > p.sentAt;
        });
        // RFC 3168 §6.1.4, §6.1.5: only new data are ECT.
        CHECK(p.marked == (waiting >= 5 && p.length > 0));
        marked += p.marked ? 1 : 0;
        if (p.from.value() == 0)
            cwr += p.flags.has(TcpFlags::Cwr) && !p.flags.syn() ? 1 : 0;
        else
            asked = asked || (p.flags.has(TcpFlags::Ece) && !p.flags.syn());
    }
    CHECK(marked > 0);
    CHECK(asked);
    CHECK(cwr == bulk.reductions.size()); // each is told of once
    CHECK(bulk.marked == marked);

    // What a student reads: of each marked packet that arrives, and of each ACK that takes the window down.
    const Trace& trace = bulk.x.trace();
    std::size_t bears = 0, falls = 0;
    for (std::size_t i = 0; i < trace.records().size(); ++i) {
        if (trace.records()[i].kind != RecordKind::PacketArrived)
            continue;
        const std::string english = captionFor(trace, i, NumberStyle::Symbolic, Language::English).text;
        const std::string chinese = captionFor(trace, i, NumberStyle::Symbolic, Language::Chinese).text;
        bears += english.find("It bears a mark of congestion") != std::string::npos ? 1 : 0;
        falls += english.find("cwnd falls to ") != std::string::npos ? 1 : 0;
        CHECK((english.find("mark") != std::string::npos) == (chinese.find("拥塞标记") != std::string::npos));
    }
    CHECK(bears == marked);
    CHECK(falls == bulk.reductions.size());
}

} // namespace packetarium::learner_loss_test
