// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One sentence that floats above the page for a while: what was done, or what
// went wrong. A mistake stays until it is closed; nothing is ever a box that
// has to be answered.

#include <QTimer>
#include <QWidget>

class QAbstractButton;

namespace packetarium {

class TextBlock;

class NoticeBar : public QWidget {
    Q_OBJECT
public:
    enum class Kind { Information, Mistake };
    explicit NoticeBar(QWidget* parent);

    void say(const QString& sentence, Kind kind);
    QString sentence() const;
    Kind kind() const { return kind_; }
    void retranslate();
    /// Centred below `top`, in the parent's width.
    void place(int top);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void restyle();

    TextBlock* text_;
    QAbstractButton* close_;
    QTimer hideLater_;
    Kind kind_ = Kind::Information;
    int top_ = 0;
};

} // namespace packetarium
