// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Small wordless pictures for the cards of the home page.

#include "ui/theme/theme.h"

#include <QRectF>
#include <string_view>

class QPainter;

namespace packetarium {

enum class Thumbnail { Handshake, OldSyn, Teardown, TimeWait, States, Ruler, Loss, Saw, Layers, Network };

/// The picture that suits a lesson's name ("why-three", "four-way-teardown", ...); the handshake if none does.
Thumbnail thumbnailFor(std::string_view name);
/// Fills `box` with the sunken background (rounded) and draws the picture in it.
void paintThumbnail(QPainter& painter, Thumbnail picture, const QRectF& box, const Theme& theme);

} // namespace packetarium
