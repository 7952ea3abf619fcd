// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/scenario_file.h"
#include "core/scenario/script_file.h"

#include <algorithm>
#include <array>

namespace packetarium {
namespace {

constexpr std::array<std::string_view, 2> kWhenKeys{"at", "on"};
constexpr std::array<std::string_view, 6> kProgramKeys{"listen", "connect", "send", "receive", "auto-read", "do"};
constexpr std::array<std::string_view, 7> kPacketKeys{"drop",      "delay",   "hold",  "let-go",
                                                      "duplicate", "corrupt", "inject"};
constexpr std::array<std::string_view, 4> kDoWords{"close", "shutdown", "abort", "crash"};
constexpr std::array<std::string_view, 3> kTriggerKeys{"state", "received", "peer-closed"};
constexpr std::uint64_t kMaxPort = 65535;
constexpr std::uint64_t kMaxSeq = 0xFFFFFFFF;

template <class Range>
bool contains(const Range& range, std::string_view word)
{
    return std::find(range.begin(), range.end(), word) != range.end();
}

class ScriptReader {
public:
    ScriptReader(InputReader& in, const std::vector<HostSpec>& hosts, std::uint64_t& octetsLeft)
        : in_(in)
        , hosts_(hosts)
        , octetsLeft_(octetsLeft)
    {
        for (const HostSpec& host : hosts)
            hostNames_.push_back(host.name);
    }

    Command command(const YamlNode& node, std::string path, bool onlyAt)
    {
        std::vector<std::string_view> actionKeys(kProgramKeys.begin(), kProgramKeys.end());
        actionKeys.insert(actionKeys.end(), kPacketKeys.begin(), kPacketKeys.end());
        std::vector<std::string_view> keys{"at", "on", "host"};
        if (onlyAt)
            keys.erase(keys.begin() + 1);
        keys.insert(keys.end(), actionKeys.begin(), actionKeys.end());

        const YamlMap entry = in_.map(node, std::move(path), keys);
        Command command;
        command.when = when(entry, onlyAt);
        const std::string_view key = in_.exactlyOne(entry, actionKeys);
        if (contains(kProgramKeys, key))
            host(entry, "host", command.host);
        else if (entry.find("host")) // packet commands say `from` instead
            in_.fail(InputErrorId::UnknownKey, {"host", entry.path, "at, on, " + std::string(key)}, entry.key("host"));
        command.action = action(entry, key, command.host);
        return command;
    }

private:
    /// A required key that names one of the hosts.
    void host(const YamlMap& in, std::string_view key, std::string& out)
    {
        in_.require(in, key);
        in_.text(in, key, out);
        if (!in_.failed() && in.node && !contains(hostNames_, out))
            in_.fail(InputErrorId::UnknownHost, {out, joined(hostNames_)}, *in.find(key));
    }

    /// A required key that names a host other than `self`.
    void otherHost(const YamlMap& in, std::string_view key, std::string_view self, std::string& out)
    {
        host(in, key, out);
        if (in_.failed() || !in.node || out != self)
            return;
        std::vector<std::string_view> others = hostNames_;
        std::erase(others, self);
        in_.fail(InputErrorId::NotOneOf, {in.pathOf(key), out, joined(others)}, *in.find(key));
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
        host(on, "host", name);
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
        if (in.find("from"))
            host(in, "from", packet.from);
        in_.number(in, "nth", packet.nth, 1, 1'000'000);
        return packet;
    }

    /// "text", {octets: 1000} or {hex: "00ff"}.
    Bytes data(const YamlMap& in, std::string_view key, std::uint32_t least, std::uint32_t most)
    {
        const YamlNode* node = in.find(key);
        if (in_.failed() || !node)
            return {};
        Bytes bytes;
        if (node->kind == YamlNode::Kind::Map) {
            static constexpr std::array<std::string_view, 2> forms{"octets", "hex"};
            const YamlMap form = in_.map(*node, in.pathOf(key), forms);
            if (in_.exactlyOne(form, forms) == "octets") {
                std::uint32_t count = 0;
                in_.number(form, "octets", count, least, most);
                for (std::uint32_t i = 0; i < count; ++i)
                    bytes.push_back(static_cast<std::uint8_t>('a' + i % 26));
            } else {
                hex(form, bytes);
            }
        } else {
            std::string text;
            in_.text(in, key, text);
            bytes.assign(text.begin(), text.end());
        }
        if (!in_.failed() && (bytes.size() < least || bytes.size() > most))
            in_.fail(InputErrorId::OutOfRange,
                     {in.pathOf(key), std::to_string(bytes.size()), std::to_string(least), std::to_string(most)},
                     *node);
        return bytes;
    }

    void hex(const YamlMap& form, Bytes& out)
    {
        std::string text;
        in_.text(form, "hex", text);
        if (in_.failed())
            return;
        std::erase(text, ' ');
        const auto digit = [](char c) {
            return c >= '0' && c <= '9'   ? c - '0'
                   : c >= 'a' && c <= 'f' ? c - 'a' + 10
                   : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                          : -1;
        };
        if (text.size() % 2 != 0 || std::any_of(text.begin(), text.end(), [&](char c) { return digit(c) < 0; })) {
            in_.fail(InputErrorId::WrongType, {form.pathOf("hex"), "hex", text}, *form.find("hex"));
            return;
        }
        for (std::size_t i = 0; i < text.size(); i += 2)
            out.push_back(static_cast<std::uint8_t>(digit(text[i]) * 16 + digit(text[i + 1])));
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
        host(in, "from", inject.from);
        otherHost(in, "to", inject.from, inject.to);
        TcpSegment& segment = inject.segment;
        const bool fromActiveSide = !hosts_.empty() && inject.from == hosts_.front().name;
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
        segment.payload = data(in, "data", 0, kMaxInjectOctets);
        return inject;
    }

    Bytes send(const YamlMap& entry)
    {
        Bytes bytes = data(entry, "send", 1, kMaxSendOctets);
        if (bytes.size() > octetsLeft_)
            in_.fail(InputErrorId::TooMany, {entry.pathOf("send"), std::to_string(kMaxAllSendOctets)},
                     *entry.find("send"));
        else
            octetsLeft_ -= bytes.size();
        return bytes;
    }

    Action programAction(const YamlMap& entry, std::string_view key, const std::string& self)
    {
        if (key == "listen") {
            DoListen listen;
            in_.number(entry, key, listen.port, 1, kMaxPort);
            return listen;
        }
        if (key == "connect") {
            const YamlMap map = in_.map(entry, key, {"to", "port", "from-port"});
            DoConnect connect;
            otherHost(map, "to", self, connect.to);
            in_.number(map, "port", connect.port, 1, kMaxPort);
            in_.number(map, "from-port", connect.localPort, 1, kMaxPort);
            return connect;
        }
        if (key == "send")
            return DoSend{send(entry)};
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
        switch (in_.oneOf(entry, key, kDoWords)) {
        case 1: return DoShutdown{};
        case 2: return DoAbort{};
        case 3: return DoCrash{};
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

    Action action(const YamlMap& entry, std::string_view key, const std::string& self)
    {
        if (in_.failed())
            return DoClose{};
        return contains(kProgramKeys, key) ? programAction(entry, key, self) : packetAction(entry, key);
    }

    InputReader& in_;
    const std::vector<HostSpec>& hosts_;
    std::uint64_t& octetsLeft_;
    std::vector<std::string_view> hostNames_;
};

} // namespace

void readCommands(InputReader& in, const YamlMap& top, std::string_view key, const std::vector<HostSpec>& hosts,
                  std::uint64_t& octetsLeft, std::vector<Command>& out)
{
    ScriptReader reader(in, hosts, octetsLeft);
    const auto items = in.list(top, key, kMaxCommands);
    for (std::size_t i = 0; i < items.size() && !in.failed(); ++i)
        out.push_back(
            reader.command(items[i], std::string(key) + "[" + std::to_string(i + 1) + "]", key == "commands"));
}

} // namespace packetarium
