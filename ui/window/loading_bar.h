// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How far the reading of a capture is, and the way to stop it. It floats above
// the page while there is something to read and the reading takes long enough
// to be noticed.

#include <QTimer>
#include <QWidget>

namespace packetarium {

class CaptureLoader;
class PillButton;

class LoadingBar : public QWidget {
    Q_OBJECT
public:
    LoadingBar(CaptureLoader& loader, QWidget* parent);

    void retranslate();
    /// Centred below `top`, in the parent's width.
    void place(int top);
    PillButton& cancelButton() const { return *cancel_; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void follow();

    CaptureLoader* loader_;
    PillButton* cancel_;
    QTimer showLater_;
    int top_ = 0;
};

} // namespace packetarium
