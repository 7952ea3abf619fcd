// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Building a network: nodes are put down and joined with the mouse, chosen
// ones are set up in a card. Every change goes to the session as an edit that
// can be undone; what cannot run yet says why below the picture.
//
// Keyboard: arrows choose the next node that way, Alt with an arrow moves it,
// Return puts down a node or an end of a cable, Delete deletes, Escape goes
// back to choosing.

#include "ui/paint/network_painter.h"
#include "ui/widgets/sandbox_fields.h"
#include "ui/widgets/sandbox_scene.h"
#include "ui/widgets/sandbox_tools.h"

#include <QWidget>
#include <memory>

class QLabel;

namespace packetarium {

class SandboxCard;
class Session;

class SandboxEditor : public QWidget {
    Q_OBJECT
public:
    SandboxEditor(Session* session, QWidget* parent);
    ~SandboxEditor() override;

    void setTheme(const Theme& theme);
    ToolPalette& tools() const { return *tools_; }
    SandboxCard& card() const { return *card_; }
    const SandboxSubject& chosen() const { return chosen_; }
    void choose(const SandboxSubject& subject);
    void removeChosen();
    /// What is said below the picture.
    QString status() const;
    /// Where a node is drawn, in widget coordinates; empty if there is none of that name.
    QRectF nodeBox(const std::string& name) const;

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Drag {
        NodeId node;
        QPointF pressedAt, grip;
        bool moved = false;
        NodePlace place;
        double scale = 1;
    };
    QRectF sheet() const;
    bool isWide() const;
    StageScene scene() const;
    const NetworkLayout& layout() const;
    void followDraft();
    void arrange();
    void say(const QString& mistake);
    QPointF onSheet(QPointF widget) const { return widget - sheet().topLeft(); }
    NodeId nodeAt(QPointF widget) const;
    Selection hit(QPointF widget) const;
    void putNode(NodeKind kind, QPointF widget);
    void cableEnd(NodeId node);
    void nudge(int key);
    void chooseNext(int key);
    NodeId chosenNode() const;

    Session* session_;
    Theme theme_ = Theme::make(ThemeKind::Light);
    ToolPalette* tools_;
    SandboxCard* card_;
    QLabel* status_;
    QString mistake_;
    SandboxSubject chosen_;
    Selection hover_;
    std::string cableFrom_; ///< the first end of the cable that is being put in
    QPointF cableTo_;       ///< where the other end is held, in widget coordinates
    std::optional<Drag> drag_;
    mutable std::unique_ptr<SketchScene> sketch_;
    mutable std::unique_ptr<NetworkLayout> layout_;
};

} // namespace packetarium
