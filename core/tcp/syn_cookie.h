// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// SYN cookies (RFC 4987 §3.6): everything that a listener must remember of a
// SYN, folded into the number of its answer, so that nothing is kept until an
// honest peer sends it back. From the top: five bits of a clock that ticks
// every 64 seconds, three that choose an MSS, and 24 of a keyed hash.

#include "core/tcp/isn.h"

namespace packetarium {

/// The least MSS that a cookie can say; to who takes less none can be sent.
inline constexpr std::uint16_t kLeastCookieMss = 216;

/// The number to answer a SYN with. Of its MSS the next smaller one of a list of eight is remembered; no other option is.
Seq32 makeSynCookie(SimTime now, const Endpoint& local, const Endpoint& remote, Seq32 irs, std::uint16_t mss,
                    const IsnSecret& secret);
/// The peer's MSS if `cookie` was given out for this SYN within the last one to two ticks, else nothing.
std::optional<std::uint16_t> mssOfSynCookie(SimTime now, const Endpoint& local, const Endpoint& remote, Seq32 irs,
                                            Seq32 cookie, const IsnSecret& secret);

} // namespace packetarium
