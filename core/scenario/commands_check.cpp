// SPDX-License-Identifier: GPL-3.0-or-later
// The names that commands use: whether there are such hosts, nodes, links.
#include "core/scenario/findings.h"
#include "core/scenario/input_reader.h"

#include <algorithm>
#include <type_traits>

namespace packetarium {
namespace {

template <class T, class... Ts>
constexpr bool isOneOf = (std::is_same_v<T, Ts> || ...);

class CommandChecker {
public:
    CommandChecker(const Scenario& scenario, Findings& findings)
        : scenario_(scenario)
        , findings_(findings)
    {
        for (const HostSpec& host : scenario.hosts)
            hosts_.push_back(host.name);
        nodes_ = hosts_;
        for (const RouterSpec& router : scenario.routers)
            nodes_.push_back(router.name);
        for (const SwitchSpec& one : scenario.switches)
            nodes_.push_back(one.name);
        for (const HubSpec& hub : scenario.hubs)
            nodes_.push_back(hub.name);
    }

    void check(const Command& command, const std::string& path)
    {
        std::visit(
            [&](const auto& when) {
                if constexpr (requires { when.host; })
                    host(when.host, path + ".on.host");
            },
            command.when);
        std::visit([&](const auto& action) { check(action, command.host, path); }, command.action);
    }

private:
    void host(const std::string& name, const std::string& path)
    {
        if (std::find(hosts_.begin(), hosts_.end(), name) == hosts_.end())
            findings_.add(InputErrorId::UnknownHost, {name, joined(hosts_)}, path);
    }
    void otherHost(const std::string& name, const std::string& self, const std::string& path)
    {
        host(name, path);
        if (name != self)
            return;
        std::vector<std::string_view> others = hosts_;
        std::erase(others, std::string_view(self));
        findings_.add(InputErrorId::NotOneOf, {path, name, joined(others)}, path);
    }
    void node(const std::string& name, const std::string& path)
    {
        if (!scenario_.isNetwork())
            host(name, path);
        else if (std::find(nodes_.begin(), nodes_.end(), name) == nodes_.end())
            findings_.add(InputErrorId::UnknownNode, {name, joined(nodes_)}, path);
    }
    void needsNetwork(std::string_view key, const std::string& path)
    {
        if (!scenario_.isNetwork())
            findings_.add(InputErrorId::NeedsNetwork, {std::string(key)}, path + "." + std::string(key));
    }
    void destination(const std::string& to, const std::string& path)
    {
        findings_.add(checkDestination(path, to, scenario_), path);
    }
    template <class Ends>
    void cable(const Ends& ends, std::string_view key, const std::string& commandPath)
    {
        needsNetwork(key, commandPath);
        const std::string path = commandPath + "." + std::string(key);
        findings_.add(parseLinkEnd(toString(ends.a), scenario_), path + "[1]");
        findings_.add(parseLinkEnd(toString(ends.b), scenario_), path + "[2]");
        const bool there = std::any_of(scenario_.links.begin(), scenario_.links.end(), [&](const NetworkLink& link) {
            return (link.a == ends.a && link.b == ends.b) || (link.a == ends.b && link.b == ends.a);
        });
        if (!there)
            findings_.add(InputErrorId::NoSuchLink, {path, toString(ends.a), toString(ends.b)}, path);
    }
    void charset(const std::string& name, const std::string& path)
    {
        if (name != "UTF-8" && name != "GBK")
            findings_.add(InputErrorId::NotOneOf, {path, name, "UTF-8, GBK"}, path);
    }

    template <class Do>
    void check(const Do& action, const std::string& self, const std::string& path)
    {
        // Whose it is
        if constexpr (isOneOf<Do, DoPowerOff, DoPowerOn>)
            node(self, path + ".host");
        else if constexpr (isOneOf<Do, DoListen, DoAccept, DoConnect, DoSend, DoReceive, DoAutoRead, DoClose,
                                   DoShutdown, DoAbort, DoCrash, DoPing, DoTraceroute, DoResolve, DoOpen,
                                   DoSendDatagram, DoSendText, DoReadText, DoTransfer>)
            host(self, path + ".host");
        // What it names
        if constexpr (requires { action.packet; }) {
            static constexpr std::string_view keys[] = {"drop", "delay", "hold", "let-go", "duplicate", "corrupt"};
            constexpr std::size_t key = isOneOf<Do, DoDrop>        ? 0
                                        : isOneOf<Do, DoDelay>     ? 1
                                        : isOneOf<Do, DoHold>      ? 2
                                        : isOneOf<Do, DoLetGo>     ? 3
                                        : isOneOf<Do, DoDuplicate> ? 4
                                                                   : 5;
            if (!action.packet.from.empty())
                node(action.packet.from, path + "." + std::string(keys[key]) + ".from");
        }
        if constexpr (std::is_same_v<Do, DoConnect>)
            otherHost(action.to, self, path + ".connect.to");
        if constexpr (std::is_same_v<Do, DoInject>) {
            host(action.from, path + ".inject.from");
            otherHost(action.to, action.from, path + ".inject.to");
        }
        checkNetworkAction(action, path);
    }

    template <class Do>
    void checkNetworkAction(const Do& action, const std::string& path)
    {
        if constexpr (std::is_same_v<Do, DoPing>) {
            needsNetwork("ping", path);
            destination(action.to, path + ".ping.to");
        } else if constexpr (std::is_same_v<Do, DoTraceroute>) {
            needsNetwork("traceroute", path);
            destination(action.to, path + ".traceroute.to");
        } else if constexpr (std::is_same_v<Do, DoResolve>) {
            needsNetwork("resolve", path);
            findings_.add(checkDomainName(path + ".resolve", action.name), path + ".resolve");
        } else if constexpr (std::is_same_v<Do, DoOpen>) {
            needsNetwork("open", path);
            findings_.add(checkUrl(path + ".open", action.url, scenario_), path + ".open");
        } else if constexpr (std::is_same_v<Do, DoSendDatagram>) {
            needsNetwork("send-datagram", path);
            destination(action.to, path + ".send-datagram.to");
        } else if constexpr (std::is_same_v<Do, DoTransfer>) {
            needsNetwork("transfer", path);
            destination(action.to, path + ".transfer.to");
        } else if constexpr (std::is_same_v<Do, DoSendText>) {
            needsNetwork("send-text", path);
            charset(action.charset, path + ".send-text.charset");
        } else if constexpr (std::is_same_v<Do, DoReadText>) {
            needsNetwork("read-text", path);
            charset(action.charset, path + ".read-text.charset");
        } else if constexpr (std::is_same_v<Do, DoUnplug>) {
            cable(action, "unplug", path);
        } else if constexpr (std::is_same_v<Do, DoPlug>) {
            cable(action, "plug", path);
        } else if constexpr (isOneOf<Do, DoPowerOff, DoPowerOn>) {
            if (!scenario_.isNetwork())
                findings_.add(InputErrorId::NeedsNetwork, {std::is_same_v<Do, DoPowerOff> ? "power-off" : "power-on"},
                              path + ".do");
        }
    }

    const Scenario& scenario_;
    Findings& findings_;
    std::vector<std::string_view> hosts_, nodes_;
};

} // namespace

void checkCommands(const Scenario& scenario, Findings& findings)
{
    CommandChecker checker(scenario, findings);
    const auto all = [&](const std::vector<Command>& commands, std::string_view key) {
        for (std::size_t i = 0; i < commands.size() && !findings.any(); ++i)
            checker.check(commands[i], std::string(key) + "[" + std::to_string(i + 1) + "]");
    };
    all(scenario.script, "script");
    all(scenario.commands, "commands");
}

} // namespace packetarium
