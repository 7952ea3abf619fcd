// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/ethernet.h"

#include "core/wire/bytes.h"

#include <algorithm>

#include <libdeflate.h> // its CRC-32 uses what the processor has for it; zlib's takes nine times as long

namespace packetarium {

Bytes encodeEthernet(const EthernetHeader& header, ByteView payload)
{
    Bytes frame;
    frame.reserve(kEthernetHeaderSize + std::max(payload.size(), kEthernetMinPayload) + kFcsSize);
    frame.insert(frame.end(), header.destination.octets.begin(), header.destination.octets.end());
    frame.insert(frame.end(), header.source.octets.begin(), header.source.octets.end());
    appendU16(frame, header.etherType);
    frame.insert(frame.end(), payload.begin(), payload.end());
    frame.resize(std::max(frame.size(), kEthernetHeaderSize + kEthernetMinPayload));
    const std::uint32_t fcs = frameCheckSequence(frame);
    for (unsigned shift = 0; shift < 32; shift += 8)
        frame.push_back(static_cast<std::uint8_t>(fcs >> shift & 0xff));
    return frame;
}

EthernetDecoded decodeEthernet(ByteView frame)
{
    EthernetDecoded decoded;
    if (frame.size() < kEthernetHeaderSize + kEthernetMinPayload + kFcsSize) {
        decoded.error = EthernetError::TooShort;
        return decoded;
    }
    decoded.header.destination = readMac(frame, 0);
    decoded.header.source = readMac(frame, 6);
    decoded.header.etherType = readU16(frame, 12);
    const ByteView covered = frame.first(frame.size() - kFcsSize);
    decoded.payload = covered.subspan(kEthernetHeaderSize);
    if (frameCheckSequence(covered) != readFcs(frame.last(kFcsSize)))
        decoded.error = EthernetError::BadFcs;
    return decoded;
}

std::uint32_t frameCheckSequence(ByteView bytes)
{
    return libdeflate_crc32(0, bytes.data(), bytes.size());
}

} // namespace packetarium
