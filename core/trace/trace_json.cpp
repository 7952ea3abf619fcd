// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/trace_json.h"

#include "core/tcp/transition_table.h"

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
        lines_.end();
    }

    std::string_view hostName(NodeId id) const
    {
        return id.value() < trace_.nodes().size() ? std::string_view(trace_.nodes()[id.value()].name) : "?";
    }

    /// What every line about a packet begins with: who, and what it carries.
    Lines& packetLine(const Record& r, std::string_view kind)
    {
        const PacketInfo& p = trace_.packet(r.packet);
        return lines_.begin(r.at, kind)
            .number("packet", p.id.value())
            .text("from", hostName(p.from))
            .text("to", hostName(p.to))
            .text("proto", "TCP")
            .text("flags", p.flags.toString())
            .number("seq", p.seq.value())
            .number("ack", p.ack.value())
            .number("len", p.length)
            .number("win", p.window);
    }

    Lines& ownedLine(const Record& r, std::string_view kind)
    {
        return lines_.begin(r.at, kind).text("host", hostName(r.host)).idIfAny("conn", r.conn);
    }

    void sent(const Record& r)
    {
        const PacketInfo& p = trace_.packet(r.packet);
        packetLine(r, "send")
            .idIfAny("conn", r.conn)
            .number("sport", p.sourcePort)
            .number("dport", p.destinationPort)
            .why(r.reason)
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
