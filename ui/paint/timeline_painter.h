// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The timeline: shown time from left to right, a mark per packet sent (upper
// row the first host, lower row the second, coloured by flag; of two runs
// beside each other upper row the left one, lower row the right one), losses,
// folded gaps, the user's commands, and the handle.

#include "ui/paint/stage_scene.h"

#include <QSizeF>

class QPainter;

namespace packetarium {

struct TimelineMark {
    double x = 0;
    int host = 0; ///< 0: upper row, 1: lower row; of two runs, which of them
    Role role = Role::Ack;
    bool lost = false;
    SimTime at;
};

struct TimelineLayout {
    QSizeF size;
    double railLeft = 0, railRight = 0, railY = 0;
    std::vector<TimelineMark> marks;
    std::vector<std::pair<double, double>> gaps; ///< from, to
    std::vector<double> commands;

    /// Shown seconds at an x, clamped to the run.
    double shownAt(double x, const StoryTime& story) const;
    double xOf(double shown, const StoryTime& story) const;
};

TimelineLayout layoutTimeline(const StageScene& scene, QSizeF size);
/// What stands still, background included (the card's colour); and what moves, over it.
void paintTimelineMarks(QPainter& painter, const Theme& theme, const TimelineLayout& layout);
void paintTimelineRail(QPainter& painter, const StageScene& scene, const TimelineLayout& layout, bool focused = false);
/// Both.
void paintTimeline(QPainter& painter, const StageScene& scene, const TimelineLayout& layout, bool focused = false);

} // namespace packetarium
