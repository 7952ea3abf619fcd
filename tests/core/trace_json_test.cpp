// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/trace_json.h"
#include "tests/support/catch.h"
#include "tests/support/network_trace.h"
#include "tests/support/random_trace.h"

#include <nlohmann/json.hpp>

#include <sstream>

namespace packetarium::trace_json_test {

using nlohmann::json;

namespace {

SimTime ms(std::int64_t n)
{
    return SimTime::zero() + SimDuration::milliseconds(n);
}

std::vector<std::string> linesOf(const Trace& trace)
{
    std::stringstream text;
    writeTraceJson(text, trace);
    std::vector<std::string> lines;
    for (std::string line; std::getline(text, line);)
        lines.push_back(line);
    return lines;
}

std::vector<json> parsed(const Trace& trace)
{
    std::vector<json> objects;
    for (const std::string& line : linesOf(trace))
        objects.push_back(json::parse(line));
    return objects;
}

/// The line of the record that was appended last.
std::string lastLine(const TraceBuilder& b)
{
    const auto lines = linesOf(b.trace);
    return lines[lines.size() - 2];
}

} // namespace

TEST_CASE("the trace begins with its hosts and ends with the end of the run", "[trace]")
{
    const auto lines = linesOf(handshakeTrace());
    CHECK(lines.front() == R"({"t":0,"kind":"trace","version":1,"hosts":[{"name":"client","address":"192.168.1.10"},)"
                           R"({"name":"server","address":"192.168.1.11"}]})");
    CHECK(lines.back() == R"({"t":60000000,"kind":"end"})");
    CHECK(lines.size() == handshakeTrace().records().size() + 2);
}

TEST_CASE("each kind of record has its line", "[trace]")
{
    TraceBuilder b;
    const ConnId client = b.conn(ms(1), kClient, 49152, 80);
    CHECK(lastLine(b) == R"({"t":1000000,"kind":"conn","host":"client","conn":0,"local":49152,"remote":80})");
    b.state(ms(1), client, TcpState::Closed, "active-open");
    CHECK(lastLine(b) ==
          R"({"t":1000000,"kind":"state","host":"client","conn":0,"from":"CLOSED","to":"SYN-SENT","why":"active-open",)"
          R"("rfc":"RFC 9293 §3.10.1"})");
    const PacketId syn = b.send(ms(2), client, {"SYN", 100}, Reason::SentConnect);
    CHECK(
        lastLine(b) ==
        R"({"t":2000000,"kind":"send","packet":0,"from":"client","to":"server","proto":"TCP","flags":"SYN","seq":100,)"
        R"("ack":0,"len":0,"win":65535,"conn":0,"sport":49152,"dport":80,"why":"sent-connect","rfc":"RFC 9293 §3.10.1"})");
    b.arrive(syn);
    CHECK(lastLine(b) ==
          R"({"t":22000000,"kind":"arrive","packet":0,"from":"client","to":"server","proto":"TCP","flags":"SYN",)"
          R"("seq":100,"ack":0,"len":0,"win":65535})");
    const PacketId data = b.send(ms(30), client, {"PSH,ACK", 101, 301, 5}, Reason::SentRetransmission);
    CHECK(lastLine(b) ==
          R"({"t":30000000,"kind":"send","packet":1,"from":"client","to":"server","proto":"TCP","flags":"PSH,ACK",)"
          R"("seq":101,"ack":301,"len":5,"win":65535,"conn":0,"sport":49152,"dport":80,"why":"sent-retransmission",)"
          R"("rfc":"RFC 6298 §5.4","retransmission":true})");
    b.lose(ms(35), data, Reason::LostRandom);
    CHECK(lastLine(b) ==
          R"({"t":35000000,"kind":"lost","packet":1,"from":"client","to":"server","proto":"TCP","flags":"PSH,ACK",)"
          R"("seq":101,"ack":301,"len":5,"win":65535,"why":"lost-random"})");
    b.corrupt(ms(36), syn, 300);
    CHECK(lastLine(b) == R"({"t":36000000,"kind":"changed","packet":0,"why":"changed-corrupted","bit":300})");
    b.duplicate(ms(36), syn);
    CHECK(lastLine(b) == R"({"t":36000000,"kind":"changed","packet":0,"why":"changed-duplicated","copy":2})");
    b.hold(ms(36), syn);
    CHECK(lastLine(b) == R"({"t":36000000,"kind":"changed","packet":0,"why":"changed-held"})");
    b.inject(ms(37), kServer, {"RST", 7});
    CHECK(lastLine(b) ==
          R"({"t":37000000,"kind":"send","packet":3,"from":"server","to":"client","proto":"TCP","flags":"RST","seq":7,)"
          R"("ack":0,"len":0,"win":65535,"sport":80,"dport":49152,"why":"sent-injected","injected":true})");
    b.variable(ms(40), client, Variable::SndUna, 4294967295);
    CHECK(lastLine(b) ==
          R"({"t":40000000,"kind":"variable","host":"client","conn":0,"name":"SND.UNA","value":4294967295})");
    b.timer(ms(40), client, Timer::TimeWait, TimerChange::Started, ms(50));
    CHECK(
        lastLine(b) ==
        R"({"t":40000000,"kind":"timer","host":"client","conn":0,"timer":"time-wait","change":"started","deadline":50000000})");
    b.timer(ms(50), client, Timer::TimeWait, TimerChange::Fired, ms(50));
    CHECK(lastLine(b) ==
          R"({"t":50000000,"kind":"timer","host":"client","conn":0,"timer":"time-wait","change":"fired"})");
    b.app(ms(50), client, AppCall::Send, 12, AppResult::Closing);
    CHECK(lastLine(b) ==
          R"({"t":50000000,"kind":"app","host":"client","conn":0,"call":"send","result":"closing","octets":12})");

    Record ignored;
    ignored.at = ms(51);
    ignored.kind = RecordKind::SegmentIgnored;
    ignored.host = kServer;
    ignored.packet = syn;
    ignored.reason = Reason::IgnoredRstInListen;
    b.record(ignored);
    CHECK(lastLine(b) == R"({"t":51000000,"kind":"ignored","host":"server","packet":0,"why":"ignored-rst-in-listen",)"
                         R"("rfc":"RFC 9293 §3.10.7.2, first"})");
    Record command;
    command.at = ms(52);
    command.kind = RecordKind::Command;
    command.value = 3;
    b.record(command);
    CHECK(lastLine(b) == R"({"t":52000000,"kind":"command","list":"script","index":3})");
    command.reason = Reason::CommandTooLate;
    b.record(command);
    CHECK(lastLine(b) == R"({"t":52000000,"kind":"command","list":"script","index":3,"why":"command-too-late"})");
}

TEST_CASE("names are escaped as JSON wants it", "[trace]")
{
    Trace trace;
    const std::string name = "a\"b\\c\n\x01 \u03b1\u6c49";
    TraceNode host;
    host.name = name;
    host.activeSide = true;
    trace.setNodes({host});
    const auto objects = parsed(trace);
    CHECK(objects[0]["hosts"][0]["name"] == name);
}

TEST_CASE("every line of any trace is a JSON object, in the order of time", "[trace]")
{
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        RandomTrace random(seed);
        random.grow(2000); // more than one buffer full
        std::int64_t before = 0;
        const auto objects = parsed(random.trace());
        REQUIRE(objects.size() == random.trace().records().size() + 2);
        for (std::size_t i = 1; i < objects.size(); ++i) {
            const json& o = objects[i];
            REQUIRE(o.is_object());
            REQUIRE(o["t"].get<std::int64_t>() >= before);
            before = o["t"].get<std::int64_t>();
            const std::string kind = o["kind"].get<std::string>();
            if (kind == "send" || kind == "arrive" || kind == "lost") {
                const PacketInfo& p = random.trace().packet(PacketId(o["packet"].get<std::uint32_t>()));
                REQUIRE(o["seq"] == p.seq.value());
                REQUIRE(o["len"] == p.length);
                REQUIRE(o["from"] == (p.from == kClient ? "client" : "server"));
            }
        }
    }
}

TEST_CASE("a network's first line names its nodes and its cables", "[trace]")
{
    const json first = parsed(imageRequestTrace()).front();
    REQUIRE(first["nodes"].size() == 4);
    CHECK(first["nodes"][0]["name"] == first["hosts"][0]["name"]);
    CHECK(first["nodes"][0]["kind"] == "host");
    CHECK(first["nodes"][2]["kind"] == "router");
    CHECK(first["nodes"][3]["kind"] == "switch");
    CHECK(first["nodes"][2]["macs"].size() == 2);
    REQUIRE(first["links"].size() == 3);
    for (const json& link : first["links"])
        for (const char* key : {"a", "a-port", "b", "b-port", "rate", "delay"})
            CHECK(link.contains(key));
}

TEST_CASE("in a network packets have links, parents and addresses, and acts, rows and programs have lines", "[trace]")
{
    const Trace image = imageRequestTrace();
    NetworkTrace network(std::vector<TraceNode>(image.nodes().begin(), image.nodes().end()), {});
    TableRow row;
    row.kind = TableKind::Switch;
    row.node = kNetSwitch;
    row.mac = *MacAddress::parse("02:00:00:00:00:01");
    row.port = 1;
    row.expires = ms(300'000);
    network.table(ms(1), TableChange::Added, row);
    Record cable;
    cable.at = ms(2);
    cable.kind = RecordKind::LinkState;
    cable.value = 0;
    network.record(cable);
    Record power;
    power.at = ms(3);
    power.kind = RecordKind::NodeState;
    power.host = kNetRouter;
    power.a = 1;
    network.record(power);
    Record program;
    program.at = ms(4);
    program.kind = RecordKind::Program;
    program.host = kNetClient;
    program.a = static_cast<std::uint8_t>(ProgramEvent::ResolveFailed);
    program.b = static_cast<std::uint8_t>(ProgramTrouble::NoSuchName);
    network.trace.append(program, "www.example.com");
    const auto lines = linesOf(network.trace);
    const std::string router = network.trace.nodes()[kNetRouter.value()].name;
    const std::string bridge = network.trace.nodes()[kNetSwitch.value()].name;
    const std::string client = network.trace.nodes()[kNetClient.value()].name;
    REQUIRE(lines.size() == 6);
    CHECK(lines[1] == R"({"t":1000000,"kind":"table","node":")" + bridge +
                          R"(","table":"switch","change":"added","mac":"02:00:00:00:00:01","port":1,)"
                          R"("expires":300000000000})");
    CHECK(lines[2] == R"({"t":2000000,"kind":"link","link":0,"state":"unplugged"})");
    CHECK(lines[3] == R"({"t":3000000,"kind":"node","node":")" + router + R"(","power":"on"})");
    CHECK(lines[4] == R"({"t":4000000,"kind":"program","host":")" + client +
                          R"(","event":"resolve-failed","trouble":"no-such-name","value":0,"text":"www.example.com"})");

    bool passedOn = false, told = false, act = false;
    for (const json& line : parsed(imageRequestTrace())) {
        if (line["kind"] == "send") {
            CHECK(line.contains("link"));
            CHECK(line["src"] == (line["proto"] == "TCP" && line["dport"] == 80 ? "192.168.1.25" : "203.0.113.80"));
            passedOn = passedOn || line.contains("parent");
            told = told || (line.contains("http") && line["http"] == "GET /image.png HTTP/1.1");
        }
        act = act || (line["kind"] == "layer" && line["act"] == "rewritten" && line["layer"] == "internet" &&
                      line["node"] == router && line["offset"] == 14);
    }
    CHECK(passedOn);
    CHECK(told);
    CHECK(act);
}

} // namespace packetarium::trace_json_test
