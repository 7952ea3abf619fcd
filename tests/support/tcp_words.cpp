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

} // namespace

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
        case Kind::Nothing:
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
    }
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
