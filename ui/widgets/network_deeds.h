// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The part of the context menu that is about cables and nodes.

#include "ui/widgets/packet_actions.h"

namespace packetarium {

/// False: the selection is neither, or the run is no network; then the menu is as it was.
bool addNetworkDeeds(QMenu& menu, Session* session, const Selection& what);

} // namespace packetarium
