// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/findings.h"
#include "core/scenario/groups.h"
#include "core/scenario/network_map.h"

#include <algorithm>
#include <map>
#include <set>

namespace packetarium {
namespace {

class NodeChecker {
public:
    NodeChecker(const Scenario& scenario, Findings& findings)
        : scenario_(scenario)
        , findings_(findings)
    {}

    void run()
    {
        counts();
        for (const HostSpec& host : scenario_.hosts)
            name(host.name, "hosts");
        for (const RouterSpec& router : scenario_.routers)
            name(router.name, "routers");
        for (const SwitchSpec& one : scenario_.switches)
            name(one.name, "switches");
        for (const HubSpec& hub : scenario_.hubs)
            name(hub.name, "hubs");
        for (const HostSpec& host : scenario_.hosts)
            scenario_.isNetwork() ? networkHost(host) : linkHost(host);
        for (const RouterSpec& router : scenario_.routers)
            checkRouter(router);
        links();
    }

private:
    void counts()
    {
        const std::size_t hosts = scenario_.hosts.size();
        const std::size_t nodes = hosts + scenario_.routers.size() + scenario_.switches.size() + scenario_.hubs.size();
        const std::size_t least = scenario_.isNetwork() ? 1 : 2, most = scenario_.isNetwork() ? kMaxNetworkHosts : 2;
        if (hosts < least || hosts > most)
            findings_.add(InputErrorId::OutOfRange,
                          {"hosts", std::to_string(hosts), std::to_string(least), std::to_string(most)}, "hosts");
        else if (nodes > kMaxNodes)
            findings_.add(InputErrorId::TooMany, {"hosts, routers, switches, hubs", std::to_string(kMaxNodes)},
                          "hosts");
        else if (scenario_.links.size() > kMaxLinks)
            findings_.add(InputErrorId::TooMany, {"links", std::to_string(kMaxLinks)}, "links");
    }

    void name(const std::string& name, const std::string& kind)
    {
        findings_.add(checkNodeName(kind, name), kind + "." + name);
        if (!names_.insert(name).second)
            findings_.add(InputErrorId::DuplicateName, {name}, kind + "." + name);
    }

    /// Two hosts on one link: each has an address and no prefix.
    void linkHost(const HostSpec& host)
    {
        const std::string path = "hosts." + host.name;
        findings_.add(parseNodeAddress(path + ".address", host.address.toString()), path + ".address");
        findings_.add(parseNodeMac(path + ".mac", host.mac.toString()), path + ".mac");
        if (!macs_.emplace(host.mac, host.name).second)
            findings_.add(InputErrorId::DuplicateName, {host.mac.toString()}, path + ".mac");
        if (!addresses_.emplace(host.address, host.name).second)
            findings_.add(InputErrorId::DuplicateName, {host.address.toString()}, path + ".address");
    }

    void networkHost(const HostSpec& host)
    {
        const std::string path = "hosts." + host.name;
        std::optional<IpPrefix> v4, v6;
        if (host.address != Ipv4Address{})
            v4 = IpPrefix{host.address, host.prefixLength};
        if (host.address6)
            v6 = IpPrefix{*host.address6, host.prefixLength6};
        interface(host.name, path, v4, v6, host.mac, host.mtu);
        if (host.gateway)
            nextHop(path + ".gateway", IpAddress(*host.gateway), {v4}, {host.address});
        if (host.gateway6)
            nextHop(path + ".gateway6", IpAddress(*host.gateway6), {v6},
                    {host.address6.value_or(Ipv6Address{}), Ipv6Address::linkLocal(host.mac)});
        if (host.nameServer)
            findings_.add(parseAnyNodeAddress(path + ".name-server", host.nameServer->toString()),
                          path + ".name-server");
        place(path, host.place);
        checkServices(host, path, findings_);
    }

    void interface(const std::string& owner, const std::string& path, const std::optional<IpPrefix>& v4,
                   const std::optional<IpPrefix>& v6, const MacAddress& mac, std::uint16_t mtu)
    {
        if (v4)
            findings_.add(parseInterfaceAddress(path + ".address", v4->toString()), path + ".address");
        if (v6)
            findings_.add(parseInterfaceAddress6(path + ".address6", v6->toString()), path + ".address6");
        findings_.add(parseNodeMac(path + ".mac", mac.toString()), path + ".mac");
        const std::uint16_t least = v6 ? kMinMtu6 : kMinMtu;
        if (mtu < least || mtu > kMaxMtu)
            findings_.add(InputErrorId::OutOfRange,
                          {path + ".mtu", std::to_string(mtu), std::to_string(least), std::to_string(kMaxMtu)},
                          path + ".mtu");
        if (v4)
            unique(addresses_, v4->address, owner, path + ".address");
        if (v6)
            unique(addresses_, v6->address, owner, path + ".address6");
        unique(macs_, mac, owner, path + ".mac");
    }

    template <class Address>
    void unique(std::map<Address, std::string>& seen, const Address& address, const std::string& owner,
                const std::string& path)
    {
        const auto [other, isNew] = seen.emplace(address, owner);
        if (!isNew)
            findings_.add(InputErrorId::DuplicateAddress, {path, address.toString(), other->second}, path);
    }

    void nextHop(const std::string& path, const IpAddress& hop, const std::vector<std::optional<IpPrefix>>& prefixes,
                 const std::vector<IpAddress>& own)
    {
        findings_.add(parseAnyNodeAddress(path, hop.toString()), path);
        if (std::find(own.begin(), own.end(), hop) != own.end()) {
            findings_.add(InputErrorId::OwnAddress, {path, hop.toString()}, path);
            return;
        }
        std::string known;
        bool reachable = false;
        for (const auto& prefix : prefixes)
            if (prefix && prefix->address.isV6() == hop.isV6()) {
                known += (known.empty() ? "" : ", ") + prefix->network().toString();
                reachable = reachable || prefix->contains(hop) || (hop.isV6() && hop.v6().isLinkLocal());
            }
        if (!reachable)
            findings_.add(InputErrorId::NotOnPrefix, {path, hop.toString(), known}, path);
    }

    void checkRouter(const RouterSpec& router)
    {
        const std::string path = "routers." + router.name;
        std::vector<std::optional<IpPrefix>> prefixes;
        std::vector<IpAddress> own;
        std::set<std::string> names;
        std::map<IpPrefix, std::string> networks;
        if (router.interfaces.size() > kMaxInterfaces)
            findings_.add(InputErrorId::TooMany, {path + ".interfaces", std::to_string(kMaxInterfaces)},
                          path + ".interfaces");
        if (router.routes.size() > kMaxRoutes)
            findings_.add(InputErrorId::TooMany, {path + ".routes", std::to_string(kMaxRoutes)}, path + ".routes");
        for (const RouterInterfaceSpec& spec : router.interfaces) {
            const std::string at = path + ".interfaces." + spec.name;
            findings_.add(checkNodeName(path + ".interfaces", spec.name), at);
            if (!names.insert(spec.name).second)
                findings_.add(InputErrorId::DuplicateName, {spec.name}, at);
            std::optional<IpPrefix> v4, v6;
            if (spec.address)
                v4 = IpPrefix{*spec.address, spec.prefixLength};
            if (spec.address6)
                v6 = IpPrefix{*spec.address6, spec.prefixLength6};
            interface(router.name, at, v4, v6, spec.mac, spec.mtu);
            for (const auto& prefix : {v4, v6}) {
                if (!prefix)
                    continue;
                own.push_back(prefix->address);
                const auto [other, isNew] = networks.emplace(prefix->network(), spec.name);
                const std::string key = at + (prefix->address.isV6() ? ".address6" : ".address");
                if (!isNew)
                    findings_.add(InputErrorId::SamePrefixTwice, {key, prefix->network().toString(), other->second},
                                  key);
            }
            prefixes.push_back(v4);
            prefixes.push_back(v6);
        }
        for (std::size_t i = 0; i < router.routes.size(); ++i) {
            const std::string at = path + ".routes[" + std::to_string(i + 1) + "]";
            findings_.add(parseRouteTarget(at + ".to", router.routes[i].to.toString()), at + ".to");
            if (router.routes[i].to.address.isV6() != router.routes[i].via.isV6())
                findings_.add(router.routes[i].to.address.isV6() ? InputErrorId::NotAnIpv6Address
                                                                 : InputErrorId::NotAnAddress,
                              {at + ".via", router.routes[i].via.toString()}, at + ".via");
            nextHop(at + ".via", router.routes[i].via, prefixes, own);
        }
        place(path, router.place);
    }

    void place(const std::string& path, const std::optional<NodePlace>& place)
    {
        if (place && (place->x > 1000 || place->y > 1000))
            findings_.add(InputErrorId::OutOfRange,
                          {path + ".place", std::to_string(std::max(place->x, place->y)), "0", "1000"},
                          path + ".place");
    }

    void links()
    {
        if (findings_.any())
            return;
        NetworkMap map(scenario_);
        for (std::size_t i = 0; i < scenario_.links.size() && !findings_.any(); ++i) {
            const NetworkLink& link = scenario_.links[i];
            const std::string path = "links[" + std::to_string(i + 1) + "].between";
            for (const auto& [end, at] : {std::pair(&link.a, "[1]"), std::pair(&link.b, "[2]")})
                findings_.add(parseLinkEnd(toString(*end), scenario_), path + at);
            const auto a = map.find(link.a), b = map.find(link.b);
            if (!a || !b)
                continue;
            const auto wrong = map.join(path, *a, *b);
            const bool isAtEnd = wrong && wrong->id == InputErrorId::TwoCables;
            findings_.add(wrong, path + (!isAtEnd ? "" : wrong->args[1] == toString(link.a) ? "[1]" : "[2]"));
        }
        if (const auto pair = map.disagreement(); pair && !findings_.any()) {
            const NetworkPort &one = map.ports()[pair->first], &other = map.ports()[pair->second];
            const bool v4 = one.v4 && other.v4 && one.v4->network() != other.v4->network();
            const std::string path = one.path + (v4 ? ".address" : ".address6");
            findings_.add(differentNetworks(path, one, other), path);
        }
    }

    const Scenario& scenario_;
    Findings& findings_;
    std::set<std::string> names_;
    std::map<IpAddress, std::string> addresses_;
    std::map<MacAddress, std::string> macs_;
};

} // namespace

LinkSpec defaultNetworkLink()
{
    LinkSpec link;
    link.delay = SimDuration::milliseconds(1);
    return link;
}

MacAddress defaultRouterMac(std::size_t router, std::size_t interface)
{
    return MacAddress{{0x02, 0, 0, 0, static_cast<std::uint8_t>(router + 1), static_cast<std::uint8_t>(interface + 1)}};
}

std::optional<InputError> checkScenario(const Scenario& scenario)
{
    Findings findings;
    NodeChecker(scenario, findings).run();
    checkCommands(scenario, findings);
    return findings.first();
}

std::optional<InputError> checkNewLink(const Scenario& scenario, const LinkEnd& a, const LinkEnd& b)
{
    NetworkMap map(scenario);
    for (const NetworkLink& link : scenario.links) {
        const auto one = map.find(link.a), other = map.find(link.b);
        if (one && other)
            (void)map.join("", *one, *other); // what is there already was looked at before
    }
    const auto one = map.find(a), other = map.find(b);
    if (!one || !other) {
        const auto end = parseLinkEnd(toString(one ? b : a), scenario);
        return end ? std::nullopt : std::optional(end.error());
    }
    if (const auto wrong = map.join("between", *one, *other))
        return wrong;
    const auto pair = map.disagreement();
    return pair ? differentNetworks("between", map.ports()[pair->first], map.ports()[pair->second]) : std::nullopt;
}

} // namespace packetarium
