// SPDX-License-Identifier: GPL-3.0-or-later
//
// From JSON to a call, and from an answer to JSON.
#include "core/endpoint/session_parts.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <array>

namespace packetarium::endpoint {

namespace {

constexpr std::int64_t kMostOctets = std::int64_t{16} << 20; ///< that one call may send or ask for
constexpr std::size_t kMostPolled = 1024;
constexpr std::size_t kPattern = 26;

/// Flags as a list, as words joined by '|', or as one word; upper case.
std::vector<std::string> wordsOf(const Json& value)
{
    std::vector<std::string> words;
    const auto split = [&](std::string_view text) {
        std::string word;
        for (const char c : text) {
            if (c == '|' || c == ' ' || c == ',' || c == '+') {
                if (!word.empty())
                    words.push_back(std::exchange(word, {}));
            } else {
                word.push_back(static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
            }
        }
        if (!word.empty())
            words.push_back(word);
    };
    if (value.is_string())
        split(value.get_ref<const std::string&>());
    else if (value.is_array())
        for (const Json& one : value)
            if (one.is_string())
                split(one.get_ref<const std::string&>());
    return words;
}

/// One word or several in a text, or a list of texts.
bool isTexts(const Json& value)
{
    const auto isText = [](const Json& one) { return one.is_string(); };
    return isText(value) || (value.is_array() && std::all_of(value.begin(), value.end(), isText));
}

/// Of two that say the same thing in two ways.
Mistake excluding(std::string_view one, std::string_view other)
{
    return {"\"" + std::string(one) + "\" and \"" + std::string(other) + "\" exclude each other", Errno::Invalid};
}

std::optional<Mistake> readSocket(const Arguments& arguments, Call& call)
{
    if (const Json* given = arguments.find({"domain", "family", "af"})) {
        const std::string word = given->is_string() ? lowerCase(given->get<std::string>()) : given->dump();
        if (isOneOf(word, {"inet6", "af_inet6", "pf_inet6", "ipv6", "v6", "10", "6"}))
            call.v6 = true;
        else if (!isOneOf(word, {"inet", "af_inet", "pf_inet", "ipv4", "v4", "inet4", "2", "4"}))
            return Mistake{"this host has no such domain: " + word, Errno::AfNoSupport};
    }
    if (const Json* given = arguments.find({"type", "kind"})) {
        bool known = false;
        for (const std::string& word : wordsOf(given->is_number() ? Json(given->dump()) : *given)) {
            if (isOneOf(word, {"STREAM", "SOCK_STREAM", "TCP", "1"})) {
                known = true;
            } else if (isOneOf(word, {"DGRAM", "SOCK_DGRAM", "UDP", "2", "DATAGRAM"})) {
                call.stream = false;
                known = true;
            } else if (isOneOf(word, {"SOCK_NONBLOCK", "NONBLOCK"})) {
                call.nonblock = true;
            } else if (word != "SOCK_CLOEXEC") {
                return Mistake{"this host has no such type of socket: " + word, Errno::SockTNoSupport};
            }
        }
        if (!known)
            return Mistake{"this host has no such type of socket", Errno::SockTNoSupport};
    }
    if (const Json* given = arguments.find({"protocol", "proto"})) {
        const std::string word = given->is_string() ? lowerCase(given->get<std::string>()) : given->dump();
        const bool tcp = isOneOf(word, {"tcp", "ipproto_tcp", "6"});
        const bool udp = isOneOf(word, {"udp", "ipproto_udp", "17"});
        if (!isOneOf(word, {"", "0", "ip", "ipproto_ip"}) && !(call.stream ? tcp : udp))
            return Mistake{"not the protocol of such a socket: " + word, Errno::ProtoNoSupport};
    }
    return std::nullopt;
}

std::optional<Mistake> readFlags(const Arguments& arguments, Call& call)
{
    if (const Json* nonblock = arguments.find({"nonblock", "nonblocking", "non_blocking"})) {
        const auto flag = flagOf(*nonblock);
        if (!flag)
            return unusable("nonblock");
        call.nonblock = call.nonblock || *flag;
    }
    if (const Json* blocking = arguments.find({"blocking", "block"}); blocking && flagOf(*blocking) == false)
        call.nonblock = true;
    const Json* flags = arguments.find({"flags"});
    if (flags == nullptr || (flags->is_number() && *flags == 0))
        return std::nullopt;
    if (!isTexts(*flags))
        return unusable("flags");
    for (std::string word : wordsOf(*flags)) {
        if (word.starts_with("MSG_"))
            word = word.substr(4);
        bool* const flag = word == "SOCK_NONBLOCK" && call.fn == Fn::Accept             ? &call.nonblockNew
                           : isOneOf(word, {"DONTWAIT", "O_NONBLOCK", "SOCK_NONBLOCK"}) ? &call.nonblock
                           : word == "PEEK"                                             ? &call.peek
                           : word == "WAITALL"                                          ? &call.waitAll
                           : word == "TRUNC"                                            ? &call.wholeLength
                           : word == "MORE"                                             ? &call.more
                                                                                        : nullptr;
        if (flag != nullptr)
            *flag = true;
        else if (!isOneOf(word, {"NOSIGNAL", "0", "SOCK_CLOEXEC", "CONFIRM", "EOR"}))
            return Mistake{"this host knows no such flag: " + word, Errno::OpNotSupp};
    }
    return std::nullopt;
}

std::optional<Mistake> readData(const Arguments& arguments, Call& call)
{
    const Json* hex = arguments.find({"hex"});
    const Json* data = arguments.find({"data", "text", "buf", "message"});
    const Json* length = arguments.find({"len", "n", "size", "length"});
    if (data && hex)
        return excluding("data", "hex");
    if (length && (data || hex))
        return excluding(data ? "data" : "hex", "len");
    if (hex != nullptr)
        return readHex(*hex, call.data);
    if (data != nullptr) {
        if (!data->is_string())
            return unusable("data");
        const std::string& text = data->get_ref<const std::string&>();
        call.data.assign(text.begin(), text.end());
    } else if (length != nullptr) {
        const auto n = integerOf(*length);
        if (!n || *n < 0 || *n > kMostOctets)
            return unusable("len", "0 to " + std::to_string(kMostOctets));
        call.data.resize(static_cast<std::size_t>(*n));
        for (std::size_t i = 0; i < call.data.size(); ++i)
            call.data[i] = static_cast<std::uint8_t>('a' + i % kPattern);
    } else {
        return missing("data");
    }
    return std::nullopt;
}

std::optional<Mistake> readHow(const Arguments& arguments, Call& call)
{
    const Json* how = arguments.find({"how"});
    if (how == nullptr)
        return missing("how");
    std::string word = how->is_string() ? lowerCase(how->get<std::string>()) : how->dump();
    if (word.starts_with("shut_"))
        word = word.substr(5);
    call.shutRead = isOneOf(word, {"rd", "0", "read", "rdwr", "2", "both"});
    call.shutWrite = isOneOf(word, {"wr", "1", "write", "rdwr", "2", "both"});
    if (!call.shutRead && !call.shutWrite)
        return unusable("how");
    return std::nullopt;
}

struct EventName {
    std::string_view name;
    std::uint16_t bit;
};
constexpr std::array kEvents{
    EventName{"POLLIN", PollEvents::In},       EventName{"POLLPRI", PollEvents::Pri},
    EventName{"POLLOUT", PollEvents::Out},     EventName{"POLLERR", PollEvents::Err},
    EventName{"POLLHUP", PollEvents::Hup},     EventName{"POLLNVAL", PollEvents::NVal},
    EventName{"POLLRDHUP", PollEvents::RdHup},
};

std::optional<std::uint16_t> eventsOf(const Json* value)
{
    if (value == nullptr)
        return std::uint16_t{PollEvents::In};
    if (value->is_number()) {
        const auto bits = integerOf(*value);
        return bits && *bits >= 0 && *bits <= 0xffff ? std::optional(static_cast<std::uint16_t>(*bits)) : std::nullopt;
    }
    if (!isTexts(*value))
        return std::nullopt;
    std::uint16_t events = 0;
    for (std::string word : wordsOf(*value)) {
        if (!word.starts_with("POLL"))
            word = "POLL" + word;
        if (word == "POLLRDNORM")
            word = "POLLIN";
        if (word == "POLLWRNORM")
            word = "POLLOUT";
        const auto found =
            std::find_if(kEvents.begin(), kEvents.end(), [&](const EventName& event) { return event.name == word; });
        if (found == kEvents.end())
            return std::nullopt;
        events = static_cast<std::uint16_t>(events | found->bit);
    }
    return events;
}

std::optional<Mistake> readPoll(const Arguments& arguments, Call& call)
{
    const Json* fds = arguments.find({"fds", "fd"});
    if (fds == nullptr)
        return missing("fds");
    const Json list = fds->is_array() ? *fds : Json::array({*fds});
    if (list.size() > kMostPolled)
        return Mistake{"too many descriptors", Errno::Invalid};
    const std::string path = arguments.pathOf(fds);
    const Json* eventsOfAll = arguments.find({"events"});
    for (std::size_t i = 0; i < list.size(); ++i) {
        const Json& entry = list[i];
        const Json* fd = &entry;
        const Json* events = eventsOfAll;
        if (entry.is_object()) {
            if (auto strange = strangeInside(entry, path + "[" + std::to_string(i) + "]", {"fd", "events"}))
                return strange;
            const Arguments inside(entry);
            fd = inside.find({"fd"});
            events = inside.find({"events"});
        }
        constexpr std::int64_t kNone = 1 << 30, kMost = 1'000'000;
        const std::int64_t number = fd ? integerOf(*fd).value_or(kNone) : kNone;
        const auto wanted = eventsOf(events);
        if (number < -kMost || number > kMost)
            return unusable("fds");
        if (!wanted)
            return unusable("events");
        call.polled.push_back(Polled{static_cast<int>(number), *wanted, 0});
    }
    if (const Json* timeout = arguments.find({"timeout_ms", "timeout-ms", "timeout"})) {
        const auto ms = integerOf(*timeout);
        if (!ms || *ms > 1'000'000'000'000)
            return unusable("timeout_ms", "a number up to 10^12; less than 0 is for ever");
        if (*ms >= 0)
            call.timeout = SimDuration::milliseconds(*ms);
    }
    return std::nullopt;
}

std::optional<Mistake> readMost(const Arguments& arguments, Call& call)
{
    call.length = 65536;
    if (const Json* length = arguments.find({"len", "n", "size", "max", "length"})) {
        const auto n = integerOf(*length);
        if (!n || *n < 0)
            return unusable("len", "0 or more");
        call.length = static_cast<std::size_t>(std::min(*n, kMostOctets));
    }
    return std::nullopt;
}

Json namesOf(std::uint16_t events)
{
    Json names = Json::array();
    for (const EventName& event : kEvents) {
        if ((events & event.bit) != 0)
            names.push_back(event.name);
    }
    return names;
}

} // namespace

std::vector<std::string_view> argumentsOf(Fn fn)
{
    using Keys = std::vector<std::string_view>;
    Keys keys{"nonblock", "nonblocking", "non_blocking", "blocking", "block", "flags"};
    const auto add = [&](const Keys& more) { keys.insert(keys.end(), more.begin(), more.end()); };
    if (fn != Fn::Socket && fn != Fn::Poll)
        add({"fd", "sockfd", "s", "socket"});
    const Keys ends{"family", "sa_family", "addr",     "ip",   "address", "host",
                    "to",     "dest",      "sockaddr", "peer", "port",    "addrlen"};
    switch (fn) {
    case Fn::Socket: add({"domain", "family", "af", "type", "kind", "protocol", "proto"}); break;
    case Fn::Bind:
    case Fn::Connect: add(ends); break;
    case Fn::Listen: add({"backlog"}); break;
    case Fn::Send:
        add(ends);
        add({"hex", "data", "text", "buf", "message", "len", "n", "size", "length"});
        break;
    case Fn::Recv: add({"len", "n", "size", "max", "length"}); break;
    case Fn::Shutdown: add({"how"}); break;
    case Fn::SetSockOpt: add({"value", "val", "optval"}); [[fallthrough]];
    case Fn::GetSockOpt: add({"level", "name", "opt", "optname", "option", "optlen"}); break;
    case Fn::Poll: add({"fds", "fd", "nfds", "events", "timeout_ms", "timeout-ms", "timeout"}); break;
    default: break;
    }
    return keys;
}

Result<Call, Mistake> callOf(Fn fn, const Arguments& arguments)
{
    Call call;
    call.fn = fn;
    std::optional<Mistake> mistake;
    if (fn != Fn::Socket && fn != Fn::Poll) {
        const Json* fd = arguments.find({"fd", "sockfd", "s", "socket"});
        const auto number = fd ? integerOf(*fd) : std::nullopt;
        if (!number)
            return fd ? unusable("fd") : missing("fd");
        call.fd = static_cast<int>(std::clamp<std::int64_t>(*number, -1, 1 << 20));
    }
    switch (fn) {
    case Fn::Socket: mistake = readSocket(arguments, call); break;
    case Fn::Bind: mistake = readEnds(arguments, call); break;
    case Fn::Connect:
        mistake = readEnds(arguments, call);
        if (!mistake)
            mistake = missingEnd(call);
        break;
    case Fn::Listen:
        if (const Json* backlog = arguments.find({"backlog"})) {
            const auto n = integerOf(*backlog);
            if (!n)
                return unusable("backlog");
            call.backlog = static_cast<int>(std::clamp<std::int64_t>(*n, 0, SocketHost::kMostBacklog));
        } else {
            call.backlog = 128;
        }
        break;
    case Fn::Send:
        mistake = readData(arguments, call);
        if (!mistake)
            mistake = readEnds(arguments, call);
        if (!mistake && (call.address || call.port)) // none at all: to the peer
            mistake = missingEnd(call);
        break;
    case Fn::Recv: mistake = readMost(arguments, call); break;
    case Fn::Shutdown: mistake = readHow(arguments, call); break;
    case Fn::SetSockOpt: mistake = readOption(arguments, call, true); break;
    case Fn::GetSockOpt: mistake = readOption(arguments, call, false); break;
    case Fn::Poll: mistake = readPoll(arguments, call); break;
    default: break;
    }
    if (!mistake)
        mistake = readFlags(arguments, call);
    if (!mistake && arguments.twice())
        mistake = Mistake{*arguments.twice()};
    if (mistake)
        return *mistake;
    return call;
}

void writeAnswer(Json& reply, const Answer& answer, Fn fn)
{
    if (answer.error != Errno::None) {
        reply["errno"] = toString(answer.error);
        return;
    }
    reply["ret"] = answer.ret;
    if (answer.data) {
        reply["hex"] = hexOf(*answer.data);
        const std::string text(answer.data->begin(), answer.data->end());
        if (isUtf8(text))
            reply["data"] = text;
    }
    if (answer.truncated) {
        reply["truncated"] = true;
        reply["flags"] = Json::array({"MSG_TRUNC"});
    }
    if (answer.address) {
        reply["addr"] = answer.address->address.toString();
        reply["port"] = answer.address->port;
    }
    if (answer.polled) {
        Json fds = Json::array();
        for (const Polled& polled : *answer.polled)
            fds.push_back(Json{{"fd", polled.fd}, {"revents", namesOf(polled.revents)}});
        reply["fds"] = std::move(fds);
    }
    if (fn != Fn::GetSockOpt || !answer.value)
        return;
    if (const auto* number = std::get_if<std::int64_t>(&*answer.value))
        reply["value"] = *number;
    else if (const auto* linger = std::get_if<Linger>(&*answer.value))
        reply["value"] = Json{{"onoff", linger->on ? 1 : 0}, {"linger", linger->seconds}};
    else if (const auto& text = std::get<std::string>(*answer.value); text.empty())
        reply["value"] = 0; // SO_ERROR: none
    else
        reply["value"] = text;
}

} // namespace packetarium::endpoint
