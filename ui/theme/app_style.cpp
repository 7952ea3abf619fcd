// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/app_style.h"

#include "ui/theme/style_sheet.h"

#include <QApplication>
#include <QProxyStyle>
#include <QStyleFactory>

namespace packetarium {

namespace {

/// Fusion with a little more air, and scroll bars that do not shout.
class AppStyle : public QProxyStyle {
public:
    AppStyle()
        : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
    {}

    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override
    {
        switch (metric) {
        case PM_ScrollBarExtent: return 12;
        case PM_SplitterWidth: return 1;
        case PM_SmallIconSize: return 18;
        case PM_ButtonIconSize: return 18;
        case PM_ToolBarIconSize: return 20;
        case PM_DefaultFrameWidth: return 1;
        case PM_MenuPanelWidth: return 1;
        case PM_MenuVMargin: return 4;
        case PM_LayoutHorizontalSpacing: return 8;
        case PM_LayoutVerticalSpacing: return 8;
        default: return QProxyStyle::pixelMetric(metric, option, widget);
        }
    }

    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* returned) const override
    {
        switch (hint) {
        case SH_ToolTip_WakeUpDelay: return 350;
        case SH_DialogButtonBox_ButtonsHaveIcons: return 0;
        case SH_EtchDisabledText: return 0;
        case SH_Menu_MouseTracking: return 1;
        case SH_ScrollBar_Transient: return 0;
        default: return QProxyStyle::styleHint(hint, option, widget, returned);
        }
    }
};

QColor mixed(const QColor& a, const QColor& b, double share)
{
    const auto mix = [share](int x, int y) { return static_cast<int>(x + (y - x) * share + 0.5); };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

} // namespace

QPalette paletteFor(const Theme& theme)
{
    const auto c = [&theme](Role role) { return theme.color(role); };
    QPalette p;
    p.setColor(QPalette::Window, c(Role::Background));
    p.setColor(QPalette::WindowText, c(Role::Ink));
    p.setColor(QPalette::Base, c(Role::Card));
    p.setColor(QPalette::AlternateBase, c(Role::Sunken));
    p.setColor(QPalette::Text, c(Role::Ink));
    p.setColor(QPalette::PlaceholderText, c(Role::Muted));
    p.setColor(QPalette::Button, c(Role::Card));
    p.setColor(QPalette::ButtonText, c(Role::Ink));
    p.setColor(QPalette::BrightText, c(Role::Rst));
    p.setColor(QPalette::ToolTipBase, c(Role::Card));
    p.setColor(QPalette::ToolTipText, c(Role::Ink));
    p.setColor(QPalette::Highlight, c(Role::Accent));
    p.setColor(QPalette::HighlightedText, c(Role::OnAccent));
    p.setColor(QPalette::Link, c(Role::Accent));
    p.setColor(QPalette::LinkVisited, c(Role::Fin));
    p.setColor(QPalette::Light, mixed(c(Role::Line), c(Role::Card), 0.7));
    p.setColor(QPalette::Midlight, mixed(c(Role::Line), c(Role::Card), 0.4));
    p.setColor(QPalette::Mid, c(Role::Line));
    p.setColor(QPalette::Dark, c(Role::LineStrong));
    p.setColor(QPalette::Shadow,
               mixed(c(Role::Ink), c(Role::Background), theme.kind() == ThemeKind::Light ? 0.3 : 1.0));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, c(Role::Disabled));
    p.setColor(QPalette::Disabled, QPalette::Highlight, c(Role::Sunken));
    p.setColor(QPalette::Disabled, QPalette::HighlightedText, c(Role::Disabled));
    return p;
}

ThemeKind resolveTheme(ThemeChoice choice, const QPalette& desktop)
{
    switch (choice) {
    case ThemeChoice::Light: return ThemeKind::Light;
    case ThemeChoice::Dark: return ThemeKind::Dark;
    case ThemeChoice::HighContrast: return ThemeKind::HighContrast;
    case ThemeChoice::System: break;
    }
    const bool dark = desktop.color(QPalette::Window).lightnessF() < desktop.color(QPalette::WindowText).lightnessF();
    return dark ? ThemeKind::Dark : ThemeKind::Light;
}

void applyTheme(QApplication& application, const Theme& theme)
{
    static bool styled = false;
    if (!styled) {
        QApplication::setStyle(new AppStyle);
        styled = true;
    }
    QApplication::setFont(theme.font(TextStyle::Body));
    QApplication::setPalette(paletteFor(theme));
    const QString sheet = styleSheetFor(theme);
    if (application.styleSheet() != sheet)
        application.setStyleSheet(sheet);
}

} // namespace packetarium
