// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any octets as a control message, of ICMP or ICMPv6 by the first octet, as they are and with the checksum made right:
// decoder, encoder, neighbour messages and fields must agree.
#include "core/wire/checksum.h"
#include "core/wire/icmp.h"
#include "tests/fuzz/frame_checks.h"

using namespace packetarium;

namespace {

using fuzz::must;

const Ipv6Address kSource{{0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};
const Ipv6Address kDestination{{0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2}};

void checkNeighbor(const IcmpMessage& message)
{
    const auto neighbor = toNeighborMessage(message);
    if (!neighbor)
        return;
    const IcmpMessage written = toIcmp(*neighbor);
    must(written.type == message.type, "a neighbour message of another type");
    must(toNeighborMessage(written) == neighbor, "a neighbour message is not read as it was written");
}

void checkMessage(ByteView input, bool v6)
{
    const IcmpDecoded decoded = v6 ? decodeIcmpv6(input, kSource, kDestination) : decodeIcmp(input);
    if (v6)
        checkNeighbor(decoded.message);
    constexpr std::size_t kLongest = 65535 - kIpv4HeaderSize;
    if (input.size() > kLongest)
        return;
    Ipv4Header header4;
    header4.protocol = kProtocolIcmp;
    const Ipv6Header header6{0, 0, kProtocolIcmpv6, kDefaultTtl, kSource, kDestination};
    const std::vector<Field> nodes = v6 ? fuzz::fieldsOf(kEtherTypeIpv6, encodeIpv6(header6, input))
                                        : fuzz::fieldsOf(kEtherTypeIpv4, encodeIpv4(header4, input));
    must((decoded.error == IcmpError::None) == fuzz::shownGood(nodes, FieldId::IcmpChecksum),
         "decoder and fields disagree on the checksum");
    if (decoded.error != IcmpError::None)
        return;
    const Bytes encoded = v6 ? encodeIcmpv6(decoded.message, kSource, kDestination) : encodeIcmp(decoded.message);
    const IcmpDecoded again = v6 ? decodeIcmpv6(encoded, kSource, kDestination) : decodeIcmp(encoded);
    must(again.error == IcmpError::None && again.message == decoded.message, "decode(encode(x)) is not x");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const bool v6 = (data[0] & 1) != 0;
    const ByteView input(data + 1, size - 1);
    checkMessage(input, v6);
    const std::uint32_t pseudo = v6 ? pseudoHeaderSum(kSource, kDestination, kProtocolIcmpv6, input.size()) : 0;
    checkMessage(fuzz::withChecksum(input, 2, pseudo), v6);
    return 0;
}
