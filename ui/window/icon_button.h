// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A round button with a drawing, or a pill with a drawing and a word, that
// stands for an action: its words, key, state and effect are the action's.

#include <QAbstractButton>
#include <QPointer>

class QAction;

namespace packetarium {

enum class Icon { ToStart, StepBack, Play, Pause, StepForward, ToEnd, Theme, Predict, Projector };

class IconButton : public QAbstractButton {
    Q_OBJECT
public:
    enum class Size { Small, Large };
    IconButton(Icon icon, QAction* action, QWidget* parent = nullptr);

    void setIcon(Icon icon);
    void setSize(Size size);
    /// Shows the action's word beside the drawing.
    void setWordShown(bool on);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void followAction();

    Icon icon_;
    QPointer<QAction> action_;
    Size size_ = Size::Small;
    bool wordShown_ = false;
};

} // namespace packetarium
