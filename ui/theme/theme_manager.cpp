// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme_manager.h"

#include "ui/theme/app_style.h"

#include <QApplication>
#include <QEvent>
#include <QPointer>

namespace packetarium {
namespace {

QPointer<ThemeManager> theManager;

} // namespace

ThemeManager::ThemeManager(QObject* parent)
    : QObject(parent)
{
    theManager = this;
    desktop_ = QApplication::palette();
    qApp->installEventFilter(this);
    update();
}

ThemeManager::~ThemeManager() = default;

ThemeManager& ThemeManager::current()
{
    if (!theManager)
        new ThemeManager(qApp);
    return *theManager;
}

void ThemeManager::setChoice(ThemeChoice choice)
{
    if (choice == choice_)
        return;
    choice_ = choice;
    update();
}

bool ThemeManager::eventFilter(QObject* watched, QEvent* event)
{
    if (!dressing_) {
        if (event->type() == QEvent::ThemeChange) {
            // Our palette covers the desktop's; take it off for a moment to see what is beneath.
            dressing_ = true;
            QApplication::setPalette(QPalette());
            desktop_ = QApplication::palette();
            QApplication::setPalette(paletteFor(theme_));
            dressing_ = false;
            update();
        } else if (event->type() == QEvent::ApplicationPaletteChange && watched == qApp) {
            desktop_ = QApplication::palette();
            applied_ = false;
            update();
        }
    }
    return QObject::eventFilter(watched, event);
}

void ThemeManager::update()
{
    const Theme next = Theme::make(resolveTheme(choice_, desktop_));
    if (applied_ && next == theme_)
        return;
    theme_ = next;
    applied_ = true;
    dressing_ = true;
    applyTheme(*qApp, theme_);
    dressing_ = false;
    emit themeChanged();
}

} // namespace packetarium
