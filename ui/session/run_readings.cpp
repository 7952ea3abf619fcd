// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/run_readings.h"

#include "ui/paint/stage_scene.h"

namespace packetarium {

RunReadings readRun(const Trace& trace)
{
    RunReadings readings;
    readings.moments = std::make_unique<MomentIndex>(trace);
    readings.symbols = std::make_unique<Symbols>(trace);
    return readings;
}

RunReadings readLongRun(const Trace& trace)
{
    RunReadings readings = readRun(trace);
    readings.ladder = readLadderAhead(trace);
    return readings;
}

} // namespace packetarium
