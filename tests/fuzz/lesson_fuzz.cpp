// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a lesson file; what is read is looked for in a small run, and its texts are filled in.
#include "core/engine/engine.h"
#include "core/lesson/lesson.h"
#include "core/scenario/scenario_file.h"

namespace {

const packetarium::Trace& smallRun()
{
    using namespace packetarium;
    static Engine engine = [] {
        Scenario scenario = sandboxScenario();
        scenario.script.push_back({AtTime{}, "server", DoListen{80}});
        scenario.script.push_back({AtTime{}, "client", DoConnect{"server", 80, 49152}});
        scenario.script.push_back({AtTime{SimTime::fromNs(200'000'000)}, "client", DoSend{{'h', 'i'}}});
        scenario.script.push_back({AtTime{SimTime::fromNs(400'000'000)}, "client", DoClose{}});
        Engine e(scenario);
        e.runToEnd();
        return e;
    }();
    return engine.trace();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace packetarium;
    const std::string text(data, data + size);
    const auto lesson = parseLesson(text, "fuzz.yaml");
    if (!lesson)
        return 0;
    const Trace& trace = smallRun();
    checkLesson(lesson.value(), trace);
    const MomentIndex moments(trace);
    const Symbols symbols(trace);
    const auto bound = bindSteps(lesson.value(), trace);
    for (std::size_t i = 0; i < bound.size(); ++i)
        for (const NumberStyle style : {NumberStyle::Symbolic, NumberStyle::Relative, NumberStyle::Raw})
            fillPlaceholders(lesson.value().steps[i].text.en, bound[i], trace, moments, symbols, style);
    return 0;
}
