// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What one types for a program to do, in one line: "ping server", "open
// http://www.example.com/", "send 10.0.0.2:7 hello". In a network; words of
// either language.

#include "core/base/input_error.h"
#include "core/base/result.h"
#include "core/scenario/scenario.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace packetarium {

enum class TypedVerb : std::uint8_t {
    Ping,
    Traceroute,
    Resolve,
    Open,
    Send, ///< a datagram
    Listen,
    Connect,
    Write, ///< on the connection
    Close,
    Shutdown,
    Abort,
    Crash,
};
std::string_view toString(TypedVerb verb); ///< "ping"
std::string_view usageOf(TypedVerb verb);  ///< "ping server"
std::span<const TypedVerb> typedVerbs();

enum class TypedMistake : std::uint8_t {
    Empty,
    UnknownVerb,   ///< args: found, the verbs
    MissingTarget, ///< args: how it is written
    MissingPort,   ///< args: found, how it is written
    BadPort,       ///< args: found
    BadNumber,     ///< args: found, least, most
    MissingText,   ///< args: how it is written
    TooMuch,       ///< args: what is left over, how it is written
    Input,         ///< `input` says it
};
struct TypedError {
    TypedMistake mistake{};
    std::vector<std::string> args;
    std::optional<InputError> input;
    bool operator==(const TypedError&) const = default;
};

Result<Action, TypedError> parseTyped(std::string_view line, const Scenario& scenario);

/// Whole lines with which `line` could go on: verbs, then the nodes, names and addresses that the scenario has.
std::vector<std::string> completeTyped(std::string_view line, const Scenario& scenario, std::string_view host);
/// What a verb could be about on this host, nearest first: "server", "http://www.example.com/", "10.0.0.2:7 hello".
std::vector<std::string> targetsOf(TypedVerb verb, const Scenario& scenario, std::string_view host);

} // namespace packetarium
