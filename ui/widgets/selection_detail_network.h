// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// detailOf() for what a network has: nodes that are no hosts, cables, layers,
// rows of tables.

#include "ui/widgets/selection_detail.h"

namespace packetarium {

Detail nodeDetail(const Session& session, NodeId node);
Detail linkDetail(const Session& session, int link);
/// `index` as Selection has it for a layer.
Detail layerDetail(const Session& session, NodeId node, int index);
/// `row` of Trace::tableRows().
Detail rowDetail(const Session& session, int row);

} // namespace packetarium
