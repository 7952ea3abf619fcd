// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How far long work is (a capture that is read, a long run), and the way to
// stop it. It floats above the page while there is some and it takes long
// enough to be noticed.

#include <QTimer>
#include <QWidget>
#include <vector>

namespace packetarium {

class LongWork;
class PillButton;

class LoadingBar : public QWidget {
    Q_OBJECT
public:
    LoadingBar(std::vector<LongWork*> works, QWidget* parent); ///< they must live longer

    void retranslate();
    /// Centred below `top`, in the parent's width.
    void place(int top);
    PillButton& cancelButton() const { return *cancel_; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void follow();
    LongWork* busy() const; ///< the first one that is; nullptr: none

    std::vector<LongWork*> works_;
    PillButton* cancel_;
    QTimer showLater_;
    int top_ = 0;
};

} // namespace packetarium
