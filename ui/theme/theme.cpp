// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace packetarium {

namespace {

constexpr double kProjectorScale = 2.75;

constexpr int kRoleCount = static_cast<int>(Role::LayerPhysical) + 1;
using Colours = std::array<QRgb, kRoleCount>;

// In the order of Role.
constexpr Colours kLight{0xfff6f7f9, 0xffffffff, 0xffedf0f5, 0xff17202a, 0xff5f6b7a, 0xffdde2e8, 0xff7d8b9b,
                         0xff0b6bb8, 0xffffffff, 0xffe1eef9, 0xffe6ebf1, 0xff0b6bb8, 0xff007a5a, 0xff0b6bb8,
                         0xffe1effa, 0xffffffff, 0xffb83d0b, 0xfffde9df, 0xffffffff, 0xff007a5a, 0xff3f5b7a,
                         0xff9b3f86, 0xff8f5f00, 0xffb3261e, 0xffffffff, 0xffd91a45, 0xffffffff, 0xffd3d9e1,
                         0xffb87a00, 0xff667280, 0xff9b3f86, 0xff8f5f00, 0xff007a5a, 0xff0b6bb8, 0xff5f6b7a};
constexpr Colours kDark{0xff0f141a, 0xff171e26, 0xff1f2832, 0xffe8edf2, 0xff93a1b0, 0xff2a3440, 0xff647586,
                        0xff5bb0f5, 0xff0f141a, 0xff12293d, 0xff26313c, 0xff8cc8fa, 0xff3dd6a3, 0xff5bb0f5,
                        0xff12293d, 0xff0f141a, 0xffff9a62, 0xff37221a, 0xff0f141a, 0xff3dd6a3, 0xff9db8d6,
                        0xffe28bcb, 0xfff2b93b, 0xffff7a70, 0xff0f141a, 0xffff5c7f, 0xff0f141a, 0xff34404d,
                        0xfff2b93b, 0xff8896a5, 0xffe28bcb, 0xfff2b93b, 0xff3dd6a3, 0xff5bb0f5, 0xff93a1b0};
constexpr Colours kHighContrast{0xff000000, 0xff000000, 0xff14181d, 0xffffffff, 0xffd4dde6, 0xff8b99a8, 0xffc3ced9,
                                0xff7cc4ff, 0xff000000, 0xff002a4d, 0xff24303c, 0xffffe14d, 0xff5ff0bf, 0xff7cc4ff,
                                0xff002a4d, 0xff000000, 0xffffb184, 0xff4a1f08, 0xff000000, 0xff5ff0bf, 0xffc2d8ee,
                                0xfff7aee4, 0xffffd05c, 0xffffa199, 0xff000000, 0xffff9db2, 0xff000000, 0xff5b6874,
                                0xffffd05c, 0xffb4c0cc, 0xfff7aee4, 0xffffd05c, 0xff5ff0bf, 0xff7cc4ff, 0xffd4dde6};

const Colours& coloursOf(ThemeKind kind)
{
    switch (kind) {
    case ThemeKind::Light: return kLight;
    case ThemeKind::Dark: return kDark;
    case ThemeKind::HighContrast: return kHighContrast;
    }
    return kLight;
}

// Families are named one after the other, so that a machine without the first has the next; Chinese is asked for by
// name, because the system's own choice among the CJK fonts may be the Japanese forms.
QStringList proportionalFamilies()
{
    return {"Inter", "Noto Sans CJK SC", "Noto Sans", "DejaVu Sans", "sans-serif"};
}
QStringList monospacedFamilies()
{
    return {"JetBrains Mono", "Noto Sans CJK SC", "Noto Sans Mono", "DejaVu Sans Mono", "monospace"};
}

struct TypeStep {
    double pixels;
    QFont::Weight weight;
    bool mono;
};

TypeStep typeStep(TextStyle style)
{
    switch (style) {
    case TextStyle::Display: return {34, QFont::Bold, false};
    case TextStyle::Title: return {17, QFont::DemiBold, false};
    case TextStyle::Heading: return {15, QFont::DemiBold, false};
    case TextStyle::Body: return {14, QFont::Normal, false};
    case TextStyle::Small: return {12, QFont::Normal, false};
    case TextStyle::Label: return {12, QFont::DemiBold, false};
    case TextStyle::Mono: return {13, QFont::Normal, true};
    case TextStyle::MonoSmall: return {12, QFont::Normal, true};
    case TextStyle::MonoStrong: return {12, QFont::Bold, true};
    }
    return {14, QFont::Normal, false};
}
constexpr int kStyleCount = static_cast<int>(TextStyle::MonoStrong) + 1;

QFont makeFont(TextStyle style, double scale)
{
    const TypeStep step = typeStep(style);
    QFont font;
    font.setFamilies(step.mono ? monospacedFamilies() : proportionalFamilies());
    font.setPixelSize(static_cast<int>(std::lround(step.pixels * scale)));
    font.setWeight(step.weight);
    // Unhinted glyphs keep their widths when turned along an arrow or scaled to a projector.
    font.setHintingPreference(QFont::PreferNoHinting);
    // Neither language needs shaping (scripts that do are shaped all the same), and it was a third of the time to the
    // first frame. In the monospaced font it would make ligatures: "0x1f" must not show a multiplication sign.
    font.setStyleStrategy(QFont::PreferNoShaping);
    if (step.mono)
        font.setStyleHint(QFont::Monospace);
    return font;
}

using Fonts = std::array<QFont, kStyleCount>;

const Fonts& fontsAt(double scale)
{
    // Never destroyed: fonts must not outlive the application object, and a static map of them would.
    static auto& made = *new std::map<double, const Fonts*>;
    const Fonts*& fonts = made[scale];
    if (fonts == nullptr) {
        auto* all = new Fonts;
        for (int i = 0; i < kStyleCount; ++i)
            (*all)[static_cast<std::size_t>(i)] = makeFont(static_cast<TextStyle>(i), scale);
        fonts = all;
    }
    return *fonts;
}

} // namespace

Theme Theme::make(ThemeKind kind, bool projector)
{
    Theme theme;
    theme.kind_ = kind;
    theme.projector_ = projector;
    theme.scale_ = projector ? kProjectorScale : 1.0;
    return theme;
}

Theme Theme::grownFor(QSizeF room) const
{
    // What a stage on a screen of 1920x1080 has is still the plain size.
    constexpr double kWide = 1500, kHigh = 960;
    Theme grown = *this;
    const double times = std::min(room.width() / kWide, room.height() / kHigh);
    if (!projector_)
        grown.scale_ = std::clamp(std::floor(times * 4) / 4, 1.0, 2.0);
    return grown;
}

Theme Theme::grownFor(QSizeF room, const Theme& held) const
{
    constexpr double kLittle = 1.08;
    const Theme grown = grownFor(room);
    return held.scale_ > grown.scale_ && grownFor(room * kLittle) == held ? held : grown;
}

QColor Theme::color(Role role) const
{
    return QColor::fromRgb(coloursOf(kind_)[static_cast<std::size_t>(role)]);
}

QFont Theme::font(TextStyle style) const
{
    return fontsAt(scale_)[static_cast<std::size_t>(style)];
}

} // namespace packetarium
