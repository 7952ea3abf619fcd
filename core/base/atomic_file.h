// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Saving without losing what was there: the new content goes into a temporary
// file in the same folder, is forced to the disk, and only then takes the old
// file's name. Whatever goes wrong before that leaves the old file as it was.

#include "core/base/input_error.h"

#include <optional>
#include <string>
#include <string_view>

namespace packetarium {

/// nullopt: it is written. Else FileUnwritable with the system's reason (no permission, read-only folder, full disk ...).
/// A symbolic link stays one, and an existing file keeps its permissions; a device is written to directly.
std::optional<InputError> writeFileAtomically(const std::string& path, std::string_view content);

} // namespace packetarium
