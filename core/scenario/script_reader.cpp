// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/scenario_file.h"
#include "core/scenario/script_file.h"
#include "core/scenario/script_network.h"

#include <algorithm>
#include <array>

namespace packetarium {
namespace {

constexpr std::array<std::string_view, 2> kWhenKeys{"at", "on"};
constexpr std::array<std::string_view, 7> kProgramKeys{"listen",  "accept",    "connect", "send",
                                                       "receive", "auto-read", "do"};
constexpr std::array<std::string_view, 7> kPacketKeys{"drop",      "delay",   "hold",  "let-go",
                                                      "duplicate", "corrupt", "inject"};
constexpr std::array<std::string_view, 6> kDoWords{"close", "shutdown", "abort", "crash", "power-off", "power-on"};
constexpr std::size_t kDoWordsOnLink = 4; // power is for networks
constexpr std::array<std::string_view, 3> kTriggerKeys{"state", "received", "peer-closed"};
constexpr std::uint64_t kMaxSeq = 0xFFFFFFFF;

template <class Range>
bool contains(const Range& range, std::string_view word)
{
    return std::find(range.begin(), range.end(), word) != range.end();
}

class ScriptReader {
public:
    ScriptReader(InputReader& in, const Scenario& scenario, std::uint64_t& octetsLeft)
        : in_(in)
        , scenario_(scenario)
        , octetsLeft_(octetsLeft)
    {}

    Command command(const YamlNode& node, std::string path, bool onlyAt)
    {
        std::vector<std::string_view> actionKeys(kProgramKeys.begin(), kProgramKeys.end());
        actionKeys.insert(actionKeys.end(), kPacketKeys.begin(), kPacketKeys.end());
        if (scenario_.isNetwork())
            actionKeys.insert(actionKeys.end(), networkActionKeys().begin(), networkActionKeys().end());
        std::vector<std::string_view> keys{"at", "on", "host"};
        if (onlyAt)
            keys.erase(keys.begin() + 1);
        keys.insert(keys.end(), actionKeys.begin(), actionKeys.end());

        if (!scenario_.isNetwork())
            for (const YamlEntry& entry : node.entries)
                if (contains(networkActionKeys(), entry.key.text))
                    in_.fail(InputErrorId::NeedsNetwork, {entry.key.text}, entry.key);
        const YamlMap entry = in_.map(node, std::move(path), keys);
        Command command;
        command.when = when(entry, onlyAt);
        const std::string_view key = in_.exactlyOne(entry, actionKeys);
        if (contains(kProgramKeys, key) || isHostAction(key))
            word(entry, "host", command.host);
        else if (entry.find("host")) // packet commands say `from` instead
            in_.fail(InputErrorId::UnknownKey, {"host", entry.path, "at, on, " + std::string(key)}, entry.key("host"));
        if (!in_.failed())
            command.action = action(entry, key);
        return command;
    }

private:
    /// A required text: the name of a host, an address, a URL; checkScenario() looks at what it says.
    void word(const YamlMap& in, std::string_view key, std::string& out)
    {
        in_.require(in, key);
        in_.text(in, key, out);
    }

    When when(const YamlMap& entry, bool onlyAt)
    {
        if (onlyAt)
            in_.require(entry, "at");
        if (in_.exactlyOne(entry, kWhenKeys) != "on") {
            SimDuration at;
            in_.duration(entry, "at", at, SimDuration(), kMaxInstant);
            return AtTime{SimTime::zero() + at};
        }
        const YamlMap on = in_.map(entry, "on", {"host", "state", "nth", "received", "peer-closed", "after"});
        std::string name;
        word(on, "host", name);
        const std::string_view trigger = in_.exactlyOne(on, kTriggerKeys);
        if (trigger != "state" && on.find("nth"))
            in_.fail(InputErrorId::UnknownKey, {"nth", on.path, "host, " + std::string(trigger) + ", after"},
                     on.key("nth"));
        SimDuration after;
        in_.duration(on, "after", after, SimDuration(), kMaxInstant);
        if (trigger == "state") {
            OnState result{name, TcpState::Established, 1, after};
            state(on, result.state);
            in_.number(on, "nth", result.nth, 1, 1'000'000);
            return result;
        }
        if (trigger == "received") {
            OnReceived result{name, 1, after};
            in_.number(on, "received", result.octets, 1, 1ULL << 32);
            return result;
        }
        bool yes = true;
        in_.yesNo(on, "peer-closed", yes);
        if (!yes)
            in_.fail(InputErrorId::NotOneOf, {on.pathOf("peer-closed"), "no", "yes"}, *on.find("peer-closed"));
        return OnPeerClosed{name, after};
    }

    void state(const YamlMap& in, TcpState& out)
    {
        std::vector<std::string_view> names;
        for (int i = 0; i < kTcpStateCount; ++i)
            names.push_back(toString(static_cast<TcpState>(i)));
        const int index = in_.oneOf(in, "state", names);
        if (index >= 0)
            out = static_cast<TcpState>(index);
    }

    PacketSelector selector(const YamlMap& in)
    {
        PacketSelector packet;
        in_.text(in, "from", packet.from);
        if (!in_.failed() && in.find("from") && packet.from.empty())
            in_.fail(InputErrorId::WrongType, {in.pathOf("from"), "name", ""}, *in.find("from"));
        in_.number(in, "nth", packet.nth, 1, 1'000'000);
        return packet;
    }

    void flags(const YamlMap& in, TcpFlags& out)
    {
        static constexpr std::array<std::string_view, 8> names{"FIN", "SYN", "RST", "PSH",
                                                               "ACK", "URG", "ECE", "CWR"}; // by bit
        std::string text;
        in_.require(in, "flags");
        in_.text(in, "flags", text);
        for (std::string_view rest = text; !in_.failed() && !rest.empty();) {
            std::string_view word = rest.substr(0, rest.find(','));
            rest.remove_prefix(std::min(rest.size(), word.size() + 1));
            while (word.starts_with(' '))
                word.remove_prefix(1);
            while (word.ends_with(' '))
                word.remove_suffix(1);
            const auto it = std::find(names.begin(), names.end(), word);
            if (it == names.end())
                in_.fail(InputErrorId::NotOneOf, {in.pathOf("flags"), std::string(word), joined(names)},
                         *in.find("flags"));
            else
                out.bits = static_cast<std::uint8_t>(out.bits | 1 << (it - names.begin()));
        }
    }

    void sequence(const YamlMap& in, std::string_view key, Seq32& out)
    {
        std::uint32_t value = out.value();
        in_.number(in, key, value, 0, kMaxSeq);
        out = Seq32(value);
    }

    DoInject inject(const YamlMap& entry)
    {
        const YamlMap in = in_.map(
            entry, "inject",
            {"from", "to", "flags", "seq", "ack", "window", "from-port", "to-port", "mss", "urgent-pointer", "data"});
        DoInject inject;
        word(in, "from", inject.from);
        word(in, "to", inject.to);
        TcpSegment& segment = inject.segment;
        const bool fromActiveSide = !scenario_.hosts.empty() && inject.from == scenario_.hosts.front().name;
        segment.sourcePort = fromActiveSide ? 49152 : 80;
        segment.destinationPort = fromActiveSide ? 80 : 49152;
        segment.window = 65535;
        flags(in, segment.flags);
        in_.require(in, "seq");
        sequence(in, "seq", segment.seq);
        sequence(in, "ack", segment.ack);
        in_.number(in, "window", segment.window, 0, 65535);
        in_.number(in, "from-port", segment.sourcePort, 1, kMaxPort);
        in_.number(in, "to-port", segment.destinationPort, 1, kMaxPort);
        in_.number(in, "urgent-pointer", segment.urgentPointer, 0, 65535);
        if (in.find("mss"))
            in_.number(in, "mss", segment.mss.emplace(), 0, 65535);
        std::uint64_t unlimited = kMaxInjectOctets; // an injected segment is no send
        segment.payload = readData(in_, in, "data", 0, kMaxInjectOctets, unlimited);
        return inject;
    }

    Action programAction(const YamlMap& entry, std::string_view key)
    {
        if (key == "listen") {
            DoListen listen;
            if (entry.find(key)->kind != YamlNode::Kind::Map) {
                in_.number(entry, key, listen.port, 1, kMaxPort);
                return listen;
            }
            const YamlMap map = in_.map(entry, key, {"port", "backlog"});
            in_.number(map, "port", listen.port, 1, kMaxPort);
            in_.require(map, "backlog");
            in_.number(map, "backlog", listen.backlog.emplace(), 0, 65535);
            return listen;
        }
        if (key == "accept") {
            DoAccept accept;
            in_.number(entry, key, accept.port, 1, kMaxPort);
            return accept;
        }
        if (key == "connect") {
            const YamlMap map = in_.map(entry, key, {"to", "port", "from-port"});
            DoConnect connect;
            word(map, "to", connect.to);
            in_.number(map, "port", connect.port, 1, kMaxPort);
            in_.number(map, "from-port", connect.localPort, 1, kMaxPort);
            return connect;
        }
        if (key == "send")
            return DoSend{readData(in_, entry, key, 1, kMaxSendOctets, octetsLeft_)};
        if (key == "receive") {
            DoReceive receive;
            if (entry.find(key)->text != "all")
                in_.number(entry, key, receive.octets, 1, 1 << 30);
            return receive;
        }
        if (key == "auto-read") {
            DoAutoRead autoRead;
            in_.yesNo(entry, key, autoRead.on);
            return autoRead;
        }
        const std::size_t words = scenario_.isNetwork() ? kDoWords.size() : kDoWordsOnLink;
        switch (in_.oneOf(entry, key, std::span(kDoWords).first(words))) {
        case 1: return DoShutdown{};
        case 2: return DoAbort{};
        case 3: return DoCrash{};
        case 4: return DoPowerOff{};
        case 5: return DoPowerOn{};
        default: return DoClose{};
        }
    }

    Action packetAction(const YamlMap& entry, std::string_view key)
    {
        if (key == "inject")
            return inject(entry);
        if (key == "delay") {
            const YamlMap map = in_.map(entry, key, {"from", "nth", "by"});
            DoDelay delay{selector(map), {}};
            in_.require(map, "by");
            in_.duration(map, "by", delay.by, SimDuration(), kMaxNetworkDelay);
            return delay;
        }
        if (key == "duplicate") {
            const YamlMap map = in_.map(entry, key, {"from", "nth", "after"});
            DoDuplicate duplicate{selector(map), {}};
            in_.duration(map, "after", duplicate.after, SimDuration(), kMaxNetworkDelay);
            return duplicate;
        }
        if (key == "corrupt") {
            const YamlMap map = in_.map(entry, key, {"from", "nth", "bit"});
            DoCorrupt corrupt{selector(map), 0};
            in_.number(map, "bit", corrupt.bit, 0, 8 * 1500 - 1);
            return corrupt;
        }
        const YamlMap map = in_.map(entry, key, {"from", "nth"});
        const PacketSelector packet = selector(map);
        if (key == "hold")
            return DoHold{packet};
        if (key == "let-go")
            return DoLetGo{packet};
        return DoDrop{packet};
    }

    Action action(const YamlMap& entry, std::string_view key)
    {
        if (contains(networkActionKeys(), key))
            return readNetworkAction(in_, entry, key, scenario_, octetsLeft_);
        return contains(kProgramKeys, key) ? programAction(entry, key) : packetAction(entry, key);
    }

    InputReader& in_;
    const Scenario& scenario_;
    std::uint64_t& octetsLeft_;
};

} // namespace

void readCommands(InputReader& in, const YamlMap& top, std::string_view key, const Scenario& scenario,
                  std::uint64_t& octetsLeft, std::vector<Command>& out)
{
    ScriptReader reader(in, scenario, octetsLeft);
    const auto items = in.list(top, key, kMaxCommands);
    for (std::size_t i = 0; i < items.size() && !in.failed(); ++i)
        out.push_back(
            reader.command(items[i], std::string(key) + "[" + std::to_string(i + 1) + "]", key == "commands"));
}

} // namespace packetarium
