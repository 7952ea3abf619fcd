// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A run of a network as a list in plain text: each datagram's way from the
// node that made it to the one that took it, what programs met, and if asked
// for what happened to it at every layer of every node.

#include "ui/i18n/catalogue.h"

#include <limits>

namespace packetarium::cli {

struct JourneyList {
    bool layers = false;
    std::size_t most = std::numeric_limits<std::size_t>::max(); ///< lines; what is left out is counted
};
std::string journeyList(const Trace& trace, const JourneyList& how, Language language);

} // namespace packetarium::cli
