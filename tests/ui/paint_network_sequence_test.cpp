// SPDX-License-Identifier: GPL-3.0-or-later
//
// The sequence view of a network: who has a lifeline, what is an arrow, and that no text covers another.
#include "core/engine/engine.h"
#include "core/scenario/builtin_heads.h"
#include "core/scenario/scenario_file.h"
#include "tests/support/catch.h"
#include "tests/ui/paint_recorder.h"
#include "tests/ui/paint_traces.h"
#include "ui/paint/columns.h"
#include "ui/paint/primitives.h"
#include "ui/paint/sequence_labels.h"
#include "ui/paint/sequence_painter.h"
#include "ui/paint/timeline_painter.h"
#include "ui/theme/contrast.h"

#include <QPainter>

namespace packetarium::paint_network_sequence_test {

using test::SceneBox;
using test::TextRecorder;

namespace {

/// Two in one office, a name server behind the router, another, and a web server farther on: five columns.
const char* const kOffice = R"(packetarium: scenario
version: 1
hosts:
  client: {address: 10.0.0.1/24, gateway: 10.0.0.254, name-server: 10.0.2.53}
  neighbour: {address: 10.0.0.2/24, gateway: 10.0.0.254}
  server:
    address: 10.0.1.80/24
    gateway: 10.0.1.254
    services:
      http: {files: {/: {type: text/html, content: "hello"}}}
  names:
    address: 10.0.2.53/24
    gateway: 10.0.2.254
    services:
      dns:
        zones: [example.com]
        records:
          - {name: www.example.com, a: 10.0.1.80, ttl: 300 s}
routers:
  router:
    interfaces:
      lan: {address: 10.0.0.254/24}
      web: {address: 10.0.1.254/24}
      dns: {address: 10.0.2.254/24}
switches:
  s1: {}
links:
  - {between: [client, s1], delay: 1 ms}
  - {between: [neighbour, s1], delay: 1 ms}
  - {between: [s1, router.lan], delay: 1 ms}
  - {between: [router.web, server], delay: 5 ms}
  - {between: [router.dns, names], delay: 2 ms}
script:
  - {at: 0 ms, host: client, ping: {to: neighbour, count: 1}}
  - {at: 20 ms, host: client, open: "http://www.example.com/"}
EXTRA)";

Trace runOf(const std::string& yaml)
{
    auto scenario = parseScenario(yaml, "office.yaml");
    REQUIRE(scenario.ok());
    Engine engine(std::move(scenario).value());
    engine.runToEnd();
    return engine.trace();
}

Trace office(const std::string& extra = "")
{
    std::string yaml = kOffice;
    yaml.replace(yaml.find("EXTRA"), 5, extra);
    return runOf(yaml);
}

void nameNodes(SceneBox& box, Language language)
{
    box.scene.language = language;
    box.scene.hostLabels.clear();
    for (const TraceNode& node : box.trace().nodes())
        box.scene.hostLabels.push_back(QString::fromStdString(hostWord(node.name, language)));
}

std::vector<std::string> columnNames(const Trace& trace, const std::vector<NodeId>& columns)
{
    std::vector<std::string> names;
    for (const NodeId node : columns)
        names.push_back(trace.nodes()[node.value()].name);
    return names;
}

std::string list(const std::vector<std::string>& lines)
{
    std::string all;
    for (const std::string& line : lines)
        all += line + "; ";
    return all;
}

void checkNoOverlap(SceneBox& box, QSize size, int instants, const std::string& what)
{
    const SequenceLayout layout(box.scene, QSizeF(size));
    for (int i = 0; i <= instants; ++i) {
        StageScene& scene = box.atShown(box.story().length() * i / instants);
        const double scroll = layout.scrollFor(layout.y(scene.moment->at));
        TextRecorder recorder(size);
        QPainter p(&recorder);
        p.translate(0, layout.headerHeight() - scroll);
        paintSequenceSettled(p, scene, layout, QRectF(0, scroll, size.width(), layout.viewHeight()));
        paintSequenceMoving(p, scene, layout, scroll);
        p.resetTransform();
        paintSequenceHeader(p, scene, layout, scroll);
        p.end();
        INFO(what << " at " << size.width() << "x" << size.height() << ", instant " << i << ": "
                  << list(recorder.collisions()));
        CHECK(recorder.collisions().empty());
        CHECK(recorder.texts().size() >= 2);
    }
}

} // namespace

TEST_CASE("hosts that talk and routers have lifelines, switches and those who are silent have none", "[paint]")
{
    const Trace trace = office();
    // The router stands before the first host that the client reaches through it.
    CHECK(columnNames(trace, columnsOf(trace, journeys(trace))) ==
          std::vector<std::string>{"client", "neighbour", "router", "server", "names"});
    const ConversationEnds ends = conversationEnds(trace);
    CHECK(trace.nodes()[ends.client.value()].name == "client");
    CHECK(trace.nodes()[ends.server.value()].name == "server");
    CHECK(ends.sideOf(NodeId(0)) == 0);
    CHECK(ends.sideOf(NodeId(2)) == 1);
    CHECK(ends.sideOf(NodeId(1)) == 2);
    // Two hosts on one link are both there, even if they say nothing.
    CHECK(columnsOf(test::handshakeTrace(), {}) == std::vector{NodeId(0), NodeId(1)});
}

TEST_CASE("neutral columns are readable in every theme", "[paint]")
{
    const SideRoles roles = sideRoles(2);
    for (const ThemeKind kind : {ThemeKind::Light, ThemeKind::Dark, ThemeKind::HighContrast}) {
        const Theme theme = Theme::make(kind);
        CHECK(contrastRatio(theme.color(roles.main), theme.color(Role::Card)) >= 4.5);
        CHECK(contrastRatio(theme.color(roles.on), theme.color(roles.main)) >= 4.5);
    }
}

TEST_CASE("an arrow is a whole way, from who made it to who took it", "[paint]")
{
    SceneBox box(office());
    nameNodes(box, Language::English);
    const SequenceLayout layout(box.scene, {836, 560});
    const std::vector<Journey> all = journeys(box.trace());
    REQUIRE(layout.arrows().size() == all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        const LadderArrow& a = layout.model().arrows[i];
        CHECK(a.id == all[i].hops.front());
        REQUIRE(layout.arrows()[i].drawn);
        const QPolygonF& path = layout.arrows()[i].path;
        CHECK(std::abs(path.first().x() - layout.x(a.from)) < 14);
        CHECK(std::abs(path.last().x() - layout.x(a.to)) < 14);
        CHECK(path.first().y() < path.last().y());
        // A packet of any hop belongs to it.
        for (const PacketId hop : a.hops)
            CHECK(layout.model().arrowOf[hop.value()] == static_cast<int>(i));
    }
    // What the switch sent to others beside belongs to the same arrow.
    for (const PacketInfo& p : box.trace().packets())
        CHECK(layout.model().arrowOf[p.id.value()] >= 0);
}

TEST_CASE("labels say what each protocol says", "[paint]")
{
    SceneBox box(office());
    nameNodes(box, Language::English);
    const SequenceLayout layout(box.scene, {1180, 860});
    QStringList labels;
    for (const SequenceArrow& arrow : layout.arrows())
        labels << arrow.travelling.flags + QLatin1Char('|') + arrow.travelling.numbers;
    const QString all = labels.join(QLatin1Char('\n'));
    INFO(all.toStdString());
    CHECK(all.contains(QStringLiteral("ARP|")));
    CHECK(all.contains(QStringLiteral("ICMP|Echo request 1")));
    CHECK(all.contains(QStringLiteral("DNS|A? www.example.com")));
    CHECK(all.contains(QStringLiteral("HTTP|GET /")));
    CHECK(all.contains(QStringLiteral("SYN|seq=x")));
    CHECK_FALSE(all.contains(QStringLiteral("ARP|ARP")));
}

TEST_CASE("what is lost on its way ends with a cross where it was lost", "[paint]")
{
    // The client's ninth frame or so: whichever, a quarter of the way is the first of four links.
    SceneBox box(office("  - {at: 0 ms, drop: {from: router, nth: 4}}\n"));
    nameNodes(box, Language::English);
    const SequenceLayout layout(box.scene, {836, 560});
    int lost = 0;
    for (std::size_t i = 0; i < layout.arrows().size(); ++i) {
        const LadderArrow& a = layout.model().arrows[i];
        if (!a.lost || !layout.arrows()[i].drawn)
            continue;
        ++lost;
        CHECK(a.lossReason == Reason::LostByCommand);
        CHECK(a.endPart > 0);
        CHECK(a.endPart < 1);
        const QPolygonF& path = layout.arrows()[i].path;
        const double way = layout.x(a.to) - layout.x(a.from);
        CHECK((path.last().x() - layout.x(a.from)) / way == Approx(a.endPart).margin(0.12));
    }
    CHECK(lost == 1);
}

TEST_CASE("an ICMP error comes from the router that sends it", "[paint]")
{
    SceneBox box(office("  - {at: 300 ms, host: client, ping: {to: 10.9.9.9, count: 1}}\n"));
    nameNodes(box, Language::English);
    const SequenceLayout layout(box.scene, {836, 560});
    const NodeId router(4);
    REQUIRE(box.trace().nodes()[router.value()].name == "router");
    bool answered = false, refused = false;
    for (const LadderArrow& a : layout.model().arrows) {
        const PacketInfo& p = box.trace().packet(a.id);
        answered = answered || (a.from == router && a.to == NodeId(0) && p.cause == Reason::SentNetworkUnreachable);
        refused = refused || (a.to == router && a.ignored == Reason::IgnoredNoRoute);
    }
    CHECK(answered);
    CHECK(refused);
}

TEST_CASE("no text overlaps in the sequence view of five columns", "[paint]")
{
    // The stage of a window of 1024x640 with both side panels open, and larger ones.
    constexpr QSize kSizes[] = {{440, 320}, {640, 460}, {836, 560}, {1180, 860}, {3840, 1900}};
    SceneBox box(office("  - {at: 0 ms, drop: {from: router, nth: 4}}\n"));
    for (const Language language : {Language::English, Language::Chinese}) {
        nameNodes(box, language);
        for (const bool projector : {false, true}) {
            box.scene.theme = Theme::make(ThemeKind::Light, projector);
            for (const QSize size : kSizes)
                if (!projector || size.width() >= 1180)
                    checkNoOverlap(box, size, 9, projector ? "office, projected" : "office");
        }
    }
}

TEST_CASE("no text overlaps in the sequence view of any built-in network", "[paint]")
{
    for (const std::string& name : builtinScenarioNames()) {
        auto scenario = loadScenario(name);
        REQUIRE(scenario.ok());
        if (!scenario.value().isNetwork())
            continue;
        Engine engine(std::move(scenario).value());
        engine.runToEnd();
        SceneBox box(engine.trace());
        for (const Language language : {Language::English, Language::Chinese}) {
            nameNodes(box, language);
            checkNoOverlap(box, {440, 320}, 4, name);
            checkNoOverlap(box, {836, 560}, 6, name);
        }
    }
}

TEST_CASE("what is painted of a network is what can be hit and read", "[paint]")
{
    SceneBox box(office());
    nameNodes(box, Language::English);
    const SequenceLayout layout(box.scene, {836, 2400});
    StageScene& scene = box.at(box.trace().end());
    for (const StageItem& item : sequenceItems(scene, layout, 0)) {
        INFO(item.name.toStdString());
        CHECK_FALSE(item.name.isEmpty());
        CHECK_FALSE(item.description.isEmpty());
        CHECK(item.box.isValid());
        CHECK_FALSE(sequenceOutline(layout, item.what, scene.moment->recordsDone, 0).isEmpty());
    }
    // A packet on a later link is outlined as the arrow that it belongs to.
    for (const PacketInfo& p : box.trace().packets())
        CHECK_FALSE(
            sequenceOutline(layout, {Selection::Kind::Packet, p.id, {}, -1}, scene.moment->recordsDone, 0).isEmpty());
}

TEST_CASE("the timeline has a mark for each packet that was made, and in the layers view one for each act", "[paint]")
{
    SceneBox box(office());
    nameNodes(box, Language::English);
    std::size_t made = 0;
    for (const PacketInfo& p : box.trace().packets())
        made += p.parent ? 0 : 1;
    CHECK(layoutTimeline(box.scene, {600, 40}).marks.size() == made);
}

} // namespace packetarium::paint_network_sequence_test
