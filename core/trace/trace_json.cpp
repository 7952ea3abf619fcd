// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/trace_json.h"

#include "core/base/utf8.h"
#include "core/tcp/transition_table.h"
#include "core/trace/packet_summary.h"

#include <fmt/format.h>

#include <concepts>
#include <iterator>

namespace packetarium {
namespace {

constexpr int kFormatVersion = 1;
constexpr std::size_t kFlushAt = 1 << 16;

/// Writes one object a line into a buffer that is handed on when it is large. Formatting by hand, because the whole of a
/// small run has to be on disk within milliseconds.
class Lines {
public:
    explicit Lines(std::ostream& out)
        : out_(out)
    {}

    Lines& begin(SimTime t, std::string_view kind)
    {
        raw("{\"t\":");
        integer(t.ns());
        return text("kind", kind);
    }
    template <std::integral T>
    Lines& number(std::string_view key, T value)
    {
        name(key);
        integer(value);
        return *this;
    }
    Lines& text(std::string_view key, std::string_view value)
    {
        name(key);
        quoted(value);
        return *this;
    }
    /// Left out when it is empty.
    Lines& textIfAny(std::string_view key, std::string_view value) { return value.empty() ? *this : text(key, value); }
    /// Left out when it is false.
    Lines& flag(std::string_view key, bool value)
    {
        if (value) {
            name(key);
            raw("true");
        }
        return *this;
    }
    template <class Tag, class Rep>
    Lines& idIfAny(std::string_view key, Id<Tag, Rep> id)
    {
        return id ? number(key, id.value()) : *this;
    }
    Lines& why(Reason reason)
    {
        return reason == Reason::None ? *this : text("why", toString(reason)).textIfAny("rfc", clauseOf(reason));
    }
    void raw(std::string_view s) { buffer_.append(s.data(), s.data() + s.size()); }
    void quoted(std::string_view s)
    {
        buffer_.push_back('"');
        for (const char c : s) {
            if (c == '"' || c == '\\') {
                buffer_.push_back('\\');
                buffer_.push_back(c);
            } else if (static_cast<unsigned char>(c) < 0x20) {
                fmt::format_to(std::back_inserter(buffer_), "\\u{:04x}", static_cast<unsigned>(c));
            } else {
                buffer_.push_back(c);
            }
        }
        buffer_.push_back('"');
    }
    void end()
    {
        raw("}\n");
        if (buffer_.size() >= kFlushAt)
            flush();
    }
    void flush()
    {
        out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
        buffer_.clear();
    }

private:
    void name(std::string_view key)
    {
        raw(",\"");
        raw(key);
        raw("\":");
    }
    template <std::integral T>
    void integer(T value)
    {
        const fmt::format_int digits(value);
        buffer_.append(digits.data(), digits.data() + digits.size());
    }

    std::ostream& out_;
    fmt::memory_buffer buffer_;
};

class Writer {
public:
    Writer(std::ostream& out, const Trace& trace)
        : lines_(out)
        , trace_(trace)
    {}

    void write()
    {
        start();
        for (const Record& r : trace_.records())
            record(r);
        lines_.begin(trace_.end(), "end").end();
        lines_.flush();
    }

private:
    void start()
    {
        lines_.begin(SimTime::zero(), "trace").number("version", kFormatVersion).raw(",\"hosts\":[");
        bool first = true;
        for (const TraceNode& host : trace_.nodes()) {
            lines_.raw(first ? "{\"name\":" : ",{\"name\":");
            lines_.quoted(host.name);
            lines_.text("address", host.address.toString()).raw("}");
            first = false;
        }
        lines_.raw("]");
        if (isNetwork())
            network();
        lines_.end();
    }

    /// Two hosts on one link, which speak TCP, are told as ever.
    bool isNetwork() const { return trace_.nodes().size() > 2; }

    void network()
    {
        lines_.raw(",\"nodes\":[");
        std::string_view comma;
        for (const TraceNode& node : trace_.nodes()) {
            lines_.raw(comma);
            lines_.raw("{\"name\":");
            lines_.quoted(node.name);
            lines_.text("kind", toString(node.kind)).raw(",\"addresses\":[");
            list(node.addresses);
            lines_.raw("],\"macs\":[");
            list(node.macs);
            lines_.raw("]}");
            comma = ",";
        }
        lines_.raw("],\"links\":[");
        comma = {};
        for (const TraceLink& link : trace_.links()) {
            lines_.raw(comma);
            lines_.raw("{\"a\":");
            lines_.quoted(hostName(link.a));
            lines_.number("a-port", link.aPort).text("b", hostName(link.b)).number("b-port", link.bPort);
            lines_.number("rate", link.bitsPerSecond).number("delay", link.delay.ns()).raw("}");
            comma = ",";
        }
        lines_.raw("]");
    }

    template <class T>
    void list(const std::vector<T>& values)
    {
        std::string_view comma;
        for (const T& value : values) {
            lines_.raw(comma);
            lines_.quoted(value.toString());
            comma = ",";
        }
    }

    std::string_view hostName(NodeId id) const
    {
        return id.value() < trace_.nodes().size() ? std::string_view(trace_.nodes()[id.value()].name) : "?";
    }

    static bool isTcp(const PacketInfo& p)
    {
        return p.protocol == Protocol::Tcp || p.protocol == Protocol::Http || p.protocol == Protocol::Tls;
    }

    /// What every line about a packet begins with: who, and what it carries.
    Lines& packetLine(const Record& r, std::string_view kind)
    {
        const PacketInfo& p = trace_.packet(r.packet);
        lines_.begin(r.at, kind)
            .number("packet", p.id.value())
            .text("from", hostName(p.from))
            .text("to", hostName(p.to));
        const bool tcp = isTcp(p) || (!isNetwork() && p.protocol == Protocol::Other);
        lines_.text("proto", tcp ? "TCP" : toString(p.protocol));
        if (tcp)
            lines_.text("flags", p.flags.toString())
                .number("seq", p.seq.value())
                .number("ack", p.ack.value())
                .number("len", p.length)
                .number("win", p.window);
        return lines_;
    }

    /// What only a network has to say of a packet: where on its way it is, its addresses, and what it asks or answers.
    void networkPart(const PacketInfo& p)
    {
        lines_.idIfAny("link", p.link).idIfAny("parent", p.copyOf ? PacketId() : p.parent);
        const PacketSummary s = summarize(trace_.bytes(p.id));
        lines_.text("smac", s.sourceMac.toString()).text("dmac", s.destinationMac.toString());
        lines_.text("src", s.source.toString()).text("dst", s.destination.toString());
        if (!isTcp(p) && s.sourcePort != 0)
            lines_.number("sport", s.sourcePort).number("dport", s.destinationPort);
        if (!s.arp)
            lines_.number("ttl", s.ttl);
        if (!s.arp && !isTcp(p))
            lines_.number("len", s.length);
        if (s.fragment)
            lines_.number("fragment", s.fragmentOffset).flag("more-fragments", s.moreFragments);
        if (s.arp)
            lines_.number("op", s.arp->operation);
        if (s.icmp)
            lines_.number("type", s.icmp->type).number("code", s.icmp->code);
        if (s.neighbor)
            lines_.text("target", s.neighbor->target.toString());
        if (s.dns && !s.dns->questions.empty())
            lines_.text("question",
                        printable(s.dns->questions.front().name) + " " + toString(s.dns->questions.front().type));
        if (s.dns && s.dns->response)
            lines_.text("rcode", toString(s.dns->code));
        if (!s.httpStart.empty())
            lines_.text("http", printable(s.httpStart));
    }

    /// Octets that are no UTF-8 as question marks.
    static std::string printable(std::string_view text)
    {
        std::string good;
        while (!text.empty()) {
            const std::size_t length = utf8Length(text);
            good += length == 0 ? std::string_view("?") : text.substr(0, length);
            text.remove_prefix(std::max<std::size_t>(1, length));
        }
        return good;
    }

    Lines& ownedLine(const Record& r, std::string_view kind)
    {
        return lines_.begin(r.at, kind).text("host", hostName(r.host)).idIfAny("conn", r.conn);
    }

    void sent(const Record& r)
    {
        const PacketInfo& p = trace_.packet(r.packet);
        packetLine(r, "send").idIfAny("conn", r.conn);
        if (isTcp(p) || !isNetwork())
            lines_.number("sport", p.sourcePort).number("dport", p.destinationPort);
        if (isNetwork())
            networkPart(p);
        lines_.why(r.reason)
            .idIfAny("copy-of", p.copyOf)
            .flag("retransmission", p.retransmission)
            .flag("injected", p.injected)
            .end();
    }

    void changed(const Record& r)
    {
        lines_.begin(r.at, "changed").number("packet", r.packet.value()).why(r.reason);
        if (r.reason == Reason::ChangedDuplicated)
            lines_.number("copy", r.value);
        else if (r.reason == Reason::ChangedDelayed || r.reason == Reason::ChangedReordered)
            lines_.number("by", r.value);
        else if (r.reason == Reason::ChangedCorrupted)
            lines_.number("bit", r.value);
        lines_.end();
    }

    void stateChange(const Record& r)
    {
        ownedLine(r, "state").text("from", toString(r.from())).text("to", toString(r.to()));
        if (r.value < tcpTransitions().size()) {
            const TcpTransition& row = tcpTransitions()[r.value];
            lines_.text("why", toString(row.event)).textIfAny("rfc", row.clause);
        }
        lines_.idIfAny("packet", r.packet).end();
    }

    static std::string_view nameOf(Layer layer)
    {
        switch (layer) {
        case Layer::Physical: return "physical";
        case Layer::Link: return "link";
        case Layer::Internet: return "internet";
        case Layer::Transport: return "transport";
        case Layer::Application: return "application";
        }
        return "?";
    }

    Lines& nodeLine(const Record& r, std::string_view kind)
    {
        return lines_.begin(r.at, kind).text("node", hostName(r.host));
    }

    void tableRow(const Record& r)
    {
        nodeLine(r, "table").text("table", toString(r.table())).text("change", toString(r.tableChange()));
        if (r.value < trace_.tableRows().size()) {
            const TableRow& row = trace_.tableRows()[r.value];
            switch (row.kind) {
            case TableKind::Arp:
            case TableKind::Neighbor:
                lines_.text("address", row.prefix.address.toString()).text("mac", row.mac.toString());
                break;
            case TableKind::Switch: lines_.text("mac", row.mac.toString()).number("port", row.port); break;
            case TableKind::Route:
                lines_.text("to", row.prefix.toString()).number("port", row.port);
                if (!row.via.isUnspecified())
                    lines_.text("via", row.via.toString());
                break;
            case TableKind::Dns: lines_.text("name", printable(row.name)).text("data", printable(row.data)); break;
            case TableKind::SynQueue:
            case TableKind::AcceptQueue:
                lines_.text("peer", row.name).number("port", row.localPort).text("places", row.data);
                break;
            }
            if (!row.expires.isNever())
                lines_.number("expires", row.expires.ns());
        }
        lines_.idIfAny("packet", r.packet).end();
    }

    void program(const Record& r)
    {
        ownedLine(r, "program").text("event", toString(r.program()));
        if (r.trouble() != ProgramTrouble::None)
            lines_.text("trouble", toString(r.trouble()));
        lines_.number("value", r.value).textIfAny("text", printable(trace_.textOf(r))).end();
    }

    void link(const Record& r)
    {
        lines_.begin(r.at, "link").number("link", r.value);
        if (r.value < trace_.links().size())
            lines_.text("a", hostName(trace_.links()[r.value].a)).text("b", hostName(trace_.links()[r.value].b));
        lines_.text("state", r.a != 0 ? "plugged" : "unplugged").end();
    }

    void record(const Record& r)
    {
        switch (r.kind) {
        case RecordKind::ConnCreated:
            ownedLine(r, "conn").number("local", r.value >> 16).number("remote", r.value & 0xffff).end();
            break;
        case RecordKind::PacketSent: sent(r); break;
        case RecordKind::PacketArrived:
            packetLine(r, "arrive").idIfAny("conn", r.conn).flag("corrupted", trace_.packet(r.packet).corrupted).end();
            break;
        case RecordKind::PacketLost: packetLine(r, "lost").why(r.reason).end(); break;
        case RecordKind::PacketChanged: changed(r); break;
        case RecordKind::SegmentIgnored:
            ownedLine(r, "ignored").number("packet", r.packet.value()).why(r.reason).end();
            break;
        case RecordKind::StateChange: stateChange(r); break;
        case RecordKind::Variable:
            ownedLine(r, "variable").text("name", toString(r.variable())).number("value", r.value).end();
            break;
        case RecordKind::Timer:
            ownedLine(r, "timer").text("timer", toString(r.timer())).text("change", toString(r.timerChange()));
            if (r.timerChange() == TimerChange::Started)
                lines_.number("deadline", r.value);
            lines_.end();
            break;
        case RecordKind::App:
            ownedLine(r, "app")
                .text("call", toString(r.call()))
                .text("result", toString(r.result()))
                .number("octets", r.value);
            lines_.end();
            break;
        case RecordKind::Layer:
            nodeLine(r, "layer")
                .number("packet", r.packet.value())
                .text("act", toString(r.layerAct()))
                .text("layer", nameOf(r.layer()))
                .number("offset", r.unitOffset())
                .number("length", r.unitLength())
                .end();
            break;
        case RecordKind::Table: tableRow(r); break;
        case RecordKind::Program: program(r); break;
        case RecordKind::LinkState: link(r); break;
        case RecordKind::NodeState: nodeLine(r, "node").text("power", r.a != 0 ? "on" : "off").end(); break;
        case RecordKind::Command:
            lines_.begin(r.at, "command").text("list", r.a != 0 ? "commands" : "script").number("index", r.value);
            if (r.host)
                lines_.text("host", hostName(r.host));
            lines_.why(r.reason).end();
            break;
        }
    }

    Lines lines_;
    const Trace& trace_;
};

} // namespace

void writeTraceJson(std::ostream& out, const Trace& trace)
{
    Writer(out, trace).write();
}

} // namespace packetarium
