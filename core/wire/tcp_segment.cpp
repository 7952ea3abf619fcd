// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/tcp_segment.h"

#include "core/wire/bytes.h"
#include "core/wire/checksum.h"
#include "core/wire/tcp_options.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace packetarium {

namespace {

constexpr std::size_t kDataOffsetAt = 12;
constexpr std::size_t kTcpChecksumAt = 16;
constexpr std::size_t kWordSize = 4; // the data offset counts 32-bit words

void readSack(ByteView blocks, SackBlocks& sack)
{
    for (std::size_t at = 0; at + 8 <= blocks.size(); at += 8)
        sack.add(SackBlock{Seq32(readU32(blocks, at)), Seq32(readU32(blocks, at + 4))});
}

/// An option of a possible length; those that this program does not know are skipped.
void readOption(const TcpOption& option, ByteView bytes, TcpSegment& segment)
{
    switch (option.kind) {
    case TcpOption::Mss: segment.mss = readU16(bytes, 2); break;
    case TcpOption::WindowScale: segment.windowScale = bytes[2]; break;
    case TcpOption::SackPermitted: segment.sackPermitted = true; break;
    case TcpOption::Sack: readSack(bytes.subspan(2), segment.sack); break;
    case TcpOption::Timestamps: segment.timestamps = TcpTimestamps{readU32(bytes, 2), readU32(bytes, 6)}; break;
    default: break;
    }
}

/// Returns false at an option whose length cannot be.
bool readOptions(ByteView options, TcpSegment& segment)
{
    for (std::size_t at = 0; at < options.size();) {
        const TcpOption option = tcpOptionAt(options, at);
        if (option.malformed)
            return false;
        if (option.kind == TcpOption::End)
            break;
        if (!option.odd)
            readOption(option, options.subspan(at, option.size), segment);
        at += option.size;
    }
    return true;
}

/// Padded to whole words with NOPs in front, as is usual, so that the 32-bit numbers lie on word boundaries.
class OptionWriter {
public:
    explicit OptionWriter(const TcpSegment& segment)
    {
        if (segment.mss) {
            begin(TcpOption::Mss, 4);
            number16(*segment.mss);
        }
        if (segment.sackPermitted && !segment.timestamps)
            pad(2);
        if (segment.sackPermitted)
            begin(TcpOption::SackPermitted, 2);
        if (segment.timestamps) {
            if (!segment.sackPermitted)
                pad(2);
            begin(TcpOption::Timestamps, 10);
            number32(segment.timestamps->value);
            number32(segment.timestamps->echo);
        }
        if (segment.windowScale) {
            pad(1);
            begin(TcpOption::WindowScale, 3);
            octet(*segment.windowScale);
        }
        writeSack(segment.sack);
    }
    ByteView bytes() const { return ByteView(octets_).first(size_); }

private:
    void writeSack(const SackBlocks& sack)
    {
        const std::size_t room = octets_.size() - size_;
        const std::size_t count = room < 4 ? 0 : std::min(sack.size(), (room - 4) / 8);
        if (count == 0)
            return;
        pad(2);
        begin(TcpOption::Sack, static_cast<std::uint8_t>(2 + 8 * count));
        for (std::size_t i = 0; i < count; ++i) {
            number32(sack[i].left.value());
            number32(sack[i].right.value());
        }
    }
    void octet(std::uint8_t value) { octets_[size_++] = value; }
    void pad(int count)
    {
        while (count-- > 0)
            octet(TcpOption::Nop);
    }
    void begin(std::uint8_t kind, std::uint8_t length)
    {
        octet(kind);
        octet(length);
    }
    void number16(std::uint16_t value)
    {
        octet(static_cast<std::uint8_t>(value >> 8));
        octet(static_cast<std::uint8_t>(value & 0xff));
    }
    void number32(std::uint32_t value)
    {
        number16(static_cast<std::uint16_t>(value >> 16));
        number16(static_cast<std::uint16_t>(value & 0xffff));
    }

    std::array<std::uint8_t, 40> octets_{};
    std::size_t size_ = 0;
};

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

std::size_t writeTcpHeader(std::span<std::uint8_t> to, const TcpSegment& segment, const IpAddress& source,
                           const IpAddress& destination)
{
    const OptionWriter options(segment);
    const std::size_t headerSize = kTcpHeaderSize + options.bytes().size();
    const auto header = to.first(headerSize);
    writeU16(header, 0, segment.sourcePort);
    writeU16(header, 2, segment.destinationPort);
    writeU32(header, 4, segment.seq.value());
    writeU32(header, 8, segment.ack.value());
    header[kDataOffsetAt] = static_cast<std::uint8_t>(headerSize / kWordSize << 4);
    header[13] = segment.flags.bits;
    writeU16(header, 14, segment.window);
    writeU16(header, kTcpChecksumAt, 0); // the checksum counts as zero while it is computed
    writeU16(header, 18, segment.urgentPointer);
    std::copy(options.bytes().begin(), options.bytes().end(), header.begin() + kTcpHeaderSize);
    const std::uint32_t pseudo =
        pseudoHeaderSum(source, destination, kProtocolTcp, headerSize + segment.payload.size());
    // The header is whole words long, so that the payload's first octet is the first of a word.
    writeU16(header, kTcpChecksumAt, checksumFinish(checksumAdd(checksumAdd(pseudo, header), segment.payload.view())));
    return headerSize;
}

Bytes encodeTcp(const TcpSegment& segment, const IpAddress& source, const IpAddress& destination)
{
    Bytes bytes(kMostTcpHeader);
    bytes.resize(writeTcpHeader(bytes, segment, source, destination));
    bytes.insert(bytes.end(), segment.payload.begin(), segment.payload.end());
    return bytes;
}

namespace {

/// The header, and whether it holds what must be there; the payload is the caller's.
TcpDecodeError readHeader(ByteView bytes, TcpSegment& segment, std::size_t& headerSize, bool& optionsGood)
{
    if (bytes.size() < kTcpHeaderSize)
        return TcpDecodeError::TooShort;
    segment.sourcePort = readU16(bytes, 0);
    segment.destinationPort = readU16(bytes, 2);
    segment.seq = Seq32(readU32(bytes, 4));
    segment.ack = Seq32(readU32(bytes, 8));
    segment.flags.bits = bytes[13];
    segment.window = readU16(bytes, 14);
    segment.urgentPointer = readU16(bytes, 18);
    headerSize = (bytes[kDataOffsetAt] >> 4) * kWordSize;
    if (headerSize < kTcpHeaderSize || headerSize > bytes.size())
        return TcpDecodeError::BadDataOffset;
    optionsGood = readOptions(bytes.subspan(kTcpHeaderSize, headerSize - kTcpHeaderSize), segment);
    return TcpDecodeError::None;
}

} // namespace

TcpDecoded decodeTcp(ByteView bytes, const IpAddress& source, const IpAddress& destination)
{
    TcpDecoded decoded;
    std::size_t headerSize = 0;
    bool optionsGood = false;
    decoded.error = readHeader(bytes, decoded.segment, headerSize, optionsGood);
    if (decoded.error != TcpDecodeError::None)
        return decoded;
    decoded.segment.payload.assign(bytes.begin() + static_cast<std::ptrdiff_t>(headerSize), bytes.end());

    // Options of damaged bytes mean nothing, so the checksum has the first word.
    if (checksumFinish(checksumAdd(pseudoHeaderSum(source, destination, kProtocolTcp, bytes.size()), bytes)) != 0)
        decoded.error = TcpDecodeError::BadChecksum;
    else if (!optionsGood)
        decoded.error = TcpDecodeError::BadOption;
    return decoded;
}

TcpDecoded decodeTcp(ByteView header, const Octets& payload, const IpAddress& source, const IpAddress& destination)
{
    TcpDecoded decoded;
    std::size_t headerSize = 0;
    bool optionsGood = false;
    decoded.error = readHeader(header, decoded.segment, headerSize, optionsGood);
    if (decoded.error == TcpDecodeError::None && headerSize != header.size())
        decoded.error = TcpDecodeError::BadDataOffset;
    if (decoded.error != TcpDecodeError::None)
        return decoded;
    decoded.segment.payload = payload.part(0, payload.size());
    const std::uint32_t pseudo = pseudoHeaderSum(source, destination, kProtocolTcp, header.size() + payload.size());
    if (checksumFinish(checksumAdd(checksumAdd(pseudo, header), payload.view())) != 0)
        decoded.error = TcpDecodeError::BadChecksum;
    else if (!optionsGood)
        decoded.error = TcpDecodeError::BadOption;
    return decoded;
}

} // namespace packetarium
