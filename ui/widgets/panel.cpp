// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/panel.h"

#include "ui/theme/theme_manager.h"

#include <QEvent>

namespace packetarium {

Panel::Panel(Session* session, QWidget* parent)
    : QWidget(parent)
    , session_(session)
{
    const auto content = [this] { follow(false); };
    connect(session, &Session::runChanged, this, content);
    connect(session, &Session::momentChanged, this, content);
    connect(session, &Session::selectionChanged, this, content);
    connect(session, &Session::stopsChanged, this, content);
    connect(session, &Session::presentationChanged, this, [this] { follow(true); });
    connect(&ThemeManager::current(), &ThemeManager::themeChanged, this, [this] { follow(true); });
}

void Panel::start()
{
    started_ = true;
    restyle();
    refresh();
}

const Theme& Panel::theme() const
{
    return ThemeManager::current().theme();
}

void Panel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        follow(true);
    QWidget::changeEvent(event);
}

void Panel::showEvent(QShowEvent* event)
{
    if (staleStyle_ || staleContent_)
        follow(staleStyle_);
    QWidget::showEvent(event);
}

void Panel::follow(bool dress)
{
    if (!started_)
        return;
    // Inside showEvent the panel is already marked visible.
    if (!isFollowing()) {
        staleStyle_ = staleStyle_ || dress;
        staleContent_ = true;
        return;
    }
    staleStyle_ = staleContent_ = false;
    if (dress) {
        restyle();
        update();
    }
    refresh();
}

} // namespace packetarium
