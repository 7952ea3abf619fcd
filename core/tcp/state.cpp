// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tcp/state.h"

#include <array>

namespace packetarium {

namespace {

constexpr std::array<std::string_view, kTcpStateCount> kStateNames = {
    "CLOSED",     "LISTEN",     "SYN-SENT", "SYN-RECEIVED", "ESTABLISHED", "FIN-WAIT-1",
    "FIN-WAIT-2", "CLOSE-WAIT", "CLOSING",  "LAST-ACK",     "TIME-WAIT",
};

constexpr std::array<std::string_view, kTcpEventCount> kEventNames = {
    "passive-open",
    "active-open",
    "send",
    "close",
    "abort",
    "rcv-syn",
    "rcv-syn-ack",
    "rcv-ack-of-syn",
    "rcv-fin",
    "rcv-ack-of-fin",
    "rcv-fin-ack-of-fin",
    "rcv-rst",
    "time-wait-timeout",
    "give-up",
};

template <class E, std::size_t N>
std::optional<E> find(const std::array<std::string_view, N>& names, std::string_view text)
{
    for (std::size_t i = 0; i < N; ++i) {
        if (names[i] == text)
            return static_cast<E>(i);
    }
    return std::nullopt;
}

} // namespace

std::string_view toString(TcpState state)
{
    return kStateNames[static_cast<std::size_t>(state)];
}

std::optional<TcpState> parseTcpState(std::string_view text)
{
    return find<TcpState>(kStateNames, text);
}

std::string_view toString(TcpEvent event)
{
    return kEventNames[static_cast<std::size_t>(event)];
}

std::optional<TcpEvent> parseTcpEvent(std::string_view text)
{
    return find<TcpEvent>(kEventNames, text);
}

} // namespace packetarium
