// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/network_canvas.h"

#include "ui/i18n/catalogue_tables.h"
#include "ui/session/session.h"
#include "ui/widgets/moving_by_hand.h"
#include "ui/widgets/sandbox_editor.h"
#include "ui/widgets/segmented_switch.h"

#include <QKeyEvent>
#include <QLineF>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

namespace packetarium {

namespace {

constexpr double kModeRow = 42;

} // namespace

NetworkCanvas::NetworkCanvas(Session* session, QWidget* parent)
    : StageCanvas(session, parent)
    , mode_(new SegmentedSwitch(this))
{
    mode_->setCompact(true);
    connect(mode_, &SegmentedSwitch::chosen, this, [this](int index) { setBuilding(index == 1); });
    connect(session, &Session::runChanged, this, &NetworkCanvas::followSession);
    retranslate();
    followSession();
}

NetworkCanvas::~NetworkCanvas() = default;

QSize NetworkCanvas::minimumSizeHint() const
{
    return {320, 220};
}

bool NetworkCanvas::canBuild() const
{
    return session()->hasRun() && !session()->isCaptured() && session()->draft().isNetwork() &&
           session()->lesson() == nullptr;
}

bool NetworkCanvas::isBuilding() const
{
    return editor_ != nullptr && editor_->isVisibleTo(this);
}

void NetworkCanvas::setBuilding(bool on)
{
    if (on && !canBuild())
        return;
    mode_->setCurrentIndex(on ? 1 : 0);
    if (on == isBuilding())
        return;
    if (on && editor_ == nullptr) {
        editor_ = new SandboxEditor(session(), this);
        editor_->setTheme(plainTheme());
    }
    if (on) {
        session()->pause();
        placeHeader();
        editor_->show();
        editor_->setFocus();
    } else {
        editor_->hide();
        setFocus();
    }
    mode_->raise();
    invalidateLayout();
    update();
}

double NetworkCanvas::headerHeight() const
{
    return mode_->isVisibleTo(this) ? plainTheme().px(kModeRow) : 0;
}

QSizeF NetworkCanvas::sheetSize() const
{
    return {static_cast<double>(width()), std::max(1.0, height() - headerHeight())};
}

StageScene NetworkCanvas::sceneToPaint() const
{
    StageScene scene = currentScene();
    if (drag_ && drag_->moved) {
        scene.places.resize(std::max<std::size_t>(scene.places.size(), drag_->node.value() + std::size_t{1}));
        scene.places[drag_->node.value()] = drag_->place;
    }
    return scene;
}

const NetworkLayout& NetworkCanvas::layout() const
{
    if (!layout_) {
        const StageScene scene = sceneToPaint();
        layout_ = drag_ && drag_->moved ? std::make_unique<NetworkLayout>(scene, sheetSize(), drag_->scale)
                                        : std::make_unique<NetworkLayout>(scene, sheetSize());
    }
    return *layout_;
}

const std::vector<StageItem>& NetworkCanvas::items() const
{
    if (itemsStale_ && session()->hasRun()) {
        items_ = networkItems(currentScene(), layout());
        for (StageItem& item : items_)
            item.box.translate(0, headerHeight());
        itemsStale_ = false;
    }
    return items_;
}

QRectF NetworkCanvas::nodeBox(NodeId node) const
{
    const NetworkNode& at = layout().nodes()[node.value()];
    return QRectF(at.icon.topLeft() * layout().scale(), at.icon.size() * layout().scale())
        .translated(0, headerHeight());
}

Selection NetworkCanvas::hit(QPointF at) const
{
    return networkHit(currentScene(), layout(), at - QPointF(0, headerHeight()));
}

void NetworkCanvas::invalidateLayout()
{
    layout_.reset();
    settled_ = {};
    items_.clear();
    itemsStale_ = true;
    setAccessibleName(fromUtf8(word(NetworkWord::NetworkView, session()->language())));
    if (editor_ != nullptr)
        editor_->setTheme(plainTheme());
}

void NetworkCanvas::onMomentChanged()
{
    itemsStale_ = true;
    update();
}

void NetworkCanvas::updateHighlights()
{
    itemsStale_ = true; // another card may be open
    update();
}

void NetworkCanvas::followSession()
{
    if (!session()->runHasOnlyGrown())
        drag_.reset();
    mode_->setVisible(canBuild());
    if (!canBuild() && isBuilding())
        setBuilding(false);
    placeHeader();
    invalidateLayout();
    update();
}

void NetworkCanvas::retranslate()
{
    mode_->setSegments(
        {{tr("Run"), {}, tr("Watch what happens")}, {tr("Build"), {}, tr("Add, join and set up nodes")}});
    mode_->setAccessibleName(tr("Watch or build"));
    placeHeader();
}

void NetworkCanvas::placeHeader()
{
    const QSize size = mode_->sizeHint();
    const int gap = static_cast<int>(plainTheme().px(kModeRow - 4)) - size.height();
    mode_->setGeometry(width() - size.width() - 16, std::max(2, gap / 2 + 2), size.width(), size.height());
    if (editor_ != nullptr)
        editor_->setGeometry(rect());
    mode_->raise();
}

void NetworkCanvas::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    if (!session()->hasRun()) {
        p.fillRect(rect(), theme().color(Role::Background));
        return;
    }
    const double header = headerHeight();
    if (header > 0)
        p.fillRect(QRectF(0, 0, width(), header + 1), theme().color(Role::Background));
    p.translate(0, header);
    paintNetwork(p, layout(), sceneToPaint(), &settled_);
    p.translate(0, -header);
    drawFocus(p);
}

// --- moving nodes -------------------------------------------------------------------------------------------------

void NetworkCanvas::mousePressEvent(QMouseEvent* event)
{
    drag_.reset();
    StageCanvas::mousePressEvent(event);
    if (event->button() != Qt::LeftButton || !session()->hasRun())
        return;
    const QPointF at = event->position();
    for (const NetworkNode& node : layout().nodes()) {
        if (!nodeBox(node.id).contains(at) || session()->selection().kind != Selection::Kind::Host ||
            session()->selection().host != node.id)
            continue;
        drag_ = Drag{node.id, at, at - nodeBox(node.id).center(), false, {}, layout().scale()};
    }
}

void NetworkCanvas::mouseMoveEvent(QMouseEvent* event)
{
    if (!drag_ || !(event->buttons() & Qt::LeftButton)) {
        StageCanvas::mouseMoveEvent(event);
        return;
    }
    const QPointF at = event->position();
    if (!drag_->moved && QLineF(at, drag_->pressedAt).length() < kDragFrom)
        return;
    drag_->moved = true;
    drag_->place = layout().placeAt((at - drag_->grip - QPointF(0, headerHeight())) / layout().scale());
    layout_.reset();
    settled_ = {};
    itemsStale_ = true;
    update();
}

void NetworkCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    const std::optional<Drag> drag = drag_;
    drag_.reset();
    if (drag && drag->moved) {
        layout_.reset();
        settled_ = {};
        session()->placeNode(drag->node, drag->place);
        return;
    }
    StageCanvas::mouseReleaseEvent(event);
}

NodeId NetworkCanvas::movableNode() const
{
    if (!session()->hasRun())
        return {};
    const auto& all = items();
    if (focusedItem() >= 0 && focusedItem() < static_cast<int>(all.size())) {
        const Selection& what = all[static_cast<std::size_t>(focusedItem())].what;
        return what.kind == Selection::Kind::Host ? what.host : NodeId();
    }
    const Selection selection = session()->selection();
    return selection.kind == Selection::Kind::Host ? selection.host : NodeId();
}

void NetworkCanvas::nudge(NodeId node, int key)
{
    const NodePlace from = layout().placeAt(layout().nodes()[node.value()].center);
    const auto moved = [](std::uint16_t v, int by) {
        return static_cast<std::uint16_t>(std::clamp(static_cast<int>(v) + by, 0, 1000));
    };
    const int dx = key == Qt::Key_Left ? -kNudge : key == Qt::Key_Right ? kNudge : 0;
    const int dy = key == Qt::Key_Up ? -kNudge : key == Qt::Key_Down ? kNudge : 0;
    const int focused = focusedItem();
    session()->placeNode(node, {moved(from.x, dx), moved(from.y, dy)});
    focusItem(focused);
}

bool NetworkCanvas::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        auto* key = static_cast<QKeyEvent*>(event);
        if (key->modifiers() == Qt::AltModifier && isArrow(key->key()) && movableNode()) {
            event->accept();
            return true;
        }
    }
    return StageCanvas::event(event);
}

void NetworkCanvas::keyPressEvent(QKeyEvent* event)
{
    if (event->modifiers() == Qt::AltModifier && isArrow(event->key()))
        if (const NodeId node = movableNode()) {
            nudge(node, event->key());
            return;
        }
    StageCanvas::keyPressEvent(event);
}

void NetworkCanvas::resizeEvent(QResizeEvent* event)
{
    StageCanvas::resizeEvent(event);
    placeHeader();
}

void NetworkCanvas::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    StageCanvas::changeEvent(event);
}

} // namespace packetarium
