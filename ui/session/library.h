// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What comes with the program, as lists show it: lessons and scenarios with
// their titles. Read once, when first asked for.

#include "core/scenario/scenario.h"

#include <QString>
#include <vector>

namespace packetarium {

struct LibraryLesson {
    QString name;
    std::string chapter;
    LocalizedText title, summary;
};

struct LibraryScenario {
    QString name;
    std::string group;
    LocalizedText title, summary;
};

const std::vector<LibraryLesson>& libraryLessons();     ///< by chapter, then order
const std::vector<LibraryScenario>& libraryScenarios(); ///< in the order to be listed

} // namespace packetarium
