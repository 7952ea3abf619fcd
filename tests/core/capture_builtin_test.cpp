// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/capture/pcapng_writer.h"
#include "core/engine/engine.h"
#include "core/scenario/scenario_file.h"
#include "tests/support/catch.h"
#include "tests/support/tshark.h"

#include <sstream>

using namespace packetarium;

TEST_CASE("tshark finds nothing wrong with any built-in scenario, at either end", "[capture]")
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
        for (std::size_t host = 0; host < engine.trace().nodes().size(); ++host) {
            std::ostringstream capture;
            writePcapng(capture, engine.trace(), NodeId(static_cast<std::uint8_t>(host)));
            INFO(name << " at " << engine.trace().nodes()[host].name);
            CHECK(framesWithProblems(capture.str()) == "");
        }
    }
}
