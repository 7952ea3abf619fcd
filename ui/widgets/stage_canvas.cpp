// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/stage_canvas.h"

#include "ui/paint/primitives.h"
#include "ui/session/session.h"
#include "ui/widgets/canvas_accessible.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace packetarium {

StageCanvas::StageCanvas(Session* session, QWidget* parent)
    : QWidget(parent)
    , session_(session)
{
    installCanvasAccessibility();
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    connect(session_, &Session::momentChanged, this, [this] { onMomentChanged(); });
    const auto renew = [this] {
        hover_ = {};
        focused_ = -1;
        invalidateLayout();
        update();
    };
    connect(session_, &Session::runChanged, this, [this, renew] {
        const int focused = focused_;
        renew();
        if (session_->runHasOnlyGrown())
            focused_ = focused;
    });
    connect(session_, &Session::presentationChanged, this, renew);
    connect(session_, &Session::selectionChanged, this, [this] { updateHighlights(); });
}

void StageCanvas::setTheme(const Theme& theme)
{
    if (plainTheme_ == theme)
        return;
    plainTheme_ = theme;
    theme_ = theme.grownFor(size());
    invalidateLayout();
    update();
}

StageScene StageCanvas::currentScene() const
{
    StageScene scene = session_->scene();
    scene.theme = theme_;
    scene.hover = hover_;
    return scene;
}

void StageCanvas::reveal(const StageItem& item)
{
    static_cast<void>(item);
}

QString StageCanvas::toolTipFor(const Selection& what) const
{
    for (const StageItem& item : items())
        if (item.what == what)
            return QStringLiteral("<b>%1</b><br>%2").arg(item.name.toHtmlEscaped(), item.description.toHtmlEscaped());
    return {};
}

int StageCanvas::indexOf(const Selection& what) const
{
    const auto& all = items();
    const auto found = std::find_if(all.begin(), all.end(), [&what](const StageItem& i) { return i.what == what; });
    return found == all.end() ? -1 : static_cast<int>(found - all.begin());
}

void StageCanvas::setHover(const Selection& what)
{
    if (hover_ == what)
        return;
    hover_ = what;
    setCursor(what.kind == Selection::Kind::None ? Qt::ArrowCursor : Qt::PointingHandCursor);
    updateHighlights();
}

void StageCanvas::focusItem(int index)
{
    const int count = session_->hasRun() ? static_cast<int>(items().size()) : 0;
    focused_ = index >= 0 && index < count ? index : -1;
    if (focused_ >= 0) {
        reveal(items()[static_cast<std::size_t>(focused_)]);
        if (QAccessible::isActive()) {
            QAccessibleEvent event(this, QAccessible::Focus);
            event.setChild(focused_);
            QAccessible::updateAccessibility(&event);
        }
    }
    update();
}

void StageCanvas::activateItem(int index)
{
    if (index >= 0 && index < static_cast<int>(items().size()))
        session_->select(items()[static_cast<std::size_t>(index)].what);
}

void StageCanvas::drawFocus(QPainter& painter) const
{
    if (!hasFocus() || focused_ < 0 || focused_ >= static_cast<int>(items().size()))
        return;
    const QRectF box = items()[static_cast<std::size_t>(focused_)].box.adjusted(-3, -3, 3, 3);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(linePen(theme_.color(Role::Background), theme_.px(4)));
    painter.drawRoundedRect(box, theme_.px(6), theme_.px(6));
    painter.setPen(linePen(theme_.color(Role::Focus), theme_.px(2)));
    painter.drawRoundedRect(box, theme_.px(6), theme_.px(6));
}

bool StageCanvas::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString text = session_->hasRun() ? toolTipFor(hit(help->pos())) : QString();
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), text, this);
        return true;
    }
    if (event->type() == QEvent::ShortcutOverride && focused_ >= 0) {
        // While an item has the focus these keys are its own, not the window's.
        switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Left:
        case Qt::Key_Right:
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Escape: event->accept(); return true;
        default: break;
        }
    }
    return QWidget::event(event);
}

void StageCanvas::mouseMoveEvent(QMouseEvent* event)
{
    if (session_->hasRun())
        setHover(hit(event->position()));
}

void StageCanvas::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !session_->hasRun()) {
        QWidget::mousePressEvent(event);
        return;
    }
    focused_ = -1;
    session_->select(hit(event->position()));
    updateHighlights();
}

void StageCanvas::leaveEvent(QEvent* event)
{
    setHover({});
    QWidget::leaveEvent(event);
}

void StageCanvas::contextMenuEvent(QContextMenuEvent* event)
{
    if (!session_->hasRun())
        return;
    Selection what;
    QPoint at = event->globalPos();
    if (event->reason() == QContextMenuEvent::Mouse) {
        what = hit(event->pos());
    } else {
        const int index = focused_ >= 0 ? focused_ : indexOf(session_->selection());
        if (index >= 0) {
            const StageItem& item = items()[static_cast<std::size_t>(index)];
            what = item.what;
            at = mapToGlobal(item.box.center().toPoint());
        }
    }
    if (what.kind != Selection::Kind::None)
        session_->select(what);
    emit contextRequested(what, at);
}

int StageCanvas::neighbour(int key) const
{
    const auto& all = items();
    const QPointF from = all[static_cast<std::size_t>(focused_)].box.center();
    const QPointF way = key == Qt::Key_Left    ? QPointF(-1, 0)
                        : key == Qt::Key_Right ? QPointF(1, 0)
                        : key == Qt::Key_Up    ? QPointF(0, -1)
                                               : QPointF(0, 1);
    int best = focused_;
    double least = 1e18;
    for (int i = 0; i < static_cast<int>(all.size()); ++i) {
        const QPointF d = all[static_cast<std::size_t>(i)].box.center() - from;
        const double along = QPointF::dotProduct(d, way);
        if (i == focused_ || along <= 0.5)
            continue;
        // What lies straight ahead is nearer than what lies aside.
        const double aside = std::abs(d.x() * way.y() - d.y() * way.x());
        if (const double cost = along + 2 * aside; cost < least) {
            least = cost;
            best = i;
        }
    }
    return best;
}

void StageCanvas::keyPressEvent(QKeyEvent* event)
{
    if (focused_ >= 0 && focused_ < static_cast<int>(items().size())) {
        switch (event->key()) {
        case Qt::Key_Left:
        case Qt::Key_Right:
        case Qt::Key_Up:
        case Qt::Key_Down: focusItem(neighbour(event->key())); return;
        case Qt::Key_Return:
        case Qt::Key_Enter: activateItem(focused_); return;
        case Qt::Key_Escape: focusItem(-1); return;
        default: break;
        }
    }
    QWidget::keyPressEvent(event);
}

void StageCanvas::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    if (!session_->hasRun())
        return;
    if (event->reason() == Qt::TabFocusReason)
        focusItem(0);
    else if (event->reason() == Qt::BacktabFocusReason)
        focusItem(static_cast<int>(items().size()) - 1);
}

void StageCanvas::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    if (event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason)
        focused_ = -1;
    update();
}

bool StageCanvas::focusNextPrevChild(bool next)
{
    if (hasFocus() && focused_ >= 0) {
        const int wanted = focused_ + (next ? 1 : -1);
        if (wanted >= 0 && wanted < static_cast<int>(items().size())) {
            focusItem(wanted);
            return true;
        }
    }
    return QWidget::focusNextPrevChild(next);
}

void StageCanvas::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    theme_ = plainTheme_.grownFor(size(), theme_);
    invalidateLayout();
    update();
}

} // namespace packetarium
