// SPDX-License-Identifier: GPL-3.0-or-later
// What programs do and meet, one sentence each.
#include "ui/i18n/catalogue_captions.h"
#include "ui/i18n/catalogue_programs.h"

namespace packetarium {
namespace {

class ProgramWriter {
public:
    ProgramWriter(const Trace& trace, const Record& record, Language language)
        : record_(record)
        , language_(language)
        , text_(trace.textOf(record))
        , trouble_(labelOf(record.trouble(), language))
    {
        const std::size_t node = record.host.value();
        who_ = node < trace.nodes().size() ? hostInSentence(trace.nodes()[node].name, language) : std::string("?");
        if (who_.starts_with("the "))
            who_.front() = 'T';
    }

    std::string write() const
    {
        switch (record_.program()) {
        case ProgramEvent::DatagramSent:
        case ProgramEvent::DatagramReceived:
        case ProgramEvent::DatagramRefused: return datagram();
        case ProgramEvent::PingSent:
        case ProgramEvent::PingAnswered:
        case ProgramEvent::PingTimedOut:
        case ProgramEvent::PingRefused: return ping();
        case ProgramEvent::TraceProbed:
        case ProgramEvent::TraceHop:
        case ProgramEvent::TraceNoAnswer:
        case ProgramEvent::TraceDone: return route();
        case ProgramEvent::ResolveAsked:
        case ProgramEvent::ResolveCached:
        case ProgramEvent::ResolveAnswered:
        case ProgramEvent::ResolveFailed:
        case ProgramEvent::NameServed:
        case ProgramEvent::NameReferred: return name();
        case ProgramEvent::UrlOpened:
        case ProgramEvent::UrlConnecting:
        case ProgramEvent::UrlRequested:
        case ProgramEvent::UrlAnswered:
        case ProgramEvent::UrlShown:
        case ProgramEvent::UrlFailed:
        case ProgramEvent::RequestReceived:
        case ProgramEvent::ResponseSent: return web();
        case ProgramEvent::TextEncoded:
        case ProgramEvent::TextCompressed:
        case ProgramEvent::TextEncrypted:
        case ProgramEvent::TextDecrypted:
        case ProgramEvent::TextInflated:
        case ProgramEvent::TextDecoded:
        case ProgramEvent::TextGarbled:
        case ProgramEvent::TurnTaken: return words();
        case ProgramEvent::TransferAsked:
        case ProgramEvent::TransferServed:
        case ProgramEvent::TransferCheckpoint:
        case ProgramEvent::TransferCut:
        case ProgramEvent::TransferDone: return transfer();
        case ProgramEvent::Count_: break;
        }
        return {};
    }

private:
    std::string datagram() const
    {
        switch (record_.program()) {
        case ProgramEvent::DatagramSent:
            return say("{} sends a datagram of {} to {}.", "{0}向 {2} 发送 {1} 的数据报。", who_, octets(), text_);
        case ProgramEvent::DatagramReceived:
            return say("{} receives a datagram of {} from {}.", "{0}收到来自 {2} 的 {1} 数据报。", who_, octets(),
                       text_);
        default:
            return say("{} learns from {} that its datagram was not taken: {}.", "{}从 {} 得知数据报没有被接收：{}。",
                       who_, from(), trouble_);
        }
    }

    std::string ping() const
    {
        switch (record_.program()) {
        case ProgramEvent::PingSent:
            return say("{} sends echo request {} to {}.", "{}发送第 {} 个回显请求给 {}。", who_, record_.value, text_);
        case ProgramEvent::PingAnswered:
            return say("{} has an answer from {} after {}.", "{}收到 {} 的应答，往返 {}。", who_, text_, time());
        case ProgramEvent::PingTimedOut:
            return say("{} has waited in vain for the answer to echo request {}.", "{}没有等到第 {} 个回显请求的应答。",
                       who_, record_.value);
        default:
            return say("{} learns from {} that its echo request did not get there: {}.",
                       "{}从 {} 得知回显请求没有送到：{}。", who_, from(), trouble_);
        }
    }

    std::string route() const
    {
        switch (record_.program()) {
        case ProgramEvent::TraceProbed:
            return say("{} sends a probe with TTL {}.", "{}发出 TTL 为 {} 的探测。", who_, record_.value);
        case ProgramEvent::TraceHop:
            return say("{} has found hop {}: {}.", "{}找到第 {} 跳：{}。", who_, record_.value, text_);
        case ProgramEvent::TraceNoAnswer:
            return say("{} has no answer from hop {}.", "{}没有等到第 {} 跳的应答。", who_, record_.value);
        default:
            if (record_.trouble() != ProgramTrouble::None)
                return say("{} gives up the way to {} after hop {}: {}.", "{}放弃跟踪到 {} 的路径，停在第 {} 跳：{}。",
                           who_, text_, record_.value, trouble_);
            return say("{} knows the way to {}; hops: {}.", "{}查明了到 {} 的路径，共 {} 跳。", who_, text_,
                       record_.value);
        }
    }

    std::string name() const
    {
        switch (record_.program()) {
        case ProgramEvent::ResolveAsked:
            return say("{} asks for the address of {}.", "{}查询 {} 的地址。", who_, text_);
        case ProgramEvent::ResolveCached: return say("{} finds {} in its cache.", "{}在缓存中找到 {}。", who_, text_);
        case ProgramEvent::ResolveAnswered: {
            const std::size_t gap = text_.rfind(' ');
            return say("{} knows now: {} is {}.", "{}得知：{} 的地址是 {}。", who_, text_.substr(0, gap),
                       gap == std::string_view::npos ? std::string_view("?") : text_.substr(gap + 1));
        }
        case ProgramEvent::ResolveFailed:
            return say("{} could not resolve {}: {}.", "{}解析 {} 失败：{}。", who_, text_, trouble_);
        case ProgramEvent::NameServed:
            if (record_.trouble() != ProgramTrouble::None)
                return say("{} answers the query for {}: {}.", "{}回答对 {} 的查询：{}。", who_, text_, trouble_);
            return say("{} answers the query for {}.", "{}回答对 {} 的查询。", who_, text_);
        default: {
            const std::size_t gap = text_.find(' ');
            return say("{} does not know, but who answers for {}: {}.", "{}不知道答案，但知道该问谁：{} 归 {} 管。",
                       who_, text_.substr(0, gap),
                       gap == std::string_view::npos ? std::string_view("?") : text_.substr(gap + 1));
        }
        }
    }

    std::string web() const
    {
        switch (record_.program()) {
        case ProgramEvent::UrlOpened: return say("{} opens {}.", "{}打开 {}。", who_, text_);
        case ProgramEvent::UrlConnecting: return say("{} connects to {}.", "{}连接 {}。", who_, text_);
        case ProgramEvent::UrlRequested: return say("{} requests: {}.", "{}发出请求：{}。", who_, text_);
        case ProgramEvent::UrlAnswered: return say("{} has the response: {}.", "{}收到响应：{}。", who_, text_);
        case ProgramEvent::UrlShown: return say("{} shows {} of {}.", "{}显示 {} 的 {}。", who_, octets(), text_);
        case ProgramEvent::UrlFailed:
            return say("{} cannot open {}: {}.", "{}无法打开 {}：{}。", who_, text_, trouble_);
        case ProgramEvent::RequestReceived:
            return say("{} has received a request: {}.", "{}收到请求：{}。", who_, text_);
        default: return say("{} responds: {}.", "{}发出响应：{}。", who_, text_);
        }
    }

    std::string words() const
    {
        switch (record_.program()) {
        case ProgramEvent::TextEncoded:
            return say("{} writes the text as {} of {}.", "{0}把文字写成 {2} 的 {1}。", who_, octets(), text_);
        case ProgramEvent::TextCompressed:
            return say("{} compresses it to {} ({}).", "{}把它压缩成 {}（{}）。", who_, octets(), text_);
        case ProgramEvent::TextEncrypted:
            return say("{} encrypts it; {} go out ({}).", "{}加密后发出 {}（{}）。", who_, octets(), text_);
        case ProgramEvent::TextDecrypted:
            if (record_.trouble() != ProgramTrouble::None)
                return say("{} meets a record that {}.", "{}遇到一条记录：{}。", who_, trouble_);
            return say("{} decrypts {} ({}).", "{}解密得到 {}（{}）。", who_, octets(), text_);
        case ProgramEvent::TextInflated:
            return say("{} inflates it to {} ({}).", "{}解压得到 {}（{}）。", who_, octets(), text_);
        case ProgramEvent::TextDecoded: return say("{} reads “{}”.", "{}读到“{}”。", who_, text_);
        case ProgramEvent::TextGarbled: return say("{} reads nonsense: “{}”.", "{}读到乱码“{}”。", who_, text_);
        default: return say("{} takes its turn and says “{}”.", "轮到{}发言：“{}”。", who_, text_);
        }
    }

    std::string transfer() const
    {
        switch (record_.program()) {
        case ProgramEvent::TransferAsked:
            return say("{} asks for the file from octet {} on.", "{}请求文件，从第 {} 字节开始。", who_, record_.value);
        case ProgramEvent::TransferServed:
            return say("{} sends the file from octet {} on.", "{}发送文件，从第 {} 字节开始。", who_, record_.value);
        case ProgramEvent::TransferCheckpoint: return say("{} has made sure of {}.", "{}已确保 {}。", who_, octets());
        case ProgramEvent::TransferCut:
            if (record_.trouble() == ProgramTrouble::None)
                return say("{}'s transfer is cut. Safe: {}.", "{}的传输中断。已确保 {}。", who_, octets());
            return say("{}'s transfer is cut: {}. Safe: {}.", "{}的传输中断：{}。已确保 {}。", who_, trouble_,
                       octets());
        default: return say("{} has the whole file: {}.", "{}收齐文件，共 {}。", who_, octets());
        }
    }

    template <class... Args>
    std::string say(fmt::format_string<Args...> en, fmt::format_string<Args...> zh, Args&&... args) const
    {
        return language_ == Language::Chinese ? tidyChinese(fmt::format(zh, std::forward<Args>(args)...))
                                              : fmt::format(en, std::forward<Args>(args)...);
    }
    std::string octets() const { return octetsText(record_.value, language_); }
    std::string time() const
    {
        return durationText(SimDuration::nanoseconds(static_cast<std::int64_t>(record_.value)), language_);
    }
    /// Who sent an error; without a sender it was this host's own internet layer.
    std::string_view from() const
    {
        if (!text_.empty())
            return text_;
        return language_ == Language::Chinese ? "本机" : "its own network layer";
    }

    const Record& record_;
    Language language_;
    std::string_view text_, trouble_;
    std::string who_;
};

} // namespace

std::string programSentence(const Trace& trace, const Record& record, Language language)
{
    return record.kind == RecordKind::Program ? ProgramWriter(trace, record, language).write() : std::string();
}

} // namespace packetarium
