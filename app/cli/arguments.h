// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the command line asks for, as a value. Every mistake is an InputError,
// so that it is said in the reader's language by the same catalogue as
// everything else.

#include "core/base/result.h"
#include "ui/i18n/catalogue.h"

#include <optional>
#include <string>
#include <vector>

namespace packetarium::cli {

enum class Task { Help, Version, List, Run, Print, LessonCheck, Endpoint };

struct Arguments {
    Task task = Task::Help;
    std::vector<std::string> names; ///< the scenario, or the lessons
    std::optional<SimTime> until;
    std::optional<std::uint64_t> seed;
    std::optional<Profile> profile;
    std::optional<std::string> trace, pcap, csv; ///< files; "-" is standard output
    std::optional<std::string> at; ///< where --pcap listens: a node, "A,B" for the cable between two, or "all" cables
    bool layers = false;
    std::optional<std::string> conversation; ///< of a capture: its number in the list, from 1, or "all"
};

/// Without the program's name.
Result<Arguments, InputError> parseArguments(const std::vector<std::string>& words);
/// --lang, wherever it stands; else the locale of the environment; else English. Never fails: a wrong --lang is
/// parseArguments' matter, which needs a language to say so.
Language languageOf(const std::vector<std::string>& words);
std::string helpText(Language language);

} // namespace packetarium::cli
