// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/i18n/catalogue_capture.h"

#include "ui/i18n/catalogue_error_words.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace packetarium {
namespace {

template <class... Args>
std::string say(Language language, fmt::format_string<Args...> en, fmt::format_string<Args...> zh, Args&&... args)
{
    return language == Language::Chinese ? fmt::format(zh, std::forward<Args>(args)...)
                                         : fmt::format(en, std::forward<Args>(args)...);
}

std::string endText(const IpAddress& address, std::uint16_t port)
{
    if (port == 0)
        return address.toString();
    return address.isV6() ? fmt::format("[{}]:{}", address.toString(), port)
                          : fmt::format("{}:{}", address.toString(), port);
}

std::string counted(std::uint64_t n, Language language, std::string_view one, std::string_view many)
{
    return language == Language::Chinese ? fmt::format("{} 个包", n) : fmt::format("{} {}", n, n == 1 ? one : many);
}

std::string packets(std::uint64_t n, Language language)
{
    return counted(n, language, "packet", "packets");
}

/// libpcap's own words that people meet most.
std::string inLanguage(const std::string& words, Language language)
{
    if (language == Language::Chinese && words.find("truncated") != std::string::npos)
        return "文件在一个包中间结束";
    if (language == Language::Chinese &&
        words.find("different from the type of the first interface") != std::string::npos)
        return "各接口的链路类型不同";
    if (language == Language::Chinese && words.find("unknown file format") != std::string::npos)
        return "格式无法识别";
    return words;
}

std::string fileStem(const std::string& path)
{
    const std::string name = path.substr(path.find_last_of('/') + 1);
    return name.empty() ? path : name;
}

std::string whenText(std::int64_t ns)
{
    return fmt::format("{:%Y-%m-%d %H:%M:%S}", fmt::gmtime(static_cast<std::time_t>(ns / 1'000'000'000)));
}

std::string summaryIn(const CapturedRun& run, const CaptureIndex& index, Language language)
{
    const bool zh = language == Language::Chinese;
    std::string text = say(language, "Captured {} UTC: {}, {} of them shown.", "抓包于 {} UTC，共 {}，显示其中 {} 个。",
                           whenText(index.firstNs), packets(index.packets, language), run.trace.packets().size());
    const auto add = [&](const std::string& sentence) { text += (zh ? "" : " ") + sentence; };
    if (run.retransmissions > 0)
        add(say(language, "Sent again: {}.", "重传 {} 次。", run.retransmissions));
    if (run.lost > 0)
        add(say(language, "Lost: {}.", "丢失 {} 个。", run.lost));
    if (run.outOfOrder > 0)
        add(say(language, "Out of order: {}.", "乱序 {} 个。", run.outOfOrder));
    if (run.octetsMissing > 0)
        add(say(language, "Not captured: {}.", "未抓到 {}。", octetsText(run.octetsMissing, language)));
    for (const CaptureNote& note : run.notes)
        if (note.kind == CaptureNote::Kind::Inferred)
            add(sentenceFor(note, language));
    return text;
}

} // namespace

std::string_view labelOf(ConversationEnd end, Language language)
{
    const auto pick = [language](Words words) { return words.in(language); };
    switch (end) {
    case ConversationEnd::NotTcp: return pick({"", ""});
    case ConversationEnd::NoAnswer: return pick({"no answer", "没有应答"});
    case ConversationEnd::Refused: return pick({"refused", "被拒绝"});
    case ConversationEnd::Open: return pick({"open", "未关闭"});
    case ConversationEnd::HalfOpen: return pick({"half closed", "半关闭"});
    case ConversationEnd::Closed: return pick({"closed", "已关闭"});
    case ConversationEnd::Reset: return pick({"reset", "被复位"});
    }
    return {};
}

std::string endsText(const Conversation& c)
{
    return endText(c.a, c.aPort) + " → " + endText(c.b, c.bPort);
}

std::string lineFor(const Conversation& c, Language language)
{
    std::string line =
        fmt::format("{}  {}  {}  {}", endsText(c), c.protocol == Protocol::Other ? "IP" : toString(c.protocol),
                    packets(c.packets, language), octetsText(c.octets, language));
    if (c.end != ConversationEnd::NotTcp)
        line += fmt::format("  {}", labelOf(c.end, language));
    if (c.protocol == Protocol::Tcp && !c.beginning)
        line += fmt::format("  ({})", labelOf(Reason::CapturedMidway, language));
    return line;
}

std::string sentenceFor(const CaptureNote& note, Language language)
{
    const std::string n = packets(note.count, language);
    const bool one = note.count == 1;
    switch (note.kind) {
    case CaptureNote::Kind::Broken:
        if (language == Language::Chinese)
            return fmt::format("文件在第 {} 个包之后损坏，显示此前的内容（{}）。", note.count,
                               inLanguage(note.text, language));
        return fmt::format("The file is broken after {}; what comes before is shown ({}).", n, note.text);
    case CaptureNote::Kind::Cut:
        return say(language, "Of {} the capture kept only the beginning.", "{}只保存了开头部分。", n);
    case CaptureNote::Kind::NeitherIpNorArp:
        return say(language, "{} that {} neither IP nor ARP {} left out.", "{}既不是 IP 也不是 ARP，没有显示。", n,
                   one ? "carries" : "carry", one ? "is" : "are");
    case CaptureNote::Kind::Untagged:
        return say(language, "VLAN tags are not shown ({}).", "不显示 VLAN 标签（{}）。", n);
    case CaptureNote::Kind::TooManyTalks:
        return say(language, "The capture has more conversations than are listed; {} of the others {} left out.",
                   "抓包中的会话超过了列出的上限，其余会话的{}没有显示。", n, one ? "is" : "are");
    case CaptureNote::Kind::OnlyFirst:
        return say(language, "The first {} of {} packets are shown; the rest is left out.",
                   "显示前 {} 个包，共 {} 个；其余没有显示。", note.count, note.text);
    case CaptureNote::Kind::TooManyHosts:
        return say(language, "{} of further hosts {} left out; choose one conversation to see it.",
                   "其余主机的{}没有显示；选择单个会话可以看到。", n, one ? "is" : "are");
    case CaptureNote::Kind::OddTimes:
        return say(language, "{} whose time lies more than a year from the others' {} left out.",
                   "{}的时间与其他包相差一年以上，没有显示。", n, one ? "is" : "are");
    case CaptureNote::Kind::Backwards:
        return say(language, "{} in the file {} earlier than the one before; they are shown in order of time.",
                   "文件中有{}早于前一个包，按时间顺序显示。", n, one ? "is" : "are");
    case CaptureNote::Kind::NoLinkHeader:
        return say(language, "The capture has no Ethernet headers; those shown are made up.",
                   "抓包里没有以太网首部，显示的首部是补上的。");
    case CaptureNote::Kind::NoFcs:
        return say(language, "The capture has no frame check sequences; those shown are computed.",
                   "抓包里没有帧校验序列，显示的值是算出来的。");
    case CaptureNote::Kind::SeenAgain:
        return say(language, "{} {} captured a second time, at another place; each is shown once.",
                   "{}在另一处又被抓到一次，只显示一次。", n, one ? "was" : "were");
    case CaptureNote::Kind::Inferred:
        return say(language, "States, variables and reasons are inferred from the segments.",
                   "状态、变量和原因都是从报文段推断出来的。");
    }
    return {};
}

void describe(CapturedRun& run, const CaptureIndex& index)
{
    run.scenario.name = fileStem(index.file);
    std::string title = run.scenario.name;
    if (run.choice.conversation && *run.choice.conversation < index.conversations.size())
        title += ": " + endsText(index.conversations[*run.choice.conversation]);
    run.scenario.title = {title, title};
    run.scenario.summary = {summaryIn(run, index, Language::English), summaryIn(run, index, Language::Chinese)};
}

std::string captureErrorText(const ErrorWords& w)
{
    const std::string first = inLanguage(w.arg(0), w.zh() ? Language::Chinese : Language::English);
    switch (w.id()) {
    case InputErrorId::NotACapture:
        return w.say(
            "this is no pcap or pcapng file that can be read ({}); save it as pcapng in the program that made it.",
            "不是能够读取的 pcap 或 pcapng 文件（{}）；请在生成它的程序里另存为 pcapng。", first);
    case InputErrorId::CaptureLinkType:
        return w.say(
            "its link type is {}; captures of Ethernet, raw IP, Linux cooked and loopback interfaces can be opened.",
            "链路类型是 {}；可以打开的是以太网、原始 IP、Linux cooked 和环回接口的抓包。", first);
    case InputErrorId::CaptureEmpty:
        if (first == "0")
            return w.say("the file holds no packets; capture again, while there is traffic on the interface.",
                         "文件里没有任何包；请在接口上有流量时重新抓包。");
        if (first == "1")
            return w.say("there is nothing to show: its one packet carries neither IP nor ARP; capture on another "
                         "interface.",
                         "没有可以显示的内容：仅有的一个包既不是 IP 也不是 ARP；请换一个接口抓包。");
        return w.say("there is nothing to show: of {} packets none carries IP or ARP; capture on another interface.",
                     "没有可以显示的内容：{} 个包中没有 IP 也没有 ARP；请换一个接口抓包。", first);
    case InputErrorId::CaptureBroken:
        return w.say("the file is broken before its first packet ({}); copy or save it again.",
                     "文件在第一个包之前就已损坏（{}）；请重新复制或保存。", first);
    case InputErrorId::CaptureCancelled:
        return w.say("reading was cancelled; what was open stays.", "读取已取消，原来打开的内容不变。");
    case InputErrorId::NoSuchConversation:
        return w.say("there is no conversation {}; choose 1 to {}, or all.",
                     "没有第 {} 个会话，请选择 1 到 {}，或 all。", w.arg(0), w.arg(1));
    case InputErrorId::NotForCaptures:
        return w.say("the option {} is for scenarios; in a capture nothing is run. Leave it out.",
                     "选项 {} 只用于场景；抓包里没有可运行的内容，请去掉它。", w.arg(0));
    default: return {};
    }
}

} // namespace packetarium
