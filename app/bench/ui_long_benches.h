// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace packetarium::bench {

/// Frames, steps and the timeline of a run of 100,000 packets, against one of 100. Needs a QApplication.
void runLongBenches();

} // namespace packetarium::bench
