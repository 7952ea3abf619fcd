// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The entries of a script that only a network knows.

#include "core/scenario/input_reader.h"

namespace packetarium {

std::span<const std::string_view> networkActionKeys();
/// Whether an entry with this key says which host does it; false for keys that are not networkActionKeys().
bool isHostAction(std::string_view key);
/// Precondition: `key` is one of networkActionKeys() and stands in the entry.
Action readNetworkAction(InputReader& in, const YamlMap& entry, std::string_view key, const Scenario& scenario,
                         std::uint64_t& octetsLeft);

} // namespace packetarium
