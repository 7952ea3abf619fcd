// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The card under the stage: the step's number, a heading, one or two
// sentences. Outside lessons it says what has just happened. It is as high as
// its text needs, and once it has grown for a run it does not shrink again, so
// that the stage above it stands still while one steps.

#include "ui/widgets/panel.h"

namespace packetarium {

class TextBlock;

class CaptionCard : public Panel {
    Q_OBJECT
public:
    explicit CaptionCard(Session* session, QWidget* parent = nullptr);

    /// What it shares with the stage above it: with much of it both grow (Theme::grownFor).
    void setRoom(QSizeF room);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void restyle() override;
    void refresh() override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    static constexpr int kWidest = 860; ///< at the plain scale

    struct Shape;
    Theme grownTheme() const { return theme().grownFor(room_); }
    Shape shape(const Theme& theme) const;
    void place();

    TextBlock* heading_;
    TextBlock* text_;
    QSizeF room_;
    int number_ = 0;
    bool past_ = false;     ///< an earlier step's words: this one is the other run's
    bool stale_ = true;     ///< words or fonts changed
    int reservedLines_ = 0; ///< of text_, at reservedWidth_
    int reservedWidth_ = 0;
};

} // namespace packetarium
