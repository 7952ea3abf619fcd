// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The windows view as a list of shapes, texts and things to click: for each
// direction of the connection two rulers on one scale of sequence numbers,
// the sender's above the receiver's, and between them what is under way.
// Everything is decided here; windows_painter.h only draws it.

#include "core/trace/window_moment.h"
#include "core/trace/window_scales.h"
#include "ui/i18n/catalogue_windows.h"
#include "ui/paint/stage_scene.h"
#include "ui/paint/text_ruler.h"

#include <QSizeF>
#include <array>

namespace packetarium {

/// How the user has turned the view; nothing of it belongs to the run.
struct WindowsLook {
    struct Zoom {
        double factor = 1;
        double moved = 0; ///< octets, on from where the page begins
        bool operator==(const Zoom&) const = default;
    };
    int direction = -1; ///< the one that gets the room: 0 from the client, 1 from the server, -1 the one with more data
    std::array<Zoom, 2> zoom;
    bool operator==(const WindowsLook&) const = default;
};

/// What stays while the instant moves: depends on run, theme and size.
class WindowsLayout {
public:
    WindowsLayout(const StageScene& scene, QSizeF size);
    QSizeF size() const { return size_; }
    const WindowScales& scales() const { return scales_; }
    const TextRuler& ruler() const { return ruler_; }

private:
    QSizeF size_;
    WindowScales scales_;
    TextRuler ruler_;
};

struct WindowsShape {
    enum class Kind {
        Fill,
        Line,
        Cross,
        Up,
        Right,
        Diamond,
        Torn
    }; ///< Line: from the box's top left to its bottom right; Torn: it goes on beyond
    enum class Hatch { None, Rising, Falling, Crossed, Dots, Upright };
    Kind kind = Kind::Fill;
    QRectF box;
    QColor fill, line; ///< invalid: none
    double width = 0;
    double radius = 0;
    bool dashed = false;
    Hatch hatch = Hatch::None;
    QColor hatchInk;
};

struct WindowsText {
    QRectF box;
    TextStyle style = TextStyle::Small;
    QColor colour;
    int alignment = 0;
    QString text;
    QColor plate; ///< what is painted below it, or invalid
};

struct WindowsPanel {
    int direction = 0;
    bool folded = false; ///< one line that a click unfolds
    int markRows = 1;    ///< lines for the marks' words, at each ruler
    bool axis = false;
    QRectF box;
    QRectF send, receive; ///< the rulers
    double from = 0, span = 1;

    double x(double offset) const { return send.left() + (offset - from) / span * send.width(); }
    double offset(double x) const { return from + (x - send.left()) / send.width() * span; }
};

struct WindowsPlan {
    std::optional<WindowMoment> moment; ///< empty: no connection yet
    std::vector<WindowsPanel> panels;
    std::vector<WindowsShape> shapes;
    std::vector<WindowsText> texts;
    std::vector<StageItem> items; ///< in reading order
    struct Spot {
        Selection what;
        QRectF box;
    };
    std::vector<Spot> spots; ///< what a click means; the last one that contains it

    Selection hit(QPointF at) const;
    /// The panel under a point, not folded; or nullptr.
    const WindowsPanel* panelAt(QPointF at) const;
};

WindowsPlan planWindows(const StageScene& scene, const WindowsLayout& layout, const WindowsLook& look = {});

} // namespace packetarium
