// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Lets a screen reader see what is only painted: a canvas has one child per
// StageItem (packets, hosts, states, edges, timers) with its name, description
// and place, which can be pressed; the timeline is a slider. Words are in the
// current language, because the items' are.

namespace packetarium {

/// Once is enough; more calls do nothing.
void installCanvasAccessibility();

} // namespace packetarium
