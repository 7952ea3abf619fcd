// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/checksum.h"
#include "core/wire/field_builder.h"

#include <algorithm>

namespace packetarium {

namespace {

/// The header of RFC 791 §3.1, with the two parts of the old Type of Service octet by RFC 2474 §3 and RFC 3168 §5.
Field ipv4Header(ByteView frame, std::size_t start, std::size_t size)
{
    const FieldBuilder header(frame, start, Layer::Internet);
    const auto stored = static_cast<std::uint16_t>(header.bits(80, 16));
    const std::uint16_t expected = expectedChecksum(exactSum(0, frame.subspan(start, size)), stored);

    Field flags = header.number(FieldId::IpFlags, 48, 3);
    flags.children = {
        header.number(FieldId::IpReserved, 48, 1),
        header.number(FieldId::IpDontFragment, 49, 1),
        header.number(FieldId::IpMoreFragments, 50, 1),
    };
    Field node = header.field(FieldId::Ipv4, 0, static_cast<std::uint32_t>(size * 8));
    node.children = {
        header.number(FieldId::IpVersion, 0, 4),
        header.number(FieldId::IpIhl, 4, 4),
        header.number(FieldId::IpDscp, 8, 6),
        header.number(FieldId::IpEcn, 14, 2),
        header.number(FieldId::IpTotalLength, 16, 16),
        header.number(FieldId::IpIdentification, 32, 16),
        std::move(flags),
        header.number(FieldId::IpFragmentOffset, 51, 13),
        header.number(FieldId::IpTtl, 64, 8),
        header.number(FieldId::IpProtocol, 72, 8),
        header.field(FieldId::IpHeaderChecksum, 80, 16, ChecksumValue{stored, expected}),
        header.address(FieldId::IpSource, 96),
        header.address(FieldId::IpDestination, 128),
    };
    appendOctets(node.children, FieldId::IpOptions, Layer::Internet, start + kIpv4HeaderSize, start + size);
    return node;
}

} // namespace

std::size_t dissectIpv4(ByteView frame, std::size_t start, std::size_t end, std::vector<Field>& nodes, bool quoted)
{
    if (end - start < kIpv4HeaderSize || frame[start] >> 4 != 4) {
        appendOctets(nodes, FieldId::Undecoded, Layer::Internet, start, end);
        return end;
    }
    const std::size_t headerSize = (frame[start] & 0x0fu) * 4;
    const std::size_t totalLength = readU16(frame, start + 2);
    const bool sizeIsPossible = headerSize >= kIpv4HeaderSize && headerSize <= end - start;
    const std::size_t contentAt = start + (sizeIsPossible ? headerSize : kIpv4HeaderSize);
    nodes.push_back(ipv4Header(frame, start, contentAt - start));
    if (!sizeIsPossible || totalLength < headerSize) {
        appendOctets(nodes, FieldId::Undecoded, Layer::Internet, contentAt, end);
        return end;
    }

    // A total length beyond the frame promises what is not there: show what is.
    const std::size_t contentEnd = std::min(end, start + totalLength);
    const bool fragment = (readU16(frame, start + 6) & 0x3fff) != 0; // MF or an offset: no whole segment in here
    if (fragment) {
        appendOctets(nodes, FieldId::IpFragmentData, Layer::Transport, contentAt, contentEnd);
        return contentEnd;
    }
    const Surroundings around{Ipv4Address{readU32(frame, start + 12)}, Ipv4Address{readU32(frame, start + 16)}, quoted,
                              !quoted || start + totalLength <= end};
    if (contentAt != contentEnd)
        dissectCarried(frame, contentAt, contentEnd, frame[start + 9], around, nodes);
    return contentEnd;
}

} // namespace packetarium
