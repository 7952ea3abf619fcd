// SPDX-License-Identifier: GPL-3.0-or-later
//
// The layers view as a person uses it: switches, clicks on fields, in the inspector and among the bytes, the bits under the wheel.
#include "tests/support/catch.h"
#include "tests/ui/panels_support.h"

#include "ui/paint/layers_painter.h"
#include "ui/widgets/byte_view.h"
#include "ui/widgets/field_tree.h"
#include "ui/widgets/inspector_panel.h"
#include "ui/widgets/layers_canvas.h"
#include "ui/widgets/segmented_switch.h"

#include <QAbstractButton>
#include <QWheelEvent>
#include <algorithm>

namespace packetarium::layers_canvas_test {

using namespace test;

namespace {

/// A run of two hosts at the act in which the client's IP header is added to its first segment.
struct Stage {
    Session session;
    LayersCanvas canvas{&session};
    InspectorPanel inspector{&session};

    explicit Stage(const char* scenario = "handshake")
    {
        openBuiltin(session, scenario);
        session.setStopView(StopView::Layers);
        showAt(canvas, {836, 560});
        showAt(inspector, {340, 700});
        goTo(LayerAct::Added, Layer::Internet);
    }
    void goTo(LayerAct act, Layer layer)
    {
        for (int i = 0; i < 60; ++i) {
            session.stepForward();
            session.finishTravel();
            const LayersStory& story = canvas.layout().story();
            if (story.act != kNoAct && story.record.layerAct() == act && story.record.layer() == layer)
                return settle();
        }
        FAIL("there is no such act");
    }
    const StageItem& item(FieldId id) const
    {
        const LayersStory& story = canvas.layout().story();
        for (const StageItem& each : canvas.items())
            if (each.what.kind == Selection::Kind::Packet && each.what.index >= kLayersFieldIndex &&
                story.fields[static_cast<std::size_t>(each.what.index - kLayersFieldIndex)].id == id)
                return each;
        FAIL("the field is not on the canvas");
        return canvas.items().front();
    }
    BitRange bitsOf(FieldId id)
    {
        const QModelIndex index = inspector.model().indexForField(id);
        return {canvas.layout().story().packet, index.data(FieldModel::BitOffsetRole).toUInt(),
                index.data(FieldModel::BitLengthRole).toUInt()};
    }
    FieldId currentRow() const
    {
        return static_cast<FieldId>(
            inspector.tree().currentIndex().siblingAtColumn(0).data(FieldModel::FieldIdRole).toInt());
    }
};

} // namespace

TEST_CASE("a field picked on the stage lights up in the inspector and the bytes", "[widgets][layers]")
{
    Stage s;
    clickAt(s.canvas, s.item(FieldId::IpTtl).box.center());
    REQUIRE(s.session.field());
    CHECK(*s.session.field() == s.bitsOf(FieldId::IpTtl));
    CHECK(s.currentRow() == FieldId::IpTtl);
    CHECK(s.inspector.bytes().textToCopy() == "40"); // 64
}

TEST_CASE("a field picked in the inspector lights up on the stage and in the bytes", "[widgets][layers]")
{
    Stage s;
    const QModelIndex row = s.inspector.model().indexForField(FieldId::TcpDestinationPort);
    s.inspector.tree().expand(row.parent());
    settle();
    clickAt(*s.inspector.tree().viewport(), s.inspector.tree().visualRect(row).center());
    REQUIRE(s.session.field());
    CHECK(*s.session.field() == s.bitsOf(FieldId::TcpDestinationPort));
    CHECK(s.inspector.bytes().textToCopy() == "00 50"); // 80
    // Its header is opened on the stage, though the act is about another.
    CHECK(s.canvas.layout().story().openLayer == Layer::Transport);
    s.item(FieldId::TcpDestinationPort);
    // The next act opens its own.
    s.goTo(LayerAct::Added, Layer::Link);
    CHECK(s.canvas.layout().story().openLayer == Layer::Link);
}

TEST_CASE("a byte picked lights up in the inspector and on the stage", "[widgets][layers]")
{
    Stage s;
    s.inspector.bytes().setFocus();
    press(s.inspector.bytes(), Qt::Key_Home);
    for (int i = 0; i < 22; ++i)
        press(s.inspector.bytes(), Qt::Key_Right); // octet 22: the ninth of the IP header, TTL
    REQUIRE(s.session.field());
    CHECK(*s.session.field() == s.bitsOf(FieldId::IpTtl));
    CHECK(s.currentRow() == FieldId::IpTtl);
    CHECK(s.canvas.layout().story().openLayer == Layer::Internet);
    const QImage with = s.canvas.grab().toImage();
    s.session.selectField({});
    settle();
    CHECK(with != s.canvas.grab().toImage());
}

TEST_CASE("among the bits a click picks the field under it", "[widgets][layers]")
{
    Stage s;
    s.goTo(LayerAct::Signalled, Layer::Physical);
    const LayersLayout& layout = s.canvas.layout();
    const BitsWindow& bits = layout.bits();
    REQUIRE_FALSE(layout.bitsPanel().isEmpty());
    // The frame's first octet is the destination address's.
    clickAt(s.canvas, QPointF(bits.x(64 + 3.5), bits.wave.center().y()) * layout.scale());
    REQUIRE(s.session.field());
    CHECK(*s.session.field() == s.bitsOf(FieldId::EthDestination));
    CHECK(s.currentRow() == FieldId::EthDestination);
}

TEST_CASE("the model and the story change in place; the step stays", "[widgets][layers]")
{
    Stage s;
    const int stop = s.session.currentStop();
    const double shown = s.session.shownNow();
    const std::size_t act = s.canvas.layout().story().act;
    const auto choose = [](SegmentedSwitch& which, int index) {
        auto* button = which.findChildren<QAbstractButton*>().at(index);
        button->click();
        settle();
    };
    choose(s.canvas.modelSwitch(), 1);
    CHECK(s.session.layersLook().osi);
    CHECK(s.session.currentStop() == stop);
    CHECK(s.session.shownNow() == shown);
    CHECK(s.canvas.layout().story().act == act);
    CHECK(s.canvas.layout().story().nodes.front().layers.size() == 7);
    choose(s.canvas.storySwitch(), 1);
    CHECK(s.session.layersLook().parcel);
    CHECK(s.session.currentStop() == stop);
    choose(s.canvas.modelSwitch(), 0);
    CHECK(s.canvas.layout().story().nodes.front().layers.size() == 5);
    CHECK(s.session.currentStop() == stop);
    choose(s.canvas.codeSwitch(), 2);
    CHECK(s.session.layersLook().lineCode == LineCode::Mlt3);
}

TEST_CASE("the bits are zoomed by wheel and keys and dragged", "[widgets][layers]")
{
    Stage s;
    s.goTo(LayerAct::Signalled, Layer::Physical);
    const auto middle = [&] { return s.canvas.layout().bits().wave.center() * s.canvas.layout().scale(); };
    const double before = s.canvas.layout().bits().width;
    const double under = s.canvas.layout().bits().bitAt(s.canvas.layout().bits().wave.center().x());
    QWheelEvent wheel(middle(), s.canvas.mapToGlobal(middle()), QPoint(), QPoint(0, 120), Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(&s.canvas, &wheel);
    CHECK(s.canvas.layout().bits().width > before);
    CHECK(std::abs(s.canvas.layout().bits().bitAt(s.canvas.layout().bits().wave.center().x()) - under) < 0.01);
    for (int i = 0; i < 40; ++i)
        press(s.canvas, Qt::Key_Minus);
    const BitsWindow& all = s.canvas.layout().bits();
    CHECK(all.width * all.count <= all.wave.width() + 0.01); // all of them at once
    for (int i = 0; i < 6; ++i)
        press(s.canvas, Qt::Key_Plus);
    const double first = s.canvas.layout().bits().first;
    const QPointF from = middle();
    const QPointF to = from - QPointF(100, 0);
    QMouseEvent down(QEvent::MouseButtonPress, from, s.canvas.mapToGlobal(from), Qt::LeftButton, Qt::LeftButton,
                     Qt::NoModifier);
    QMouseEvent move(QEvent::MouseMove, to, s.canvas.mapToGlobal(to), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
    QMouseEvent up(QEvent::MouseButtonRelease, to, s.canvas.mapToGlobal(to), Qt::LeftButton, Qt::NoButton,
                   Qt::NoModifier);
    for (QMouseEvent* event : {&down, &move, &up})
        QApplication::sendEvent(&s.canvas, event);
    CHECK(s.canvas.layout().bits().first > first);
    CHECK_FALSE(s.session.field()); // dragging picks nothing
}

TEST_CASE("boxes, blocks and fields are reached by keyboard and read aloud", "[widgets][layers]")
{
    Stage s;
    s.canvas.setFocus();
    const auto& items = s.canvas.items();
    REQUIRE(items.size() > 12);
    for (const StageItem& item : items)
        CHECK_FALSE(item.name.isEmpty());
    const auto ttl = std::ranges::find_if(items, [&](const StageItem& i) { return i.name.contains("64"); });
    REQUIRE(ttl != items.end());
    s.canvas.focusItem(static_cast<int>(ttl - items.begin()));
    press(s.canvas, Qt::Key_Return);
    REQUIRE(s.session.field());
    CHECK(*s.session.field() == s.bitsOf(FieldId::IpTtl));
    s.canvas.focusItem(0);
    press(s.canvas, Qt::Key_Return);
    CHECK(s.session.selection().kind == Selection::Kind::Layer);
}

TEST_CASE("what is kept as a picture is what would be painted afresh", "[widgets][layers]")
{
    Stage s;
    for (int i = 0; i < 14; ++i) {
        s.session.stepForward();
        s.session.finishTravel();
        settle();
        LayersCanvas fresh(&s.session);
        showAt(fresh, {836, 560});
        // A new window gives the keyboard to its first switch.
        for (QWidget* each : fresh.findChildren<QWidget*>())
            each->clearFocus();
        for (QWidget* each : s.canvas.findChildren<QWidget*>())
            each->clearFocus();
        settle();
        INFO("step " << i);
        CHECK(s.canvas.grab().toImage() == fresh.grab().toImage());
    }
}

} // namespace packetarium::layers_canvas_test
