// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Two runs beside each other as one picture: on the projector and in exported
// files. The window's halves have the same heading.

#include "ui/paint/stage_painter.h"

namespace packetarium {

/// What stands above a half.
struct RunHeading {
    QString title;
    QString mark; ///< "not TCP", or empty
    QString note; ///< that it is over, or empty
    bool operator==(const RunHeading&) const = default;
};

double runHeadingHeight(const Theme& theme);
/// Background included. The title gives way to the mark and the note.
void paintRunHeading(QPainter& painter, const Theme& theme, const RunHeading& heading, const QRectF& box);

struct ComparedRun {
    StageScene scene;
    RunHeading heading;
    SlideCaption caption;
};

/// Keeps its layouts from one picture to the next, as SlidePainter does.
class ComparisonPainter {
public:
    ComparisonPainter();
    void paint(QPainter& painter, const ComparedRun& left, const ComparedRun& right, StageView view, QSizeF size);
    void forget();

private:
    SlidePainter left_, right_;
};

} // namespace packetarium
