// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/library.h"

#include "core/scenario/builtin_heads.h"

namespace packetarium {

const std::vector<LibraryLesson>& libraryLessons()
{
    static const std::vector<LibraryLesson> lessons = [] {
        std::vector<LibraryLesson> found;
        for (const BuiltinHead& head : builtinLessonHeads())
            found.push_back({QString::fromStdString(head.name), head.group, head.title, head.summary});
        return found;
    }();
    return lessons;
}

const std::vector<LibraryScenario>& libraryScenarios()
{
    static const std::vector<LibraryScenario> scenarios = [] {
        std::vector<LibraryScenario> found;
        for (const BuiltinHead& head : builtinScenarioHeads())
            found.push_back({QString::fromStdString(head.name), head.group, head.title, head.summary});
        return found;
    }();
    return scenarios;
}

} // namespace packetarium
