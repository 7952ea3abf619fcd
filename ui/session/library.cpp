// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/library.h"

#include "core/lesson/lesson.h"
#include "core/scenario/scenario_file.h"

namespace packetarium {

const std::vector<LibraryLesson>& libraryLessons()
{
    static const std::vector<LibraryLesson> lessons = [] {
        std::vector<LibraryLesson> found;
        for (const std::string& name : builtinLessonNames())
            if (const auto lesson = loadLesson(name))
                found.push_back({QString::fromStdString(name), lesson.value().chapter, lesson.value().title,
                    lesson.value().summary, static_cast<int>(lesson.value().steps.size())});
        return found;
    }();
    return lessons;
}

const std::vector<LibraryScenario>& libraryScenarios()
{
    static const std::vector<LibraryScenario> scenarios = [] {
        std::vector<LibraryScenario> found;
        for (const std::string& name : builtinScenarioNames())
            if (const auto scenario = builtinScenario(name))
                found.push_back({QString::fromStdString(name), scenario.value().tab, scenario.value().title, scenario.value().summary});
        return found;
    }();
    return scenarios;
}

} // namespace packetarium
