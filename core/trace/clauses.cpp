// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which clause stands behind each reason. "first" to "eighth" are the steps of
// SEGMENT ARRIVES as RFC 9293 numbers them within a state.
#include "core/trace/vocabulary.h"

namespace packetarium {

std::string_view clauseOf(Reason reason)
{
    switch (reason) {
    case Reason::SentConnect: return "RFC 9293 §3.10.1";
    case Reason::SentSynAck: return "RFC 9293 §3.10.7.2, third";
    case Reason::SentSimultaneousOpen:
    case Reason::SentAckOfSyn: return "RFC 9293 §3.10.7.3, fourth";
    case Reason::SentAppWrite: return "RFC 9293 §3.10.2";
    case Reason::SentAckClock: return "RFC 9293 §3.8.6";
    case Reason::SentAckSecondSegment:
    case Reason::SentAckDelayedTimer: return "RFC 9293 §3.8.6.3";
    case Reason::SentAckImmediate: return "RFC 9293 §3.10.7.4, seventh";
    case Reason::SentAckOutOfOrder:
    case Reason::SentAckFillsGap: return "RFC 5681 §4.2";
    case Reason::SentAckUnacceptable: return "RFC 9293 §3.10.7.4, first";
    case Reason::SentAckOfFin: return "RFC 9293 §3.10.7.4, eighth";
    case Reason::SentAckOfFinAgain: return "RFC 9293 §3.10.7.4, fifth";
    case Reason::SentAckWindowUpdate: return "RFC 9293 §3.8.6.2.2";
    case Reason::SentFin: return "RFC 9293 §3.10.4";
    case Reason::SentRetransmission: return "RFC 6298 §5.4";
    case Reason::SentZeroWindowProbe: return "RFC 9293 §3.8.6.1";
    case Reason::SentChallengeAckSyn: return "RFC 5961 §4";
    case Reason::SentChallengeAckRst: return "RFC 5961 §3";
    case Reason::SentChallengeAckAck: return "RFC 5961 §5";
    case Reason::SentRstNoConnection: return "RFC 9293 §3.10.7.1";
    case Reason::SentRstBadAck: return "RFC 9293 §3.5.2";
    case Reason::SentRstAbort: return "RFC 9293 §3.10.5";
    case Reason::SentRstUnreadData:
    case Reason::SentRstDataAfterClose: return "RFC 9293 §3.6.1";
    case Reason::IgnoredBadIpChecksum: return "RFC 1122 §3.2.1.2";
    case Reason::IgnoredBadTcpChecksum: return "RFC 9293 §3.1";
    case Reason::IgnoredNotForUs: return "RFC 1122 §3.2.1.3";
    case Reason::IgnoredOutsideWindow:
    case Reason::IgnoredRstOutsideWindow:
    case Reason::IgnoredDuplicateData: return "RFC 9293 §3.10.7.4, first";
    case Reason::IgnoredRstNotExact: return "RFC 9293 §3.10.7.4, second";
    case Reason::IgnoredSynOnConnection: return "RFC 9293 §3.10.7.4, fourth";
    case Reason::IgnoredRstInListen: return "RFC 9293 §3.10.7.2, first";
    case Reason::IgnoredRstWithoutAck: return "RFC 9293 §3.10.7.3, second";
    case Reason::IgnoredRstInClosed: return "RFC 9293 §3.10.7.1";
    case Reason::IgnoredOldAck:
    case Reason::IgnoredAckOfUnsent:
    case Reason::IgnoredNoAck: return "RFC 9293 §3.10.7.4, fifth";
    case Reason::IgnoredNoSyn: return "RFC 9293 §3.10.7.3, fifth";
    case Reason::IgnoredFinInClosedListenSynSent: return "RFC 9293 §3.10.7.4, eighth";
    // What the network, a firewall, the hardware or a person does is no matter of an RFC.
    case Reason::None:
    case Reason::SentInjected:
    case Reason::IgnoredBadFcs:
    case Reason::IgnoredMalformed:
    case Reason::IgnoredFiltered:
    case Reason::LostRandom:
    case Reason::LostByCommand:
    case Reason::LostQueueFull:
    case Reason::ChangedDelayed:
    case Reason::ChangedHeld:
    case Reason::ChangedLetGo:
    case Reason::ChangedDuplicated:
    case Reason::ChangedCorrupted:
    case Reason::ChangedReordered:
    case Reason::CommandTooLate:
    case Reason::Count_: return {};
    }
    return {};
}

} // namespace packetarium
