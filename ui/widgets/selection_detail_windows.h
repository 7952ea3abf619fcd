// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the inspector says of a part of the windows view.

#include "ui/widgets/selection_detail.h"

namespace packetarium {

/// `index` as ui/i18n/catalogue_windows.h packs it.
Detail windowDetail(const Session& session, NodeId host, int index);

} // namespace packetarium
