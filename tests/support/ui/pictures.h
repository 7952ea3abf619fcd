// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Two pictures of the same thing, beside each other.

#include <QImage>
#include <string>

namespace packetarium::test {

/// Where two pictures differ, "12 pixels, the first at 40,7"; empty if in no more than `allowed` pixels. What rounding makes of a
/// soft edge does not count: the raster engine cuts a line off at what is to be painted, and rounds where it has cut.
std::string difference(const QImage& a, const QImage& b, int allowed = 0);

} // namespace packetarium::test
