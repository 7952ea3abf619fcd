// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/address.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace packetarium {

namespace {

/// The whole of `text` as a number in `base`, without sign or space.
template <class Number>
std::optional<Number> wholeNumber(std::string_view text, int base)
{
    Number value = 0;
    const char* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value, base);
    if (error != std::errc{} || stopped != end)
        return std::nullopt;
    return value;
}

/// A decimal number of one octet. A leading zero means octal to some programs and decimal to others; so it is no number
/// here.
std::optional<std::uint8_t> decimalOctet(std::string_view text)
{
    if (text.size() > 1 && text[0] == '0')
        return std::nullopt;
    return wholeNumber<std::uint8_t>(text, 10);
}

/// Takes what stands before the first `separator` off the front of `rest`; takes all of it if there is none.
std::string_view takeUntil(std::string_view& rest, char separator)
{
    const std::size_t at = rest.find(separator);
    const std::string_view part = rest.substr(0, at);
    rest = at == std::string_view::npos ? std::string_view{} : rest.substr(at + 1);
    return part;
}

using Groups = std::array<std::uint16_t, 8>;

Groups groupsOf(const Ipv6Address& address)
{
    Groups groups{};
    for (std::size_t i = 0; i < groups.size(); ++i)
        groups[i] = static_cast<std::uint16_t>(address.octets[2 * i] << 8 | address.octets[2 * i + 1]);
    return groups;
}

/// Some of the eight groups, as they are read from one side of "::".
struct GroupList {
    Groups groups{};
    std::size_t count = 0;
    bool add(std::uint16_t group)
    {
        if (count == groups.size())
            return false;
        groups[count++] = group;
        return true;
    }
};

/// Groups of one to four digits between single colons; an IPv4 address may stand for the last two where `mayEndInV4`.
std::optional<GroupList> readGroups(std::string_view text, bool mayEndInV4)
{
    GroupList list;
    for (bool more = !text.empty(); more;) {
        more = text.find(':') != std::string_view::npos;
        const std::string_view part = takeUntil(text, ':');
        if (part.find('.') != std::string_view::npos) {
            const auto v4 = !more && mayEndInV4 ? Ipv4Address::parse(part) : std::nullopt;
            if (!v4 || !list.add(static_cast<std::uint16_t>(v4->value >> 16)) ||
                !list.add(static_cast<std::uint16_t>(v4->value & 0xffff)))
                return std::nullopt;
            continue;
        }
        const auto group = part.size() <= 4 ? wholeNumber<std::uint16_t>(part, 16) : std::nullopt;
        if (!group || !list.add(*group))
            return std::nullopt;
    }
    return list;
}

/// The leftmost longest run of two or more zero groups (RFC 5952 §4.2); count 0 if there is none.
struct ZeroRun {
    std::size_t first = 0, count = 0;
};
ZeroRun longestZeroRun(const Groups& groups)
{
    ZeroRun best;
    for (std::size_t first = 0; first < groups.size(); ++first) {
        std::size_t end = first;
        while (end < groups.size() && groups[end] == 0)
            ++end;
        if (end - first >= 2 && end - first > best.count)
            best = {first, end - first};
    }
    return best;
}

} // namespace

std::string MacAddress::toString() const
{
    return fmt::format("{:02x}:{:02x}:{:02x}:{:02x}:{:02x}:{:02x}", octets[0], octets[1], octets[2], octets[3],
                       octets[4], octets[5]);
}

std::optional<MacAddress> MacAddress::parse(std::string_view text)
{
    constexpr std::size_t kTextSize = 17;
    if (text.size() != kTextSize)
        return std::nullopt;
    MacAddress mac;
    for (std::uint8_t& o : mac.octets) {
        const std::string_view part = takeUntil(text, ':');
        const auto value = part.size() == 2 ? wholeNumber<std::uint8_t>(part, 16) : std::nullopt;
        if (!value)
            return std::nullopt;
        o = *value;
    }
    return mac;
}

std::string Ipv4Address::toString() const
{
    return fmt::format("{}.{}.{}.{}", value >> 24, value >> 16 & 0xff, value >> 8 & 0xff, value & 0xff);
}

std::optional<Ipv4Address> Ipv4Address::parse(std::string_view text)
{
    Ipv4Address address;
    for (int left = 4; left > 0; --left) {
        const bool last = left == 1;
        if (last != (text.find('.') == std::string_view::npos))
            return std::nullopt;
        const auto value = decimalOctet(takeUntil(text, '.'));
        if (!value)
            return std::nullopt;
        address.value = address.value << 8 | *value;
    }
    return address;
}

bool Ipv6Address::isLoopback() const
{
    return octets.back() == 1 && std::all_of(octets.begin(), octets.end() - 1, [](auto o) { return o == 0; });
}

bool Ipv6Address::isV4Mapped() const
{
    constexpr std::size_t kZeros = 10;
    return std::all_of(octets.begin(), octets.begin() + kZeros, [](auto o) { return o == 0; }) &&
           octets[kZeros] == 0xff && octets[kZeros + 1] == 0xff;
}

std::string Ipv6Address::toString() const
{
    const Groups groups = groupsOf(*this);
    if (isV4Mapped()) // written with dots by RFC 5952 §5
        return "::ffff:" + Ipv4Address{std::uint32_t{groups[6]} << 16 | groups[7]}.toString();

    const ZeroRun run = longestZeroRun(groups);
    std::string text;
    for (std::size_t i = 0; i < groups.size();) {
        if (run.count > 0 && i == run.first) {
            text += "::";
            i += run.count;
            continue;
        }
        if (!text.empty() && text.back() != ':')
            text += ':';
        text += fmt::format("{:x}", groups[i++]);
    }
    return text;
}

std::optional<Ipv6Address> Ipv6Address::parse(std::string_view text)
{
    const std::size_t gap = text.find("::");
    const bool hasGap = gap != std::string_view::npos;
    const auto head = readGroups(text.substr(0, gap), !hasGap);
    const auto tail = hasGap ? readGroups(text.substr(gap + 2), true) : GroupList{};
    if (!head || !tail)
        return std::nullopt;
    constexpr std::size_t kGroups = 8;
    const std::size_t given = head->count + tail->count;
    if (hasGap ? given >= kGroups : given != kGroups) // "::" stands for at least one group
        return std::nullopt;

    Groups groups{};
    std::copy_n(head->groups.begin(), head->count, groups.begin());
    std::copy_n(tail->groups.begin(), tail->count, groups.end() - static_cast<std::ptrdiff_t>(tail->count));
    Ipv6Address address;
    for (std::size_t i = 0; i < kGroups; ++i) {
        address.octets[2 * i] = static_cast<std::uint8_t>(groups[i] >> 8);
        address.octets[2 * i + 1] = static_cast<std::uint8_t>(groups[i] & 0xff);
    }
    return address;
}

Ipv6Address Ipv6Address::linkLocal(const MacAddress& mac)
{
    const auto& m = mac.octets;
    const auto first = static_cast<std::uint8_t>(m[0] ^ 0x02); // the universal/local bit is the other way round
    return {{0xfe, 0x80, 0, 0, 0, 0, 0, 0, first, m[1], m[2], 0xff, 0xfe, m[3], m[4], m[5]}};
}

Ipv6Address Ipv6Address::solicitedNode() const
{
    return {{0xff, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xff, octets[13], octets[14], octets[15]}};
}

std::optional<IpAddress> IpAddress::parse(std::string_view text)
{
    if (text.find(':') != std::string_view::npos) {
        const auto v6 = Ipv6Address::parse(text);
        return v6 ? std::optional<IpAddress>(*v6) : std::nullopt;
    }
    const auto v4 = Ipv4Address::parse(text);
    return v4 ? std::optional<IpAddress>(*v4) : std::nullopt;
}

IpPrefix IpPrefix::network() const
{
    if (address.isV4()) {
        const std::uint32_t mask = length == 0 ? 0 : length >= 32 ? ~0u : ~(~0u >> length);
        return {Ipv4Address{address.v4().value & mask}, length};
    }
    Ipv6Address masked = address.v6();
    for (std::size_t i = 0; i < masked.octets.size(); ++i) {
        const std::size_t kept = std::clamp<std::size_t>(length, i * 8, i * 8 + 8) - i * 8; // bits of this octet
        masked.octets[i] = static_cast<std::uint8_t>(masked.octets[i] & (0xff00 >> kept));
    }
    return {masked, length};
}

bool IpPrefix::contains(const IpAddress& other) const
{
    return address.isV6() == other.isV6() && IpPrefix{other, length}.network() == network();
}

std::string IpPrefix::toString() const
{
    return fmt::format("{}/{}", address.toString(), length);
}

std::optional<IpPrefix> IpPrefix::parse(std::string_view text)
{
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos)
        return std::nullopt;
    const auto address = IpAddress::parse(text.substr(0, slash));
    const auto length = decimalOctet(text.substr(slash + 1));
    if (!address || !length || *length > (address->isV6() ? 128 : 32))
        return std::nullopt;
    return IpPrefix{*address, *length};
}

MacAddress multicastMac(const IpAddress& group)
{
    if (group.isV6()) {
        const auto& o = group.v6().octets;
        return {{0x33, 0x33, o[12], o[13], o[14], o[15]}};
    }
    if (!group.isMulticast())
        return MacAddress::broadcast();
    const std::uint32_t v = group.v4().value;
    return {{0x01, 0x00, 0x5e, static_cast<std::uint8_t>(v >> 16 & 0x7f), static_cast<std::uint8_t>(v >> 8 & 0xff),
             static_cast<std::uint8_t>(v & 0xff)}};
}

} // namespace packetarium
