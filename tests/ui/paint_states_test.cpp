// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/ui/paint_traces.h"

#include "ui/paint/states_painter.h"

#include <set>

namespace packetarium::paint_states_test {

using test::SceneBox;

TEST_CASE("every row of the transition table is drawn between its states", "[paint]")
{
    SceneBox box(test::handshakeTrace());
    const StatesLayout layout(box.scene, {836, 640});
    for (int row = 0; row < static_cast<int>(tcpTransitions().size()); ++row) {
        const TcpTransition& t = tcpTransitions()[static_cast<std::size_t>(row)];
        INFO(toString(t.from) << " " << toString(t.event));
        REQUIRE(layout.edgeOfRow(row) >= 0);
        const StateEdge& edge = layout.edges()[static_cast<std::size_t>(layout.edgeOfRow(row))];
        const StateNode& from = layout.nodes()[static_cast<std::size_t>(edge.from)];
        const StateNode& to = layout.nodes()[static_cast<std::size_t>(edge.to)];
        CHECK(from.state == t.from);
        CHECK(to.state == t.to);
        // The path leaves the one box and ends at the other.
        CHECK(from.box.adjusted(-1, -1, 1, 1).contains(edge.path.first()));
        CHECK(to.box.adjusted(-1, -1, 1, 1).contains(edge.path.last()));
        CHECK(edge.label >= 0);
    }
}

TEST_CASE("rows of Figure 5 have words of their own", "[paint]")
{
    SceneBox box(test::handshakeTrace());
    for (const QSizeF size : {QSizeF(440, 320), QSizeF(836, 560), QSizeF(3840, 1900)}) {
        const StatesLayout layout(box.scene, size);
        std::set<int> labels;
        for (const StateEdge& edge : layout.edges()) {
            if (!edge.inFigure)
                continue;
            CHECK(labels.insert(edge.label).second);
            CHECK(layout.words()[static_cast<std::size_t>(edge.label)].row == edge.rows.front());
        }
        CHECK(layout.scale() >= 0.5);
        CHECK(layout.scale() <= 1.3);
        for (const StateNode& node : layout.nodes()) {
            CHECK(node.box.left() * layout.scale() >= 0);
            CHECK(node.box.right() * layout.scale() <= size.width());
            CHECK(node.box.bottom() * layout.scale() <= size.height());
        }
    }
}

TEST_CASE("a state or an edge is hit where it is drawn", "[paint]")
{
    SceneBox box(test::teardownTrace());
    StageScene& scene = box.at(SimTime::fromNs(35'000'000)); // the client in FIN-WAIT-1, the server in CLOSE-WAIT
    const StatesLayout layout(scene, {836, 640});
    for (const StateNode& node : layout.nodes()) {
        const Selection hit = statesHit(scene, layout, node.box.center() * layout.scale());
        CHECK(hit.kind == Selection::Kind::State);
        CHECK(hit.index == static_cast<int>(node.state));
    }
    // The edge that the server has just taken.
    const int row = scene.moment->connOf(NodeId(1))->lastTransition;
    REQUIRE(row >= 0);
    const StateEdge& edge = layout.edges()[static_cast<std::size_t>(layout.edgeOfRow(row))];
    const QRectF words = layout.words()[static_cast<std::size_t>(edge.label)].box;
    const Selection hit = statesHit(scene, layout, words.center() * layout.scale());
    CHECK(hit.kind == Selection::Kind::Transition);
    CHECK(hit.index == row);
}

TEST_CASE("both ends are named on their states", "[paint]")
{
    SceneBox box(test::teardownTrace());
    StageScene& scene = box.at(SimTime::fromNs(35'000'000));
    const StatesLayout layout(scene, {836, 640});
    bool client = false, server = false, edge = false;
    for (const StageItem& item : statesItems(scene, layout)) {
        CHECK_FALSE(item.name.isEmpty());
        CHECK_FALSE(item.description.isEmpty());
        client = client || (item.name == "FIN-WAIT-1" && item.description.contains("Client"));
        server = server || (item.name == "CLOSE-WAIT" && item.description.contains("Server"));
        edge = edge || (item.name == "ESTABLISHED to CLOSE-WAIT" && item.description.contains("Server"));
    }
    CHECK(client);
    CHECK(server);
    CHECK(edge);
}

TEST_CASE("a connection that ended stands at the lower CLOSED", "[paint]")
{
    SceneBox box(test::teardownTrace());
    const StatesLayout layout(box.scene, {836, 640});
    CHECK(layout.nodes()[static_cast<std::size_t>(layout.nodeOf(TcpState::Closed, true))].end);
    CHECK_FALSE(layout.nodes()[static_cast<std::size_t>(layout.nodeOf(TcpState::Closed, false))].end);
    CHECK(layout.nodeOf(TcpState::Established, true) == layout.nodeOf(TcpState::Established, false));
}

} // namespace packetarium::paint_states_test
