// SPDX-License-Identifier: GPL-3.0-or-later
//
// A host between its cable and its program: which frames it takes, which
// connection a segment belongs to, and what it puts on the cable.
#include "core/net/host.h"
#include "tests/support/catch.h"

#include <deque>

namespace packetarium::net_host_test {

using namespace literals;

namespace {

constexpr Ipv4Address kA{0x0a000001}, kB{0x0a000002}, kStranger{0x0a000063};
constexpr MacAddress kMacA{{2, 0, 0, 0, 0, 1}}, kMacB{{2, 0, 0, 0, 0, 2}};

class Bench final : public NodeSink {
public:
    explicit Bench(TcpConfig tcp = {}, bool filtered = false)
    {
        HostSetup setup;
        setup.ip.node = NodeId(0);
        setup.ip.interfaces = {Interface{kMacA, {IpPrefix{kA, 24}}}};
        setup.ip.neighbors = {{kA, kMacA}, {kB, kMacB}, {kStranger, kMacB}};
        setup.filtered = filtered;
        setup.tcp = tcp;
        setup.secret = IsnSecret{1, 2};
        host.emplace(setup);
        trace.setNodes(
            {TraceNode{"a", kA, true, NodeKind::Host, {}, {}}, TraceNode{"b", kB, false, NodeKind::Host, {}, {}}});
    }

    static TcpConfig fixedIsn()
    {
        TcpConfig tcp;
        tcp.iss = Seq32(100);
        tcp.nagle = false;
        return tcp;
    }

    void transmit(NodeId from, std::uint8_t port, Outgoing&& out) override
    {
        CHECK(from == NodeId(0));
        CHECK(port == 0);
        const DecodedFrame decoded = decodeTcpFrame(out.frame.octets());
        CHECK(decoded.error == FrameError::None);
        CHECK(decoded.eth.source == kMacA);
        CHECK(decoded.ip.source == kA);
        CHECK(decoded.ip.dontFragment);
        CHECK(decoded.ip.ttl == 64);
        sent.push_back(decoded);
        sentBy.push_back(out.conn);
    }
    void programNews(NodeId, ConnId, AppCall what, AppResult result, std::uint64_t) override
    {
        news.emplace_back(what, result);
    }
    void dataArrived(NodeId, ConnId, ByteView data) override { read.insert(read.end(), data.begin(), data.end()); }
    void stateEntered(NodeId, ConnId, TcpState state) override { states.push_back(state); }
    void datagramArrived(NodeId, const UdpDelivery&) override {}
    void icmpArrived(NodeId, const IcmpDelivery&) override {}

    NodeContext cx() { return NodeContext{now, trace, *this}; }

    static Bytes frame(const TcpSegment& segment, Ipv4Address from = kB, Ipv4Address to = kA, MacAddress toMac = kMacA)
    {
        EthernetHeader eth;
        eth.source = kMacB;
        eth.destination = toMac;
        Ipv4Header ip;
        ip.source = from;
        ip.destination = to;
        return encodeTcpFrame(eth, ip, segment);
    }
    void arrive(ByteView bytes) { host->receiveFrame(cx(), PacketId(0), bytes); }
    void arrive(const TcpSegment& segment, Ipv4Address from = kB) { arrive(frame(segment, from)); }

    static TcpSegment segment(std::uint8_t flags, std::uint32_t seq, std::uint32_t ack, std::uint16_t from = 49152,
                              std::uint16_t to = 80)
    {
        TcpSegment s;
        s.sourcePort = from;
        s.destinationPort = to;
        s.flags.bits = flags;
        s.seq = Seq32(seq);
        s.ack = Seq32(ack);
        s.window = 65535;
        return s;
    }
    /// The reason of the last record that says a segment was ignored.
    Reason lastIgnored() const
    {
        Reason reason = Reason::None;
        for (const Record& record : trace.records()) {
            if (record.kind == RecordKind::SegmentIgnored)
                reason = record.reason;
        }
        return reason;
    }
    DecodedFrame takeSent()
    {
        REQUIRE_FALSE(sent.empty());
        const DecodedFrame first = sent.front();
        sent.pop_front();
        return first;
    }

    std::optional<Host> host;
    Trace trace;
    SimTime now;
    std::deque<DecodedFrame> sent;
    std::vector<ConnId> sentBy;
    std::vector<std::pair<AppCall, AppResult>> news;
    std::vector<TcpState> states;
    Bytes read;
};

constexpr std::uint8_t kSyn = TcpFlags::Syn, kAck = TcpFlags::Ack, kFin = TcpFlags::Fin, kRst = TcpFlags::Rst,
                       kPsh = TcpFlags::Psh;

/// Listening on port 80, and ESTABLISHED with B's port 49152: ISS 100, IRS 300.
Bench serving(const TcpConfig& tcp = Bench::fixedIsn())
{
    Bench b(tcp);
    b.host->listen(b.cx(), 80);
    b.arrive(Bench::segment(kSyn, 300, 0));
    b.arrive(Bench::segment(kAck, 301, 101));
    CHECK(b.host->current()->state() == TcpState::Established);
    b.sent.clear();
    return b;
}

} // namespace

TEST_CASE("a frame that is damaged or not for this host is ignored, each for its own reason", "[net]")
{
    Bench b;
    b.host->listen(b.cx(), 80);
    const TcpSegment syn = Bench::segment(kSyn, 300, 0);
    const Bytes good = Bench::frame(syn);
    const auto reasonOf = [&](Bytes bytes) {
        b.arrive(bytes);
        return b.lastIgnored();
    };
    const auto withFcs = [](Bytes bytes) {
        const std::uint32_t fcs = frameCheckSequence(ByteView(bytes).first(bytes.size() - kFcsSize));
        for (std::size_t i = 0; i < kFcsSize; ++i)
            bytes[bytes.size() - kFcsSize + i] = static_cast<std::uint8_t>(fcs >> (8 * i));
        return bytes;
    };
    Bytes damaged = good;
    damaged[40] ^= 1; // on the way: the FCS finds it
    CHECK(reasonOf(damaged) == Reason::IgnoredBadFcs);
    damaged = good;
    damaged[22] ^= 1; // TTL, and the FCS made good: a faulty router
    CHECK(reasonOf(withFcs(damaged)) == Reason::IgnoredBadIpChecksum);
    damaged = good;
    damaged[41] ^= 1; // within the TCP header
    CHECK(reasonOf(withFcs(damaged)) == Reason::IgnoredBadTcpChecksum);
    CHECK(reasonOf(Bytes(good.begin(), good.begin() + 20)) == Reason::IgnoredMalformed);
    CHECK(reasonOf({}) == Reason::IgnoredMalformed);
    CHECK(reasonOf(Bench::frame(syn, kB, kStranger)) == Reason::IgnoredNotRouted);
    CHECK(reasonOf(Bench::frame(syn, kB, kA, kMacB)) == Reason::IgnoredNotForThisMac);
    CHECK(b.sent.empty());
    CHECK(b.host->current()->state() == TcpState::Listen);
    b.arrive(good);
    CHECK(b.host->current()->state() == TcpState::SynReceived);
}

TEST_CASE("a filtering host answers nothing at all", "[net]")
{
    Bench b({}, true);
    b.arrive(Bench::segment(kSyn, 300, 0));
    b.arrive(Bench::segment(kAck, 300, 1));
    CHECK(b.sent.empty());
    CHECK(b.lastIgnored() == Reason::IgnoredFiltered);
}

TEST_CASE("a segment for a port where nobody listens is reset", "[net]")
{
    Bench b;
    b.host->listen(b.cx(), 80);
    b.arrive(Bench::segment(kSyn, 300, 0, 49152, 81));
    const DecodedFrame reset = b.takeSent();
    CHECK(reset.tcp.flags.toString() == "RST,ACK");
    CHECK(reset.tcp.seq == Seq32(0));
    CHECK(reset.tcp.ack == Seq32(301));
    CHECK(reset.tcp.sourcePort == 81);
    CHECK(reset.tcp.destinationPort == 49152);
    CHECK(reset.ip.destination == kB);
    CHECK(reset.eth.destination == kMacB);
    CHECK_FALSE(b.sentBy.back()); // of no connection
    CHECK(b.host->current()->state() == TcpState::Listen);
}

TEST_CASE("a listener answers whoever calls, and then belongs to that caller", "[net]")
{
    Bench b(Bench::fixedIsn());
    b.host->listen(b.cx(), 80);
    b.arrive(Bench::segment(kSyn, 300, 0));
    const DecodedFrame answer = b.takeSent();
    CHECK(answer.tcp.flags.toString() == "SYN,ACK");
    CHECK(answer.tcp.ack == Seq32(301));
    CHECK(answer.ip.destination == kB);
    CHECK(b.host->current()->remote() == Endpoint{kB, 49152});
    // A second caller meets nobody: this listener is taken (RFC 9293 has one connection per passive OPEN).
    b.arrive(Bench::segment(kSyn, 500, 0, 49153));
    CHECK(b.takeSent().tcp.flags.toString() == "RST,ACK");
    // A second OPEN on the port makes room for it.
    CHECK(b.host->listen(b.cx(), 80) == AppResult::Ok);
    b.arrive(Bench::segment(kSyn, 500, 0, 49153));
    CHECK(b.takeSent().tcp.flags.toString() == "SYN,ACK");
    CHECK(b.host->connections().size() == 2);
}

TEST_CASE("an old duplicate SYN leaves the listener listening", "[net]")
{
    Bench b(Bench::fixedIsn());
    b.host->listen(b.cx(), 80);
    b.arrive(Bench::segment(kSyn, 90, 0));
    CHECK(b.takeSent().tcp.ack == Seq32(91));
    b.arrive(Bench::segment(kRst, 91, 0));
    CHECK(b.host->current()->state() == TcpState::Listen);
    b.arrive(Bench::segment(kSyn, 500, 0, 50'000)); // even another caller may have it now
    CHECK(b.takeSent().tcp.ack == Seq32(501));
    CHECK(b.host->current()->remote() == Endpoint{kB, 50'000});
}

TEST_CASE("a segment belongs to the connection of its four-tuple before any listener", "[net]")
{
    Bench b = serving();
    b.host->listen(b.cx(), 80);
    TcpSegment hello = Bench::segment(kPsh | kAck, 301, 101);
    hello.payload = {'h', 'i'};
    b.arrive(hello);
    CHECK(b.host->octetsRead() == 2);
    b.arrive(Bench::segment(kAck, 301, 101), kStranger); // same ports, another address: the listener refuses it
    CHECK(b.takeSent().tcp.flags.toString() == "RST");
    CHECK(b.host->connections()[0].tcp.state() == TcpState::Established);
    b.arrive(Bench::segment(kAck, 301, 777, 49153)); // another port: likewise
    const DecodedFrame reset = b.takeSent();
    CHECK(reset.tcp.seq == Seq32(777));
    CHECK(reset.tcp.destinationPort == 49153);
}

TEST_CASE("the program's calls go to the newest connection that is not closed", "[net]")
{
    Bench b;
    CHECK(b.host->current() == nullptr);
    CHECK_FALSE(b.host->currentId());
    CHECK(b.host->send(b.cx(), Bytes{1}) == AppResult::NoSuchConnection);
    CHECK(b.host->receive(b.cx(), 0) == AppResult::NoSuchConnection);
    CHECK(b.host->close(b.cx()) == AppResult::NoSuchConnection);
    CHECK(b.host->shutdown(b.cx()) == AppResult::NoSuchConnection);
    CHECK(b.host->abort(b.cx()) == AppResult::NoSuchConnection);
    b.host->listen(b.cx(), 80);
    CHECK(b.host->connect(b.cx(), 49152, Endpoint{kB, 80}) == AppResult::Ok);
    CHECK(b.host->current()->state() == TcpState::SynSent);
    CHECK(b.host->abort(b.cx()) == AppResult::Ok);
    CHECK(b.host->current()->state() == TcpState::Listen);
    CHECK(b.host->close(b.cx()) == AppResult::Ok);
    CHECK(b.host->current()->state() == TcpState::Closed);
    CHECK(b.host->close(b.cx()) == AppResult::NoSuchConnection);
}

TEST_CASE("the same socket pair is not opened twice, nor is a port listened on twice", "[net]")
{
    Bench b;
    CHECK(b.host->listen(b.cx(), 80) == AppResult::Ok);
    CHECK(b.host->listen(b.cx(), 80) == AppResult::AlreadyExists);
    CHECK(b.host->listen(b.cx(), 81) == AppResult::Ok);
    CHECK(b.host->connect(b.cx(), 49152, Endpoint{kB, 80}) == AppResult::Ok);
    CHECK(b.host->connect(b.cx(), 49152, Endpoint{kB, 80}) == AppResult::AlreadyExists);
    CHECK(b.host->connect(b.cx(), 49152, Endpoint{kB, 81}) == AppResult::Ok);
    CHECK(b.host->connect(b.cx(), 49153, Endpoint{kB, 80}) == AppResult::Ok);
}

TEST_CASE("a crash forgets every connection without a word, and what comes later is reset", "[net]")
{
    Bench b = serving();
    b.host->send(b.cx(), Bytes(10));
    b.sent.clear();
    b.host->crash(b.cx());
    CHECK(b.sent.empty());
    CHECK(b.host->current() == nullptr);
    CHECK(b.host->nextDeadline().isNever());
    b.arrive(Bench::segment(kAck, 301, 111));
    CHECK(b.takeSent().tcp.seq == Seq32(111));
    CHECK(b.host->connect(b.cx(), 80, Endpoint{kB, 49152}) == AppResult::Ok); // Figure 9
    CHECK(b.takeSent().tcp.flags.toString() == "SYN");
}

TEST_CASE("in TIME-WAIT a higher SYN reopens for a listener, and else is challenged", "[net]")
{
    Bench b = serving();
    b.host->close(b.cx());
    b.arrive(Bench::segment(kFin | kAck, 301, 102));
    REQUIRE(b.host->current()->state() == TcpState::TimeWait);
    b.sent.clear();
    SECTION("nobody listens: 2MSL go on")
    {
        const SimTime due = b.host->nextDeadline();
        b.arrive(Bench::segment(kSyn, 5000, 0));
        const DecodedFrame challenge = b.takeSent();
        CHECK(challenge.tcp.flags.toString() == "ACK");
        CHECK(challenge.tcp.seq == Seq32(102));
        CHECK(challenge.tcp.ack == Seq32(302));
        CHECK(b.host->connections()[0].tcp.state() == TcpState::TimeWait);
        CHECK(b.host->nextDeadline() == due);
    }
    SECTION("somebody listens")
    {
        b.host->listen(b.cx(), 80);
        b.arrive(Bench::segment(kSyn, 5000, 0));
        const DecodedFrame answer = b.takeSent();
        CHECK(answer.tcp.flags.toString() == "SYN,ACK");
        CHECK(answer.tcp.ack == Seq32(5001));
        CHECK(seqGt(answer.tcp.seq, Seq32(101))); // 102 was the old one's SND.NXT
        CHECK(b.host->connections()[0].tcp.state() ==
              TcpState::TimeWait); // until it is known that the SYN was a new one
        CHECK(b.host->connections()[1].tcp.state() == TcpState::SynReceived);
        SECTION("and the handshake is completed")
        {
            b.arrive(Bench::segment(kAck, 5001, answer.tcp.seq.value() + 1));
            CHECK(b.sent.empty());
            CHECK(b.host->connections()[0].tcp.state() == TcpState::Closed);
            CHECK(b.host->connections()[1].tcp.state() == TcpState::Established);
            b.arrive(Bench::segment(kAck | kFin, 5001, answer.tcp.seq.value() + 1));
            CHECK(b.host->connections()[1].tcp.state() == TcpState::CloseWait);
        }
        SECTION("the SYN was an old duplicate, MAY-2 (2): TIME-WAIT goes on")
        {
            b.arrive(Bench::segment(kRst, 5001, 0));
            CHECK(b.host->connections()[0].tcp.state() == TcpState::TimeWait);
            CHECK(b.host->connections()[1].tcp.state() == TcpState::Listen);
            b.sent.clear();
            b.arrive(Bench::segment(kFin | kAck, 301, 102)); // the old peer has not heard the last ACK
            const DecodedFrame again = b.takeSent();
            CHECK(again.tcp.flags.toString() == "ACK");
            CHECK(again.tcp.seq == Seq32(102));
            CHECK(again.tcp.ack == Seq32(302));
            b.arrive(Bench::segment(kSyn, 6000, 0)); // and a new one may come after all
            CHECK(b.takeSent().tcp.flags.toString() == "SYN,ACK");
            CHECK(b.host->connections()[1].tcp.state() == TcpState::SynReceived);
        }
        SECTION("2MSL run out meanwhile")
        {
            b.now = b.now + 240_s - 1_ns; // the SYN,ACK goes again on the way
            b.host->onTimer(b.cx());
            CHECK(b.host->connections()[0].tcp.state() == TcpState::TimeWait);
            b.now = b.now + 1_ns;
            b.host->onTimer(b.cx());
            CHECK(b.host->connections()[0].tcp.state() == TcpState::Closed);
        }
    }
    SECTION("an older SYN does not, listener or not")
    {
        b.host->listen(b.cx(), 80);
        b.arrive(Bench::segment(kSyn, 250, 0));
        CHECK(b.takeSent().tcp.flags.toString() == "ACK");
        CHECK(b.host->connections()[0].tcp.state() == TcpState::TimeWait);
    }
}

TEST_CASE("timers of all connections run when they are due", "[net]")
{
    Bench b;
    b.host->connect(b.cx(), 49152, Endpoint{kB, 80});
    b.now = b.now + 300_ms;
    b.host->connect(b.cx(), 49153, Endpoint{kB, 80});
    b.sent.clear();
    CHECK(b.host->nextDeadline() == SimTime::zero() + 1_s);
    b.now = SimTime::zero() + 1_s - 1_ns;
    b.host->onTimer(b.cx());
    CHECK(b.sent.empty());
    b.now = SimTime::zero() + 1_s;
    b.host->onTimer(b.cx());
    CHECK(b.takeSent().tcp.sourcePort == 49152);
    CHECK(b.sent.empty());
    CHECK(b.host->nextDeadline() == SimTime::zero() + 1300_ms);
}

TEST_CASE("what is read is counted and hashed, whatever pieces it came in", "[net]")
{
    Bench one = serving(), two = serving();
    const std::string text = "in two pieces";
    TcpSegment whole = Bench::segment(kAck, 301, 101);
    whole.payload.assign(text.begin(), text.end());
    one.arrive(whole);
    TcpSegment part = Bench::segment(kAck, 301, 101);
    part.payload.assign(text.begin(), text.begin() + 6);
    two.arrive(part);
    part = Bench::segment(kAck, 307, 101);
    part.payload.assign(text.begin() + 6, text.end());
    two.arrive(part);
    CHECK(one.host->octetsRead() == text.size());
    CHECK(two.host->octetsRead() == text.size());
    CHECK(one.host->readHash() == two.host->readHash());
    StreamHash octetWise;
    for (const char c : text)
        octetWise.add(std::array{static_cast<std::uint8_t>(c)});
    CHECK(one.host->readHash() == octetWise.value());
}

TEST_CASE("each datagram has an identification of its own", "[net]")
{
    Bench b = serving();
    for (std::uint8_t i = 0; i < 3; ++i)
        b.host->send(b.cx(), Bytes{i});
    REQUIRE(b.sent.size() == 3);
    // SYN,ACK had the first.
    CHECK(b.sent[0].ip.identification == 2);
    CHECK(b.sent[1].ip.identification == 3);
    CHECK(b.sent[2].ip.identification == 4);
}

TEST_CASE("the trace says what the connection did: states by rows of the table, timers, variables, calls", "[net]")
{
    Bench b = serving();
    const auto count = [&](RecordKind kind) {
        return std::count_if(b.trace.records().begin(), b.trace.records().end(),
                             [&](const Record& r) { return r.kind == kind; });
    };
    CHECK(count(RecordKind::ConnCreated) == 1);
    CHECK(count(RecordKind::StateChange) == 3); // CLOSED - LISTEN - SYN-RECEIVED - ESTABLISHED
    for (const Record& r : b.trace.records()) {
        if (r.kind != RecordKind::StateChange)
            continue;
        const TcpTransition& row = tcpTransitions()[static_cast<std::size_t>(r.value)];
        CHECK(row.from == r.from());
        CHECK(row.to == r.to());
    }
    CHECK(b.states == std::vector<TcpState>{TcpState::Listen, TcpState::SynReceived, TcpState::Established});
    CHECK(b.news == std::vector<std::pair<AppCall, AppResult>>{{AppCall::Opened, AppResult::Ok}});
    // The last value of each variable is the connection's own.
    std::array<std::optional<std::uint64_t>, kVariableCount> last;
    for (const Record& r : b.trace.records()) {
        if (r.kind == RecordKind::Variable)
            last[r.a] = r.value;
    }
    const auto value = [&](Variable v) { return last[static_cast<std::size_t>(v)].value_or(0); };
    CHECK(value(Variable::Iss) == 100);
    CHECK(value(Variable::Irs) == 300);
    CHECK(value(Variable::SndUna) == 101);
    CHECK(value(Variable::SndNxt) == 101);
    CHECK(value(Variable::SndWnd) == 65535);
    CHECK(value(Variable::RcvNxt) == 301);
    CHECK(value(Variable::RcvWnd) == 65535);
    CHECK(value(Variable::SndMss) == 536);
    CHECK(value(Variable::Rto) == 1'000'000'000);
}

TEST_CASE("a copy of a host goes its own way", "[net]")
{
    Bench b = serving();
    const Host copy = *b.host;
    b.host->abort(b.cx());
    CHECK(b.host->current()->state() == TcpState::Closed);
    CHECK(copy.current()->state() == TcpState::Established);
}

TEST_CASE("copies of a host share what does not change, and nothing else", "[net]")
{
    Bench b = serving();
    b.host->connect(b.cx(), 50'000, Endpoint{kB, 81});
    Host first = *b.host;
    const Host second = first;
    CHECK(&first.connections()[0] == &second.connections()[0]);
    first.send(b.cx(), Bytes(10)); // on the newer one
    first.abort(b.cx());
    CHECK(first.connections()[1].tcp.state() == TcpState::Closed);
    CHECK(second.connections()[1].tcp.state() == TcpState::SynSent);
    CHECK(b.host->connections()[1].tcp.state() == TcpState::SynSent);
    CHECK(&first.connections()[0] == &second.connections()[0]);
    first = second;
    CHECK(first.connections()[1].tcp.state() == TcpState::SynSent);
    CHECK(first.nextDeadline() == second.nextDeadline());
}

} // namespace packetarium::net_host_test
