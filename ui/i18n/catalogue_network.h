// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Words for what a network is made of: kinds of node, what a layer does to a
// unit, and the tables that nodes keep. labelOf and explain as in catalogue.h.

#include "ui/i18n/catalogue.h"

namespace packetarium {

/// "router"
std::string_view labelOf(NodeKind kind, Language language);
/// What a node of this kind does, and how far it opens a packet.
std::string_view explain(NodeKind kind, Language language);

/// "header added", "bits on the cable": a few words, for a chip or a row.
std::string_view labelOf(LayerAct act, Language language);
/// A sentence that does not name the layer.
std::string_view explain(LayerAct act, Language language);

/// "ARP cache", "routing table"
std::string_view labelOf(TableKind kind, Language language);
/// What the table is for, and how rows come and go.
std::string_view explain(TableKind kind, Language language);

/// "added", "looked up", "expired"
std::string_view labelOf(TableChange change, Language language);

} // namespace packetarium
