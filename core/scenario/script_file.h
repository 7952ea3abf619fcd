// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The entries of `script` and `commands` in and out: when, whose, what.

#include "core/scenario/input_reader.h"

namespace packetarium {

/// Instants of a run, and waits after an event: at most a day.
constexpr SimDuration kMaxInstant = SimDuration::seconds(86'400);
/// What a network may add to a packet's way: at most ten minutes.
constexpr SimDuration kMaxNetworkDelay = SimDuration::seconds(600);

/// The entries of scenario.script (`key` "script": by `at` or `on`) or scenario.commands (only by `at`). The hosts are
/// known already. `octetsLeft` is how much all sends together may still carry.
void readCommands(InputReader& in, const YamlMap& top, std::string_view key, const std::vector<HostSpec>& hosts,
                  std::uint64_t& octetsLeft, std::vector<Command>& out);
/// One entry on one line: "{at: 10 ms, host: client, do: close}".
std::string writeCommand(const Command& command);
/// A text as YAML in double quotes, or bare where that reads back the same.
std::string quotedText(std::string_view text);

} // namespace packetarium
