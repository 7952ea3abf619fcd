// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/arp.h"
#include "core/wire/field_builder.h"

namespace packetarium {

std::size_t dissectArp(ByteView frame, std::size_t start, std::size_t end, std::vector<Field>& nodes)
{
    constexpr std::size_t kFixedSize = 8; // up to the addresses, whose lengths it gives
    const std::size_t available = end - start;
    if (available < kFixedSize) {
        appendOctets(nodes, FieldId::Undecoded, Layer::Link, start, end);
        return end;
    }
    const FieldBuilder packet(frame, start, Layer::Link);
    const bool addressesKnown = decodeArp(frame.subspan(start, available)).has_value();
    Field node = packet.field(FieldId::Arp, 0, (addressesKnown ? kArpSize : kFixedSize) * 8);
    node.children = {
        packet.number(FieldId::ArpHardwareType, 0, 16),   packet.number(FieldId::ArpProtocolType, 16, 16),
        packet.number(FieldId::ArpHardwareLength, 32, 8), packet.number(FieldId::ArpProtocolLength, 40, 8),
        packet.number(FieldId::ArpOperation, 48, 16),
    };
    if (!addressesKnown) {
        nodes.push_back(std::move(node));
        appendOctets(nodes, FieldId::Undecoded, Layer::Link, start + kFixedSize, end);
        return end;
    }
    node.children.push_back(packet.mac(FieldId::ArpSenderMac, 64));
    node.children.push_back(packet.address(FieldId::ArpSenderIp, 112));
    node.children.push_back(packet.mac(FieldId::ArpTargetMac, 144));
    node.children.push_back(packet.address(FieldId::ArpTargetIp, 192));
    nodes.push_back(std::move(node));
    return start + kArpSize;
}

} // namespace packetarium
