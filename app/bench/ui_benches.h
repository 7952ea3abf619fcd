// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace packetarium::bench {

/// Start-up, frames, steps and language switching, with the widgets of the program itself.
void runUiBenches(int argc, char** argv);

/// Only what long runs cost (ui_long_benches.h).
void runLongRunBenches(int argc, char** argv);

/// "empty" or "program": shows that window and leaves after its first painted frame.
int runProbe(int argc, char** argv, const std::string& what);

} // namespace packetarium::bench
