// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Scenarios for tests, written in a line or two each.

#include "core/engine/engine.h"
#include "core/net/host.h"

namespace packetarium::testing {

/// A client at 10.0.0.1 and a server at 10.0.0.2, 20 ms apart, ISNs 100 and 300, and nothing happening.
Scenario twoHosts(Profile profile = Profile::Rfc);

/// Adds an entry to the script, at an instant.
void at(Scenario& scenario, SimDuration when, const std::string& host, Action action);

/// The invariants of RFC 9293 §3.3.1 hold for every connection now; throws std::logic_error naming the one that does not.
void requireInvariants(const Engine& engine);

/// The octets of a text.
Bytes octets(std::string_view text);

/// A hash of a stream, to compare what was read with what was written (as Host::readHash).
std::uint64_t streamHash(ByteView data);

} // namespace packetarium::testing
