// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/fields.h"

#include "core/wire/checksum.h"
#include "core/wire/field_builder.h"

#include <algorithm>

namespace packetarium {

namespace {

MacAddress macAt(ByteView frame, std::size_t at)
{
    MacAddress mac;
    std::copy_n(frame.begin() + static_cast<std::ptrdiff_t>(at), mac.octets.size(), mac.octets.begin());
    return mac;
}

Field ethernetHeader(ByteView frame)
{
    const FieldBuilder header(frame, 0, Layer::Link);
    Field node = header.field(FieldId::Ethernet, 0, kEthernetHeaderSize * 8);
    node.children = {
        header.field(FieldId::EthDestination, 0, 48, macAt(frame, 0)),
        header.field(FieldId::EthSource, 48, 48, macAt(frame, 6)),
        header.number(FieldId::EthType, 96, 16),
    };
    return node;
}

} // namespace

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
    std::size_t paddingAt = fcsAt;
    if (readU16(frame, 12) == kEtherTypeIpv4)
        paddingAt = dissectIpv4(frame, kEthernetHeaderSize, fcsAt, nodes);
    else
        appendOctets(nodes, FieldId::Undecoded, Layer::Internet, kEthernetHeaderSize, fcsAt);

    std::vector<Field>& ethernet = nodes.front().children;
    appendOctets(ethernet, FieldId::EthPadding, Layer::Link, paddingAt, fcsAt);
    const ChecksumValue fcs{readFcs(frame.subspan(fcsAt)), frameCheckSequence(frame.first(fcsAt))};
    ethernet.push_back(octets(FieldId::EthFcs, Layer::Link, fcsAt, size, fcs));
    return nodes;
}

} // namespace packetarium
