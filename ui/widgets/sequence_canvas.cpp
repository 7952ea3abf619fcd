// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/sequence_canvas.h"

#include "ui/i18n/stage_words.h"
#include "ui/paint/sequence_painter.h"
#include "ui/session/session.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>
#include <cmath>

namespace packetarium {

namespace {

constexpr int kTileHeight = 256;
/// As in the other views that can be zoomed.
bool isZoomKey(const QKeyEvent& key)
{
    return (key.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == Qt::NoModifier &&
           (key.key() == Qt::Key_Plus || key.key() == Qt::Key_Minus || key.key() == Qt::Key_0);
}

constexpr int kTilesKept = 1; ///< beyond those in sight, each way

double areaOf(const QRectF& r)
{
    return r.isEmpty() ? 0 : r.width() * r.height();
}

/// The same area in fewer rectangles: what lies in or mostly over another is painted with it, once.
std::vector<QRectF> joined(const std::vector<QRectF>& rects)
{
    std::vector<QRectF> some;
    for (QRectF r : rects) {
        for (std::size_t i = 0; i < some.size();) {
            const QRectF both = some[i] | r;
            if (areaOf(both) > areaOf(some[i]) + areaOf(r)) {
                ++i;
                continue;
            }
            r = both; // which may now cover more of the others
            some.erase(some.begin() + static_cast<std::ptrdiff_t>(i));
            i = 0;
        }
        if (!r.isEmpty())
            some.push_back(r);
    }
    return some;
}

} // namespace

SequenceCanvas::SequenceCanvas(Session* session, QWidget* parent)
    : StageCanvas(session, parent)
{
    const auto forget = [this] {
        basis_.reset();
        invalidateLayout();
    };
    connect(session, &Session::runChanged, this, forget);
    connect(session, &Session::stopsChanged, this, [this, session, forget] {
        // Only the layers view tells another story.
        if (session->stopView() != StopView::Layers && basis_ && !basis_->tells(session->story()))
            forget();
    });
}

SequenceCanvas::~SequenceCanvas() = default;

QSize SequenceCanvas::minimumSizeHint() const
{
    return {320, 220};
}

SequenceLayout& SequenceCanvas::layout() const
{
    if (!layout_) {
        layout_ = std::make_unique<SequenceLayout>(currentScene(), QSizeF(size()), zoom_, basis_);
        basis_ = layout_->basis();
    }
    return *layout_;
}

double SequenceCanvas::zoom() const
{
    return session()->hasRun() ? layout().zoom() : 1;
}

void SequenceCanvas::setZoom(double zoom, std::optional<double> viewY)
{
    if (!session()->hasRun())
        return;
    zoom = std::clamp(zoom, layout().leastZoom(), 1.0);
    const double before = layout().zoom();
    if (zoom == before)
        return;
    const double at = viewY.value_or(layout().viewHeight() / 2);
    const double top = layout().top();
    zoom_ = zoom;
    layout().setZoom(zoom);
    tiles_.clear();
    itemsStale_ = true;
    scroll_ = snapped(std::clamp(top + (scroll_ + at - top) * zoom / before - at, 0.0, scrollRange()));
    movingBefore_ = movingRegion(currentScene());
    update();
}

std::optional<SequenceBundle> SequenceCanvas::bundleAt(QPointF at) const
{
    if (!session()->hasRun() || layout().zoom() == 1 || hit(at).kind != Selection::Kind::None)
        return std::nullopt;
    return sequenceBundleAt(layout(), scroll_, at);
}

void SequenceCanvas::openBundle(const SequenceBundle& bundle)
{
    const SequenceLayout& l = layout();
    const SimTime sent = l.model().arrows[static_cast<std::size_t>(l.arrowIn(bundle, 0))].sentAt;
    if (l.bundleDone(bundle, session()->moment().recordsDone).sent == 0)
        session()->seek(sent); // what has not happened yet cannot be looked at
    // So near that it fills half of the view.
    const double height = std::max(1.0, bundle.startBottom - bundle.startTop);
    setZoom(layout().zoom() * std::max(2.0, layout().viewHeight() / 2 / height), bundle.startTop - scroll_);
    setScroll(layout().y(sent) - layout().viewHeight() / 4);
}

bool SequenceCanvas::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && isZoomKey(*static_cast<QKeyEvent*>(event))) {
        event->accept();
        return true;
    }
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (const std::optional<SequenceBundle> bundle = bundleAt(help->pos())) {
            const QString words = sequenceBundleWords(currentScene(), layout(), *bundle);
            QToolTip::showText(help->globalPos(), words, this);
            return true;
        }
    }
    return StageCanvas::event(event);
}

void SequenceCanvas::mousePressEvent(QMouseEvent* event)
{
    const std::optional<SequenceBundle> bundle =
        event->button() == Qt::LeftButton ? bundleAt(event->position()) : std::nullopt;
    if (bundle)
        openBundle(*bundle);
    else
        StageCanvas::mousePressEvent(event);
}

void SequenceCanvas::mouseMoveEvent(QMouseEvent* event)
{
    StageCanvas::mouseMoveEvent(event);
    if (session()->hasRun() && layout().zoom() < 1 && hit(event->position()).kind == Selection::Kind::None)
        setCursor(bundleAt(event->position()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

const std::vector<StageItem>& SequenceCanvas::items() const
{
    if (itemsStale_ && session()->hasRun()) {
        items_ = sequenceItems(currentScene(), layout(), scroll_);
        itemsStale_ = false;
    }
    return items_;
}

double SequenceCanvas::snapped(double y) const
{
    const double ratio = devicePixelRatioF();
    return std::round(y * ratio) / ratio;
}

double SequenceCanvas::scrollRange() const
{
    return session()->hasRun() ? layout().scrollRange() : 0;
}

void SequenceCanvas::setScroll(double y)
{
    const double wanted = snapped(std::clamp(y, 0.0, scrollRange()));
    if (wanted == scroll_)
        return;
    scroll_ = wanted;
    itemsStale_ = true;
    update();
}

Selection SequenceCanvas::hit(QPointF at) const
{
    return sequenceHit(currentScene(), layout(), scroll_, at);
}

void SequenceCanvas::invalidateLayout()
{
    layout_.reset();
    tiles_.clear();
    items_.clear();
    itemsStale_ = true;
    placed_ = false;
    setAccessibleName(fromUtf8(word(StageWord::SequenceView, session()->language())));
}

QRegion SequenceCanvas::movingRegion(const StageScene& scene) const
{
    QRegion region;
    for (const QRectF& box : sequenceMovingBoxes(scene, layout(), scroll_))
        region += box.translated(0, layout().headerHeight() - scroll_).toAlignedRect();
    return region;
}

void SequenceCanvas::onMomentChanged()
{
    itemsStale_ = true;
    if (!isVisible()) {
        // Nobody looks: the next picture begins anew.
        placed_ = false;
        tiles_.clear();
    }
    if (!session()->hasRun() || !layout_ || !placed_) {
        update();
        return;
    }
    const StageScene scene = currentScene();
    const std::size_t done = scene.moment->recordsDone;
    QRegion dirty = movingBefore_;
    if (done != recordsBefore_) {
        const std::vector<QRectF> changes = sequenceSettledChanges(layout(), recordsBefore_, done);
        renewTiles(scene, changes);
        for (const QRectF& box : changes)
            dirty += box.translated(0, layout().headerHeight() - scroll_).toAlignedRect();
        recordsBefore_ = done;
        if (theme().isProjector())
            dirty += QRect(0, 0, width(), static_cast<int>(layout().headerHeight()) + 1);
    }
    const double wanted = snapped(layout().scrollFor(layout().y(scene.moment->at)));
    const bool scrolled = wanted != scroll_;
    scroll_ = wanted;
    movingBefore_ = movingRegion(scene);
    if (scrolled || focusedItem() >= 0)
        update();
    else
        update(dirty + movingBefore_);
}

void SequenceCanvas::reveal(const StageItem& item)
{
    const double top = layout().headerHeight();
    if (item.box.bottom() <= top)
        return; // on the header, which is always in sight
    if (item.box.top() < top + 8)
        setScroll(scroll_ - (top + 8 - item.box.top()));
    else if (item.box.bottom() > height() - 8)
        setScroll(scroll_ + (item.box.bottom() - height() + 8));
}

void SequenceCanvas::paintTile(QPixmap& tile, int index, const StageScene& scene, const QRectF& clip) const
{
    QPainter p(&tile);
    p.translate(0, -index * kTileHeight);
    p.setClipRect(clip);
    paintSequenceSettled(p, scene, layout(), clip);
}

void SequenceCanvas::renewTiles(const StageScene& scene, const std::vector<QRectF>& changes)
{
    std::vector<int> worn;
    for (auto& [index, tile] : tiles_) {
        const QRectF whole(0, index * kTileHeight, width(), kTileHeight);
        std::vector<QRectF> parts;
        for (const QRectF& change : changes)
            if (const QRectF part = QRectF(change.toAlignedRect()).intersected(whole); !part.isEmpty())
                parts.push_back(part);
        constexpr std::size_t kMostParts = 100;
        if (parts.size() > kMostParts) {
            worn.push_back(index);
            continue;
        }
        parts = joined(parts);
        double area = 0;
        for (const QRectF& part : parts)
            area += areaOf(part);
        // Painting it once costs less than painting it in parts that overlap.
        if (area >= areaOf(whole)) {
            worn.push_back(index);
            continue;
        }
        for (const QRectF& part : parts)
            paintTile(tile, index, scene, part);
    }
    for (const int index : worn)
        tiles_.erase(index);
}

void SequenceCanvas::forgetFarTiles()
{
    const int first = static_cast<int>(scroll_) / kTileHeight - kTilesKept;
    const int last = static_cast<int>(scroll_ + height()) / kTileHeight + kTilesKept;
    std::erase_if(tiles_, [&](const auto& entry) { return entry.first < first || entry.first > last; });
}

void SequenceCanvas::paintTiles(QPainter& painter, const StageScene& scene, const QRect& area)
{
    const double ratio = devicePixelRatioF();
    const double offset = layout().headerHeight() - scroll_;
    const int first = std::max(0, static_cast<int>(std::floor((area.top() - offset) / kTileHeight)));
    const int last = static_cast<int>(std::floor((area.bottom() - offset) / kTileHeight));
    for (int i = first; i <= last; ++i) {
        auto found = tiles_.find(i);
        if (found == tiles_.end()) {
            QPixmap tile(
                QSize(static_cast<int>(std::ceil(width() * ratio)), static_cast<int>(std::ceil(kTileHeight * ratio))));
            tile.setDevicePixelRatio(ratio);
            paintTile(tile, i, scene, QRectF(0, i * kTileHeight, width(), kTileHeight));
            found = tiles_.emplace(i, std::move(tile)).first;
        }
        painter.drawPixmap(QPointF(0, offset + i * kTileHeight), found->second);
    }
}

void SequenceCanvas::paintEvent(QPaintEvent* event)
{
    QPainter p(this);
    if (!session()->hasRun()) {
        p.fillRect(rect(), theme().color(Role::Background));
        return;
    }
    const StageScene scene = currentScene();
    if (!placed_) {
        // The first picture of this layout stands where the now-line is in sight.
        placed_ = true;
        scroll_ = snapped(layout().scrollFor(layout().y(scene.moment->at)));
        recordsBefore_ = scene.moment->recordsDone;
        movingBefore_ = movingRegion(scene);
    }
    const int header = static_cast<int>(std::ceil(layout().headerHeight()));
    const QRect body(0, header, width(), height() - header);
    if (const QRegion dirty = event->region() & body; !dirty.isEmpty()) {
        p.setClipRegion(dirty);
        paintTiles(p, scene, dirty.boundingRect());
        p.save();
        p.translate(0, layout().headerHeight() - scroll_);
        paintSequenceMoving(p, scene, layout(), scroll_);
        p.restore();
    }
    if (event->region().intersects(QRect(0, 0, width(), header + 4))) {
        p.setClipRegion(event->region());
        paintSequenceHeader(p, scene, layout(), scroll_);
    }
    p.setClipping(false);
    drawFocus(p);
    forgetFarTiles();
}

void SequenceCanvas::wheelEvent(QWheelEvent* event)
{
    const QPoint pixels = event->pixelDelta();
    if (event->modifiers().testFlag(Qt::ControlModifier) && session()->hasRun()) {
        setZoom(layout().zoom() * std::pow(kZoomStep, event->angleDelta().y() / 240.0),
                event->position().y() - layout().headerHeight());
        event->accept();
        return;
    }
    const double by = pixels.isNull() ? event->angleDelta().y() / 120.0 * 60.0 : pixels.y();
    if (scrollRange() <= 0 || by == 0) {
        event->ignore();
        return;
    }
    setScroll(scroll_ - by);
    event->accept();
}

void SequenceCanvas::keyPressEvent(QKeyEvent* event)
{
    if (event->modifiers() == Qt::AltModifier && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)) {
        setScroll(scroll_ + (event->key() == Qt::Key_Up ? -60 : 60));
        return;
    }
    if (isZoomKey(*event)) {
        event->key() == Qt::Key_Plus ? zoomIn() : event->key() == Qt::Key_Minus ? zoomOut() : setZoom(1);
        return;
    }
    StageCanvas::keyPressEvent(event);
}

} // namespace packetarium
