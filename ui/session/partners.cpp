// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/partners.h"

#include <array>
#include <string_view>

namespace packetarium {
namespace {

/// Any two of a row go together.
constexpr std::array<std::array<std::string_view, 4>, 37> kRows{{
    {"two-way-handshake", "old-duplicate-syn", "handshake"},
    {"four-way-handshake", "handshake", "why-not-four"},
    {"fixed-isn", "clock-isn"},
    {"handshake", "syn-lost", "syn-ack-lost", "refused"},
    {"handshake", "handshake-first-data", "simultaneous-open"},
    {"bottleneck-reno", "bottleneck-cubic", "bottleneck-newreno", "bottleneck-ecn"},
    {"fast-retransmit", "fast-retransmit-sack", "tail-loss"},
    {"tail-loss", "tail-loss-probe", "rack"},
    {"slow-start", "congestion-avoidance"},
    {"byte-stream", "datagrams"},
    {"no-time-wait", "time-wait-last-ack-lost"},
    {"teardown", "close-in-three", "simultaneous-close", "half-close"},
    {"hold-ack-for-fin", "teardown"},
    {"close-wait", "teardown"},
    {"nagle-delayed-ack", "nagle-off"},
    {"filtered", "filtered-linux", "refused"},
    {"syn-ack-lost", "syn-ack-lost-linux"},
    {"third-segment-lost-data", "third-segment-lost-idle", "third-segment-lost-gave-up"},
    {"forged-rst-exact", "forged-rst-inside", "forged-rst-outside"},
    {"half-open-data", "half-open-syn"},
    {"rto-after-syn-loss", "syn-lost"},
    {"rto-measured", "karn"},
    {"zero-window", "window-update-lost"},
    {"reopen-from-time-wait", "time-wait-assassinated"},
    {"path-mtu", "path-mtu-tcp", "fragmentation"},
    {"dns-iterative", "dns-cache", "nxdomain"},
    {"gzip", "encrypted", "presentation"},
    {"http-persistent", "open-page"},
    {"sequence-wrap", "numbers-of-syn-and-fin"},
    {"four-or-three", "hold-ack-for-fin", "close-in-three"},
    {"all-states", "simultaneous-open", "simultaneous-close"},
    {"slow-reader", "silly-window", "sliding-window"},
    {"loss-and-reordering", "fast-retransmit", "tail-loss"},
    {"small-bottleneck", "slow-start"},
    {"ten-messages", "tcp-and-udp", "which-transport"},
    {"syn-flood", "syn-cookies"},
    {"accept-queue", "handshake"},
}};

} // namespace

QStringList partnersOf(const QString& scenario)
{
    QStringList partners;
    for (const auto& row : kRows) {
        QStringList names;
        for (const std::string_view name : row)
            if (!name.empty())
                names << QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
        if (!names.contains(scenario))
            continue;
        for (const QString& name : names)
            if (name != scenario && !partners.contains(name))
                partners << name;
    }
    return partners;
}

} // namespace packetarium
