// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/network_check.h"
#include "core/scenario/network_file.h"
#include "core/scenario/node_reader.h"
#include "core/scenario/quantities.h"
#include "core/scenario/script_file.h"

#include <algorithm>
#include <array>

namespace packetarium {
namespace {

constexpr std::uint64_t kMinBandwidth = 1'000, kMaxBandwidth = 400'000'000'000; // bit/s
constexpr std::array<std::string_view, 10> kLinkKeys{"delay",     "bandwidth", "queue",   "mark-from",  "loss",
                                                     "duplicate", "corrupt",   "reorder", "reorder-by", "jitter"};
constexpr std::array<std::string_view, 4> kNetworkKeys{"routers", "switches", "hubs", "links"};

void readBandwidth(InputReader& in, const YamlMap& map, std::uint64_t& out)
{
    const YamlNode* node = map.find("bandwidth");
    if (in.failed() || !node)
        return;
    const auto value = node->kind == YamlNode::Kind::Scalar ? parseBandwidth(node->text) : std::nullopt;
    if (!value)
        in.fail(InputErrorId::NotABandwidth, {map.pathOf("bandwidth"), foundText(*node)}, *node);
    else if (node->text != "unlimited" && (*value < kMinBandwidth || *value > kMaxBandwidth))
        in.fail(InputErrorId::OutOfRange,
                {map.pathOf("bandwidth"), node->text, writeBandwidth(kMinBandwidth), writeBandwidth(kMaxBandwidth)},
                *node);
    else
        out = *value;
}

class NetworkReader {
public:
    NetworkReader(InputReader& in, Scenario& scenario)
        : in_(in)
        , scenario_(scenario)
    {}

    void read(const YamlMap& top)
    {
        for (const YamlEntry& entry : entries(top, "routers", kMaxNodes))
            router(entry);
        for (const YamlEntry& entry : entries(top, "switches", kMaxNodes)) {
            SwitchSpec spec;
            const YamlMap map = node(entry, "switches", {"label", "aging", "place"}, spec);
            in_.duration(map, "aging", spec.aging, SimDuration::milliseconds(1), kMaxInstant);
            scenario_.switches.push_back(std::move(spec));
        }
        for (const YamlEntry& entry : entries(top, "hubs", kMaxNodes)) {
            HubSpec spec;
            node(entry, "hubs", {"label", "place"}, spec);
            scenario_.hubs.push_back(std::move(spec));
        }
        links(top);
    }

private:
    /// The entries of a map whose keys are names; none if it is absent or nothing is written behind the key.
    std::span<const YamlEntry> entries(const YamlMap& in, std::string_view key, std::size_t most)
    {
        const YamlNode* node = in.find(key);
        if (in_.failed() || !node)
            return {};
        if (node->kind != YamlNode::Kind::Map)
            in_.fail(InputErrorId::WrongType, {in.pathOf(key), "map", foundText(*node)}, *node);
        else if (node->entries.size() > most)
            in_.fail(InputErrorId::TooMany, {in.pathOf(key), std::to_string(most)}, node->entries[most].key);
        return in_.failed() ? std::span<const YamlEntry>() : std::span(node->entries);
    }

    /// What every node has; `s1:` with nothing behind it is a node without settings.
    template <class Spec>
    YamlMap node(const YamlEntry& entry, const std::string& kind, std::initializer_list<std::string_view> keys,
                 Spec& spec)
    {
        spec.name = entry.key.text;
        if (const auto wrong = checkNodeName(kind, spec.name))
            in_.fail(*wrong, entry.key);
        if (entry.value.kind == YamlNode::Kind::Null)
            return {};
        YamlMap map = in_.map(entry.value, kind + "." + spec.name, keys);
        in_.texts(map, "label", spec.label);
        readPlace(in_, map, spec.place);
        return map;
    }

    void router(const YamlEntry& entry)
    {
        RouterSpec spec;
        const YamlMap map = node(entry, "routers", {"interfaces", "routes", "label", "place"}, spec);
        for (const YamlEntry& one : entries(map, "interfaces", kMaxInterfaces))
            interface(one, map.pathOf("interfaces"), spec);
        const auto routes = in_.list(map, "routes", kMaxRoutes);
        for (std::size_t i = 0; i < routes.size() && !in_.failed(); ++i) {
            const YamlMap route =
                in_.map(routes[i], map.pathOf("routes") + "[" + std::to_string(i + 1) + "]", {"to", "via"});
            in_.require(route, "to");
            in_.require(route, "via");
            const auto to = readField(in_, route, "to", parseRouteTarget);
            const auto via = readField(in_, route, "via", parseAnyNodeAddress);
            if (to && via)
                spec.routes.push_back({*to, *via});
        }
        scenario_.routers.push_back(std::move(spec));
    }

    void interface(const YamlEntry& entry, const std::string& path, RouterSpec& router)
    {
        RouterInterfaceSpec spec;
        spec.name = entry.key.text;
        if (const auto wrong = checkNodeName(path, spec.name))
            in_.fail(*wrong, entry.key);
        YamlMap map;
        if (entry.value.kind != YamlNode::Kind::Null)
            map = in_.map(entry.value, path + "." + spec.name, {"address", "address6", "mac", "mtu"});
        if (const auto prefix = readField(in_, map, "address", parseInterfaceAddress)) {
            spec.address = prefix->address.v4();
            spec.prefixLength = prefix->length;
        }
        if (const auto prefix = readField(in_, map, "address6", parseInterfaceAddress6)) {
            spec.address6 = prefix->address.v6();
            spec.prefixLength6 = prefix->length;
        }
        spec.mac = readField(in_, map, "mac", parseNodeMac)
                       .value_or(defaultRouterMac(scenario_.routers.size(), router.interfaces.size()));
        readMtu(in_, map, spec.address6.has_value(), spec.mtu);
        router.interfaces.push_back(std::move(spec));
    }

    void links(const YamlMap& top)
    {
        const auto items = in_.list(top, "links", kMaxLinks);
        std::vector<std::string_view> keys{"between"};
        keys.insert(keys.end(), kLinkKeys.begin(), kLinkKeys.end());
        for (std::size_t i = 0; i < items.size() && !in_.failed(); ++i) {
            const YamlMap map = in_.map(items[i], "links[" + std::to_string(i + 1) + "]", keys);
            NetworkLink link;
            link.spec = defaultNetworkLink();
            in_.require(map, "between");
            readEnds(in_, map, "between", scenario_, link.a, link.b);
            readLinkSpec(in_, map, link.spec);
            scenario_.links.push_back(std::move(link));
        }
        scenario_.unlinked = top.find("links") && items.empty();
    }

    InputReader& in_;
    Scenario& scenario_;
};

} // namespace

std::span<const std::string_view> linkKeys()
{
    return kLinkKeys;
}

void readLinkSpec(InputReader& in, const YamlMap& map, LinkSpec& link)
{
    in.duration(map, "delay", link.delay, SimDuration(), kMaxNetworkDelay);
    readBandwidth(in, map, link.bitsPerSecond);
    in.number(map, "queue", link.queueLimit, 0, 1'000'000);
    in.number(map, "mark-from", link.markFrom, 0, 1'000'000);
    in.percentage(map, "loss", link.lossPpm);
    in.percentage(map, "duplicate", link.duplicatePpm);
    in.percentage(map, "corrupt", link.corruptPpm);
    in.percentage(map, "reorder", link.reorderPpm);
    in.duration(map, "reorder-by", link.reorderBy, SimDuration(), kMaxNetworkDelay);
    in.duration(map, "jitter", link.jitter, SimDuration(), kMaxNetworkDelay);
}

void readEnds(InputReader& in, const YamlMap& map, std::string_view key, const Scenario& scenario, LinkEnd& a,
              LinkEnd& b)
{
    const YamlNode* node = map.find(key);
    if (in.failed() || !node)
        return;
    const auto isScalar = [](const YamlNode& item) { return item.kind == YamlNode::Kind::Scalar; };
    if (node->kind != YamlNode::Kind::List || node->items.size() != 2 ||
        !std::all_of(node->items.begin(), node->items.end(), isScalar)) {
        in.fail(InputErrorId::WrongType, {map.pathOf(key), "ends", foundText(*node)}, *node);
        return;
    }
    for (std::size_t i = 0; i < 2; ++i) {
        const auto end = parseLinkEnd(node->items[i].text, scenario);
        if (!end)
            in.fail(end.error(), node->items[i]);
        else
            (i == 0 ? a : b) = end.value();
    }
}

bool saysNetwork(const YamlMap& top)
{
    return std::any_of(kNetworkKeys.begin(), kNetworkKeys.end(), [&](std::string_view key) { return top.find(key); });
}

void readNetwork(InputReader& in, const YamlMap& top, Scenario& scenario)
{
    NetworkReader(in, scenario).read(top);
}

} // namespace packetarium
