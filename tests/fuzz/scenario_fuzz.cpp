// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a scenario file: either a mistake with a place, or a scenario that survives being written.
#include "core/scenario/scenario_file.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace packetarium;
    const std::string text(data, data + size);
    const auto scenario = parseScenario(text, "fuzz.yaml");
    if (!scenario)
        return 0;
    const auto again = parseScenario(writeScenario(scenario.value()), "fuzz.yaml");
    // Data that can only be written as hexadecimal may outgrow what a file may hold; nothing else may go wrong.
    const bool tooLarge = !again && again.error().id == InputErrorId::FileTooLarge;
    if (!tooLarge && (!again || !(again.value() == scenario.value())))
        std::abort();
    return 0;
}
