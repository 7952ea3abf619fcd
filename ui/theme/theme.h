// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Colour roles, type scale and spacing: light, dark, high contrast, and the
// projector's larger scale. Painters and widgets ask for roles, never for
// colours. Every text/background pair that is used is at least 4.5 : 1 (7 : 1
// in high contrast); tests/ui/theme_test.cpp computes it.

#include <QColor>
#include <QFont>
#include <QSizeF>

namespace packetarium {

enum class ThemeKind { Light, Dark, HighContrast };
/// What the user chose; System follows the desktop's palette.
enum class ThemeChoice { System, Light, Dark, HighContrast };

enum class Role {
    Background,
    Card,
    Sunken,
    Ink,
    Muted,
    Line,
    LineStrong,
    Accent,
    OnAccent,
    AccentTint,
    Hover,
    Focus,
    Good,
    Client,
    ClientTint,
    OnClient,
    Server,
    ServerTint,
    OnServer,
    Syn,
    Ack,
    Fin,
    Data,
    Rst,
    OnFlag,
    Now,
    OnNow,
    TimerTrack,
    TimerFill,
    Disabled,
    LayerApplication,
    LayerTransport,
    LayerInternet,
    LayerLink,
    LayerPhysical,
};

enum class TextStyle { Display, Title, Heading, Body, Small, Label, Mono, MonoSmall, MonoStrong };

class Theme {
public:
    /// `projector` multiplies type and spacing for the back row.
    static Theme make(ThemeKind kind, bool projector = false);
    /// For a stage with much room: type and spacing grow with it, in quarters, to twice their size. A projector's do not.
    Theme grownFor(QSizeF room) const;
    /// The same, but stays at `held`, another size of this theme, while only a little of the room for it is missing.
    Theme grownFor(QSizeF room, const Theme& held) const;

    ThemeKind kind() const { return kind_; }
    bool isProjector() const { return projector_; }
    QColor color(Role role) const;
    QFont font(TextStyle style) const;
    /// A length given for the desktop scale at 96 dpi, in device-independent pixels of this theme's scale.
    double px(double desktopPixels) const { return desktopPixels * scale_; }

    bool operator==(const Theme&) const = default;

private:
    ThemeKind kind_ = ThemeKind::Light;
    bool projector_ = false;
    double scale_ = 1.0;
};

} // namespace packetarium
