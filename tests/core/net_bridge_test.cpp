// SPDX-License-Identifier: GPL-3.0-or-later
//
// Hub and switch: who gets a frame.
#include "tests/support/catch.h"
#include "tests/support/net_rig.h"

namespace packetarium::net_bridge_test {

using namespace literals;
using namespace testing;

namespace {

using Lines = std::vector<std::string>;
using Reasons = std::vector<Reason>;

Bytes frame(std::uint8_t from, const MacAddress& to)
{
    return encodeEthernet(EthernetHeader{to, mac(from), 0x88b5}, Bytes(46)); // for experiments (IEEE 802)
}

/// The ports by which the last frame went on, and why.
struct Bench : NetRig {
    std::vector<int> portsOf(NodeId node, std::uint8_t in, const Bytes& bytes)
    {
        ports.clear();
        reasons.clear();
        parents.clear();
        frames.clear();
        last = arrive(node, in, bytes);
        return ports;
    }
    void transmit(NodeId, std::uint8_t port, Outgoing&& out) override
    {
        ports.push_back(port);
        reasons.push_back(out.cause);
        parents.push_back(out.parent);
        frames.push_back(out.frame.octets());
        CHECK_FALSE(out.rewritten);
    }
    std::vector<int> ports;
    Reasons reasons;
    std::vector<PacketId> parents;
    std::vector<Bytes> frames;
    PacketId last;
};

using Ports = std::vector<int>;

} // namespace

TEST_CASE("a hub repeats everything on every other port, even what is damaged", "[net]")
{
    Bench b;
    const NodeId hub = b.addHub(4);
    CHECK(b.portsOf(hub, 1, frame(1, mac(2))) == Ports{0, 2, 3});
    CHECK(b.reasons == Reasons(3, Reason::SentRepeated));
    CHECK(b.parents == std::vector<PacketId>(3, b.last));
    Bytes damaged = frame(1, mac(2));
    damaged[20] ^= 1;
    CHECK(b.portsOf(hub, 0, damaged) == Ports{1, 2, 3});
    CHECK(b.frames[0] == damaged);
    CHECK(b.tables().empty());
    CHECK(b.nextDeadline(hub).isNever());
}

TEST_CASE("a switch floods what it does not know, and learns from every source", "[net]")
{
    Bench b;
    const NodeId sw = b.addSwitch(4);
    const Bytes first = frame(1, mac(2));
    CHECK(b.portsOf(sw, 0, first) == Ports{1, 2, 3});
    CHECK(b.reasons == Reasons(3, Reason::SentFlooded));
    CHECK(b.frames[0] == first); // unchanged
    CHECK(b.portsOf(sw, 2, frame(2, mac(1))) == Ports{0});
    CHECK(b.reasons == Reasons{Reason::SentSwitched});
    CHECK(b.parents == std::vector<PacketId>{b.last});
    CHECK(b.portsOf(sw, 0, frame(1, mac(2))) == Ports{2});
    CHECK(b.tables() == Lines{"switch added 01 port 0", "switch added 02 port 2"});
    SECTION("broadcasts and groups go everywhere")
    {
        CHECK(b.portsOf(sw, 0, frame(1, MacAddress::broadcast())) == Ports{1, 2, 3});
        CHECK(b.portsOf(sw, 2, frame(2, multicastMac(ip("ff02::1")))) == Ports{0, 1, 3});
        CHECK(b.reasons == Reasons(3, Reason::SentFlooded));
    }
    SECTION("a destination on the port it came from has had the frame")
    {
        CHECK(b.portsOf(sw, 2, frame(3, mac(2))) == Ports{});
        CHECK(b.ignored() == Reasons{Reason::IgnoredSwitchSamePort});
    }
    SECTION("a host that moves is found at its new port with its first frame")
    {
        b.portsOf(sw, 3, frame(2, MacAddress::broadcast()));
        CHECK(b.tables() == Lines{"switch changed 02 port 3"});
        CHECK(b.portsOf(sw, 0, frame(1, mac(2))) == Ports{3});
    }
    SECTION("a damaged frame goes no further, and nothing is learnt from it")
    {
        Bytes damaged = frame(9, mac(1));
        damaged[20] ^= 1;
        CHECK(b.portsOf(sw, 1, damaged) == Ports{});
        CHECK(b.portsOf(sw, 1, Bytes(20)) == Ports{});
        CHECK(b.ignored() == Reasons{Reason::IgnoredBadFcs, Reason::IgnoredMalformed});
        CHECK(b.tables().empty());
    }
    SECTION("a group as source is nobody's address")
    {
        Bytes odd = encodeEthernet(EthernetHeader{mac(2), MacAddress::broadcast(), 0x88b5}, Bytes(46));
        CHECK(b.portsOf(sw, 1, odd) == Ports{2});
        CHECK(b.tables().empty());
    }
    SECTION("a cable that is pulled takes what was behind it along; power off takes all")
    {
        b.bridge(sw).forget(b.cx(), 2);
        CHECK(b.tables() == Lines{"switch removed 02 port 2"});
        CHECK(b.portsOf(sw, 0, frame(1, mac(2))) == Ports{1, 2, 3});
        b.bridge(sw).forget(b.cx());
        CHECK(b.tables() == Lines{"switch removed 01 port 0"});
        CHECK(b.nextDeadline(sw).isNever());
    }
}

TEST_CASE("an address that is silent for 300 s is forgotten, not a nanosecond before", "[net]")
{
    Bench b;
    const NodeId sw = b.addSwitch(3);
    b.portsOf(sw, 0, frame(1, mac(2)));
    b.pass(100_s);
    b.portsOf(sw, 1, frame(2, mac(1)));
    b.pass(100_s);
    b.portsOf(sw, 0, frame(1, mac(2))); // heard again: counts from now
    b.tables();
    CHECK(b.nextDeadline(sw) == SimTime::zero() + 400_s);
    b.passTo(SimTime::zero() + 400_s - 1_ns);
    CHECK(b.portsOf(sw, 0, frame(3, mac(2))) == Ports{1});
    b.pass(1_ns);
    CHECK(b.tables() == Lines{"switch added 03 port 0", "switch expired 02 port 1"});
    CHECK(b.portsOf(sw, 0, frame(3, mac(2))) == Ports{1, 2});
    b.passTo(SimTime::zero() + 500_s);
    CHECK(b.tables() == Lines{"switch expired 01 port 0"});
}

TEST_CASE("the aging time is the switch's own", "[net]")
{
    Bench b;
    const NodeId sw = b.addSwitch(2, 10_s);
    b.portsOf(sw, 0, frame(1, mac(2)));
    b.pass(10_s);
    CHECK(b.tables() == Lines{"switch added 01 port 0", "switch expired 01 port 0"});
}

TEST_CASE("rows that were looked up are in the trace only with layers", "[net]")
{
    Bench b;
    b.layers = true;
    const NodeId sw = b.addSwitch(3);
    b.portsOf(sw, 0, frame(1, mac(2)));
    CHECK(b.tables() == Lines{"switch added 01 port 0", "switch missed 02 port 0"});
    b.portsOf(sw, 1, frame(2, mac(1)));
    CHECK(b.tables() == Lines{"switch added 02 port 1", "switch used 01 port 0"});
    CHECK(b.crossings() ==
          Lines{"received physical 0+64", "read link 0+64", "received physical 0+64", "read link 0+64"});
}

TEST_CASE("hosts on a hub hear what is not for them, and leave it", "[net]")
{
    NetRig rig;
    const NodeId a = rig.addHost(1, {"10.0.0.1/24"}), b = rig.addHost(2, {"10.0.0.2/24"}),
                 c = rig.addHost(3, {"10.0.0.3/24"});
    const NodeId hub = rig.addHub(3);
    rig.join(a, 0, hub, 0);
    rig.join(b, 0, hub, 1);
    rig.join(c, 0, hub, 2);
    Host::EchoSend how;
    how.to = ip("10.0.0.2");
    rig.host(a).sendEcho(rig.cx(), how, Bytes(8));
    rig.pass(100_ms);
    CHECK(rig.told() == Lines{"ICMP 0/0 from 10.0.0.2 id 0 seq 0, 8 octets"});
    // c heard the question, the answer, the request and the reply; a heard nothing that was not for it.
    CHECK(rig.ignored() == Reasons{Reason::IgnoredArpNotForUs, Reason::IgnoredNotForThisMac,
                                   Reason::IgnoredNotForThisMac, Reason::IgnoredNotForThisMac});
    CHECK(rig.carried(c, 0).size() == 4);
}

TEST_CASE("hosts on a switch are left in peace once it knows them", "[net]")
{
    NetRig rig;
    const NodeId a = rig.addHost(1, {"10.0.0.1/24"}), b = rig.addHost(2, {"10.0.0.2/24"}),
                 c = rig.addHost(3, {"10.0.0.3/24"});
    const NodeId sw = rig.addSwitch(3);
    rig.join(a, 0, sw, 0);
    rig.join(b, 0, sw, 1);
    rig.join(c, 0, sw, 2);
    Host::EchoSend how;
    how.to = ip("10.0.0.2");
    rig.host(a).sendEcho(rig.cx(), how, Bytes(8));
    rig.pass(100_ms);
    CHECK(rig.carried(c, 0) == Lines{"01>ff ARP who has 10.0.0.2? tell 10.0.0.1"});
    CHECK(rig.carried(b, 0).size() == 4);
    CHECK(rig.ignored() == Reasons{Reason::IgnoredArpNotForUs});
}

} // namespace packetarium::net_bridge_test
