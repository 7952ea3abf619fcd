// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/capture/conversations.h"

#include <algorithm>
#include <tuple>

namespace packetarium {
namespace {

void mix(std::uint64_t& hash, std::uint64_t value)
{
    hash = (hash ^ value) * 0x9e3779b97f4a7c15ULL;
    hash ^= hash >> 29;
}

void mix(std::uint64_t& hash, const IpAddress& address)
{
    if (address.isV4()) {
        mix(hash, address.v4().value);
        return;
    }
    std::uint64_t half = 0;
    for (std::size_t i = 0; i < 16; ++i) {
        half = half << 8 | address.v6().octets[i];
        if (i % 8 == 7)
            mix(hash, half);
    }
}

/// Whoever sends a SYN alone began; a SYN,ACK says that the other side did. Otherwise the first to speak is taken for it.
bool isFromB(const FrameFacts& f)
{
    return f.protocol == Protocol::Tcp && f.flags.syn() && f.flags.ack();
}

bool hasEnded(const Conversation& c)
{
    return c.end == ConversationEnd::Closed || c.end == ConversationEnd::Reset || c.end == ConversationEnd::Refused;
}

void follow(Conversation& c, const FrameFacts& f)
{
    const bool fromA = f.source == c.a && f.sourcePort == c.aPort;
    if (f.flags.rst()) {
        if (!hasEnded(c))
            c.end = !fromA && c.beginning && !c.answered ? ConversationEnd::Refused : ConversationEnd::Reset;
        return;
    }
    if (!fromA)
        c.answered = true;
    if (f.flags.fin())
        (fromA ? c.aFin : c.bFin) = true;
    if (hasEnded(c))
        return;
    c.end = c.aFin && c.bFin             ? ConversationEnd::Closed
            : c.aFin || c.bFin           ? ConversationEnd::HalfOpen
            : c.beginning && !c.answered ? ConversationEnd::NoAnswer
                                         : ConversationEnd::Open;
}

} // namespace

std::size_t ConversationTable::Hash::operator()(const Key& key) const
{
    std::uint64_t hash = static_cast<std::uint64_t>(key.protocol) + 1;
    mix(hash, key.low);
    mix(hash, key.high);
    mix(hash, std::uint64_t{key.lowPort} << 16 | key.highPort);
    return static_cast<std::size_t>(hash);
}

ConversationTable::Key ConversationTable::keyOf(const FrameFacts& f)
{
    const bool sourceLow = std::tie(f.source, f.sourcePort) <= std::tie(f.destination, f.destinationPort);
    return sourceLow ? Key{f.source, f.destination, f.sourcePort, f.destinationPort, f.protocol}
                     : Key{f.destination, f.source, f.destinationPort, f.sourcePort, f.protocol};
}

std::uint32_t ConversationTable::add(const FrameFacts& f, std::uint32_t wireLength, std::int64_t ns)
{
    const bool tcp = f.protocol == Protocol::Tcp;
    const bool opens = tcp && f.flags.syn() && !f.flags.ack();
    const Key key = keyOf(f);
    auto found = newest_.find(key);
    const bool again = found != newest_.end() && opens && hasEnded(all_[found->second]) &&
                       !(all_[found->second].beginning && all_[found->second].iss == f.seq);
    if (found == newest_.end() || again) {
        if (all_.size() >= kMost)
            return kNone;
        const auto number = static_cast<std::uint32_t>(all_.size());
        Conversation c;
        c.protocol = f.protocol;
        c.a = isFromB(f) ? f.destination : f.source;
        c.b = isFromB(f) ? f.source : f.destination;
        c.aPort = isFromB(f) ? f.destinationPort : f.sourcePort;
        c.bPort = isFromB(f) ? f.sourcePort : f.destinationPort;
        c.firstNs = c.lastNs = ns;
        c.beginning = opens;
        c.iss = f.seq;
        if (tcp)
            c.end = opens ? ConversationEnd::NoAnswer : ConversationEnd::Open;
        all_.push_back(c);
        if (found == newest_.end())
            found = newest_.emplace(key, number).first;
        else
            found->second = number;
    }
    Conversation& c = all_[found->second];
    ++c.packets;
    c.octets += wireLength;
    c.firstNs = std::min(c.firstNs, ns);
    c.lastNs = std::max(c.lastNs, ns);
    if (tcp)
        follow(c, f);
    return found->second;
}

} // namespace packetarium
