// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/tcp_words.h"

#include "tests/support/tcp_rig.h"

namespace packetarium::testing {

namespace {

std::uint8_t flagsFrom(const std::string& text)
{
    for (unsigned bits = 0; bits < 256; ++bits) {
        if (TcpFlags{static_cast<std::uint8_t>(bits)}.toString() == text)
            return static_cast<std::uint8_t>(bits);
    }
    throw std::invalid_argument("no flags are written \"" + text + "\"");
}

SackBlocks blocksFrom(const SegmentField& field)
{
    SackBlocks blocks;
    for (const auto& [left, right] : field.blocks)
        blocks.add({Seq32(left), Seq32(right)});
    return blocks;
}

bool carries(const TcpSegment& segment, const std::string& option)
{
    if (option == "MSS")
        return segment.mss.has_value();
    if (option == "window scale")
        return segment.windowScale.has_value();
    if (option == "SACK permitted")
        return segment.sackPermitted;
    if (option == "timestamps")
        return segment.timestamps.has_value();
    throw std::invalid_argument("no option is called \"" + option + "\"");
}

} // namespace

std::string written(const SackBlocks& blocks)
{
    std::string text;
    for (const SackBlock& block : blocks)
        text +=
            (text.empty() ? "" : " ") + std::to_string(block.left.value()) + "-" + std::to_string(block.right.value());
    return text.empty() ? "none" : text;
}

std::string octetsOf(std::size_t size)
{
    std::string octets(size, ' ');
    for (std::size_t i = 0; i < size; ++i)
        octets[i] = static_cast<char>('!' + static_cast<int>((i * 31 + i / 97) % 90));
    return octets;
}

std::string seconds(SimTime t)
{
    std::string fraction = std::to_string(t.ns() % 1'000'000'000);
    fraction.insert(0, 9 - fraction.size(), '0');
    return std::to_string(t.ns() / 1'000'000'000) + "." + fraction + " s";
}

std::string quoted(const std::string& octets)
{
    if (octets.size() > 40)
        return std::to_string(octets.size()) + " octets";
    return "\"" + octets + "\"";
}

std::string describeFields(const std::string& flags, std::initializer_list<SegmentField> fields)
{
    using Kind = SegmentField::Kind;
    std::string text = flags.empty() ? "a segment without flags" : flags;
    for (const SegmentField& field : fields) {
        switch (field.kind) {
        case Kind::Nothing: break;
        case Kind::Seq: text += ", seq " + std::to_string(field.number); break;
        case Kind::Ack: text += ", ack " + std::to_string(field.number); break;
        case Kind::Window: text += ", window " + std::to_string(field.number); break;
        case Kind::Mss: text += ", MSS " + std::to_string(field.number); break;
        case Kind::Data: text += ", data " + quoted(field.text); break;
        case Kind::Again: text += ", as a retransmission"; break;
        case Kind::WindowScale: text += ", window scale " + std::to_string(field.number); break;
        case Kind::SackPermitted: text += ", SACK permitted"; break;
        case Kind::Sack: text += ", SACK " + written(blocksFrom(field)); break;
        case Kind::Timestamps:
            text += ", TSval " + std::to_string(field.number) + " TSecr " + std::to_string(field.second);
            break;
        case Kind::TimestampEcho: text += ", TSecr " + std::to_string(field.number); break;
        case Kind::IpEcn: text += ", ECN bits " + std::to_string(field.number); break;
        case Kind::Without: text += ", without " + field.text; break;
        }
    }
    return text;
}

TcpSegment segmentFrom(const std::string& flags, std::initializer_list<SegmentField> fields)
{
    using Kind = SegmentField::Kind;
    TcpSegment segment;
    segment.sourcePort = TcpRig::kRemotePort;
    segment.destinationPort = TcpRig::kLocalPort;
    segment.flags.bits = flagsFrom(flags);
    segment.window = 65535;
    for (const SegmentField& field : fields) {
        switch (field.kind) {
        case Kind::Seq: segment.seq = Seq32(field.number); break;
        case Kind::Ack: segment.ack = Seq32(field.number); break;
        case Kind::Window: segment.window = static_cast<std::uint16_t>(field.number); break;
        case Kind::Mss: segment.mss = static_cast<std::uint16_t>(field.number); break;
        case Kind::Data: segment.payload.assign(field.text.begin(), field.text.end()); break;
        case Kind::WindowScale: segment.windowScale = static_cast<std::uint8_t>(field.number); break;
        case Kind::SackPermitted: segment.sackPermitted = true; break;
        case Kind::Sack: segment.sack = blocksFrom(field); break;
        case Kind::Timestamps: segment.timestamps = TcpTimestamps{field.number, field.second}; break;
        case Kind::IpEcn: segment.ipEcn = static_cast<std::uint8_t>(field.number); break;
        case Kind::Nothing:
        case Kind::TimestampEcho:
        case Kind::Without:
        case Kind::Again: break;
        }
    }
    return segment;
}

std::string difference(const TcpSegment& sent, bool retransmission, const std::string& flags,
                       std::initializer_list<SegmentField> fields)
{
    using Kind = SegmentField::Kind;
    const TcpSegment expected = segmentFrom(flags, fields);
    bool again = false;
    std::string wrong;
    const auto same = [&](const char* what, std::uint64_t got, std::uint64_t wanted) {
        if (got != wanted)
            wrong += std::string(wrong.empty() ? "" : ", ") + what + " is " + std::to_string(got);
    };
    if (sent.flags.bits != expected.flags.bits)
        wrong = "flags are " + sent.flags.toString();
    same("seq", sent.seq.value(), expected.seq.value());
    if (sent.flags.ack())
        same("ack", sent.ack.value(), expected.ack.value());
    for (const SegmentField& field : fields) {
        again = again || field.kind == Kind::Again;
        if (field.kind == Kind::Window)
            same("window", sent.window, field.number);
        if (field.kind == Kind::Mss && sent.mss != expected.mss)
            wrong += " MSS is " + (sent.mss ? std::to_string(*sent.mss) : "absent");
        if (field.kind == Kind::WindowScale && sent.windowScale != expected.windowScale)
            wrong += " window scale is " + (sent.windowScale ? std::to_string(*sent.windowScale) : "absent");
        if (field.kind == Kind::SackPermitted && !sent.sackPermitted)
            wrong += " SACK is not permitted";
        if (field.kind == Kind::Without && carries(sent, field.text))
            wrong += " there is an option: " + field.text;
        const bool echo = field.kind == Kind::TimestampEcho, both = field.kind == Kind::Timestamps;
        if ((echo || both) && !sent.timestamps) {
            wrong += " there are no timestamps";
        } else if (echo || both) {
            same("TSecr", sent.timestamps->echo, both ? field.second : field.number);
            same("TSval", sent.timestamps->value, both ? field.number : sent.timestamps->value);
        }
    }
    if (!(sent.sack == expected.sack))
        wrong += " SACK is " + written(sent.sack);
    if (sent.ipEcn != expected.ipEcn)
        wrong += " ECN bits are " + std::to_string(sent.ipEcn);
    if ((sent.windowScale || sent.sackPermitted) && !sent.flags.syn())
        wrong += " an option of the handshake outside a SYN (RFC 7323 §2.2, RFC 2018 §2)";
    if (!sent.sack.empty() && !sent.flags.ack())
        wrong += " SACK blocks without an ACK";
    if (sent.payload != expected.payload)
        wrong += " data are " + quoted(std::string(sent.payload.begin(), sent.payload.end()));
    if (retransmission != again)
        wrong += retransmission ? " it is a retransmission" : " it is no retransmission";
    if (sent.sourcePort != TcpRig::kLocalPort || sent.destinationPort != TcpRig::kRemotePort)
        wrong += " ports are wrong";
    if (sent.mss && !sent.flags.syn())
        wrong += " an MSS option outside a SYN (RFC 9293 §3.2)";
    return wrong;
}

} // namespace packetarium::testing
