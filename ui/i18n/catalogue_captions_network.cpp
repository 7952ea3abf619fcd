// SPDX-License-Identifier: GPL-3.0-or-later
// Captions for what happens in a network: packets that are not TCP's, packets that are passed on, layers, tables,
// programs, cables and power.
#include "ui/i18n/catalogue_captions.h"

#include "ui/i18n/catalogue_layers.h"
#include "ui/i18n/catalogue_network.h"
#include "ui/i18n/catalogue_packets.h"
#include "ui/i18n/catalogue_programs.h"

namespace packetarium {
namespace {

bool isTcp(const PacketInfo& packet)
{
    return packet.protocol == Protocol::Tcp || packet.protocol == Protocol::Http || packet.protocol == Protocol::Tls;
}

bool isRouterOrHost(const Trace& trace, NodeId id)
{
    return id.value() < trace.nodes().size() &&
           (trace.nodes()[id.value()].kind == NodeKind::Host || trace.nodes()[id.value()].kind == NodeKind::Router);
}

} // namespace

bool CaptionWriter::isTold(const PacketInfo& packet) const
{
    return trace_.nodes().size() <= 2 && (isTcp(packet) || packet.protocol == Protocol::Other);
}

bool CaptionWriter::isPassedOn(const PacketInfo& packet) const
{
    return packet.parent && !packet.copyOf;
}

std::string CaptionWriter::title(const PacketInfo& packet) const
{
    const PacketSummary summary = summarize(trace_.bytes(packet.id));
    if (isTcp(packet) && summary.httpStart.empty())
        return what(packet);
    return packetTitle(summary, language_);
}

EventCaption CaptionWriter::sentInNetwork(const Record& record) const
{
    const PacketInfo& packet = trace_.packet(record.packet);
    const std::string name = title(packet);
    EventCaption caption;
    if (packet.cause == Reason::SentRouted)
        caption.heading = say("{} passes on: {}", "{}转发：{}", word(packet.from), name);
    else if (isPassedOn(packet))
        caption.heading = say("{} to {}: {}", "{}向{}发出：{}", word(packet.from), inSentence(packet.to), name);
    else if (packet.retransmission)
        caption.heading = say("{} sends again: {}", "{}重传：{}", word(packet.from), name);
    else
        caption.heading = say("{} sends: {}", "{}发送：{}", word(packet.from), name);
    const PacketSummary summary = summarize(trace_.bytes(packet.id));
    if (isTcp(packet) && !isPassedOn(packet))
        caption.text = content(packet);
    else if (packet.protocol == Protocol::Arp || isPassedOn(packet))
        caption.text = say("The frame goes from {} to {}.", "这个帧从 {} 发往 {}。", summary.sourceMac.toString(),
                           summary.destinationMac.toString());
    else
        caption.text =
            say("From {} to {}, in a frame to {}.", "从 {} 发往 {}，帧的目的地址是 {}。", summary.source.toString(),
                summary.destination.toString(), summary.destinationMac.toString());
    caption.why = explain(packet.copyOf ? Reason::ChangedDuplicated : packet.cause, language_);
    caption.rfc = packet.copyOf ? std::string_view() : clauseOf(packet.cause);
    return caption;
}

EventCaption CaptionWriter::arrivedInNetwork(std::size_t recordIndex) const
{
    const Record& record = trace_.records()[recordIndex];
    const PacketInfo& packet = trace_.packet(record.packet);
    EventCaption caption;
    const std::string name = title(packet);
    const bool names =
        (packet.protocol == Protocol::Icmp || packet.protocol == Protocol::Icmpv6) && !name.ends_with("？");
    const bool plural = isTold(packet) && isPlural(packet) && packet.protocol == Protocol::Tcp;
    caption.heading = names    ? say("{} arrives at {}", "{}报文到达{}", name, inSentence(record.host))
                      : plural ? say("{} arrive at {}", "{} 到达{}", name, inSentence(record.host))
                               : say("{} arrives at {}", "{} 到达{}", name, inSentence(record.host));
    const auto here = [&](RecordKind kind) {
        return [&, kind](const Record& r) {
            return r.kind == kind && r.host == record.host && (!r.packet || r.packet == record.packet);
        };
    };
    const Record* state = consequence(recordIndex, here(RecordKind::StateChange));
    const Record* refused = consequence(recordIndex, here(RecordKind::SegmentIgnored));
    const Record* program = consequence(recordIndex, here(RecordKind::Program));
    const Record* passed = consequence(recordIndex, [&](const Record& r) {
        return r.kind == RecordKind::PacketSent && r.host == record.host &&
               trace_.packet(r.packet).parent == record.packet;
    });
    const Record* answer = consequence(recordIndex, [&](const Record& r) {
        return r.kind == RecordKind::PacketSent && r.host == record.host && !trace_.packet(r.packet).parent;
    });
    const Record* row = consequence(recordIndex, [&](const Record& r) {
        return r.kind == RecordKind::Table && r.host == record.host && r.tableChange() == TableChange::Added;
    });
    if (row)
        caption.text = tableChanged(*row).text;
    if (state) {
        caption.text = joined(caption.text, newState(*state));
        explainTransition(lastStep(*state), caption);
    }
    if (program)
        caption.text = joined(caption.text, programSentence(trace_, *program, language_));
    if (refused) {
        caption.text = joined(caption.text, say("{} makes no use of it: {}.", "{}不予采用：{}。", subject(record.host),
                                                labelOf(refused->reason, language_)));
        caption.why = explain(refused->reason, language_);
        caption.rfc = clauseOf(refused->reason);
    }
    if (passed) {
        const PacketInfo& next = trace_.packet(passed->packet);
        caption.text = joined(caption.text, say("{} passes it on towards {}.", "{}把它继续发往{}。",
                                                subject(record.host), inSentence(next.to)));
        caption.why = explain(next.cause, language_);
        caption.rfc = clauseOf(next.cause);
    } else if (answer) {
        const PacketInfo& reply = trace_.packet(answer->packet);
        caption.text = joined(caption.text, say("{} sends: {}.", "{}发出：{}。", subject(record.host), title(reply)));
        if (caption.why.empty()) {
            caption.why = explain(reply.cause, language_);
            caption.rfc = clauseOf(reply.cause);
        }
    }
    if (caption.text.empty())
        caption.text = isRouterOrHost(trace_, record.host)
                           ? say("It came from {}.", "来自{}。", inSentence(packet.from))
                           : say("{} looks where it has to go.", "{}查看它该从哪里出去。", subject(record.host));
    return caption;
}

EventCaption CaptionWriter::lostInNetwork(const Record& record) const
{
    const PacketInfo& packet = trace_.packet(record.packet);
    EventCaption caption;
    caption.heading = say("Lost: {}", "丢失：{}", title(packet));
    caption.text = say("The frame from {} never reaches {}.", "{}发出的帧到不了{}。", inSentence(packet.from),
                       inSentence(packet.to));
    caption.why = explain(record.reason, language_);
    return caption;
}

EventCaption CaptionWriter::changedInNetwork(const Record& record) const
{
    const PacketInfo& packet = trace_.packet(record.packet);
    EventCaption caption;
    caption.heading = say("{}: {}", "{}：{}", title(packet), labelOf(record.reason, language_));
    caption.text = record.reason == Reason::ChangedDelayed
                       ? say("It will arrive {} later than it would have.", "它将比原来晚 {} 到达。",
                             duration(SimDuration::nanoseconds(static_cast<std::int64_t>(record.value))))
                       : std::string(explain(record.reason, language_));
    return caption;
}

EventCaption CaptionWriter::ignoredInNetwork(const Record& record) const
{
    const PacketInfo& packet = trace_.packet(record.packet);
    EventCaption caption;
    caption.heading = say("{} drops: {}", "{}丢弃：{}", word(record.host), title(packet));
    caption.text = explain(record.reason, language_);
    caption.rfc = clauseOf(record.reason);
    return caption;
}

EventCaption CaptionWriter::layerAct(const Record& record) const
{
    const LayerWords words = layerSentence(trace_, record, language_);
    EventCaption caption;
    caption.heading = say("{}: {}", "{}：{}", word(record.host), words.heading);
    caption.text = words.text;
    caption.why = explain(record.layerAct(), language_);
    caption.rfc = words.rfc;
    return caption;
}

EventCaption CaptionWriter::tableChanged(const Record& record) const
{
    EventCaption caption;
    if (record.value >= trace_.tableRows().size())
        return caption;
    const TableRow& row = trace_.tableRows()[record.value];
    caption.heading = say("{}, {}: {}", "{}的{}：{}", word(record.host), labelOf(record.table(), language_),
                          labelOf(record.tableChange(), language_));
    const std::string who = subject(record.host);
    const bool gone = record.tableChange() == TableChange::Expired || record.tableChange() == TableChange::Removed;
    switch (row.kind) {
    case TableKind::Arp:
    case TableKind::Neighbor:
        caption.text = gone ? say("{} forgets the MAC address of {}.", "{}不再记得 {} 的 MAC 地址。", who,
                                  row.prefix.address.toString())
                       : record.tableChange() == TableChange::Missed
                           ? say("{} does not know the MAC address of {}.", "{}不知道 {} 的 MAC 地址。", who,
                                 row.prefix.address.toString())
                           : say("{}: {} has the MAC address {}.", "{}：{} 的 MAC 地址是 {}。", who,
                                 row.prefix.address.toString(), row.mac.toString());
        break;
    case TableKind::Switch:
        caption.text =
            gone ? say("{} forgets where {} is.", "{}不再记得 {} 在哪里。", who, row.mac.toString())
            : record.tableChange() == TableChange::Missed
                ? say("{} does not know where {} is.", "{}不知道 {} 在哪里。", who, row.mac.toString())
                : say("{}: {} is behind port {}.", "{}：{} 在端口 {} 后面。", who, row.mac.toString(), row.port + 1);
        break;
    case TableKind::Route:
        caption.text = record.tableChange() == TableChange::Missed
                           ? say("{} has no route to {}.", "{}没有通往 {} 的路由。", who, row.prefix.toString())
                       : row.via.isUnspecified() ? say("{}: {} is on the link itself.", "{}：{} 就在直连的链路上。",
                                                       who, row.prefix.toString())
                                                 : say("{}: to {} by way of {}.", "{}：去往 {}，经由 {}。", who,
                                                       row.prefix.toString(), row.via.toString());
        break;
    case TableKind::Dns:
        caption.text = gone ? say("{} forgets {}.", "{}不再记得 {}。", who, row.name)
                       : record.tableChange() == TableChange::Missed
                           ? say("{} has nothing about {} in its cache.", "{}的缓存里没有 {}。", who, row.name)
                           : say("{}: {} is {}.", "{}：{} 是 {}。", who, row.name, row.data);
        break;
    case TableKind::SynQueue:
        caption.text = gone ? say("{}: the connection with {} is half open no longer. Its place is free.",
                                  "{}：与 {} 的连接不再是半连接，空出一个位置。", who, row.name)
                            : say("{}: the half-open connection with {} takes a place in the SYN queue, which has {}.",
                                  "{}：与 {} 的半连接占去半连接队列的一个位置，共有 {} 个。", who, row.name, row.data);
        break;
    case TableKind::AcceptQueue:
        caption.text =
            gone ? say("{}: the connection with {} waits no longer. Its place is free.",
                       "{}：与 {} 的连接不再排队，空出一个位置。", who, row.name)
                 : say("{}: the connection with {} is open and takes a place in the accept queue, which has {}.",
                       "{}：与 {} 的连接已经建立，占去全连接队列的一个位置，共有 {} 个，等待 accept()。", who, row.name,
                       row.data);
        break;
    }
    caption.why = explain(row.kind, language_);
    return caption;
}

EventCaption CaptionWriter::programMet(const Record& record) const
{
    EventCaption caption;
    caption.heading = say("{}'s program: {}", "{}程序：{}", word(record.host), labelOf(record.program(), language_));
    caption.text = programSentence(trace_, record, language_);
    return caption;
}

EventCaption CaptionWriter::linkChanged(const Record& record) const
{
    EventCaption caption;
    const bool joinedNow = record.a != 0;
    std::string between = "?";
    if (record.value < trace_.links().size()) {
        const TraceLink& link = trace_.links()[record.value];
        between = say("{} and {}", "{}与{}", inSentence(link.a), inSentence(link.b));
    }
    caption.heading = joinedNow ? say("A cable is plugged in", "接上网线") : say("A cable is pulled", "拔掉网线");
    caption.text = joinedNow
                       ? say("The cable between {} carries frames again.", "{}之间的网线重新可以传送帧。", between)
                       : say("The cable between {} carries nothing any more; what was on it is lost.",
                             "{}之间的网线不再传送任何东西，在途的帧都丢失了。", between);
    return caption;
}

EventCaption CaptionWriter::powerChanged(const Record& record) const
{
    EventCaption caption;
    const bool on = record.a != 0;
    caption.heading =
        on ? say("{}: power on", "{}：通电", word(record.host)) : say("{}: power off", "{}：断电", word(record.host));
    caption.text = on ? say("{} starts afresh: it remembers nothing it had learnt.",
                            "{}重新启动，以前学到的都不记得了。", subject(record.host))
                      : say("{} hears and says nothing, and forgets what it had learnt.",
                            "{}既不收也不发，学到的都忘掉了。", subject(record.host));
    return caption;
}

} // namespace packetarium
