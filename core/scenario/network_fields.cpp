// SPDX-License-Identifier: GPL-3.0-or-later
// What a person types into one field of a network.
#include "core/scenario/input_reader.h"
#include "core/scenario/network_check.h"
#include "core/wire/dns.h"
#include "core/wire/http.h"

#include <algorithm>

namespace packetarium {
namespace {

constexpr std::size_t kMaxNameLength = 32;

InputError wrong(InputErrorId id, std::vector<std::string> args)
{
    return {id, std::move(args), {}};
}

/// An address that one node on a network can have: not 0.0.0.0/8, not 127.0.0.0/8, not multicast, not broadcast (RFC 1122
/// §3.2.1.3).
bool isNodeAddress(Ipv4Address address)
{
    const std::uint32_t first = address.value >> 24;
    return first != 0 && first != 127 && first < 224;
}

/// Neither ::, ::1 nor multicast (RFC 4291 §2.5.2, §2.5.3, §2.7).
bool isNodeAddress(const Ipv6Address& address)
{
    Ipv6Address loopback;
    loopback.octets.back() = 1;
    return address != Ipv6Address{} && address != loopback && !address.isMulticast();
}

/// A name whose last part is a number is a mistyped address (RFC 1123 §2.1).
bool endsInNumber(std::string_view name)
{
    const std::string_view last = name.substr(name.find_last_of('.') + 1);
    return !last.empty() && std::all_of(last.begin(), last.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view reasonOf(DnsNameError error)
{
    switch (error) {
    case DnsNameError::None: return "";
    case DnsNameError::Empty: return "empty";
    case DnsNameError::LabelEmpty: return "label";
    case DnsNameError::LabelTooLong: return "long-label";
    case DnsNameError::TooLong: return "long";
    case DnsNameError::BadCharacter: return "character";
    case DnsNameError::HyphenAtEnd: return "hyphen";
    }
    return "";
}

std::string_view reasonOf(UrlError error)
{
    switch (error) {
    case UrlError::None: return "";
    case UrlError::NoScheme:
    case UrlError::UnknownScheme: return "scheme";
    case UrlError::NoHost:
    case UrlError::BadHost: return "host";
    case UrlError::BadPort: return "port";
    case UrlError::BadCharacter: return "character";
    }
    return "";
}

std::string namesWithAddresses(const Scenario& scenario)
{
    std::vector<std::string_view> names;
    for (const HostSpec& host : scenario.hosts)
        names.push_back(host.name);
    for (const RouterSpec& router : scenario.routers)
        names.push_back(router.name);
    return joined(names);
}

bool isDestination(std::string_view text, const Scenario& scenario)
{
    const auto isNamed = [&](const auto& node) { return node.name == text; };
    if (std::any_of(scenario.hosts.begin(), scenario.hosts.end(), isNamed) ||
        std::any_of(scenario.routers.begin(), scenario.routers.end(), isNamed))
        return true;
    if (const auto address = IpAddress::parse(text))
        return address->isV6() ? isNodeAddress(address->v6()) : isNodeAddress(address->v4());
    return text.find('.') != std::string_view::npos && !endsInNumber(text) && !checkDomainName("", text);
}

} // namespace

std::optional<InputError> checkNodeName(std::string_view key, std::string_view text)
{
    const auto isLetterOrDigit = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    const bool good =
        !text.empty() && text.size() <= kMaxNameLength && isLetterOrDigit(text.front()) &&
        std::all_of(text.begin(), text.end(), [&](char c) { return isLetterOrDigit(c) || c == '-' || c == '_'; });
    if (good)
        return std::nullopt;
    return wrong(InputErrorId::WrongType, {std::string(key), "name", std::string(text)});
}

Result<IpPrefix, InputError> parseInterfaceAddress(std::string_view keyText, std::string_view text)
{
    const std::string key(keyText), found(text);
    const auto prefix = IpPrefix::parse(text);
    if (!prefix || prefix->address.isV6())
        return wrong(InputErrorId::NotAPrefix, {key, found, "192.168.1.25/24"});
    if (prefix->length < 1 || prefix->length > 31)
        return wrong(InputErrorId::OutOfRange, {key, "/" + std::to_string(prefix->length), "/1", "/31"});
    const Ipv4Address address = prefix->address.v4();
    if (!isNodeAddress(address))
        return wrong(InputErrorId::NotAnAddress, {key, address.toString()});
    const std::uint32_t hostBits = (std::uint32_t{1} << (32 - prefix->length)) - 1;
    if (prefix->length == 31) // two addresses, both for nodes (RFC 3021)
        return *prefix;
    if ((address.value & hostBits) == 0)
        return wrong(InputErrorId::NetworkAddress, {key, address.toString(), prefix->network().toString()});
    if ((address.value & hostBits) == hostBits)
        return wrong(InputErrorId::BroadcastAddress, {key, address.toString(), prefix->network().toString()});
    return *prefix;
}

Result<IpPrefix, InputError> parseInterfaceAddress6(std::string_view keyText, std::string_view text)
{
    const std::string key(keyText), found(text);
    const auto prefix = IpPrefix::parse(text);
    if (!prefix || !prefix->address.isV6())
        return wrong(InputErrorId::NotAPrefix, {key, found, "2001:db8:1::25/64"});
    if (prefix->length < 1 || prefix->length > 127)
        return wrong(InputErrorId::OutOfRange, {key, "/" + std::to_string(prefix->length), "/1", "/127"});
    if (!isNodeAddress(prefix->address.v6()))
        return wrong(InputErrorId::NotAnIpv6Address, {key, prefix->address.toString()});
    if (prefix->length < 127 && prefix->network().address == prefix->address) // /127: both are for nodes (RFC 6164)
        return wrong(InputErrorId::NetworkAddress, {key, prefix->address.toString(), prefix->network().toString()});
    return *prefix;
}

Result<Ipv4Address, InputError> parseNodeAddress(std::string_view key, std::string_view text)
{
    const auto address = Ipv4Address::parse(text);
    if (address && isNodeAddress(*address))
        return *address;
    return wrong(InputErrorId::NotAnAddress, {std::string(key), std::string(text)});
}

Result<Ipv6Address, InputError> parseNodeAddress6(std::string_view key, std::string_view text)
{
    const auto address = Ipv6Address::parse(text);
    if (address && isNodeAddress(*address))
        return *address;
    return wrong(InputErrorId::NotAnIpv6Address, {std::string(key), std::string(text)});
}

Result<IpAddress, InputError> parseAnyNodeAddress(std::string_view key, std::string_view text)
{
    const auto address = IpAddress::parse(text);
    if (address && (address->isV6() ? isNodeAddress(address->v6()) : isNodeAddress(address->v4())))
        return *address;
    return wrong(InputErrorId::NotAnAnyAddress, {std::string(key), std::string(text)});
}

Result<MacAddress, InputError> parseNodeMac(std::string_view key, std::string_view text)
{
    const auto mac = MacAddress::parse(text);
    if (mac && !mac->isGroup() && *mac != MacAddress{})
        return *mac;
    return wrong(InputErrorId::NotAMac, {std::string(key), std::string(text)});
}

Result<IpPrefix, InputError> parseRouteTarget(std::string_view key, std::string_view text)
{
    const auto prefix = IpPrefix::parse(text);
    if (!prefix)
        return wrong(InputErrorId::NotAPrefix, {std::string(key), std::string(text), "10.1.0.0/16"});
    if (prefix->network() != *prefix)
        return wrong(InputErrorId::HostBits, {std::string(key), std::string(text), prefix->network().toString()});
    return *prefix;
}

std::optional<InputError> checkDomainName(std::string_view key, std::string_view text)
{
    std::string_view name = text;
    if (name.size() > 1 && name.ends_with('.'))
        name.remove_suffix(1);
    const DnsNameError error = checkName(name);
    if (error == DnsNameError::None)
        return std::nullopt;
    return wrong(InputErrorId::NotADomainName, {std::string(key), std::string(text), std::string(reasonOf(error))});
}

std::optional<InputError> checkDestination(std::string_view key, std::string_view text, const Scenario& scenario)
{
    if (isDestination(text, scenario))
        return std::nullopt;
    return wrong(InputErrorId::NotADestination, {std::string(key), std::string(text), namesWithAddresses(scenario)});
}

std::optional<InputError> checkUrl(std::string_view key, std::string_view text, const Scenario& scenario)
{
    const UrlParsed parsed = parseUrl(text);
    if (parsed.error != UrlError::None)
        return wrong(InputErrorId::NotAUrl, {std::string(key), std::string(text), std::string(reasonOf(parsed.error))});
    return checkDestination(key, parsed.url.host, scenario);
}

Result<LinkEnd, InputError> parseLinkEnd(std::string_view text, const Scenario& scenario)
{
    const std::size_t dot = std::min(text.find('.'), text.size());
    const LinkEnd end{std::string(text.substr(0, dot)), std::string(text.substr(std::min(dot + 1, text.size())))};
    const bool namesInterface = dot < text.size();
    for (const RouterSpec& router : scenario.routers) {
        if (router.name != end.node)
            continue;
        std::vector<std::string_view> names;
        for (const RouterInterfaceSpec& interface : router.interfaces)
            names.push_back(interface.name);
        if (!namesInterface)
            return wrong(InputErrorId::InterfaceNeeded, {router.name, joined(names)});
        if (std::find(names.begin(), names.end(), end.interface) == names.end())
            return wrong(InputErrorId::UnknownInterface, {std::string(text), router.name, joined(names)});
        return end;
    }
    std::vector<std::string_view> names;
    for (const HostSpec& host : scenario.hosts)
        names.push_back(host.name);
    for (const SwitchSpec& one : scenario.switches)
        names.push_back(one.name);
    for (const HubSpec& hub : scenario.hubs)
        names.push_back(hub.name);
    const bool known = std::find(names.begin(), names.end(), end.node) != names.end();
    if (known && namesInterface)
        return wrong(InputErrorId::NoInterfaces, {std::string(text), end.node});
    if (known)
        return end;
    for (const RouterSpec& router : scenario.routers)
        names.push_back(router.name);
    return wrong(InputErrorId::UnknownNode, {end.node, joined(names)});
}

std::string toString(const LinkEnd& end)
{
    return end.interface.empty() ? end.node : end.node + "." + end.interface;
}

} // namespace packetarium
