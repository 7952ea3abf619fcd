// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// From names and files to a session and back. Every way in either opens the
// whole document or leaves the session as it was and says what is wrong.

#include "core/base/input_error.h"
#include "core/base/result.h"
#include "core/scenario/scenario.h"

#include <QString>
#include <optional>
#include <vector>

namespace packetarium {

class Session;

/// A scenario, a lesson or a capture; which of them, the file says. A capture is read to its end before this returns; a window
/// uses CaptureLoader instead. A lesson whose steps do not happen opens all the
/// same; `complaints` are what its author should know.
std::optional<InputError> openFile(Session& session, const QString& path,
                                   std::vector<InputError>* complaints = nullptr);
std::optional<InputError> openBuiltinScenario(Session& session, const QString& name);
std::optional<InputError> openBuiltinLesson(Session& session, const QString& name);
void openSandbox(Session& session);
/// A small network to build on.
void openNewNetwork(Session& session);
/// A file, a built-in lesson or a built-in scenario, whichever there is; what the command line was given.
std::optional<InputError> openAny(Session& session, const QString& what);

/// What a run is compared with: a scenario or a lesson's, from a file or built in, whichever there is. Not a capture: its times are
/// those of another place and day.
Result<Scenario, InputError> scenarioToCompare(const QString& what);

/// Writes the scenario with the user's commands, whole or not at all, and tells the session.
std::optional<InputError> saveScenario(Session& session, const QString& path);

} // namespace packetarium
