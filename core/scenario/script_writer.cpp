// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/utf8.h"
#include "core/scenario/quantities.h"
#include "core/scenario/script_file.h"

#include <fmt/format.h>

#include <algorithm>

namespace packetarium {
namespace {

template <class... Fs>
struct Overloaded : Fs... {
    using Fs::operator()...;
};
template <class... Fs>
Overloaded(Fs...) -> Overloaded<Fs...>;

std::string after(SimDuration wait)
{
    return wait == SimDuration() ? std::string() : ", after: " + writeDuration(wait);
}

std::string writeWhen(const When& when)
{
    return std::visit(
        Overloaded{
            [](const AtTime& w) { return "at: " + writeDuration(w.at - SimTime::zero()); },
            [](const OnState& w) {
                const std::string nth = w.nth == 1 ? std::string() : fmt::format(", nth: {}", w.nth);
                return fmt::format("on: {{host: {}, state: {}{}{}}}", quotedText(w.host), toString(w.state), nth,
                                   after(w.after));
            },
            [](const OnReceived& w) {
                return fmt::format("on: {{host: {}, received: {}{}}}", quotedText(w.host), w.octets, after(w.after));
            },
            [](const OnPeerClosed& w) {
                return fmt::format("on: {{host: {}, peer-closed: yes{}}}", quotedText(w.host), after(w.after));
            },
        },
        when);
}

std::string packet(const PacketSelector& selector)
{
    const std::string from =
        selector.from.empty() ? std::string() : fmt::format("from: {}, ", quotedText(selector.from));
    return fmt::format("{}nth: {}", from, selector.nth);
}

/// Text that can stand in quotes: UTF-8 whose only control characters are those with an escape of their own.
bool isText(std::string_view text)
{
    return isUtf8(text) && std::none_of(text.begin(), text.end(), [](char c) {
               return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r') || c == 0x7F;
           });
}

} // namespace

std::string writeLinkEnd(const LinkEnd& end)
{
    return quotedText(end.interface.empty() ? end.node : end.node + "." + end.interface);
}

std::string writeData(ByteView data)
{
    constexpr std::size_t alphabet = 26;
    std::size_t i = 0;
    while (i < data.size() && data[i] == 'a' + i % alphabet)
        ++i;
    if (i == data.size() && i > alphabet)
        return fmt::format("{{octets: {}}}", data.size());
    const std::string text(data.begin(), data.end());
    if (isText(text))
        return quotedText(text);
    std::string hex;
    for (const std::uint8_t octet : data)
        hex += fmt::format("{:02x}", octet);
    return fmt::format("{{hex: \"{}\"}}", hex);
}

namespace {

std::string writeInject(const DoInject& inject)
{
    const TcpSegment& s = inject.segment;
    std::string text = fmt::format("inject: {{from: {}, to: {}, flags: \"{}\", seq: {}", quotedText(inject.from),
                                   quotedText(inject.to), s.flags.toString(), s.seq.value());
    if (s.ack != Seq32())
        text += fmt::format(", ack: {}", s.ack.value());
    text += fmt::format(", window: {}, from-port: {}, to-port: {}", s.window, s.sourcePort, s.destinationPort);
    if (s.urgentPointer != 0)
        text += fmt::format(", urgent-pointer: {}", s.urgentPointer);
    if (s.mss)
        text += fmt::format(", mss: {}", *s.mss);
    if (!s.payload.empty())
        text += ", data: " + writeData(s.payload);
    return text + "}";
}

std::string writeEnds(std::string_view key, const LinkEnd& a, const LinkEnd& b)
{
    return fmt::format("{}: [{}, {}]", key, writeLinkEnd(a), writeLinkEnd(b));
}

std::string writePing(const DoPing& ping)
{
    const DoPing usual;
    std::string text = "ping: {to: " + quotedText(ping.to);
    if (ping.count != usual.count)
        text += fmt::format(", count: {}", ping.count);
    if (ping.interval != usual.interval)
        text += ", interval: " + writeDuration(ping.interval);
    if (ping.octets != usual.octets)
        text += fmt::format(", octets: {}", ping.octets);
    if (ping.ttl != usual.ttl)
        text += fmt::format(", ttl: {}", ping.ttl);
    return text + (ping.dontFragment ? ", dont-fragment: yes}" : "}");
}

std::string writeDatagram(const DoSendDatagram& a)
{
    std::string text = fmt::format("send-datagram: {{to: {}, port: {}", quotedText(a.to), a.port);
    if (a.localPort != 0)
        text += fmt::format(", from-port: {}", a.localPort);
    if (!a.data.empty())
        text += ", data: " + writeData(a.data);
    return text + (a.dontFragment ? ", dont-fragment: yes}" : "}");
}

/// What DoSendText and DoReadText have in common.
std::string writeTextForm(std::string_view charset, bool gzip, bool encrypt)
{
    return fmt::format("charset: {}{}{}", charset, gzip ? ", gzip: yes" : "", encrypt ? ", encrypt: yes" : "");
}

std::string writeTransfer(const DoTransfer& a)
{
    return fmt::format("transfer: {{to: {}, port: {}, checkpoint: {}{}}}", quotedText(a.to), a.port, a.checkpoint,
                       a.resume ? "" : ", resume: no");
}

std::string writeAction(const Action& action)
{
    return std::visit(
        Overloaded{
            [](const DoListen& a) {
                return a.backlog ? fmt::format("listen: {{port: {}, backlog: {}}}", a.port, *a.backlog)
                                 : fmt::format("listen: {}", a.port);
            },
            [](const DoAccept& a) { return fmt::format("accept: {}", a.port); },
            [](const DoConnect& a) {
                return fmt::format("connect: {{to: {}, port: {}, from-port: {}}}", quotedText(a.to), a.port,
                                   a.localPort);
            },
            [](const DoSend& a) { return "send: " + writeData(a.data); },
            [](const DoReceive& a) {
                return a.octets == 0 ? std::string("receive: all") : fmt::format("receive: {}", a.octets);
            },
            [](const DoAutoRead& a) { return std::string(a.on ? "auto-read: on" : "auto-read: off"); },
            [](const DoClose&) { return std::string("do: close"); },
            [](const DoShutdown&) { return std::string("do: shutdown"); },
            [](const DoAbort&) { return std::string("do: abort"); },
            [](const DoCrash&) { return std::string("do: crash"); },
            [](const DoDrop& a) { return fmt::format("drop: {{{}}}", packet(a.packet)); },
            [](const DoDelay& a) {
                return fmt::format("delay: {{{}, by: {}}}", packet(a.packet), writeDuration(a.by));
            },
            [](const DoHold& a) { return fmt::format("hold: {{{}}}", packet(a.packet)); },
            [](const DoLetGo& a) { return fmt::format("let-go: {{{}}}", packet(a.packet)); },
            [](const DoDuplicate& a) { return fmt::format("duplicate: {{{}{}}}", packet(a.packet), after(a.after)); },
            [](const DoCorrupt& a) { return fmt::format("corrupt: {{{}, bit: {}}}", packet(a.packet), a.bit); },
            [](const DoInject& a) { return writeInject(a); },
            [](const DoPing& a) { return writePing(a); },
            [](const DoTraceroute& a) {
                const std::string hops =
                    a.maxHops == DoTraceroute().maxHops ? std::string() : fmt::format(", max-hops: {}", a.maxHops);
                return fmt::format("traceroute: {{to: {}{}}}", quotedText(a.to), hops);
            },
            [](const DoResolve& a) {
                return a.v6 ? fmt::format("resolve: {{name: {}, type: AAAA}}", quotedText(a.name))
                            : "resolve: " + quotedText(a.name);
            },
            [](const DoOpen& a) {
                return a.acceptGzip ? "open: " + quotedText(a.url)
                                    : fmt::format("open: {{url: {}, accept-gzip: no}}", quotedText(a.url));
            },
            [](const DoSendDatagram& a) { return writeDatagram(a); },
            [](const DoSendText& a) {
                return fmt::format("send-text: {{text: {}, {}{}}}", quotedText(a.text),
                                   writeTextForm(a.charset, a.gzip, a.encrypt),
                                   a.halfDuplex ? ", half-duplex: yes" : "");
            },
            [](const DoReadText& a) {
                return fmt::format("read-text: {{{}}}", writeTextForm(a.charset, a.gzip, a.encrypt));
            },
            [](const DoTransfer& a) { return writeTransfer(a); },
            [](const DoUnplug& a) { return writeEnds("unplug", a.a, a.b); },
            [](const DoPlug& a) { return writeEnds("plug", a.a, a.b); },
            [](const DoPowerOff&) { return std::string("do: power-off"); },
            [](const DoPowerOn&) { return std::string("do: power-on"); },
        },
        action);
}

} // namespace

std::string quotedText(std::string_view text)
{
    const auto isWordCharacter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    };
    const bool isWord = !text.empty() && text.front() != '-' && std::all_of(text.begin(), text.end(), isWordCharacter);
    if (isWord && text != "null" && text != "Null" && text != "NULL")
        return std::string(text);
    std::string quoted = "\"";
    for (const char c : text) {
        switch (c) {
        case '"': quoted += "\\\""; break;
        case '\\': quoted += "\\\\"; break;
        case '\n': quoted += "\\n"; break;
        case '\r': quoted += "\\r"; break;
        case '\t': quoted += "\\t"; break;
        default:
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
                quoted += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
            else
                quoted += c;
        }
    }
    return quoted + "\"";
}

std::string writeCommand(const Command& command)
{
    const std::string host = command.host.empty() ? std::string() : fmt::format(", host: {}", quotedText(command.host));
    return fmt::format("{{{}{}, {}}}", writeWhen(command.when), host, writeAction(command.action));
}

} // namespace packetarium
