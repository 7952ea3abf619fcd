// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The windows view on the screen. The wheel zooms about the pointer, dragging
// (or Alt and an arrow key) moves along the numbers, 0 shows all again; a
// click on the folded direction unfolds it.

#include "ui/paint/windows_painter.h"
#include "ui/widgets/stage_canvas.h"

#include <memory>
#include <optional>

namespace packetarium {

class WindowsCanvas : public StageCanvas {
    Q_OBJECT
public:
    explicit WindowsCanvas(Session* session, QWidget* parent = nullptr);
    ~WindowsCanvas() override;

    const std::vector<StageItem>& items() const override;
    void activateItem(int index) override;
    QSize minimumSizeHint() const override;

    const WindowsLook& look() const { return look_; }
    /// As it is painted now.
    const WindowsPlan& plan() const;

protected:
    Selection hit(QPointF at) const override;
    void invalidateLayout() override;
    void onMomentChanged() override;
    void updateHighlights() override;
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Drag {
        int direction = 0;
        QPointF pressedAt;
        double movedBefore = 0;
        double octetsPerPixel = 0;
        bool moved = false;
    };
    const WindowsLayout& layout() const;
    bool isOwnKey(const QKeyEvent& event) const;
    /// By a factor, about a point that keeps its number.
    void zoom(const WindowsPanel& panel, double factor, double aboutX);
    void unfold(const Selection& what);
    void setLook(const WindowsLook& look);
    void forgetPlan();

    mutable std::unique_ptr<WindowsLayout> layout_;
    mutable std::optional<WindowsPlan> plan_;
    WindowsLook look_;
    std::optional<Drag> drag_;
};

} // namespace packetarium
