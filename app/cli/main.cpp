// SPDX-License-Identifier: GPL-3.0-or-later
// packetarium-cli: everything the engine can do, without a screen.
#include "app/cli/commands.h"

#include <fmt/format.h>

#include <exception>

using namespace packetarium;
using namespace packetarium::cli;

namespace {

int run(const Arguments& arguments, Language language)
{
    switch (arguments.task) {
    case Task::Help: return writeOut(helpText(language), language);
    case Task::Version: return writeOut("packetarium-cli " PACKETARIUM_VERSION "\n", language);
    case Task::List: return listScenarios(language);
    case Task::Run: return runScenario(arguments, language);
    case Task::Print: return printScenario(arguments, language);
    case Task::LessonCheck: return checkLessons(arguments, language);
    case Task::Endpoint: return serveEndpoint();
    }
    return kFailed;
}

} // namespace

int main(int argc, char** argv)
{
    const std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
    const Language language = languageOf(words);
    try {
        const auto arguments = parseArguments(words);
        return arguments ? run(arguments.value(), language) : complain(arguments.error(), language, kBadInput);
    } catch (const std::exception& broken) {
        const bool zh = language == Language::Chinese;
        complain(fmt::format(
            fmt::runtime(zh ? "程序内部出错：{}；请附上场景文件报告此问题。"
                            : "something inside the program went wrong: {}; please report it with the scenario."),
            broken.what()));
        return kFailed;
    }
}
