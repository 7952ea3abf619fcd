// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/checksum.h"
#include "core/wire/field_builder.h"
#include "core/wire/tcp_options.h"

#include <fmt/format.h>

namespace packetarium {

namespace {

Field flagBits(const FieldBuilder& header)
{
    const auto bits = static_cast<std::uint8_t>(header.bits(104, 8));
    Field flags = header.field(FieldId::TcpFlagBits, 104, 8, TcpFlags{bits});
    flags.children = {
        header.number(FieldId::TcpCwr, 104, 1), header.number(FieldId::TcpEce, 105, 1),
        header.number(FieldId::TcpUrg, 106, 1), header.number(FieldId::TcpAck, 107, 1),
        header.number(FieldId::TcpPsh, 108, 1), header.number(FieldId::TcpRst, 109, 1),
        header.number(FieldId::TcpSyn, 110, 1), header.number(FieldId::TcpFin, 111, 1),
    };
    return flags;
}

/// "left-right, left-right": what the blocks say has arrived (RFC 2018 §3).
std::string sackBlocks(ByteView option)
{
    std::string text;
    for (std::size_t at = 2; at + 8 <= option.size(); at += 8)
        text += fmt::format("{}{}-{}", text.empty() ? "" : ", ", readU32(option, at), readU32(option, at + 4));
    return text;
}

Field optionField(const TcpOption& option, ByteView options, std::size_t at, std::size_t frameOffset)
{
    const auto make = [&](FieldId id, FieldValue value = {}) {
        return octets(id, Layer::Transport, frameOffset + at, frameOffset + at + option.size, std::move(value));
    };
    if (option.malformed || option.odd)
        return make(FieldId::Undecoded);
    switch (option.kind) {
    case TcpOption::Nop: return make(FieldId::TcpOptionNop);
    case TcpOption::Mss: return make(FieldId::TcpOptionMss, std::uint64_t{readU16(options, at + 2)});
    case TcpOption::WindowScale: return make(FieldId::TcpOptionWindowScale, std::uint64_t{options[at + 2]});
    case TcpOption::SackPermitted: return make(FieldId::TcpOptionSackPermitted);
    case TcpOption::Sack: return make(FieldId::TcpOptionSack, sackBlocks(options.subspan(at, option.size)));
    case TcpOption::Timestamps:
        return make(FieldId::TcpOptionTimestamps,
                    fmt::format("TSval {}, TSecr {}", readU32(options, at + 2), readU32(options, at + 6)));
    default: return make(FieldId::TcpOptionUnknown, std::uint64_t{option.kind});
    }
}

Field optionFields(ByteView frame, std::size_t begin, std::size_t end)
{
    Field node = octets(FieldId::TcpOptions, Layer::Transport, begin, end);
    const ByteView options = frame.subspan(begin, end - begin);
    for (std::size_t at = 0; at < options.size();) {
        const TcpOption option = tcpOptionAt(options, at);
        if (option.kind == TcpOption::End) {
            node.children.push_back(octets(FieldId::TcpOptionEnd, Layer::Transport, begin + at, end));
            break;
        }
        node.children.push_back(optionField(option, options, at, begin));
        at += option.size;
    }
    return node;
}

/// The header of RFC 9293 §3.1, `size` octets with its options.
Field tcpHeader(ByteView frame, std::size_t start, std::size_t size, FieldValue checksum)
{
    const FieldBuilder header(frame, start, Layer::Transport);
    Field node = header.field(FieldId::Tcp, 0, static_cast<std::uint32_t>(size * 8));
    node.children = {
        header.number(FieldId::TcpSourcePort, 0, 16),
        header.number(FieldId::TcpDestinationPort, 16, 16),
        header.seq(FieldId::TcpSequence, 32),
        header.seq(FieldId::TcpAcknowledgment, 64),
        header.number(FieldId::TcpDataOffset, 96, 4),
        header.number(FieldId::TcpReserved, 100, 4),
        flagBits(header),
        header.number(FieldId::TcpWindow, 112, 16),
        header.field(FieldId::TcpChecksum, 128, 16, std::move(checksum)),
        header.number(FieldId::TcpUrgentPointer, 144, 16),
    };
    if (size > kTcpHeaderSize)
        node.children.push_back(optionFields(frame, start + kTcpHeaderSize, start + size));
    return node;
}

/// The first eight octets of a header: as much as an ICMP error must quote (RFC 792).
Field tcpBeginning(ByteView frame, std::size_t start)
{
    const FieldBuilder header(frame, start, Layer::Transport);
    Field node = header.field(FieldId::Tcp, 0, 64);
    node.children = {
        header.number(FieldId::TcpSourcePort, 0, 16),
        header.number(FieldId::TcpDestinationPort, 16, 16),
        header.seq(FieldId::TcpSequence, 32),
    };
    return node;
}

} // namespace

void dissectTcp(ByteView frame, std::size_t start, std::size_t end, const Surroundings& around,
                std::vector<Field>& nodes)
{
    const std::size_t available = end - start;
    if (available < kTcpHeaderSize) {
        const bool begun = around.quoted && available >= 8;
        if (begun)
            nodes.push_back(tcpBeginning(frame, start));
        appendOctets(nodes, FieldId::Undecoded, Layer::Transport, start + (begun ? 8 : 0), end);
        return;
    }
    const std::uint32_t pseudo = pseudoHeaderSum(around.source, around.destination, kProtocolTcp, available);
    FieldValue checksum = checksumValue(frame, start, end, pseudo, readU16(frame, start + 16), around);

    const std::size_t headerSize = (frame[start + 12] >> 4) * std::size_t{4};
    const bool sizeIsPossible = headerSize >= kTcpHeaderSize && headerSize <= available;
    const std::size_t contentAt = start + (sizeIsPossible ? headerSize : kTcpHeaderSize);
    nodes.push_back(tcpHeader(frame, start, contentAt - start, std::move(checksum)));
    if (!sizeIsPossible)
        appendOctets(nodes, FieldId::Undecoded, Layer::Transport, contentAt, end);
    else if (around.quoted)
        appendOctets(nodes, FieldId::Payload, Layer::Application, contentAt, end);
    else if (contentAt != end)
        dissectStream(frame, contentAt, end, nodes);
}

} // namespace packetarium
