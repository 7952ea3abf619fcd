// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any octets as an IPv6 packet: decoder, encoder and fields must agree, whatever extension headers claim.
#include "tests/fuzz/frame_checks.h"

using namespace packetarium;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using fuzz::must;
    const ByteView input(data, size);
    const Ipv6Decoded decoded = decodeIpv6(input);
    const std::vector<Field> nodes = fuzz::fieldsOf(kEtherTypeIpv6, input);
    if (decoded.error != IpError::None)
        return 0;
    must(decoded.payload.data() == input.data() + decoded.headerSize, "a payload from elsewhere");
    must(decoded.headerSize + decoded.payload.size() <= size, "a payload past the end");
    const Field* header = fuzz::findField(nodes, FieldId::Ipv6);
    must(header != nullptr && header->byteLength() == decoded.headerSize, "decoder and fields disagree on the header");
    must(decoded.fragment || nodes.back().id != FieldId::IpFragmentData,
         "decoder and fields disagree on whether it is a fragment");

    // Extension headers are not written again, so the upper layer comes next.
    const Bytes encoded = encodeIpv6(decoded.header, decoded.payload);
    const Ipv6Decoded again = decodeIpv6(encoded);
    if (decoded.headerSize == kIpv6HeaderSize) {
        must(again.error == IpError::None && again.header == decoded.header, "decode(encode(x)) is not x");
        must(std::equal(encoded.begin(), encoded.end(), input.begin()), "encode(decode(x)) is not x");
    }
    return 0;
}
