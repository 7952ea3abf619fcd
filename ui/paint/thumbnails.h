// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Small wordless pictures for the cards of the home page.

#include "ui/theme/theme.h"

#include <QRectF>
#include <string_view>

class QPainter;

namespace packetarium {

enum class Thumbnail {
    Handshake,
    OldSyn,
    Teardown,
    FiveToClose,
    TimeWait,
    States,
    Ruler,
    Window,
    Loss,
    Saw,
    SevenLayers,
    FourLayers,
    Envelopes,
    Page,
    Writings,
    Turns,
    Ports,
    Network,
    Signal,
    TwoWays,
    Fork,
};

/// The picture of a built-in lesson, each its own; the handshake for a name that is none.
Thumbnail thumbnailFor(std::string_view name);
/// Fills `box` with the sunken background (rounded) and draws the picture in it.
void paintThumbnail(QPainter& painter, Thumbnail picture, const QRectF& box, const Theme& theme);

} // namespace packetarium
