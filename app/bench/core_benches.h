// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace packetarium::bench {

/// Engine, moments and the command line; `cli` is the path of packetarium-cli, empty if it was not built.
void runCoreBenches(const char* cli);

} // namespace packetarium::bench
