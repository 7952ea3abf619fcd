// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A large network made by arithmetic: what the engine is measured and tried
// with. Every switch is a subnet of its own with one web server and otherwise
// browsers; the routers are joined each with each.

#include "core/scenario/scenario.h"

namespace packetarium {

struct CampusSize {
    std::uint32_t hosts = 100;       ///< servers included; shared out evenly over the switches, at most 200
    std::uint32_t switches = 10;     ///< at least 1, at most `hosts` / 2
    std::uint32_t routers = 4;       ///< at least 1; shared out evenly over the switches
    std::uint32_t requests = 10'000; ///< in all; each browser asks the servers in turn, one request per `pause`
    SimDuration pause = SimDuration::milliseconds(20);
    std::uint32_t pageOctets = 2000;
};
Scenario campus(const CampusSize& size);

} // namespace packetarium
