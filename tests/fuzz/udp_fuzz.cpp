// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any octets as a user datagram, over IPv4 or IPv6 by the first octet, as they are and with length and checksum made
// right: decoder, encoder and fields must agree.
#include "core/wire/checksum.h"
#include "core/wire/udp.h"
#include "tests/fuzz/frame_checks.h"

using namespace packetarium;

namespace {

using fuzz::must;

const Ipv6Address kSource6{{0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};
constexpr Ipv4Address kSource4{0x0a000001};
constexpr std::size_t kLongest = 65535 - kIpv4HeaderSize;

std::vector<Field> fieldsIn(ByteView datagram, bool v6)
{
    if (v6)
        return fuzz::fieldsOf(kEtherTypeIpv6,
                              encodeIpv6({0, 0, kProtocolUdp, kDefaultTtl, kSource6, kSource6}, datagram));
    Ipv4Header header;
    header.protocol = kProtocolUdp;
    header.source = header.destination = kSource4;
    return fuzz::fieldsOf(kEtherTypeIpv4, encodeIpv4(header, datagram));
}

void checkDatagram(ByteView input, bool v6)
{
    const IpAddress address = v6 ? IpAddress(kSource6) : IpAddress(kSource4);
    const UdpDecoded decoded = decodeUdp(input, address, address);
    if (input.size() > kLongest)
        return;
    const std::vector<Field> nodes = fieldsIn(input, v6);
    if (decoded.error != UdpError::None)
        return;
    const bool none = input[6] == 0 && input[7] == 0;
    must(none || fuzz::shownGood(nodes, FieldId::UdpChecksum), "decoded cleanly, yet the checksum is shown as bad");
    const Bytes encoded = encodeUdp(decoded.datagram, address, address);
    const UdpDecoded again = decodeUdp(encoded, address, address);
    must(again.error == UdpError::None && again.datagram == decoded.datagram, "decode(encode(x)) is not x");
    must(none || std::equal(encoded.begin(), encoded.end(), input.begin()), "encode(decode(x)) is not x");
}

/// The same with its own length in it, and a checksum that is right.
Bytes madeRight(ByteView input, bool v6)
{
    Bytes datagram(input.begin(), input.end());
    if (datagram.size() < kUdpHeaderSize || datagram.size() > kLongest)
        return datagram;
    datagram[4] = static_cast<std::uint8_t>(datagram.size() >> 8);
    datagram[5] = static_cast<std::uint8_t>(datagram.size() & 0xff);
    const IpAddress address = v6 ? IpAddress(kSource6) : IpAddress(kSource4);
    datagram = fuzz::withChecksum(datagram, 6, pseudoHeaderSum(address, address, kProtocolUdp, datagram.size()));
    if (datagram[6] == 0 && datagram[7] == 0)
        datagram[6] = datagram[7] = 0xff;
    return datagram;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const bool v6 = (data[0] & 1) != 0;
    const ByteView input(data + 1, size - 1);
    checkDatagram(input, v6);
    checkDatagram(madeRight(input, v6), v6);
    return 0;
}
