// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/udp.h"

#include "core/wire/bytes.h"
#include "core/wire/checksum.h"

#include <limits>
#include <stdexcept>

namespace packetarium {

namespace {

constexpr std::size_t kUdpChecksumAt = 6;

} // namespace

Bytes encodeUdp(const UdpDatagram& datagram, const IpAddress& source, const IpAddress& destination)
{
    const std::size_t length = kUdpHeaderSize + datagram.payload.size();
    if (length > std::numeric_limits<std::uint16_t>::max())
        throw std::length_error("too long for a user datagram");
    Bytes bytes;
    bytes.reserve(length);
    appendU16(bytes, datagram.sourcePort);
    appendU16(bytes, datagram.destinationPort);
    appendU16(bytes, static_cast<std::uint16_t>(length));
    appendU16(bytes, 0); // the checksum counts as zero while it is computed
    bytes.insert(bytes.end(), datagram.payload.begin(), datagram.payload.end());
    const std::uint16_t checksum =
        checksumFinish(checksumAdd(pseudoHeaderSum(source, destination, kProtocolUdp, length), bytes));
    writeU16(bytes, kUdpChecksumAt, checksum == 0 ? 0xffff : checksum); // 0 would say that there is none
    return bytes;
}

UdpDecoded decodeUdp(ByteView bytes, const IpAddress& source, const IpAddress& destination)
{
    UdpDecoded decoded;
    if (bytes.size() < kUdpHeaderSize) {
        decoded.error = UdpError::TooShort;
        return decoded;
    }
    decoded.datagram.sourcePort = readU16(bytes, 0);
    decoded.datagram.destinationPort = readU16(bytes, 2);
    const std::size_t length = readU16(bytes, 4);
    if (length < kUdpHeaderSize || length > bytes.size()) {
        decoded.error = UdpError::BadLength;
        return decoded;
    }
    const ByteView covered = bytes.first(length);
    const ByteView payload = covered.subspan(kUdpHeaderSize);
    decoded.datagram.payload.assign(payload.begin(), payload.end());

    const bool none = readU16(bytes, kUdpChecksumAt) == 0;
    const std::uint32_t pseudo = pseudoHeaderSum(source, destination, kProtocolUdp, length);
    if (none ? source.isV6() : checksumFinish(checksumAdd(pseudo, covered)) != 0)
        decoded.error = UdpError::BadChecksum;
    return decoded;
}

} // namespace packetarium
