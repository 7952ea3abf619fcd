// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Which built-in scenarios one looks at beside which: the same with one thing
// different, so that the difference is what one sees.

#include <QString>
#include <QStringList>

namespace packetarium {

/// Names of built-in scenarios, the most telling first; empty: none comes to mind.
QStringList partnersOf(const QString& scenario);

} // namespace packetarium
