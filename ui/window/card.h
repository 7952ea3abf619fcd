// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A card of the home page: a title and a line below it, with a picture and a
// progress bar where they are given. A button in everything but its looks.

#include "ui/paint/thumbnails.h"

#include <QAbstractButton>
#include <QStringList>
#include <array>
#include <optional>

namespace packetarium {

class Card : public QAbstractButton {
    Q_OBJECT
public:
    explicit Card(QWidget* parent = nullptr);

    void setWords(const QString& title, const QString& summary);
    void setPicture(Thumbnail picture);
    /// 0 .. 1; the bar is drawn even at 0, so that all cards of a row look alike.
    void setProgress(double fraction);
    /// The one to press next.
    void setPrimary(bool on);

    QSize sizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    /// Both texts broken into lines for a width; kept, because shaping text is what a card's layout costs.
    struct Lines {
        int width = -1;
        QStringList title, summary;
        double titlePitch = 0, summaryPitch = 0;
    };
    const Lines& linesFor(int width) const;
    void forgetLines();

    QString summary_;
    mutable std::array<Lines, 2> lines_; ///< for the last two widths asked for
    mutable std::size_t nextLines_ = 0;
    std::optional<Thumbnail> picture_;
    std::optional<double> progress_;
    bool primary_ = false;
};

} // namespace packetarium
