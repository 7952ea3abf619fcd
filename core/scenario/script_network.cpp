// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/script_network.h"

#include "core/scenario/scenario_file.h"
#include "core/scenario/script_file.h"

#include <algorithm>
#include <array>

namespace packetarium {
namespace {

// The last two are done to cables.
constexpr std::array<std::string_view, 10> kKeys{"ping",      "traceroute", "resolve",  "open",   "send-datagram",
                                                 "send-text", "read-text",  "transfer", "unplug", "plug"};
constexpr std::array<std::string_view, 2> kCharsets{"UTF-8", "GBK"};
constexpr std::uint16_t kMaxPingOctets = 65'507;     // 65535 - 20 - 8
constexpr std::uint32_t kMaxDatagramOctets = 65'507; // the same of UDP

class NetworkActionReader {
public:
    NetworkActionReader(InputReader& in, const Scenario& scenario, std::uint64_t& octetsLeft)
        : in_(in)
        , scenario_(scenario)
        , octetsLeft_(octetsLeft)
    {}

    Action read(const YamlMap& entry, std::string_view key)
    {
        if (key == "ping")
            return ping(in_.map(entry, key, {"to", "count", "interval", "octets", "ttl", "dont-fragment"}));
        if (key == "traceroute") {
            const YamlMap map = in_.map(entry, key, {"to", "max-hops"});
            DoTraceroute action;
            word(map, "to", action.to);
            in_.number(map, "max-hops", action.maxHops, 1, 255);
            return action;
        }
        if (key == "resolve")
            return resolve(entry);
        if (key == "open")
            return open(entry);
        if (key == "send-datagram")
            return datagram(in_.map(entry, key, {"to", "port", "from-port", "data", "dont-fragment"}));
        if (key == "send-text") {
            const YamlMap map = in_.map(entry, key, {"text", "charset", "gzip", "encrypt", "half-duplex"});
            DoSendText action;
            text(map, action);
            form(map, action);
            in_.yesNo(map, "half-duplex", action.halfDuplex);
            return action;
        }
        if (key == "read-text") {
            DoReadText action;
            form(in_.map(entry, key, {"charset", "gzip", "encrypt"}), action);
            return action;
        }
        if (key == "transfer")
            return transfer(in_.map(entry, key, {"to", "port", "checkpoint", "resume"}));
        LinkEnd a, b;
        readEnds(in_, entry, key, scenario_, a, b);
        if (key == "unplug")
            return DoUnplug{a, b};
        return DoPlug{a, b};
    }

private:
    /// A required text.
    void word(const YamlMap& map, std::string_view key, std::string& out)
    {
        in_.require(map, key);
        in_.text(map, key, out);
    }

    DoPing ping(const YamlMap& map)
    {
        DoPing action;
        word(map, "to", action.to);
        in_.number(map, "count", action.count, 1, 10'000);
        in_.duration(map, "interval", action.interval, SimDuration::milliseconds(1), kMaxNetworkDelay);
        in_.number(map, "octets", action.octets, 0, kMaxPingOctets);
        in_.number(map, "ttl", action.ttl, 1, 255);
        in_.yesNo(map, "dont-fragment", action.dontFragment);
        return action;
    }

    DoResolve resolve(const YamlMap& entry)
    {
        DoResolve action;
        if (entry.find("resolve")->kind == YamlNode::Kind::Map) {
            const YamlMap map = in_.map(entry, "resolve", {"name", "type"});
            word(map, "name", action.name);
            action.v6 = in_.oneOf(map, "type", std::array<std::string_view, 2>{"A", "AAAA"}) == 1;
        } else {
            in_.text(entry, "resolve", action.name);
        }
        if (action.name.size() > 1 && action.name.ends_with('.'))
            action.name.pop_back();
        return action;
    }

    DoOpen open(const YamlMap& entry)
    {
        DoOpen action;
        if (entry.find("open")->kind == YamlNode::Kind::Map) {
            const YamlMap map = in_.map(entry, "open", {"url", "accept-gzip"});
            word(map, "url", action.url);
            in_.yesNo(map, "accept-gzip", action.acceptGzip);
        } else {
            in_.text(entry, "open", action.url);
        }
        return action;
    }

    DoSendDatagram datagram(const YamlMap& map)
    {
        DoSendDatagram action;
        word(map, "to", action.to);
        in_.number(map, "port", action.port, 1, kMaxPort);
        in_.number(map, "from-port", action.localPort, 1, kMaxPort);
        action.data = readData(in_, map, "data", 0, kMaxDatagramOctets, octetsLeft_);
        in_.yesNo(map, "dont-fragment", action.dontFragment);
        return action;
    }

    void text(const YamlMap& map, DoSendText& out)
    {
        word(map, "text", out.text);
        if (in_.failed() || !map.node)
            return;
        const std::size_t size = out.text.size();
        if (size < 1 || size > kMaxSendOctets)
            in_.fail(InputErrorId::OutOfRange,
                     {map.pathOf("text"), std::to_string(size), "1", std::to_string(kMaxSendOctets)},
                     *map.find("text"));
        else if (size > octetsLeft_)
            in_.fail(InputErrorId::TooMany, {map.pathOf("text"), std::to_string(kMaxAllSendOctets)}, *map.find("text"));
        else
            octetsLeft_ -= size;
    }

    /// What sending and reading a text have in common.
    template <class Do>
    void form(const YamlMap& map, Do& action)
    {
        if (const int index = in_.oneOf(map, "charset", kCharsets); index >= 0)
            action.charset = kCharsets[static_cast<std::size_t>(index)];
        in_.yesNo(map, "gzip", action.gzip);
        in_.yesNo(map, "encrypt", action.encrypt);
    }

    DoTransfer transfer(const YamlMap& map)
    {
        DoTransfer action;
        word(map, "to", action.to);
        in_.number(map, "port", action.port, 1, kMaxPort);
        in_.number(map, "checkpoint", action.checkpoint, 1, 1 << 24);
        in_.yesNo(map, "resume", action.resume);
        return action;
    }

    InputReader& in_;
    const Scenario& scenario_;
    std::uint64_t& octetsLeft_;
};

} // namespace

std::span<const std::string_view> networkActionKeys()
{
    return kKeys;
}

bool isHostAction(std::string_view key)
{
    return std::find(kKeys.begin(), kKeys.end() - 2, key) != kKeys.end() - 2;
}

Action readNetworkAction(InputReader& in, const YamlMap& entry, std::string_view key, const Scenario& scenario,
                         std::uint64_t& octetsLeft)
{
    return NetworkActionReader(in, scenario, octetsLeft).read(entry, key);
}

} // namespace packetarium
