// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The commands run and print on a capture instead of a scenario.

#include "app/cli/arguments.h"

namespace packetarium::cli {

/// A file that begins like a pcap or pcapng file, or is named like one and too short to begin like anything.
bool isCapture(const std::string& name);
int printCapture(const Arguments& arguments, Language language);
int runCapture(const Arguments& arguments, Language language);

} // namespace packetarium::cli
