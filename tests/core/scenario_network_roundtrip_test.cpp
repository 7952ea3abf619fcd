// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever network there can be, writing it and reading it back gives the same one.
#include "core/base/rng.h"
#include "core/scenario/groups.h"
#include "core/scenario/network_check.h"
#include "core/scenario/scenario_file.h"
#include "tests/support/catch.h"

#include <array>

namespace packetarium::scenario_network_roundtrip_test {

namespace {

/// A tree of switches and hubs per network, its hosts in it, routers that join networks.
class RandomNetwork {
public:
    explicit RandomNetwork(std::uint64_t seed)
        : rng_(seed)
    {}

    Scenario make()
    {
        s_.name = "random";
        s_.group = "network";
        const std::uint64_t networks = 1 + rng_.below(4);
        for (std::uint64_t n = 0; n < networks; ++n)
            network(static_cast<std::uint32_t>(n));
        for (std::uint64_t n = 0; n + 1 < networks; ++n)
            router(static_cast<std::uint32_t>(n));
        if (s_.links.empty())
            s_.unlinked = chance() || (s_.switches.empty() && s_.hubs.empty() && s_.routers.empty());
        for (std::uint64_t n = rng_.below(12); n > 0; --n)
            s_.script.push_back(command());
        for (HostSpec& host : s_.hosts)
            host.activeSide = &host == &s_.hosts.front();
        return s_;
    }

private:
    bool chance() { return rng_.below(2) == 0; }
    std::uint32_t number(std::uint64_t least, std::uint64_t most)
    {
        return static_cast<std::uint32_t>(least + rng_.below(most - least + 1));
    }
    std::uint16_t port() { return static_cast<std::uint16_t>(number(1, 65535)); }
    std::string text()
    {
        static constexpr std::array pieces{"a", "你好", "\"", ": ", "\n", "#", "http://x/", "0", "- "};
        std::string result;
        for (std::uint64_t n = 1 + rng_.below(4); n > 0; --n)
            result += pieces[rng_.below(pieces.size())];
        return result;
    }
    Bytes data()
    {
        Bytes bytes(number(1, 60));
        for (std::uint8_t& octet : bytes)
            octet = static_cast<std::uint8_t>(rng_.below(256));
        return bytes;
    }
    std::string domain() { return chance() ? "www.example.com" : "a-b_" + std::to_string(rng_.below(100)) + ".org"; }
    std::optional<NodePlace> place()
    {
        return chance() ? std::nullopt
                        : std::optional(NodePlace{static_cast<std::uint16_t>(number(0, 1000)),
                                                  static_cast<std::uint16_t>(number(0, 1000))});
    }
    LocalizedText label()
    {
        const LocalizedText both{"node", "节点"};
        return chance() ? LocalizedText() : chance() ? both : LocalizedText{"same", "same"};
    }
    Ipv4Address address(std::uint32_t network, std::uint32_t host)
    {
        return Ipv4Address{0x0A000000 + network * 256 + host};
    }
    Ipv6Address address6(std::uint32_t network, std::uint32_t host)
    {
        Ipv6Address result = *Ipv6Address::parse("2001:db8::");
        result.octets[5] = static_cast<std::uint8_t>(network);
        result.octets[15] = static_cast<std::uint8_t>(host);
        return result;
    }
    MacAddress mac()
    {
        return MacAddress{{0x06, 1, 2, 3, static_cast<std::uint8_t>(++macs_ >> 8), static_cast<std::uint8_t>(macs_)}};
    }

    void network(std::uint32_t n)
    {
        const std::size_t firstBridge = bridges_.size();
        for (std::uint64_t i = rng_.below(4); i > 0; --i) {
            const std::string name = "n" + std::to_string(n) + "-b" + std::to_string(i);
            if (chance())
                s_.switches.push_back({name, label(), SimDuration::milliseconds(number(1, 999'999)), place()});
            else
                s_.hubs.push_back({name, label(), place()});
            if (bridges_.size() > firstBridge && chance()) // a tree
                join({name, {}}, {bridges_[firstBridge + rng_.below(bridges_.size() - firstBridge)], {}});
            bridges_.push_back(name);
        }
        for (std::uint32_t i = 1; i <= 1 + rng_.below(3); ++i)
            host(n, i, firstBridge);
    }

    void host(std::uint32_t n, std::uint32_t i, std::size_t firstBridge)
    {
        HostSpec h;
        h.name = "h" + std::to_string(n) + "_" + std::to_string(i);
        h.mac = chance() ? defaultMac(s_.hosts.size()) : mac();
        h.label = label();
        h.mtu = static_cast<std::uint16_t>(chance() ? 1500 : number(1280, 1500));
        if (rng_.below(5) != 0) {
            h.address = address(n, i);
            if (chance())
                h.gateway = address(n, 254);
        }
        if (chance()) {
            h.address6 = address6(n, i);
            if (chance())
                h.gateway6 = chance() ? *Ipv6Address::parse("fe80::1") : address6(n, 254);
        }
        if (chance())
            h.nameServer = chance() ? IpAddress(address(9, 9)) : IpAddress(address6(9, 9));
        h.place = place();
        services(h.services);
        s_.hosts.push_back(h);
        if (bridges_.size() > firstBridge && chance())
            join({h.name, {}}, {bridges_[firstBridge + rng_.below(bridges_.size() - firstBridge)], {}});
    }

    void services(ServicesSpec& out)
    {
        if (chance())
            out.http = HttpServiceSpec{
                80,
                chance(),
                {{"/", "text/html", data(), chance(), chance()}, {"/a.b/c?d", "image/png", {}, false, false}}};
        if (chance()) {
            out.dns.emplace().zones = {"", "example.com"};
            out.dns->recursive = chance();
            if (chance())
                out.dns->roots = {IpAddress(address(8, 8)), IpAddress(address6(8, 8))};
            out.dns->records = {{"", "NS", "a.root", number(0, 0x7FFFFFFF)},
                                {domain(), "A", address(7, 7).toString(), 3600},
                                {domain(), "AAAA", address6(7, 7).toString(), 0},
                                {domain(), "CNAME", domain(), 1}};
        }
        if (chance())
            out.transfer = TransferServiceSpec{2121, number(1, 1 << 24)};
        if (chance())
            out.udpEcho = {7, 9};
        if (chance())
            out.udpOpen = {5000};
    }

    /// Between network n and the next one.
    void router(std::uint32_t n)
    {
        RouterSpec r;
        r.name = "r" + std::to_string(n);
        r.label = label();
        r.place = place();
        for (std::uint32_t side = 0; side < 2; ++side) {
            RouterInterfaceSpec interface;
            interface.name = side == 0 ? "left" : "2";
            interface.mac = chance() ? defaultRouterMac(s_.routers.size(), side) : mac();
            interface.mtu = static_cast<std::uint16_t>(chance() ? 1500 : number(1280, 1500));
            if (chance())
                interface.address = address(n + side, side == 0 ? 254 : 253);
            if (chance())
                interface.address6 = address6(n + side, side == 0 ? 254 : 253);
            r.interfaces.push_back(interface);
        }
        if (r.interfaces[0].address)
            r.routes.push_back({*IpPrefix::parse("0.0.0.0/0"), IpAddress(address(n, 7))});
        if (r.interfaces[1].address6)
            r.routes.push_back({*IpPrefix::parse("2001:db8:aaaa::/48"), IpAddress(address6(n + 1, 7))});
        s_.routers.push_back(r);
        for (const std::string& bridge : bridges_)
            if (bridge.starts_with("n" + std::to_string(n) + "-") && rng_.below(3) == 0) {
                join({r.name, "left"}, {bridge, {}});
                break;
            }
    }

    void join(LinkEnd a, LinkEnd b)
    {
        NetworkLink link{std::move(a), std::move(b), defaultNetworkLink()};
        if (chance())
            std::swap(link.a, link.b);
        if (chance())
            link.spec.delay = SimDuration::microseconds(number(0, 600'000'000));
        if (chance())
            link.spec.bitsPerSecond = 1'000 * std::uint64_t{number(1, 400'000'000)};
        if (chance())
            link.spec.lossPpm = number(0, 1'000'000);
        s_.links.push_back(link);
    }

    std::string destination()
    {
        if (!s_.routers.empty() && chance())
            return s_.routers[rng_.below(s_.routers.size())].name;
        return chance() ? domain() : chance() ? address(3, 3).toString() : address6(3, 3).toString();
    }

    Command command()
    {
        Command c;
        c.when = AtTime{SimTime::fromNs(static_cast<std::int64_t>(rng_.below(1'000'000'000)))};
        c.host = s_.hosts[rng_.below(s_.hosts.size())].name;
        const std::string page = "http://" + domain() + (chance() ? ":81/" : "/a?b");
        switch (rng_.below(12)) {
        case 0:
            c.action = DoPing{destination(),
                              number(1, 10'000),
                              SimDuration::milliseconds(number(1, 600'000)),
                              static_cast<std::uint16_t>(number(0, 65'507)),
                              static_cast<std::uint8_t>(number(1, 255)),
                              chance()};
            break;
        case 1: c.action = DoTraceroute{destination(), static_cast<std::uint8_t>(number(1, 255))}; break;
        case 2: c.action = DoResolve{domain(), chance()}; break;
        case 3: c.action = DoOpen{page, chance()}; break;
        case 4:
            c.action = DoSendDatagram{destination(), port(), chance() ? std::uint16_t{0} : port(), data(), chance()};
            break;
        case 5: c.action = DoSendText{text(), chance() ? "GBK" : "UTF-8", chance(), chance(), chance()}; break;
        case 6: c.action = DoReadText{chance() ? "GBK" : "UTF-8", chance(), chance()}; break;
        case 7: c.action = DoTransfer{destination(), port(), number(1, 1 << 24), chance()}; break;
        case 8: c.action = chance() ? Action(DoPowerOff{}) : Action(DoPowerOn{}); break;
        case 9: c.action = DoListen{port()}; break;
        default:
            c.host.clear();
            if (s_.links.empty()) {
                c.action = DoDrop{{s_.hosts[0].name, 1}};
            } else {
                const NetworkLink& link = s_.links[rng_.below(s_.links.size())];
                c.action = chance() ? Action(DoUnplug{link.a, link.b}) : Action(DoPlug{link.b, link.a});
            }
        }
        return c;
    }

    Rng rng_;
    Scenario s_;
    std::vector<std::string> bridges_;
    int macs_ = 0;
};

} // namespace

TEST_CASE("a network that is written reads back the same, whatever is in it", "[scenario]")
{
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        const Scenario scenario = RandomNetwork(seed).make();
        const std::string text = writeScenario(scenario);
        INFO("seed " << seed << "\n" << text);
        if (const auto wrong = checkScenario(scenario))
            FAIL("mistake " << static_cast<int>(wrong->id) << " at " << wrong->path);
        const auto again = parseScenario(text, "folder.d/random.yaml");
        if (!again)
            FAIL("error " << static_cast<int>(again.error().id) << " at " << again.error().path << " line "
                          << again.error().line << ":" << again.error().column);
        if (!(again.value() == scenario))
            FAIL("written again:\n" << writeScenario(again.value()));
        CHECK(text.find(" \n") == std::string::npos);
        reachability(scenario);
    }
}

} // namespace packetarium::scenario_network_roundtrip_test
