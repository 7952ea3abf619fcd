// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tcp/syn_cookie.h"

#include <array>

namespace packetarium {

namespace {

constexpr std::array<std::uint16_t, 8> kMss{kLeastCookieMss, 536, 996, 1220, 1300, 1400, 1440, 1460};
constexpr std::int64_t kTickSeconds = 64;

std::uint32_t tickOf(SimTime now)
{
    return static_cast<std::uint32_t>(now.ns() / 1'000'000'000 / kTickSeconds);
}

std::uint32_t hashOf(const Endpoint& local, const Endpoint& remote, Seq32 irs, std::uint32_t tick,
                     std::uint32_t mssIndex, const IsnSecret& secret)
{
    // The address pair goes in by way of the initial number that it would have at time zero.
    const std::uint64_t ends = chooseIsn(SimTime::zero(), local, remote, secret).value();
    const std::uint64_t rest = std::uint64_t{tick} << 3 | mssIndex;
    return static_cast<std::uint32_t>(sipHash24(ends << 32 | irs.value(), rest, secret) & 0xffffff);
}

} // namespace

Seq32 makeSynCookie(SimTime now, const Endpoint& local, const Endpoint& remote, Seq32 irs, std::uint16_t mss,
                    const IsnSecret& secret)
{
    std::uint32_t index = 0;
    while (index + 1 < kMss.size() && kMss[index + 1] <= mss)
        ++index;
    const std::uint32_t tick = tickOf(now);
    return Seq32((tick & 31) << 27 | index << 24 | hashOf(local, remote, irs, tick, index, secret));
}

std::optional<std::uint16_t> mssOfSynCookie(SimTime now, const Endpoint& local, const Endpoint& remote, Seq32 irs,
                                            Seq32 cookie, const IsnSecret& secret)
{
    const std::uint32_t index = cookie.value() >> 24 & 7;
    const std::uint32_t latest = tickOf(now);
    for (std::uint32_t age = 0; age <= std::min(latest, 1u); ++age) {
        const std::uint32_t tick = latest - age;
        if ((tick & 31) == cookie.value() >> 27 &&
            (cookie.value() & 0xffffff) == hashOf(local, remote, irs, tick, index, secret))
            return kMss[index];
    }
    return std::nullopt;
}

} // namespace packetarium
