// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Runs written by hand in which the windows matter: what the windows view and
// what it is computed from are tested on. Segments carry 1000 octets; a link
// takes 20 ms each way; the connection is open from 40 ms on.

#include "tests/support/trace_builder.h"

#include <vector>

namespace packetarium::test {

/// The client's ISS; with kWrapping what it sends crosses 2^32.
inline constexpr std::uint32_t kPlain = 100, kWrapping = 0xffff'f000;

/// 6000 octets written at 100 ms into a window of 4096: four segments go at 100 .. 103 ms; two are acknowledged when they have
/// arrived, all four when the program reads at 130 ms; then the rest goes.
Trace slidingTrace(std::uint32_t iss = kPlain);
/// 5000 octets into a window of 2000 whose program does not read before 2 s: closed from 141 ms on, probed at 341 ms and at 741 ms.
Trace zeroWindowTrace();
/// Six segments under a congestion window of 6000; the second is lost at 111 ms. Duplicate ACKs with SACK; at 200 ms it goes again.
Trace lossTrace(bool withBlocks = true);
/// 100,000 octets, a receive window of 262,144 counted in units of 2^7, a congestion window of 4000 and slow start.
Trace congestionTrace();
/// A long one: so many segments, an acknowledgment for each second one.
Trace longTrace(int segments);

struct NamedWindowTrace {
    const char* name;
    Trace trace;
};
std::vector<NamedWindowTrace> windowTraces();

} // namespace packetarium::test
