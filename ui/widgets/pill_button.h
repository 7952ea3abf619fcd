// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The rounded button of the panels, with an optional small drawing before its
// word. A QPushButton in everything but its looks, save that a click does not
// give it the focus: Space after a click goes on stepping the stage.

#include <QPushButton>

class QPainter;

namespace packetarium {

class Theme;

enum class Glyph { None, Drop, Delay, Duplicate, Corrupt, Hold, LetGo, Fold, Unfold };
/// Draws the glyph into the square `box` with the painter's pen colour.
void paintGlyph(QPainter& painter, Glyph glyph, const QRectF& box);

class PillButton : public QPushButton {
    Q_OBJECT
public:
    enum class Tone { Normal, Danger, Primary };
    explicit PillButton(QWidget* parent = nullptr);

    void setGlyph(Glyph glyph);
    void setTone(Tone tone);
    /// Smaller type and padding, for rows of many.
    void setCompact(bool on);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QFont textFont(const Theme& theme) const;
    double glyphRoom(const Theme& theme) const; ///< with the gap after it

    Glyph glyph_ = Glyph::None;
    Tone tone_ = Tone::Normal;
    bool compact_ = false;
};

} // namespace packetarium
