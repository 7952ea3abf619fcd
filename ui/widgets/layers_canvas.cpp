// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/layers_canvas.h"

#include "ui/paint/layers_painter.h"
#include "ui/session/session.h"
#include "ui/widgets/segmented_switch.h"

#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace packetarium {

LayersCanvas::LayersCanvas(Session* session, QWidget* parent)
    : StageCanvas(session, parent)
    , model_(new SegmentedSwitch(this))
    , storySwitch_(new SegmentedSwitch(this))
    , code_(new SegmentedSwitch(this))
{
    for (SegmentedSwitch* each : {model_, storySwitch_, code_})
        each->setCompact(true);
    const auto change = [session](auto set) {
        return [session, set](int index) {
            LayersLook look = session->layersLook();
            set(look, index);
            session->setLayersLook(look);
        };
    };
    connect(model_, &SegmentedSwitch::chosen, this, change([](LayersLook& look, int i) { look.osi = i == 1; }));
    connect(storySwitch_, &SegmentedSwitch::chosen, this,
            change([](LayersLook& look, int i) { look.parcel = i == 1; }));
    connect(code_, &SegmentedSwitch::chosen, this,
            change([](LayersLook& look, int i) { look.lineCode = static_cast<LineCode>(i); }));
    connect(session, &Session::fieldChanged, this, &LayersCanvas::fieldPicked);
    connect(session, &Session::presentationChanged, this, &LayersCanvas::renew);
    connect(session, &Session::runChanged, this, &LayersCanvas::renew);
    retranslate();
}

LayersCanvas::~LayersCanvas() = default;

QSize LayersCanvas::minimumSizeHint() const
{
    return {320, 220};
}

void LayersCanvas::retranslate()
{
    setAccessibleName(tr("Layers view"));
    model_->setSegments({{tr("TCP/IP 4"), tr("Four layers of TCP/IP"), tr("The four layers of TCP/IP, and the cable")},
                         {tr("OSI 7"), tr("Seven layers of OSI"), tr("The seven layers of OSI")}});
    model_->setAccessibleName(tr("Model"));
    storySwitch_->setSegments({{tr("Packet"), {}, tr("The real thing alone")},
                               {tr("Parcel"), {}, tr("The seven packers and their parcel beside the real thing")}});
    storySwitch_->setAccessibleName(tr("Story"));
    code_->setSegments(
        {{QStringLiteral("NRZ"), {}, tr("1 is high, 0 is low")},
         {QStringLiteral("Manchester"), {}, tr("1 rises in the middle of the bit, 0 falls (10 Mbit/s Ethernet)")},
         {QStringLiteral("MLT-3"), {}, tr("1 goes on to the next of three levels, 0 stays (100BASE-TX)")}});
    code_->setAccessibleName(tr("Line code"));
}

void LayersCanvas::fieldPicked()
{
    const std::optional<BitRange>& field = session()->field();
    // The same field found again in the next packet leaves the act's header open.
    const bool followed = field && lastField_ && lastField_->packet != field->packet && !picking_;
    openPicked_ = field && !followed;
    lastField_ = field;
    firstBit_ = -1; // to where the picked bits are
    renewAct();
}

void LayersCanvas::pick(const std::optional<BitRange>& bits)
{
    // With nothing selected the inspector shows the act's packet, and goes on with it.
    session()->select({});
    if (!bits)
        return;
    picking_ = true;
    session()->selectField(bits);
    picking_ = false;
    if (!openPicked_) {
        openPicked_ = true;
        renewAct();
    }
}

void LayersCanvas::renew()
{
    retranslate();
    invalidateLayout();
    update();
}

void LayersCanvas::renewAct()
{
    layout_.reset();
    settled_ = {};
    items_.clear();
    itemsStale_ = true;
    update();
}

void LayersCanvas::invalidateLayout()
{
    firstBit_ = -1;
    bitWidth_ = 0;
    renewAct();
}

const LayersLayout& LayersCanvas::layout() const
{
    if (!layout_) {
        LayersFrame frame;
        const QSize model = model_->sizeHint(), story = storySwitch_->sizeHint();
        frame.controls = QSizeF(model.width() + story.width() + 8, std::max(model.height(), story.height()));
        frame.codeControls = QSizeF(code_->sizeHint());
        frame.firstBit = firstBit_;
        frame.bitWidth = bitWidth_;
        frame.openPicked = openPicked_;
        layout_ = std::make_unique<LayersLayout>(currentScene(), QSizeF(size()), frame);
    }
    return *layout_;
}

void LayersCanvas::placeSwitches()
{
    const LayersLook& look = session()->layersLook();
    model_->setCurrentIndex(look.osi ? 1 : 0);
    storySwitch_->setCurrentIndex(look.parcel ? 1 : 0);
    code_->setCurrentIndex(static_cast<int>(look.lineCode));
    const bool any = session()->hasRun() && layout().story().hasLayers;
    const auto place = [](SegmentedSwitch* which, QPointF topRight, bool shown) {
        const QSize size = which->sizeHint();
        const QRect box(QPoint(static_cast<int>(std::lround(topRight.x())) - size.width(),
                               static_cast<int>(std::lround(topRight.y()))),
                        size);
        if (which->geometry() != box)
            which->setGeometry(box);
        if (which->isVisibleTo(which->parentWidget()) != shown)
            which->setVisible(shown);
    };
    const double scale = any ? layout().scale() : 1;
    const QPointF corner = any ? layout().controls().topRight() * scale : QPointF();
    place(model_, corner, any);
    place(storySwitch_, corner - QPointF(model_->sizeHint().width() + 8, 0), any);
    place(code_, any ? layout().codeControls().topRight() * scale : QPointF(),
          any && !layout().codeControls().isEmpty());
}

const std::vector<StageItem>& LayersCanvas::items() const
{
    if (itemsStale_ && session()->hasRun()) {
        items_ = layersItems(currentScene(), layout());
        itemsStale_ = false;
    }
    return items_;
}

Selection LayersCanvas::hit(QPointF at) const
{
    return layersHit(currentScene(), layout(), at);
}

QString LayersCanvas::toolTipFor(const Selection& what) const
{
    if (what.kind == Selection::Kind::None)
        return {};
    return StageCanvas::toolTipFor(what);
}

void LayersCanvas::activateItem(int index)
{
    if (index < 0 || index >= static_cast<int>(items().size()))
        return;
    const Selection what = items()[static_cast<std::size_t>(index)].what;
    if (what.kind != Selection::Kind::Packet) {
        session()->select(what);
        return;
    }
    pick(layersBits(layout(), what));
}

void LayersCanvas::onMomentChanged()
{
    if (!session()->hasRun()) {
        update();
        return;
    }
    const std::size_t act = actOnStage(currentScene());
    if (act != actShown_ || !layout_) {
        actShown_ = act;
        firstBit_ = -1;
        openPicked_ = false;
        renewAct();
        return;
    }
    update();
}

void LayersCanvas::updateHighlights()
{
    // A box that is selected is drawn so; hovering is drawn on top.
    settled_ = {};
    update();
}

void LayersCanvas::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    if (!session()->hasRun()) {
        p.fillRect(rect(), theme().color(Role::Background));
        placeSwitches();
        return;
    }
    const StageScene scene = currentScene();
    if (settled_.isNull()) {
        const double ratio = devicePixelRatioF();
        settled_ =
            QPixmap(QSize(static_cast<int>(std::ceil(width() * ratio)), static_cast<int>(std::ceil(height() * ratio))));
        settled_.setDevicePixelRatio(ratio);
        QPainter into(&settled_);
        paintLayersSettled(into, layout(), scene, false);
        into.end();
        placeSwitches();
    }
    p.drawPixmap(0, 0, settled_);
    paintLayersMoving(p, layout(), scene);
    drawFocus(p);
}

bool LayersCanvas::event(QEvent* event)
{
    if (event->type() == QEvent::NativeGesture) {
        const auto* gesture = static_cast<QNativeGestureEvent*>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture && session()->hasRun()) {
            zoom(1 + gesture->value(), gesture->position().x());
            return true;
        }
    }
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    return StageCanvas::event(event);
}

void LayersCanvas::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !session()->hasRun()) {
        StageCanvas::mousePressEvent(event);
        return;
    }
    const QPointF at = event->position();
    if (layout().bitsPanel().contains(at / layout().scale())) {
        dragFrom_ = at.x();
        dragBit_ = layout().bits().first;
        dragged_ = false;
        return;
    }
    const Selection what = hit(at);
    if (what.kind != Selection::Kind::Packet) {
        StageCanvas::mousePressEvent(event);
        return;
    }
    const auto found = std::ranges::find_if(items(), [&](const StageItem& item) { return item.what == what; });
    if (found != items().end())
        activateItem(static_cast<int>(found - items().begin()));
}

void LayersCanvas::mouseMoveEvent(QMouseEvent* event)
{
    if (dragFrom_ >= 0 && (event->buttons() & Qt::LeftButton) != 0) {
        const double moved = event->position().x() - dragFrom_;
        if (std::abs(moved) > 3)
            dragged_ = true;
        if (dragged_)
            scrollBits(dragBit_ - moved / (layout().bits().width * layout().scale()));
        return;
    }
    StageCanvas::mouseMoveEvent(event);
}

void LayersCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    if (dragFrom_ >= 0 && !dragged_ && session()->hasRun()) {
        if (const std::optional<BitRange> bits = layersBitsAt(currentScene(), layout(), event->position()))
            pick(bits);
    }
    dragFrom_ = -1;
    StageCanvas::mouseReleaseEvent(event);
}

void LayersCanvas::scrollBits(double firstBit)
{
    const BitsWindow& bits = layout().bits();
    const double visible = bits.wave.width() / bits.width;
    const double wanted = std::clamp(firstBit, 0.0, std::max(0.0, bits.count - visible));
    bitWidth_ = bits.width;
    firstBit_ = wanted;
    renewAct();
}

void LayersCanvas::zoom(double factor, double atX)
{
    if (layout().bitsPanel().isEmpty())
        return;
    const BitsWindow& bits = layout().bits();
    const double x = atX / layout().scale();
    const double under = bits.bitAt(std::clamp(x, bits.wave.left(), bits.wave.right()));
    const double least = bits.wave.width() / bits.count;
    const double width = std::clamp(bits.width * factor, std::min(least, theme().px(30)), theme().px(40));
    firstBit_ = std::max(0.0, under - (x - bits.wave.left()) / width);
    bitWidth_ = width;
    renewAct();
}

void LayersCanvas::wheelEvent(QWheelEvent* event)
{
    if (!session()->hasRun() || !layout().bitsPanel().contains(event->position() / layout().scale())) {
        event->ignore();
        return;
    }
    const QPoint angle = event->angleDelta();
    if (std::abs(angle.x()) > std::abs(angle.y())) {
        const BitsWindow& bits = layout().bits();
        scrollBits(bits.first - angle.x() / 120.0 * 60.0 / (bits.width * layout().scale()));
    } else if (angle.y() != 0) {
        zoom(std::pow(1.2, angle.y() / 120.0), event->position().x());
    }
    event->accept();
}

void LayersCanvas::keyPressEvent(QKeyEvent* event)
{
    if (session()->hasRun() && !layout().bitsPanel().isEmpty()) {
        const double middle = layout().bits().wave.center().x() * layout().scale();
        switch (event->key()) {
        case Qt::Key_Plus:
        case Qt::Key_Equal: zoom(1.4, middle); return;
        case Qt::Key_Minus: zoom(1 / 1.4, middle); return;
        default: break;
        }
        if (event->modifiers() == Qt::AltModifier && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)) {
            scrollBits(layout().bits().first + (event->key() == Qt::Key_Left ? -8 : 8));
            return;
        }
    }
    StageCanvas::keyPressEvent(event);
}

} // namespace packetarium
