// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who has the next hop's address: ARP (RFC 826) and neighbour discovery (RFC 4861 §7.2).
#include "tests/support/catch.h"
#include "tests/support/net_rig.h"

namespace packetarium::net_neighbors_test {

using namespace literals;
using namespace testing;

namespace {

using Lines = std::vector<std::string>;
using Reasons = std::vector<Reason>;

/// A host 10.0.0.1 and 2001:db8::1, MAC ...:01, whose cable leads to the test.
struct Bench : NetRig {
    NodeId a = addHost(1, {"10.0.0.1/24", "2001:db8::1/64"});

    void send(std::string_view to, std::uint16_t sequence = 1)
    {
        Host::EchoSend how;
        how.to = ip(to);
        how.identifier = 9;
        how.sequence = sequence;
        CHECK(host(a).sendEcho(cx(), how, Bytes(8)) == IpStack::Sent::Yes);
    }
    void answer(std::string_view who, std::uint8_t itsMac)
    {
        arrive(a, 0, arpFrame(ArpPacket::Reply, itsMac, who, mac(1), "10.0.0.1"));
    }
};

const char* const kAsk = "01>ff ARP who has 10.0.0.2? tell 10.0.0.1";

IcmpMessage solicitation(std::string_view target, std::optional<MacAddress> from)
{
    NeighborMessage message;
    message.target = ip(target).v6();
    message.linkAddress = from;
    return toIcmp(message);
}

IcmpMessage advertisement(std::string_view target, std::uint8_t itsMac, bool override_ = true)
{
    NeighborMessage message;
    message.solicitation = false;
    message.target = ip(target).v6();
    message.linkAddress = mac(itsMac);
    message.solicited = true;
    message.override_ = override_;
    return toIcmp(message);
}

} // namespace

TEST_CASE("a datagram waits until ARP has found its neighbour, and the next needs no ARP", "[net]")
{
    Bench b;
    b.send("10.0.0.2");
    CHECK(b.taken() == kAsk);
    CHECK(b.taken() == "nothing");
    b.answer("10.0.0.2", 2);
    CHECK(b.taken() == "01>02 10.0.0.1>10.0.0.2 ttl 64 ICMP echo request id 9 seq 1, 8 octets");
    b.send("10.0.0.2", 2);
    CHECK(b.taken() == "01>02 10.0.0.1>10.0.0.2 ttl 64 ICMP echo request id 9 seq 2, 8 octets");
    CHECK(b.taken() == "nothing");
    CHECK(b.tables() == Lines{"arp added 10.0.0.2 02"});
}

TEST_CASE("an ARP request has the octets that a kernel's has", "[net]")
{
    // j_arp: frame 1, with ...:0a at 10.0.0.1; and 18 octets of padding, which capturing leaves out.
    NetRig rig;
    const NodeId a = rig.addHost(0x0a, {"10.0.0.1/24"});
    Host::EchoSend how;
    how.to = ip("10.0.0.2");
    rig.host(a).sendEcho(rig.cx(), how, Bytes(56));
    Bytes expected{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2,    0, 0, 0, 0, 0x0a, 0x08, 0x06, // Ethernet
                   0,    1,    8,    0,    6,    4,    0,    1,                            // Ethernet, IPv4, request
                   2,    0,    0,    0,    0,    0x0a, 0x0a, 0, 0, 1,                      // sender
                   0,    0,    0,    0,    0,    0,    0x0a, 0, 0, 2};                     // target
    expected.resize(60);
    const Bytes frame = rig.takenFrame();
    REQUIRE(frame.size() == 64);
    CHECK(Bytes(frame.begin(), frame.end() - 4) == expected);
}

TEST_CASE("what waits goes out in the order in which it came, after one request", "[net]")
{
    Bench b;
    for (std::uint16_t i = 1; i <= 3; ++i)
        b.send("10.0.0.2", i);
    b.send("10.0.0.3");
    CHECK(b.taken() == kAsk);
    CHECK(b.taken() == "01>ff ARP who has 10.0.0.3? tell 10.0.0.1");
    CHECK(b.taken() == "nothing");
    b.answer("10.0.0.2", 2);
    for (const std::string sequence : {"1", "2", "3"})
        CHECK(b.taken() == "01>02 10.0.0.1>10.0.0.2 ttl 64 ICMP echo request id 9 seq " + sequence + ", 8 octets");
    CHECK(b.taken() == "nothing");
}

TEST_CASE("of too many that wait for one neighbour the oldest go", "[net]")
{
    Bench b;
    for (std::uint16_t i = 1; i <= IpStack::kNeighborQueue + 2; ++i)
        b.send("10.0.0.2", i);
    CHECK(b.taken() == kAsk);
    b.answer("10.0.0.2", 2);
    CHECK(b.sent.size() == IpStack::kNeighborQueue);
    CHECK(b.taken() == "01>02 10.0.0.1>10.0.0.2 ttl 64 ICMP echo request id 9 seq 3, 8 octets");
}

TEST_CASE("nobody answers: asked three times, a second apart, then the program hears of it", "[net]")
{
    Bench b;
    b.send("10.0.0.2");
    CHECK(b.taken() == kAsk);
    b.pass(1_s - 1_ns);
    CHECK(b.taken() == "nothing");
    b.pass(1_ns);
    CHECK(b.taken() == kAsk);
    b.passTo(SimTime::zero() + 2_s - 1_ns);
    CHECK(b.taken() == "nothing");
    b.pass(1_ns);
    CHECK(b.taken() == kAsk);
    b.passTo(SimTime::zero() + 3_s - 1_ns);
    CHECK(b.told().empty());
    b.pass(1_ns);
    CHECK(b.told() == Lines{"ICMP 3/1 from 10.0.0.1 host-unreachable: 10.0.0.1:0>10.0.0.2:0"});
    CHECK(b.taken() == "nothing");
    CHECK(b.nextDeadline(b.a).isNever());
    b.send("10.0.0.2", 2); // and is asked for anew
    CHECK(b.taken() == kAsk);
}

TEST_CASE("an answer to the last request is in time", "[net]")
{
    Bench b;
    b.send("10.0.0.2");
    b.passTo(SimTime::zero() + 3_s - 1_ns);
    b.sent.clear();
    b.answer("10.0.0.2", 2);
    CHECK(b.taken() == "01>02 10.0.0.1>10.0.0.2 ttl 64 ICMP echo request id 9 seq 1, 8 octets");
    b.pass(10_s);
    CHECK(b.told().empty());
}

TEST_CASE("an entry is forgotten a minute after its neighbour was last heard of in ARP, used or not", "[net]")
{
    Bench b;
    b.send("10.0.0.2");
    b.answer("10.0.0.2", 2);
    b.passTo(SimTime::zero() + 30_s);
    b.send("10.0.0.2", 2); // use does not keep it
    b.passTo(SimTime::zero() + 60_s - 1_ns);
    b.sent.clear();
    b.tables();
    b.send("10.0.0.2", 3);
    CHECK(b.taken() == "01>02 10.0.0.1>10.0.0.2 ttl 64 ICMP echo request id 9 seq 3, 8 octets");
    b.pass(1_ns);
    CHECK(b.tables() == Lines{"arp expired 10.0.0.2 02"});
    b.send("10.0.0.2", 4);
    CHECK(b.taken() == kAsk);
    b.answer("10.0.0.2", 2);
    // Its own question to somebody else keeps it: the entry is brought up to date.
    b.passTo(SimTime::zero() + 100_s);
    b.arrive(b.a, 0, arpFrame(ArpPacket::Request, 2, "10.0.0.2", MacAddress::broadcast(), "10.0.0.9"));
    b.passTo(SimTime::zero() + 160_s - 1_ns);
    CHECK(b.tables() == Lines{"arp added 10.0.0.2 02", "arp changed 10.0.0.2 02"});
    b.pass(1_ns);
    CHECK(b.tables() == Lines{"arp expired 10.0.0.2 02"});
}

TEST_CASE("who asks for us is answered, and remembered without asking back", "[net]")
{
    Bench b;
    b.arrive(b.a, 0, arpFrame(ArpPacket::Request, 2, "10.0.0.2", MacAddress::broadcast(), "10.0.0.1"));
    CHECK(b.taken() == "01>02 ARP 10.0.0.1 is at 01");
    CHECK(b.ignored().empty());
    b.send("10.0.0.2");
    CHECK(b.taken() == "01>02 10.0.0.1>10.0.0.2 ttl 64 ICMP echo request id 9 seq 1, 8 octets");
}

TEST_CASE("RFC 826: a question for somebody else brings only what is known up to date", "[net]")
{
    Bench b;
    const auto overhear = [&](std::uint8_t fromMac, std::string_view about) {
        b.arrive(b.a, 0, arpFrame(ArpPacket::Request, fromMac, "10.0.0.2", MacAddress::broadcast(), about));
    };
    overhear(2, "10.0.0.9");
    CHECK(b.ignored() == Reasons{Reason::IgnoredArpNotForUs});
    CHECK(b.taken() == "nothing");
    CHECK(b.tables().empty());
    b.send("10.0.0.2");
    CHECK(b.taken() == kAsk);
    b.answer("10.0.0.2", 2);
    b.taken();
    overhear(3, "10.0.0.2"); // gratuitous: the address is at another MAC address now
    CHECK(b.tables() == Lines{"arp added 10.0.0.2 02", "arp changed 10.0.0.2 03"});
    b.send("10.0.0.2", 2);
    CHECK(b.taken() == "01>03 10.0.0.1>10.0.0.2 ttl 64 ICMP echo request id 9 seq 2, 8 octets");
}

TEST_CASE("what cannot be a neighbour is not learnt from ARP", "[net]")
{
    Bench b;
    // A probe says nothing of its sender (RFC 5227), but it is answered.
    b.arrive(b.a, 0, arpFrame(ArpPacket::Request, 2, "0.0.0.0", MacAddress::broadcast(), "10.0.0.1"));
    CHECK(b.taken() == "01>02 ARP 10.0.0.1 is at 01");
    // Somebody claims our own address.
    b.arrive(b.a, 0, arpFrame(ArpPacket::Reply, 2, "10.0.0.1", mac(1), "10.0.0.1"));
    CHECK(b.tables().empty());
    // Cut short.
    const Bytes cut = encodeEthernet(EthernetHeader{mac(1), mac(2), kEtherTypeArp}, Bytes(46));
    b.arrive(b.a, 0, cut);
    CHECK(b.ignored() == Reasons{Reason::IgnoredMalformed});
}

TEST_CASE("power off forgets neighbours and what waits for them", "[net]")
{
    Bench b;
    b.send("10.0.0.2");
    b.answer("10.0.0.2", 2);
    b.send("10.0.0.3");
    b.sent.clear();
    b.tables();
    b.host(b.a).powerOff(b.cx());
    CHECK(b.tables() == Lines{"arp removed 10.0.0.2 02"});
    CHECK(b.nextDeadline(b.a).isNever());
    b.answer("10.0.0.3", 3);
    CHECK(b.taken() == "nothing");
}

// --- IPv6 ---

TEST_CASE("IPv6 asks a small group instead of everybody, and goes on like ARP", "[net]")
{
    Bench b;
    b.send("2001:db8::2");
    // i_ipv6_handshake, frame 1: the solicited-node group, hop limit 255, our MAC address as an option.
    CHECK(b.taken() == "01>group 2001:db8::1>ff02::1:ff00:2 ttl 255 solicitation for 2001:db8::2 from 01");
    b.pass(1_s);
    CHECK(b.taken() == "01>group 2001:db8::1>ff02::1:ff00:2 ttl 255 solicitation for 2001:db8::2 from 01");
    b.arrive(b.a, 0, icmpv6Frame(2, mac(1), "2001:db8::2", "2001:db8::1", advertisement("2001:db8::2", 2), 255));
    CHECK(b.taken() == "01>02 2001:db8::1>2001:db8::2 ttl 64 ICMPv6 echo request id 9 seq 1, 8 octets");
    CHECK(b.tables() == Lines{"neighbor added 2001:db8::2 02"});
    b.pass(60_s);
    CHECK(b.tables() == Lines{"neighbor expired 2001:db8::2 02"});
    b.send("2001:db8::2", 2);
    b.pass(3_s);
    CHECK(b.told() == Lines{"ICMP 1/3 from 2001:db8::1 host-unreachable: 2001:db8::1:0>2001:db8::2:0"});
}

TEST_CASE("the group's MAC address is 33:33 and the last four octets of the group", "[net]")
{
    Bench b;
    b.send("2001:db8::2");
    const Bytes frame = b.takenFrame();
    CHECK(Bytes(frame.begin(), frame.begin() + 6) == Bytes{0x33, 0x33, 0xff, 0, 0, 2}); // RFC 2464 §7
}

TEST_CASE("a solicitation for us is answered to whoever asked, and he is remembered", "[net]")
{
    Bench b;
    const MacAddress group = multicastMac(ip("2001:db8::1").v6().solicitedNode());
    b.arrive(b.a, 0, icmpv6Frame(2, group, "2001:db8::2", "ff02::1:ff00:1", solicitation("2001:db8::1", mac(2)), 255));
    CHECK(b.taken() == "01>02 2001:db8::1>2001:db8::2 ttl 255 advertisement 2001:db8::1 sol ovr is at 01");
    b.send("2001:db8::2");
    CHECK(b.taken() == "01>02 2001:db8::1>2001:db8::2 ttl 64 ICMPv6 echo request id 9 seq 1, 8 octets");
    SECTION("for another address, whose group is the same")
    {
        b.arrive(b.a, 0,
                 icmpv6Frame(2, group, "2001:db8::2", "ff02::1:ff00:1", solicitation("2001:db8::77:0:1", mac(2)), 255));
        CHECK(b.taken() == "nothing");
        CHECK(b.ignored() == Reasons{Reason::IgnoredArpNotForUs});
    }
    SECTION("from another link: a router has taken one from the hop limit")
    {
        b.arrive(b.a, 0,
                 icmpv6Frame(2, group, "2001:db8::2", "ff02::1:ff00:1", solicitation("2001:db8::1", mac(2)), 254));
        CHECK(b.taken() == "nothing");
        CHECK(b.ignored() == Reasons{Reason::IgnoredMalformed});
    }
    SECTION("by somebody who makes sure that his address is free")
    {
        b.arrive(b.a, 0, icmpv6Frame(3, group, "::", "ff02::1:ff00:1", solicitation("2001:db8::1", {}), 255));
        CHECK(b.taken() == "01>group 2001:db8::1>ff02::1 ttl 255 advertisement 2001:db8::1 ovr is at 01");
    }
}

TEST_CASE("an advertisement that nobody asked for changes nothing", "[net]")
{
    Bench b;
    const auto advertise = [&](std::uint8_t itsMac, bool override_) {
        b.arrive(b.a, 0,
                 icmpv6Frame(itsMac, mac(1), "2001:db8::2", "2001:db8::1",
                             advertisement("2001:db8::2", itsMac, override_), 255));
    };
    advertise(2, true);
    CHECK(b.ignored() == Reasons{Reason::IgnoredUnexpected});
    CHECK(b.tables().empty());
    b.send("2001:db8::2");
    advertise(2, true);
    advertise(3, false); // without the override flag what is known stays (RFC 4861 §7.2.5)
    CHECK(b.tables() == Lines{"neighbor added 2001:db8::2 02"});
    advertise(3, true);
    CHECK(b.tables() == Lines{"neighbor changed 2001:db8::2 03"});
}

TEST_CASE("a filtering host still says who it is, and nothing else", "[net]")
{
    NetRig rig;
    const NodeId a = rig.addHost(1, {"10.0.0.1/24", "2001:db8::1/64"}, {}, 1500, true);
    rig.arrive(a, 0, arpFrame(ArpPacket::Request, 2, "10.0.0.2", MacAddress::broadcast(), "10.0.0.1"));
    CHECK(rig.taken() == "01>02 ARP 10.0.0.1 is at 01");
    rig.arrive(a, 0, icmpv6Frame(2, mac(1), "2001:db8::2", "2001:db8::1", solicitation("2001:db8::1", mac(2)), 255));
    CHECK(rig.taken() == "01>02 2001:db8::1>2001:db8::2 ttl 255 advertisement 2001:db8::1 sol ovr is at 01");
    rig.arrive(a, 0, echoFrame(2, 1, "10.0.0.2", "10.0.0.1", Bytes(8)));
    rig.arrive(a, 0, echoFrame(2, 1, "2001:db8::2", "2001:db8::1", Bytes(8)));
    rig.arrive(a, 0, udpFrame(2, 1, "10.0.0.2", "10.0.0.1", 7, 4));
    CHECK(rig.taken() == "nothing");
    CHECK(rig.ignored() == Reasons(3, Reason::IgnoredFiltered));
}

} // namespace packetarium::net_neighbors_test
