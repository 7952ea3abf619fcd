// SPDX-License-Identifier: GPL-3.0-or-later
//
// The network view as a pure function of its scene: nothing overlaps, every packet is where it is, tables light up.
#include "core/scenario/scenario_file.h"
#include "tests/support/network_trace.h"
#include "tests/ui/network_support.h"
#include "tests/ui/paint_recorder.h"

#include <QPainter>
#include <algorithm>

namespace packetarium::network_paint_test {

using namespace test;

namespace {

// What is left of the window for the stage, from 1024x640 with both side panels open to 3840x2160 with none.
constexpr QSize kSizes[] = {{440, 320}, {640, 460}, {836, 560}, {1920, 1000}, {3840, 1900}};

std::string list(const std::vector<std::string>& lines)
{
    std::string all;
    for (const std::string& line : lines)
        all += line + "; ";
    return all;
}

struct Picture {
    std::vector<RecordedText> texts;
    std::vector<std::string> collisions;
};

Picture recorded(const StageScene& scene, QSize size)
{
    const NetworkLayout layout(scene, QSizeF(size));
    TextRecorder recorder(size);
    QPainter p(&recorder);
    paintNetwork(p, layout, scene);
    p.end();
    return {recorder.texts(), recorder.collisions()};
}

bool says(const Picture& picture, const QString& text)
{
    return std::any_of(picture.texts.begin(), picture.texts.end(),
                       [&](const RecordedText& t) { return t.text.contains(text); });
}

bool isTable(const Record& r, TableKind table, TableChange change)
{
    return r.kind == RecordKind::Table && r.table() == table && r.tableChange() == change;
}

} // namespace

TEST_CASE("no text overlaps in the network view", "[paint]")
{
    for (const int more : {0, 1, 5, 16}) {
        NetworkBox box(routedNetwork(more));
        for (const Language language : {Language::English, Language::Chinese}) {
            box.speak(language);
            for (const QSize size : kSizes) {
                for (int i = 0; i <= 8; ++i) {
                    // Without a card, and with that of each kind of node.
                    box.scene.selection = {};
                    if (i % 3 != 0)
                        box.openTables(NodeId(
                            static_cast<std::uint8_t>(static_cast<std::size_t>(i) * 3 % box.trace().nodes().size())));
                    box.scene.theme = Theme::make(ThemeKind::Light, false);
                    const StageScene& scene = box.atShown(i / 8.0);
                    const Picture picture = recorded(scene, size);
                    INFO(more << " more, " << size.width() << "x" << size.height() << ", instant " << i << ": "
                              << list(picture.collisions));
                    CHECK(picture.collisions.empty());
                    CHECK(picture.texts.size() >= 2);
                }
            }
        }
    }
}

TEST_CASE("no text overlaps on the projector", "[paint]")
{
    for (const int more : {0, 5}) {
        NetworkBox box(routedNetwork(more), Language::Chinese);
        box.scene.theme = Theme::make(ThemeKind::Light, true);
        for (int i = 0; i <= 6; ++i) {
            box.openTables(NodeId(static_cast<std::uint8_t>(i % 4)));
            const Picture picture = recorded(box.atShown(i / 6.0), {1920, 830});
            INFO(list(picture.collisions));
            CHECK(picture.collisions.empty());
        }
    }
}

TEST_CASE("every node has its name at every size of a lesson's network", "[paint]")
{
    for (const int more : {0, 2, 5}) {
        NetworkBox box(routedNetwork(more));
        for (const QSize size : kSizes) {
            const NetworkLayout layout(box.scene, QSizeF(size));
            for (const NetworkNode& node : layout.nodes()) {
                INFO(node.name.text.toStdString() << " at " << size.width());
                CHECK(node.name.placed);
                CHECK(QRectF(QPointF(), layout.sheet()).contains(node.whole()));
            }
            for (std::size_t i = 0; i < layout.nodes().size(); ++i)
                for (std::size_t k = i + 1; k < layout.nodes().size(); ++k)
                    CHECK_FALSE(layout.nodes()[i].icon.intersects(layout.nodes()[k].icon));
        }
    }
}

TEST_CASE("a node stands where the scenario puts it, and is told so back", "[paint]")
{
    Scenario s = routedNetwork();
    setPlace(s, NodeId(0), {250, 750});
    NetworkBox box(s);
    for (const QSize size : kSizes) {
        const NetworkLayout layout(box.scene, QSizeF(size));
        const NodePlace back = layout.placeAt(layout.nodes()[0].center);
        CHECK(back.x == 250);
        CHECK(back.y == 750);
    }
}

TEST_CASE("without places the client stands left, and the same network always looks the same", "[paint]")
{
    NetworkBox box(routedNetwork(6));
    const NetworkLayout one(box.scene, QSizeF(836, 560)), other(box.scene, QSizeF(836, 560));
    for (std::size_t i = 0; i < one.nodes().size(); ++i) {
        CHECK(one.nodes()[i].center == other.nodes()[i].center);
        CHECK(one.nodes()[0].center.x() <= one.nodes()[i].center.x());
    }
    CHECK(one.nodes()[0].center.x() < one.nodes()[1].center.x());
    CHECK(one.nodes()[0].look == NodeLook::Client);
    CHECK(one.nodes()[1].look == NodeLook::Server);
}

TEST_CASE("a packet lies on its cable from its first bit to its last", "[paint]")
{
    NetworkBox box(routedNetwork());
    // 10 Mbit/s and 1 ms: find a frame whose transmission takes a visible part of the way.
    std::optional<PacketInfo> large;
    for (const PacketInfo& p : box.trace().packets())
        if (p.bytesSize > 300 && p.fate == Fate::Arrived)
            large = large ? large : p;
    REQUIRE(large);
    const SimDuration tx = large->txEnd - large->txStart;
    const SimDuration way = large->naturalArrival - large->txEnd;
    REQUIRE(tx.ns() > 0);
    const auto packetAt = [&](SimTime t) {
        const StageScene& scene = box.at(t);
        const NetworkLayout layout(scene, QSizeF(836, 560));
        const NetworkMoment moment(scene, layout, {});
        for (const NetworkPacket& p : moment.packets())
            if (p.id == large->id)
                return std::pair(p.tail, p.head);
        return std::pair(-1.0, -1.0);
    };
    const auto share = [](SimDuration part, SimDuration whole) {
        return static_cast<double>(part.ns()) / static_cast<double>(whole.ns());
    };
    // Half way through its transmission: the tail is still at the sender.
    auto [tail, head] = packetAt(large->txStart + tx / 2);
    CHECK(tail == 0);
    CHECK(head == Approx(share(tx / 2, way)).margin(0.001));
    // Some time after its last bit has left, both ends are apart by the time of transmission.
    std::tie(tail, head) = packetAt(large->txEnd + way / 4);
    CHECK(tail == Approx(0.25).margin(0.001));
    CHECK(head == Approx(0.25 + share(tx, way)).margin(0.001));
    // At the instant of arrival it is at the receiver.
    std::tie(tail, head) = packetAt(large->endAt);
    CHECK(head == 1);
}

TEST_CASE("what waits for a cable is counted at its end", "[paint]")
{
    Scenario s = routedNetwork();
    s.script.clear();
    for (NetworkLink& link : s.links)
        link.spec.bitsPerSecond = 100'000; // 42 octets take 3 ms and more
    for (int i = 0; i < 4; ++i) {
        DoSendDatagram datagram;
        datagram.to = "router-1";
        datagram.port = 9;
        datagram.data = Bytes(200, 'x');
        s.script.push_back({AtTime{SimTime::fromNs(20'000'000)}, "client", datagram});
    }
    NetworkBox box(s);
    const SimTime busy = box.when([&](const Record& r) {
        return r.kind == RecordKind::PacketSent && r.host == NodeId(0) && box.trace().packet(r.packet).txStart > r.at;
    });
    const StageScene& scene = box.at(busy);
    const NetworkLayout layout(scene, QSizeF(836, 560));
    const NetworkMoment moment(scene, layout, {});
    REQUIRE(moment.queues().size() == 1);
    CHECK(moment.queues()[0].at == NodeId(0));
    const auto waiting = std::count_if(scene.moment->inFlight.begin(), scene.moment->inFlight.end(),
                                       [&](const PacketMoment& p) { return box.trace().packet(p.id).txStart > busy; });
    CHECK(moment.queues()[0].count == waiting);
    CHECK(says(recorded(scene, {836, 560}), QString::number(waiting) + " waiting"));
}

TEST_CASE("the tables of a node open as a card, and the row just used is lit", "[paint]")
{
    NetworkBox box(routedNetwork());
    const NodeId bridge(3);
    REQUIRE(box.trace().nodes()[3].kind == NodeKind::Switch);
    const SimTime learnt = box.when([](const Record& r) { return isTable(r, TableKind::Switch, TableChange::Added); });
    box.openTables(bridge);
    const StageScene& scene = box.at(learnt);
    const NetworkLayout layout(scene, QSizeF(836, 560));
    const NetworkCard card(scene, layout);
    REQUIRE(card.isOpen());
    CHECK(card.node() == bridge);
    REQUIRE(card.tables().size() == 1);
    const NetworkCard::Table& table = card.tables()[0];
    REQUIRE(table.rows.size() == 1);
    CHECK(table.rows[0].lit);
    CHECK(table.rows[0].cells[0] == "02:00:00:00:00:01"); // the first host's
    CHECK(table.rows[0].cells[1] == "1");                 // its cable is the switch's first
    CHECK(table.rows[0].cells[2] == "Client");
    CHECK(QRectF(QPointF(), layout.size()).contains(card.box()));
    CHECK(says(recorded(scene, {836, 560}), "MAC address table"));
    // A click on the row picks it, one elsewhere on the card keeps the card.
    const Selection row = networkHit(scene, layout, card.boxOf(table.rows[0]).center());
    CHECK(row.kind == Selection::Kind::Row);
    CHECK(networkHit(scene, layout, card.box().topLeft() + QPointF(20, 14)) == scene.selection);
    box.scene.selection = row;
    CHECK(NetworkCard(box.scene, layout).node() == bridge);
    // In Chinese the columns are Chinese.
    box.speak(Language::Chinese);
    CHECK(says(recorded(box.scene, {836, 560}), QStringLiteral("MAC 地址表")));
    CHECK(says(recorded(box.scene, {836, 560}), QStringLiteral("通往")));
    // A host's ARP cache, once the router has answered.
    box.speak(Language::English);
    box.openTables(NodeId(0));
    const StageScene& later = box.at(box.when(
        [](const Record& r) { return r.kind == RecordKind::Program && r.program() == ProgramEvent::UrlShown; }));
    const NetworkCard cache(later, NetworkLayout(later, QSizeF(836, 560)));
    const auto arp = std::find_if(cache.tables().begin(), cache.tables().end(),
                                  [](const NetworkCard::Table& t) { return t.kind == TableKind::Arp; });
    REQUIRE(arp != cache.tables().end());
    REQUIRE(arp->rows.size() == 1);
    CHECK(arp->rows[0].cells[0] == "192.168.1.1");
}

TEST_CASE("a card that has more rows than room keeps those that are lit", "[paint]")
{
    NetworkBox box(routedNetwork(16));
    box.openTables(named(routedNetwork(16), "switch-1"));
    const StageScene& scene = box.at(box.trace().packets().back().sentAt);
    const NetworkLayout layout(scene, QSizeF(440, 200));
    const NetworkCard card(scene, layout);
    CHECK(QRectF(QPointF(), layout.size()).contains(card.box()));
    CHECK(card.tables().front().after.contains("more"));
}

TEST_CASE("a pulled cable and a node that is off look it", "[paint]")
{
    Scenario s = routedNetwork();
    s.script.clear();
    s.script.push_back({AtTime{SimTime::fromNs(1'000'000)}, "", DoUnplug{{"client", ""}, {"switch-1", ""}}});
    s.script.push_back({AtTime{SimTime::fromNs(2'000'000)}, "server", DoPowerOff{}});
    s.script.push_back({AtTime{SimTime::fromNs(3'000'000)}, "", DoPlug{{"client", ""}, {"switch-1", ""}}});
    s.script.push_back({AtTime{SimTime::fromNs(4'000'000)}, "server", DoPowerOn{}});
    NetworkBox box(s);
    const auto at = [&](std::int64_t us) { return recorded(box.at(SimTime::fromNs(us * 1000)), {836, 560}); };
    CHECK_FALSE(says(at(500), "unplugged"));
    CHECK(says(at(1500), "unplugged"));
    CHECK_FALSE(says(at(1500), "off"));
    CHECK(says(at(2500), "off"));
    CHECK_FALSE(says(at(3500), "unplugged"));
    CHECK(says(at(3500), "off"));
    CHECK_FALSE(says(at(4500), "off"));
}

TEST_CASE("a lost packet leaves a cross and its cause", "[paint]")
{
    Scenario s = routedNetwork();
    s.script.push_back({AtTime{}, "", DoDrop{{"client", 1}}});
    NetworkBox box(s);
    const SimTime lost = box.when([](const Record& r) { return r.kind == RecordKind::PacketLost; });
    const StageScene& scene = box.at(lost);
    const NetworkLayout layout(scene, QSizeF(836, 560));
    const NetworkMoment moment(scene, layout, {});
    REQUIRE(moment.losses().size() == 1);
    const Selection hit = networkHit(scene, layout, moment.losses()[0].at * layout.scale());
    CHECK(hit.kind == Selection::Kind::Packet);
    CHECK(hit.packet == moment.losses()[0].id);
    CHECK(moment.losses()[0].words.placed);
}

TEST_CASE("everything in the network view can be hit where it is", "[paint]")
{
    NetworkBox box(routedNetwork(2));
    const StageScene& scene = box.atShown(0.4);
    const NetworkLayout layout(scene, QSizeF(836, 560));
    for (const NetworkNode& node : layout.nodes()) {
        const Selection s = networkHit(scene, layout, node.icon.center() * layout.scale());
        CHECK(s.kind == Selection::Kind::Host);
        CHECK(s.host == node.id);
    }
    const auto items = networkItems(scene, layout);
    CHECK(items.size() >= layout.nodes().size() + layout.cables().size());
    for (const StageItem& item : items) {
        CHECK_FALSE(item.name.isEmpty());
        CHECK(item.box.isValid());
    }
    box.scene.hover = items.front().what;
    CHECK(networkHit(scene, layout, QPointF(2, 2)).kind == Selection::Kind::None);
}

TEST_CASE("two hosts on one cable are a network, too", "[paint]")
{
    Scenario s = sandboxScenario();
    s.script.push_back({AtTime{}, s.hosts[1].name, DoListen{80}});
    s.script.push_back({AtTime{SimTime::fromNs(1'000'000)}, s.hosts[0].name, DoConnect{s.hosts[1].name}});
    NetworkBox box(s);
    const StageScene& scene = box.at(SimTime::fromNs(10'000'000));
    const NetworkLayout layout(scene, QSizeF(440, 320));
    REQUIRE(layout.cables().size() == 1);
    const NetworkMoment moment(scene, layout, {});
    REQUIRE(moment.packets().size() == 1);
    CHECK(moment.packets()[0].chip.text.contains("SYN"));
    CHECK(recorded(scene, {440, 320}).collisions.empty());
}

TEST_CASE("a network without nodes is an empty picture", "[paint]")
{
    NetworkTrace none({}, {});
    const MomentIndex index(none.trace);
    const StoryTime story(none.trace);
    const Symbols symbols(none.trace);
    const Moment moment = index.at(SimTime::zero());
    StageScene scene;
    scene.trace = &none.trace;
    scene.moment = &moment;
    scene.story = &story;
    scene.symbols = &symbols;
    CHECK(recorded(scene, {440, 320}).texts.empty());
}

} // namespace packetarium::network_paint_test
