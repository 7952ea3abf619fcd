// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/field_builder.h"
#include "core/wire/ip6_extension.h"

#include <algorithm>

namespace packetarium {

namespace {

/// The header of RFC 8200 §3, without extension headers.
Field ipv6Header(ByteView frame, std::size_t start)
{
    const FieldBuilder header(frame, start, Layer::Internet);
    Field node = header.field(FieldId::Ipv6, 0, kIpv6HeaderSize * 8);
    node.children = {
        header.number(FieldId::Ip6Version, 0, 4),     header.number(FieldId::Ip6TrafficClass, 4, 8),
        header.number(FieldId::Ip6FlowLabel, 12, 20), header.number(FieldId::Ip6PayloadLength, 32, 16),
        header.number(FieldId::Ip6NextHeader, 48, 8), header.number(FieldId::Ip6HopLimit, 56, 8),
        header.address6(FieldId::Ip6Source, 64),      header.address6(FieldId::Ip6Destination, 192),
    };
    return node;
}

} // namespace

std::size_t dissectIpv6(ByteView frame, std::size_t start, std::size_t end, std::vector<Field>& nodes, bool quoted)
{
    if (end - start < kIpv6HeaderSize || frame[start] >> 4 != 6) {
        appendOctets(nodes, FieldId::Undecoded, Layer::Internet, start, end);
        return end;
    }
    Field node = ipv6Header(frame, start);
    const std::size_t promisedEnd = start + kIpv6HeaderSize + readU16(frame, start + 4);
    const std::size_t contentEnd = std::min(end, promisedEnd);
    std::size_t at = start + kIpv6HeaderSize;
    std::uint8_t next = frame[start + 6];
    bool piece = false;
    std::optional<Ip6ExtensionHeader> extension;
    while (!piece && (extension = ip6ExtensionAt(frame.subspan(at, contentEnd - at), next)) && !extension->malformed) {
        const std::size_t extensionEnd = at + extension->size;
        node.children.push_back(octets(FieldId::Ip6Extension, Layer::Internet, at, extensionEnd, std::uint64_t{next}));
        node.bitLength += static_cast<std::uint32_t>(extension->size * 8);
        at = extensionEnd;
        next = extension->next;
        piece = extension->piece;
    }
    nodes.push_back(std::move(node));

    const Surroundings around{readIpv6(frame, start + 8), readIpv6(frame, start + 24), quoted,
                              !quoted || promisedEnd <= end};
    if (extension && extension->malformed)
        appendOctets(nodes, FieldId::Undecoded, Layer::Internet, at, contentEnd);
    else if (piece)
        appendOctets(nodes, FieldId::IpFragmentData, Layer::Transport, at, contentEnd);
    else if (at != contentEnd)
        dissectCarried(frame, at, contentEnd, next, around, nodes);
    return contentEnd;
}

} // namespace packetarium
