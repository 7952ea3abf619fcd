// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/i18n/catalogue_typed.h"

#include "ui/i18n/catalogue_words.h"

#include <fmt/format.h>

namespace packetarium {
namespace {

Words verbLabel(TypedVerb verb)
{
    switch (verb) {
    case TypedVerb::Ping: return {"Ping", "Ping"};
    case TypedVerb::Traceroute: return {"Traceroute", "路由追踪"};
    case TypedVerb::Resolve: return {"Resolve", "解析域名"};
    case TypedVerb::Open: return {"Open", "打开网址"};
    case TypedVerb::Send: return {"Datagram", "发数据报"};
    case TypedVerb::Listen: return {"Listen", "监听"};
    case TypedVerb::Connect: return {"Connect", "连接"};
    case TypedVerb::Write: return {"Write", "写入"};
    case TypedVerb::Close: return {"Close", "关闭"};
    case TypedVerb::Shutdown: return {"Shut down", "半关闭"};
    case TypedVerb::Abort: return {"Abort", "中止"};
    case TypedVerb::Crash: return {"Crash", "崩溃"};
    }
    return {};
}

Words verbWords(TypedVerb verb)
{
    switch (verb) {
    case TypedVerb::Ping:
        return {"Sends echo requests and waits for the replies (ICMP).", "发送回送请求，等待回答（ICMP）。"};
    case TypedVerb::Traceroute:
        return {"Finds the routers on the way, by datagrams whose TTL ends there.",
                "用 TTL 逐渐增大的数据报，找出途中的每一台路由器。"};
    case TypedVerb::Resolve: return {"Asks the name server for an address (DNS).", "向域名服务器查询地址（DNS）。"};
    case TypedVerb::Open:
        return {"Fetches a page as a browser does: DNS, TCP, HTTP.", "像浏览器一样取回网页：DNS、TCP、HTTP。"};
    case TypedVerb::Send: return {"Sends a text as one datagram (UDP).", "把一段文本作为一个数据报发送（UDP）。"};
    case TypedVerb::Listen: return {"Waits for connections at a port.", "在一个端口等待连接。"};
    case TypedVerb::Connect: return {"Opens a TCP connection.", "建立 TCP 连接。"};
    case TypedVerb::Write: return {"Sends a text on the connection.", "在连接上发送一段文本。"};
    case TypedVerb::Close: return {"Closes the connection.", "关闭连接。"};
    case TypedVerb::Shutdown: return {"Sends no more, but goes on receiving.", "不再发送，但继续接收。"};
    case TypedVerb::Abort: return {"Ends the connection at once with a RST.", "立刻用 RST 结束连接。"};
    case TypedVerb::Crash: return {"Forgets every connection without a word.", "不声不响地忘掉所有连接。"};
    }
    return {};
}

std::string shown(const TypedError& error, std::size_t i)
{
    constexpr std::size_t kMost = 60;
    if (i >= error.args.size())
        return "?";
    std::string text = error.args[i];
    for (char& c : text)
        if (static_cast<unsigned char>(c) < 0x20)
            c = ' ';
    if (text.size() <= kMost)
        return text;
    std::size_t cut = kMost;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80)
        --cut;
    return text.substr(0, cut) + "…";
}

} // namespace

std::string_view labelOf(TypedVerb verb, Language language)
{
    return verbLabel(verb).in(language);
}

std::string_view explain(TypedVerb verb, Language language)
{
    return verbWords(verb).in(language);
}

std::string sentenceFor(const TypedError& error, Language language)
{
    const bool zh = language == Language::Chinese;
    const auto say = [&](std::string_view en, std::string_view chinese, const auto&... args) {
        return fmt::format(fmt::runtime(zh ? chinese : en), args...);
    };
    switch (error.mistake) {
    case TypedMistake::Empty:
        return say("Type what the program shall do, such as \"ping server\".",
                   "请键入要程序做的事，例如 ping server。");
    case TypedMistake::UnknownVerb: {
        // The list of verbs stays whole.
        const std::string all = error.args.size() > 1 ? error.args[1] : std::string();
        return say("There is no command \"{}\"; the commands are: {}.", "没有命令“{}”；可用的命令有：{}。",
                   shown(error, 0), all);
    }
    case TypedMistake::MissingTarget:
        return say("Say to whom or what, as in \"{}\".", "还缺少对象，例如 {}。", shown(error, 0));
    case TypedMistake::MissingPort:
        return say("\"{}\" needs a port after a colon, as in \"{}\".", "“{}”后面还缺少冒号和端口，例如 {}。",
                   shown(error, 0), shown(error, 1));
    case TypedMistake::BadPort:
        return say("\"{}\" is no port; ports go from 1 to 65535.", "“{}”不是端口，端口的范围是 1 到 65535。",
                   shown(error, 0));
    case TypedMistake::BadNumber:
        return say("\"{}\" must be a number from {} to {}.", "“{}”应当是 {} 到 {} 之间的数。", shown(error, 0),
                   shown(error, 1), shown(error, 2));
    case TypedMistake::MissingText:
        return say("Say what to send, as in \"{}\".", "还缺少要发送的文本，例如 {}。", shown(error, 0));
    case TypedMistake::TooMuch:
        return say("\"{}\" is too much here; it is written \"{}\".", "多出了“{}”；写法是 {}。", shown(error, 0),
                   shown(error, 1));
    case TypedMistake::Input: {
        InputError input = error.input.value_or(InputError{});
        // What a field of a form would be called.
        if (zh && !input.args.empty())
            input.args[0] = input.args[0] == "destination" ? "目的地"
                            : input.args[0] == "name"      ? "域名"
                                                           : input.args[0];
        return sentenceFor(input, language);
    }
    }
    return {};
}

} // namespace packetarium
