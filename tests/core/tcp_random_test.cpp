// SPDX-License-Identifier: GPL-3.0-or-later
//
// A peer that says anything at all, and a program that calls anything at any
// time. Whatever happens: the invariants hold, no transition is missing, every
// segment sent is one that TCP may send, and the connection comes to rest.
#include "core/base/rng.h"
#include "tests/support/catch.h"
#include "tests/support/tcp_rig.h"

namespace packetarium::tcp_random_test {

using namespace literals;
using namespace testing;

namespace {

/// Looks at everything the connection says.
class Watcher final : public TcpSink {
public:
    explicit Watcher(const Connection& tcp)
        : tcp_(tcp)
    {}

    void sendSegment(const TcpSegment& s, Reason cause, bool) override
    {
        ++sent;
        require(s.payload.size() <= 1460, "a segment is larger than the MSS");
        require(!s.flags.rst() || s.payload.empty(), "a reset carries data");
        require(!s.mss || s.flags.syn(), "an MSS option outside a SYN");
        require(cause != Reason::None, "a segment without a reason");
        if (tcp_.state() < TcpState::Established || s.flags.rst())
            return;
        require(s.flags.ack(), "in a synchronized state every segment but a reset has an ACK");
        require(s.ack == tcp_.rcvNxt(), "the acknowledgment is not RCV.NXT");
        const Seq32 edge = s.ack + s.window;
        require(!edge_ || seqGe(edge, *edge_), "the right edge of the offered window moved left");
        edge_ = edge;
        require(seqLe(s.seq + s.segLen(), tcp_.sndNxt()), "a segment reaches beyond SND.NXT");
    }
    void deliver(ByteView octets) override { delivered += octets.size(); }
    void tell(AppCall, AppResult) override {}
    void stateChanged(const TcpTransition& row) override
    {
        require(transitionIndex(row) >= 0, "a transition that is not in the table");
        if (row.to <= TcpState::SynSent)
            edge_.reset();
        if (row.to == TcpState::SynReceived)
            edge_.reset();
    }
    void variableChanged(Variable, std::uint64_t) override {}
    void timerChanged(Timer, TimerChange, SimTime) override {}
    void ignored(Reason why) override { require(why != Reason::None, "ignored without a reason"); }

    std::uint64_t sent = 0, delivered = 0;

private:
    static void require(bool holds, const char* what)
    {
        if (!holds)
            throw std::logic_error(what);
    }
    const Connection& tcp_;
    std::optional<Seq32> edge_;
};

std::uint32_t near(std::uint32_t number, Rng& rng)
{
    switch (rng.below(6)) {
    case 0: return number;
    case 1: return number - 1;
    case 2: return number + 1;
    case 3: return number + static_cast<std::uint32_t>(rng.below(3000)) - 1500;
    case 4: return number + 0x80000000u - static_cast<std::uint32_t>(rng.below(3));
    default: return rng.chance(900'000) ? number : static_cast<std::uint32_t>(rng.next());
    }
}

TcpSegment anySegment(const Connection& tcp, Rng& rng)
{
    static constexpr std::array<std::uint8_t, 12> kFlags{TcpFlags::Ack,
                                                         TcpFlags::Ack,
                                                         TcpFlags::Ack,
                                                         TcpFlags::Ack | TcpFlags::Psh,
                                                         TcpFlags::Ack | TcpFlags::Fin,
                                                         TcpFlags::Syn,
                                                         TcpFlags::Syn | TcpFlags::Ack,
                                                         TcpFlags::Rst,
                                                         TcpFlags::Rst | TcpFlags::Ack,
                                                         TcpFlags::Syn | TcpFlags::Fin,
                                                         TcpFlags::Fin,
                                                         0};
    TcpSegment s;
    s.sourcePort = TcpRig::kRemotePort;
    s.destinationPort = TcpRig::kLocalPort;
    s.flags.bits = rng.chance(20'000) ? static_cast<std::uint8_t>(rng.next()) : kFlags[rng.below(kFlags.size())];
    if (s.flags.rst() && rng.chance(700'000)) // else no connection would live long
        s.flags.bits = TcpFlags::Ack;
    s.seq = Seq32(near(tcp.rcvNxt().value(), rng));
    s.ack = Seq32(near(rng.chance(500'000) ? tcp.sndNxt().value() : tcp.sndUna().value(), rng));
    s.window = rng.chance(200'000) ? std::uint16_t{0}
                                   : static_cast<std::uint16_t>(rng.below(rng.chance(500'000) ? 65536 : 2000));
    if (rng.chance(200'000))
        s.mss = static_cast<std::uint16_t>(rng.below(rng.chance(500'000) ? 65536 : 3));
    if (rng.chance(400'000))
        s.payload.assign(rng.below(1500), std::uint8_t{0});
    return s;
}

void anyCall(Connection& tcp, SimTime now, Rng& rng, TcpSink& out)
{
    static const Bytes data(4000, std::uint8_t{'x'});
    const Endpoint peer{TcpRig::kRemote, TcpRig::kRemotePort};
    switch (rng.below(12)) {
    case 0: tcp.shutdown(now, out); break;
    case 1: rng.chance(300'000) ? tcp.close(now, out) : AppResult::Ok; break;
    case 2: rng.chance(100'000) ? tcp.abort(now, out) : AppResult::Ok; break;
    case 3: tcp.setAutoRead(now, rng.chance(500'000), out); break;
    case 4: tcp.openActive(now, TcpRig::kLocalPort, peer, out); break;
    case 5: tcp.openPassive(now, TcpRig::kLocalPort, std::nullopt, out); break;
    case 6:
    case 7: tcp.receive(now, static_cast<std::uint32_t>(rng.below(800)), out); break;
    default:
        if (tcp.octetsUnsent() < 20'000)
            tcp.send(now, ByteView(data).first(rng.below(data.size())), out);
        break;
    }
}

/// Nothing more from peer or program: timers alone must bring it to rest, within a bounded number of steps.
void letRest(Connection& tcp, SimTime now, Watcher& out)
{
    int steps = 0;
    while (!tcp.nextDeadline().isNever()) {
        now = std::max(now, tcp.nextDeadline());
        tcp.onTimer(now, out);
        tcp.checkInvariants();
        if (++steps > 200)
            throw std::logic_error("the timers never come to rest");
    }
}

} // namespace

TEST_CASE("whatever peer and program do, a connection keeps its invariants and comes to rest", "[tcp]")
{
    std::array<int, kTcpStateCount> visits{};
    std::uint64_t delivered = 0;
    for (std::uint64_t seed = 0; seed < 4000; ++seed) {
        Rng rng(seed);
        TcpConfig config = TcpConfig::forProfile(rng.chance(500'000) ? Profile::Rfc : Profile::Linux);
        config.iss = Seq32(rng.chance(300'000) ? 0xffffff00u : 100);
        config.receiveBuffer = static_cast<std::uint32_t>(1 + rng.below(rng.chance(500'000) ? 65535 : 50));
        config.resetOnUnreadData = rng.chance(500'000);
        Connection tcp(config, IsnSecret{}, TcpRig::kLocal);
        tcp.limitMss(1460); // as the host does for an Ethernet link
        Watcher out(tcp);
        SimTime now;
        INFO("seed " << seed);
        int step = 0;
        try {
            if (rng.chance(500'000))
                tcp.openActive(now, TcpRig::kLocalPort, Endpoint{TcpRig::kRemote, TcpRig::kRemotePort}, out);
            else
                tcp.openPassive(now, TcpRig::kLocalPort, std::nullopt, out);
            for (; step < 120; ++step) {
                now = now + SimDuration::milliseconds(
                                static_cast<std::int64_t>(rng.below(rng.chance(50'000) ? 100'000 : 300)));
                if (tcp.nextDeadline() <= now)
                    tcp.onTimer(now, out);
                if (rng.chance(250'000)) {
                    anyCall(tcp, now, rng, out);
                } else {
                    const TcpSegment segment = anySegment(tcp, rng);
                    if (tcp.state() == TcpState::Listen)
                        tcp.hearFrom(TcpRig::kRemote);
                    tcp.onSegment(now, segment, out);
                }
                tcp.checkInvariants();
                ++visits[static_cast<std::size_t>(tcp.state())];
            }
            letRest(tcp, now, out);
        } catch (const std::logic_error& broken) {
            FAIL("step " << step << " in " << toString(tcp.state()) << ": " << broken.what());
        }
        delivered += out.delivered;
    }
    // It is no test if it does not get about: every state was met many times, and data went through.
    for (int i = 0; i < kTcpStateCount; ++i) {
        INFO(toString(static_cast<TcpState>(i)));
        CHECK(visits[static_cast<std::size_t>(i)] > 100);
    }
    CHECK(delivered > 1'000'000);
}

} // namespace packetarium::tcp_random_test
