// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The sequence view on the screen. What no longer changes is kept in tiles of
// the settled layer; a new instant repaints only the rectangles of what moves.

#include "ui/paint/sequence_layout.h"
#include "ui/widgets/stage_canvas.h"

#include <QPixmap>
#include <map>
#include <memory>
#include <optional>

namespace packetarium {

class SequenceCanvas : public StageCanvas {
    Q_OBJECT
public:
    explicit SequenceCanvas(Session* session, QWidget* parent = nullptr);
    ~SequenceCanvas() override;

    const std::vector<StageItem>& items() const override;
    QSize minimumSizeHint() const override;
    /// How far the content is scrolled, and the most it can be; device-independent pixels.
    double scroll() const { return scroll_; }
    double scrollRange() const;
    void setScroll(double y);
    /// 1: every packet has room; less: more of the run is in sight. What is at `viewY` (else: in the middle) stays there.
    double zoom() const;
    void setZoom(double zoom, std::optional<double> viewY = {});
    void zoomIn() { setZoom(zoom() * kZoomStep); }
    void zoomOut() { setZoom(zoom() / kZoomStep); }

protected:
    bool event(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    Selection hit(QPointF at) const override;
    void invalidateLayout() override;
    void onMomentChanged() override;
    void reveal(const StageItem& item) override;
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    static constexpr double kZoomStep = 2;

    SequenceLayout& layout() const;
    /// The bundle at a point where there is nothing else.
    std::optional<SequenceBundle> bundleAt(QPointF at) const;
    void openBundle(const SequenceBundle& bundle);
    /// Whole device pixels, so that tiles are copied and not resampled.
    double snapped(double y) const;
    QRegion movingRegion(const StageScene& scene) const;
    /// Repaints what changed within the tiles that there are.
    void renewTiles(const StageScene& scene, const std::vector<QRectF>& changes);
    void paintTile(QPixmap& tile, int index, const StageScene& scene, const QRectF& clip) const;
    void paintTiles(QPainter& painter, const StageScene& scene, const QRect& area);
    void forgetFarTiles();

    mutable std::shared_ptr<const SequenceBasis> basis_; ///< of this run, whatever the size and language
    mutable std::unique_ptr<SequenceLayout> layout_;
    double zoom_ = 1; ///< as asked for; a layout shows no more than there is
    mutable std::vector<StageItem> items_;
    mutable bool itemsStale_ = true;
    std::map<int, QPixmap> tiles_; ///< of the settled layer, by height
    QRegion movingBefore_;
    std::size_t recordsBefore_ = 0;
    double scroll_ = 0;
    bool placed_ = false; ///< the scroll belongs to this layout
};

} // namespace packetarium
