// SPDX-License-Identifier: GPL-3.0-or-later
// Closed windows, what is asked of them, and duplicate acknowledgments, in captures written by hand: a client (ISS 100) and a server
// (ISS 300) that are 20 ms apart. Each conversation is captured at the one and at the other, and says the same.
#include "core/capture/capture_run.h"
#include "core/wire/frame.h"
#include "tests/support/catch.h"
#include "tests/support/places.h"

#include <algorithm>
#include <fstream>

namespace packetarium::capture_windows_test {

namespace {

constexpr std::int64_t kOneWay = 20; ///< ms
enum class Tap { Client, Server };

struct Numbers {
    std::uint32_t seq = 0, ack = 0, len = 0;
    std::uint16_t win = 65535;
    SackBlocks sack{};
};

void put(std::string& bytes, std::uint32_t value, int octets)
{
    for (int i = 0; i < octets; ++i)
        bytes += static_cast<char>(value >> (8 * i) & 0xff);
}

/// draft-ietf-opsawg-pcap §4: magic, version 2.4, zone, accuracy, snap length, Ethernet.
std::string pcapHeader()
{
    std::string bytes;
    put(bytes, 0xa1b2c3d4, 4);
    put(bytes, 2, 2);
    put(bytes, 4, 2);
    for (const std::uint32_t value : {0u, 0u, 65535u, 1u})
        put(bytes, value, 4);
    return bytes;
}

void putPacket(std::string& bytes, std::uint32_t seconds, std::uint32_t microseconds, const Bytes& frame)
{
    const auto size = static_cast<std::uint32_t>(frame.size());
    for (const std::uint32_t value : {seconds, microseconds, size, size})
        put(bytes, value, 4);
    bytes.append(frame.begin(), frame.end());
}

std::string written(const std::string& name, const std::string& bytes)
{
    const auto path = test::scratchDir() / name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
}

std::uint8_t bitsOf(const std::string& flags)
{
    return static_cast<std::uint8_t>((flags.find("SYN") != std::string::npos ? TcpFlags::Syn : 0) |
                                     (flags.find("FIN") != std::string::npos ? TcpFlags::Fin : 0) |
                                     (flags.find("ACK") != std::string::npos ? TcpFlags::Ack : 0));
}

/// `number`, from 1, is the datagram's identification: by it a segment is found again.
Bytes frameOf(std::uint16_t number, bool fromClient, const std::string& flags, const Numbers& n)
{
    EthernetHeader eth;
    eth.source.octets = {2, 0, 0, 0, 0, static_cast<std::uint8_t>(fromClient ? 1 : 2)};
    eth.destination.octets = {2, 0, 0, 0, 0, static_cast<std::uint8_t>(fromClient ? 2 : 1)};
    Ipv4Header ip;
    ip.identification = number;
    ip.source = {fromClient ? 0x0a000001u : 0x0a000002u};
    ip.destination = {fromClient ? 0x0a000002u : 0x0a000001u};
    TcpSegment tcp;
    tcp.sourcePort = fromClient ? 49152 : 80;
    tcp.destinationPort = fromClient ? 80 : 49152;
    tcp.seq = Seq32(n.seq);
    tcp.ack = Seq32(n.ack);
    tcp.flags.bits = bitsOf(flags);
    tcp.window = n.win;
    tcp.sack = n.sack;
    tcp.payload = Octets(Bytes(n.len, 'a'));
    return encodeTcpFrame(eth, ip, tcp);
}

/// What was sent, in the order of time; from the handshake on.
class Script {
public:
    explicit Script(std::uint16_t serverWindow)
    {
        client(0, "SYN", {.seq = 100});
        server(20, "SYN,ACK", {.seq = 300, .ack = 101, .win = serverWindow});
        client(40, "ACK", {.seq = 101, .ack = 301});
    }
    Script& client(std::int64_t ms, const std::string& flags, const Numbers& n) { return add(ms, true, flags, n); }
    Script& server(std::int64_t ms, const std::string& flags, const Numbers& n) { return add(ms, false, flags, n); }
    /// Captured where it leaves, and nowhere else.
    Script& lost()
    {
        sent_.back().lost = true;
        return *this;
    }
    std::string capturedAt(Tap tap) const
    {
        std::vector<std::pair<std::int64_t, const Sent*>> passed;
        for (const Sent& s : sent_)
            if (const bool leaves = s.fromClient == (tap == Tap::Client); leaves || !s.lost)
                passed.emplace_back(s.ms + (leaves ? 0 : kOneWay), &s);
        std::stable_sort(passed.begin(), passed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        std::string bytes = pcapHeader();
        for (const auto& [ms, s] : passed)
            putPacket(bytes, static_cast<std::uint32_t>(1'000'000 + ms / 1000),
                      static_cast<std::uint32_t>(ms % 1000 * 1000), s->frame);
        return bytes;
    }

private:
    struct Sent {
        std::int64_t ms;
        bool fromClient;
        bool lost;
        Bytes frame;
    };
    Script& add(std::int64_t ms, bool fromClient, const std::string& flags, const Numbers& n)
    {
        const auto number = static_cast<std::uint16_t>(sent_.size() + 1);
        sent_.push_back({ms, fromClient, false, frameOf(number, fromClient, flags, n)});
        return *this;
    }
    std::vector<Sent> sent_;
};

/// Questions about one reading. Segments are named by their place in the script; the handshake has 1 to 3.
class Reading {
public:
    Reading(const Script& script, Tap tap)
    {
        const std::string file = written("capture-windows.pcap", script.capturedAt(tap));
        CaptureProgress progress;
        auto index = indexCapture(file, progress);
        REQUIRE(index.ok());
        auto run = readCapture(index.value(), {}, progress);
        REQUIRE(run.ok());
        run_ = std::move(run).value();
    }
    PacketInfo segment(std::uint32_t number) const
    {
        for (const auto& packet : run_.trace.packets()) {
            const FrameBytes frame = run_.trace.bytes(packet.id);
            if (frame.octets()[18] * 256u + frame.octets()[19] == number) // identification: RFC 791 §3.1
                return run_.trace.packet(packet.id);
        }
        FAIL("segment " << number << " is not in the capture");
        return {};
    }
    std::string cause(std::uint32_t number) const { return std::string(toString(segment(number).cause)); }
    bool arrived(std::uint32_t number) const { return segment(number).fate == Fate::Arrived; }
    std::string ignored(std::uint32_t number) const
    {
        const PacketId id = segment(number).id;
        for (const Record& r : run_.trace.records())
            if (r.kind == RecordKind::SegmentIgnored && r.packet == id)
                return std::string(toString(r.reason));
        return {};
    }
    /// The values that a variable takes at a host, one after the other.
    std::vector<std::uint64_t> values(NodeId host, Variable variable) const
    {
        std::vector<std::uint64_t> all;
        for (const Record& r : run_.trace.records())
            if (r.kind == RecordKind::Variable && r.host == host && r.variable() == variable)
                all.push_back(r.value);
        return all;
    }
    std::uint64_t mostDuplicateAcks() const
    {
        const auto all = values(NodeId(0), Variable::DuplicateAcks);
        return all.empty() ? 0 : *std::max_element(all.begin(), all.end());
    }
    std::uint64_t sentAgain() const { return run_.retransmissions; }
    std::uint64_t lost() const { return run_.lost; }

private:
    CapturedRun run_;
};

template <class Check>
void atBothEnds(const Script& script, Check check)
{
    for (const Tap tap : {Tap::Client, Tap::Server}) {
        INFO("captured at the " << (tap == Tap::Client ? "client" : "server"));
        check(Reading(script, tap));
    }
}

using Values = std::vector<std::uint64_t>;

/// Segments 4 to 7: 1,000 octets fill the window.
Script fullWindow()
{
    Script script(1000);
    script.client(100, "ACK", {.seq = 101, .ack = 301, .len = 500})
        .client(100, "ACK", {.seq = 601, .ack = 301, .len = 500})
        .server(120, "ACK", {.seq = 301, .ack = 601, .win = 500})
        .server(120, "ACK", {.seq = 301, .ack = 1101, .win = 0});
    return script;
}

} // namespace

TEST_CASE("probes of one octet arrive at a closed window and are refused", "[capture]")
{
    // RFC 9293 §3.8.6.1: the receiver of an octet beyond its window drops it and says what it expects (§3.10.7.4, first).
    Script script = fullWindow();
    script.client(1140, "ACK", {.seq = 1101, .ack = 301, .len = 1})
        .server(1160, "ACK", {.seq = 301, .ack = 1101, .win = 0})
        .client(3140, "ACK", {.seq = 1101, .ack = 301, .len = 1})
        .server(3160, "ACK", {.seq = 301, .ack = 1101, .win = 0})
        .client(7140, "ACK", {.seq = 1101, .ack = 301, .len = 1})
        .server(7160, "ACK", {.seq = 301, .ack = 1101, .win = 0})
        .server(8000, "ACK", {.seq = 301, .ack = 1101, .win = 1000})
        .client(8020, "ACK", {.seq = 1101, .ack = 301, .len = 500})
        .server(8040, "ACK", {.seq = 301, .ack = 1601, .win = 500});
    atBothEnds(script, [](const Reading& reading) {
        for (const std::uint32_t probe : {8u, 10u, 12u}) {
            CHECK(reading.cause(probe) == "sent-zero-window-probe");
            CHECK(reading.arrived(probe));
            CHECK(reading.ignored(probe) == "ignored-outside-window");
            CHECK(reading.cause(probe + 1) == "sent-ack-unacceptable");
        }
        CHECK(reading.cause(14) == "sent-ack-window-update");
        CHECK(reading.cause(15) == "sent-ack-clock");
        CHECK_FALSE(reading.segment(15).retransmission);
        CHECK(reading.sentAgain() == 0);
        CHECK(reading.lost() == 0);
        CHECK(reading.mostDuplicateAcks() == 0);
        CHECK(reading.values(NodeId(1), Variable::RcvNxt) == Values{101, 601, 1101, 1601});
    });
}

TEST_CASE("a probe that nobody answers before the next was lost", "[capture]")
{
    Script script = fullWindow();
    script.client(1140, "ACK", {.seq = 1101, .ack = 301, .len = 1})
        .lost()
        .client(3140, "ACK", {.seq = 1101, .ack = 301, .len = 1})
        .server(3160, "ACK", {.seq = 301, .ack = 1101, .win = 0});
    const Reading sender(script, Tap::Client);
    CHECK(sender.cause(8) == "sent-zero-window-probe");
    CHECK_FALSE(sender.arrived(8));
    CHECK(sender.cause(9) == "sent-zero-window-probe");
    CHECK(sender.ignored(9) == "ignored-outside-window");
    CHECK(sender.lost() == 1);
    CHECK(sender.sentAgain() == 0);
    const Reading receiver(script, Tap::Server); // there it never was
    CHECK(receiver.cause(9) == "sent-zero-window-probe");
    CHECK(receiver.ignored(9) == "ignored-outside-window");
    CHECK(receiver.lost() == 0);
}

TEST_CASE("a window that opens long after a probe is no answer to it", "[capture]")
{
    Script script = fullWindow();
    script.client(1140, "ACK", {.seq = 1101, .ack = 301, .len = 1})
        .lost()
        .server(2000, "ACK", {.seq = 301, .ack = 1101, .win = 1000})
        .client(2020, "ACK", {.seq = 1101, .ack = 301, .len = 500})
        .server(2040, "ACK", {.seq = 301, .ack = 1601, .win = 500});
    const Reading sender(script, Tap::Client);
    CHECK_FALSE(sender.arrived(8));
    CHECK(sender.cause(10) == "sent-ack-clock");
    CHECK(sender.sentAgain() == 0);
    CHECK(sender.lost() == 1);
}

TEST_CASE("a probe may be refused by the acknowledgment that opens the window", "[capture]")
{
    // The octet is judged by the window that was announced, the answer announces what there is now.
    Script script = fullWindow();
    script.client(1140, "ACK", {.seq = 1101, .ack = 301, .len = 1})
        .server(1160, "ACK", {.seq = 301, .ack = 1101, .win = 1000})
        .client(1180, "ACK", {.seq = 1101, .ack = 301, .len = 500})
        .server(1200, "ACK", {.seq = 301, .ack = 1601, .win = 500});
    atBothEnds(script, [](const Reading& reading) {
        CHECK(reading.arrived(8));
        CHECK(reading.ignored(8) == "ignored-outside-window");
        CHECK(reading.cause(10) == "sent-ack-clock");
        CHECK(reading.sentAgain() == 0);
        CHECK(reading.lost() == 0);
    });
}

TEST_CASE("a probe that the window lets in carries its octet", "[capture]")
{
    // The news of the window is lost, so the next probe finds it open.
    Script script = fullWindow();
    script.client(1140, "ACK", {.seq = 1101, .ack = 301, .len = 1})
        .server(1160, "ACK", {.seq = 301, .ack = 1101, .win = 0})
        .server(2000, "ACK", {.seq = 301, .ack = 1101, .win = 2000})
        .lost()
        .client(3140, "ACK", {.seq = 1101, .ack = 301, .len = 1})
        .server(3160, "ACK", {.seq = 301, .ack = 1102, .win = 1999})
        .client(3180, "ACK", {.seq = 1102, .ack = 301, .len = 500})
        .server(3200, "ACK", {.seq = 301, .ack = 1602, .win = 1499});
    atBothEnds(script, [](const Reading& reading) {
        CHECK(reading.ignored(8) == "ignored-outside-window");
        CHECK(reading.cause(11) == "sent-zero-window-probe");
        CHECK(reading.arrived(11));
        CHECK(reading.ignored(11).empty());
        CHECK(reading.cause(13) == "sent-ack-clock");
        CHECK(reading.sentAgain() == 0);
        CHECK(reading.lost() == 0);
        CHECK(reading.values(NodeId(1), Variable::RcvNxt) == Values{101, 601, 1101, 1102, 1602});
    });
}

TEST_CASE("a probe and the news of the window pass each other", "[capture]")
{
    // The sender goes on behind the octet, or begins with it once more.
    for (const std::uint32_t next : {1102u, 1101u}) {
        Script script = fullWindow();
        script.client(1140, "ACK", {.seq = 1101, .ack = 301, .len = 1})
            .server(1150, "ACK", {.seq = 301, .ack = 1101, .win = 1000})
            .server(1160, "ACK", {.seq = 301, .ack = 1102, .win = 999})
            .client(1170, "ACK", {.seq = next, .ack = 301, .len = 1602 - next})
            .server(1190, "ACK", {.seq = 301, .ack = 1602, .win = 499});
        INFO(next);
        atBothEnds(script, [](const Reading& reading) {
            CHECK(reading.cause(8) == "sent-zero-window-probe");
            CHECK(reading.arrived(8));
            CHECK(reading.ignored(8).empty());
            CHECK(reading.cause(11) == "sent-ack-clock");
            CHECK(reading.sentAgain() == 0);
            CHECK(reading.lost() == 0);
            CHECK(reading.values(NodeId(1), Variable::RcvNxt) == Values{101, 601, 1101, 1102, 1602});
        });
    }
}

TEST_CASE("a FIN that the closed window refuses is no lost FIN", "[capture]")
{
    Script script = fullWindow();
    script.client(1140, "FIN,ACK", {.seq = 1101, .ack = 301})
        .server(1160, "ACK", {.seq = 301, .ack = 1101, .win = 0})
        .client(3140, "FIN,ACK", {.seq = 1101, .ack = 301})
        .server(3160, "ACK", {.seq = 301, .ack = 1102, .win = 999});
    atBothEnds(script, [](const Reading& reading) {
        CHECK(reading.cause(8) == "sent-fin");
        CHECK(reading.ignored(8) == "ignored-outside-window");
        CHECK(reading.cause(10) == "sent-zero-window-probe");
        CHECK(reading.ignored(10).empty());
        CHECK(reading.lost() == 0);
        CHECK(reading.sentAgain() == 0);
    });
}

namespace {

/// Segments 4 to 8: five of 100 octets, of which the second is lost; 9 acknowledges the first.
Script secondLost()
{
    Script script(5000);
    for (const std::uint32_t seq : {101u, 201u, 301u, 401u, 501u}) {
        script.client(100, "ACK", {.seq = seq, .ack = 301, .len = 100});
        if (seq == 201)
            script.lost();
    }
    script.server(120, "ACK", {.seq = 301, .ack = 201, .win = 5000});
    return script;
}

/// Segment 13 is the second again, as soon as 10 to 12 have come.
std::string causeOfRepair(Script script)
{
    script.client(140, "ACK", {.seq = 201, .ack = 301, .len = 100});
    return Reading(script, Tap::Client).cause(13);
}

} // namespace

TEST_CASE("what counts as a duplicate acknowledgment", "[capture]")
{
    // RFC 5681 §2 (a) to (e), one after the other; three of them make a fast retransmission (§3.2).
    Script three = secondLost();
    for (int i = 0; i < 3; ++i)
        three.server(120, "ACK", {.seq = 301, .ack = 201, .win = 5000});
    CHECK(causeOfRepair(three) == "sent-fast-retransmit");
    CHECK(Reading(three, Tap::Client).mostDuplicateAcks() == 3);

    Script withData = secondLost(); // (b)
    for (const std::uint32_t seq : {301u, 311u, 321u})
        withData.server(120, "ACK", {.seq = seq, .ack = 201, .len = 10, .win = 5000});
    CHECK(causeOfRepair(withData) == "sent-retransmission");
    CHECK(Reading(withData, Tap::Client).mostDuplicateAcks() == 0);

    Script otherWindows = secondLost(); // (e)
    for (const std::uint16_t window : {std::uint16_t{4000}, std::uint16_t{3000}, std::uint16_t{2000}})
        otherWindows.server(120, "ACK", {.seq = 301, .ack = 201, .win = window});
    CHECK(causeOfRepair(otherWindows) == "sent-retransmission");
    CHECK(Reading(otherWindows, Tap::Client).mostDuplicateAcks() == 0);

    Script older = secondLost(); // (d): less than the greatest
    for (int i = 0; i < 3; ++i)
        older.server(120, "ACK", {.seq = 301, .ack = 101, .win = 5000});
    CHECK(causeOfRepair(older) == "sent-retransmission");
    CHECK(Reading(older, Tap::Client).mostDuplicateAcks() == 0);

    Script nothingUnderWay(5000); // (a)
    nothingUnderWay.client(100, "ACK", {.seq = 101, .ack = 301, .len = 100});
    for (int i = 0; i < 4; ++i)
        nothingUnderWay.server(120, "ACK", {.seq = 301, .ack = 201, .win = 5000});
    CHECK(Reading(nothingUnderWay, Tap::Client).mostDuplicateAcks() == 0);

    Script withFin = secondLost(); // (c): one FIN, three times
    for (int i = 0; i < 3; ++i)
        withFin.server(120, "FIN,ACK", {.seq = 301, .ack = 201, .win = 5000});
    CHECK(causeOfRepair(withFin) == "sent-retransmission");
    CHECK(Reading(withFin, Tap::Client).mostDuplicateAcks() == 0);
}

TEST_CASE("with SACK an acknowledgment is a duplicate if it tells more", "[capture]")
{
    // RFC 6675 §2: whatever its window is.
    const auto sacked = [](std::uint32_t right) { return SackBlocks{{Seq32(301), Seq32(right)}}; };
    Script more = secondLost();
    more.server(120, "ACK", {.seq = 301, .ack = 201, .win = 4900, .sack = sacked(401)})
        .server(120, "ACK", {.seq = 301, .ack = 201, .win = 4800, .sack = sacked(501)})
        .server(120, "ACK", {.seq = 301, .ack = 201, .win = 4700, .sack = sacked(601)});
    CHECK(causeOfRepair(more) == "sent-fast-retransmit");
    CHECK(Reading(more, Tap::Client).mostDuplicateAcks() == 3);

    Script same = secondLost();
    for (int i = 0; i < 3; ++i)
        same.server(120, "ACK", {.seq = 301, .ack = 201, .win = 5000, .sack = sacked(401)});
    CHECK(causeOfRepair(same) == "sent-retransmission");
    CHECK(Reading(same, Tap::Client).mostDuplicateAcks() == 1);
}

namespace {

/// The instant of the first packet, as `index` has it.
CaptureIndex indexOf(const std::string& name, const std::string& bytes)
{
    CaptureProgress progress;
    auto index = indexCapture(written(name, bytes), progress);
    REQUIRE(index.ok());
    return std::move(index).value();
}

} // namespace

TEST_CASE("pcap's seconds have no sign: they last until 2106", "[capture]")
{
    constexpr std::int64_t kNsPerSecond = 1'000'000'000;
    const Bytes first = frameOf(1, true, "SYN", {.seq = 100});
    const Bytes second = frameOf(2, false, "SYN,ACK", {.seq = 300, .ack = 101});
    std::string bytes = pcapHeader();
    putPacket(bytes, 0x7fffffff, 999'999, first);
    putPacket(bytes, 0x80000000, 19'999, second);
    const CaptureIndex over = indexOf("capture-2038.pcap", bytes);
    CHECK(over.firstNs == 2'147'483'647 * kNsPerSecond + 999'999'000);
    CHECK(over.lastNs == 2'147'483'648 * kNsPerSecond + 19'999'000);
    CHECK(std::none_of(over.notes.begin(), over.notes.end(),
                       [](const CaptureNote& n) { return n.kind == CaptureNote::Kind::Backwards; }));

    bytes = pcapHeader();
    putPacket(bytes, 0xffffffff, 0, first);
    CHECK(indexOf("capture-2106.pcap", bytes).firstNs == 4'294'967'295 * kNsPerSecond);
}

TEST_CASE("stamps of pcapng that nanoseconds cannot hold end in 2223", "[capture]")
{
    // draft-ietf-opsawg-pcapng §4: a section, an interface (Ethernet, microseconds), a packet with the last stamp there is.
    const Bytes frame = frameOf(1, true, "SYN", {.seq = 100});
    const auto size = static_cast<std::uint32_t>(frame.size());
    const std::uint32_t padding = (4 - size % 4) % 4, length = 32 + size + padding;
    std::string bytes;
    for (const std::uint32_t value : {0x0a0d0d0au, 28u, 0x1a2b3c4du, 1u, 0xffffffffu, 0xffffffffu, 28u})
        put(bytes, value, 4);
    for (const std::uint32_t value : {1u, 20u, 1u, 65535u, 20u})
        put(bytes, value, 4);
    for (const std::uint32_t value : {6u, length, 0u, 0xffffffffu, 0xffffffffu, size, size})
        put(bytes, value, 4);
    bytes.append(frame.begin(), frame.end());
    bytes.append(padding, '\0');
    put(bytes, length, 4);
    CHECK(indexOf("capture-2223.pcapng", bytes).firstNs / 1'000'000'000 == 8'000'000'000);
}

} // namespace packetarium::capture_windows_test
