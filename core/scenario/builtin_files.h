// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The scenarios and lessons that come with the program, as text. They are the files of resources/scenarios and
// resources/lessons, compiled in so that a program copied to a classroom machine needs nothing beside it.
//
// The definition is generated at build time (core/CMakeLists.txt, scripts/cmake/embed_builtin_files.cmake); a file
// that is added, changed or removed is picked up by the next build.

#include <span>
#include <string_view>

namespace packetarium {

struct BuiltinFile {
    std::string_view name; ///< file name without ".yaml"
    std::string_view kind; ///< "lesson" or "scenario"
    std::string_view text; ///< the file's content, UTF-8, as it was written
};

/// All of them, ordered by kind and then by name. The views live as long as the program.
std::span<const BuiltinFile> builtinFiles();

} // namespace packetarium
