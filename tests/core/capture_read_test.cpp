// SPDX-License-Identifier: GPL-3.0-or-later
// Captures of strangers: what is read of them, and what both ends must have gone through. The files in tests/support/captures were
// made by a Linux kernel that talks to itself over a relay with 20 ms each way (50 ms where both open at once).
#include "core/capture/capture_run.h"
#include "core/capture/pcapng_writer.h"
#include "core/engine/engine.h"
#include "core/scenario/scenario_file.h"
#include "core/trace/moment.h"
#include "tests/support/catch.h"
#include "tests/support/places.h"
#include "tests/support/tshark.h"
#include "ui/i18n/catalogue_capture.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace packetarium::capture_read_test {

namespace {

std::string kernel(const std::string& name)
{
    return (test::sourceRoot() / "tests/support/captures" / (name + ".pcap")).string();
}

std::string seed(const std::string& name)
{
    return (test::sourceRoot() / "tests/fuzz/corpus/capture" / name).string();
}

CaptureIndex indexOf(const std::string& file)
{
    CaptureProgress progress;
    auto index = indexCapture(file, progress);
    INFO(file);
    REQUIRE(index.ok());
    return std::move(index).value();
}

CapturedRun runOf(const std::string& file, const CaptureChoice& choice = {}, const CaptureLimits& limits = {})
{
    CaptureProgress progress;
    auto run = readCapture(indexOf(file), choice, progress, limits);
    REQUIRE(run.ok());
    return std::move(run).value();
}

/// "SYN-SENT ESTABLISHED ...": what the connections of a node went through.
std::string statesOf(const Trace& trace, std::size_t node)
{
    std::string states;
    for (const Record& r : trace.records())
        if (r.kind == RecordKind::StateChange && r.host == NodeId(static_cast<std::uint8_t>(node)))
            states += (states.empty() ? "" : " ") + std::string(toString(r.to()));
    return states;
}

std::size_t countOf(const Trace& trace, Reason cause)
{
    return static_cast<std::size_t>(std::count_if(trace.packets().begin(), trace.packets().end(),
                                                  [cause](const auto& p) { return p.cause == cause; }));
}

bool has(const CapturedRun& run, CaptureNote::Kind kind)
{
    return std::any_of(run.notes.begin(), run.notes.end(), [kind](const CaptureNote& n) { return n.kind == kind; });
}

double msBetween(SimTime a, SimTime b)
{
    return (b - a).toSeconds() * 1000;
}

std::string bytesOf(const std::string& file)
{
    std::ifstream in(file, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return bytes.str();
}

std::string written(const std::string& name, const std::string& bytes)
{
    const auto path = test::scratchDir() / name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
}

} // namespace

TEST_CASE("a kernel's handshake, request and teardown", "[capture]")
{
    const CapturedRun run = runOf(kernel("a_http_teardown"));
    const Trace& trace = run.trace;
    REQUIRE(trace.nodes().size() == 2);
    CHECK(trace.nodes()[0].name == "client");
    CHECK(trace.nodes()[0].activeSide);
    CHECK(trace.nodes()[0].address.toString() == "10.0.0.1");
    CHECK(trace.nodes()[1].name == "server");
    CHECK(trace.packets().size() == 11);
    // The server closed first.
    CHECK(statesOf(trace, 0) == "SYN-SENT ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED");
    CHECK(statesOf(trace, 1) == "LISTEN SYN-RECEIVED ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT");
    for (const Record& r : trace.records())
        if (r.kind == RecordKind::StateChange)
            CHECK(r.reason == Reason::None); // each by a row of the table
    // Captured at the client: 20 ms each way.
    const auto first = trace.packets()[0];
    CHECK(msBetween(first.sentAt, first.endAt) > 20.0);
    CHECK(msBetween(first.sentAt, first.endAt) < 20.6);
    CHECK(run.retransmissions == 0);
    CHECK(run.octetsMissing == 0);
    CHECK(has(run, CaptureNote::Kind::NoFcs));
    const Conversation c = indexOf(kernel("a_http_teardown")).conversations.at(0);
    CHECK(c.end == ConversationEnd::Closed);
    CHECK(c.beginning);
}

TEST_CASE("variables are what the segments show, windows scaled", "[capture]")
{
    const CapturedRun run = runOf(kernel("f_zero_window"));
    const Trace& trace = run.trace;
    const Moment end = MomentIndex(trace).at(trace.end());
    const ConnMoment* client = end.connOf(NodeId(0));
    const ConnMoment* server = end.connOf(NodeId(1));
    REQUIRE(client != nullptr);
    REQUIRE(server != nullptr);
    const auto value = [](const ConnMoment* conn, Variable v) {
        return conn->variables.at(static_cast<std::size_t>(v)).value_or(0);
    };
    const std::uint64_t iss = value(client, Variable::Iss);
    CHECK(iss == 3533079522);
    CHECK(value(server, Variable::Irs) == iss);
    CHECK(value(client, Variable::SndNxt) == iss + 12002); // SYN, 12,000 octets, FIN
    CHECK(value(client, Variable::SndUna) == iss + 12002);
    CHECK(value(server, Variable::RcvNxt) == iss + 12002);
    CHECK(value(client, Variable::SndWnd) == 2896);
    CHECK(value(server, Variable::SndWnd) == 64512); // 63 << 10
    CHECK(value(server, Variable::SndScale) == 10);
    CHECK(value(client, Variable::SndMss) == 1460);
    // What the README says of it: the window closes, is asked about with backoff, and opens when the program reads.
    CHECK(countOf(trace, Reason::SentZeroWindowProbe) == 3);
    CHECK(countOf(trace, Reason::CapturedZeroWindow) >= 2);
    CHECK(countOf(trace, Reason::SentAckWindowUpdate) >= 3);
    CHECK(run.retransmissions == 0); // a probe is none
    CHECK(run.lost == 0);
    CHECK(statesOf(trace, 0) == "SYN-SENT ESTABLISHED FIN-WAIT-1 CLOSING TIME-WAIT");
    CHECK(statesOf(trace, 1) == "LISTEN SYN-RECEIVED ESTABLISHED FIN-WAIT-1 CLOSING TIME-WAIT");
}

TEST_CASE("a segment that was lost beyond the capture, and seen from the other side", "[capture]")
{
    const CapturedRun sender = runOf(kernel("e_fast_retransmit_sack"));
    CHECK(sender.retransmissions == 1);
    CHECK(sender.lost == 1);
    CHECK(countOf(sender.trace, Reason::SentFastRetransmit) == 1);
    CHECK(countOf(sender.trace, Reason::SentAckOutOfOrder) > 3);
    CHECK(countOf(sender.trace, Reason::SentAckFillsGap) == 1);
    CHECK(has(sender, CaptureNote::Kind::Cut)); // 96 octets of each packet were kept
    for (const auto& packet : sender.trace.packets())
        CHECK((packet.fate == Fate::Lost) == (packet.lossReason == Reason::LostAfterCapture));

    // At the receiver the first copy was never seen.
    const CapturedRun receiver = runOf(kernel("e_fast_retransmit_sack-peer"));
    CHECK(receiver.retransmissions == 1);
    CHECK(receiver.lost == 0);
    CHECK(receiver.octetsMissing == 0);
    CHECK(receiver.outOfOrder == 0);
    CHECK(countOf(receiver.trace, Reason::SentFastRetransmit) == 1);
    CHECK(countOf(receiver.trace, Reason::CapturedAfterGap) == 0); // the gap was filled
    CHECK(statesOf(receiver.trace, 0) == statesOf(sender.trace, 0));
    CHECK(statesOf(receiver.trace, 1) == statesOf(sender.trace, 1));
    // The octets cut off count all the same.
    std::uint64_t data = 0;
    for (const auto& packet : receiver.trace.packets())
        data += packet.from == NodeId(0) ? packet.length : 0;
    CHECK(data == 58400);
}

TEST_CASE("refused, half closed, opened at once", "[capture]")
{
    const CapturedRun refused = runOf(kernel("c_refused_rst"));
    CHECK(statesOf(refused.trace, 0) == "SYN-SENT CLOSED");
    CHECK(statesOf(refused.trace, 1).empty());
    CHECK(countOf(refused.trace, Reason::SentRstNoConnection) == 1);
    CHECK(indexOf(kernel("c_refused_rst")).conversations.at(0).end == ConversationEnd::Refused);

    const CapturedRun half = runOf(kernel("p_half_close"));
    CHECK(statesOf(half.trace, 0) == "SYN-SENT ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT");
    CHECK(statesOf(half.trace, 1) == "LISTEN SYN-RECEIVED ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED");

    const CapturedRun both = runOf(kernel("t_simultaneous_open"));
    CHECK(statesOf(both.trace, 0) == "SYN-SENT SYN-RECEIVED ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT");
    CHECK(statesOf(both.trace, 1) == "SYN-SENT SYN-RECEIVED ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED");
    CHECK(countOf(both.trace, Reason::SentSimultaneousOpen) == 2);
    CHECK(both.retransmissions == 0);
}

TEST_CASE("what is not TCP says itself why it was sent", "[capture]")
{
    const CapturedRun ping = runOf(kernel("k_ping"));
    CHECK(ping.trace.nodes().size() == 2); // both versions are one card's
    CHECK(countOf(ping.trace, Reason::SentEchoRequest) == 5);
    CHECK(countOf(ping.trace, Reason::SentEchoReply) == 5);
    const CapturedRun arp = runOf(kernel("j_arp"));
    CHECK(countOf(arp.trace, Reason::SentArpRequest) == 1);
    CHECK(countOf(arp.trace, Reason::SentArpReply) == 1);
    const CapturedRun unreachable = runOf(kernel("h_icmp_port_unreach"));
    CHECK(countOf(unreachable.trace, Reason::SentPortUnreachable) == 2);
    const CapturedRun v6 = runOf(kernel("i_ipv6_handshake"));
    CHECK(countOf(v6.trace, Reason::SentNeighborSolicitation) == 1);
    CHECK(statesOf(v6.trace, 0) == "SYN-SENT ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT");
    const CapturedRun udp = runOf(kernel("g_udp_exchange"));
    CHECK(countOf(udp.trace, Reason::SentDatagram) == 6);
    CHECK(udp.trace.conns().empty());
    const CapturedRun router = runOf(kernel("ra_router_arp_ttl"));
    CHECK(router.trace.nodes().size() == 4);
    CHECK(countOf(router.trace, Reason::SentTimeExceeded) == 1);
    CHECK(countOf(router.trace, Reason::SentHostUnreachable) == 1);
}

TEST_CASE("every link type shows the same connection", "[capture]")
{
    const CapturedRun ethernet = runOf(kernel("a_http_teardown"));
    for (const char* name : {"raw-ip", "loopback-null", "linux-cooked", "linux-cooked-2", "vlan", "loopback-itself"}) {
        INFO(name);
        const CapturedRun other = runOf(seed(name));
        REQUIRE(other.trace.packets().size() == ethernet.trace.packets().size());
        CHECK(statesOf(other.trace, 0) == statesOf(ethernet.trace, 0));
        CHECK(statesOf(other.trace, 1) == statesOf(ethernet.trace, 1));
        for (std::size_t i = 0; i < ethernet.trace.packets().size(); ++i) {
            CHECK(other.trace.packets()[i].sentAt == ethernet.trace.packets()[i].sentAt);
            CHECK(other.trace.packets()[i].bytesSize == ethernet.trace.packets()[i].bytesSize);
        }
    }
    CHECK(has(runOf(seed("raw-ip")), CaptureNote::Kind::NoLinkHeader));
    CHECK(has(runOf(seed("vlan")), CaptureNote::Kind::Untagged));
    // Another link type is one sentence.
    std::string bytes = bytesOf(kernel("a_http_teardown"));
    bytes[20] = 127; // IEEE 802.11 with radiotap
    CaptureProgress progress;
    const auto wireless = indexCapture(written("capture-wireless.pcap", bytes), progress);
    REQUIRE_FALSE(wireless.ok());
    CHECK(wireless.error().id == InputErrorId::CaptureLinkType);
    CHECK(sentenceFor(wireless.error(), Language::English).find("802.11") != std::string::npos);
}

TEST_CASE("what is broken or missing is said, and the rest is shown", "[capture]")
{
    const CapturedRun cut = runOf(seed("cut-short"));
    CHECK(cut.trace.packets().size() == 11);
    CHECK(has(cut, CaptureNote::Kind::Broken));

    CaptureProgress progress;
    CHECK(indexCapture("/no/such/file.pcap", progress).error().id == InputErrorId::FileNotFound);
    CHECK(indexCapture(written("capture-text.pcap", "hello, world"), progress).error().id == InputErrorId::NotACapture);
    CHECK(indexCapture(written("capture-empty.pcap", bytesOf(kernel("j_arp")).substr(0, 24)), progress).error().id ==
          InputErrorId::CaptureEmpty);
    // Nothing at all, as a capture that was stopped before it began leaves it: its name says what it was to be.
    const auto nothing = indexCapture(written("capture-nothing.pcap", ""), progress);
    REQUIRE_FALSE(nothing.ok());
    CHECK(nothing.error().id == InputErrorId::CaptureEmpty);
    CHECK(sentenceFor(nothing.error(), Language::English).find("holds no packets") != std::string::npos);
    CHECK(isNamedLikeCapture("folder/empty.pcapng"));
    CHECK(isNamedLikeCapture("EMPTY.PCAP"));
    CHECK_FALSE(isNamedLikeCapture("pcap.yaml"));

    // Without its first three packets: the handshake.
    const std::string bytes = bytesOf(kernel("a_http_teardown"));
    std::size_t at = 24;
    for (int i = 0; i < 3; ++i)
        at += 16 + static_cast<unsigned char>(bytes[at + 8]);
    const CapturedRun midway = runOf(written("capture-midway.pcap", bytes.substr(0, 24) + bytes.substr(at)));
    CHECK(statesOf(midway.trace, 0) == "ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED");
    CHECK(statesOf(midway.trace, 1) == "ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT");
    CHECK(countOf(midway.trace, Reason::CapturedMidway) >= 1);
    CHECK(midway.trace.nodes()[0].name == "10.0.0.1"); // who is client cannot be told

    // Without the request: 53 octets that are acknowledged, and that nothing carries.
    std::size_t request = at, after = at + 16 + static_cast<unsigned char>(bytes[at + 8]);
    const CapturedRun gap = runOf(written("capture-gap.pcap", bytes.substr(0, request) + bytes.substr(after)));
    CHECK(gap.octetsMissing == 53);
    CHECK(countOf(gap.trace, Reason::CapturedAckOfUnseen) == 1);
    CHECK(statesOf(gap.trace, 0) == statesOf(runOf(kernel("a_http_teardown")).trace, 0));
}

TEST_CASE("limits leave out the rest and say so", "[capture]")
{
    CaptureLimits few;
    few.packets = 4;
    const CapturedRun some = runOf(kernel("a_http_teardown"), {}, few);
    CHECK(some.trace.packets().size() == 4);
    CHECK(has(some, CaptureNote::Kind::OnlyFirst));
    CaptureLimits two;
    two.hosts = 2;
    CHECK(has(runOf(kernel("ra_router_arp_ttl"), {}, two), CaptureNote::Kind::TooManyHosts));

    const CaptureIndex index = indexOf(kernel("j_arp"));
    CHECK(index.conversations.size() == 2);
    CHECK(runOf(kernel("j_arp"), {1}).trace.packets().size() == 2);
    CaptureProgress progress;
    CHECK(readCapture(index, CaptureChoice{7}, progress).error().id == InputErrorId::NoSuchConversation);
    progress.cancelled = true;
    CHECK(readCapture(index, CaptureChoice{}, progress).error().id == InputErrorId::CaptureCancelled);
    CHECK(indexCapture(kernel("j_arp"), progress).error().id == InputErrorId::CaptureCancelled);
}

TEST_CASE("a run that was written is read again as it was", "[capture]")
{
    for (const char* name :
         {"handshake", "teardown", "half-close", "refused", "simultaneous-open", "simultaneous-close"}) {
        INFO(name);
        Engine engine(builtinScenario(name).value());
        engine.runToEnd();
        const Trace& original = engine.trace();
        std::ostringstream file;
        writePcapng(file, original); // at the client: one place, as captures are made
        const CapturedRun run = runOf(written(std::string("capture-") + name + ".pcapng", file.str()));
        REQUIRE(run.trace.packets().size() == original.packets().size());
        CHECK_FALSE(has(run, CaptureNote::Kind::NoFcs)); // ours have them
        // The capture's clock begins with the first packet. What is sent at one instant has no order.
        const auto lines = [](const Trace& trace) {
            std::vector<std::string> all;
            const std::int64_t start = trace.packets()[0].sentAt.ns();
            for (const auto& p : trace.packets()) {
                const auto frame = trace.bytes(p.id);
                all.push_back(std::to_string((p.sentAt.ns() - start + 500'000) / 1'000'000) + " ms from " +
                              std::to_string(p.from.value()) + " seq " + std::to_string(p.seq.value()) + " " +
                              p.flags.toString() + " len " + std::to_string(p.length) + " frame " +
                              std::string(frame.octets().begin(), frame.octets().end()));
            }
            std::sort(all.begin(), all.end());
            return all;
        };
        CHECK(lines(run.trace) == lines(original));
        for (std::size_t node = 0; node < 2; ++node) {
            // But for what no segment shows: listening in vain, 2MSL being over.
            std::string was = statesOf(original, node), is = statesOf(run.trace, node);
            const auto drop = [](std::string& text, const std::string& end) {
                if (text.ends_with(end))
                    text.resize(text.size() - end.size());
            };
            drop(was, "TIME-WAIT CLOSED");
            drop(is, "TIME-WAIT");
            CHECK(is == was);
        }
    }
}

TEST_CASE("a packet that was captured at several places is shown once", "[capture]")
{
    Engine engine(builtinScenario("open-page").value());
    engine.runToEnd();
    std::ostringstream file;
    writePcapngOfAllLinks(file, engine.trace());
    const CapturedRun run = runOf(written("capture-everywhere.pcapng", file.str()));
    CHECK(has(run, CaptureNote::Kind::SeenAgain));
    CHECK(run.retransmissions == 0);
    CHECK(run.lost == 0);
}

TEST_CASE("what every interface of every node sees, in one file", "[capture]")
{
    Engine engine(builtinScenario("open-page").value());
    engine.runToEnd();
    std::ostringstream file;
    writePcapngOfAllNodes(file, engine.trace());
    const std::string bytes = file.str();
    std::size_t ends = 0;
    for (const TraceLink& link : engine.trace().links())
        ends += link.a && link.b ? 2 : 0;
    const CaptureIndex index = indexOf(written("capture-nodes.pcapng", bytes));
    CHECK(index.packets == 2 * engine.trace().packets().size()); // nothing is lost: each leaves and arrives
    CHECK(index.hasFcs);
    if (hasTshark()) {
        const std::string names = tshark(bytes, "-T fields -e frame.interface_name");
        CHECK_THAT(names, containsText("client"));
        CHECK_THAT(names, containsText("server"));
        const std::string ids = tshark(bytes, "-T fields -e frame.interface_id");
        CHECK_THAT(ids, containsText(std::to_string(ends - 1) + "\n"));
        CHECK(framesWithProblems(bytes).empty());
    } else {
        WARN("tshark is not installed");
    }
}

TEST_CASE("what was lost says so in its comment", "[capture]")
{
    Engine engine(builtinScenario("syn-lost").value());
    engine.runToEnd();
    std::ostringstream file;
    writePcapng(file, engine.trace());
    CHECK_THAT(file.str(), containsText("sent-connect; RFC 9293 §3.10.1; lost-by-command"));
}

TEST_CASE("captures in words", "[capture]")
{
    CaptureIndex index = indexOf(kernel("f_zero_window"));
    CaptureProgress progress;
    CapturedRun run = readCapture(index, firstChoice(index), progress).value();
    describe(run, index);
    CHECK(run.scenario.title.en == "f_zero_window.pcap");
    CHECK(run.scenario.summary.en.find("36 packets") != std::string::npos);
    CHECK(run.scenario.summary.zh.find("36 个包") != std::string::npos);
    CHECK(lineFor(index.conversations[0], Language::English) ==
          "10.0.0.1:40015 → 10.0.0.2:80  TCP  36 packets  14,392 octets  closed");
    const auto broken = [](std::uint64_t packets) {
        return sentenceFor(CaptureNote{CaptureNote::Kind::Broken, packets, "truncated"}, Language::English);
    };
    CHECK(broken(1).find("after 1 packet;") != std::string::npos);
    CHECK(broken(2).find("after 2 packets;") != std::string::npos);
    const auto empty = [](const std::string& packets) {
        return sentenceFor(InputError{InputErrorId::CaptureEmpty, {packets}, "x.pcap"}, Language::English);
    };
    CHECK(empty("0").find("holds no packets") != std::string::npos);
    CHECK(empty("1").find("its one packet") != std::string::npos);
    CHECK(empty("2").find("of 2 packets none") != std::string::npos);
    for (int kind = 0; kind <= static_cast<int>(CaptureNote::Kind::Inferred); ++kind)
        for (const Language language : {Language::English, Language::Chinese}) {
            const std::string sentence =
                sentenceFor(CaptureNote{static_cast<CaptureNote::Kind>(kind), 1, "9"}, language);
            CHECK(sentence.ends_with(language == Language::English ? "." : "。"));
            CHECK(sentenceFor(CaptureNote{static_cast<CaptureNote::Kind>(kind), 2, "9"}, language).size() > 10);
        }
}

} // namespace packetarium::capture_read_test
