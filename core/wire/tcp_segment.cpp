// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/tcp_segment.h"

#include "core/wire/bytes.h"
#include "core/wire/checksum.h"
#include "core/wire/tcp_options.h"

#include <array>
#include <string_view>
#include <utility>

namespace packetarium {

namespace {

constexpr std::size_t kDataOffsetAt = 12;
constexpr std::size_t kChecksumAt = 16;
constexpr std::size_t kWordSize = 4; // the data offset counts 32-bit words

/// Returns false at an option whose length cannot be.
bool readOptions(ByteView options, TcpSegment& segment)
{
    for (std::size_t at = 0; at < options.size();) {
        const TcpOption option = tcpOptionAt(options, at);
        if (option.malformed)
            return false;
        if (option.kind == TcpOption::End)
            break;
        if (option.kind == TcpOption::Mss)
            segment.mss = readU16(options, at + 2);
        at += option.size;
    }
    return true;
}

} // namespace

std::string TcpFlags::toString() const
{
    using Name = std::pair<std::uint8_t, std::string_view>;
    static constexpr std::array<Name, 8> kNames{{{Syn, "SYN"},
                                                 {Fin, "FIN"},
                                                 {Rst, "RST"},
                                                 {Psh, "PSH"},
                                                 {Ack, "ACK"},
                                                 {Urg, "URG"},
                                                 {Ece, "ECE"},
                                                 {Cwr, "CWR"}}};
    std::string text;
    for (const auto& [flag, name] : kNames) {
        if (!has(flag))
            continue;
        if (!text.empty())
            text += ',';
        text += name;
    }
    return text;
}

Bytes encodeTcp(const TcpSegment& segment, const IpAddress& source, const IpAddress& destination)
{
    const std::size_t headerSize = kTcpHeaderSize + (segment.mss ? 4 : 0);
    Bytes bytes;
    bytes.reserve(headerSize + segment.payload.size());
    appendU16(bytes, segment.sourcePort);
    appendU16(bytes, segment.destinationPort);
    appendU32(bytes, segment.seq.value());
    appendU32(bytes, segment.ack.value());
    bytes.push_back(static_cast<std::uint8_t>(headerSize / kWordSize << 4));
    bytes.push_back(segment.flags.bits);
    appendU16(bytes, segment.window);
    appendU16(bytes, 0); // the checksum counts as zero while it is computed
    appendU16(bytes, segment.urgentPointer);
    if (segment.mss) {
        bytes.push_back(TcpOption::Mss);
        bytes.push_back(4);
        appendU16(bytes, *segment.mss);
    }
    bytes.insert(bytes.end(), segment.payload.begin(), segment.payload.end());
    writeU16(bytes, kChecksumAt,
             checksumFinish(checksumAdd(pseudoHeaderSum(source, destination, kProtocolTcp, bytes.size()), bytes)));
    return bytes;
}

TcpDecoded decodeTcp(ByteView bytes, const IpAddress& source, const IpAddress& destination)
{
    TcpDecoded decoded;
    if (bytes.size() < kTcpHeaderSize) {
        decoded.error = TcpDecodeError::TooShort;
        return decoded;
    }
    TcpSegment& segment = decoded.segment;
    segment.sourcePort = readU16(bytes, 0);
    segment.destinationPort = readU16(bytes, 2);
    segment.seq = Seq32(readU32(bytes, 4));
    segment.ack = Seq32(readU32(bytes, 8));
    segment.flags.bits = bytes[13];
    segment.window = readU16(bytes, 14);
    segment.urgentPointer = readU16(bytes, 18);

    const std::size_t headerSize = (bytes[kDataOffsetAt] >> 4) * kWordSize;
    if (headerSize < kTcpHeaderSize || headerSize > bytes.size()) {
        decoded.error = TcpDecodeError::BadDataOffset;
        return decoded;
    }
    const bool optionsGood = readOptions(bytes.subspan(kTcpHeaderSize, headerSize - kTcpHeaderSize), segment);
    segment.payload.assign(bytes.begin() + static_cast<std::ptrdiff_t>(headerSize), bytes.end());

    // Options of damaged bytes mean nothing, so the checksum has the first word.
    if (checksumFinish(checksumAdd(pseudoHeaderSum(source, destination, kProtocolTcp, bytes.size()), bytes)) != 0)
        decoded.error = TcpDecodeError::BadChecksum;
    else if (!optionsGood)
        decoded.error = TcpDecodeError::BadOption;
    return decoded;
}

} // namespace packetarium
