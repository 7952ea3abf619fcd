// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Reading a file whole, and looking for a built-in one by name: what
// scenarios and lessons have in common.

#include "core/base/input_error.h"
#include "core/base/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace packetarium {

/// A whole file of at most kMaxInputFile octets: FileNotFound, FileUnreadable, FileTooLarge.
Result<std::string, InputError> readInputFile(const std::string& path);
/// The text of a built-in file of that kind ("scenario", "lesson").
std::optional<std::string_view> builtinText(std::string_view kind, std::string_view name);
/// Whether this can only mean a file: it has a slash in it or ends in .yaml or .yml.
bool looksLikePath(std::string_view pathOrName);
bool fileExists(const std::string& path);

} // namespace packetarium
