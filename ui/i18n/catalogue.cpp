// SPDX-License-Identifier: GPL-3.0-or-later
// Languages, and the words used everywhere.
#include "ui/i18n/catalogue_words.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace packetarium {

std::string_view languageCode(Language language)
{
    switch (language) {
    case Language::English: return "en";
    case Language::Chinese: return "zh";
    }
    return {};
}

std::optional<Language> parseLanguage(std::string_view localeName)
{
    const std::string_view code = localeName.substr(0, localeName.find_first_of("_-.@"));
    for (const Language language : {Language::English, Language::Chinese})
        if (code == languageCode(language))
            return language;
    return std::nullopt;
}

const std::string& textIn(const LocalizedText& text, Language language)
{
    const std::string& wanted = language == Language::Chinese ? text.zh : text.en;
    const std::string& other = language == Language::Chinese ? text.en : text.zh;
    return wanted.empty() ? other : wanted;
}

namespace {

/// Names that nodes often have, as they stand alone and in a sentence.
struct UsualName {
    std::string_view name;
    Words alone, inSentence;
};
constexpr UsualName kUsualNames[] = {
    {"client", {"Client", "客户端"}, {"the client", "客户端"}},
    {"server", {"Server", "服务器"}, {"the server", "服务器"}},
    {"router", {"Router", "路由器"}, {"the router", "路由器"}},
    {"switch", {"Switch", "交换机"}, {"the switch", "交换机"}},
    {"hub", {"Hub", "集线器"}, {"the hub", "集线器"}},
    {"attacker", {"Attacker", "攻击者"}, {"the attacker", "攻击者"}},
    {"printer", {"Printer", "打印机"}, {"the printer", "打印机"}},
    {"neighbour", {"Neighbour", "邻居"}, {"the neighbour", "邻居"}},
    {"resolver", {"Resolver", "递归服务器"}, {"the resolver", "递归服务器"}},
};

const UsualName* usualName(std::string_view name)
{
    const auto* found = std::find_if(std::begin(kUsualNames), std::end(kUsualNames),
                                     [&](const UsualName& n) { return n.name == name; });
    return found == std::end(kUsualNames) ? nullptr : found;
}

} // namespace

std::string hostWord(std::string_view hostName, Language language)
{
    const UsualName* usual = usualName(hostName);
    return std::string(usual ? usual->alone.in(language) : hostName);
}

std::string hostInSentence(std::string_view hostName, Language language)
{
    const UsualName* usual = usualName(hostName);
    return std::string(usual ? usual->inSentence.in(language) : hostName);
}

std::string durationText(SimDuration duration, Language language)
{
    const bool negative = duration < SimDuration();
    const std::int64_t ns = negative ? -duration.ns() : duration.ns();
    struct Unit {
        std::int64_t size;
        std::string_view name;
    };
    constexpr std::int64_t minute = 60'000'000'000;
    Unit unit{1, "ns"};
    if (ns >= 2 * minute && ns % minute == 0)
        unit = {minute, Words{"min", "分钟"}.in(language)};
    else if (ns >= 1'000'000'000)
        unit = {1'000'000'000, "s"};
    else if (ns >= 1'000'000 || ns == 0)
        unit = {1'000'000, "ms"};
    else if (ns >= 1'000)
        unit = {1'000, "µs"};

    std::string text = std::to_string(ns / unit.size);
    if (const std::int64_t thousandths = ns % unit.size * 1'000 / unit.size; thousandths != 0) {
        text += fmt::format(".{:03}", thousandths);
        text.erase(text.find_last_not_of('0') + 1);
    }
    return fmt::format("{}{} {}", negative ? "-" : "", text, unit.name);
}

std::string octetsText(std::uint64_t octets, Language language)
{
    std::string number = std::to_string(octets);
    for (std::size_t place = number.size(); place > 3; place -= 3)
        number.insert(place - 3, ",");
    if (language == Language::Chinese)
        return number + " 字节";
    return number + (octets == 1 ? " octet" : " octets");
}

std::string groupName(std::string_view key, Language language)
{
    struct Group {
        std::string_view key;
        Words words;
    };
    static constexpr Group groups[] = {
        {"connections", {"Connections", "连接"}}, {"teardown", {"Closing", "断开"}},
        {"trouble", {"Trouble", "故障"}},         {"flow", {"Windows and loss", "窗口与丢失"}},
        {"attacks", {"Attacks", "攻击"}},         {"sandbox", {"Sandbox", "自由实验"}},
        {"layers", {"Layers", "分层"}},           {"network", {"The network", "网络"}},
        {"addresses", {"Addresses", "地址"}},     {"reliability", {"Reliability", "可靠传输"}},
    };
    for (const Group& group : groups)
        if (group.key == key)
            return std::string(group.words.in(language));
    return std::string(key);
}

} // namespace packetarium
