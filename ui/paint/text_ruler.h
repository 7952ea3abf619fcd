// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Widths and heights of the theme's text, measured once per style.

#include "ui/i18n/from_utf8.h"
#include "ui/theme/theme.h"

#include <QFontMetricsF>
#include <QString>
#include <array>
#include <optional>
#include <string_view>

namespace packetarium {

class TextRuler {
public:
    explicit TextRuler(const Theme& theme)
        : theme_(theme)
    {}

    double width(TextStyle style, const QString& text) const { return metrics(style).horizontalAdvance(text); }
    double height(TextStyle style) const { return metrics(style).height(); }
    /// The text, or its beginning and an ellipsis.
    QString fitted(TextStyle style, const QString& text, double width) const
    {
        return metrics(style).elidedText(text, Qt::ElideRight, width);
    }

private:
    const QFontMetricsF& metrics(TextStyle style) const
    {
        auto& m = metrics_[static_cast<std::size_t>(style)];
        if (!m)
            m.emplace(theme_.font(style));
        return *m;
    }

    Theme theme_;
    mutable std::array<std::optional<QFontMetricsF>, static_cast<std::size_t>(TextStyle::MonoStrong) + 1> metrics_;
};

} // namespace packetarium
