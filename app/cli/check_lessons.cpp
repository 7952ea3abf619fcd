// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"

#include "core/engine/engine.h"
#include "core/lesson/lesson.h"

#include <fmt/format.h>

namespace packetarium::cli {
namespace {

struct Outcome {
    std::vector<InputError> problems;
    bool badInput = false; ///< it could not even be read
    std::size_t steps = 0;
};

Outcome checkOne(const std::string& name)
{
    const auto lesson = loadLesson(name);
    if (!lesson)
        return {{lesson.error()}, true, 0};
    auto scenario = loadLessonScenario(lesson.value());
    if (!scenario) {
        InputError error = scenario.error();
        if (error.file.empty())
            error.file = lesson.value().file;
        return {{error}, true, 0};
    }
    EngineOptions options;
    options.layers = true; // steps may wait for layer acts
    Engine engine(std::move(scenario).value(), options);
    if (engine.runToEnd() == RunEnd::TooManyEvents)
        return {{{InputErrorId::RunTooLong, {std::to_string(options.maxEvents)}, lesson.value().file}}, false, 0};
    return {checkLesson(lesson.value(), engine.trace()), false, lesson.value().steps.size()};
}

} // namespace

int checkLessons(const Arguments& arguments, Language language)
{
    const bool zh = language == Language::Chinese;
    std::string report;
    std::vector<InputError> problems;
    std::size_t failed = 0;
    bool badInput = false;
    for (const std::string& name : arguments.names) {
        const Outcome outcome = checkOne(name);
        if (outcome.problems.empty())
            report += fmt::format(
                fmt::runtime(zh ? "{}：{} 个步骤全部符合运行结果。\n" : "{}: all {} steps agree with the run.\n"), name,
                outcome.steps);
        else
            ++failed;
        badInput |= outcome.badInput;
        for (const InputError& problem : outcome.problems) {
            problems.push_back(problem);
            report += sentenceFor(problem, language) + "\n";
        }
    }
    const int status = problems.empty() ? kOk : badInput ? kBadInput : kFailed;
    // One mistake is said once; several are a list on standard output and a sentence that sums them up.
    if (problems.size() == 1 && arguments.names.size() == 1)
        return complain(problems.front(), language, status);
    if (const int written = writeOut(report, language); written != kOk)
        return written;
    if (status != kOk)
        complain(fmt::format(
            fmt::runtime(zh ? "{} 个课程中有 {} 个不符，共 {} 处，见上面的列表。"
                            : "Of {} lessons checked, {} failed, with {} mistakes in all; they are listed above."),
            arguments.names.size(), failed, problems.size()));
    return status;
}

} // namespace packetarium::cli
