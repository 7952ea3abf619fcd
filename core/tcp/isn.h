// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Initial sequence numbers by RFC 9293 §3.4.1 (from RFC 6528):
// ISN = M + F(localip, localport, remoteip, remoteport, secretkey), where M is
// a clock that ticks every 4 microseconds and F a keyed hash, here SipHash-2-4.

#include "core/base/seq32.h"
#include "core/base/sim_time.h"
#include "core/wire/address.h"

#include <span>
#include <string>

namespace packetarium {

/// 128 bits, chosen once per host from the run's seed.
struct IsnSecret {
    std::uint64_t k0 = 0, k1 = 0;
    bool operator==(const IsnSecret&) const = default;
};

struct Endpoint {
    IpAddress address;
    std::uint16_t port = 0;
    auto operator<=>(const Endpoint&) const = default;
};
std::string toString(const Endpoint& endpoint); ///< "10.0.0.1:80", "[2001:db8::1]:80"

/// Both endpoints are of one IP version.
Seq32 chooseIsn(SimTime now, const Endpoint& local, const Endpoint& remote, const IsnSecret& secret);

/// SipHash-2-4 (Aumasson, Bernstein 2012) of a message of whole 64-bit words.
std::uint64_t sipHash24(std::span<const std::uint64_t> words, const IsnSecret& key);
/// Of two of them.
std::uint64_t sipHash24(std::uint64_t word0, std::uint64_t word1, const IsnSecret& key);

} // namespace packetarium
