// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/typed_command.h"

#include "core/base/ascii.h"
#include "core/scenario/network_check.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace packetarium {
namespace {

using Parsed = Result<Action, TypedError>;
using V = TypedVerb;

constexpr std::array kVerbs{V::Ping,   V::Traceroute, V::Resolve, V::Open,     V::Send,  V::Connect,
                            V::Listen, V::Write,      V::Close,   V::Shutdown, V::Abort, V::Crash};
constexpr std::uint16_t kHttp = 80;
constexpr std::uint32_t kMostPings = 100;
constexpr std::size_t kMostTargets = 10;

/// The other ways of writing a verb.
struct Alias {
    std::string_view word;
    V verb;
};
constexpr Alias kAliases[] = {
    {"tracert", V::Traceroute}, {"nslookup", V::Resolve},    {"dig", V::Resolve},  {"browse", V::Open},
    {"get", V::Open},           {"路由追踪", V::Traceroute}, {"解析", V::Resolve}, {"打开", V::Open},
    {"发送", V::Send},          {"连接", V::Connect},        {"监听", V::Listen},  {"写入", V::Write},
    {"关闭", V::Close},         {"中止", V::Abort},          {"崩溃", V::Crash},   {"半关闭", V::Shutdown},
};

std::string lowered(std::string_view text)
{
    std::string low(text);
    for (char& c : low)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return low;
}

std::optional<V> verbOf(std::string_view word)
{
    const std::string low = lowered(word);
    for (const V verb : kVerbs)
        if (toString(verb) == low)
            return verb;
    for (const Alias& alias : kAliases)
        if (alias.word == low)
            return alias.verb;
    return std::nullopt;
}

/// The first word, and what is left.
std::string_view takeWord(std::string_view& rest)
{
    rest = trimmed(rest);
    const std::size_t space = std::min(rest.find_first_of(" \t"), rest.size());
    const std::string_view word = rest.substr(0, space);
    rest = trimmed(rest.substr(space));
    return word;
}

TypedError mistake(TypedMistake what, std::vector<std::string> args)
{
    return {what, std::move(args), std::nullopt};
}
TypedError mistake(InputError error)
{
    return {TypedMistake::Input, {}, std::move(error)};
}

std::optional<std::uint32_t> number(std::string_view text)
{
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && !text.empty() ? std::optional(value)
                                                                                     : std::nullopt;
}

std::optional<std::uint16_t> portNumber(std::string_view text)
{
    const auto value = number(text);
    return value && *value >= 1 && *value <= 65535 ? std::optional(static_cast<std::uint16_t>(*value)) : std::nullopt;
}

/// "server:7", "10.0.0.2:7", "[2001:db8::1]:7"; the part before, and the digits after, if there are any.
std::pair<std::string, std::optional<std::string>> splitPort(std::string_view text)
{
    if (text.starts_with('[')) {
        const std::size_t close = text.find(']');
        if (close == std::string_view::npos)
            return {std::string(text), std::nullopt};
        const std::string inside(text.substr(1, close - 1));
        const std::string_view after = text.substr(close + 1);
        return {inside, after.starts_with(':') ? std::optional(std::string(after.substr(1))) : std::nullopt};
    }
    const std::size_t colon = text.rfind(':');
    // More than one colon without brackets: an IPv6 address.
    if (colon == std::string_view::npos || text.find(':') != colon)
        return {std::string(text), std::nullopt};
    return {std::string(text.substr(0, colon)), std::string(text.substr(colon + 1))};
}

Bytes octets(std::string_view text)
{
    return Bytes(text.begin(), text.end());
}

constexpr std::string_view kWhat = "destination";

/// TCP's own call takes no domain name: the node of that name or address, or nothing.
std::string nodeOf(const std::string& to, const Scenario& s)
{
    const std::optional<IpAddress> address = IpAddress::parse(to);
    const auto has = [&](const auto& v4, const auto& v6) {
        return address && ((v4 && *address == IpAddress(*v4)) || (v6 && *address == IpAddress(*v6)));
    };
    for (const HostSpec& host : s.hosts)
        if (host.name == to || has(std::optional(host.address), host.address6))
            return host.name;
    for (const RouterSpec& router : s.routers) {
        if (router.name == to)
            return to;
        for (const RouterInterfaceSpec& interface : router.interfaces)
            if (has(interface.address, interface.address6))
                return router.name;
    }
    return {};
}

std::string allNames(const Scenario& s)
{
    std::string all;
    for (const HostSpec& host : s.hosts)
        all += (all.empty() ? "" : ", ") + host.name;
    for (const RouterSpec& router : s.routers)
        all += (all.empty() ? "" : ", ") + router.name;
    return all;
}

Parsed parseArguments(V verb, std::string_view rest, const Scenario& scenario)
{
    const std::string usage(usageOf(verb));
    switch (verb) {
    case V::Ping:
    case V::Traceroute: {
        const std::string to(takeWord(rest));
        if (to.empty())
            return mistake(TypedMistake::MissingTarget, {usage});
        if (auto wrong = checkDestination(kWhat, to, scenario))
            return mistake(*wrong);
        if (verb == V::Traceroute)
            return rest.empty() ? Parsed(Action(DoTraceroute{to}))
                                : Parsed(mistake(TypedMistake::TooMuch, {std::string(rest), usage}));
        DoPing ping{to};
        if (!rest.empty()) {
            const auto count = number(rest);
            if (!count || *count < 1 || *count > kMostPings)
                return mistake(TypedMistake::BadNumber, {std::string(rest), "1", std::to_string(kMostPings)});
            ping.count = *count;
        }
        return Action(ping);
    }
    case V::Resolve: {
        const std::string name(takeWord(rest));
        if (name.empty())
            return mistake(TypedMistake::MissingTarget, {usage});
        if (auto wrong = checkDomainName("name", name))
            return mistake(*wrong);
        const std::string type = lowered(rest);
        if (!type.empty() && type != "a" && type != "aaaa")
            return mistake(TypedMistake::TooMuch, {std::string(rest), usage});
        return Action(DoResolve{name.ends_with('.') ? name.substr(0, name.size() - 1) : name, type == "aaaa"});
    }
    case V::Open: {
        const std::string url(takeWord(rest));
        if (url.empty())
            return mistake(TypedMistake::MissingTarget, {usage});
        if (auto wrong = checkUrl("URL", url, scenario))
            return mistake(*wrong);
        if (!rest.empty())
            return mistake(TypedMistake::TooMuch, {std::string(rest), usage});
        return Action(DoOpen{url});
    }
    case V::Send:
    case V::Connect: {
        const std::string target(takeWord(rest));
        if (target.empty())
            return mistake(TypedMistake::MissingTarget, {usage});
        auto [to, digits] = splitPort(target);
        if (verb == V::Connect && !digits && !rest.empty())
            digits = std::string(takeWord(rest));
        if (verb == V::Send && !digits)
            return mistake(TypedMistake::MissingPort, {target, usage});
        std::uint16_t port = kHttp;
        if (digits) {
            const auto read = portNumber(*digits);
            if (!read)
                return mistake(TypedMistake::BadPort, {*digits});
            port = *read;
        }
        if (auto wrong = checkDestination(kWhat, to, scenario))
            return mistake(*wrong);
        if (verb == V::Connect) {
            if (!rest.empty())
                return mistake(TypedMistake::TooMuch, {std::string(rest), usage});
            const std::string node = nodeOf(to, scenario);
            if (node.empty())
                return mistake(
                    InputError{InputErrorId::NotADestination, {std::string(kWhat), to, allNames(scenario)}, {}});
            return Action(DoConnect{node, port, 0});
        }
        if (rest.empty())
            return mistake(TypedMistake::MissingText, {usage});
        DoSendDatagram datagram;
        datagram.to = to;
        datagram.port = port;
        datagram.data = octets(rest);
        return Action(datagram);
    }
    case V::Listen: {
        if (rest.empty())
            return Action(DoListen{kHttp});
        const auto port = portNumber(rest);
        return port ? Parsed(Action(DoListen{*port})) : Parsed(mistake(TypedMistake::BadPort, {std::string(rest)}));
    }
    case V::Write:
        return rest.empty() ? Parsed(mistake(TypedMistake::MissingText, {usage}))
                            : Parsed(Action(DoSend{octets(rest)}));
    case V::Close:
    case V::Shutdown:
    case V::Abort:
    case V::Crash: break;
    }
    if (!rest.empty())
        return mistake(TypedMistake::TooMuch, {std::string(rest), usage});
    return verb == V::Close      ? Action(DoClose{})
           : verb == V::Shutdown ? Action(DoShutdown{})
           : verb == V::Abort    ? Action(DoAbort{})
                                 : Action(DoCrash{});
}

struct Reachable {
    std::string name;
    IpAddress address;
};

/// Nodes that have an address, the host itself left out: hosts first.
std::vector<Reachable> reachable(const Scenario& s, std::string_view host)
{
    std::vector<Reachable> all;
    for (const HostSpec& each : s.hosts)
        if (each.name != host && (each.address != Ipv4Address{} || each.address6))
            all.push_back(
                {each.name, each.address != Ipv4Address{} ? IpAddress(each.address) : IpAddress(*each.address6)});
    for (const RouterSpec& router : s.routers)
        for (const RouterInterfaceSpec& interface : router.interfaces)
            if (interface.address) {
                all.push_back({router.name, *interface.address});
                break;
            }
    return all;
}

/// Names that name servers of the scenario know, and for which address.
std::vector<DnsRecordSpec> names(const Scenario& s)
{
    std::vector<DnsRecordSpec> all;
    for (const HostSpec& host : s.hosts)
        if (host.services.dns)
            for (const DnsRecordSpec& record : host.services.dns->records)
                if (record.type == "A" || record.type == "AAAA" || record.type == "CNAME")
                    all.push_back(record);
    // What is under the root servers' own names is nothing to look at.
    std::stable_partition(all.begin(), all.end(), [](const DnsRecordSpec& r) { return r.name.starts_with("www."); });
    return all;
}

void addTo(std::vector<std::string>& list, std::string text)
{
    if (list.size() < kMostTargets && std::find(list.begin(), list.end(), text) == list.end())
        list.push_back(std::move(text));
}

} // namespace

std::string_view toString(TypedVerb verb)
{
    switch (verb) {
    case V::Ping: return "ping";
    case V::Traceroute: return "traceroute";
    case V::Resolve: return "resolve";
    case V::Open: return "open";
    case V::Send: return "send";
    case V::Listen: return "listen";
    case V::Connect: return "connect";
    case V::Write: return "write";
    case V::Close: return "close";
    case V::Shutdown: return "shutdown";
    case V::Abort: return "abort";
    case V::Crash: return "crash";
    }
    return {};
}

std::string_view usageOf(TypedVerb verb)
{
    switch (verb) {
    case V::Ping: return "ping server";
    case V::Traceroute: return "traceroute 10.0.0.1";
    case V::Resolve: return "resolve www.example.com";
    case V::Open: return "open http://www.example.com/";
    case V::Send: return "send 10.0.0.2:7 hello";
    case V::Listen: return "listen 80";
    case V::Connect: return "connect server:80";
    case V::Write: return "write hello";
    case V::Close: return "close";
    case V::Shutdown: return "shutdown";
    case V::Abort: return "abort";
    case V::Crash: return "crash";
    }
    return {};
}

std::span<const TypedVerb> typedVerbs()
{
    return kVerbs;
}

Result<Action, TypedError> parseTyped(std::string_view line, const Scenario& scenario)
{
    std::string_view rest = line;
    const std::string_view word = takeWord(rest);
    if (word.empty())
        return mistake(TypedMistake::Empty, {});
    const std::optional<V> verb = verbOf(word);
    if (!verb) {
        std::string all;
        for (const V each : kVerbs)
            all += (all.empty() ? "" : ", ") + std::string(toString(each));
        return mistake(TypedMistake::UnknownVerb, {std::string(word), all});
    }
    return parseArguments(*verb, rest, scenario);
}

std::vector<std::string> targetsOf(TypedVerb verb, const Scenario& s, std::string_view host)
{
    std::vector<std::string> found;
    switch (verb) {
    case V::Ping:
    case V::Traceroute:
        for (const Reachable& node : reachable(s, host))
            addTo(found, node.name);
        for (const DnsRecordSpec& record : names(s))
            addTo(found, record.name);
        break;
    case V::Resolve:
        for (const DnsRecordSpec& record : names(s))
            addTo(found, record.name);
        break;
    case V::Open:
        for (const HostSpec& each : s.hosts) {
            if (!each.services.http || each.name == host)
                continue;
            std::string name = each.name;
            for (const DnsRecordSpec& record : names(s))
                if (record.data == each.address.toString() ||
                    (each.address6 && record.data == each.address6->toString())) {
                    name = record.name;
                    break;
                }
            const std::string port =
                each.services.http->port == kHttp ? std::string() : ":" + std::to_string(each.services.http->port);
            for (const HttpFileSpec& file : each.services.http->files)
                addTo(found, "http://" + name + port + file.path);
        }
        break;
    case V::Send:
        for (const HostSpec& each : s.hosts)
            for (const auto* ports : {&each.services.udpEcho, &each.services.udpOpen})
                for (const std::uint16_t port : *ports)
                    if (each.name != host)
                        addTo(found, each.name + ":" + std::to_string(port) + " hello");
        if (found.empty())
            for (const Reachable& node : reachable(s, host))
                addTo(found, node.name + ":7 hello");
        break;
    case V::Connect:
        for (const HostSpec& each : s.hosts)
            if (each.name != host)
                addTo(found, each.name + ":" + std::to_string(each.services.http ? each.services.http->port : kHttp));
        break;
    case V::Listen: addTo(found, "80"); break;
    case V::Write: addTo(found, "hello"); break;
    case V::Close:
    case V::Shutdown:
    case V::Abort:
    case V::Crash: break;
    }
    return found;
}

std::vector<std::string> completeTyped(std::string_view line, const Scenario& scenario, std::string_view host)
{
    std::vector<std::string> lines;
    std::string_view rest = line;
    const std::string_view word = takeWord(rest);
    const bool wholeVerb = line.ends_with(' ') || line.ends_with('\t');
    const std::optional<V> verb = verbOf(word);
    if (verb && (wholeVerb || !rest.empty())) {
        for (const std::string& target : targetsOf(*verb, scenario, host))
            lines.push_back(std::string(word) + " " + target);
        return lines;
    }
    for (const V each : kVerbs)
        if (toString(each).starts_with(lowered(word)))
            lines.emplace_back(toString(each));
    return lines;
}

} // namespace packetarium
