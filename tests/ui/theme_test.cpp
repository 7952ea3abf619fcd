// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/catch.h"
#include "ui/theme/app_style.h"
#include "ui/theme/contrast.h"
#include "ui/theme/style_sheet.h"

#include <QFontMetricsF>
#include <QRegularExpression>

namespace packetarium::theme_test {

namespace {

constexpr ThemeKind kKinds[] = {ThemeKind::Light, ThemeKind::Dark, ThemeKind::HighContrast};

double leastFor(ThemeKind kind)
{
    return kind == ThemeKind::HighContrast ? 7.0 : 4.5;
}

} // namespace

TEST_CASE("contrast is computed as WCAG defines it", "[theme]")
{
    // Black on white is 21 by definition, a colour on itself 1; #767676 on white is the well-known 4.54.
    CHECK(contrastRatio(Qt::black, Qt::white) == Approx(21.0));
    CHECK(contrastRatio(Qt::red, Qt::red) == Approx(1.0));
    CHECK(contrastRatio(QColor(0x76, 0x76, 0x76), Qt::white) == Approx(4.54).margin(0.005));
}

TEST_CASE("every text is readable on its background in every theme", "[theme]")
{
    for (const ThemeKind kind : kKinds) {
        const Theme theme = Theme::make(kind);
        for (const TextPair& pair : textPairs()) {
            const QColor text = theme.color(pair.text);
            const QColor background = theme.color(pair.background);
            INFO("theme " << static_cast<int>(kind) << ", " << text.name().toStdString() << " on "
                          << background.name().toStdString());
            CHECK(contrastRatio(text, background) >= leastFor(kind));
        }
    }
}

TEST_CASE("what is drawn without text stands out at 3 : 1", "[theme]")
{
    // WCAG 1.4.11 for graphics one must see to understand; hair lines and tracks are decoration.
    for (const ThemeKind kind : kKinds) {
        const Theme theme = Theme::make(kind);
        for (const Role role : {Role::Client, Role::Server, Role::Syn, Role::Ack, Role::Fin, Role::Data, Role::Rst,
                                Role::Now, Role::TimerFill, Role::Focus, Role::LineStrong}) {
            INFO("theme " << static_cast<int>(kind) << ", role " << static_cast<int>(role));
            CHECK(contrastRatio(theme.color(role), theme.color(Role::Background)) >= 3.0);
        }
    }
}

TEST_CASE("the palette of Qt's own widgets is readable too", "[theme]")
{
    for (const ThemeKind kind : kKinds) {
        const QPalette palette = paletteFor(Theme::make(kind));
        using P = QPalette;
        for (const auto& [text, background] : {std::pair{P::WindowText, P::Window},
                                               {P::Text, P::Base},
                                               {P::Text, P::AlternateBase},
                                               {P::ButtonText, P::Button},
                                               {P::HighlightedText, P::Highlight},
                                               {P::ToolTipText, P::ToolTipBase},
                                               {P::Link, P::Window},
                                               {P::PlaceholderText, P::Base}}) {
            INFO("theme " << static_cast<int>(kind) << ", colour role " << static_cast<int>(text));
            CHECK(contrastRatio(palette.color(text), palette.color(background)) >= leastFor(kind));
        }
        CHECK(contrastRatio(palette.color(P::Disabled, P::WindowText), palette.color(P::Window)) >= leastFor(kind));
    }
}

TEST_CASE("the system's choice follows the desktop's palette", "[theme]")
{
    QPalette bright;
    bright.setColor(QPalette::Window, Qt::white);
    bright.setColor(QPalette::WindowText, Qt::black);
    QPalette dim;
    dim.setColor(QPalette::Window, QColor(0x20, 0x20, 0x20));
    dim.setColor(QPalette::WindowText, Qt::white);
    CHECK(resolveTheme(ThemeChoice::System, bright) == ThemeKind::Light);
    CHECK(resolveTheme(ThemeChoice::System, dim) == ThemeKind::Dark);
    CHECK(resolveTheme(ThemeChoice::Light, dim) == ThemeKind::Light);
    CHECK(resolveTheme(ThemeChoice::Dark, bright) == ThemeKind::Dark);
    CHECK(resolveTheme(ThemeChoice::HighContrast, bright) == ThemeKind::HighContrast);
}

TEST_CASE("the projector's type is larger, and lengths grow with it", "[theme]")
{
    const Theme desktop = Theme::make(ThemeKind::Light);
    const Theme projector = Theme::make(ThemeKind::Light, true);
    CHECK(desktop.px(10) == Approx(10));
    CHECK(projector.px(10) >= 25);
    for (const TextStyle style : {TextStyle::Body, TextStyle::Small, TextStyle::Label, TextStyle::MonoStrong}) {
        // Readable from the back row: at least 1/36 of the slide's height of 1080.
        CHECK(projector.font(style).pixelSize() >= 30);
        CHECK(desktop.font(style).pixelSize() >= 12);
    }
    CHECK(desktop.font(TextStyle::Body).pixelSize() < desktop.font(TextStyle::Title).pixelSize());
}

TEST_CASE("monospaced digits and letters share one width", "[theme]")
{
    const QFontMetricsF metrics(Theme::make(ThemeKind::Light).font(TextStyle::Mono));
    const double one = metrics.horizontalAdvance(QLatin1Char('1'));
    CHECK(metrics.horizontalAdvance(QLatin1Char('i')) == Approx(one));
    CHECK(metrics.horizontalAdvance(QLatin1Char('M')) == Approx(one));
    CHECK(metrics.horizontalAdvance(QStringLiteral("0xff")) == Approx(4 * one));
}

TEST_CASE("the style sheet names no colour of its own", "[theme]")
{
    for (const ThemeKind kind : kKinds) {
        const Theme theme = Theme::make(kind);
        const QString sheet = styleSheetFor(theme);
        CHECK_FALSE(sheet.contains(QLatin1Char('%'))); // nothing left to fill in
        QStringList known;
        for (int role = 0; role <= static_cast<int>(Role::LayerPhysical); ++role)
            known << theme.color(static_cast<Role>(role)).name();
        auto found = QRegularExpression(QStringLiteral("#[0-9a-f]{6}")).globalMatch(sheet);
        while (found.hasNext()) {
            const QString colour = found.next().captured();
            INFO(colour.toStdString());
            CHECK(known.contains(colour));
        }
    }
}

TEST_CASE("a stage with much room is drawn larger, in quarters, and a projector's is not", "[theme]")
{
    const Theme plain = Theme::make(ThemeKind::Dark);
    CHECK(plain.grownFor({836, 560}) == plain);
    CHECK(plain.grownFor({1874, 1199}) == plain);
    CHECK(plain.grownFor({1875, 1200}).px(10) == Approx(12.5));
    CHECK(plain.grownFor({3840, 1200}).px(10) == Approx(12.5)); // the lesser of the two decides
    CHECK(plain.grownFor({3840, 2160}).px(10) == Approx(20));
    CHECK(plain.grownFor({38400, 21600}).px(10) == Approx(20));
    CHECK(plain.grownFor({3840, 2160}).font(TextStyle::Body).pixelSize() ==
          2 * plain.font(TextStyle::Body).pixelSize());
    CHECK(plain.grownFor({3840, 2160}).grownFor({836, 560}) == plain);
    const Theme projector = Theme::make(ThemeKind::Light, true);
    CHECK(projector.grownFor({3840, 2160}) == projector);
}

} // namespace packetarium::theme_test
