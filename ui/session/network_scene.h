// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a scene shows of a scenario's network beside its run: where nodes
// stand, what they are called, what is written at the ends of cables.

#include "ui/paint/stage_scene.h"

namespace packetarium {

/// By NodeId.
std::vector<std::optional<NodePlace>> placesIn(const Scenario& scenario);
/// By LinkId: of a router the interface's name and address.
std::vector<CableEnds> cableEndsIn(const Scenario& scenario);
/// By NodeId: hosts on which programs wait from the start, or are told to listen.
std::vector<bool> servesIn(const Scenario& scenario);
/// The author's label of a node, or its name; "Client" and "Server" in the reader's language.
QString nodeLabel(const Scenario& scenario, std::string_view name, Language language);

} // namespace packetarium
