// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/session.h"

#include "core/endpoint/session_parts.h"

#include <algorithm>
#include <array>
#include <exception>

namespace packetarium {

using namespace endpoint;

struct EndpointSession::State {
    struct Waiting {
        Json id;
        Fn fn = Fn::Socket;
        SockOpt option = SockOpt::Error;
    };

    std::unique_ptr<SocketHost> host;
    std::uint64_t lines = 0;
    std::uint64_t tickets = 0;
    std::map<std::uint64_t, Waiting> waiting;
    std::string twice; ///< what checkLine() said of this line

    Json answerTo(std::string_view line);
    Json request(const Json& line);
    Json reset(const Json& line);
    Json call(const Json& line, Fn fn);
    Json inject(const Json& line);
    Json run(const Json& line);
    Json info(const Json& line);
    Json infoOf(const Json& conn);
    Json wrong(std::string what) const { return Json{{"error", std::move(what)}, {"line", lines}}; }
    std::optional<std::string> strange(const Json& line, std::initializer_list<std::string_view> beside,
                                       std::span<const std::string_view> arguments) const
    {
        return twice.empty() ? strangeIn(line, beside, arguments) : twice;
    }
};

namespace {

SimTime instantOf(std::int64_t microseconds)
{
    return SimTime::zero() + SimDuration::microseconds(microseconds);
}

/// "output", "done", "output|done", or a list of them.
std::optional<SocketHost::Stop> stopOf(const Json* value)
{
    SocketHost::Stop stop;
    if (value == nullptr)
        return stop;
    std::vector<std::string> words;
    if (value->is_string())
        words.push_back(value->get<std::string>());
    else if (value->is_array())
        for (const Json& word : *value)
            words.push_back(word.is_string() ? word.get<std::string>() : "?");
    else
        return std::nullopt;
    for (const std::string& given : words) {
        std::string rest = lowerCase(given);
        while (!rest.empty()) {
            const std::size_t end = rest.find_first_of("|, ");
            const std::string word = rest.substr(0, end);
            rest = end == std::string::npos ? "" : rest.substr(end + 1);
            if (word == "output" || word == "outputs")
                stop.output = true;
            else if (word == "done")
                stop.done = true;
            else if (word != "time" && !word.empty())
                return std::nullopt;
        }
    }
    return stop;
}

std::string_view toString(SocketHost::Ended ended)
{
    switch (ended) {
    case SocketHost::Ended::Time: return "time";
    case SocketHost::Ended::Output: return "output";
    case SocketHost::Ended::Done: return "done";
    case SocketHost::Ended::Limit: return "limit";
    }
    return {};
}

} // namespace

EndpointSession::EndpointSession()
    : state_(std::make_unique<State>())
{
    state_->host = std::make_unique<SocketHost>(hostSetupOf(Json::object()).value());
}

EndpointSession::~EndpointSession() = default;

std::string EndpointSession::handle(std::string_view line)
{
    if (line.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return {};
    ++state_->lines;
    const Json reply = line.size() > kLongestLine
                           ? state_->wrong("the line is longer than " + std::to_string(kLongestLine) + " octets")
                           : state_->answerTo(line);
    return reply.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json EndpointSession::State::answerTo(std::string_view line)
{
    const LineCheck check = checkLine(line);
    if (!check.json)
        return wrong(check.broken);
    twice = check.twice;
    const Json asked = Json::parse(line.begin(), line.end(), nullptr, false);
    if (!asked.is_object())
        return wrong("not a JSON object");
    Json reply;
    try {
        reply = request(asked);
    } catch (const std::exception& broken) { // a broken invariant; the harness can still begin anew with reset
        reply = wrong(std::string("internal: ") + broken.what());
    }
    if (const auto id = asked.find("id"); id != asked.end() && !reply.contains("id"))
        reply["id"] = *id;
    return reply;
}

Json EndpointSession::State::request(const Json& line)
{
    const auto op = line.find("op");
    if (op != line.end() && !op->is_string())
        return wrong("\"op\" is not a text");
    std::string word = op != line.end() ? lowerCase(op->get<std::string>()) : "";
    if (word.empty() && line.contains("fn"))
        word = "call";
    if (word == "reset")
        return reset(line);
    if (word == "inject")
        return inject(line);
    if (word == "run")
        return run(line);
    if (word == "info")
        return info(line);
    if (const auto fn = parseFn(word)) // "op":"socket" for "op":"call","fn":"socket"
        return call(line, *fn);
    if (word != "call")
        return wrong(word.empty() ? "there is no \"op\"" : "unknown op: " + word + "; reset, call, inject, run, info");
    const auto fn = line.find("fn");
    const auto known = fn != line.end() && fn->is_string() ? parseFn(fn->get<std::string>()) : std::nullopt;
    if (known)
        return call(line, *known);
    Json reply = wrong(fn == line.end() ? "there is no \"fn\"" : "unknown fn: " + fn->dump());
    reply["errno"] = toString(Errno::Invalid);
    return reply;
}

Json EndpointSession::State::reset(const Json& line)
{
    if (const auto unasked = strange(line, {"host"}, {}))
        return wrong(*unasked);
    const auto given = line.find("host");
    auto setup = hostSetupOf(given == line.end() || given->is_null() ? Json::object() : *given);
    if (!setup)
        return wrong(setup.error().what);
    host = std::make_unique<SocketHost>(std::move(setup).value());
    waiting.clear();
    Json reply{{"ok", true}, {"now_us", 0}};
    Json addresses = Json::array();
    for (const IpPrefix& prefix : host->host().ip().setup().interfaces.front().addresses)
        addresses.push_back(prefix.toString());
    reply["addresses"] = std::move(addresses);
    return reply;
}

Json EndpointSession::State::call(const Json& line, Fn fn)
{
    Json reply = Json::object();
    const auto id = line.find("id");
    reply["id"] = id == line.end() ? Json(nullptr) : *id;
    const auto unasked = strange(line, {"fn"}, argumentsOf(fn));
    auto parsed = unasked ? Result<Call, Mistake>(Mistake{*unasked}) : callOf(fn, Arguments(line));
    if (!parsed) {
        reply["errno"] = toString(parsed.error().error);
        reply["error"] = parsed.error().what;
        reply["line"] = lines;
        return reply;
    }
    const SockOpt option = parsed.value().option;
    const int fd = parsed.value().fd;
    const std::uint64_t ticket = ++tickets;
    const MaybeAnswer answer = host->call(ticket, std::move(parsed).value());
    if (answer) {
        writeAnswer(reply, *answer, fn);
        if (fn == Fn::GetSockOpt && option == SockOpt::TcpInfo && answer->error == Errno::None)
            reply["value"] = socketInfo(*host, fd, host->sockets().at(fd));
    } else {
        reply["pending"] = true;
        waiting[ticket] = Waiting{reply["id"], fn, option};
    }
    return reply;
}

Json EndpointSession::State::inject(const Json& line)
{
    static constexpr std::array<std::string_view, 4> kKeys{"hex", "data", "datagram", "packet"};
    if (const auto unasked = strange(line, {}, kKeys))
        return wrong(*unasked);
    const Arguments arguments(line);
    const Json* hex = arguments.find({"hex", "data", "datagram", "packet"});
    if (arguments.twice())
        return wrong(*arguments.twice());
    if (hex == nullptr)
        return wrong("there is no \"hex\"");
    Bytes datagram;
    if (const auto mistake = readHex(*hex, datagram))
        return wrong(mistake->what);
    if (datagram.size() > 65575) // what an IPv6 header can say
        return wrong("no IP datagram is longer than 65575 octets");
    Json reply{{"ok", true}};
    for (const Reason why : host->inject(datagram)) {
        if (!reply.contains("dropped"))
            reply["dropped"] = packetarium::toString(why);
    }
    return reply;
}

Json EndpointSession::State::run(const Json& line)
{
    static constexpr std::array<std::string_view, 7> kKeys{"until_us", "until-us", "for_us", "for-us",
                                                           "stop_on",  "stop-on",  "stop"};
    if (const auto unasked = strange(line, {}, kKeys))
        return wrong(*unasked);
    const Arguments arguments(line);
    const auto stop = stopOf(arguments.find({"stop_on", "stop-on", "stop"}));
    SimTime until = host->now();
    const Json* absolute = arguments.find({"until_us", "until-us"});
    const Json* relative = arguments.find({"for_us", "for-us"});
    if (arguments.twice())
        return wrong(*arguments.twice());
    if (!stop)
        return wrong(R"("stop_on" is "output", "done", "output|done" or "time")");
    if (absolute && relative)
        return wrong("\"until_us\" and \"for_us\" exclude each other");
    if (const Json* given = absolute ? absolute : relative) {
        const auto us = microsecondsOf(*given);
        if (!us)
            return wrong("the time is not a whole number of microseconds from 0 to " +
                         std::to_string(kLastMicrosecond));
        until = absolute ? instantOf(*us) : host->now() + SimDuration::microseconds(*us);
    } else if (stop->output || stop->done) {
        until = SimTime::never();
    }
    const SocketHost::Ended ended = host->run(until, *stop);
    Json reply{{"now_us", microseconds(host->now())}};
    Json outputs = Json::array();
    for (const SocketHost::Output& output : host->takeOutputs()) {
        Json entry{{"t_us", microseconds(output.at)}, {"hex", hexOf(output.datagram)}};
        entry["cause"] = packetarium::toString(output.cause);
        if (output.conn)
            entry["conn"] = output.conn.value();
        if (const int fd = output.conn ? host->fdOf(output.conn) : output.fd; fd >= 0)
            entry["fd"] = fd;
        outputs.push_back(std::move(entry));
    }
    Json done = Json::array();
    for (const SocketHost::Done& one : host->takeDone()) {
        const auto found = waiting.find(one.ticket);
        if (found == waiting.end())
            continue;
        Json entry{{"done", found->second.id}};
        writeAnswer(entry, one.answer, found->second.fn);
        done.push_back(std::move(entry));
        waiting.erase(found);
    }
    reply["outputs"] = std::move(outputs);
    reply["done"] = std::move(done);
    reply["ended"] = toString(ended);
    return reply;
}

Json EndpointSession::State::infoOf(const Json& conn)
{
    const auto n = integerOf(conn);
    if (!n || *n < 0 || *n >= 65535)
        return wrong("there is no such connection");
    const ConnId id(static_cast<std::uint32_t>(*n));
    const Connection* tcp = host->host().connection(id);
    // What waits in LISTEN for its SYN belongs to a listener, and its descriptor shows that; it is no connection yet.
    if (tcp == nullptr || tcp->state() == TcpState::Listen)
        return wrong("there is no such connection");
    return connectionInfo(*host, id);
}

Json EndpointSession::State::info(const Json& line)
{
    static constexpr std::array<std::string_view, 3> kKeys{"fd", "sockfd", "conn"};
    if (const auto unasked = strange(line, {}, kKeys))
        return wrong(*unasked);
    const Arguments arguments(line);
    const Json* given = arguments.find({"fd", "sockfd"});
    const Json* connection = arguments.find({"conn"});
    if (arguments.twice())
        return wrong(*arguments.twice());
    if (given && connection)
        return wrong("\"fd\" and \"conn\" exclude each other");
    if (connection != nullptr)
        return infoOf(*connection);
    if (given == nullptr)
        return hostInfo(*host);
    const auto n = integerOf(*given);
    if (!n)
        return wrong("\"fd\" is not a number");
    const int fd = static_cast<int>(std::clamp<std::int64_t>(*n, -1, 1 << 20));
    if (const auto found = host->sockets().find(fd); found != host->sockets().end())
        return socketInfo(*host, fd, found->second);
    if (const ConnId conn = host->lastConnOf(fd)) {
        Json reply{{"fd", fd}, {"closed", true}};
        reply.update(connectionInfo(*host, conn));
        return reply;
    }
    Json reply = wrong("bad file descriptor");
    reply["errno"] = packetarium::toString(Errno::BadF);
    return reply;
}

} // namespace packetarium
