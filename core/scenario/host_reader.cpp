// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/groups.h"
#include "core/scenario/network_check.h"
#include "core/scenario/network_file.h"
#include "core/scenario/node_reader.h"
#include "core/scenario/services_file.h"
#include "core/scenario/tcp_settings.h"

namespace packetarium {
namespace {

constexpr std::size_t kMaxFixedIsns = 100;
constexpr std::array<std::string_view, 6> kLinkHostKeys{"address", "mac", "label", "filtered", "iss", "tcp"};
constexpr std::array<std::string_view, 13> kNetworkHostKeys{
    "address", "gateway",  "address6", "gateway6", "name-server", "mac",  "mtu",
    "label",   "filtered", "iss",      "tcp",      "services",    "place"};

/// One number, or a list of them for one connection after another.
void readIss(InputReader& in, const YamlMap& map, TcpConfig& tcp)
{
    if (in.failed() || !map.find("iss"))
        return;
    const auto isns = in.numbers(map, "iss", 0, 0xFFFFFFFF, kMaxFixedIsns);
    if (in.failed())
        return;
    tcp.iss = Seq32(static_cast<std::uint32_t>(isns.front()));
    for (std::size_t i = 1; i < isns.size(); ++i)
        tcp.laterIss.emplace_back(static_cast<std::uint32_t>(isns[i]));
}

void readNetworkKeys(InputReader& in, const YamlMap& map, std::uint64_t& octetsLeft, HostSpec& spec)
{
    if (const auto prefix = readField(in, map, "address", parseInterfaceAddress)) {
        spec.address = prefix->address.v4();
        spec.prefixLength = prefix->length;
    }
    if (const auto prefix = readField(in, map, "address6", parseInterfaceAddress6)) {
        spec.address6 = prefix->address.v6();
        spec.prefixLength6 = prefix->length;
    }
    spec.gateway = readField(in, map, "gateway", parseNodeAddress);
    spec.gateway6 = readField(in, map, "gateway6", parseNodeAddress6);
    spec.nameServer = readField(in, map, "name-server", parseAnyNodeAddress);
    readMtu(in, map, spec.address6.has_value(), spec.mtu);
    readServices(in, map, octetsLeft, spec.services);
    readPlace(in, map, spec.place);
}

void readHost(InputReader& in, const YamlEntry& entry, bool network, std::uint64_t& octetsLeft, Scenario& scenario)
{
    HostSpec spec;
    spec.name = entry.key.text;
    if (const auto wrong = checkNodeName("hosts", spec.name))
        in.fail(*wrong, entry.key);
    const std::span<const std::string_view> keys = network ? std::span<const std::string_view>(kNetworkHostKeys)
                                                           : std::span<const std::string_view>(kLinkHostKeys);
    const YamlMap map = in.map(entry.value, "hosts." + spec.name, keys);
    const std::size_t index = scenario.hosts.size();
    spec.activeSide = index == 0;
    spec.mac = readField(in, map, "mac", parseNodeMac).value_or(defaultMac(index));
    in.texts(map, "label", spec.label);
    in.yesNo(map, "filtered", spec.filtered);
    spec.tcp = TcpConfig::forProfile(scenario.profile);
    readIss(in, map, spec.tcp);
    readTcpSettings(in, map, spec.tcp);
    if (network) {
        readNetworkKeys(in, map, octetsLeft, spec);
    } else {
        in.require(map, "address");
        spec.address = readField(in, map, "address", parseNodeAddress).value_or(Ipv4Address{});
    }
    if (!in.failed())
        scenario.hosts.push_back(std::move(spec));
}

} // namespace

void readPlace(InputReader& in, const YamlMap& map, std::optional<NodePlace>& out)
{
    const YamlNode* node = map.find("place");
    if (in.failed() || !node)
        return;
    if (node->kind != YamlNode::Kind::List || node->items.size() != 2) {
        in.fail(InputErrorId::WrongType, {map.pathOf("place"), "place", foundText(*node)}, *node);
        return;
    }
    const auto values = in.numbers(map, "place", 0, 1000, 2);
    if (!in.failed())
        out = NodePlace{static_cast<std::uint16_t>(values[0]), static_cast<std::uint16_t>(values[1])};
}

void readMtu(InputReader& in, const YamlMap& map, bool v6, std::uint16_t& out)
{
    in.number(map, "mtu", out, v6 ? kMinMtu6 : kMinMtu, kMaxMtu);
}

void readHosts(InputReader& in, const YamlMap& top, bool network, std::uint64_t& octetsLeft, Scenario& scenario)
{
    in.require(top, "hosts");
    const YamlNode* node = top.find("hosts");
    if (in.failed() || !node)
        return;
    if (node->kind != YamlNode::Kind::Map) {
        in.fail(InputErrorId::WrongType, {"hosts", "map", foundText(*node)}, *node);
        return;
    }
    const std::size_t count = node->entries.size(), least = network ? 1 : 2, most = network ? kMaxNetworkHosts : 2;
    if (count < least || count > most) {
        in.fail(InputErrorId::OutOfRange, {"hosts", std::to_string(count), std::to_string(least), std::to_string(most)},
                *node);
        return;
    }
    for (const YamlEntry& entry : node->entries)
        readHost(in, entry, network, octetsLeft, scenario);
}

} // namespace packetarium
