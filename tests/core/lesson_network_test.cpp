// SPDX-License-Identifier: GPL-3.0-or-later
// Lessons on networks: layer acts, programs, tables; what a packet and a record say.
#include "core/engine/engine.h"
#include "core/lesson/lesson.h"
#include "core/lesson/placeholders.h"
#include "core/lesson/stops.h"
#include "core/scenario/scenario_file.h"
#include "tests/support/catch.h"

#include <fstream>
#include <set>
#include <sstream>

namespace packetarium::lesson_network_test {

namespace {

// 1 ms on each link: client - s1 - r1 - server.
constexpr const char* kNetwork = R"(packetarium: scenario
version: 1
hosts:
  client: {address: 192.168.1.25/24, gateway: 192.168.1.1}
  server:
    address: 10.0.0.34/24
    gateway: 10.0.0.1
    services: {http: {files: {/a.txt: {type: text/plain, content: {octets: 100}}}}}
routers: {r1: {interfaces: {lan: {address: 192.168.1.1/24}, wan: {address: 10.0.0.1/24}}}}
switches: {s1: }
links: [{between: [client, s1]}, {between: [s1, r1.lan]}, {between: [r1.wan, server]}]
script:
  - {at: 0 ms, host: client, ping: {to: server, count: 1}}
  - {at: 100 ms, host: client, open: "http://10.0.0.34/a.txt"}
)";

const Trace& network()
{
    static Engine engine = [] {
        EngineOptions options;
        options.layers = true;
        Engine e(parseScenario(kNetwork, "s.yaml").value(), options);
        e.runToEnd();
        return e;
    }();
    return engine.trace();
}

std::string step(const std::string& at, const std::string& more = "")
{
    return "  - at: " + at + "\n    heading: {en: h, zh: 标}\n    text: {en: t, zh: 文}\n" + more;
}

Lesson lessonWith(const std::string& steps)
{
    const auto parsed = parseLesson(
        "packetarium: lesson\nversion: 1\nchapter: layers\ntitle: {en: T, zh: 题}\nscenario: x\nsteps:\n" + steps,
        "l.yaml");
    if (!parsed)
        FAIL("error " << static_cast<int>(parsed.error().id) << " at line " << parsed.error().line << ":"
                      << parsed.error().column << " " << parsed.error().args.at(0));
    return parsed.value();
}

std::string problems(const Lesson& lesson)
{
    std::string text;
    for (const InputError& error : checkLesson(lesson, network())) {
        text += std::to_string(static_cast<int>(error.id));
        for (const std::string& arg : error.args)
            text += " [" + arg + "]";
        text += "\n";
    }
    return text;
}

} // namespace

TEST_CASE("the anchors of a network are read", "[lesson]")
{
    const Lesson lesson = lessonWith(
        step("{sent: {host: s1, protocol: ARP}}") +
        step("{layer: {host: r1, act: rewritten, layer: internet, protocol: HTTP, nth: 2}}") +
        step("{program: {host: client, event: ping-answered}}") +
        step("{table: {host: s1, table: switch, change: added}}") + step("{table: {host: r1, table: route}}"));
    REQUIRE(lesson.steps.size() == 5);
    CHECK(lesson.steps[0].anchor.protocol == Protocol::Arp);
    const StepAnchor& layer = lesson.steps[1].anchor;
    CHECK(layer.kind == StepAnchor::Kind::Layer);
    CHECK(layer.act == LayerAct::Rewritten);
    CHECK(layer.layer == Layer::Internet);
    CHECK(layer.protocol == Protocol::Http);
    CHECK(layer.nth == 2);
    CHECK(lesson.steps[2].anchor.program == ProgramEvent::PingAnswered);
    CHECK(lesson.steps[3].anchor.table == TableKind::Switch);
    CHECK(lesson.steps[3].anchor.change == TableChange::Added);
    CHECK_FALSE(lesson.steps[4].anchor.change);
}

TEST_CASE("every act, layer, protocol, event, table and change may be waited for by its name", "[lesson]")
{
    const auto fine = [](const std::string& at) {
        INFO(at);
        CHECK(lessonWith(step(at)).steps.size() == 1);
    };
    for (int i = 0; i <= static_cast<int>(LayerAct::Refused); ++i)
        fine("{layer: {host: a, act: " + std::string(toString(static_cast<LayerAct>(i))) + "}}");
    for (int i = 0; i <= static_cast<int>(Layer::Application); ++i)
        fine("{layer: {host: a, act: added, layer: " + std::string(layerName(static_cast<Layer>(i))) + "}}");
    for (int i = 1; i <= static_cast<int>(Protocol::Tls); ++i)
        fine("{lost: {host: a, protocol: " + std::string(toString(static_cast<Protocol>(i))) + "}}");
    for (int i = 0; i < static_cast<int>(ProgramEvent::Count_); ++i)
        fine("{program: {host: a, event: " + std::string(toString(static_cast<ProgramEvent>(i))) + "}}");
    for (int i = 0; i < kTableKindCount; ++i)
        for (int j = 0; j <= static_cast<int>(TableChange::Removed); ++j)
            fine("{table: {host: a, table: " + std::string(toString(static_cast<TableKind>(i))) +
                 ", change: " + std::string(toString(static_cast<TableChange>(j))) + "}}");
}

TEST_CASE("each mistake in a network's anchor is named with its place", "[lesson]")
{
    const auto errorOf = [](const std::string& at) {
        const auto parsed = parseLesson(
            "packetarium: lesson\nversion: 1\nchapter: layers\ntitle: T\nscenario: x\nsteps:\n" + step(at), "l.yaml");
        REQUIRE_FALSE(parsed.ok());
        CHECK(parsed.error().line == 7);
        return std::pair(parsed.error().id, parsed.error().args.at(0));
    };
    using Id = InputErrorId;
    CHECK(errorOf("{layer: {host: a}}") == std::pair(Id::MissingKey, std::string("act")));
    CHECK(errorOf("{layer: {act: added}}") == std::pair(Id::MissingKey, std::string("host")));
    CHECK(errorOf("{layer: {host: a, act: eaten}}") == std::pair(Id::NotOneOf, std::string("steps[1].at.layer.act")));
    CHECK(errorOf("{layer: {host: a, act: added, layer: session}}") ==
          std::pair(Id::NotOneOf, std::string("steps[1].at.layer.layer")));
    CHECK(errorOf("{sent: {host: a, protocol: QUIC}}") ==
          std::pair(Id::NotOneOf, std::string("steps[1].at.sent.protocol")));
    CHECK(errorOf("{program: {host: a, event: sung}}") ==
          std::pair(Id::NotOneOf, std::string("steps[1].at.program.event")));
    CHECK(errorOf("{table: {host: a, change: added}}") == std::pair(Id::MissingKey, std::string("table")));
    CHECK(errorOf("{table: {host: a, table: periodic}}") ==
          std::pair(Id::NotOneOf, std::string("steps[1].at.table.table")));
}

TEST_CASE("a lesson follows a packet through the layers of every node", "[lesson]")
{
    // What an echo request of 56 octets weighs: ICMP 8, IPv4 20, Ethernet 14 and 4 behind (RFC 792, RFC 791, IEEE 802.3).
    const Lesson lesson = lessonWith(
        step("{program: {host: client, event: ping-sent}}", "    claims: {step.text: 10.0.0.34, step.value: 1}\n") +
        step("{layer: {host: client, act: added, layer: link, protocol: ARP}}",
             "    claims: {packet.protocol: ARP, packet.source: 192.168.1.25, packet.destination: 192.168.1.1, "
             "packet.destination-mac: \"ff:ff:ff:ff:ff:ff\", packet.frame-length: 64, step.header-length: 14, "
             "step.trailer-length: 22}\n") +
        step("{table: {host: s1, table: switch, change: added}}",
             "    claims: {step.row-mac: \"02:00:00:00:00:01\", step.row-port: 0, step.node: s1}\n") +
        step("{table: {host: client, table: arp, change: added}}",
             "    claims: {step.row-address: 192.168.1.1, step.row-mac: \"02:00:00:00:01:01\"}\n") +
        step("{layer: {host: client, act: added, layer: internet, protocol: ICMP}}",
             "    claims: {step.unit-length: 84, step.header-length: 20, packet.ttl: 64, packet.icmp-type: 8}\n") +
        step("{layer: {host: client, act: added, layer: link, protocol: ICMP}}",
             "    claims: {step.unit-length: 102, packet.frame-length: 102, packet.from: client, packet.to: s1}\n") +
        step("{layer: {host: s1, act: read, layer: link, protocol: ICMP}}", "    claims: {step.node: s1}\n") +
        step("{layer: {host: r1, act: rewritten, layer: internet, protocol: ICMP}}",
             "    claims: {packet.ttl: 63, packet.ttl-before: 64, packet.source-mac: \"02:00:00:00:01:02\", "
             "packet.source-mac-before: \"02:00:00:00:00:01\", packet.from: r1, packet.to: server}\n") +
        step("{layer: {host: server, act: removed, layer: internet, protocol: ICMP}}",
             "    claims: {packet.len: 56}\n") +
        // Three links there and back, two there and back for the client's ARP, one for the router's.
        step("{program: {host: client, event: ping-answered}}",
             "    claims: {step.text: 10.0.0.34, step.rtt: 12 ms}\n") +
        step("{layer: {host: client, act: made, layer: application, protocol: HTTP}}",
             "    claims: {packet.http: GET /a.txt HTTP/1.1}\n") +
        step("{layer: {host: server, act: delivered, protocol: HTTP}}") +
        step("{program: {host: client, event: url-answered}}", "    claims: {step.status: 200, step.text: 200 OK}\n") +
        step("end"));
    CHECK(problems(lesson) == "");
    const auto bound = bindSteps(lesson, network());
    for (std::size_t i = 0; i + 1 < bound.size(); ++i) {
        INFO("step " << i + 1);
        REQUIRE(bound[i].found);
        REQUIRE(bound[i].record < network().records().size());
        CHECK(network().records()[bound[i].record].at == bound[i].at);
    }
    // Two acts of one instant are two places to stand at.
    CHECK(bound[4].at == bound[5].at);
    CHECK(bound[4].record < bound[5].record);
    const auto stops = lessonStops(lesson, network());
    REQUIRE(stops.size() == bound.size());
    CHECK(stops[5].firstRecord == bound[5].record);
}

TEST_CASE("what a step does not have is not claimed", "[lesson]")
{
    CHECK(problems(lessonWith(step("start", "    claims: {step.unit-length: 1}\n"))) ==
          std::to_string(static_cast<int>(InputErrorId::ClaimNotShown)) + " [1] [step.unit-length: 1] []\n");
    // ARP has neither TTL nor sequence numbers.
    const Lesson arp =
        lessonWith(step("{sent: {host: client, protocol: ARP}}", "    claims: {packet.ttl: 0, packet.seq: 0}\n"));
    CHECK(checkLesson(arp, network()).size() == 2);
    // An HTTP segment is no TCP segment to a filter, and a datagram has no flags.
    const Lesson flags = lessonWith(step("{sent: {host: client, flags: SYN, protocol: ICMP}}"));
    REQUIRE(checkLesson(flags, network()).size() == 1);
    CHECK(checkLesson(flags, network())[0].id == InputErrorId::StepNeverHappens);
    CHECK(checkLesson(flags, network())[0].args.at(1) == "sent {host: client, flags: \"SYN\", protocol: ICMP}");
}

TEST_CASE("words of a network are filled in", "[lesson]")
{
    const Trace& trace = network();
    const Lesson lesson = lessonWith(step("{layer: {host: r1, act: rewritten, layer: internet, protocol: ICMP}}"));
    const auto bound = bindSteps(lesson, trace);
    const MomentIndex moments(trace);
    const Symbols symbols(trace);
    CHECK(fillPlaceholders("{source} to {destination}: {ttl-before} to {ttl} at {node}, {from} - {to}; {seq} {row-mac}",
                           bound[0], trace, moments, symbols,
                           NumberStyle::Symbolic) == "192.168.1.25 to 10.0.0.34: 64 to 63 at r1, r1 - server; ? ?");
}

TEST_CASE("the layers view stops at each act, the network view at each thing that moves", "[lesson]")
{
    const Trace& trace = network();
    const auto layers = visibleStops(trace, StopView::Layers);
    std::set<std::size_t> records;
    std::size_t acts = 0;
    for (const Record& r : trace.records())
        acts += r.kind == RecordKind::Layer ? 1 : 0;
    CHECK(acts > 100);
    CHECK(layers.size() == acts + 1);
    CHECK(layers.front().at == SimTime::zero());
    for (std::size_t i = 1; i < layers.size(); ++i) {
        REQUIRE(records.insert(layers[i].firstRecord).second);
        REQUIRE(trace.records()[layers[i].firstRecord].kind == RecordKind::Layer);
        REQUIRE(layers[i].at >= layers[i - 1].at);
    }
    const auto stops = visibleStops(trace, StopView::Network);
    std::set<std::pair<SimTime, NodeId>> places;
    std::set<SimTime> instants;
    for (const Stop& stop : stops) {
        REQUIRE(places.emplace(stop.at, stop.host).second);
        instants.insert(stop.at);
    }
    for (const Record& r : trace.records())
        if (r.kind == RecordKind::PacketSent || r.kind == RecordKind::Program ||
            (r.kind == RecordKind::Table && r.tableChange() == TableChange::Added))
            REQUIRE(instants.count(r.at) == 1);
}

TEST_CASE("the network of docs/scenario-format.md runs, and every host is reached", "[lesson]")
{
    std::ostringstream page;
    page << std::ifstream(PACKETARIUM_SOURCE_ROOT "/docs/scenario-format.md").rdbuf();
    const std::string text = page.str();
    const std::size_t begin = text.find("packetarium: scenario\nversion: 1\ngroup: network");
    REQUIRE(begin != std::string::npos);
    const auto scenario = parseScenario(text.substr(begin, text.find("```", begin) - begin), "example.yaml");
    REQUIRE(scenario.ok());
    Engine engine(scenario.value());
    engine.runToEnd();
    bool shown = false;
    for (const Record& r : engine.trace().records())
        shown = shown || (r.kind == RecordKind::Program && r.program() == ProgramEvent::UrlShown);
    CHECK(shown);
}

} // namespace packetarium::lesson_network_test
