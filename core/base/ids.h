// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Identities that views and files may hold instead of pointers.

#include <compare>
#include <cstdint>

namespace packetarium {

/// A number that names one thing of kind Tag; none() names nothing.
template <class Tag, class Rep>
class Id {
public:
    constexpr Id() = default;
    explicit constexpr Id(Rep v)
        : v_(v)
    {}
    static constexpr Id none() { return Id(); }
    constexpr Rep value() const { return v_; }
    constexpr explicit operator bool() const { return v_ != kNone; }
    constexpr auto operator<=>(const Id&) const = default;

private:
    static constexpr Rep kNone = static_cast<Rep>(-1);
    Rep v_ = kNone;
};

/// A node, by its place in the scenario: first the hosts (0, 1, ...), then the routers, the switches, the hubs.
using NodeId = Id<struct NodeTag, std::uint8_t>;
/// A link between two nodes, by its place in the scenario.
using LinkId = Id<struct LinkTag, std::uint16_t>;
/// A packet, which is one frame on one link, by the order in which frames were put on links, from 0. What a switch or a
/// router passes on is another packet, and so is a copy made by the network.
using PacketId = Id<struct PacketTag, std::uint32_t>;
/// One TCP endpoint (one transmission control block) of a run, in order of creation over all hosts.
using ConnId = Id<struct ConnTag, std::uint32_t>;

} // namespace packetarium
