// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The commands themselves. Results go to standard output; whatever is wrong
// is one sentence on standard error.

#include "app/cli/arguments.h"

#include <ostream>

namespace packetarium::cli {

constexpr int kOk = 0;
constexpr int kFailed = 1;   ///< the run or the check failed, or its result could not be written
constexpr int kBadInput = 2; ///< bad arguments, or a file that is no scenario or lesson

/// One sentence on standard error.
void complain(const std::string& sentence);
int complain(const InputError& error, Language language, int status);

int listScenarios(Language language);
int runScenario(const Arguments& arguments, Language language);
int printScenario(const Arguments& arguments, Language language);
int checkLessons(const Arguments& arguments, Language language);
/// Answers requests, one a line, until standard input ends.
int serveEndpoint();
/// At a node, on the cable between two ("client,switch"), on all cables ("all"), or at the first host.
std::optional<InputError> writeCapture(std::ostream& out, const Trace& trace, const std::optional<std::string>& at);
/// kOk, or kFailed with a sentence said.
int writeResult(const std::string& file, const std::string& content, Language language);
/// Writes to standard output; kFailed with a sentence if that does not work.
int writeOut(std::string_view text, Language language);

} // namespace packetarium::cli
