// SPDX-License-Identifier: GPL-3.0-or-later
//
// The queues behind listen(), and what a SYN flood does to them: LEARNER-QUESTIONS 11 and 12.
#include "core/engine/engine.h"
#include "core/scenario/scenario_file.h"
#include "core/trace/journeys.h"
#include "core/trace/moment.h"
#include "core/trace/tables.h"
#include "tests/support/catch.h"
#include "ui/i18n/catalogue.h"

#include <fmt/format.h>

#include <map>

namespace packetarium::learner_queues_test {

using namespace literals;

namespace {

using Lines = std::vector<std::string>;

struct Run {
    Trace trace;
    MomentIndex moments{trace};
    std::map<PacketId, Reason> refused; ///< by the packet that its sender sent

    explicit Run(const std::string& name)
        : trace(of(name))
    {
        for (const Record& r : trace.records()) {
            if (r.kind != RecordKind::SegmentIgnored)
                continue;
            PacketInfo packet = trace.packet(r.packet);
            while (packet.parent)
                packet = trace.packet(packet.parent);
            refused[packet.id] = r.reason;
        }
    }
    static Trace of(const std::string& name)
    {
        Engine engine(builtinScenario(name).value());
        CHECK(engine.runToEnd() == RunEnd::Quiet);
        return engine.trace();
    }
    std::string nameOf(NodeId node) const { return trace.nodes()[node.value()].name; }
    /// "server SYN,ACK 80>49152 seq=300 ack=101 len=0" of every segment between the server and one peer.
    Lines segmentsWith(std::uint16_t peerPort) const
    {
        Lines lines;
        for (const PacketInfo& p : trace.packets()) {
            if (p.protocol != Protocol::Tcp || p.parent || (p.sourcePort != peerPort && p.destinationPort != peerPort))
                continue;
            std::string line = fmt::format("{} {} seq={}", nameOf(p.from), p.flags.toString(), p.seq.value());
            if (p.flags.ack())
                line += fmt::format(" ack={}", p.ack.value());
            if (p.length > 0)
                line += fmt::format(" len={}", p.length);
            if (p.retransmission)
                line += " again";
            if (const auto why = refused.find(p.id); why != refused.end())
                line += fmt::format(" {}", toString(why->second));
            lines.push_back(line);
        }
        return lines;
    }
    std::vector<SimTime> sentTo(std::uint16_t port, std::string_view from) const
    {
        std::vector<SimTime> times;
        for (const PacketInfo& p : trace.packets())
            if (p.protocol == Protocol::Tcp && !p.parent && p.destinationPort == port && nameOf(p.from) == from)
                times.push_back(p.sentAt);
        return times;
    }
    /// Who waits in the server's queues then, "syn-queue 192.168.1.66:1001 of 3".
    Lines queuesAt(SimTime at) const
    {
        Lines lines;
        for (const TableRow& row : tablesAt(trace, moments.at(at).recordsDone, server()))
            if (row.kind == TableKind::SynQueue || row.kind == TableKind::AcceptQueue)
                lines.push_back(fmt::format("{} {} of {}", toString(row.kind), row.name, row.data));
        return lines;
    }
    NodeId server() const
    {
        const auto nodes = trace.nodes();
        const auto found =
            std::find_if(nodes.begin(), nodes.end(), [](const TraceNode& n) { return n.name == "server"; });
        return NodeId(static_cast<std::uint8_t>(found - nodes.begin()));
    }
    TcpState stateAt(SimTime at, std::string_view host, std::uint16_t clientPort) const
    {
        for (const ConnMoment& conn : moments.at(at).conns)
            if (nameOf(conn.host) == host && (conn.remotePort == clientPort || conn.localPort == clientPort))
                return conn.state;
        return TcpState::Closed;
    }
    std::vector<SimTime> accepted() const
    {
        std::vector<SimTime> times;
        for (const Record& r : trace.records())
            if (r.kind == RecordKind::App && r.call() == AppCall::Accept && r.result() == AppResult::Ok)
                times.push_back(r.at);
        return times;
    }
};

SimTime at(SimDuration sinceStart)
{
    return SimTime::zero() + sinceStart;
}

} // namespace

TEST_CASE("12. a connection is open before accept() returns; another waits half open until there is room", "[learner]")
{
    const Run run("accept-queue");
    CHECK(run.segmentsWith(49152) == Lines{"client SYN seq=100", "server SYN,ACK seq=300 ack=101",
                                           "client ACK seq=101 ack=301", "server PSH,ACK seq=301 ack=101 len=5",
                                           "client ACK seq=101 ack=306"});
    // The second ACK of a handshake is not heard: the SYN,ACK goes again after a second (RFC 6298 §2.1), and by then there is room.
    CHECK(run.segmentsWith(49153) == Lines{"client SYN seq=200", "server SYN,ACK seq=400 ack=201",
                                           "client ACK seq=201 ack=401 ignored-backlog-full",
                                           "server SYN,ACK seq=400 ack=201 again ignored-outside-window",
                                           "client ACK seq=201 ack=401"});
    CHECK(run.accepted() == std::vector{at(500_ms), at(1500_ms)});
    CHECK(run.stateAt(at(60_ms), "server", 49152) == TcpState::Established); // 20 ms each way
    CHECK(run.stateAt(at(60_ms), "client", 49153) == TcpState::Established); // the client does not know
    CHECK(run.stateAt(at(1065_ms) - 1_ns, "server", 49153) == TcpState::SynReceived);
    CHECK(run.stateAt(at(1065_ms), "server", 49153) == TcpState::Established);
}

TEST_CASE("11. a SYN flood: an honest SYN finds no place until the half-open connections time out", "[learner]")
{
    const Run run("syn-flood");
    const std::string dropped = "client SYN seq=100 ignored-syn-queue-full";
    const std::string droppedAgain = "client SYN seq=100 again ignored-syn-queue-full";
    CHECK(run.segmentsWith(49152) == Lines{dropped, droppedAgain, droppedAgain, "client SYN seq=100 again",
                                           "server SYN,ACK seq=600 ack=101", "client ACK seq=101 ack=601"});
    const std::uint32_t iss[] = {300, 400, 500};
    for (std::uint16_t n = 1; n <= 3; ++n) {
        const std::string answer = fmt::format("server SYN,ACK seq={} ack={}", iss[n - 1], 1000 * n + 1);
        // forged, so from the server's last cable
        const Lines lines = run.segmentsWith(static_cast<std::uint16_t>(1000 + n));
        CHECK(lines == Lines{fmt::format("switch SYN seq={}", 1000 * n), answer + " ignored-filtered",
                             answer + " again ignored-filtered", answer + " again ignored-filtered"});
    }
    // RFC 6298 §5.5: 1 s, 2 s, 4 s on both sides; the places are free 7 s after the flood, the client asks 7 s after its first SYN.
    const std::vector<SimTime> syns = run.sentTo(80, "client");
    REQUIRE(syns.size() == 5);
    CHECK(syns[1] == at(1100_ms));
    CHECK(syns[2] == at(3100_ms));
    CHECK(syns[3] == at(7100_ms));
    CHECK(run.stateAt(at(7_s), "server", 1001) == TcpState::SynReceived);
    CHECK(run.stateAt(at(7100_ms), "server", 1003) == TcpState::Closed);
    CHECK(run.stateAt(at(8_s), "server", 49152) == TcpState::Established);
}

TEST_CASE("11. with SYN cookies the server keeps nothing, and the honest client gets in", "[learner]")
{
    const Run run("syn-cookies");
    const Lines lines = run.segmentsWith(49152);
    REQUIRE(lines.size() == 5);
    CHECK(lines[0] == "client SYN seq=100");
    CHECK(lines[1].starts_with("server SYN,ACK seq="));
    CHECK(lines[1].ends_with(" ack=101"));
    const std::string cookie = lines[1].substr(19, lines[1].find(" ack=") - 19);
    const std::string next = std::to_string(static_cast<std::uint32_t>(std::stoul(cookie)) + 1u);
    CHECK(lines[2] == "client ACK seq=101 ack=" + next);
    CHECK(lines[3] == "client PSH,ACK seq=101 ack=" + next + " len=5");
    CHECK(lines[4] == "server ACK seq=" + next + " ack=106");
    for (const PacketInfo& p : run.trace.packets())
        if (!p.parent && p.destinationPort == 49152 && p.flags.syn())
            CHECK(p.cause == Reason::SentSynCookie);
    const SimTime answered = run.sentTo(49152, "server").front();
    CHECK(run.stateAt(answered, "server", 49152) == TcpState::Listen); // nothing is kept between
    CHECK(run.stateAt(at(200_ms), "server", 49152) == TcpState::Established);
    CHECK(run.accepted() == std::vector{at(400_ms)});
}

TEST_CASE("11 and 12. who waits in which queue is in the trace, and leaves it", "[learner]")
{
    const Lines nobody;
    const std::string flood[] = {"syn-queue 192.168.1.66:1001 of 3", "syn-queue 192.168.1.66:1002 of 3",
                                 "syn-queue 192.168.1.66:1003 of 3"};
    SECTION("one place behind a backlog of 0, and 128 half-open ones")
    {
        const Run run("accept-queue"); // 20 ms each way; accept() at 500 ms and at 1500 ms
        const std::string second = "syn-queue 192.168.1.25:49153 of 128";
        CHECK(run.queuesAt(at(20_ms - 1_ns)) == nobody);
        CHECK(run.queuesAt(at(20_ms)) == Lines{"syn-queue 192.168.1.25:49152 of 128"});
        CHECK(run.queuesAt(at(25_ms)) == Lines{"syn-queue 192.168.1.25:49152 of 128", second});
        CHECK(run.queuesAt(at(60_ms)) == Lines{second, "accept-queue 192.168.1.25:49152 of 1"});
        CHECK(run.queuesAt(at(500_ms)) == Lines{second});
        // SYN,ACK again after a second, and heard 40 ms later
        CHECK(run.queuesAt(at(1065_ms - 1_ns)) == Lines{second});
        CHECK(run.queuesAt(at(1065_ms)) == Lines{"accept-queue 192.168.1.25:49153 of 1"});
        CHECK(run.queuesAt(at(1500_ms)) == nobody);
    }
    SECTION("a flood fills the one, and time empties it")
    {
        const Run run("syn-flood");
        CHECK(run.queuesAt(at(500_ms)) == Lines(std::begin(flood), std::end(flood)));
        CHECK(run.queuesAt(at(5_s)) == Lines(std::begin(flood), std::end(flood)));
        // Two retransmissions, and 1 + 2 + 4 s after the first SYN,ACK a place is free; the honest client waits for accept() at last.
        const Lines last = run.queuesAt(run.trace.end());
        CHECK(last == Lines{"accept-queue 192.168.1.25:49152 of 6"});
    }
    SECTION("a connection that comes with a cookie has been in neither")
    {
        const Run run("syn-cookies");
        CHECK(run.queuesAt(at(200_ms)) == Lines{flood[0], flood[1], flood[2], "accept-queue 192.168.1.25:49152 of 6"});
        CHECK(run.queuesAt(at(400_ms)) == Lines(std::begin(flood), std::end(flood)));
    }
    SECTION("the sentences, in both languages")
    {
        const Run run("accept-queue");
        std::vector<std::string> english, chinese;
        for (std::size_t i = 0; i < run.trace.records().size(); ++i) {
            if (run.trace.records()[i].kind != RecordKind::Table)
                continue;
            english.push_back(captionFor(run.trace, i, NumberStyle::Symbolic, Language::English).text);
            chinese.push_back(captionFor(run.trace, i, NumberStyle::Symbolic, Language::Chinese).text);
        }
        REQUIRE(english.size() == 8);
        CHECK(english[0] == "The server: the half-open connection with 192.168.1.25:49152 takes a place in the SYN "
                            "queue, which has 128.");
        CHECK(chinese[0] == "服务器：与 192.168.1.25:49152 的半连接占去半连接队列的一个位置，共有 128 个。");
        CHECK(english[2] ==
              "The server: the connection with 192.168.1.25:49152 is half open no longer. Its place is free.");
        CHECK(english[3] == "The server: the connection with 192.168.1.25:49152 is open and takes a place in the "
                            "accept queue, which has 1.");
        CHECK(chinese[4] == "服务器：与 192.168.1.25:49152 的连接不再排队，空出一个位置。");
    }
}

TEST_CASE("a forged segment's journey is from whom it names, though it appears on the last cable", "[learner]")
{
    const Run run("syn-flood");
    std::size_t forged = 0;
    for (const Journey& journey : journeys(run.trace)) {
        if (!run.trace.packet(journey.hops.front()).injected)
            continue;
        ++forged;
        CHECK(run.nameOf(journey.from) == "attacker");
        CHECK(run.nameOf(journey.to) == "server");
    }
    CHECK(forged == 3);
}

TEST_CASE("captions tell a host's connections apart by the port in which they differ", "[learner]")
{
    const auto captionsOf = [](const std::string& name, Language language) {
        const Run run(name);
        std::vector<std::string> texts;
        for (std::size_t i = 0; i < run.trace.records().size(); ++i)
            if (run.trace.records()[i].kind == RecordKind::PacketArrived)
                texts.push_back(captionFor(run.trace, i, NumberStyle::Symbolic, language).text);
        return texts;
    };
    const auto has = [](const std::vector<std::string>& texts, std::string_view part) {
        return std::any_of(texts.begin(), texts.end(),
                           [&](const std::string& t) { return t.find(part) != std::string::npos; });
    };
    const auto english = captionsOf("accept-queue", Language::English);
    CHECK(has(english, "The server goes from SYN-RECEIVED to ESTABLISHED on the connection with port 49152."));
    CHECK(has(english, "The client goes from SYN-SENT to ESTABLISHED on the connection with port 49153."));
    CHECK(has(captionsOf("accept-queue", Language::Chinese),
              "服务器从 SYN-RECEIVED 进入 ESTABLISHED（端口 49153 的连接）。"));
    // Of one connection nothing need be said, and what happens in one instant is one step: a cookie's connection is open at once.
    CHECK(has(captionsOf("handshake", Language::English), "The server goes from SYN-RECEIVED to ESTABLISHED."));
    CHECK(has(captionsOf("syn-cookies", Language::English),
              "The server goes from LISTEN to ESTABLISHED on the connection with port 49152."));
}

} // namespace packetarium::learner_queues_test
