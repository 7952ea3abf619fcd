// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/ip.h"

#include "core/wire/bytes.h"
#include "core/wire/checksum.h"
#include "core/wire/ecn.h"
#include "core/wire/ip6_extension.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace packetarium {

namespace {

constexpr std::uint16_t kDontFragmentBit = 0x4000;
constexpr std::uint16_t kMoreFragmentsBit = 0x2000;
constexpr std::uint16_t kFragmentOffsetMask = 0x1fff;
constexpr std::size_t kTtlAt = 8;
constexpr std::size_t kIpChecksumAt = 10;
constexpr std::size_t kLongest = std::numeric_limits<std::uint16_t>::max();

Ipv4Header readIpv4(ByteView bytes)
{
    Ipv4Header ip;
    ip.dscpEcn = bytes[1];
    ip.totalLength = readU16(bytes, 2);
    ip.identification = readU16(bytes, 4);
    const std::uint16_t fragment = readU16(bytes, 6);
    ip.dontFragment = (fragment & kDontFragmentBit) != 0;
    ip.moreFragments = (fragment & kMoreFragmentsBit) != 0;
    ip.fragmentOffset = fragment & kFragmentOffsetMask;
    ip.ttl = bytes[kTtlAt];
    ip.protocol = bytes[9];
    ip.source.value = readU32(bytes, 12);
    ip.destination.value = readU32(bytes, 16);
    return ip;
}

/// Behind the fixed header: past extension headers, to what they carry. False at one that cannot be.
bool skipExtensions(Ipv6Decoded& decoded)
{
    while (const auto extension = ip6ExtensionAt(decoded.payload, decoded.header.nextHeader)) {
        if (extension->malformed)
            return false;
        decoded.fragment = decoded.fragment || decoded.header.nextHeader == Ip6ExtensionHeader::Fragment;
        decoded.header.nextHeader = extension->next;
        decoded.headerSize += extension->size;
        decoded.payload = decoded.payload.subspan(extension->size);
        if (extension->piece)
            break;
    }
    return true;
}

} // namespace

std::array<std::uint8_t, kIpv4HeaderSize> ipv4HeaderOctets(const Ipv4Header& header, std::size_t payloadSize)
{
    const std::size_t totalLength = kIpv4HeaderSize + payloadSize;
    if (totalLength > kLongest)
        throw std::length_error("too long for an IPv4 datagram");
    std::array<std::uint8_t, kIpv4HeaderSize> bytes{};
    bytes[0] = 0x45; // version 4, five 32-bit words of header
    bytes[1] = header.dscpEcn;
    writeU16(bytes, 2, static_cast<std::uint16_t>(totalLength));
    writeU16(bytes, 4, header.identification);
    writeU16(bytes, 6,
             static_cast<std::uint16_t>((header.dontFragment ? kDontFragmentBit : 0) |
                                        (header.moreFragments ? kMoreFragmentsBit : 0) |
                                        (header.fragmentOffset & kFragmentOffsetMask)));
    bytes[kTtlAt] = header.ttl;
    bytes[9] = header.protocol;
    writeU32(bytes, 12, header.source.value);
    writeU32(bytes, 16, header.destination.value);
    // The checksum counts as zero while it is computed.
    writeU16(bytes, kIpChecksumAt, checksumFinish(checksumAdd(0, bytes)));
    return bytes;
}

Bytes encodeIpv4(const Ipv4Header& header, ByteView payload)
{
    const auto head = ipv4HeaderOctets(header, payload.size());
    Bytes bytes;
    bytes.reserve(head.size() + payload.size());
    bytes.insert(bytes.end(), head.begin(), head.end());
    bytes.insert(bytes.end(), payload.begin(), payload.end());
    return bytes;
}

Ipv4Decoded decodeIpv4(ByteView bytes, std::size_t behind)
{
    Ipv4Decoded decoded;
    if (bytes.size() < kIpv4HeaderSize) {
        decoded.error = IpError::TooShort;
        return decoded;
    }
    decoded.header = readIpv4(bytes);
    const std::size_t headerSize = (bytes[0] & 0x0fu) * 4;
    const std::size_t totalLength = decoded.header.totalLength;
    if (bytes[0] >> 4 != 4) {
        decoded.error = IpError::BadVersion;
    } else if (headerSize < kIpv4HeaderSize || headerSize > totalLength || headerSize > bytes.size() ||
               totalLength > bytes.size() + behind) {
        decoded.error = IpError::BadHeader;
    } else {
        decoded.headerSize = headerSize;
        decoded.payload = bytes.subspan(headerSize, std::min(totalLength, bytes.size()) - headerSize);
        if (checksumFinish(checksumAdd(0, bytes.first(headerSize))) != 0)
            decoded.error = IpError::BadChecksum;
    }
    return decoded;
}

namespace {

/// Of an IPv4 header whose 16 bits at `at` were `before` and have changed: RFC 1624 §3, equation 3: HC' = ~(~HC + ~m + m').
void redoChecksum(std::span<std::uint8_t> datagram, std::size_t at, std::uint16_t before)
{
    const std::uint16_t after = readU16(datagram, at);
    const std::uint16_t checksum = readU16(datagram, kIpChecksumAt);
    const std::uint32_t sum = (~std::uint32_t{checksum} & 0xffff) + (~std::uint32_t{before} & 0xffff) + after;
    const std::uint16_t updated = checksumFinish(sum);
    datagram[kIpChecksumAt] = static_cast<std::uint8_t>(updated >> 8);
    datagram[kIpChecksumAt + 1] = static_cast<std::uint8_t>(updated & 0xff);
}

} // namespace

void decrementTtl(std::span<std::uint8_t> datagram)
{
    const std::uint16_t before = readU16(datagram, kTtlAt);
    --datagram[kTtlAt];
    redoChecksum(datagram, kTtlAt, before);
}

std::uint8_t ecnOf(ByteView datagram)
{
    if (datagram.size() < kIpv4HeaderSize)
        return Ecn::NotEct;
    switch (datagram[0] >> 4) {
    case 4: return datagram[1] & Ecn::Bits;
    case 6: return datagram[1] >> 4 & Ecn::Bits;
    default: return Ecn::NotEct;
    }
}

bool markCongestion(std::span<std::uint8_t> datagram)
{
    const std::uint8_t ecn = ecnOf(datagram);
    if (ecn == Ecn::NotEct || ecn == Ecn::CongestionExperienced)
        return false;
    const std::uint16_t before = readU16(datagram, 0);
    if (datagram[0] >> 4 == 6) {
        datagram[1] |= Ecn::CongestionExperienced << 4;
        return true;
    }
    datagram[1] |= Ecn::CongestionExperienced;
    redoChecksum(datagram, 0, before);
    return true;
}

std::optional<Ip6ExtensionHeader> ip6ExtensionAt(ByteView bytes, std::uint8_t kind)
{
    using Header = Ip6ExtensionHeader;
    const bool hasLength = kind == Header::HopByHop || kind == Header::Routing || kind == Header::DestinationOptions ||
                           kind == Header::Authentication;
    if (!hasLength && kind != Header::Fragment)
        return std::nullopt;
    constexpr std::size_t kShortest = 8;
    if (bytes.size() < kShortest)
        return Header{Header::NoNext, bytes.size(), true, false};

    Header header{bytes[0], kShortest, false, false};
    if (kind == Header::Authentication)
        header.size = std::max((bytes[1] + std::size_t{2}) * 4, kShortest); // RFC 4302 §2.2
    else if (hasLength)
        header.size = (bytes[1] + std::size_t{1}) * 8;
    else
        header.piece = (readU16(bytes, 2) & 0xfff9) != 0; // an offset or more to come; neither: RFC 6946
    if (header.size > bytes.size())
        return Header{Header::NoNext, bytes.size(), true, false};
    return header;
}

std::array<std::uint8_t, kIpv6HeaderSize> ipv6HeaderOctets(const Ipv6Header& header, std::size_t payloadSize)
{
    if (payloadSize > kLongest)
        throw std::length_error("too long for an IPv6 packet");
    std::array<std::uint8_t, kIpv6HeaderSize> bytes{};
    writeU32(bytes, 0, 6u << 28 | std::uint32_t{header.trafficClass} << 20 | (header.flowLabel & 0xfffff));
    writeU16(bytes, 4, static_cast<std::uint16_t>(payloadSize));
    bytes[6] = header.nextHeader;
    bytes[7] = header.hopLimit;
    std::copy(header.source.octets.begin(), header.source.octets.end(), bytes.begin() + 8);
    std::copy(header.destination.octets.begin(), header.destination.octets.end(), bytes.begin() + 24);
    return bytes;
}

Bytes encodeIpv6(const Ipv6Header& header, ByteView payload)
{
    const auto head = ipv6HeaderOctets(header, payload.size());
    Bytes bytes;
    bytes.reserve(head.size() + payload.size());
    bytes.insert(bytes.end(), head.begin(), head.end());
    bytes.insert(bytes.end(), payload.begin(), payload.end());
    return bytes;
}

Ipv6Decoded decodeIpv6(ByteView bytes, std::size_t behind)
{
    Ipv6Decoded decoded;
    if (bytes.size() < kIpv6HeaderSize) {
        decoded.error = IpError::TooShort;
        return decoded;
    }
    const std::uint32_t first = readU32(bytes, 0);
    decoded.header.trafficClass = static_cast<std::uint8_t>(first >> 20 & 0xff);
    decoded.header.flowLabel = first & 0xfffff;
    decoded.header.nextHeader = bytes[6];
    decoded.header.hopLimit = bytes[7];
    decoded.header.source = readIpv6(bytes, 8);
    decoded.header.destination = readIpv6(bytes, 24);
    const std::size_t payloadLength = readU16(bytes, 4);
    if (first >> 28 != 6) {
        decoded.error = IpError::BadVersion;
    } else if (payloadLength > bytes.size() + behind - kIpv6HeaderSize) {
        decoded.error = IpError::BadHeader;
    } else {
        decoded.payload = bytes.subspan(kIpv6HeaderSize, std::min(payloadLength, bytes.size() - kIpv6HeaderSize));
        if (!skipExtensions(decoded))
            decoded.error = IpError::BadHeader;
    }
    return decoded;
}

} // namespace packetarium
