// SPDX-License-Identifier: GPL-3.0-or-later
//
// PlotsCanvas: pointer, wheel, gestures and keys.
#include "ui/session/session.h"
#include "ui/widgets/plots_canvas.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace packetarium {

void PlotsCanvas::seekTo(double x)
{
    const QRectF area = layout().plotArea();
    const SimTime t = layout().timeAt(std::clamp(x, area.left(), area.right()));
    session()->seek(std::min(t, session()->end()));
}

void PlotsCanvas::readPointer(std::optional<QPointF> at)
{
    if (pointer_.at == at)
        return;
    const StageScene scene = currentScene();
    QRegion dirty = pointer_.at ? plotsPointerRegion(scene, layout(), *pointer_.at) : QRegion();
    pointer_.at = at;
    if (at)
        dirty += plotsPointerRegion(scene, layout(), *at);
    update(dirty);
}

bool PlotsCanvas::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && session()->hasRun()) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString text = plotsMarkText(currentScene(), layout(), help->pos());
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), text, this);
        return true;
    }
    if (event->type() == QEvent::NativeGesture && session()->hasRun()) {
        const auto* gesture = static_cast<QNativeGestureEvent*>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            zoom(1 + gesture->value(), gesture->position().x());
            return true;
        }
    }
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    return StageCanvas::event(event);
}

void PlotsCanvas::mousePressEvent(QMouseEvent* event)
{
    const bool left = event->button() == Qt::LeftButton, middle = event->button() == Qt::MiddleButton;
    if ((!left && !middle) || !session()->hasRun() || layout().flow() == nullptr) {
        StageCanvas::mousePressEvent(event);
        return;
    }
    const QPointF at = event->position();
    const PlotsLayout& l = layout();
    QRectF lanes = l.plotArea();
    lanes.setTop(l.nowLane().top());
    dragX_ = at.x();
    dragFrom_ = l.from();
    dragTo_ = l.to();
    if (middle || (event->modifiers() & Qt::ShiftModifier) != 0 || l.axis().contains(at)) {
        drag_ = Drag::Pan;
        setCursor(Qt::ClosedHandCursor);
    } else if ((event->modifiers() & Qt::ControlModifier) != 0 && lanes.contains(at)) {
        drag_ = Drag::Box;
        pointer_.box = {at.x(), at.x()};
    } else if (hit(at).kind == Selection::Kind::None && lanes.contains(at)) {
        drag_ = Drag::Seek;
        focusItem(-1);
        seekTo(at.x());
    } else
        StageCanvas::mousePressEvent(event);
}

void PlotsCanvas::mouseMoveEvent(QMouseEvent* event)
{
    if (!session()->hasRun())
        return;
    const QPointF at = event->position();
    switch (drag_) {
    case Drag::Seek: seekTo(at.x()); break;
    case Drag::Pan: {
        const double share = (dragX_ - at.x()) / std::max(1.0, layout().plotArea().width());
        const auto by = SimDuration::nanoseconds(std::llround(share * static_cast<double>((dragTo_ - dragFrom_).ns())));
        show(dragFrom_ + by, dragTo_ + by);
        return;
    }
    case Drag::Box:
        pointer_.box->second = at.x();
        update();
        return;
    case Drag::None: StageCanvas::mouseMoveEvent(event); break;
    }
    readPointer(at);
}

void PlotsCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    if (pointer_.box) {
        const auto [a, b] = *pointer_.box;
        pointer_.box.reset();
        if (constexpr double kMeant = 5; std::abs(a - b) > kMeant)
            show(layout().timeAt(std::min(a, b)), layout().timeAt(std::max(a, b)));
        update();
    }
    if (drag_ == Drag::Pan)
        unsetCursor();
    drag_ = Drag::None;
    StageCanvas::mouseReleaseEvent(event);
}

void PlotsCanvas::leaveEvent(QEvent* event)
{
    readPointer(std::nullopt);
    StageCanvas::leaveEvent(event);
}

void PlotsCanvas::wheelEvent(QWheelEvent* event)
{
    if (!session()->hasRun() || layout().flow() == nullptr) {
        event->ignore();
        return;
    }
    const QPoint angle = event->angleDelta();
    const double shownNs = static_cast<double>((layout().to() - layout().from()).ns());
    const bool sideways = std::abs(angle.x()) > std::abs(angle.y());
    if (sideways || (event->modifiers() & Qt::ShiftModifier) != 0) {
        const double notches = (sideways ? angle.x() : angle.y()) / 120.0;
        pan(SimDuration::nanoseconds(std::llround(-notches * shownNs / 10)));
    } else if (event->position().x() < layout().plotArea().left()) {
        if (angle.y() != 0)
            scrollPlots(angle.y() > 0 ? -1 : 1);
    } else if (angle.y() != 0)
        zoom(std::pow(1.2, angle.y() / 120.0), event->position().x());
    event->accept();
}

void PlotsCanvas::keyPressEvent(QKeyEvent* event)
{
    if (session()->hasRun() && layout().flow() != nullptr) {
        const double middle = layout().plotArea().center().x();
        const std::int64_t tenth = (layout().to() - layout().from()).ns() / 10;
        const bool alt = event->modifiers() == Qt::AltModifier;
        switch (event->key()) {
        case Qt::Key_Plus: zoom(1.5, middle); return;
        case Qt::Key_Minus: zoom(1 / 1.5, middle); return;
        case Qt::Key_0: showAll(); return;
        case Qt::Key_Left:
        case Qt::Key_Right:
            if (alt) {
                pan(SimDuration::nanoseconds(event->key() == Qt::Key_Left ? -tenth : tenth));
                return;
            }
            break;
        case Qt::Key_Up:
        case Qt::Key_Down:
            if (alt) {
                scrollPlots(event->key() == Qt::Key_Up ? -1 : 1);
                return;
            }
            break;
        default: break;
        }
    }
    StageCanvas::keyPressEvent(event);
}

} // namespace packetarium
