// SPDX-License-Identifier: GPL-3.0-or-later
// IPv6 extension headers at the endpoint (RFC 8200 §4): what is passed over, put together, refused and complained about.
#include "tests/support/catch.h"

#include "tests/core/endpoint_v6.h"

#include <algorithm>
#include <array>

namespace packetarium::endpoint_ipv6_test {

using namespace test;
using Json = EndpointRig::Json;
using Lines = std::vector<std::string>;

namespace {

/// UDP port 5000 is open.
struct Host {
    EndpointRig rig{bothVersions()};
    int fd = rig.call("socket", {{"domain", "inet6"}, {"type", "dgram"}})["ret"];
    Host() { rig.call("bind", {{"fd", fd}, {"port", 5000}}); }
    std::string give(ByteView packet) { return droppedOf(rig.inject(packet)); }
    /// The next message, or "-".
    std::string got()
    {
        const Json reply = rig.call("recv", {{"fd", fd}, {"nonblock", true}});
        return reply.contains("errno") ? "-" : reply["data"].get<std::string>();
    }
    /// Behind an extension header of these octets, the first of which is set to what follows.
    std::string giveBehind(std::uint8_t kind, Bytes header, const IpAddress& to = kHost6)
    {
        header[0] = kProtocolUdp;
        return give(packet6(kind, joined(header, udpPayload(5000, "hi", kPeer6, to)), kPeer6, to));
    }
};
const std::string kAlphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"; // with UDP's header 60 octets

} // namespace

TEST_CASE("RFC 4443 section 4.2: an echo request to all nodes is answered, from an address of one's own", "[endpoint]")
{
    Host h;
    const IpAddress all = *IpAddress::parse("ff02::1");
    const Bytes request = encodeIcmpv6({IcmpMessage::V6EchoRequest, 0, 0x00010002, Bytes{'x'}}, kPeer6.v6(), all.v6());
    CHECK(h.give(packet6(kProtocolIcmpv6, request, kPeer6, all)).empty());
    const Json outputs = h.rig.run()["outputs"];
    REQUIRE(outputs.size() == 1);
    const Bytes reply = octetsOf(outputs[0]);
    const Ipv6Decoded ip = decodeIpv6(reply);
    CHECK(ip.header.source == kHost6.v6());
    CHECK(ip.header.destination == kPeer6.v6());
    const IcmpDecoded icmp = decodeIcmpv6(ip.payload, ip.header.source, ip.header.destination);
    CHECK(icmp.error == IcmpError::None);
    CHECK(icmp.message.type == IcmpMessage::V6EchoReply);
    CHECK(icmp.message.rest == 0x00010002);
}

TEST_CASE("IPv6 fragments are put together in any order", "[endpoint]")
{
    std::array<std::size_t, 3> order{0, 24, 48};
    do {
        Host h;
        const Bytes whole = udpPayload(5000, kAlphabet);
        REQUIRE(whole.size() == 60);
        for (const std::size_t at : order)
            CHECK(h.give(piece6(kProtocolUdp, whole, at, at == 48 ? 12 : 24, at != 48)).empty());
        CHECK(h.got() == kAlphabet);
        CHECK(h.got() == "-");
    } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("a whole packet with a Fragment header stands for itself", "[endpoint]")
{
    Host h;
    const Bytes whole = udpPayload(5000, kAlphabet);
    h.give(piece6(kProtocolUdp, whole, 0, 24, true));
    CHECK(h.give(piece6(kProtocolUdp, whole, 0, 60, false)).empty()); // RFC 6946: of the same identification
    CHECK(h.got() == kAlphabet);
    h.give(piece6(kProtocolUdp, whole, 24, 36, false));
    CHECK(h.got() == kAlphabet);
}

TEST_CASE("IPv6 fragments that overlap lose their packet", "[endpoint]")
{
    Host h;
    const Bytes whole = udpPayload(5000, kAlphabet);
    h.give(piece6(kProtocolUdp, whole, 0, 32, true));
    CHECK(h.give(piece6(kProtocolUdp, whole, 24, 24, true)) == "ignored-fragment-overlap");
    CHECK(h.give(piece6(kProtocolUdp, whole, 48, 12, false)) ==
          "ignored-fragment-overlap"); // RFC 5722 §4: those to come too
    CHECK(h.got() == "-");
    CHECK(sentBy(h.rig).empty());
    // An exact copy does no harm, and another identification is another packet.
    h.give(piece6(kProtocolUdp, whole, 0, 48, true, 8));
    CHECK(h.give(piece6(kProtocolUdp, whole, 0, 48, true, 8)) == "ignored-duplicate-data");
    h.give(piece6(kProtocolUdp, whole, 48, 12, false, 8));
    CHECK(h.got() == kAlphabet);
}

TEST_CASE("IPv6 fragments that cannot be are complained about", "[endpoint]")
{
    Host h;
    const Bytes whole = udpPayload(5000, kAlphabet);
    h.give(piece6(kProtocolUdp, whole, 0, 30, true)); // no multiple of 8: the Payload Length at 4 is wrong
    CHECK(sentBy(h.rig) == Lines{"ICMPv6 4/0 4"});
    Bytes far = piece6(kProtocolUdp, whole, 0, 60, false);
    far[42] = 0xff; // 65528 + 60 octets: the offset at 42 is wrong
    far[43] = 0xf8;
    h.give(far);
    CHECK(sentBy(h.rig) == Lines{"ICMPv6 4/0 42"});
}

TEST_CASE("a packet whose fragments do not come in a minute is told of if its first did", "[endpoint]")
{
    Host h;
    const Bytes whole = udpPayload(5000, kAlphabet);
    h.give(piece6(kProtocolUdp, whole, 0, 24, true, 1));
    h.give(piece6(kProtocolUdp, whole, 24, 24, true, 2));
    CHECK(sentBy(h.rig, 59'999'999).empty());
    CHECK(sentBy(h.rig, 1) == Lines{"ICMPv6 3/1 0"});
    CHECK(h.rig.request({{"op", "info"}})["dropped"] == Json{{"ignored-reassembly-timeout", 2}});
}

TEST_CASE("what arrived before a reset in fragments can still be read", "[endpoint]")
{
    EndpointRig rig(bothVersions());
    const int fd = rig.call("socket", {{"domain", "inet6"}, {"type", "stream"}})["ret"];
    rig.call("bind", {{"fd", fd}, {"port", 80}});
    rig.call("listen", {{"fd", fd}});
    const auto segment = [](std::uint8_t flags, std::uint32_t seq, std::uint32_t ack, std::string_view data) {
        TcpSegment tcp;
        tcp.sourcePort = EndpointRig::kPeerPort;
        tcp.destinationPort = 80;
        tcp.flags.bits = flags;
        tcp.seq = Seq32(EndpointRig::kPeerIss) + seq;
        tcp.ack = Seq32(EndpointRig::kIss) + ack;
        tcp.window = 65535;
        tcp.payload.assign(data.begin(), data.end());
        return encodeTcp(tcp, kPeer6, kHost6);
    };
    rig.inject(packet6(kProtocolTcp, synTo(80, kPeer6, kHost6)));
    rig.inject(packet6(kProtocolTcp, segment(TcpFlags::Ack, 1, 1, "")));
    rig.inject(packet6(kProtocolTcp, segment(TcpFlags::Ack, 1, 1, "before")));
    const int conn = rig.call("accept", {{"fd", fd}})["ret"];
    const Bytes reset = segment(TcpFlags::Rst | TcpFlags::Ack, 7, 1, "");
    REQUIRE(reset.size() == 20);
    rig.inject(piece6(kProtocolTcp, reset, 0, 8, true));
    rig.inject(piece6(kProtocolTcp, reset, 8, 12, false));
    CHECK(rig.state(conn) == "CLOSED");
    CHECK(rig.call("recv", {{"fd", conn}})["data"] == "before");
    CHECK(rig.call("recv", {{"fd", conn}})["errno"] == "ECONNRESET");
}

TEST_CASE("headers in front of and behind the Fragment header are read", "[endpoint]")
{
    // Destination options with a PadN before, and the same among the fragmented octets.
    Host h;
    const Bytes options{kProtocolUdp, 0, 1, 4, 0, 0, 0, 0};
    const Bytes inner = joined(options, udpPayload(5000, kAlphabet));
    REQUIRE(inner.size() == 68);
    const auto piece = [&](std::size_t at, std::size_t length, bool more) {
        const Bytes outer{kFragment, 0, 1, 4, 0, 0, 0, 0};
        const Bytes fragment{kDestination, 0, 0, static_cast<std::uint8_t>(at | (more ? 1u : 0u)), 0, 0, 0, 9};
        return packet6(kDestination, joined(joined(outer, fragment), ByteView(inner).subspan(at, length)));
    };
    CHECK(h.give(piece(40, 28, false)).empty());
    CHECK(h.give(piece(0, 40, true)).empty());
    CHECK(h.got() == kAlphabet);
    // To a closed port: the error quotes the packet without its Fragment header.
    const Bytes closed = udpPayload(9, kAlphabet);
    h.give(piece6(kProtocolUdp, closed, 0, 24, true));
    h.give(piece6(kProtocolUdp, closed, 24, 36, false));
    const Json outputs = h.rig.run()["outputs"];
    REQUIRE(outputs.size() == 1);
    const Bytes error = octetsOf(outputs[0]);
    CHECK(Bytes(error.begin() + 48, error.end()) == packet6(kProtocolUdp, closed));
}

TEST_CASE("what an IPv6 option that is not known wants is done", "[endpoint]")
{
    Host h;
    const auto option = [&](std::uint8_t kind, std::uint8_t type, const IpAddress& to = kHost6) {
        return h.giveBehind(kind, {0, 0, type, 4, 0, 0, 0, 0}, to);
    };
    const IpAddress all = *IpAddress::parse("ff02::1");
    for (const std::uint8_t kind : {kHopByHop, kDestination}) {
        INFO(int{kind});
        CHECK(option(kind, 0x1e).empty()); // 00: pass over
        CHECK(h.got() == "hi");
        CHECK(option(kind, 0x5e) == "ignored-unknown-header"); // 01: discard
        CHECK(sentBy(h.rig).empty());
        CHECK(option(kind, 0x9e) == "ignored-unknown-header"); // 10: and tell
        CHECK(sentBy(h.rig) == Lines{"ICMPv6 4/2 42"});
        CHECK(option(kind, 0x9e, all) == "ignored-unknown-header"); // even if it was for a group
        CHECK(sentBy(h.rig) == Lines{"ICMPv6 4/2 42"});
        CHECK(option(kind, 0xde) == "ignored-unknown-header"); // 11: only if not
        CHECK(sentBy(h.rig) == Lines{"ICMPv6 4/2 42"});
        CHECK(option(kind, 0xde, all) == "ignored-unknown-header");
        CHECK(sentBy(h.rig).empty());
        CHECK(h.giveBehind(kind, {0, 0, 1, 5, 0, 0, 0, 0}) == "ignored-malformed"); // past its header
        CHECK(h.giveBehind(kind, {0, 0, 0, 0, 0, 0, 0, 0}).empty());
        CHECK(h.got() == "hi");
    }
    CHECK(h.got() == "-");
}

TEST_CASE("routes through here, headers out of place and numbers that nobody knows are refused", "[endpoint]")
{
    Host h;
    CHECK(h.giveBehind(kRouting, {0, 0, 0, 1, 0, 0, 0, 0}) == "ignored-unknown-header"); // type 0, one segment left
    CHECK(sentBy(h.rig) == Lines{"ICMPv6 4/0 42"});
    CHECK(h.giveBehind(kRouting, {0, 0, 250, 0, 0, 0, 0, 0}).empty()); // RFC 8200 §4.4: nothing left
    CHECK(h.got() == "hi");
    const Bytes twice{kHopByHop, 0, 1, 4, 0, 0, 0, 0};
    const Bytes inner{kProtocolUdp, 0, 1, 4, 0, 0, 0, 0};
    CHECK(h.give(packet6(kDestination, joined(twice, joined(inner, udpPayload(5000, "hi"))))) ==
          "ignored-unknown-header");
    CHECK(sentBy(h.rig) == Lines{"ICMPv6 4/1 40"}); // the field that names it
    CHECK(h.give(packet6(253, Bytes(8))) == "ignored-unknown-protocol");
    CHECK(sentBy(h.rig) == Lines{"ICMPv6 4/1 6"});
    CHECK(h.give(packet6(kDestination, joined({253, 0, 1, 4, 0, 0, 0, 0}, Bytes(8)))) == "ignored-unknown-protocol");
    CHECK(sentBy(h.rig) == Lines{"ICMPv6 4/1 40"});
    CHECK(h.give(packet6(kNoNext, Bytes(8))) == "ignored-no-next-header");
    CHECK(h.give(packet6(kDestination, joined({kNoNext, 0, 1, 4, 0, 0, 0, 0}, udpPayload(9, "hi")))) ==
          "ignored-no-next-header");
    CHECK(sentBy(h.rig).empty());
}

TEST_CASE("UDP over IPv6 that is larger than the link leaves in fragments", "[endpoint]")
{
    Host h;
    const auto send = [&](int octets) {
        return h.rig.call("sendto", {{"fd", h.fd}, {"len", octets}, {"addr", "2001:db8::2"}, {"port", 53}});
    };
    CHECK(send(1452)["ret"] == 1452); // 40 + 8 + 1452 = 1500
    CHECK(sentBy(h.rig) == Lines{"UDP 5000>53"});
    CHECK(send(1453)["ret"] == 1453); // 1461 octets; 1500 - 48 = 1452 leaves 1448 in eights
    CHECK(sentBy(h.rig) == Lines{"fragment 0+1448 more", "fragment 1448+13"});
    CHECK(send(65527)["ret"] == 65527); // what UDP's length can say
    CHECK(sentBy(h.rig).size() == 46);  // 65535 / 1448 = 45.3
    CHECK(send(65528)["errno"] == "EMSGSIZE");
    // They carry one number, which the next datagram does not have, and make the datagram again.
    send(3000);
    send(3000);
    const Json outputs = h.rig.run()["outputs"];
    REQUIRE(outputs.size() == 6); // 3008 = 1448 + 1448 + 112
    Bytes udp;
    for (std::size_t i = 0; i < 6; ++i) {
        const Bytes packet = octetsOf(outputs[i]);
        CHECK(packet[40] == kProtocolUdp);
        CHECK(Bytes(packet.begin() + 44, packet.begin() + 48) ==
              (i < 3 ? Bytes{0, 0, 0, 3} : Bytes{0, 0, 0, 4})); // the third and the fourth that was fragmented
        if (i < 3)
            udp.insert(udp.end(), packet.begin() + 48, packet.end());
    }
    const UdpDecoded decoded = decodeUdp(udp, kHost6, kPeer6);
    CHECK(decoded.error == UdpError::None);
    CHECK(decoded.datagram.payload.size() == 3000);
}

} // namespace packetarium::endpoint_ipv6_test
