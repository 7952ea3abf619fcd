// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fragments put together again (RFC 791 §3.2, RFC 815), or not.
#include "core/wire/ecn.h"
#include "tests/support/catch.h"
#include "tests/support/net_rig.h"

#include <algorithm>

namespace packetarium::net_fragments_test {

using namespace literals;
using namespace testing;

namespace {

using Lines = std::vector<std::string>;
using Reasons = std::vector<Reason>;

/// A host with UDP port 7 open; its neighbour 10.0.0.2 is known.
struct Bench : NetRig {
    Bench()
    {
        host(a).openUdp(7);
        arrive(a, 0, arpFrame(ArpPacket::Request, 2, "10.0.0.2", MacAddress::broadcast(), "10.0.0.1"));
        sent.clear();
    }
    /// Of a user datagram with `octets` of data that count up, the part from `at` on.
    Bytes fragment(std::size_t at, std::size_t length, bool more, std::uint16_t identification = 5)
    {
        UdpDatagram udp;
        udp.sourcePort = 40000;
        udp.destinationPort = 7;
        for (std::size_t i = 0; i < octets; ++i)
            udp.payload.push_back(static_cast<std::uint8_t>('a' + i % 26));
        const Bytes whole = encodeUdp(udp, ip("10.0.0.2"), ip("10.0.0.1"));
        Ipv4Header header;
        header.identification = identification;
        header.dontFragment = false;
        header.moreFragments = more;
        header.fragmentOffset = static_cast<std::uint16_t>(at / 8);
        header.protocol = kProtocolUdp;
        header.dscpEcn = ecn;
        header.source = ip("10.0.0.2").v4();
        header.destination = ip("10.0.0.1").v4();
        Bytes part(length);
        for (std::size_t i = 0; i < length && at + i < whole.size(); ++i)
            part[i] = whole[at + i];
        return ipv4Frame(2, 1, header, part);
    }
    void give(std::size_t at, std::size_t length, bool more, std::uint16_t identification = 5)
    {
        arrive(a, 0, fragment(at, length, more, identification));
    }
    void datagramArrived(NodeId node, const UdpDelivery& delivery) override
    {
        NetRig::datagramArrived(node, delivery);
        data.assign(delivery.data.begin(), delivery.data.end());
    }
    /// Three fragments of 8 + 40 octets: 0..15, 16..31, 32..47.
    std::size_t octets = 40;
    std::uint8_t ecn = 0;
    Bytes data;
    NodeId a = addHost(1, {"10.0.0.1/24"});
};

const Lines kWhole{"UDP 7 from 10.0.0.2:40000: 40 octets"};

} // namespace

TEST_CASE("three fragments in any of six orders make the datagram, once", "[net]")
{
    std::array<std::size_t, 3> order{0, 16, 32};
    do {
        Bench b;
        for (std::size_t i = 0; i < 2; ++i)
            b.give(order[i], 16, order[i] != 32);
        CHECK(b.told().empty());
        b.give(order[2], 16, order[2] != 32);
        CHECK(b.told() == kWhole);
        REQUIRE(b.data.size() == 40);
        for (std::size_t i = 0; i < 40; ++i)
            CHECK(b.data[i] == 'a' + static_cast<int>(i % 26));
        CHECK(b.ignored().empty());
        CHECK(b.nextDeadline(b.a) == SimTime::zero() + 60_s); // the neighbour's; nothing waits any more
    } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("an exact copy of a fragment does no harm", "[net]")
{
    Bench b;
    b.give(0, 16, true);
    b.give(0, 16, true);
    b.give(32, 16, false);
    b.give(32, 16, false);
    CHECK(b.ignored() == Reasons(2, Reason::IgnoredDuplicateData));
    b.give(16, 16, true);
    CHECK(b.told() == kWhole);
}

TEST_CASE("fragments of different datagrams do not mix", "[net]")
{
    Bench b;
    b.give(0, 24, true, 5);
    b.give(24, 24, false, 6);
    CHECK(b.told().empty());
    b.give(24, 24, false, 5);
    CHECK(b.told() == kWhole);
    b.give(0, 24, true, 6);
    CHECK(b.told() == kWhole);
}

TEST_CASE("overlapping fragments are the end of their datagram, with those that are still to come", "[net]")
{
    struct Overlap {
        const char* what;
        std::size_t at, length;
        bool more;
    };
    const Overlap overlap =
        GENERATE(Overlap{"begins within", 8, 16, true}, Overlap{"the same place, longer", 16, 24, true},
                 Overlap{"the same place, shorter", 16, 8, true}, Overlap{"covers", 8, 32, true},
                 Overlap{"ends within", 8, 16, true}, Overlap{"ends before what is there", 8, 8, false});
    INFO(overlap.what);
    Bench b;
    b.give(16, 16, true);
    b.give(overlap.at, overlap.length, overlap.more);
    CHECK(b.ignored() == Reasons(2, Reason::IgnoredFragmentOverlap)); // this one, and the one that was there
    b.give(0, 16, true);
    b.give(32, 16, false);
    CHECK(b.ignored() == Reasons(2, Reason::IgnoredFragmentOverlap));
    CHECK(b.told().empty());
    b.pass(30_s); // nothing is quoted, nobody is told
    CHECK(b.taken() == "nothing");
    CHECK(b.ignored().empty());
    for (const std::size_t at : {0u, 16u, 32u}) // the identification may be used again
        b.give(at, 16, at != 32);
    CHECK(b.told() == kWhole);
}

TEST_CASE("the same octets told differently are an overlap too", "[net]")
{
    Bench b;
    b.give(16, 16, true);
    Bytes other = b.fragment(16, 16, true);
    other[14 + 20] ^= 1;
    const std::uint32_t fcs = frameCheckSequence(ByteView(other).first(other.size() - kFcsSize));
    for (std::size_t i = 0; i < kFcsSize; ++i)
        other[other.size() - kFcsSize + i] = static_cast<std::uint8_t>(fcs >> (8 * i));
    b.arrive(b.a, 0, other);
    CHECK(b.ignored() == Reasons(2, Reason::IgnoredFragmentOverlap));
}

TEST_CASE("a datagram has one end", "[net]")
{
    Bench b;
    b.give(32, 16, false);
    SECTION("beyond it nothing comes")
    {
        b.give(48, 8, true);
        CHECK(b.ignored() == Reasons(2, Reason::IgnoredFragmentOverlap));
    }
    SECTION("nor is there another")
    {
        b.give(40, 16, false);
        CHECK(b.ignored() == Reasons(2, Reason::IgnoredFragmentOverlap));
    }
    SECTION("the last one is not one in the middle")
    {
        b.give(32, 16, true);
        CHECK(b.ignored() == Reasons(2, Reason::IgnoredFragmentOverlap));
    }
}

TEST_CASE("fragments that make no sense are refused alone", "[net]")
{
    Bench b;
    b.give(0, 16, true);
    b.give(16, 12, true); // not a multiple of eight, though more follow
    b.give(16, 0, true);
    b.give(65528, 16, false); // beyond what a datagram can be
    CHECK(b.ignored() == Reasons(3, Reason::IgnoredMalformed));
    b.give(16, 16, true);
    b.give(32, 16, false);
    CHECK(b.told() == kWhole);
}

TEST_CASE("what is not complete after 30 s is thrown away, and the sender told if the first fragment is there", "[net]")
{
    Bench b;
    SECTION("it is there")
    {
        b.give(0, 16, true);
        b.pass(10_s);
        b.give(32, 16, false); // does not prolong it
        b.passTo(SimTime::zero() + 30_s - 1_ns);
        CHECK(b.taken() == "nothing");
        CHECK(b.ignored().empty());
        b.pass(1_ns);
        CHECK(b.taken() == "01>02 10.0.0.1>10.0.0.2 ttl 64 ICMP 11/1 about 10.0.0.2>10.0.0.1");
        CHECK(b.ignored() == Reasons(2, Reason::IgnoredReassemblyTimeout));
        b.give(16, 16, true); // too late: begins anew
        CHECK(b.told().empty());
    }
    SECTION("it is not there")
    {
        b.give(16, 16, true);
        b.give(32, 16, false);
        b.pass(30_s);
        CHECK(b.taken() == "nothing");
        CHECK(b.ignored() == Reasons(2, Reason::IgnoredReassemblyTimeout));
    }
    SECTION("all came one nanosecond before")
    {
        b.give(0, 16, true);
        b.give(32, 16, false);
        b.pass(30_s - 1_ns);
        b.give(16, 16, true);
        CHECK(b.told() == kWhole);
        b.pass(1_s);
        CHECK(b.taken() == "nothing");
    }
}

TEST_CASE("only so much may wait", "[net]")
{
    Bench b;
    for (std::uint16_t i = 0; i < Fragments::kMaxDatagrams; ++i)
        b.give(0, 16, true, i);
    CHECK(b.ignored().empty());
    b.give(0, 16, true, 100);
    CHECK(b.ignored() == Reasons{Reason::IgnoredReassemblyLimit});
    b.give(16, 32, false, 0); // those that are there can still be completed
    CHECK(b.told() == kWhole);
    b.give(0, 16, true, 100);
    CHECK(b.ignored().empty());
    // Octets count too: 16 datagrams of nearly 64 KiB would be a megabyte.
    Bench many;
    std::size_t given = 0;
    for (std::uint16_t i = 0; i < Fragments::kMaxDatagrams; ++i) {
        for (std::size_t at = 1480; at + 1480 < 65000; at += 1480, ++given)
            many.give(at, 1480, true, i);
    }
    const Reasons refused = many.ignored();
    CHECK((given - refused.size()) * 1480 <= Fragments::kMaxOctets);
    CHECK((given - refused.size()) * 1480 > Fragments::kMaxOctets - 2 * 1500);
    CHECK(std::all_of(refused.begin(), refused.end(), [](Reason r) { return r == Reason::IgnoredReassemblyLimit; }));
}

TEST_CASE("a large ping goes and comes in fragments", "[net]")
{
    NetRig rig;
    const NodeId a = rig.addHost(1, {"10.0.0.1/24"}), c = rig.addHost(2, {"10.0.0.2/24"});
    rig.join(a, 0, c, 0);
    Host::EchoSend how;
    how.to = ip("10.0.0.2");
    how.identifier = 3;
    rig.host(a).sendEcho(rig.cx(), how, Bytes(4000));
    rig.pass(1_s);
    CHECK(rig.told() == Lines{"ICMP 0/0 from 10.0.0.2 id 3 seq 0, 4000 octets"});
    const Lines wire = rig.carried(a, 0);
    REQUIRE(wire.size() == 8);
    CHECK(wire[2] == "01>02 10.0.0.1>10.0.0.2 ttl 64 fragment 0+1480 more");
    CHECK(wire[4] == "01>02 10.0.0.1>10.0.0.2 ttl 64 fragment 2960+1048"); // 8 + 4000 - 2 * 1480
    CHECK(wire[7] == "02>01 10.0.0.2>10.0.0.1 ttl 64 fragment 2960+1048");
}

TEST_CASE("fragments from a small link are put together only at the end", "[net]")
{
    NetRig rig;
    const NodeId a = rig.addHost(1, {"10.1.0.1/24"}, {"10.1.0.254"}),
                 c = rig.addHost(2, {"10.2.0.2/24"}, {"10.2.0.254"});
    const NodeId r = rig.addRouter(0xa0, {NetRig::Port{{"10.1.0.254/24"}, 1500}, NetRig::Port{{"10.2.0.254/24"}, 576}});
    rig.join(a, 0, r, 0);
    rig.join(c, 0, r, 1);
    rig.host(c).openUdp(7);
    Host::UdpSend how;
    how.localPort = 5000;
    how.to = Endpoint{ip("10.2.0.2"), 7};
    rig.host(a).sendUdp(rig.cx(), how, Bytes(1472));
    rig.pass(1_s);
    CHECK(rig.told() == Lines{"UDP 7 from 10.1.0.1:5000: 1472 octets"});
    CHECK(rig.carried(r, 0).back() == "01>a0 10.1.0.1>10.2.0.2 ttl 64 UDP 5000>7, 1472 octets");
    const Lines far = rig.carried(r, 1);
    CHECK(Lines(far.begin() + 2, far.end()) == Lines{"a1>02 10.1.0.1>10.2.0.2 ttl 63 fragment 0+552 more",
                                                     "a1>02 10.1.0.1>10.2.0.2 ttl 63 fragment 552+552 more",
                                                     "a1>02 10.1.0.1>10.2.0.2 ttl 63 fragment 1104+376"});
}

TEST_CASE("RFC 3168 section 5.3: a mark and Not-ECT in one datagram are the end of it", "[net]")
{
    constexpr std::uint8_t kNotEct = Ecn::NotEct, kEct0 = Ecn::Ect0, kMarked = Ecn::CongestionExperienced;
    const auto whole = [](std::uint8_t first, std::uint8_t second, std::uint8_t third) {
        Bench b;
        std::size_t at = 0;
        for (const std::uint8_t ecn : {first, second, third}) {
            b.ecn = ecn;
            b.give(at, 16, at < 32);
            at += 16;
        }
        return std::pair{b.data.size() == 40, b.ignored()};
    };
    CHECK(whole(kEct0, kMarked, kEct0) == std::pair{true, Reasons{}});
    CHECK(whole(kMarked, kMarked, kMarked) == std::pair{true, Reasons{}});
    CHECK(whole(kNotEct, kEct0, kNotEct) == std::pair{true, Reasons{}});
    CHECK(whole(kNotEct, kMarked, kEct0) == std::pair{false, Reasons(3, Reason::IgnoredFragmentEcn)});
    CHECK(whole(kMarked, kEct0, kNotEct) == std::pair{false, Reasons(3, Reason::IgnoredFragmentEcn)});
}

TEST_CASE("what was thrown away for its marks keeps no place, and its identification may come again", "[net]")
{
    Bench b;
    const auto give = [&](std::uint16_t identification, std::uint8_t last) {
        for (const std::size_t at : {0, 16, 32}) {
            b.ecn = at == 32 ? last : std::uint8_t{0};
            b.give(at, 16, at < 32, identification);
        }
    };
    for (std::uint16_t n = 0; n < 2 * Fragments::kMaxDatagrams; ++n)
        give(n, 3);
    CHECK(b.data.empty());
    give(0, 0);
    CHECK(b.data.size() == 40);
}

} // namespace packetarium::net_fragments_test
