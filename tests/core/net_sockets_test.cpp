// SPDX-License-Identifier: GPL-3.0-or-later
//
// UDP, ICMP and TCP as programs use them, over IPv4 and IPv6.
#include "tests/support/catch.h"
#include "tests/support/net_rig.h"

#include <set>

namespace packetarium::net_sockets_test {

using namespace literals;
using namespace testing;

namespace {

using Lines = std::vector<std::string>;
using Reasons = std::vector<Reason>;

/// Two hosts on a cable.
struct Pair : NetRig {
    explicit Pair(bool filtered = false)
        : a(addHost(1, {"10.0.0.1/24", "2001:db8::1/64"}))
        , c(addHost(2, {"10.0.0.2/24", "2001:db8::2/64"}, {}, 1500, filtered))
    {
        join(a, 0, c, 0, 10_ms);
    }
    IpStack::Sent sendUdp(std::string_view to, std::uint16_t port, std::string_view text)
    {
        Host::UdpSend how;
        how.localPort = 5000;
        how.to = Endpoint{ip(to), port};
        return host(a).sendUdp(cx(), how, Bytes(text.begin(), text.end()));
    }
    std::size_t connectionsIn(NodeId node, TcpState state)
    {
        const auto& slots = host(node).connections();
        return static_cast<std::size_t>(std::count_if(
            slots.begin(), slots.end(), [&](const Host::Slot& s) { return !s.gone && s.tcp.state() == state; }));
    }
    NodeId a, c;
};

Bytes text(std::string_view words)
{
    return Bytes(words.begin(), words.end());
}

} // namespace

TEST_CASE("a datagram reaches the program whose port it is for", "[net]")
{
    Pair p;
    CHECK(p.host(p.c).openUdp(7));
    CHECK_FALSE(p.host(p.c).openUdp(7));
    CHECK(p.sendUdp("10.0.0.2", 7, "hello") == IpStack::Sent::Yes);
    CHECK(p.sendUdp("2001:db8::2", 7, "hello6") == IpStack::Sent::Yes);
    CHECK(p.sendUdp("10.0.0.2", 7, "") == IpStack::Sent::Yes); // as in g_udp_exchange, frame 3
    p.pass(1_s);
    CHECK(p.told() == Lines{"UDP 7 from 10.0.0.1:5000: hello",
                            "UDP 7 from 10.0.0.1:5000: ", "UDP 7 from 2001:db8::1:5000: hello6"});
    p.host(p.c).closeUdp(7);
    p.sendUdp("10.0.0.2", 7, "gone");
    p.pass(100_ms);
    CHECK(p.told() == Lines{"ICMP 3/3 from 10.0.0.2 port-unreachable: 10.0.0.1:5000>10.0.0.2:7"});
}

TEST_CASE("no program at the port: the sender's program hears it by ICMP, over either version", "[net]")
{
    Pair p;
    p.sendUdp("10.0.0.2", 5001, "nobody?");
    p.sendUdp("2001:db8::2", 5001, "nobody6?");
    p.pass(1_s);
    CHECK(p.told() == Lines{"ICMP 3/3 from 10.0.0.2 port-unreachable: 10.0.0.1:5000>10.0.0.2:5001",
                            "ICMP 1/4 from 2001:db8::2 port-unreachable: 2001:db8::1:5000>2001:db8::2:5001"});
    CHECK(p.ignored() == Reasons(2, Reason::IgnoredNoUdpPort));
}

TEST_CASE("a filtering host says nothing about closed ports, pings or protocols", "[net]")
{
    Pair p(true);
    p.sendUdp("10.0.0.2", 5001, "nobody?");
    Host::EchoSend how;
    how.to = ip("10.0.0.2");
    p.host(p.a).sendEcho(p.cx(), how, Bytes(8));
    p.pass(10_s);
    CHECK(p.told().empty());
    CHECK(p.ignored() == Reasons(2, Reason::IgnoredFiltered));
}

TEST_CASE("a damaged user datagram is nobody's", "[net]")
{
    NetRig rig;
    const NodeId a = rig.addHost(1, {"10.0.0.1/24", "2001:db8::1/64"});
    rig.host(a).openUdp(7);
    UdpDatagram udp;
    udp.destinationPort = 7;
    udp.payload = text("data");
    Bytes bytes = encodeUdp(udp, ip("10.0.0.2"), ip("10.0.0.1"));
    Ipv4Header header;
    header.protocol = kProtocolUdp;
    header.source = ip("10.0.0.2").v4();
    header.destination = ip("10.0.0.1").v4();
    bytes[10] ^= 1;
    rig.arrive(a, 0, ipv4Frame(2, 1, header, bytes));
    rig.arrive(a, 0, ipv4Frame(2, 1, header, Bytes(5)));
    CHECK(rig.ignored() == Reasons{Reason::IgnoredBadUdpChecksum, Reason::IgnoredMalformed});
    CHECK(rig.told().empty());
    bytes[6] = bytes[7] = 0; // without a checksum, as IPv4 allows
    rig.arrive(a, 0, ipv4Frame(2, 1, header, bytes));
    CHECK(rig.told().size() == 1);
    CHECK(rig.taken() == "nothing");
}

TEST_CASE("an unknown protocol is answered so", "[net]")
{
    NetRig rig;
    const NodeId a = rig.addHost(1, {"10.0.0.1/24", "2001:db8::1/64"});
    rig.arrive(a, 0, arpFrame(ArpPacket::Request, 2, "10.0.0.2", MacAddress::broadcast(), "10.0.0.1"));
    rig.sent.clear();
    Ipv4Header header;
    header.protocol = 132;
    header.source = ip("10.0.0.2").v4();
    header.destination = ip("10.0.0.1").v4();
    rig.arrive(a, 0, ipv4Frame(2, 1, header, Bytes(30)));
    CHECK(rig.taken() == "01>02 10.0.0.1>10.0.0.2 ttl 64 ICMP 3/2 about 10.0.0.2>10.0.0.1");
    CHECK(rig.ignored() == Reasons{Reason::IgnoredUnknownProtocol});
    header.destination = ip("10.0.0.255").v4(); // to everybody: nobody answers
    const Bytes all =
        encodeEthernet(EthernetHeader{MacAddress::broadcast(), mac(2), kEtherTypeIpv4}, encodeIpv4(header, Bytes(30)));
    rig.arrive(a, 0, all);
    CHECK(rig.taken() == "nothing");
    CHECK(rig.ignored() == Reasons{Reason::IgnoredUnknownProtocol});
}

TEST_CASE("an echo reply has the request's identifier, sequence number and data", "[net]")
{
    const bool v6 = GENERATE(false, true);
    NetRig rig;
    const NodeId a = rig.addHost(1, {"10.0.0.1/24", "2001:db8::1/64"});
    const std::string from = v6 ? "2001:db8::2" : "10.0.0.2", to = v6 ? "2001:db8::1" : "10.0.0.1";
    const Bytes data = text("abcdefghijklmnopqrstuvwabcdefghi");
    rig.arrive(a, 0, echoFrame(2, 1, from, to, data));
    if (v6) {
        NeighborMessage here;
        here.solicitation = false;
        here.target = ip(from).v6();
        here.linkAddress = mac(2);
        here.override_ = true;
        rig.arrive(a, 0, icmpv6Frame(2, mac(1), from, to, toIcmp(here), 255));
    } else {
        rig.arrive(a, 0, arpFrame(ArpPacket::Reply, 2, from, mac(1), to));
    }
    rig.sent.pop_front(); // the question who has the address
    REQUIRE(rig.sent.size() == 1);
    CHECK(rig.sent[0].cause == Reason::SentEchoReply);
    const Bytes reply = rig.takenFrame();
    CHECK(wordsOf(reply) == (v6 ? "01>02 2001:db8::1>2001:db8::2 ttl 64 ICMPv6 echo reply id 4660 seq 7, 32 octets"
                                : "01>02 10.0.0.1>10.0.0.2 ttl 64 ICMP echo reply id 4660 seq 7, 32 octets"));
    const std::size_t at = v6 ? 14 + 40 + 8 : 14 + 20 + 8;
    CHECK(Bytes(reply.begin() + static_cast<std::ptrdiff_t>(at),
                reply.begin() + static_cast<std::ptrdiff_t>(at + 32)) == data);
}

TEST_CASE("a damaged or unknown ICMP message is ignored", "[net]")
{
    NetRig rig;
    const NodeId a = rig.addHost(1, {"10.0.0.1/24"});
    Ipv4Header header;
    header.protocol = kProtocolIcmp;
    header.source = ip("10.0.0.2").v4();
    header.destination = ip("10.0.0.1").v4();
    IcmpMessage message;
    message.type = IcmpMessage::EchoRequest;
    Bytes bytes = encodeIcmp(message);
    bytes[4] ^= 1;
    rig.arrive(a, 0, ipv4Frame(2, 1, header, bytes));
    message.type = 13;
    rig.arrive(a, 0, ipv4Frame(2, 1, header, encodeIcmp(message)));
    CHECK(rig.ignored() == Reasons{Reason::IgnoredBadIcmpChecksum, Reason::IgnoredUnexpected});
    CHECK(rig.taken() == "nothing");
}

TEST_CASE("TCP over IPv6: the MSS is what 1500 octets leave, and the pseudo-header is IPv6's", "[net]")
{
    Pair p;
    CHECK(p.host(p.c).listenOn(p.cx(), 80) == AppResult::Ok);
    const Host::Opened opened = p.host(p.a).connectTo(p.cx(), 0, Endpoint{ip("2001:db8::2"), 80});
    CHECK(opened.result == AppResult::Ok);
    p.pass(1_s);
    CHECK(p.told() == Lines{"TCP opened ok", "TCP opened ok"});
    const Lines wire = p.carried(p.a, 0);
    // As i_ipv6_handshake has it: ND, SYN and SYN,ACK with MSS 1440, ACK.
    REQUIRE(wire.size() == 5);
    CHECK(wire[2] == "01>02 2001:db8::1>2001:db8::2 ttl 64 TCP 49152>80 SYN mss 1440, 0 octets");
    CHECK(wire[3] == "02>01 2001:db8::2>2001:db8::1 ttl 64 TCP 80>49152 SYN,ACK mss 1440, 0 octets");
    CHECK(wire[4] == "01>02 2001:db8::1>2001:db8::2 ttl 64 TCP 49152>80 ACK, 0 octets");
    CHECK(p.host(p.a).sendOn(p.cx(), opened.conn, text("question")) == AppResult::Ok);
    p.pass(100_ms);
    CHECK(p.told() == Lines{"TCP data question"});
}

TEST_CASE("the small print of a listener with both versions: each caller meets the address that he called", "[net]")
{
    Pair p;
    p.host(p.c).listenOn(p.cx(), 80);
    p.host(p.a).connectTo(p.cx(), 0, Endpoint{ip("2001:db8::2"), 80});
    p.pass(1_s);
    p.host(p.a).connectTo(p.cx(), 0, Endpoint{ip("10.0.0.2"), 80});
    p.pass(1_s);
    CHECK(p.connectionsIn(p.c, TcpState::Established) == 2);
    std::set<std::string> locals;
    for (const Host::Slot& slot : p.host(p.c).connections()) {
        if (slot.tcp.state() == TcpState::Established)
            locals.insert(slot.tcp.local().address.toString());
    }
    CHECK(locals == std::set<std::string>{"10.0.0.2", "2001:db8::2"});
}

TEST_CASE("a listener of a program goes on listening, and one is enough", "[net]")
{
    Pair p;
    CHECK(p.host(p.c).listenOn(p.cx(), 80) == AppResult::Ok);
    CHECK(p.host(p.c).listenOn(p.cx(), 80) == AppResult::AlreadyExists);
    for (int i = 0; i < 5; ++i)
        p.host(p.a).connectTo(p.cx(), 0, Endpoint{ip("10.0.0.2"), 80});
    p.pass(1_s);
    CHECK(p.connectionsIn(p.a, TcpState::Established) == 5);
    CHECK(p.connectionsIn(p.c, TcpState::Established) == 5);
    CHECK(p.connectionsIn(p.c, TcpState::Listen) == 1);
    // One whose caller gives up returns to LISTEN; there is no need for another then.
    TcpSegment syn;
    syn.sourcePort = 1111;
    syn.destinationPort = 80;
    syn.flags.bits = TcpFlags::Syn;
    syn.seq = Seq32(7);
    Ipv4Header header;
    header.source = ip("10.0.0.1").v4();
    header.destination = ip("10.0.0.2").v4();
    const EthernetHeader ethernet{mac(2), mac(1), kEtherTypeIpv4};
    for (int i = 0; i < 3; ++i) {
        p.arrive(p.c, 0, encodeTcpFrame(ethernet, header, syn));
        p.pass(100_ms); // SYN,ACK meets nobody and is reset
    }
    CHECK(p.connectionsIn(p.c, TcpState::Established) == 5);
    CHECK(p.connectionsIn(p.c, TcpState::Listen) <= 2);
    const auto before = p.connectionsIn(p.c, TcpState::Listen);
    p.arrive(p.c, 0, encodeTcpFrame(ethernet, header, syn));
    p.pass(100_ms);
    CHECK(p.connectionsIn(p.c, TcpState::Listen) == before);
}

TEST_CASE("ephemeral ports come in turn, without those that are taken", "[net]")
{
    Pair p;
    Host& a = p.host(p.a);
    const Endpoint server{ip("10.0.0.2"), 80};
    const auto portOf = [&](const Host::Opened& opened) { return a.connection(opened.conn)->local().port; };
    CHECK(portOf(a.connectTo(p.cx(), 0, server)) == 49152);
    CHECK(portOf(a.connectTo(p.cx(), 49153, server)) == 49153);
    CHECK(a.listenOn(p.cx(), 49154) == AppResult::Ok);
    CHECK(portOf(a.connectTo(p.cx(), 0, server)) == 49155);
    CHECK(a.connectTo(p.cx(), 49155, server).result == AppResult::AlreadyExists);
    CHECK(a.ephemeralUdpPort() == 49152);
    a.openUdp(49153);
    CHECK(a.ephemeralUdpPort() == 49154);
    for (int i = 0; i < 65535 - 49154; ++i)
        a.ephemeralUdpPort();
    CHECK(a.ephemeralUdpPort() == 49152); // and round again
}

TEST_CASE("calls name their connection", "[net]")
{
    Pair p;
    p.host(p.c).listenOn(p.cx(), 80);
    const ConnId one = p.host(p.a).connectTo(p.cx(), 0, Endpoint{ip("10.0.0.2"), 80}).conn;
    const ConnId two = p.host(p.a).connectTo(p.cx(), 0, Endpoint{ip("10.0.0.2"), 80}).conn;
    p.pass(1_s);
    p.told();
    CHECK(p.host(p.a).sendOn(p.cx(), one, text("first")) == AppResult::Ok);
    CHECK(p.host(p.a).closeConn(p.cx(), two) == AppResult::Ok);
    CHECK(p.host(p.a).closeConn(p.cx(), two) == AppResult::Closing);
    p.pass(1_s); // the FIN's acknowledgment may be delayed
    CHECK(p.told() == Lines{"TCP data first", "TCP peer-closed ok"});
    CHECK(p.host(p.a).connection(one)->state() == TcpState::Established);
    CHECK(p.host(p.a).connection(two)->state() == TcpState::FinWait2);
    CHECK(p.host(p.a).abortConn(p.cx(), one) == AppResult::Ok);
    CHECK(p.host(p.a).abortConn(p.cx(), one) == AppResult::NoSuchConnection);
    CHECK(p.host(p.a).sendOn(p.cx(), one, text("late")) != AppResult::Ok);
    CHECK(p.host(p.a).connection(ConnId(999)) == nullptr);
    CHECK(p.host(p.a).sendOn(p.cx(), ConnId(999), text("?")) == AppResult::NoSuchConnection);
    p.host(p.a).powerOff(p.cx());
    CHECK(p.host(p.a).connection(two) == nullptr);
    CHECK(p.nextDeadline(p.a).isNever());
}

TEST_CASE("the script's calls go past the connections of programs", "[net]")
{
    Pair p;
    p.host(p.c).listen(p.cx(), 80);
    p.host(p.c).listenOn(p.cx(), 8080);
    p.host(p.a).connect(p.cx(), 50000, Endpoint{ip("10.0.0.2"), 80});
    p.pass(1_s);
    p.host(p.a).connectTo(p.cx(), 0, Endpoint{ip("10.0.0.2"), 8080});
    p.pass(1_s);
    p.told();
    CHECK(p.host(p.a).send(p.cx(), text("script")) == AppResult::Ok);
    p.pass(1_s);
    CHECK(p.told() == Lines{"TCP data script"});
    CHECK(p.host(p.c).current()->local().port == 80);
}

TEST_CASE("thousands of connections: each is found by its ends, and each timer is its own", "[net]")
{
    constexpr int kMany = 3000;
    Pair p;
    p.host(p.c).listenOn(p.cx(), 80);
    std::vector<ConnId> conns;
    for (int i = 0; i < kMany; ++i)
        conns.push_back(p.host(p.a).connectTo(p.cx(), 0, Endpoint{ip("10.0.0.2"), 80}).conn);
    // More than may wait for ARP: TCP sends again what was dropped.
    p.pass(10_s);
    CHECK(p.connectionsIn(p.a, TcpState::Established) == kMany);
    CHECK(p.connectionsIn(p.c, TcpState::Established) == kMany);
    CHECK(p.connectionsIn(p.c, TcpState::Listen) == 1);
    p.told();
    for (std::size_t i = 0; i < conns.size(); i += 100)
        p.host(p.a).sendOn(p.cx(), conns[i], text(std::to_string(i)));
    p.pass(1_s);
    const Lines heard = p.told();
    REQUIRE(heard.size() == kMany / 100);
    CHECK(heard[7] == "TCP data 700");
    for (const ConnId conn : conns)
        p.host(p.a).abortConn(p.cx(), conn);
    p.pass(1_s);
    CHECK(p.connectionsIn(p.c, TcpState::Established) == 0);
    // Nothing but the neighbours' entries is waited for now.
    p.pass(60_s);
    CHECK(p.nextDeadline(p.a).isNever());
    CHECK(p.nextDeadline(p.c).isNever());
}

TEST_CASE("neither a host nor a router takes in what no single host can have sent", "[net]")
{
    for (const std::string_view from :
         {"0.0.0.0", "127.0.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "10.1.0.255"}) {
        INFO(from);
        NetRig rig;
        const NodeId host = rig.addHost(1, {"10.1.0.1/24"}, {"10.1.0.254"});
        const NodeId router = rig.addRouter(0xa0, {{{"10.1.0.254/24"}}, {{"10.2.0.254/24"}}});
        rig.host(host).openUdp(7);
        rig.arrive(host, 0, udpFrame(2, 1, from, "10.1.0.1", 7, 5));
        rig.arrive(host, 0, udpFrame(2, 1, from, "10.1.0.1", 9, 5));
        rig.arrive(router, 0, udpFrame(2, 0xa0, from, "10.2.0.2", 7, 5)); // RFC 1812 §5.3.7
        CHECK(rig.ignored() == std::vector<Reason>(3, Reason::IgnoredBadSource));
        CHECK(rig.told().empty());
        CHECK(rig.sent.empty());
    }
}

} // namespace packetarium::net_sockets_test
