// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/fields.h"

#include "core/wire/checksum.h"
#include "core/wire/field_builder.h"

namespace packetarium {

namespace {

Field ethernetHeader(ByteView frame)
{
    const FieldBuilder header(frame, 0, Layer::Link);
    Field node = header.field(FieldId::Ethernet, 0, kEthernetHeaderSize * 8);
    node.children = {
        header.mac(FieldId::EthDestination, 0),
        header.mac(FieldId::EthSource, 48),
        header.number(FieldId::EthType, 96, 16),
    };
    return node;
}

/// Returns where the frame's content ends and its padding begins.
std::size_t dissectContent(ByteView frame, std::size_t end, std::vector<Field>& nodes)
{
    switch (readU16(frame, 12)) {
    case kEtherTypeIpv4: return dissectIpv4(frame, kEthernetHeaderSize, end, nodes);
    case kEtherTypeIpv6: return dissectIpv6(frame, kEthernetHeaderSize, end, nodes);
    case kEtherTypeArp: return dissectArp(frame, kEthernetHeaderSize, end, nodes);
    default: appendOctets(nodes, FieldId::Undecoded, Layer::Internet, kEthernetHeaderSize, end); return end;
    }
}

} // namespace

void dissectCarried(ByteView frame, std::size_t start, std::size_t end, std::uint8_t protocol,
                    const Surroundings& around, std::vector<Field>& nodes)
{
    if (protocol == kProtocolTcp)
        dissectTcp(frame, start, end, around, nodes);
    else if (protocol == kProtocolUdp)
        dissectUdp(frame, start, end, around, nodes);
    else if (protocol == (around.source.isV6() ? kProtocolIcmpv6 : kProtocolIcmp))
        dissectIcmp(frame, start, end, around, nodes);
    else
        appendOctets(nodes, FieldId::Undecoded, Layer::Transport, start, end);
}

FieldValue checksumValue(ByteView frame, std::size_t start, std::size_t end, std::uint32_t sum, std::uint16_t stored,
                         const Surroundings& around)
{
    if (!around.whole)
        return std::uint64_t{stored};
    return ChecksumValue{stored, expectedChecksum(exactSum(sum, frame.subspan(start, end - start)), stored)};
}

std::vector<Field> dissect(ByteView frame)
{
    std::vector<Field> nodes;
    const std::size_t size = frame.size();
    if (size < kEthernetHeaderSize) {
        appendOctets(nodes, FieldId::Undecoded, Layer::Link, 0, size);
        return nodes;
    }
    nodes.reserve(4);
    nodes.push_back(ethernetHeader(frame));
    if (size < kEthernetHeaderSize + kFcsSize) {
        appendOctets(nodes, FieldId::Undecoded, Layer::Link, kEthernetHeaderSize, size);
        return nodes;
    }

    const std::size_t fcsAt = size - kFcsSize;
    const std::size_t paddingAt = dissectContent(frame, fcsAt, nodes);
    std::vector<Field>& ethernet = nodes.front().children;
    appendOctets(ethernet, FieldId::EthPadding, Layer::Link, paddingAt, fcsAt);
    const ChecksumValue fcs{readFcs(frame.subspan(fcsAt)), frameCheckSequence(frame.first(fcsAt))};
    ethernet.push_back(octets(FieldId::EthFcs, Layer::Link, fcsAt, size, fcs));
    return nodes;
}

} // namespace packetarium
