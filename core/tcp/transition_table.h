// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// RFC 9293 Figure 5 and the text of §3.10 as data. The connection executes
// these rows and no others; the states view draws them; a test reaches each.

#include "core/tcp/state.h"

#include <span>

namespace packetarium {

/// What the connection does when it takes the row, as Figure 5 abbreviates it.
enum class TcpAction : std::uint8_t {
    None,
    CreateTcb,
    SendSyn,
    SendSynAck,
    SendAck,
    SendFin,
    SendRst,
    DeleteTcb,
};
std::string_view toString(TcpAction action);

struct TcpTransition {
    TcpState from;
    TcpEvent event;
    TcpState to;
    TcpAction action;
    std::string_view clause; ///< "RFC 9293 §3.10.7.4, eighth"
    bool inFigure5;          ///< drawn by the RFC's own figure; the others are in the text only
};

std::span<const TcpTransition> tcpTransitions();

/// The row for (from, event); `passive` tells the two rows of a reset in SYN-RECEIVED apart (§3.10.7.4, second). nullptr: none.
const TcpTransition* findTransition(TcpState from, TcpEvent event, bool passive = false);
/// Index of a row in tcpTransitions(), or -1: what a counterfactual does is no row.
int transitionIndex(const TcpTransition& row);

} // namespace packetarium
