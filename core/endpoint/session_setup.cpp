// SPDX-License-Identifier: GPL-3.0-or-later
//
// The host that `reset` asks for. Short names for the settings that scripts
// use most; every other one by its key in scenario files.
#include "core/endpoint/session_parts.h"

#include "core/base/rng.h"
#include "core/scenario/quantities.h"
#include "core/scenario/tcp_settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace packetarium::endpoint {

namespace {

// RFC 9293 leaves the size of the send buffer open; what a program may queue is bounded all the same.
constexpr std::uint32_t kDefaultSendBuffer = 262144;
constexpr std::size_t kMostIss = 1000;

struct ShortName {
    std::string_view name, key;
};
// A name that ends in -ms, -us or -s has had that taken off before it is looked up here.
constexpr std::array kShortNames{
    ShortName{"rcvbuf", "receive-buffer"},
    ShortName{"sndbuf", "send-buffer"},
    ShortName{"cc", "congestion-control"},
    ShortName{"congestion", "congestion-control"},
    ShortName{"min-rto", "rto-min"},
    ShortName{"max-rto", "rto-max"},
    ShortName{"initial-rto", "rto-initial"},
    ShortName{"iw", "initial-window"},
    ShortName{"initcwnd", "initial-window"},
    ShortName{"delack", "delayed-ack-time"},
    ShortName{"quickack", "quick-acks"},
    ShortName{"keepalive", "keep-alive"},
    ShortName{"keepidle", "keep-alive-idle"},
    ShortName{"keepalive-idle", "keep-alive-idle"},
    ShortName{"keepintvl", "keep-alive-interval"},
    ShortName{"keepalive-interval", "keep-alive-interval"},
    ShortName{"keepalive-intvl", "keep-alive-interval"},
    ShortName{"keepcnt", "keep-alive-probes"},
    ShortName{"keepalive-probes", "keep-alive-probes"},
    ShortName{"keepalive-cnt", "keep-alive-probes"},
    ShortName{"ts", "timestamps"},
    ShortName{"dupacks", "duplicate-acks"},
    ShortName{"abc", "byte-counting"},
    ShortName{"syncookies", "syn-cookies"},
};

/// The host, as far as it has been read.
struct Reading {
    HostSetup setup;
    std::uint64_t seed = 1;
    bool mssGiven = false;
    std::vector<IpPrefix> addresses;
    std::string range;                        ///< of the value that was refused last, in words
    std::map<std::string, std::string> given; ///< settings by what they mean, and how each was spelt
};

bool isAddressKey(std::string_view name)
{
    constexpr std::array<std::string_view, 6> kNames{"ip", "ip6", "ip4", "addr", "address", "addresses"};
    return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

std::string canonical(std::string_view key)
{
    std::string name = lowerCase(key);
    std::replace(name.begin(), name.end(), '_', '-');
    return name;
}

/// Of one host on one link (RFC 1122 §3.2.1.3, RFC 4291 §2): why an address is none, in words; empty if it is.
std::string_view troubleWith(const IpPrefix& prefix)
{
    constexpr std::uint32_t kLoopback = 127, kFirstGroup = 0xe0;
    constexpr std::uint8_t kPointToPoint = 31;
    const IpAddress& address = prefix.address;
    if (address.isUnspecified())
        return "no address";
    if (address.isMulticast())
        return "a multicast address";
    if (address.isV6())
        return address.v6().isLoopback()   ? "a loopback address"
               : address.v6().isV4Mapped() ? "an IPv4-mapped address"
                                           : "";
    const std::uint32_t value = address.v4().value;
    if (value >> 24 == kLoopback)
        return "a loopback address";
    if (value >> 24 == 0 || value >> 24 >= kFirstGroup)
        return "a reserved address";
    if (prefix.length >= kPointToPoint)
        return "";
    const std::uint32_t hostBits = prefix.length == 0 ? 0xffffffffu : (std::uint32_t{1} << (32 - prefix.length)) - 1;
    return (value & hostBits) == 0          ? "the network's address"
           : (value & hostBits) == hostBits ? "the network's broadcast address"
                                            : "";
}

bool readPrefixes(const Json& value, std::vector<IpPrefix>& addresses)
{
    if (value.is_array())
        return std::all_of(value.begin(), value.end(),
                           [&](const Json& one) { return !one.is_array() && readPrefixes(one, addresses); });
    if (!value.is_string() || addresses.size() >= 16)
        return false;
    const std::string text = value.get<std::string>();
    if (const auto prefix = IpPrefix::parse(text)) {
        addresses.push_back(*prefix);
        return true;
    }
    const auto address = IpAddress::parse(text);
    if (!address)
        return false;
    addresses.push_back(IpPrefix{*address, static_cast<std::uint8_t>(address->isV6() ? 64 : 24)});
    return true;
}

bool readIss(const Json& value, TcpConfig& tcp)
{
    std::vector<Seq32> numbers;
    const Json list = value.is_array() ? value : Json::array({value});
    for (const Json& one : list) {
        const auto n = integerOf(one);
        if (!n || *n < 0 || *n > 0xffffffffLL || numbers.size() >= kMostIss)
            return false;
        numbers.emplace_back(static_cast<std::uint32_t>(*n));
    }
    if (numbers.empty())
        return false;
    tcp.iss = numbers.front();
    tcp.laterIss.assign(numbers.begin() + 1, numbers.end());
    return true;
}

/// A number in `unit`, or "200 ms".
std::optional<SimDuration> durationOf(const Json& value, SimDuration unit)
{
    if (value.is_string()) {
        if (const auto parsed = parseDuration(value.get<std::string>()))
            return parsed;
    }
    if (value.is_number_float()) {
        const double number = value.get<double>();
        if (number >= 0 && number < 1e9)
            return SimDuration::nanoseconds(static_cast<std::int64_t>(number * static_cast<double>(unit.ns())));
        return std::nullopt;
    }
    const auto number = integerOf(value);
    if (!number || *number < 0 || *number > 1'000'000'000)
        return std::nullopt;
    return *number * unit;
}

bool readSetting(const TcpSetting& setting, const Json& value, SimDuration unit, TcpConfig& config)
{
    return std::visit(
        [&](auto member) {
            auto& target = config.*member;
            using T = std::remove_reference_t<decltype(target)>;
            if constexpr (std::is_same_v<T, bool>) {
                const auto flag = flagOf(value);
                target = flag.value_or(target);
                return flag.has_value();
            } else if constexpr (std::is_same_v<T, SimDuration>) {
                const auto duration = durationOf(value, unit);
                if (!duration || duration->ns() < setting.least || duration->ns() > setting.most)
                    return false;
                target = *duration;
                return true;
            } else if constexpr (std::is_same_v<T, CongestionControl>) {
                const auto named =
                    value.is_string() ? parseCongestionControl(lowerCase(value.get<std::string>())) : std::nullopt;
                target = named.value_or(target);
                return named.has_value();
            } else if constexpr (std::is_same_v<T, Handshake>) {
                const auto named =
                    value.is_string() ? parseHandshake(canonical(value.get<std::string>())) : std::nullopt;
                target = named.value_or(target);
                return named.has_value();
            } else {
                const auto number = integerOf(value);
                if (!number || *number < setting.least || *number > setting.most)
                    return false;
                target = static_cast<T>(*number);
                return true;
            }
        },
        setting.member);
}

/// What a setting may be, in words.
std::string rangeOf(const TcpSetting& setting)
{
    constexpr std::int64_t kMillisecond = 1'000'000;
    if (std::holds_alternative<bool TcpConfig::*>(setting.member))
        return "; it is true or false";
    if (std::holds_alternative<SimDuration TcpConfig::*>(setting.member))
        return fmt::format("; it is {} to {} ms", static_cast<double>(setting.least) / kMillisecond,
                           static_cast<double>(setting.most) / kMillisecond);
    if (setting.least == setting.most) // a name
        return "";
    return fmt::format("; it is {} to {}", setting.least, setting.most);
}

/// The settings that are not one of the table's under another name. Nothing: not one of these.
std::optional<bool> readSpecial(const std::string& name, const Json& value, Reading& reading)
{
    TcpConfig& tcp = reading.setup.tcp;
    if (isAddressKey(name)) {
        const std::size_t before = reading.addresses.size();
        if (!readPrefixes(value, reading.addresses) || reading.addresses.size() == before)
            return false;
        for (std::size_t i = before; i < reading.addresses.size(); ++i) {
            const IpPrefix& prefix = reading.addresses[i];
            reading.range = troubleWith(prefix);
            if (!reading.range.empty())
                reading.range = "; " + prefix.address.toString() + " is " + reading.range;
            else if ((name == "ip6" && prefix.address.isV4()) || (name == "ip4" && prefix.address.isV6()))
                reading.range = "; that is the other version";
            for (std::size_t earlier = 0; earlier < i; ++earlier) {
                if (reading.addresses[earlier].address == prefix.address)
                    reading.range = "; it is there already";
            }
            if (!reading.range.empty())
                return false;
        }
        return true;
    }
    if (name == "profile" || name == "name")
        return true; // read before all others; the name is the harness's own
    if (name == "iss" || name == "isn") {
        reading.range = "; it is 0 to 4294967295, or a list of them";
        return readIss(value, tcp);
    }
    if (name == "mtu") {
        reading.range = "; it is 68 to 65535";
        const auto mtu = integerOf(value);
        if (!mtu || *mtu < 68 || *mtu > 65535) // RFC 791 §3.2: every link takes 68 octets
            return false;
        reading.setup.ip.interfaces.front().mtu = static_cast<std::uint16_t>(*mtu);
        return true;
    }
    if (name == "mss") {
        reading.range = fmt::format("; it is {} to {}", kLeastMss, kMostMss);
        const auto mss = integerOf(value);
        if (!mss || *mss < kLeastMss || *mss > kMostMss)
            return false;
        tcp.mss = static_cast<std::uint16_t>(*mss);
        reading.mssGiven = true;
        return true;
    }
    if (name == "seed") {
        reading.range = "; it is 0 to 2^64 - 1";
        if (value.is_number_unsigned()) { // beyond what integerOf() holds, too
            reading.seed = value.get<std::uint64_t>();
            return true;
        }
        const auto seed = integerOf(value);
        reading.seed = static_cast<std::uint64_t>(seed.value_or(0));
        return seed && *seed >= 0;
    }
    if (name == "wscale" || name == "window-scale" || name == "window-shift") {
        if (value.is_boolean()) {
            tcp.windowScaling = value.get<bool>();
            tcp.windowShift = -1;
            return true;
        }
        reading.range = "; it is 0 to 14, or -1 for none";
        const auto shift = integerOf(value);
        if (!shift || *shift < -1 || *shift > 14) // RFC 7323 §2.3
            return false;
        tcp.windowScaling = *shift >= 0;
        tcp.windowShift = static_cast<int>(*shift);
        return true;
    }
    if (name == "nodelay") {
        const auto flag = flagOf(value);
        tcp.nagle = !flag.value_or(false);
        return flag.has_value();
    }
    if (name == "quickack" && value.is_boolean()) {
        tcp.quickAcks = 0;
        tcp.delayedAck = !value.get<bool>();
        return true;
    }
    return std::nullopt;
}

/// A setting of the table, and the unit that its key ended in.
struct NamedSetting {
    const TcpSetting* setting = nullptr;
    SimDuration unit = SimDuration::milliseconds(1);
};

NamedSetting settingNamed(std::string_view name)
{
    const auto find = [](std::string_view key) {
        for (const ShortName& known : kShortNames) {
            if (known.name == key)
                key = known.key;
        }
        const auto settings = tcpSettings();
        const auto found = std::find_if(settings.begin(), settings.end(),
                                        [&](const TcpSetting& setting) { return setting.key == key; });
        return found == settings.end() ? nullptr : &*found;
    };
    NamedSetting named;
    named.setting = find(name);
    for (const auto& [suffix, meant] : {std::pair<std::string_view, SimDuration>{"-ms", SimDuration::milliseconds(1)},
                                        {"-us", SimDuration::microseconds(1)},
                                        {"-s", SimDuration::seconds(1)}}) {
        if (named.setting == nullptr && name.size() > suffix.size() && name.ends_with(suffix)) {
            named.setting = find(name.substr(0, name.size() - suffix.size()));
            named.unit = meant;
        }
    }
    return named;
}

/// One name for each setting, whichever way it is spelt.
std::string meaningOf(const std::string& name)
{
    if (name == "isn")
        return "iss";
    if (name == "wscale" || name == "window-scale")
        return "window-shift";
    if (name == "nodelay")
        return "nagle";
    const TcpSetting* setting = settingNamed(name).setting;
    return setting ? std::string(setting->key) : name;
}

bool readKey(const std::string& name, const Json& value, Reading& reading, bool& known)
{
    known = true;
    reading.range.clear();
    if (value.is_null()) { // as if it were not there; of wscale: none
        if (name == "wscale")
            reading.setup.tcp.windowScaling = false;
        return true;
    }
    if (const auto special = readSpecial(name, value, reading))
        return *special;
    const auto [setting, unit] = settingNamed(name);
    if (setting == nullptr) {
        known = false;
        return false;
    }
    TcpConfig& tcp = reading.setup.tcp;
    reading.range = rangeOf(*setting);
    if (setting->key == "delayed-ack-time") { // 0: off
        TcpSetting orOff = *setting;
        orOff.least = 0;
        reading.range = rangeOf(orOff);
        const auto duration = durationOf(value, unit);
        tcp.delayedAck = duration && *duration > SimDuration();
        if (duration && *duration == SimDuration())
            return true;
    }
    return readSetting(*setting, value, unit, tcp);
}

std::optional<Mistake> readEntry(const std::string& path, const std::string& key, const Json& value, Reading& reading)
{
    const std::string name = canonical(key);
    if (!value.is_null() && !isAddressKey(name)) { // several keys may bring addresses
        const auto [earlier, isNew] = reading.given.emplace(meaningOf(name), path);
        if (!isNew)
            return Mistake{"given twice: " + earlier->second + " and " + path};
    }
    bool known = true;
    if (readKey(name, value, reading, known))
        return std::nullopt;
    return Mistake{known ? path + " cannot be " + value.dump().substr(0, 60) + reading.range : "unknown key: " + path};
}

} // namespace

Result<HostSetup, Mistake> hostSetupOf(const Json& host)
{
    if (!host.is_object())
        return Mistake{"\"host\" is not an object"};
    Reading reading;
    HostSetup& setup = reading.setup;
    setup.ip.interfaces.resize(1);
    Profile profile = Profile::Rfc;
    if (const auto given = host.find("profile"); given != host.end() && !given->is_null()) {
        const auto named = given->is_string() ? parseProfile(lowerCase(given->get<std::string>())) : std::nullopt;
        if (!named)
            return Mistake{"host.profile is rfc or linux"};
        profile = *named;
    }
    setup.tcp = TcpConfig::forProfile(profile);
    setup.tcp.sendBuffer = kDefaultSendBuffer;
    for (const auto& [key, value] : host.items()) {
        if (key == "tcp" && value.is_object()) {
            for (const auto& [inner, setting] : value.items()) {
                if (const auto mistake = readEntry("host.tcp." + inner, inner, setting, reading))
                    return *mistake;
            }
        } else if (const auto mistake = readEntry("host." + key, key, value, reading)) {
            return *mistake;
        }
    }
    if (reading.addresses.empty())
        readPrefixes(Json("10.0.0.1/24"), reading.addresses);
    Interface& interface = setup.ip.interfaces.front();
    interface.addresses = reading.addresses;
    const bool v6 = std::any_of(reading.addresses.begin(), reading.addresses.end(),
                                [](const IpPrefix& p) { return p.address.isV6(); });
    if (v6 && interface.mtu < 1280) // RFC 8200 §5
        return Mistake{"host.mtu is less than 1280, which IPv6 needs"};
    constexpr int kHeaders = 40;
    if (!reading.mssGiven && interface.mtu > 1500)
        setup.tcp.mss = static_cast<std::uint16_t>(interface.mtu - kHeaders);
    if (setup.tcp.sendBuffer == 0)
        setup.tcp.sendBuffer = 1u << 30;
    if (reading.given.contains("rto-max") && setup.tcp.rtoMax < setup.tcp.rtoMin)
        return Mistake{reading.given["rto-max"] + " is less than the least RTO, " + writeDuration(setup.tcp.rtoMin)};
    setup.tcp.rtoMax = std::max(setup.tcp.rtoMax, setup.tcp.rtoMin);
    Rng rng(reading.seed);
    setup.secret.k0 = rng.next();
    setup.secret.k1 = rng.next();
    return setup;
}

} // namespace packetarium::endpoint
