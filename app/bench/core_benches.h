// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace packetarium::bench {

/// Engine, moments and the command line; `cli` is the path of packetarium-cli, empty if it was not built.
void runCoreBenches(const char* cli);
/// 100 hosts behind 10 switches and 4 routers; every request is a connection of its own. To be run last: it leaves this process large,
/// and a child's peak memory is at least what its parent's was.
void runCampusBench();

} // namespace packetarium::bench
