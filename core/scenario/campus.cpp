// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/campus.h"

#include <fmt/format.h>

namespace packetarium {

namespace {

MacAddress macOf(std::uint32_t kind, std::uint32_t a, std::uint32_t b)
{
    return {{0x02, 0x00, static_cast<std::uint8_t>(kind), 0x00, static_cast<std::uint8_t>(a),
             static_cast<std::uint8_t>(b)}};
}

/// Subnet s is 10.1.s.0/24, its router's address there .1, its hosts' .10 and on.
Ipv4Address onSwitch(std::uint32_t s, std::uint32_t last)
{
    return {10u << 24 | 1u << 16 | s << 8 | last};
}

/// Routers i < j meet in 10.2.(16 i + j).0/30: i is .1, j is .2.
Ipv4Address betweenRouters(std::uint32_t i, std::uint32_t j, std::uint32_t last)
{
    return {10u << 24 | 2u << 16 | (16 * i + j) << 8 | last};
}

LinkSpec cable(SimDuration delay)
{
    LinkSpec spec;
    spec.delay = delay;
    spec.bitsPerSecond = 1'000'000'000;
    return spec;
}

RouterSpec routerOf(std::uint32_t i, const CampusSize& size)
{
    RouterSpec router;
    router.name = fmt::format("r{}", i);
    const auto interface = [&](std::string name, Ipv4Address address, std::uint8_t prefix) {
        RouterInterfaceSpec spec;
        spec.name = std::move(name);
        spec.mac = macOf(2, i, static_cast<std::uint32_t>(router.interfaces.size()));
        spec.address = address;
        spec.prefixLength = prefix;
        router.interfaces.push_back(std::move(spec));
    };
    for (std::uint32_t s = 0; s < size.switches; ++s) {
        if (s % size.routers == i)
            interface(fmt::format("s{}", s), onSwitch(s, 1), 24);
    }
    for (std::uint32_t j = 0; j < size.routers; ++j) {
        if (j == i)
            continue;
        interface(fmt::format("r{}", j), betweenRouters(std::min(i, j), std::max(i, j), i < j ? 1 : 2), 30);
        for (std::uint32_t s = 0; s < size.switches; ++s) {
            if (s % size.routers == j)
                router.routes.push_back(
                    {IpPrefix{onSwitch(s, 0), 24}, betweenRouters(std::min(i, j), std::max(i, j), i < j ? 2 : 1)});
        }
    }
    return router;
}

HostSpec hostOf(std::uint32_t s, std::uint32_t n, const CampusSize& size)
{
    HostSpec host;
    host.name = fmt::format("h{}-{}", s, n);
    host.address = onSwitch(s, 10 + n);
    host.gateway = onSwitch(s, 1);
    host.mac = macOf(1, s, n);
    if (n == 0) {
        host.services.http = HttpServiceSpec{};
        host.services.http->files = {{"/", "text/plain", Bytes(size.pageOctets, 'x')}};
    }
    return host;
}

} // namespace

Scenario campus(const CampusSize& size)
{
    Scenario scenario;
    scenario.name = "campus";
    scenario.group = "network";
    const std::uint32_t perSwitch = size.hosts / size.switches;
    for (std::uint32_t s = 0; s < size.switches; ++s) {
        const std::string name = fmt::format("s{}", s);
        SwitchSpec bridge;
        bridge.name = name;
        scenario.switches.push_back(std::move(bridge));
        scenario.links.push_back(
            {{name, {}}, {fmt::format("r{}", s % size.routers), name}, cable(SimDuration::microseconds(10))});
        for (std::uint32_t n = 0; n < perSwitch; ++n) {
            scenario.hosts.push_back(hostOf(s, n, size));
            scenario.links.push_back(
                {{scenario.hosts.back().name, {}}, {name, {}}, cable(SimDuration::microseconds(5))});
        }
    }
    scenario.hosts.front().activeSide = true;
    for (std::uint32_t i = 0; i < size.routers; ++i) {
        scenario.routers.push_back(routerOf(i, size));
        for (std::uint32_t j = i + 1; j < size.routers; ++j)
            scenario.links.push_back({{fmt::format("r{}", i), fmt::format("r{}", j)},
                                      {fmt::format("r{}", j), fmt::format("r{}", i)},
                                      cable(SimDuration::milliseconds(1))});
    }
    const std::uint32_t browsers = (perSwitch - 1) * size.switches;
    for (std::uint32_t k = 0; k < size.requests; ++k) {
        const std::uint32_t browser = k % browsers, round = k / browsers;
        const std::uint32_t s = browser / (perSwitch - 1), n = 1 + browser % (perSwitch - 1);
        const std::uint32_t server = (browser + round) % size.switches;
        Command open;
        open.when = AtTime{SimTime::fromNs(size.pause.ns() * round + static_cast<std::int64_t>(browser) * 10'000)};
        open.host = fmt::format("h{}-{}", s, n);
        open.action = DoOpen{"http://" + onSwitch(server, 10).toString() + "/"};
        scenario.script.push_back(std::move(open));
    }
    return scenario;
}

} // namespace packetarium
