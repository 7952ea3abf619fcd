// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The network view on the screen. A click on a node opens its tables; nodes
// are moved with the mouse, or with Alt and the arrow keys. In a network that
// is no lesson one may switch to building: then the editor lies over the run
// (ui/widgets/sandbox_editor.h).

#include "ui/paint/network_painter.h"
#include "ui/widgets/stage_canvas.h"

#include <memory>

namespace packetarium {

class SandboxEditor;
class SegmentedSwitch;

class NetworkCanvas : public StageCanvas {
    Q_OBJECT
public:
    explicit NetworkCanvas(Session* session, QWidget* parent = nullptr);
    ~NetworkCanvas() override;

    const std::vector<StageItem>& items() const override;
    QSize minimumSizeHint() const override;

    /// Building is for networks that are no lesson.
    bool canBuild() const;
    bool isBuilding() const;
    void setBuilding(bool on);
    /// nullptr until one has begun to build.
    SandboxEditor* editor() const { return editor_; }
    /// Where a node's drawing is, in widget coordinates.
    QRectF nodeBox(NodeId node) const;

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
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Drag {
        NodeId node;
        QPointF pressedAt, grip; ///< grip: from the node's centre to where it was taken hold of
        bool moved = false;
        NodePlace place;
        double scale = 1;
    };
    double headerHeight() const;
    QSizeF sheetSize() const;
    StageScene sceneToPaint() const;
    const NetworkLayout& layout() const;
    void followSession();
    void retranslate();
    void placeHeader();
    /// The node that Alt and an arrow would move, or none.
    NodeId movableNode() const;
    void nudge(NodeId node, int key);

    mutable std::unique_ptr<NetworkLayout> layout_;
    NetworkSettled settled_;
    mutable std::vector<StageItem> items_;
    mutable bool itemsStale_ = true;
    std::optional<Drag> drag_;
    SegmentedSwitch* mode_;
    SandboxEditor* editor_ = nullptr;
};

} // namespace packetarium
