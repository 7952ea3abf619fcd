// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/icmp.h"

#include "core/wire/bytes.h"
#include "core/wire/checksum.h"

namespace packetarium {

namespace {

constexpr std::size_t kIcmpChecksumAt = 2;
constexpr std::uint32_t kRouterBit = 1u << 31, kSolicitedBit = 1u << 30, kOverrideBit = 1u << 29; // RFC 4861 §4.4
constexpr std::size_t kTargetSize = 16;
constexpr std::size_t kOptionUnit = 8; // octets; the length of an option counts in them

Bytes encode(const IcmpMessage& message, std::uint32_t pseudoHeader)
{
    Bytes bytes;
    bytes.reserve(kIcmpHeaderSize + message.payload.size());
    bytes.push_back(message.type);
    bytes.push_back(message.code);
    appendU16(bytes, 0); // the checksum counts as zero while it is computed
    appendU32(bytes, message.rest);
    bytes.insert(bytes.end(), message.payload.begin(), message.payload.end());
    writeU16(bytes, kIcmpChecksumAt, checksumFinish(checksumAdd(pseudoHeader, bytes)));
    return bytes;
}

IcmpDecoded decode(ByteView bytes, std::uint32_t pseudoHeader)
{
    IcmpDecoded decoded;
    if (bytes.size() < kIcmpHeaderSize) {
        decoded.error = IcmpError::TooShort;
        return decoded;
    }
    decoded.message.type = bytes[0];
    decoded.message.code = bytes[1];
    decoded.message.rest = readU32(bytes, 4);
    const ByteView payload = bytes.subspan(kIcmpHeaderSize);
    decoded.message.payload.assign(payload.begin(), payload.end());
    if (checksumFinish(checksumAdd(pseudoHeader, bytes)) != 0)
        decoded.error = IcmpError::BadChecksum;
    return decoded;
}

/// Reads the options of a neighbour message; false if one of them cannot be.
bool readOptions(ByteView options, NeighborMessage& message)
{
    const std::uint8_t wanted =
        message.solicitation ? NeighborMessage::SourceLinkAddress : NeighborMessage::TargetLinkAddress;
    while (!options.empty()) {
        const std::size_t size = options.size() >= 2 ? options[1] * kOptionUnit : 0;
        if (size == 0 || size > options.size())
            return false;
        if (options[0] == wanted && size == kOptionUnit)
            message.linkAddress = readMac(options, 2);
        options = options.subspan(size);
    }
    return true;
}

} // namespace

Bytes encodeIcmp(const IcmpMessage& message)
{
    return encode(message, 0);
}

IcmpDecoded decodeIcmp(ByteView bytes)
{
    return decode(bytes, 0);
}

Bytes encodeIcmpv6(const IcmpMessage& message, const Ipv6Address& source, const Ipv6Address& destination)
{
    const std::size_t size = kIcmpHeaderSize + message.payload.size();
    return encode(message, pseudoHeaderSum(source, destination, kProtocolIcmpv6, size));
}

IcmpDecoded decodeIcmpv6(ByteView bytes, const Ipv6Address& source, const Ipv6Address& destination)
{
    return decode(bytes, pseudoHeaderSum(source, destination, kProtocolIcmpv6, bytes.size()));
}

IcmpMessage toIcmp(const NeighborMessage& message)
{
    IcmpMessage icmp;
    icmp.payload.assign(message.target.octets.begin(), message.target.octets.end());
    if (message.solicitation) {
        icmp.type = IcmpMessage::V6NeighborSolicitation;
    } else {
        icmp.type = IcmpMessage::V6NeighborAdvertisement;
        icmp.rest = (message.router ? kRouterBit : 0) | (message.solicited ? kSolicitedBit : 0) |
                    (message.override_ ? kOverrideBit : 0);
    }
    if (message.linkAddress) {
        const std::uint8_t option =
            message.solicitation ? NeighborMessage::SourceLinkAddress : NeighborMessage::TargetLinkAddress;
        icmp.payload.insert(icmp.payload.end(), {option, 1});
        icmp.payload.insert(icmp.payload.end(), message.linkAddress->octets.begin(), message.linkAddress->octets.end());
    }
    return icmp;
}

std::optional<NeighborMessage> toNeighborMessage(const IcmpMessage& icmp)
{
    NeighborMessage message;
    message.solicitation = icmp.type == IcmpMessage::V6NeighborSolicitation;
    if (!message.solicitation && icmp.type != IcmpMessage::V6NeighborAdvertisement)
        return std::nullopt;
    if (icmp.code != 0 || icmp.payload.size() < kTargetSize)
        return std::nullopt;
    message.target = readIpv6(icmp.payload, 0);
    if (!message.solicitation) {
        message.router = (icmp.rest & kRouterBit) != 0;
        message.solicited = (icmp.rest & kSolicitedBit) != 0;
        message.override_ = (icmp.rest & kOverrideBit) != 0;
    }
    if (message.target.isMulticast() || !readOptions(ByteView(icmp.payload).subspan(kTargetSize), message))
        return std::nullopt; // RFC 4861 §7.1.1, §7.1.2
    return message;
}

} // namespace packetarium
