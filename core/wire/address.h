// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Addresses as they stand on the wire, and as people write them.

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace packetarium {

struct MacAddress {
    std::array<std::uint8_t, 6> octets{};
    auto operator<=>(const MacAddress&) const = default;
    std::string toString() const; ///< 02:00:00:00:00:01
    static std::optional<MacAddress> parse(std::string_view text);
    static constexpr MacAddress broadcast() { return {{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}}; }
    /// Broadcast or multicast: the first octet's lowest bit (IEEE 802-2014 §8.2.2).
    constexpr bool isGroup() const { return (octets[0] & 1) != 0; }
};

struct Ipv4Address {
    std::uint32_t value = 0; ///< host order: 192.168.1.25 is 0xC0A80119
    auto operator<=>(const Ipv4Address&) const = default;
    std::string toString() const;
    /// Four decimal numbers 0-255 without leading zeros; anything else is no address.
    static std::optional<Ipv4Address> parse(std::string_view text);
};

struct Ipv6Address {
    std::array<std::uint8_t, 16> octets{};
    auto operator<=>(const Ipv6Address&) const = default;
    std::string toString() const; ///< as RFC 5952 wants it: 2001:db8::1
    /// Any form of RFC 4291 §2.2, without a zone; anything else is no address.
    static std::optional<Ipv6Address> parse(std::string_view text);
    bool isMulticast() const { return octets[0] == 0xff; }
    bool isLoopback() const; ///< ::1
    bool isV4Mapped() const; ///< ::ffff:a.b.c.d (RFC 4291 §2.5.5.2)
    bool isLinkLocal() const { return octets[0] == 0xfe && (octets[1] & 0xc0) == 0x80; }
    /// fe80:: and the modified EUI-64 of a MAC address (RFC 4291 §2.5.6 and appendix A).
    static Ipv6Address linkLocal(const MacAddress& mac);
    /// ff02::1:ffXX:XXXX, to which neighbour solicitations for this address go (RFC 4291 §2.7.1).
    Ipv6Address solicitedNode() const;
};

/// An address of either version. Orders every IPv4 address before every IPv6 address.
class IpAddress {
public:
    constexpr IpAddress() = default;    ///< 0.0.0.0
    constexpr IpAddress(Ipv4Address v4) // NOLINT: an IPv4 address is an address
        : v4_(v4)
    {}
    constexpr IpAddress(const Ipv6Address& v6) // NOLINT
        : isV6_(true)
        , v6_(v6)
    {}
    // In place: an address that is put together elsewhere and copied at once is waited for.
    constexpr IpAddress& operator=(Ipv4Address v4)
    {
        isV6_ = false;
        v4_ = v4;
        v6_ = {};
        return *this;
    }
    constexpr bool isV6() const { return isV6_; }
    constexpr bool isV4() const { return !isV6_; }
    constexpr Ipv4Address v4() const { return v4_; }        ///< 0.0.0.0 if it is IPv6
    constexpr const Ipv6Address& v6() const { return v6_; } ///< :: if it is IPv4
    bool isUnspecified() const { return isV6_ ? v6_ == Ipv6Address{} : v4_.value == 0; }
    bool isMulticast() const { return isV6_ ? v6_.isMulticast() : v4_.value >> 28 == 0xe; }
    std::string toString() const { return isV6_ ? v6_.toString() : v4_.toString(); }
    static std::optional<IpAddress> parse(std::string_view text);
    // Each packet's addresses are looked up several times: only what counts is compared.
    bool operator==(const IpAddress& other) const
    {
        return isV6_ == other.isV6_ && (isV6_ ? v6_ == other.v6_ : v4_ == other.v4_);
    }
    std::strong_ordering operator<=>(const IpAddress& other) const
    {
        if (isV6_ != other.isV6_)
            return isV6_ <=> other.isV6_;
        return isV6_ ? v6_ <=> other.v6_ : v4_ <=> other.v4_;
    }

private:
    bool isV6_ = false;
    Ipv4Address v4_;
    Ipv6Address v6_;
};

/// An address with a number of leading bits: "192.168.1.0/24", "2001:db8::/32", "0.0.0.0/0".
struct IpPrefix {
    IpAddress address;
    std::uint8_t length = 0;                     ///< 0..32 or 0..128
    bool contains(const IpAddress& other) const; ///< never across versions
    IpPrefix network() const;                    ///< the same with the host bits zero
    std::string toString() const;
    /// Host bits may be set ("192.168.1.25/24" is an interface's address with its prefix).
    static std::optional<IpPrefix> parse(std::string_view text);
    auto operator<=>(const IpPrefix&) const = default;
};

/// The group address to which a multicast or broadcast IP address is sent on Ethernet (RFC 1112 §6.4, RFC 2464 §7).
MacAddress multicastMac(const IpAddress& group);

} // namespace packetarium
