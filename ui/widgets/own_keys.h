// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The window's single keys (Space, arrows, Home ...) step the stage wherever
// the focus is. A widget that needs one of them itself says so when Qt asks.

#include <QKeyEvent>
#include <initializer_list>

namespace packetarium {

/// True (and the event accepted) when Qt asks whether the widget wants one of these keys without modifiers.
inline bool claimsKey(QEvent* event, std::initializer_list<int> keys)
{
    if (event->type() != QEvent::ShortcutOverride)
        return false;
    auto* key = static_cast<QKeyEvent*>(event);
    if ((key->modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier)
        return false;
    for (const int each : keys)
        if (key->key() == each) {
            event->accept();
            return true;
        }
    return false;
}

} // namespace packetarium
