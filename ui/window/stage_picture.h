// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the stage shows as one picture, for the projector and for files: one
// run with its caption, or two that are compared beside each other.

#include "ui/paint/comparison_painter.h"

namespace packetarium {

class Session;

class StagePicture {
public:
    /// With the projector's theme it is the projector's slide. Layouts are kept from one picture to the next.
    void paint(QPainter& painter, const Session& session, const Theme& theme, QSizeF size);
    /// To be called when the session's trace has changed.
    void forget();

private:
    SlidePainter alone_;
    ComparisonPainter compared_;
};

/// The title, the mark if it is not TCP, and that it is over while the other goes on.
RunHeading runHeading(const Session& session);

} // namespace packetarium
