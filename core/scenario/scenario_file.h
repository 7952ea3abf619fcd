// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Scenario files in and out (YAML, docs/scenario-format.md), and the built-in
// ones by name.

#include "core/base/input_error.h"
#include "core/base/result.h"
#include "core/scenario/scenario.h"

namespace packetarium {

// Bounds that a file may not exceed; every other bound stands beside the key in docs/scenario-format.md.
constexpr std::size_t kMaxCommands = 10'000;            ///< entries of `script`, and of `commands`
constexpr std::uint32_t kMaxSendOctets = 1 << 20;       ///< of one send
constexpr std::uint64_t kMaxAllSendOctets = 4ULL << 20; ///< of all sends of a scenario
constexpr std::uint32_t kMaxInjectOctets = 1460;        ///< payload of an injected segment

/// Largest scenario or lesson file read, in octets; more is FileTooLarge.
constexpr std::size_t kMaxInputFile = 1 << 20;

Result<Scenario, InputError> parseScenario(std::string_view yaml, std::string_view fileName);
/// `pathOrName`: a file if it looks like a path (a slash, or .yaml at the end); else a built-in name; else a file.
Result<Scenario, InputError> loadScenario(const std::string& pathOrName);
Result<Scenario, InputError> builtinScenario(std::string_view name);
std::vector<std::string> builtinScenarioNames(); ///< in the order to be listed
/// parseScenario(writeScenario(s)) == s.
std::string writeScenario(const Scenario& scenario);
/// Every TCP setting that has the old profile's default gets the new one's; what an author chose otherwise stays.
void changeProfile(Scenario& scenario, Profile profile);
/// Two hosts, a link, and nothing happening yet.
Scenario sandboxScenario();

} // namespace packetarium
