// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/arp.h"

#include "core/wire/bytes.h"
#include "core/wire/ethernet.h"

namespace packetarium {

namespace {

constexpr std::uint16_t kHardwareEthernet = 1;
constexpr std::uint16_t kAddressLengths = 0x0604; // six octets of hardware address, four of protocol address

void appendMac(Bytes& bytes, const MacAddress& mac)
{
    bytes.insert(bytes.end(), mac.octets.begin(), mac.octets.end());
}

} // namespace

Bytes encodeArp(const ArpPacket& packet)
{
    Bytes bytes;
    bytes.reserve(kArpSize);
    appendU16(bytes, kHardwareEthernet);
    appendU16(bytes, kEtherTypeIpv4);
    appendU16(bytes, kAddressLengths);
    appendU16(bytes, packet.operation);
    appendMac(bytes, packet.senderMac);
    appendU32(bytes, packet.senderIp.value);
    appendMac(bytes, packet.targetMac);
    appendU32(bytes, packet.targetIp.value);
    return bytes;
}

std::optional<ArpPacket> decodeArp(ByteView bytes)
{
    if (bytes.size() < kArpSize || readU16(bytes, 0) != kHardwareEthernet || readU16(bytes, 2) != kEtherTypeIpv4 ||
        readU16(bytes, 4) != kAddressLengths)
        return std::nullopt;
    ArpPacket packet;
    packet.operation = readU16(bytes, 6);
    packet.senderMac = readMac(bytes, 8);
    packet.senderIp.value = readU32(bytes, 14);
    packet.targetMac = readMac(bytes, 18);
    packet.targetIp.value = readU32(bytes, 24);
    return packet;
}

} // namespace packetarium
