// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/capture/pcapng_writer.h"
#include "core/engine/engine.h"
#include "core/scenario/scenario_file.h"
#include "tests/support/catch.h"
#include "tests/support/tshark.h"

#include <sstream>

namespace packetarium::capture_builtin_test {

TEST_CASE("tshark finds nothing wrong with any built-in scenario, at every host", "[capture-builtin]")
{
    if (!hasTshark()) {
        WARN("tshark is not installed");
        return;
    }
    const auto names = builtinScenarioNames();
    CHECK_FALSE(names.empty());
    for (const std::string& name : names) {
        auto scenario = builtinScenario(name);
        REQUIRE(scenario.ok());
        Engine engine(std::move(scenario).value());
        engine.runToEnd();
        for (std::size_t node = 0; node < engine.trace().nodes().size(); ++node) {
            if (engine.trace().nodes()[node].kind != NodeKind::Host)
                continue; // in between a frame is on several cables, which tshark would take for retransmissions
            std::ostringstream capture;
            writePcapng(capture, engine.trace(), NodeId(static_cast<std::uint8_t>(node)));
            INFO(name << " at " << engine.trace().nodes()[node].name);
            CHECK(framesWithProblems(capture.str()) == "");
        }
    }
}

} // namespace packetarium::capture_builtin_test
