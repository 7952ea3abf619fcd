// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The entries of `script` and `commands` in and out: when, whose, what.

#include "core/scenario/input_reader.h"

namespace packetarium {

/// Instants of a run, and waits after an event: at most a day.
constexpr SimDuration kMaxInstant = SimDuration::seconds(86'400);
/// What a network may add to a packet's way: at most ten minutes.
constexpr SimDuration kMaxNetworkDelay = SimDuration::seconds(600);

/// The entries of scenario.script (`key` "script": by `at` or `on`) or scenario.commands (only by `at`). The nodes are known
/// already. `octetsLeft` is how much all sends together may still carry. Whether the hosts that are named exist is for
/// checkScenario().
void readCommands(InputReader& in, const YamlMap& top, std::string_view key, const Scenario& scenario,
                  std::uint64_t& octetsLeft, std::vector<Command>& out);
/// "text", {octets: 1000} or {hex: "00ff"}, and how much all data together may still hold.
Bytes readData(InputReader& in, const YamlMap& map, std::string_view key, std::uint32_t least, std::uint32_t most,
               std::uint64_t& octetsLeft);
/// Two ends of a link, `[client, r1.lan]`.
void readEnds(InputReader& in, const YamlMap& map, std::string_view key, const Scenario& scenario, LinkEnd& a,
              LinkEnd& b);
/// One entry on one line: "{at: 10 ms, host: client, do: close}".
std::string writeCommand(const Command& command);
std::string writeData(ByteView data);
/// "client" or "r1.lan", in quotes where YAML wants them.
std::string writeLinkEnd(const LinkEnd& end);
/// A text as YAML in double quotes, or bare where that reads back the same.
std::string quotedText(std::string_view text);

} // namespace packetarium
