// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/windows_canvas.h"

#include "ui/session/session.h"
#include "ui/widgets/moving_by_hand.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace packetarium {

namespace {

constexpr double kMostZoom = 4096, kLeastZoom = 1.0 / 64;
constexpr double kPerNotch = 1.25; ///< of the wheel
constexpr double kPanPerKey = 0.1; ///< of what is in sight

} // namespace

WindowsCanvas::WindowsCanvas(Session* session, QWidget* parent)
    : StageCanvas(session, parent)
{
    connect(session, &Session::runChanged, this, [this, session] {
        if (!session->runHasOnlyGrown())
            setLook({});
    });
}

WindowsCanvas::~WindowsCanvas() = default;

QSize WindowsCanvas::minimumSizeHint() const
{
    return {320, 220};
}

const WindowsLayout& WindowsCanvas::layout() const
{
    if (!layout_)
        layout_ = std::make_unique<WindowsLayout>(currentScene(), QSizeF(size()));
    return *layout_;
}

const WindowsPlan& WindowsCanvas::plan() const
{
    if (!plan_)
        plan_ = planWindows(currentScene(), layout(), look_);
    return *plan_;
}

const std::vector<StageItem>& WindowsCanvas::items() const
{
    static const std::vector<StageItem> kNone;
    return session()->hasRun() ? plan().items : kNone;
}

Selection WindowsCanvas::hit(QPointF at) const
{
    return plan().hit(at);
}

void WindowsCanvas::forgetPlan()
{
    plan_.reset();
    update();
}

void WindowsCanvas::invalidateLayout()
{
    layout_.reset();
    plan_.reset();
    setAccessibleName(fromUtf8(word(WindowsWord::View, session()->language())));
    setAccessibleDescription(fromUtf8(word(WindowsWord::Keys, session()->language())));
}

void WindowsCanvas::onMomentChanged()
{
    forgetPlan();
}

void WindowsCanvas::updateHighlights()
{
    forgetPlan(); // a packet of another connection shows that connection
}

void WindowsCanvas::setLook(const WindowsLook& look)
{
    if (look_ == look)
        return;
    look_ = look;
    forgetPlan();
}

void WindowsCanvas::unfold(const Selection& what)
{
    if (what.kind != Selection::Kind::Window || partIn(what.index) != WindowPart::Direction)
        return;
    const auto& panels = plan().panels;
    const auto folded = std::find_if(panels.begin(), panels.end(), [](const WindowsPanel& p) { return p.folded; });
    if (folded == panels.end())
        return;
    WindowsLook look = look_;
    look.direction = folded->direction;
    setLook(look);
}

void WindowsCanvas::activateItem(int index)
{
    const auto& all = items();
    const Selection what =
        index >= 0 && index < static_cast<int>(all.size()) ? all[static_cast<std::size_t>(index)].what : Selection();
    StageCanvas::activateItem(index);
    unfold(what);
}

void WindowsCanvas::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    if (!session()->hasRun()) {
        p.fillRect(rect(), theme().color(Role::Background));
        return;
    }
    paintWindows(p, currentScene(), layout(), plan());
    drawFocus(p);
}

// --- zooming and moving -------------------------------------------------------------------------------------------

void WindowsCanvas::zoom(const WindowsPanel& panel, double factor, double aboutX)
{
    WindowsLook look = look_;
    WindowsLook::Zoom& z = look.zoom[static_cast<std::size_t>(panel.direction)];
    const double before = z.factor;
    z.factor = std::clamp(before * factor, kLeastZoom, kMostZoom);
    // Never so near that less than two octets are in sight.
    z.factor = std::min(z.factor, panel.span * before / 2);
    const double span = panel.span * before / z.factor;
    const double share = (aboutX - panel.send.left()) / panel.send.width();
    z.moved += panel.from + share * panel.span - (panel.from + share * span);
    setLook(look);
}

void WindowsCanvas::wheelEvent(QWheelEvent* event)
{
    const WindowsPanel* panel = session()->hasRun() ? plan().panelAt(event->position()) : nullptr;
    const int turned = event->angleDelta().y();
    if (panel == nullptr || turned == 0) {
        StageCanvas::wheelEvent(event);
        return;
    }
    zoom(*panel, std::pow(kPerNotch, turned / 120.0), event->position().x());
    event->accept();
}

void WindowsCanvas::mousePressEvent(QMouseEvent* event)
{
    drag_.reset();
    StageCanvas::mousePressEvent(event);
    if (event->button() != Qt::LeftButton || !session()->hasRun())
        return;
    const Selection what = hit(event->position());
    if (const WindowsPanel* panel = plan().panelAt(event->position()))
        drag_ = Drag{panel->direction, event->position(), look_.zoom[static_cast<std::size_t>(panel->direction)].moved,
                     panel->span / panel->send.width(), false};
    unfold(what);
}

void WindowsCanvas::mouseMoveEvent(QMouseEvent* event)
{
    if (!drag_ || !(event->buttons() & Qt::LeftButton)) {
        StageCanvas::mouseMoveEvent(event);
        return;
    }
    const double by = event->position().x() - drag_->pressedAt.x();
    if (!drag_->moved && std::abs(by) < kDragFrom)
        return;
    drag_->moved = true;
    setCursor(Qt::ClosedHandCursor);
    WindowsLook look = look_;
    look.zoom[static_cast<std::size_t>(drag_->direction)].moved = drag_->movedBefore - by * drag_->octetsPerPixel;
    setLook(look);
}

void WindowsCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    if (drag_ && drag_->moved)
        setCursor(Qt::ArrowCursor);
    drag_.reset();
    StageCanvas::mouseReleaseEvent(event);
}

bool WindowsCanvas::isOwnKey(const QKeyEvent& event) const
{
    const Qt::KeyboardModifiers held = event.modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier);
    if (held == Qt::AltModifier)
        return event.key() == Qt::Key_Left || event.key() == Qt::Key_Right;
    return held == Qt::NoModifier &&
           (event.key() == Qt::Key_0 || event.key() == Qt::Key_Plus || event.key() == Qt::Key_Minus);
}

bool WindowsCanvas::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && isOwnKey(*static_cast<QKeyEvent*>(event))) {
        event->accept();
        return true;
    }
    return StageCanvas::event(event);
}

void WindowsCanvas::keyPressEvent(QKeyEvent* event)
{
    if (!session()->hasRun() || !isOwnKey(*event)) {
        StageCanvas::keyPressEvent(event);
        return;
    }
    if (event->key() == Qt::Key_0) {
        setLook({});
        return;
    }
    const std::vector<WindowsPanel> panels = plan().panels;
    for (const WindowsPanel& panel : panels) {
        if (panel.folded)
            continue;
        if (event->key() == Qt::Key_Plus || event->key() == Qt::Key_Minus) {
            zoom(panel, event->key() == Qt::Key_Plus ? kPerNotch : 1 / kPerNotch, panel.send.center().x());
            continue;
        }
        WindowsLook look = look_;
        look.zoom[static_cast<std::size_t>(panel.direction)].moved +=
            panel.span * (event->key() == Qt::Key_Right ? kPanPerKey : -kPanPerKey);
        setLook(look);
    }
}

} // namespace packetarium
