// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tcp/transition_table.h"

#include <algorithm>
#include <array>
#include <functional>

namespace packetarium {

namespace {

using S = TcpState;
using E = TcpEvent;
using A = TcpAction;

// In SYN-RECEIVED the first row of a pair is the one after a passive OPEN.
constexpr std::array kRows = {
    TcpTransition{S::Closed, E::PassiveOpen, S::Listen, A::CreateTcb, "RFC 9293 §3.10.1", true},
    TcpTransition{S::Closed, E::ActiveOpen, S::SynSent, A::SendSyn, "RFC 9293 §3.10.1", true},

    TcpTransition{S::Listen, E::ActiveOpen, S::SynSent, A::SendSyn, "RFC 9293 §3.10.1", false},
    TcpTransition{S::Listen, E::Send, S::SynSent, A::SendSyn, "RFC 9293 §3.10.2", true},
    TcpTransition{S::Listen, E::RcvSyn, S::SynReceived, A::SendSynAck, "RFC 9293 §3.10.7.2, third", true},
    TcpTransition{S::Listen, E::Close, S::Closed, A::DeleteTcb, "RFC 9293 §3.10.4", true},
    TcpTransition{S::Listen, E::Abort, S::Closed, A::DeleteTcb, "RFC 9293 §3.10.5", false},

    TcpTransition{S::SynSent, E::RcvSynAck, S::Established, A::SendAck, "RFC 9293 §3.10.7.3, fourth", true},
    TcpTransition{S::SynSent, E::RcvSyn, S::SynReceived, A::SendSynAck, "RFC 9293 §3.10.7.3, fourth", true},
    TcpTransition{S::SynSent, E::Close, S::Closed, A::DeleteTcb, "RFC 9293 §3.10.4", true},
    TcpTransition{S::SynSent, E::Abort, S::Closed, A::DeleteTcb, "RFC 9293 §3.10.5", false},
    TcpTransition{S::SynSent, E::RcvRst, S::Closed, A::DeleteTcb, "RFC 9293 §3.10.7.3, second", false},
    TcpTransition{S::SynSent, E::GiveUp, S::Closed, A::DeleteTcb, "RFC 9293 §3.8.3", false},

    TcpTransition{S::SynReceived, E::RcvAckOfSyn, S::Established, A::None, "RFC 9293 §3.10.7.4, fifth", true},
    TcpTransition{S::SynReceived, E::RcvRst, S::Listen, A::None, "RFC 9293 §3.10.7.4, second", true},
    TcpTransition{S::SynReceived, E::RcvRst, S::Closed, A::DeleteTcb, "RFC 9293 §3.10.7.4, second", false},
    TcpTransition{S::SynReceived, E::RcvSyn, S::Listen, A::None, "RFC 9293 §3.10.7.4, fourth", false},
    TcpTransition{S::SynReceived, E::Close, S::FinWait1, A::SendFin, "RFC 9293 §3.10.4", true},
    TcpTransition{S::SynReceived, E::Abort, S::Closed, A::SendRst, "RFC 9293 §3.10.5", false},
    TcpTransition{S::SynReceived, E::GiveUp, S::Closed, A::DeleteTcb, "RFC 9293 §3.8.3", false},

    TcpTransition{S::Established, E::Close, S::FinWait1, A::SendFin, "RFC 9293 §3.10.4", true},
    TcpTransition{S::Established, E::RcvFin, S::CloseWait, A::SendAck, "RFC 9293 §3.10.7.4, eighth", true},
    TcpTransition{S::Established, E::RcvRst, S::Closed, A::DeleteTcb, "RFC 9293 §3.10.7.4, second", false},
    TcpTransition{S::Established, E::Abort, S::Closed, A::SendRst, "RFC 9293 §3.10.5", false},
    TcpTransition{S::Established, E::GiveUp, S::Closed, A::DeleteTcb, "RFC 9293 §3.8.3", false},

    TcpTransition{S::FinWait1, E::RcvAckOfFin, S::FinWait2, A::None, "RFC 9293 §3.10.7.4, fifth", true},
    TcpTransition{S::FinWait1, E::RcvFin, S::Closing, A::SendAck, "RFC 9293 §3.10.7.4, eighth", true},
    TcpTransition{S::FinWait1, E::RcvFinAckOfFin, S::TimeWait, A::SendAck, "RFC 9293 §3.10.7.4, eighth", true},
    TcpTransition{S::FinWait1, E::RcvRst, S::Closed, A::DeleteTcb, "RFC 9293 §3.10.7.4, second", false},
    TcpTransition{S::FinWait1, E::Abort, S::Closed, A::SendRst, "RFC 9293 §3.10.5", false},
    TcpTransition{S::FinWait1, E::GiveUp, S::Closed, A::DeleteTcb, "RFC 9293 §3.8.3", false},

    TcpTransition{S::FinWait2, E::RcvFin, S::TimeWait, A::SendAck, "RFC 9293 §3.10.7.4, eighth", true},
    TcpTransition{S::FinWait2, E::RcvRst, S::Closed, A::DeleteTcb, "RFC 9293 §3.10.7.4, second", false},
    TcpTransition{S::FinWait2, E::Abort, S::Closed, A::SendRst, "RFC 9293 §3.10.5", false},
    TcpTransition{S::FinWait2, E::GiveUp, S::Closed, A::DeleteTcb, "RFC 9293 §3.8.4", false}, // keep-alives unanswered

    TcpTransition{S::CloseWait, E::Close, S::LastAck, A::SendFin, "RFC 9293 §3.10.4", true},
    TcpTransition{S::CloseWait, E::RcvRst, S::Closed, A::DeleteTcb, "RFC 9293 §3.10.7.4, second", false},
    TcpTransition{S::CloseWait, E::Abort, S::Closed, A::SendRst, "RFC 9293 §3.10.5", false},
    TcpTransition{S::CloseWait, E::GiveUp, S::Closed, A::DeleteTcb, "RFC 9293 §3.8.3", false},

    TcpTransition{S::Closing, E::RcvAckOfFin, S::TimeWait, A::None, "RFC 9293 §3.10.7.4, fifth", true},
    TcpTransition{S::Closing, E::RcvRst, S::Closed, A::DeleteTcb, "RFC 9293 §3.10.7.4, second", false},
    TcpTransition{S::Closing, E::Abort, S::Closed, A::DeleteTcb, "RFC 9293 §3.10.5", false},
    TcpTransition{S::Closing, E::GiveUp, S::Closed, A::DeleteTcb, "RFC 9293 §3.8.3", false},

    TcpTransition{S::LastAck, E::RcvAckOfFin, S::Closed, A::DeleteTcb, "RFC 9293 §3.10.7.4, fifth", true},
    TcpTransition{S::LastAck, E::RcvRst, S::Closed, A::DeleteTcb, "RFC 9293 §3.10.7.4, second", false},
    TcpTransition{S::LastAck, E::Abort, S::Closed, A::DeleteTcb, "RFC 9293 §3.10.5", false},
    TcpTransition{S::LastAck, E::GiveUp, S::Closed, A::DeleteTcb, "RFC 9293 §3.8.3", false},

    TcpTransition{S::TimeWait, E::TimeWaitTimeout, S::Closed, A::DeleteTcb, "RFC 9293 §3.10.8", true},
    TcpTransition{S::TimeWait, E::RcvSyn, S::Closed, A::DeleteTcb, "RFC 9293 §3.6.1, MAY-2", false},
    TcpTransition{S::TimeWait, E::RcvRst, S::Closed, A::DeleteTcb, "RFC 9293 §3.10.7.4, second", false},
    TcpTransition{S::TimeWait, E::Abort, S::Closed, A::DeleteTcb, "RFC 9293 §3.10.5", false},
};

} // namespace

std::string_view toString(TcpAction action)
{
    switch (action) {
    case TcpAction::None: return "none";
    case TcpAction::CreateTcb: return "create-tcb";
    case TcpAction::SendSyn: return "send-syn";
    case TcpAction::SendSynAck: return "send-syn-ack";
    case TcpAction::SendAck: return "send-ack";
    case TcpAction::SendFin: return "send-fin";
    case TcpAction::SendRst: return "send-rst";
    case TcpAction::DeleteTcb: return "delete-tcb";
    }
    return {};
}

std::span<const TcpTransition> tcpTransitions()
{
    return kRows;
}

const TcpTransition* findTransition(TcpState from, TcpEvent event, bool passive)
{
    const auto matches = [&](const TcpTransition& row) { return row.from == from && row.event == event; };
    auto row = std::find_if(kRows.begin(), kRows.end(), matches);
    if (row == kRows.end())
        return nullptr;
    const bool toListen = from == S::SynReceived && row->to == S::Listen;
    if (toListen && !passive) {
        row = std::find_if(row + 1, kRows.end(), matches);
        if (row == kRows.end())
            return nullptr;
    }
    return &*row;
}

int transitionIndex(const TcpTransition& row)
{
    const auto rows = tcpTransitions();
    const std::less<const TcpTransition*> before; // which may compare what lies in different places
    if (before(&row, rows.data()) || !before(&row, rows.data() + rows.size()))
        return -1;
    return static_cast<int>(&row - rows.data());
}

} // namespace packetarium
