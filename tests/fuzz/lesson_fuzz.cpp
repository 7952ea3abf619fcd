// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a lesson file; what is read is looked for in two small runs, and its texts are filled in.
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

/// Three nodes, with layers, tables, programs.
const packetarium::Trace& smallNetwork()
{
    using namespace packetarium;
    static Engine engine = [] {
        EngineOptions options;
        options.layers = true;
        Engine e(parseScenario(R"(packetarium: scenario
version: 1
hosts:
  client: {address: 10.0.0.1/24, gateway: 10.0.0.254}
  server:
    address: 10.0.1.1/24
    gateway: 10.0.1.254
    services: {http: {files: {/: {content: hello}}}}
routers: {r1: {interfaces: {a: {address: 10.0.0.254/24}, b: {address: 10.0.1.254/24}}}}
switches: {s1: }
links: [{between: [client, s1]}, {between: [s1, r1.a]}, {between: [r1.b, server]}]
script:
  - {at: 0 ms, host: client, ping: {to: server, count: 1}}
  - {at: 100 ms, host: client, open: "http://10.0.1.1/"}
)",
                               "small.yaml")
                     .value(),
                 options);
        e.runToEnd();
        return e;
    }();
    return engine.trace();
}

void lookAt(const packetarium::Lesson& lesson, const packetarium::Trace& trace)
{
    using namespace packetarium;
    checkLesson(lesson, trace);
    const MomentIndex moments(trace);
    const Symbols symbols(trace);
    const auto bound = bindSteps(lesson, trace);
    for (std::size_t i = 0; i < bound.size(); ++i)
        for (const NumberStyle style : {NumberStyle::Symbolic, NumberStyle::Relative, NumberStyle::Raw})
            fillPlaceholders(lesson.steps[i].text.en, bound[i], trace, moments, symbols, style);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace packetarium;
    const std::string text(data, data + size);
    const auto lesson = parseLesson(text, "fuzz.yaml");
    if (!lesson)
        return 0;
    lookAt(lesson.value(), smallRun());
    lookAt(lesson.value(), smallNetwork());
    return 0;
}
