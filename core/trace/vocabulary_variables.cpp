// SPDX-License-Identifier: GPL-3.0-or-later
//
// The variables of a connection: how each is spelt, what it counts, and from where.
#include "core/trace/vocabulary.h"

#include <array>

namespace packetarium {

namespace {

struct Description {
    std::string_view name;
    VariableKind kind;
    bool fromIss = false;
};

// In the order of the enumerators.
constexpr std::array<Description, kVariableCount> kVariables{{
    {"ISS", VariableKind::Sequence, true},
    {"IRS", VariableKind::Sequence},
    {"SND.UNA", VariableKind::Sequence, true},
    {"SND.NXT", VariableKind::Sequence, true},
    {"SND.WND", VariableKind::Octets},
    {"SND.WL1", VariableKind::Sequence},       // a sequence number of the peer's
    {"SND.WL2", VariableKind::Sequence, true}, // an acknowledgment number: it counts what we sent
    {"SMSS", VariableKind::Octets},            // RFC 5681 §2
    {"SND.BUFFERED", VariableKind::Octets},
    {"RCV.NXT", VariableKind::Sequence},
    {"RCV.WND", VariableKind::Octets},
    {"RCV.USER", VariableKind::Octets}, // RFC 9293 §3.8.6.2.2
    {"RCV.OUT-OF-ORDER", VariableKind::Octets},
    {"SRTT", VariableKind::Duration},
    {"RTTVAR", VariableKind::Duration},
    {"RTO", VariableKind::Duration},
    {"RETRANSMISSIONS", VariableKind::Count},
    {"cwnd", VariableKind::Octets}, // RFC 5681 writes these two small
    {"ssthresh", VariableKind::Octets},
    {"recover", VariableKind::Sequence, true}, // RFC 6582 §3.1
    {"pipe", VariableKind::Octets},            // RFC 6675 §2
    {"DUPACKS", VariableKind::Count},
    {"PHASE", VariableKind::Choice},
    {"LIMIT", VariableKind::Choice},
    {"Snd.Wind.Shift", VariableKind::Count}, // RFC 7323 §2.3
    {"Rcv.Wind.Shift", VariableKind::Count},
    {"RCV.BLOCK1", VariableKind::Range},
    {"RCV.BLOCK2", VariableKind::Range},
    {"RCV.BLOCK3", VariableKind::Range},
    {"RCV.BLOCK4", VariableKind::Range},
    {"SACKED1", VariableKind::Range, true},
    {"SACKED2", VariableKind::Range, true},
    {"SACKED3", VariableKind::Range, true},
    {"SACKED4", VariableKind::Range, true},
}};

const Description& describe(Variable variable)
{
    return kVariables[static_cast<std::size_t>(variable)];
}

} // namespace

std::string_view toString(Variable variable)
{
    return describe(variable).name;
}

VariableKind kindOf(Variable variable)
{
    return describe(variable).kind;
}

bool countsFromIss(Variable variable)
{
    return describe(variable).fromIss;
}

std::string_view toString(CongestionPhase phase)
{
    switch (phase) {
    case CongestionPhase::SlowStart: return "slow-start";
    case CongestionPhase::CongestionAvoidance: return "congestion-avoidance";
    case CongestionPhase::FastRecovery: return "fast-recovery";
    case CongestionPhase::AfterTimeout: return "after-timeout";
    }
    return {};
}

std::string_view toString(SendLimit limit)
{
    switch (limit) {
    case SendLimit::Program: return "program";
    case SendLimit::ReceiverWindow: return "receiver-window";
    case SendLimit::CongestionWindow: return "congestion-window";
    case SendLimit::Nagle: return "nagle";
    case SendLimit::SmallWindow: return "small-window";
    }
    return {};
}

} // namespace packetarium
