// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/two_hosts.h"

namespace packetarium::testing {

Scenario twoHosts(Profile profile)
{
    Scenario scenario;
    scenario.name = "test";
    scenario.profile = profile;
    for (int i = 0; i < 2; ++i) {
        HostSpec host;
        host.name = i == 0 ? "client" : "server";
        host.activeSide = i == 0;
        host.address = Ipv4Address{0x0a000001u + static_cast<std::uint32_t>(i)};
        host.mac = MacAddress{{2, 0, 0, 0, 0, static_cast<std::uint8_t>(i + 1)}};
        host.tcp = TcpConfig::forProfile(profile);
        host.tcp.iss = Seq32(i == 0 ? 100 : 300);
        scenario.hosts.push_back(host);
    }
    return scenario;
}

void at(Scenario& scenario, SimDuration when, const std::string& host, Action action)
{
    scenario.script.push_back(Command{AtTime{SimTime::zero() + when}, host, std::move(action)});
}

void requireInvariants(const Engine& engine)
{
    for (const Host& host : engine.hosts()) {
        for (const Host::Slot& slot : host.connections()) {
            if (!slot.gone)
                slot.tcp.checkInvariants();
        }
    }
}

Bytes octets(std::string_view text)
{
    return Bytes(text.begin(), text.end());
}

std::uint64_t streamHash(ByteView data)
{
    StreamHash hash;
    hash.add(data);
    return hash.value();
}

} // namespace packetarium::testing
