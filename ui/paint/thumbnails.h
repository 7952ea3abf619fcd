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
    Teardown,
    Loss,
    Attack,
    States,
    Sandbox,
    File,
    Encapsulation,
    Network,
    Address,
    Window
};

/// The picture that suits a scenario's or lesson's name ("handshake", "syn-lost", "simultaneous-close", ...).
Thumbnail thumbnailFor(std::string_view name);
/// Fills `box` with the sunken background (rounded) and draws the picture in it.
void paintThumbnail(QPainter& painter, Thumbnail picture, const QRectF& box, const Theme& theme);

} // namespace packetarium
