// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is wrong with something that came from outside: which mistake, where,
// and the words needed to say it. No prose: ui/i18n/catalogue.h turns it into
// one sentence in the reader's language.

#include <string>
#include <vector>

namespace packetarium {

enum class InputErrorId {
    FileNotFound,   ///< file
    FileUnreadable, ///< file; args: the system's reason
    FileUnwritable, ///< file; args: the system's reason
    FileTooLarge,   ///< file; args: size, limit (bytes)
    NotUtf8,        ///< file: bytes that are no UTF-8, or control characters
    NotYaml,        ///< args: the parser's own words
    YamlFeature, ///< args: a part of YAML that these files do without: "anchor", "alias", "tag", "documents", "complex-key", "escape"
    TooDeep,       ///< args: the most levels there may be
    WrongVersion,  ///< args: found, supported
    UnknownKey,    ///< args: key, where (a path such as "link"), the keys allowed there
    MissingKey,    ///< args: key, where
    DuplicateKey,  ///< args: key
    NotExactlyOne, ///< args: where, the keys of which one must stand there, those that do (may be empty)
    WrongType, ///< args: key, expected kind ("number", "text", "texts", "list", "map", "yes/no", "percentage", "name", "hex"), found text
    NotADuration,       ///< args: key, found ("20 ms" is expected)
    NotABandwidth,      ///< args: key, found ("10 Mbit/s" is expected)
    NotAnAddress,       ///< args: key, found
    NotAMac,            ///< args: key, found
    NotOneOf,           ///< args: key, found, the values allowed
    OutOfRange,         ///< args: key, found, least, most
    UnknownHost,        ///< args: found, the names there are
    DuplicateName,      ///< args: the name or address used twice
    TooMany,            ///< args: key, the most there may be
    UnknownScenario,    ///< args: name, the built-in names
    UnknownLesson,      ///< args: name, the built-in names
    UnknownPlaceholder, ///< args: placeholder, the ones allowed
    StepNeverHappens,   ///< args: step number (from 1), what it waits for
    ClaimNotShown,      ///< args: step number (from 1), the claim, what the run shows
    StepsOutOfOrder,    ///< args: step number (from 1)
    MissingTranslation, ///< args: key, language
    RunTooLong,         ///< args: events done; the run was stopped
    BadArgument,        ///< args: the argument, the command-line parser's own words
    UnknownOption,      ///< args: the option, the options there are
    UnknownCommand,     ///< args: the command, the commands there are
    MissingCommand,     ///< args: the commands there are
    MissingValue,       ///< args: the option that stands without its value
    MissingArgument,    ///< args: what is missing ("SCENARIO"), the command
    UnexpectedArgument, ///< args: the argument that is one too many
    RepeatedOption,     ///< args: the option that may stand only once
};

struct InputError {
    InputErrorId id{};
    std::vector<std::string> args;
    std::string file; ///< empty: not from a file
    int line = 0;     ///< from 1; 0: not known
    int column = 0;   ///< from 1; 0: not known

    bool operator==(const InputError&) const = default;
};

} // namespace packetarium
