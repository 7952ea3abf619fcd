// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two connections and a network that loses, repeats, delays and marks what it
// likes, in every combination of settings. Both programs write at once, in odd
// pieces, and read when they like. Every octet arrives once and in its place,
// the invariants hold after every event, and both ends come to rest closed.
#include "core/base/rng.h"
#include "core/tcp/connection.h"
#include "core/wire/ecn.h"
#include "tests/support/catch.h"
#include "tests/support/tcp_words.h"

#include <algorithm>
#include <map>

namespace packetarium::tcp_integrity_test {

using namespace literals;

namespace {

struct Flying {
    int to = 0;
    TcpSegment segment;
};

/// One end and its program.
struct End final : TcpSink {
    End(const TcpConfig& config, Ipv4Address address)
        : tcp(config, IsnSecret{7, address.value}, address)
    {}
    void sendSegment(const TcpSegment& segment, Reason, bool) override { outbox.push_back(segment); }
    void deliver(ByteView octets) override { got.append(octets.begin(), octets.end()); }
    void tell(AppCall what, AppResult result) override
    {
        failed = failed || (what == AppCall::Failed && result != AppResult::Ok);
        peerClosed = peerClosed || what == AppCall::PeerClosed;
    }
    void stateChanged(const TcpTransition&) override {}
    void variableChanged(Variable, std::uint64_t) override {}
    void timerChanged(Timer, TimerChange, SimTime) override {}
    void ignored(Reason) override {}

    Connection tcp;
    std::vector<TcpSegment> outbox;
    std::string toSend, got;
    std::size_t written = 0;
    bool failed = false, peerClosed = false, shut = false;
};

TcpConfig anyConfig(Rng& rng)
{
    TcpConfig config = TcpConfig::forProfile(rng.chance(300'000) ? Profile::Linux : Profile::Rfc);
    const auto flip = [&](bool& setting) { setting = rng.chance(500'000); };
    flip(config.sack);
    flip(config.timestamps);
    flip(config.windowScaling);
    flip(config.ecn);
    flip(config.nagle);
    flip(config.delayedAck);
    flip(config.limitedTransmit);
    flip(config.byteCounting);
    flip(config.proportionalReduction);
    flip(config.pushBursts);
    flip(config.probeWithoutData);
    flip(config.windowValidation);
    flip(config.rack);
    flip(config.tailLossProbe);
    flip(config.sampleEveryAck);
    flip(config.growWindow);
    flip(config.compressSack);
    config.quickAcks = static_cast<int>(rng.below(17));
    if (rng.chance(
            300'000)) // a window that counts memory, from none for the bookkeeping to all of a buffer for one segment
        config.segmentMemory = static_cast<std::uint32_t>(1 + rng.below(rng.chance(500'000) ? 3000 : 65'535));
    config.congestionControl = static_cast<CongestionControl>(rng.below(kCongestionControlCount));
    config.initialWindow = static_cast<int>(rng.below(12));
    config.windowShift = rng.chance(500'000) ? -1 : static_cast<int>(rng.below(8));
    config.mss = static_cast<std::uint16_t>(rng.chance(200'000) ? 40 + rng.below(60) : 100 + rng.below(1361));
    config.receiveBuffer =
        static_cast<std::uint32_t>(rng.chance(300'000) ? 1 + rng.below(600) : 1000 + rng.below(150'000));
    config.sendBuffer = rng.chance(500'000) ? 0 : static_cast<std::uint32_t>(1 + rng.below(5000));
    config.iss = rng.chance(300'000) ? Seq32(0xfffffff0u - static_cast<std::uint32_t>(rng.below(6000)))
                                     : Seq32(static_cast<std::uint32_t>(rng.next()));
    config.msl = 1_s;
    config.dataRetries = 40; // so bad a network must not end the test
    config.synRetries = 40;
    config.rtoMax = 5_s;
    return config;
}

class Run {
public:
    explicit Run(std::uint64_t seed)
        : rng_(seed)
        , ends_{End(anyConfig(rng_), Ipv4Address{0x0a000001}), End(anyConfig(rng_), Ipv4Address{0x0a000002})}
        , loss_(static_cast<std::uint32_t>(rng_.below(200'000)))
        , repeat_(static_cast<std::uint32_t>(rng_.below(100'000)))
        , late_(static_cast<std::uint32_t>(rng_.below(200'000)))
        , mark_(static_cast<std::uint32_t>(rng_.below(100'000)))
    {
        for (End& end : ends_)
            end.toSend = testing::octetsOf(rng_.below(rng_.chance(50'000) ? 40'000 : 5000));
        ends_[1].toSend.append(rng_.below(3), '~');
    }

    /// What went wrong; empty: nothing.
    std::string operator()()
    {
        ends_[1].tcp.openPassive(now_, 80, std::nullopt, ends_[1]);
        ends_[0].tcp.openActive(now_, 1234, Endpoint{Ipv4Address{0x0a000002}, 80}, ends_[0]);
        for (steps = 0; steps < 200'000; ++steps) {
            for (int i = 0; i < 2; ++i) {
                drain(i);
                act(i);
                drain(i);
            }
            if (done())
                return verdict();
            if (!advance())
                return "nothing happens any more";
        }
        return "it does not end";
    }

    std::uint64_t steps = 0, carried = 0;

private:
    void drain(int from)
    {
        End& end = ends_[static_cast<std::size_t>(from)];
        end.tcp.checkInvariants();
        for (const TcpSegment& segment : end.outbox) {
            carried += segment.payload.size();
            if (rng_.chance(loss_)) // corruption is a loss: the checksum finds it
                continue;
            for (int copies = rng_.chance(repeat_) ? 2 : 1; copies > 0; --copies) {
                const std::uint64_t delay = 5000 + rng_.below(100) + (rng_.chance(late_) ? rng_.below(40'000) : 0);
                Flying flying{1 - from, segment};
                if (segment.ipEcn == Ecn::Ect0 && rng_.chance(mark_))
                    flying.segment.ipEcn = Ecn::CongestionExperienced;
                flying_.emplace(now_ + SimDuration::microseconds(static_cast<std::int64_t>(delay)), flying);
            }
        }
        end.outbox.clear();
    }

    void act(int i)
    {
        End& end = ends_[static_cast<std::size_t>(i)];
        if (end.tcp.state() < TcpState::Established)
            return;
        if (end.written < end.toSend.size() && rng_.chance(400'000)) {
            const std::size_t some =
                std::min<std::size_t>(1 + rng_.below(rng_.chance(500'000) ? 5 : 4000), end.toSend.size() - end.written);
            const Bytes octets(end.toSend.begin() + static_cast<std::ptrdiff_t>(end.written),
                               end.toSend.begin() + static_cast<std::ptrdiff_t>(end.written + some));
            if (end.tcp.send(now_, ByteView(octets), end) == AppResult::Ok)
                end.written += some;
        } else if (end.written == end.toSend.size() && !end.shut && rng_.chance(200'000)) {
            end.shut = end.tcp.shutdown(now_, end) == AppResult::Ok;
        }
        if (end.peerClosed) // what is not read before the end of TIME-WAIT is gone, and RFC 1337 knows how soon that may be
            end.tcp.receive(now_, 0, end);
        if (rng_.chance(20'000))
            end.tcp.setAutoRead(now_, false, end);
        if (rng_.chance(100'000))
            end.tcp.receive(now_, static_cast<std::uint32_t>(rng_.below(3000)), end);
        if (rng_.chance(30'000))
            end.tcp.setAutoRead(now_, true, end);
        if (rng_.chance(3000) && end.tcp.state() >= TcpState::Established) // RFC 1191: the path changes
            end.tcp.onPathMtu(now_, static_cast<std::uint16_t>(60 + rng_.below(1000)), end);
        if (rng_.chance(3000)) { // and so may the settings
            TcpConfig config = end.tcp.config();
            config.nagle = !config.nagle;
            config.congestionControl = static_cast<CongestionControl>(rng_.below(kCongestionControlCount));
            end.tcp.configure(now_, config, end);
        }
    }

    bool advance()
    {
        const auto first = flying_.begin();
        SimTime next = first == flying_.end() ? SimTime::never() : first->first;
        const SimTime due = std::min(ends_[0].tcp.nextDeadline(), ends_[1].tcp.nextDeadline());
        bool programsWait = false;
        for (const End& end : ends_)
            programsWait =
                programsWait || (end.tcp.state() >= TcpState::Established && (!end.shut || end.tcp.octetsUnread() > 0));
        if (programsWait) // they do something every few milliseconds
            next = std::min(next, now_ + SimDuration::milliseconds(3));
        if (next.isNever() && due.isNever())
            return false;
        if (due <= next) {
            now_ = std::max(now_, due);
            for (End& end : ends_)
                if (end.tcp.nextDeadline() <= now_)
                    end.tcp.onTimer(now_, end);
            return true;
        }
        now_ = next;
        if (first != flying_.end() && first->first == now_) {
            const Flying arrived = first->second;
            flying_.erase(first);
            End& end = ends_[static_cast<std::size_t>(arrived.to)];
            if (end.tcp.state() == TcpState::Listen)
                end.tcp.hearFrom(Ipv4Address{0x0a000001});
            end.tcp.onSegment(now_, arrived.segment, end);
        }
        return true;
    }

    bool done() const
    {
        return ends_[0].failed || ends_[1].failed ||
               (ends_[0].tcp.state() == TcpState::Closed && ends_[1].tcp.state() == TcpState::Closed);
    }

    std::string verdict() const
    {
        for (int i = 0; i < 2; ++i) {
            const End& end = ends_[static_cast<std::size_t>(i)];
            const End& other = ends_[static_cast<std::size_t>(1 - i)];
            if (end.failed)
                return "a connection failed";
            if (end.got != other.toSend)
                return "of " + std::to_string(other.toSend.size()) + " octets " + std::to_string(end.got.size()) +
                       " were delivered, or others";
        }
        return {};
    }

    Rng rng_;
    std::array<End, 2> ends_;
    std::uint32_t loss_, repeat_, late_, mark_;
    SimTime now_;
    std::multimap<SimTime, Flying> flying_; ///< by arrival; what was sent first comes first among equals
};

} // namespace

TEST_CASE("10,000 bad networks and combinations of settings: both ways every octet arrives once and in its place",
          "[tcp]")
{
    std::uint64_t carried = 0;
    for (std::uint64_t seed = 0; seed < 10'000; ++seed) {
        INFO("seed " << seed);
        Run run(seed);
        try {
            const std::string wrong = run();
            if (!wrong.empty())
                FAIL(wrong << " after " << run.steps << " steps");
        } catch (const std::logic_error& broken) {
            FAIL(broken.what() << " after " << run.steps << " steps");
        }
        carried += run.carried;
    }
    CHECK(carried > 50'000'000);
}

} // namespace packetarium::tcp_integrity_test
