// SPDX-License-Identifier: GPL-3.0-or-later
// Captions for what happens to packets.
#include "ui/i18n/catalogue_captions.h"

namespace packetarium {

std::string CaptionWriter::what(const PacketInfo& packet) const
{
    const TcpFlags flags = packet.flags;
    if (flags.syn() || flags.rst()) {
        std::string name = flags.syn() ? "SYN" : "RST";
        return flags.ack() ? name + ",ACK" : name;
    }
    if (flags.fin())
        return packet.length > 0 ? octets(packet.length) + (zh() ? "和 FIN" : " and FIN") : "FIN";
    if (packet.length > 0)
        return octets(packet.length);
    return flags.ack() ? "ACK" : flags.toString();
}

std::string CaptionWriter::dataRange(const PacketInfo& packet) const
{
    const std::string first = number(packet.from, packet.seq, packet.sentAt);
    if (packet.length == 1)
        return say("1 octet, number {}", "1 字节，序号 {}", first);
    return say("{}, numbers {} to {}", "{}，序号 {} 到 {}", octets(packet.length), first,
               number(packet.from, packet.seq + (packet.length - 1), packet.sentAt));
}

std::string CaptionWriter::content(const PacketInfo& packet) const
{
    const std::string seq = symbols_.packetSeq(packet, style_);
    const std::string ack = symbols_.packetAck(packet, style_);
    const TcpFlags flags = packet.flags;
    if (packet.injected)
        return flags.ack() ? say("It says seq = {} and ack = {}.", "其中 seq = {}，ack = {}。", seq, ack)
                           : say("It says seq = {}.", "其中 seq = {}。", seq);
    if (flags.rst())
        return flags.ack() ? say("RST with seq = {} and ack = {}: there is no connection any more, or none at all.",
                                 "RST，seq = {}，ack = {}：连接不复存在，或者从未有过。", seq, ack)
                           : say("RST with seq = {}: there is no connection any more, or none at all.",
                                 "RST，seq = {}：连接不复存在，或者从未有过。", seq);
    if (flags.syn() && flags.ack())
        return say("One segment does two things: ack = {} acknowledges the other side's SYN, and seq = {} begins this "
                   "side's own numbering.",
                   "一个报文段做两件事：ack = {} 确认对方的 SYN，seq = {} 是本方序号的起点。", ack, seq);
    if (flags.syn())
        return say("seq = {}: from here {} counts its octets. The SYN itself uses up one number.",
                   "seq = {}：{}从这里开始编号。SYN 本身占用一个序号。", seq, inSentence(packet.from));

    std::string text;
    if (packet.length > 0)
        text = say("It carries {}.", "携带 {}。", dataRange(packet));
    if (flags.fin()) {
        const std::string finNumber = number(packet.from, packet.seq + packet.length, packet.sentAt);
        text = joined(text, say("The FIN has the number {}: {} has nothing more to send.",
                                "FIN 的序号是 {}：{}没有更多数据要发送。", finNumber, inSentence(packet.from)));
    }
    if (flags.ack())
        text = joined(text,
                      say("ack = {0}: {1} has everything before {0} and expects {0} next.",
                          "ack = {0}：{1}已收到 {0} 之前的全部内容，期望下一个是 {0}。", ack, inSentence(packet.from)));
    return text;
}

/// Why a segment goes again without waiting for the timer, and what that costs.
std::string CaptionWriter::thirdDuplicate(const Record& sent) const
{
    std::string text = say("The third duplicate ACK has come: this segment is taken for lost.",
                           "第三个重复确认到了：判定这个报文段已丢失。");
    const auto records = trace_.records();
    const auto here = static_cast<std::size_t>(&sent - records.data());
    for (std::size_t i = here + 1; i < records.size() && records[i].at == sent.at; ++i) {
        const Record& r = records[i];
        if (r.kind == RecordKind::Variable && r.variable() == Variable::Ssthresh && r.host == sent.host)
            text = joined(text, say("ssthresh falls to {}.", "ssthresh 降到 {}。", octets(r.value)));
    }
    return text;
}

EventCaption CaptionWriter::sent(const Record& record) const
{
    const PacketInfo& packet = trace_.packet(record.packet);
    EventCaption caption;
    if (packet.injected)
        caption.heading =
            say("{} on the wire, as if from {}", "线路上出现 {}，看似来自{}", what(packet), inSentence(packet.from));
    else if (packet.copyOf)
        caption.heading = say("A copy of {} appears", "出现 {} 的副本", what(packet));
    else if (packet.retransmission)
        caption.heading = say("{} sends {} again", "{}重传 {}", word(packet.from), what(packet));
    else
        caption.heading = say("{} sends {}", "{}发送 {}", word(packet.from), what(packet));
    caption.text = content(packet);
    if (packet.cause == Reason::SentFastRetransmit && !packet.copyOf)
        caption.text = joined(thirdDuplicate(record), caption.text);
    if (packet.copyOf)
        caption.why = explain(Reason::ChangedDuplicated, language_);
    else
        caption.why = explain(packet.cause, language_);
    caption.rfc = packet.copyOf ? std::string_view() : clauseOf(packet.cause);
    return caption;
}

/// Of an arriving acknowledgment: that it shuts the window, or opens it again. The variable is told after what it let go.
std::string CaptionWriter::windowNews(std::size_t recordIndex) const
{
    const auto records = trace_.records();
    const Record& arrival = records[recordIndex];
    const TcpFlags flags = trace_.packet(arrival.packet).flags;
    if (!flags.ack() || flags.syn())
        return {};
    for (std::size_t i = recordIndex + 1; i < records.size() && records[i].at == arrival.at; ++i) {
        const Record& r = records[i];
        if (r.host != arrival.host)
            continue;
        if (r.kind == RecordKind::PacketArrived)
            break;
        if (r.kind != RecordKind::Variable || r.variable() != Variable::SndWnd)
            continue;
        if (r.value == 0)
            return say("The window is 0 now: nothing more may be sent.", "窗口现在为 0，不能再发送数据。");
        return closedSince(i)
                   ? say("The window is open again, with room for {}.", "窗口重新打开，还可容纳 {}。", octets(r.value))
                   : std::string();
    }
    return {};
}

/// What a host sends when `packet` has come. An ACK is no question: what it lets go is no answer.
std::string CaptionWriter::reaction(const PacketInfo& packet, const PacketInfo& reply, const std::string& who) const
{
    const bool asks = packet.length > 0 || packet.flags.syn() || packet.flags.fin() || reply.length == 0;
    if (asks)
        return say("{} answers with {}.", "{}以 {} 应答。", who, what(reply));
    return reply.retransmission ? say("{} sends {} again.", "{}重传 {}。", who, what(reply))
                                : say("{} goes on and sends {}.", "{}接着发送 {}。", who, what(reply));
}

EventCaption CaptionWriter::arrived(std::size_t recordIndex) const
{
    const Record& record = trace_.records()[recordIndex];
    const PacketInfo& packet = trace_.packet(record.packet);
    EventCaption caption;
    caption.heading = isPlural(packet) ? say("{} reach {}", "{} 到达{}", what(packet), inSentence(record.host))
                                       : say("{} reaches {}", "{} 到达{}", what(packet), inSentence(record.host));

    const auto here = [&](RecordKind kind) {
        return [&, kind](const Record& r) { return r.kind == kind && r.host == record.host; };
    };
    const Record* state = consequence(recordIndex, here(RecordKind::StateChange));
    const Record* refused = consequence(recordIndex, here(RecordKind::SegmentIgnored));
    const Record* delivered = consequence(recordIndex, [&](const Record& r) {
        return r.kind == RecordKind::App && r.host == record.host && r.call() == AppCall::Delivered;
    });
    const Record* answer = consequence(recordIndex, here(RecordKind::PacketSent));
    const auto variable = [&](Variable v) {
        return consequence(recordIndex, [&, v](const Record& r) {
            return r.kind == RecordKind::Variable && r.host == record.host && r.variable() == v;
        });
    };
    const auto numberIn = [&](NodeId sender, const Record& r) {
        return number(sender, Seq32(static_cast<std::uint32_t>(r.value)), r.at);
    };
    const Record* acknowledged = variable(Variable::SndUna);
    const Record* expected = variable(Variable::RcvNxt);

    if (state) {
        caption.text = newState(*state);
        explainTransition(lastStep(*state), caption);
    }
    // Once the host has been named it is "it"; a Chinese sentence then leaves it out.
    const std::string who = caption.text.empty() ? subject(record.host) : say("It", "");
    if (delivered)
        caption.text =
            joined(caption.text, say("TCP hands {} to the program.", "TCP 把 {} 交给程序。", octets(delivered->value)));
    if (acknowledged && packet.flags.ack())
        caption.text = joined(caption.text, say("What {} sent before {} is acknowledged now.",
                                                "{}在 {} 之前发送的内容现在都已得到确认。", inSentence(record.host),
                                                numberIn(record.host, *acknowledged)));
    if (!state)
        caption.text = joined(caption.text, windowNews(recordIndex));
    if (const Record* cwnd = variable(Variable::Cwnd);
        cwnd && packet.flags.has(TcpFlags::Ece) && !packet.flags.syn() && variable(Variable::Ssthresh))
        caption.text =
            joined(caption.text, say("It reports a mark, as if a segment were lost: cwnd falls to {}.",
                                     "它转告了拥塞标记，等同于一次丢失：cwnd 降到 {}。", octets(cwnd->value)));
    if (packet.marked && packet.length > 0 && !refused)
        caption.text = joined(caption.text, say("It bears a mark of congestion; ACKs say so (ECE) until CWR comes.",
                                                "它带有拥塞标记；此后的确认都转告（ECE），直到收到 CWR。"));
    if (expected && (packet.flags.syn() || packet.flags.fin() || packet.length > 0))
        caption.text =
            joined(caption.text, say("{} expects {} next.", "{}期望的下一个序号是 {}。",
                                     delivered ? subject(record.host) : who, numberIn(packet.from, *expected)));
    if (refused) {
        caption.text = joined(caption.text, say("{} makes no use of it: {}.", "{}不予采用：{}。", subject(record.host),
                                                labelOf(refused->reason, language_)));
        caption.why = explain(refused->reason, language_);
        caption.rfc = clauseOf(refused->reason);
    }
    if (answer && !state) {
        const PacketInfo& reply = trace_.packet(answer->packet);
        caption.text = joined(caption.text, reaction(packet, reply, subject(record.host)));
        if (caption.why.empty()) {
            caption.why = explain(reply.cause, language_);
            caption.rfc = clauseOf(reply.cause);
        }
    }
    if (caption.text.empty())
        caption.text = content(packet);
    return caption;
}

EventCaption CaptionWriter::lost(const Record& record) const
{
    const PacketInfo& packet = trace_.packet(record.packet);
    EventCaption caption;
    caption.heading =
        isPlural(packet) ? say("{} are lost", "{} 丢失", what(packet)) : say("{} is lost", "{} 丢失", what(packet));
    caption.text = say("The segment with seq = {} never reaches {}.", "seq = {} 的报文段到不了{}。",
                       symbols_.packetSeq(packet, style_), inSentence(packet.to));
    caption.why = explain(record.reason, language_);
    return caption;
}

EventCaption CaptionWriter::changed(const Record& record) const
{
    const PacketInfo& packet = trace_.packet(record.packet);
    EventCaption caption;
    caption.heading = say("{}: {}", "{}：{}", what(packet), labelOf(record.reason, language_));
    if (record.reason == Reason::ChangedDelayed)
        caption.text = say("It will arrive {} later than it would have.", "它将比原来晚 {} 到达。",
                           duration(SimDuration::nanoseconds(static_cast<std::int64_t>(record.value))));
    else
        caption.text = explain(record.reason, language_);
    return caption;
}

EventCaption CaptionWriter::ignored(const Record& record) const
{
    const PacketInfo& packet = trace_.packet(record.packet);
    EventCaption caption;
    caption.heading = say("{} ignores {}", "{}忽略 {}", word(record.host), what(packet));
    caption.text = content(packet);
    caption.why = explain(record.reason, language_);
    caption.rfc = clauseOf(record.reason);
    return caption;
}

} // namespace packetarium
