// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any octets as an IPv4 datagram, as they are and with the header checksum made right: decoder, encoder, fields and a
// router's work on the header must agree.
#include "tests/fuzz/frame_checks.h"

using namespace packetarium;

namespace {

using fuzz::must;

void checkRouter(ByteView datagram, const Ipv4Decoded& before)
{
    if (before.header.ttl == 0)
        return;
    Bytes forwarded(datagram.begin(), datagram.end());
    decrementTtl(forwarded);
    const Ipv4Decoded after = decodeIpv4(forwarded);
    must(after.error == IpError::None, "a TTL counted down leaves a header that is wrong");
    Ipv4Header expected = before.header;
    --expected.ttl;
    must(after.header == expected, "counting the TTL down changes something else");
}

void checkDatagram(ByteView input)
{
    const Ipv4Decoded decoded = decodeIpv4(input);
    const std::vector<Field> nodes = fuzz::fieldsOf(kEtherTypeIpv4, input);
    if (decoded.error != IpError::None)
        return;
    must(decoded.headerSize + decoded.payload.size() == decoded.header.totalLength, "sizes that do not add up");
    must(decoded.payload.data() == input.data() + decoded.headerSize, "a payload from elsewhere");
    must(fuzz::shownGood(nodes, FieldId::IpHeaderChecksum), "decoded cleanly, yet the checksum is shown as bad");
    must(decoded.header.isFragment() == (nodes.back().id == FieldId::IpFragmentData) || decoded.payload.empty(),
         "decoder and fields disagree on whether it is a fragment");
    checkRouter(input, decoded);

    const Ipv4Decoded again = decodeIpv4(encodeIpv4(decoded.header, decoded.payload));
    Ipv4Header withoutOptions = decoded.header;
    withoutOptions.totalLength = static_cast<std::uint16_t>(kIpv4HeaderSize + decoded.payload.size());
    must(again.error == IpError::None && again.header == withoutOptions, "decode(encode(x)) is not x");
}

/// The same with a header checksum that is right, where there is a header.
Bytes withGoodHeader(ByteView input)
{
    const std::size_t headerSize = input.empty() ? 0 : (input[0] & 0x0fu) * 4;
    if (headerSize < kIpv4HeaderSize || headerSize > input.size())
        return {input.begin(), input.end()};
    Bytes datagram = fuzz::withChecksum(input.first(headerSize), 10, 0);
    datagram.insert(datagram.end(), input.begin() + static_cast<std::ptrdiff_t>(headerSize), input.end());
    return datagram;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const ByteView input(data, size);
    checkDatagram(input);
    checkDatagram(withGoodHeader(input));
    return 0;
}
