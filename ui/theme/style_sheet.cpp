// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/style_sheet.h"

#include <array>
#include <utility>

namespace packetarium {

namespace {

constexpr const char* kTemplate = R"(
QLabel[look="title"] { font-size: 17px; font-weight: 600; }
QLabel[look="heading"] { font-size: 15px; font-weight: 600; }
QLabel[look="muted"] { color: @muted; font-size: 13px; }
QLabel[look="small"] { color: @muted; font-size: 12px; }
QLabel[look="link"] { color: @accent; font-weight: 600; font-size: 13px; }
QLabel[look="mono"] { font-family: "JetBrains Mono","Noto Sans CJK SC","DejaVu Sans Mono",monospace; font-size: 13px; }
QPushButton, QToolButton { background: @sunken; border: 1px solid transparent; border-radius: 15px; padding: 5px 14px;
    color: @ink; font-weight: 600; font-size: 13px; }
QToolButton { padding: 5px 8px; }
QPushButton { min-height: 20px; }
QPushButton:hover, QToolButton:hover { background: @hover; }
QPushButton:pressed, QToolButton:pressed { background: @line; }
QPushButton:focus, QToolButton:focus { border-color: @focus; }
QPushButton:checked, QToolButton:checked { background: @accent; color: @onaccent; }
QPushButton:disabled, QToolButton:disabled { color: @disabled; background: @background; }
QPushButton[look="primary"], QToolButton[look="primary"] { background: @accent; color: @onaccent; }
QPushButton[look="primary"]:focus, QToolButton[look="primary"]:focus { border: 2px solid @ink; }
QPushButton[look="quiet"], QToolButton[look="quiet"] { background: transparent; }
QPushButton[look="quiet"]:hover, QToolButton[look="quiet"]:hover { background: @hover; }
QPushButton[look="quiet"]:checked, QToolButton[look="quiet"]:checked { background: @accenttint; color: @ink; }
QPushButton[look="danger"], QToolButton[look="danger"] { color: @rst; }
QToolButton::menu-indicator { width: 0; }
QFrame[look="card"] { background: @card; border: 1px solid @line; border-radius: 12px; }
QFrame[look="sunken"] { background: @sunken; border: none; border-radius: 8px; }
QFrame[look="bar"] { background: @card; border: none; border-bottom: 1px solid @line; }
QFrame[look="side"] { background: @card; border: none; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; border: none; border-bottom: 3px solid transparent; padding: 10px 14px 8px 14px;
    color: @muted; font-weight: 600; font-size: 13px; }
QTabBar[tight="true"]::tab { padding: 10px 6px 8px 6px; }
QTabBar::tab:selected { color: @accent; border-bottom-color: @accent; }
QTabBar::tab:hover:!selected { color: @ink; }
QTabBar::tab:focus { background: @hover; }
QLineEdit { background: @sunken; border: 1px solid transparent; border-radius: 8px; padding: 6px 10px; color: @ink; }
QLineEdit:focus { border-color: @focus; background: @card; }
QDialog QListView { background: @card; border: 1px solid @line; border-radius: 8px; padding: 6px; outline: none; }
QDialog QListView::item { padding: 4px 6px; border-radius: 6px; color: @ink; }
QDialog QListView::item:disabled { color: @muted; }
QDialog QListView::item:hover:enabled { background: @hover; }
QDialog QListView::item:selected { background: @accent; color: @onaccent; }
QToolTip { background: @card; color: @ink; border: 1px solid @linestrong; padding: 6px 8px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @linestrong; border-radius: 3px; margin: 3px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
)";

} // namespace

QString styleSheetFor(const Theme& theme)
{
    // Longer names first, so that "@accent" does not eat the beginning of "@accenttint".
    static constexpr std::array<std::pair<const char*, Role>, 15> kNames{{{"@accenttint", Role::AccentTint},
                                                                          {"@onaccent", Role::OnAccent},
                                                                          {"@accent", Role::Accent},
                                                                          {"@background", Role::Background},
                                                                          {"@linestrong", Role::LineStrong},
                                                                          {"@line", Role::Line},
                                                                          {"@disabled", Role::Disabled},
                                                                          {"@sunken", Role::Sunken},
                                                                          {"@muted", Role::Muted},
                                                                          {"@hover", Role::Hover},
                                                                          {"@focus", Role::Focus},
                                                                          {"@card", Role::Card},
                                                                          {"@good", Role::Good},
                                                                          {"@ink", Role::Ink},
                                                                          {"@rst", Role::Rst}}};
    QString sheet = QString::fromLatin1(kTemplate);
    for (const auto& [name, role] : kNames)
        sheet.replace(QLatin1String(name), theme.color(role).name());
    return sheet;
}

} // namespace packetarium
