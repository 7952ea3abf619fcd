// SPDX-License-Identifier: GPL-3.0-or-later
// Captions for states, timers and programs, and the way in.
#include "ui/i18n/catalogue_captions.h"

#include "core/base/utf8.h"

#include <utility>
#include <vector>

namespace packetarium {

std::string tidyChinese(std::string_view text)
{
    enum class Kind { Ideograph, Latin, Space, Other };
    std::vector<std::pair<std::string_view, Kind>> characters;
    while (!text.empty()) {
        const std::string_view character = text.substr(0, std::max<std::size_t>(1, utf8Length(text)));
        const auto first = static_cast<unsigned char>(character.front());
        const bool latin =
            (first >= '0' && first <= '9') || (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z');
        const bool ideograph = first >= 0xE4 && first <= 0xE9; // U+4000 to U+9FFF
        characters.emplace_back(character, ideograph      ? Kind::Ideograph
                                           : latin        ? Kind::Latin
                                           : first == ' ' ? Kind::Space
                                                          : Kind::Other);
        text.remove_prefix(character.size());
    }
    std::string tidy;
    for (std::size_t i = 0; i < characters.size(); ++i) {
        const auto [character, kind] = characters[i];
        const Kind before = i > 0 ? characters[i - 1].second : Kind::Other;
        const Kind after = i + 1 < characters.size() ? characters[i + 1].second : Kind::Other;
        if (kind == Kind::Space && before == Kind::Ideograph && after == Kind::Ideograph)
            continue;
        if ((before == Kind::Ideograph && kind == Kind::Latin) || (before == Kind::Latin && kind == Kind::Ideograph))
            tidy += ' ';
        tidy += character;
    }
    return tidy;
}

std::string_view CaptionWriter::nameOf(NodeId host) const
{
    return host.value() < trace_.nodes().size() ? std::string_view(trace_.nodes()[host.value()].name)
                                                : std::string_view("?");
}

std::string CaptionWriter::word(NodeId host) const
{
    return hostWord(nameOf(host), language_);
}

std::string CaptionWriter::inSentence(NodeId host) const
{
    return hostInSentence(nameOf(host), language_);
}

std::string CaptionWriter::subject(NodeId host) const
{
    std::string text = inSentence(host);
    if (text.starts_with("the "))
        text.front() = 'T';
    return text;
}

std::string CaptionWriter::joined(std::string first, const std::string& second) const
{
    if (!first.empty() && !second.empty() && !zh())
        first += ' ';
    return first + second;
}

std::string CaptionWriter::newState(const Record& stateChange) const
{
    const TcpState to = lastStep(stateChange).to();
    if (const auto port = portThatTells(stateChange.conn))
        return say("{} goes from {} to {} on the connection with port {}.", "{0}从 {1} 进入 {2}（端口 {3} 的连接）。",
                   subject(stateChange.host), toString(stateChange.from()), toString(to), *port);
    return say("{} goes from {} to {}.", "{}从 {} 进入 {}。", subject(stateChange.host), toString(stateChange.from()),
               toString(to));
}

/// Where a host has several connections: the port in which this one differs from the others, if there is one.
std::optional<std::uint16_t> CaptionWriter::portThatTells(ConnId conn) const
{
    if (!conn || conn.value() >= trace_.conns().size())
        return std::nullopt;
    const TraceConn& own = trace_.conns()[conn.value()];
    std::size_t others = 0, sameLocal = 0, sameRemote = 0;
    for (std::size_t i = 0; i < trace_.conns().size(); ++i) {
        const TraceConn& other = trace_.conns()[i];
        if (i == conn.value() || other.host != own.host || other.remotePort == 0)
            continue; // of another host, or a listener that nobody came to
        ++others;
        sameLocal += other.localPort == own.localPort ? 1 : 0;
        sameRemote += other.remotePort == own.remotePort ? 1 : 0;
    }
    if (others == 0 || own.remotePort == 0)
        return std::nullopt;
    if (sameRemote == 0)
        return own.remotePort;
    return sameLocal == 0 ? std::optional(own.localPort) : std::nullopt;
}

EventCaption CaptionWriter::stateChanged(const Record& record) const
{
    EventCaption caption;
    const Record& last = lastStep(record);
    caption.heading =
        say("{}: {} → {}", "{}：{} → {}", word(record.host), toString(record.from()), toString(last.to()));
    const auto rows = tcpTransitions();
    if (record.value < rows.size()) {
        caption.text = explain(rows[record.value].event, language_);
        caption.rfc = rows[record.value].clause;
    } else {
        caption.text = newState(record);
    }
    caption.why = explain(last.to(), language_);
    if (last.value >= rows.size())
        explainTransition(last, caption);
    return caption;
}

/// Several steps of one instant are one to who looks on.
const Record& CaptionWriter::lastStep(const Record& state) const
{
    const auto records = trace_.records();
    const Record* last = &state;
    for (auto i = static_cast<std::size_t>(&state - records.data()) + 1;
         i < records.size() && records[i].at == state.at; ++i) {
        const Record& r = records[i];
        if (beginsAnother(r))
            break;
        if (r.kind == RecordKind::StateChange && r.conn == state.conn && r.from() == last->to())
            last = &r;
    }
    return *last;
}

void CaptionWriter::explainTransition(const Record& state, EventCaption& caption) const
{
    const auto rows = tcpTransitions();
    if (state.value < rows.size()) {
        caption.why = explain(rows[state.value].event, language_);
        caption.rfc = rows[state.value].clause;
    } else if (state.reason == Reason::None) {
        caption.why =
            say("Nobody has waited for an acknowledgment. TCP has no such step: it is what this run tries out.",
                "没有等到确认就走了这一步，TCP 里并没有这一步：这正是这次运行要试的做法。");
    }
}

EventCaption CaptionWriter::timerFired(std::size_t recordIndex) const
{
    const auto records = trace_.records();
    const Record& record = records[recordIndex];
    const Timer timer = record.timer();

    std::optional<SimDuration> waited;
    std::optional<std::string> oldest; // SND.UNA: what was not acknowledged
    for (std::size_t i = recordIndex; i-- > 0 && !(waited && oldest);) {
        const Record& r = records[i];
        if (r.conn != record.conn)
            continue;
        if (!waited && r.kind == RecordKind::Timer && r.timer() == timer && r.timerChange() == TimerChange::Started)
            waited = record.at - r.at;
        if (!oldest && r.kind == RecordKind::Variable && r.variable() == Variable::SndUna)
            oldest = number(record.host, Seq32(static_cast<std::uint32_t>(r.value)), r.at);
    }
    const Record* next = consequence(recordIndex, [&](const Record& r) {
        return r.kind == RecordKind::Variable && r.conn == record.conn && r.variable() == Variable::Rto;
    });
    const Record* state = consequence(
        recordIndex, [&](const Record& r) { return r.kind == RecordKind::StateChange && r.conn == record.conn; });
    const std::string time = duration(waited.value_or(SimDuration()));

    EventCaption caption;
    caption.heading =
        say("{}: the {} timer runs out", "{}：{}计时器到时", word(record.host), labelOf(timer, language_));
    switch (timer) {
    case Timer::Retransmission:
        caption.text = say("{} has waited {} for an acknowledgment of {}.", "{0}等待对 {2} 的确认，已经过了 {1}。",
                           subject(record.host), time, oldest.value_or("?"));
        if (state)
            caption.text =
                joined(caption.text, say("It has tried often enough and gives up.", "重传次数已到上限，于是放弃。"));
        else if (next)
            caption.text =
                joined(caption.text,
                       say("It sends the segment again and will now wait {}.", "它重新发送这个报文段，这次等待 {}。",
                           duration(SimDuration::nanoseconds(static_cast<std::int64_t>(next->value)))));
        caption.rfc = "RFC 6298 §5.4-5.6";
        break;
    case Timer::DelayedAck:
        caption.text = say("The acknowledgment has waited {} for data to ride on; none came, so it goes alone.",
                           "确认等了 {}，没有数据可以捎带，于是单独发出。", time);
        caption.rfc = "RFC 9293 §3.8.6.3";
        break;
    case Timer::TimeWait:
        caption.text = say("2 MSL ({}) have passed: nothing of this connection can be under way any more.",
                           "2 MSL（{}）已过：网络中不会再有这条连接的报文段。", time);
        caption.rfc = "RFC 9293 §3.10.8";
        break;
    case Timer::Persist:
        if (const auto closed = closedSince(recordIndex))
            caption.text =
                say("The window has been closed for {}; {} asks whether it is open again.",
                    "窗口关闭已有 {}，{}探测它是否重新打开。", duration(record.at - *closed), inSentence(record.host));
        else
            caption.text =
                say("For {} the window has been too small for what waits; {} sends what fits.",
                    "{} 以来窗口一直小于等待发送的数据，{}先发送放得下的部分。", time, inSentence(record.host));
        caption.rfc = "RFC 9293 §3.8.6.1";
        break;
    case Timer::KeepAlive:
        caption.text = say("Nothing was heard for {}; {} asks whether the other side is still there.",
                           "已有 {} 没有收到任何消息，{}询问对方是否还在。", time, inSentence(record.host));
        caption.rfc = "RFC 9293 §3.8.4";
        break;
    case Timer::UserTimeout:
        caption.text = say("Data has waited {} for an acknowledgment; that is as long as the program is ready to wait.",
                           "数据等待确认已有 {}，这是程序愿意等待的上限。", time);
        caption.rfc = "RFC 9293 §3.8.3";
        break;
    case Timer::TailLossProbe:
        caption.text = say("Nothing was acknowledged for {}: {} finds out whether the end of the flight was lost.",
                           "已有 {} 没有收到确认，{}探测最后发出的报文段是否丢失。", time, inSentence(record.host));
        caption.rfc = "RFC 8985 §7.3";
        break;
    case Timer::Reordering:
        caption.text = say("{} ago an ACK told that a segment sent later has arrived. What was sent before it and is "
                           "still not acknowledged "
                           "is taken for lost.",
                           "{} 前收到的确认说明后发的报文段已经到达；在它之前发出、至今未得到确认的，判为丢失。", time);
        caption.rfc = "RFC 8985 §6.2";
        break;
    }
    caption.why = explain(timer, language_);
    return caption;
}

EventCaption CaptionWriter::app(std::size_t recordIndex) const
{
    const Record& record = trace_.records()[recordIndex];
    EventCaption caption;
    const std::string_view call = labelOf(record.call(), language_);
    caption.heading = say("{}'s program: {}", "{}程序：{}", word(record.host), call);
    const std::string n = octets(record.value);
    switch (record.call()) {
    case AppCall::Send: caption.text = say("The program hands {} to TCP.", "程序把 {} 交给 TCP。", n); break;
    case AppCall::Receive: {
        // It may have asked for all that there is: then what it got says how much that was.
        const Record* got = consequence(recordIndex, [&](const Record& r) {
            return r.kind == RecordKind::App && r.conn == record.conn && r.call() == AppCall::Delivered;
        });
        caption.text = record.value == 0 && got != nullptr
                           ? say("The program reads all {}.", "程序读取全部 {}。", octets(got->value))
                       : record.value == 0
                           ? say("The program reads what there is: nothing.", "程序来读，但没有数据可读。")
                           : say("The program reads {}.", "程序读取 {}。", n);
        break;
    }
    case AppCall::Delivered:
        caption.text = say("TCP hands {} to the program, in order.", "TCP 把 {} 按序交给程序。", n);
        break;
    case AppCall::Listen:
    case AppCall::Accept:
    case AppCall::Connect:
    case AppCall::Close:
    case AppCall::Shutdown:
    case AppCall::Abort:
    case AppCall::Crash:
    case AppCall::Opened:
    case AppCall::PeerClosed:
    case AppCall::Failed:
    case AppCall::Closed: caption.text = explain(record.call(), language_); break;
    }
    if (record.result() != AppResult::Ok)
        caption.why = explain(record.result(), language_);
    return caption;
}

EventCaption CaptionWriter::command(const Record& record) const
{
    if (record.reason == Reason::None)
        return {}; // what it brings about has records of its own
    EventCaption caption;
    caption.heading = say("Not done: {}", "未执行：{}", labelOf(record.reason, language_));
    caption.text = explain(record.reason, language_);
    return caption;
}

EventCaption CaptionWriter::packetEvent(std::size_t recordIndex) const
{
    const Record& record = trace_.records()[recordIndex];
    // At its end a segment has effects that TCP's words tell best.
    const bool told = isTold(trace_.packet(record.packet)) || (record.kind == RecordKind::PacketArrived && record.conn);
    switch (record.kind) {
    case RecordKind::PacketSent: return told ? sent(record) : sentInNetwork(record);
    case RecordKind::PacketArrived: return told ? arrived(recordIndex) : arrivedInNetwork(recordIndex);
    case RecordKind::PacketLost: return told ? lost(record) : lostInNetwork(record);
    case RecordKind::PacketChanged: return told ? changed(record) : changedInNetwork(record);
    default: return told ? ignored(record) : ignoredInNetwork(record);
    }
}

std::string CaptionWriter::company(std::size_t recordIndex) const
{
    const auto records = trace_.records();
    const Record& record = records[recordIndex];
    if (record.kind != RecordKind::PacketSent && record.kind != RecordKind::PacketArrived &&
        record.kind != RecordKind::PacketLost)
        return {};
    const auto isLike = [&](const Record& r) { return r.kind == record.kind && r.host == record.host; };
    std::size_t before = 0, after = 0;
    for (std::size_t i = recordIndex; i-- > 0 && records[i].at == record.at;)
        before += isLike(records[i]) ? 1 : 0;
    for (std::size_t i = recordIndex + 1; i < records.size() && records[i].at == record.at; ++i)
        after += isLike(records[i]) ? 1 : 0;
    const std::size_t all = before + 1 + after;
    if (all == 1 || (before > 0 && after > 0))
        return {};
    if (record.kind == RecordKind::PacketSent)
        return before == 0 ? say("It is the first of {} that leave at this instant.",
                                 "这一刻发出的共有 {} 个，这是第一个。", std::to_string(all))
                           : std::string();
    if (record.kind == RecordKind::PacketLost)
        return before == 0 ? say("It is the first of {} that are lost at this instant.",
                                 "这一刻丢失的共有 {} 个，这是第一个。", std::to_string(all))
                           : say("It is the last of {} that are lost at this instant.",
                                 "这一刻丢失的共有 {} 个，这是最后一个。", std::to_string(all));
    return before == 0 ? say("It is the first of {} that arrive at this instant.",
                             "这一刻到达的共有 {} 个，这是第一个。", std::to_string(all))
                       : say("It is the last of {} that arrive at this instant.",
                             "这一刻到达的共有 {} 个，这是最后一个。", std::to_string(all));
}

std::optional<SimTime> CaptionWriter::closedSince(std::size_t recordIndex) const
{
    const auto records = trace_.records();
    std::optional<SimTime> since;
    for (std::size_t i = recordIndex; i-- > 0;) {
        const Record& r = records[i];
        if (r.conn != records[recordIndex].conn || r.kind != RecordKind::Variable || r.variable() != Variable::SndWnd)
            continue;
        if (r.value != 0)
            break;
        since = r.at;
    }
    return since;
}

EventCaption CaptionWriter::write(std::size_t recordIndex) const
{
    EventCaption caption = written(recordIndex);
    if (!caption.text.empty())
        caption.text = joined(caption.text, company(recordIndex));
    // Where a question is quoted, its mark ends the sentence, and nothing stands apart from it.
    for (std::string* text : {&caption.heading, &caption.text})
        for (const auto& [from, to] :
             {std::pair<std::string_view, std::string_view>{"?.", "?"}, {"？。", "？"}, {"？ ", "？"}})
            for (std::size_t at = 0; (at = text->find(from, at)) != std::string::npos;)
                text->replace(at, from.size(), to);
    return caption;
}

EventCaption CaptionWriter::written(std::size_t recordIndex) const
{
    if (recordIndex >= trace_.records().size())
        return {};
    const Record& record = trace_.records()[recordIndex];
    switch (record.kind) {
    case RecordKind::PacketSent:
    case RecordKind::PacketArrived:
    case RecordKind::PacketLost:
    case RecordKind::PacketChanged:
    case RecordKind::SegmentIgnored: return record.packet ? packetEvent(recordIndex) : EventCaption();
    case RecordKind::Layer: return layerAct(record);
    case RecordKind::Table: return tableChanged(record);
    case RecordKind::Program: return programMet(record);
    case RecordKind::LinkState: return linkChanged(record);
    case RecordKind::NodeState: return powerChanged(record);
    case RecordKind::StateChange: return stateChanged(record);
    case RecordKind::Timer:
        return record.timerChange() == TimerChange::Fired ? timerFired(recordIndex) : EventCaption();
    case RecordKind::App: return app(recordIndex);
    case RecordKind::Command: return command(record);
    case RecordKind::ConnCreated:
    case RecordKind::Variable: return {};
    }
    return {};
}

EventCaption captionFor(const Trace& trace, const Symbols& symbols, std::size_t recordIndex, NumberStyle style,
                        Language language)
{
    return CaptionWriter(trace, symbols, style, language).write(recordIndex);
}

EventCaption captionFor(const Trace& trace, std::size_t recordIndex, NumberStyle style, Language language)
{
    return captionFor(trace, Symbols(trace), recordIndex, style, language);
}

} // namespace packetarium
