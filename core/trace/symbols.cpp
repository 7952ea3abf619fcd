// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/symbols.h"

#include "core/wire/bytes.h"
#include "core/wire/ethernet.h"
#include "core/wire/ip.h"

#include <algorithm>
#include <map>

namespace packetarium {
namespace {

// Numbers up to this far from an ISS are written by it. Before it stand old duplicates; after it, a transfer that long.
constexpr std::int32_t kMostBefore = 65535;
constexpr std::int32_t kMostAfter = 1 << 24;

constexpr std::string_view kMinus = "\u2212";

/// x, x′, x″, x‴, then x⁽⁴⁾: the host's first ISS, and each new one.
std::string letter(bool active, std::size_t epoch)
{
    std::string name = active ? "x" : "y";
    switch (epoch) {
    case 0: return name;
    case 1: return name + "\u2032";
    case 2: return name + "\u2033";
    case 3: return name + "\u2034";
    default: break;
    }
    static constexpr std::string_view digits[] = {"\u2070", "\u00b9", "\u00b2", "\u00b3", "\u2074",
                                                  "\u2075", "\u2076", "\u2077", "\u2078", "\u2079"};
    name += "\u207d";
    for (const char c : std::to_string(epoch))
        name += digits[c - '0'];
    return name + "\u207e";
}

std::string signedNumber(std::int32_t n)
{
    return n < 0 ? std::string(kMinus) + std::to_string(-std::int64_t{n}) : std::to_string(n);
}

} // namespace

namespace {

/// The IP addresses of a frame, sender's first; unspecified if it carries no IP.
std::pair<IpAddress, IpAddress> addressesOf(ByteView frame)
{
    constexpr std::size_t kIp = kEthernetHeaderSize;
    if (frame.size() < kIp + kIpv4HeaderSize)
        return {};
    const std::uint16_t type = readU16(frame, 12);
    if (type == kEtherTypeIpv4)
        return {Ipv4Address{readU32(frame, kIp + 12)}, Ipv4Address{readU32(frame, kIp + 16)}};
    if (type != kEtherTypeIpv6 || frame.size() < kIp + kIpv6HeaderSize)
        return {};
    Ipv6Address source, destination;
    std::copy_n(frame.begin() + kIp + 8, source.octets.size(), source.octets.begin());
    std::copy_n(frame.begin() + kIp + 24, destination.octets.size(), destination.octets.begin());
    return {source, destination};
}

} // namespace

Symbols::Symbols(const Trace& trace)
    : epochs_(trace.nodes().size())
{
    if (trace.nodes().size() > 2)
        findEnds(trace);
    const auto hosts = trace.nodes();
    const auto active = std::find_if(hosts.begin(), hosts.end(), [](const TraceNode& h) { return h.activeSide; });
    active_ = NodeId(static_cast<std::uint8_t>(active == hosts.end() ? 0 : active - hosts.begin()));
    for (const Record& r : trace.records()) {
        if (r.kind != RecordKind::Variable || r.variable() != Variable::Iss || r.host.value() >= epochs_.size())
            continue;
        const Seq32 iss(static_cast<std::uint32_t>(r.value));
        auto& epochs = epochs_[r.host.value()];
        // The same number chosen again is the same symbol.
        if (std::none_of(epochs.begin(), epochs.end(), [iss](const Epoch& e) { return e.iss == iss; }))
            epochs.push_back({r.at, iss});
    }
}

/// In a network a packet's link joins neighbours; whose numbers it carries its addresses say.
void Symbols::findEnds(const Trace& trace)
{
    std::map<IpAddress, NodeId> nodes;
    for (std::size_t i = 0; i < trace.nodes().size(); ++i) {
        for (const IpPrefix& own : trace.nodes()[i].addresses)
            nodes.emplace(own.address, NodeId(static_cast<std::uint8_t>(i)));
    }
    const auto nodeOf = [&](const IpAddress& address) {
        const auto found = nodes.find(address);
        return found == nodes.end() ? NodeId::none() : found->second;
    };
    ends_.reserve(trace.packets().size());
    for (const PacketInfo& packet : trace.packets()) {
        const FrameBytes frame = trace.bytes(packet.id);
        const auto [source, destination] = addressesOf(frame);
        ends_.push_back({nodeOf(source), nodeOf(destination)});
    }
}

Symbols::Ends Symbols::endsOf(const PacketInfo& packet) const
{
    return packet.id.value() < ends_.size() ? ends_[packet.id.value()] : Ends{packet.from, packet.to};
}

std::optional<std::size_t> Symbols::epochOf(NodeId sender, Seq32 number, SimTime at) const
{
    if (sender.value() >= epochs_.size())
        return std::nullopt;
    const auto& epochs = epochs_[sender.value()];
    // A number from before any ISS was chosen can only be an old duplicate of what comes.
    std::size_t begun = 0;
    while (begun < epochs.size() && (begun == 0 || epochs[begun].from <= at))
        ++begun;
    // The newest that it follows; an old connection's number follows the old ISS only. Else the newest that it precedes.
    for (std::size_t i = begun; i-- > 0;)
        if (const std::int32_t d = number - epochs[i].iss; d >= 0 && d <= kMostAfter)
            return i;
    for (std::size_t i = begun; i-- > 0;)
        if (const std::int32_t d = number - epochs[i].iss; d < 0 && d >= -kMostBefore)
            return i;
    return std::nullopt;
}

std::string Symbols::sequence(NodeId sender, Seq32 number, NumberStyle style, SimTime at) const
{
    const auto epoch = style == NumberStyle::Raw ? std::nullopt : epochOf(sender, number, at);
    if (!epoch)
        return std::to_string(number.value());
    const std::int32_t offset = number - epochs_[sender.value()][*epoch].iss;
    if (style == NumberStyle::Relative)
        return signedNumber(offset);
    std::string name = letter(sender == active_, *epoch);
    if (offset > 0)
        name += '+';
    return offset == 0 ? name : name + signedNumber(offset);
}

std::string Symbols::packetSeq(const PacketInfo& packet, NumberStyle style) const
{
    // A reset for no connection has no number of its own and says 0 (RFC 9293 §3.5.2).
    if (packet.flags.rst() && !packet.conn && packet.seq.value() == 0)
        return "0";
    return sequence(endsOf(packet).sender, packet.seq, style, packet.sentAt);
}

std::string Symbols::packetAck(const PacketInfo& packet, NumberStyle style) const
{
    return packet.flags.ack() ? sequence(endsOf(packet).receiver, packet.ack, style, packet.sentAt) : std::string();
}

std::string Symbols::packetSack(const PacketInfo& packet, const SackBlocks& blocks, NumberStyle style) const
{
    if (blocks.empty())
        return {};
    const NodeId numbers = endsOf(packet).receiver;
    return sequence(numbers, blocks[0].left, style, packet.sentAt) + "–" +
           sequence(numbers, blocks[0].right, style, packet.sentAt);
}

} // namespace packetarium
