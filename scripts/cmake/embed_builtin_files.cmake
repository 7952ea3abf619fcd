# SPDX-License-Identifier: GPL-3.0-or-later
#
# cmake -D LIST=<file with a ;-list of paths> -D OUTPUT=<.cpp> -P embed_builtin_files.cmake
#
# Writes the C++ file behind core/scenario/builtin_files.h: the text of every listed YAML file as one string, ordered
# by kind and then by name. Every byte is written as an escape, so no text can end a literal early, and a compiler
# reads a string far faster than the same bytes as a list of numbers.
cmake_minimum_required(VERSION 3.25)

file(READ ${LIST} files)
string(STRIP "${files}" files)

set(lesson_names "")
set(scenario_names "")
foreach(file IN LISTS files)
    cmake_path(GET file STEM LAST_ONLY name)
    cmake_path(GET file PARENT_PATH folder)
    if(folder MATCHES "/lessons$")
        list(APPEND lesson_names ${name})
        set(lesson_${name} ${file})
    else()
        list(APPEND scenario_names ${name})
        set(scenario_${name} ${file})
    endif()
endforeach()

set(texts "")
set(table "")
set(count 0)
foreach(kind IN ITEMS lesson scenario)
    list(SORT ${kind}_names)
    foreach(name IN LISTS ${kind}_names)
        file(READ ${${kind}_${name}} bytes HEX)
        file(SIZE ${${kind}_${name}} size)
        string(REGEX REPLACE "(..)" "\\\\x\\1" bytes "${bytes}")
        string(REPLACE "\\x0a" "\\n\"\n    \"" bytes "${bytes}") # one line of text to a line of source
        string(APPEND texts "constexpr char text${count}[] =\n    \"${bytes}\";\n\n")
        string(APPEND table "    {\"${name}\", \"${kind}\", {text${count}, ${size}}},\n")
        math(EXPR count "${count} + 1")
    endforeach()
endforeach()

set(source "// SPDX-License-Identifier: GPL-3.0-or-later
// Generated from resources/; do not edit.
#include \"core/scenario/builtin_files.h\"

#include <array>

namespace packetarium {
namespace {

${texts}constexpr std::array<BuiltinFile, ${count}> files{{
${table}}};

} // namespace

std::span<const BuiltinFile> builtinFiles() { return files; }

} // namespace packetarium
")
file(WRITE ${OUTPUT} "${source}")
