// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A paragraph that is never cut: it asks for as many lines as its text needs
// at the width it is given, with the line spacing of a page rather than a list.

#include <QLabel>

namespace packetarium {

class TextBlock : public QLabel {
    Q_OBJECT
public:
    explicit TextBlock(QWidget* parent = nullptr);

    void setLook(const QFont& font, const QColor& color);
    /// Reserves this many lines even for a shorter text, so that what is around it does not jump.
    void setMinimumLines(int lines);
    int lineCount(int width) const;

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    double linePitch() const;

    int minimumLines_ = 0;
};

} // namespace packetarium
