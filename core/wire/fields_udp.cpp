// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/checksum.h"
#include "core/wire/dns.h"
#include "core/wire/field_builder.h"
#include "core/wire/udp.h"

namespace packetarium {

namespace {

/// RFC 768: none was made if the sender stored 0, which only IPv4 allows; one that comes out as 0 is sent as ffff.
FieldValue udpChecksum(ByteView frame, std::size_t start, std::size_t length, const Surroundings& around)
{
    const std::uint16_t stored = readU16(frame, start + 6);
    if (stored == 0 && around.source.isV4())
        return std::uint64_t{0};
    const std::uint32_t pseudo = pseudoHeaderSum(around.source, around.destination, kProtocolUdp, length);
    FieldValue value = checksumValue(frame, start, start + length, pseudo, stored, around);
    if (auto* checksum = std::get_if<ChecksumValue>(&value); checksum && checksum->expected == 0)
        checksum->expected = 0xffff;
    return value;
}

} // namespace

void dissectUdp(ByteView frame, std::size_t start, std::size_t end, const Surroundings& around,
                std::vector<Field>& nodes)
{
    const std::size_t available = end - start;
    if (available < kUdpHeaderSize) {
        appendOctets(nodes, FieldId::Undecoded, Layer::Transport, start, end);
        return;
    }
    const FieldBuilder header(frame, start, Layer::Transport);
    const std::size_t length = readU16(frame, start + 4);
    const bool lengthIsPossible = length >= kUdpHeaderSize && (length <= available || !around.whole);
    const std::size_t present = lengthIsPossible ? std::min(length, available) : available;
    Field node = header.field(FieldId::Udp, 0, kUdpHeaderSize * 8);
    node.children = {
        header.number(FieldId::UdpSourcePort, 0, 16),
        header.number(FieldId::UdpDestinationPort, 16, 16),
        header.number(FieldId::UdpLength, 32, 16),
        header.field(FieldId::UdpChecksum, 48, 16, udpChecksum(frame, start, present, around)),
    };
    const bool dns = header.bits(0, 16) == kDnsPort || header.bits(16, 16) == kDnsPort;
    nodes.push_back(std::move(node));

    const std::size_t contentAt = start + kUdpHeaderSize;
    const std::size_t contentEnd = start + present;
    if (!lengthIsPossible)
        appendOctets(nodes, FieldId::Undecoded, Layer::Transport, contentAt, end);
    else if (dns && !around.quoted && contentAt != contentEnd)
        dissectDns(frame, contentAt, contentEnd, nodes);
    else
        appendOctets(nodes, FieldId::Payload, Layer::Application, contentAt, contentEnd);
    if (lengthIsPossible) // octets that IP carries but UDP does not count
        appendOctets(nodes, FieldId::Undecoded, Layer::Transport, contentEnd, end);
}

} // namespace packetarium
