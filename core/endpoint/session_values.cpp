// SPDX-License-Identifier: GPL-3.0-or-later
//
// Arguments that may be written in several ways: addresses with their ports, and the values of options.
#include "core/endpoint/session_parts.h"

#include <algorithm>

namespace packetarium::endpoint {

namespace {

bool readPort(const Json& value, Call& call)
{
    const auto port = integerOf(value);
    if (!port || *port < 0 || *port > 65535)
        return false;
    call.port = static_cast<std::uint16_t>(*port);
    return true;
}

void readFamily(const Arguments& arguments, Call& call)
{
    const Json* family = arguments.find({"family", "sa_family"});
    if (family && family->is_string() && isOneOf(lowerCase(family->get<std::string>()), {"af_unspec", "unspec"}))
        call.unspecified = true;
}

/// "10.0.0.2", "10.0.0.2:80", "[2001:db8::2]:80", ["10.0.0.2", 80], {"addr": ..., "port": ...}, AF_UNSPEC.
bool readAddress(const Json& value, Call& call)
{
    if (value.is_array())
        return !value.empty() && value.size() <= 4 && value[0].is_string() && readAddress(value[0], call) &&
               (value.size() < 2 || readPort(value[1], call));
    if (value.is_object()) {
        const Arguments inside(value);
        const Json* address = inside.find({"addr", "ip", "address", "host"});
        const Json* port = inside.find({"port"});
        readFamily(inside, call);
        if (inside.twice())
            return false;
        return (!address || (address->is_string() && readAddress(*address, call))) && (!port || readPort(*port, call));
    }
    if (!value.is_string())
        return false;
    std::string text = value.get<std::string>();
    const std::string lower = lowerCase(text);
    if (isOneOf(lower, {"af_unspec", "unspec"})) {
        call.unspecified = true;
        return true;
    }
    if (isOneOf(lower, {"", "*", "any", "inaddr_any", "in6addr_any"}))
        return true;
    if (text.front() == '[') {
        const std::size_t end = text.find(']');
        if (end == std::string::npos)
            return false;
        if (end + 1 < text.size() && (text[end + 1] != ':' || !readPort(Json(text.substr(end + 2)), call)))
            return false;
        text = text.substr(1, end - 1);
    } else if (std::count(text.begin(), text.end(), ':') == 1) {
        const std::size_t colon = text.find(':');
        if (!readPort(Json(text.substr(colon + 1)), call))
            return false;
        text.resize(colon);
    }
    call.address = IpAddress::parse(text);
    return call.address.has_value();
}

bool isTimeout(SockOpt option)
{
    return option == SockOpt::RcvTimeo || option == SockOpt::SndTimeo;
}

/// {"onoff":1,"linger":5}, as struct linger has it.
std::optional<OptionValue> lingerOf(const Json& value)
{
    const Arguments inside(value);
    const Json* on = inside.find({"onoff", "l_onoff"});
    const Json* seconds = inside.find({"linger", "l_linger"});
    const auto flag = on ? flagOf(*on) : std::nullopt;
    const auto time = seconds ? integerOf(*seconds) : std::optional<std::int64_t>(0);
    if (!flag || !time || inside.twice())
        return std::nullopt;
    return Linger{*flag, *time};
}

/// {"sec":1,"usec":500000}, as struct timeval has it, in milliseconds; -1: none that can be.
std::optional<OptionValue> timeoutOf(const Json& value)
{
    const Arguments inside(value);
    const Json* seconds = inside.find({"sec", "tv_sec"});
    const Json* micros = inside.find({"usec", "tv_usec"});
    if ((!seconds && !micros) || inside.twice())
        return std::nullopt;
    const auto s = seconds ? integerOf(*seconds) : std::optional<std::int64_t>(0);
    const auto us = micros ? integerOf(*micros) : std::optional<std::int64_t>(0);
    if (!s || !us)
        return std::nullopt;
    if (*s < 0 || *s > 1'000'000 || *us < 0 || *us > 999'999)
        return OptionValue(std::int64_t{-1});
    return OptionValue(*s * 1000 + (*us + 999) / 1000);
}

/// What stands in the value of an option that is a structure, and may not.
std::optional<Mistake> strangeInValue(SockOpt option, const Json& value, const std::string& path)
{
    if (!value.is_object())
        return std::nullopt;
    if (option == SockOpt::Linger)
        return strangeInside(value, path, {"onoff", "linger", "l_onoff", "l_linger"});
    if (isTimeout(option))
        return strangeInside(value, path, {"sec", "usec", "tv_sec", "tv_usec"});
    return std::nullopt;
}

std::optional<OptionValue> optionValueOf(SockOpt option, const Json& value)
{
    if (option == SockOpt::Linger)
        return lingerOf(value);
    if (isTimeout(option) && value.is_object())
        return timeoutOf(value);
    if (option == SockOpt::TcpCongestion)
        return value.is_string() ? std::optional<OptionValue>(lowerCase(value.get<std::string>())) : std::nullopt;
    if (const auto n = integerOf(value))
        return OptionValue(*n);
    if (const auto flag = flagOf(value))
        return OptionValue(std::int64_t{*flag});
    return std::nullopt;
}

} // namespace

std::optional<Mistake> readEnds(const Arguments& arguments, Call& call)
{
    readFamily(arguments, call);
    if (const Json* given = arguments.find({"addr", "ip", "address", "host", "to", "dest", "sockaddr", "peer"})) {
        if (given->is_object()) {
            if (auto strange = strangeInside(*given, arguments.pathOf(given),
                                             {"addr", "ip", "address", "host", "port", "family", "sa_family"}))
                return strange;
        }
        if (!readAddress(*given, call))
            return unusable("addr");
    }
    if (const Json* port = arguments.find({"port"}); port && !readPort(*port, call))
        return unusable("port", "0 to 65535");
    return std::nullopt;
}

std::optional<Mistake> missingEnd(const Call& call)
{
    if (call.unspecified || (call.address && call.port))
        return std::nullopt;
    return missing(call.address ? "port" : "addr");
}

std::optional<Mistake> readOption(const Arguments& arguments, Call& call, bool withValue)
{
    const Json* name = arguments.find({"name", "opt", "optname", "option"});
    if (name == nullptr)
        return missing("name");
    const auto option = name->is_string() ? parseSockOpt(name->get<std::string>()) : std::nullopt;
    if (!option)
        return Mistake{"this host knows no such option: " + name->dump(), Errno::NoProtoOpt};
    call.option = *option;
    if (!withValue)
        return std::nullopt;
    const Json* value = arguments.find({"value", "val", "optval"});
    if (value == nullptr)
        return missing("value");
    if (auto strange = strangeInValue(*option, *value, arguments.pathOf(value)))
        return strange;
    const auto read = optionValueOf(*option, *value);
    if (!read)
        return unusable("value");
    call.value = *read;
    return std::nullopt;
}

} // namespace packetarium::endpoint
