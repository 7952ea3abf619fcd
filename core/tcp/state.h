// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The eleven states of a connection (RFC 9293 §3.3.2) and the events that
// move it from one to another. Which event leads from which state to which is
// data: tcp/transition_table.h.

#include <cstdint>
#include <optional>
#include <string_view>

namespace packetarium {

enum class TcpState : std::uint8_t {
    Closed,
    Listen,
    SynSent,
    SynReceived,
    Established,
    FinWait1,
    FinWait2,
    CloseWait,
    Closing,
    LastAck,
    TimeWait,
};
constexpr int kTcpStateCount = 11;

/// As RFC 9293 spells it: "SYN-RECEIVED".
std::string_view toString(TcpState state);
std::optional<TcpState> parseTcpState(std::string_view text);

/// What can move a connection. "Rcv": a segment arrived; the rest are user calls and timers.
enum class TcpEvent : std::uint8_t {
    PassiveOpen,
    ActiveOpen,
    Send,
    Close,
    Abort,
    RcvSyn,    ///< a SYN without an acceptable ACK of ours
    RcvSynAck, ///< SYN and an ACK of our SYN
    RcvAckOfSyn,
    RcvFin,
    RcvAckOfFin,
    RcvFinAckOfFin, ///< a FIN in a segment that also acknowledges ours
    RcvRst,
    TimeWaitTimeout, ///< 2MSL have passed
    GiveUp,          ///< R2 or the user timeout was reached (§3.8.3)
};
constexpr int kTcpEventCount = 14;
/// Stable lower-case names for traces and lesson files: "rcv-syn-ack".
std::string_view toString(TcpEvent event);
std::optional<TcpEvent> parseTcpEvent(std::string_view text);

} // namespace packetarium
