// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A picture into a PNG, SVG or PDF file, by the very functions that paint the
// screen. The file is written whole or not at all.

#include "core/base/input_error.h"

#include <QSizeF>
#include <QString>
#include <functional>
#include <optional>

class QImage;
class QPainter;

namespace packetarium {

struct PictureOptions {
    QSizeF size;        ///< device-independent pixels
    double scale = 1.0; ///< PNG: pixels for each of them
};

/// "png", "svg" or "pdf"; empty: none of them.
QString pictureFormat(const QString& path);
std::optional<InputError> exportPictureTo(const QString& path, const PictureOptions& options,
                                          const std::function<void(QPainter&)>& paint);
/// A picture that is there already, as PNG.
std::optional<InputError> exportImageTo(const QString& path, const QImage& image);

} // namespace packetarium
