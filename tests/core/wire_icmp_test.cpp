// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/icmp.h"
#include "tests/core/wire_bytes.h"
#include "tests/core/wire_captured_net.h"
#include "tests/support/catch.h"

namespace packetarium::wire_icmp_test {

using test::fromHex;

namespace {

/// The message in a captured frame: behind Ethernet and an IPv4 (20) or IPv6 (40) header.
Bytes messageOf(std::string_view frame, std::size_t ipHeader)
{
    const Bytes bytes = fromHex(frame);
    return {bytes.begin() + static_cast<std::ptrdiff_t>(14 + ipHeader), bytes.end()};
}

const Ipv6Address kA6 = *Ipv6Address::parse("2001:db8::1"), kB6 = *Ipv6Address::parse("2001:db8::2");
const MacAddress kMacA{{2, 0, 0, 0, 0, 0x0a}}, kMacB{{2, 0, 0, 0, 0, 0x0b}};

IcmpMessage decoded6(std::string_view frame, const Ipv6Address& source, const Ipv6Address& destination)
{
    const IcmpDecoded decoded = decodeIcmpv6(messageOf(frame, 40), source, destination);
    REQUIRE(decoded.error == IcmpError::None);
    REQUIRE(encodeIcmpv6(decoded.message, source, destination) == messageOf(frame, 40));
    return decoded.message;
}

} // namespace

TEST_CASE("A kernel's ping and its answer are read, and written again the same", "[wire]")
{
    // tshark: id=0x2674, seq=1; the reply has the same data.
    const IcmpDecoded ping = decodeIcmp(messageOf(test::kPing, 20));
    REQUIRE(ping.error == IcmpError::None);
    REQUIRE(ping.message.type == IcmpMessage::EchoRequest);
    REQUIRE(ping.message.code == 0);
    REQUIRE(ping.message.echoIdentifier() == 0x2674);
    REQUIRE(ping.message.echoSequence() == 1);
    REQUIRE(ping.message.payload.size() == 56);
    REQUIRE(encodeIcmp(ping.message) == messageOf(test::kPing, 20));

    IcmpMessage reply = ping.message; // RFC 792: the type changes, the rest comes back
    reply.type = IcmpMessage::EchoReply;
    REQUIRE(encodeIcmp(reply) == messageOf(test::kPong, 20));
}

TEST_CASE("A kernel's errors quote the datagram", "[wire]")
{
    const IcmpMessage port = decodeIcmp(messageOf(test::kPortUnreachable, 20)).message;
    REQUIRE(port.type == IcmpMessage::DestinationUnreachable);
    REQUIRE(port.code == IcmpMessage::PortUnreachable);
    REQUIRE(port.rest == 0);
    REQUIRE(port.payload == messageOf(test::kClosedPort, 0));
    REQUIRE(encodeIcmp(port) == messageOf(test::kPortUnreachable, 20));

    const IcmpMessage ttl = decodeIcmp(messageOf(test::kTimeExceeded, 20)).message;
    REQUIRE(ttl.type == IcmpMessage::TimeExceeded);
    REQUIRE(ttl.code == IcmpMessage::TtlExceeded);
    REQUIRE(ttl.payload.size() == 84);
    const IcmpMessage host = decodeIcmp(messageOf(test::kHostUnreachable, 20)).message;
    REQUIRE(host.type == IcmpMessage::DestinationUnreachable);
    REQUIRE(host.code == IcmpMessage::HostUnreachable);
}

TEST_CASE("A kernel's ICMPv6 is read, and written again the same", "[wire]")
{
    const IcmpMessage ping = decoded6(test::kPing6, kA6, kB6);
    REQUIRE(ping.type == IcmpMessage::V6EchoRequest);
    REQUIRE(ping.echoIdentifier() == 0x2679);
    REQUIRE(ping.echoSequence() == 1);
    REQUIRE(decoded6(test::kPong6, kB6, kA6).type == IcmpMessage::V6EchoReply);
    const IcmpMessage port = decoded6(test::kPortUnreachable6, kB6, kA6);
    REQUIRE(port.type == IcmpMessage::V6DestinationUnreachable);
    REQUIRE(port.code == IcmpMessage::V6PortUnreachable);
    REQUIRE(port.payload == messageOf(test::kClosedPort6, 0));
}

TEST_CASE("A kernel's neighbour discovery", "[wire]")
{
    // tshark: Neighbor Solicitation for 2001:db8::2 from 02:00:00:00:00:0a; (sol, ovr) is at 02:00:00:00:00:0b.
    const IcmpMessage asked = decoded6(test::kSolicitation, kA6, kB6.solicitedNode());
    NeighborMessage solicitation;
    solicitation.target = kB6;
    solicitation.linkAddress = kMacA;
    REQUIRE(toNeighborMessage(asked) == solicitation);
    REQUIRE(toIcmp(solicitation) == asked);

    const IcmpMessage told = decoded6(test::kAdvertisement, kB6, kA6);
    NeighborMessage advertisement;
    advertisement.solicitation = false;
    advertisement.target = kB6;
    advertisement.linkAddress = kMacB;
    advertisement.solicited = advertisement.override_ = true;
    REQUIRE(toNeighborMessage(told) == advertisement);
    REQUIRE(toIcmp(advertisement) == told);
    REQUIRE(told.rest == 0x60000000);

    for (const bool router : {false, true}) {
        advertisement.router = router;
        advertisement.linkAddress.reset();
        REQUIRE(toNeighborMessage(toIcmp(advertisement)) == advertisement);
        REQUIRE(toIcmp(advertisement).payload.size() == 16);
    }
}

TEST_CASE("A neighbour message that RFC 4861 §7.1 wants discarded is nothing", "[wire]")
{
    const IcmpMessage good = decodeIcmpv6(messageOf(test::kSolicitation, 40), kA6, kB6.solicitedNode()).message;
    for (std::size_t size = 0; size < good.payload.size(); ++size) {
        IcmpMessage cut = good;
        cut.payload.resize(size);
        INFO(size);
        REQUIRE(toNeighborMessage(cut).has_value() == (size == 16));
    }
    for (unsigned length = 0; length < 256; ++length) {
        IcmpMessage bad = good;
        bad.payload[17] = static_cast<std::uint8_t>(length);
        REQUIRE(toNeighborMessage(bad).has_value() == (length == 1));
    }
    IcmpMessage other = good;
    other.code = 1;
    REQUIRE_FALSE(toNeighborMessage(other));
    other = good;
    other.payload[0] = 0xff; // a group is no neighbour
    REQUIRE_FALSE(toNeighborMessage(other));
    other = good;
    other.type = IcmpMessage::V6EchoRequest;
    REQUIRE_FALSE(toNeighborMessage(other));
    other = good;
    other.payload[16] = 14; // a nonce (RFC 3971 §5.3.2): unknown here, and skipped
    REQUIRE(toNeighborMessage(other));
    REQUIRE_FALSE(toNeighborMessage(other)->linkAddress);
}

TEST_CASE("ICMP that is too short or damaged is told apart", "[wire]")
{
    const Bytes good = messageOf(test::kPing, 20);
    for (std::size_t size = 0; size < good.size(); ++size)
        REQUIRE(decodeIcmp(ByteView(good).first(size)).error != IcmpError::None);
    for (std::size_t size = 0; size < 8; ++size)
        REQUIRE(decodeIcmp(ByteView(good).first(size)).error == IcmpError::TooShort);
    for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
        Bytes bad = good;
        bad[bit / 8] ^= static_cast<std::uint8_t>(0x80 >> bit % 8);
        REQUIRE(decodeIcmp(bad).error == IcmpError::BadChecksum);
    }
    const Bytes six = messageOf(test::kPing6, 40);
    REQUIRE(decodeIcmpv6(six, kA6, kA6).error == IcmpError::BadChecksum); // the addresses count
    REQUIRE(decodeIcmp(six).error == IcmpError::BadChecksum);
    REQUIRE(decodeIcmpv6(ByteView(six).first(7), kA6, kB6).error == IcmpError::TooShort);
}

} // namespace packetarium::wire_icmp_test
