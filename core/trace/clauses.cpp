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
    case Reason::SentFastRetransmit: return "RFC 5681 §3.2";
    case Reason::SentRackRetransmit: return "RFC 8985 §6.2";
    case Reason::SentTailLossProbe: return "RFC 8985 §7.3";
    case Reason::SentRecovery: return "RFC 6582 §3.2; RFC 6675 §5";
    case Reason::SentLimitedTransmit: return "RFC 3042 §2";
    case Reason::SentAfterTimeout: return "RFC 5681 §3.1";
    case Reason::SentOverrideTimer: return "RFC 9293 §3.8.6.2.1";
    case Reason::SentKeepAlive: return "RFC 9293 §3.8.4";
    case Reason::SentSmallerSegment: return "RFC 1191 §6.4";
    case Reason::SentAckPaws: return "RFC 7323 §5.3";
    case Reason::SentSynCookie: return "RFC 4987 §3.6";
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
    case Reason::IgnoredPaws: return "RFC 7323 §5.3";
    case Reason::IgnoredChallengeLimit: return "RFC 5961 §7";
    case Reason::IgnoredSynQueueFull: return "RFC 4987 §2";
    case Reason::IgnoredBacklogFull: return "RFC 9293 §3.10.7.2";
    case Reason::IgnoredBadCookie: return "RFC 4987 §3.6";
    case Reason::IgnoredIcmpSoft: return "RFC 9293 §3.9.2.2";
    case Reason::IgnoredIcmpNotInFlight: return "RFC 5927 §4.1";
    case Reason::SentRepeated: return "IEEE 802.3 §27.3.1";
    case Reason::SentSwitched:
    case Reason::SentFlooded: return "IEEE 802.1D §7.7.2";
    case Reason::SentRouted: return "RFC 1812 §5.2.1";
    case Reason::SentArpRequest:
    case Reason::SentArpReply: return "RFC 826";
    case Reason::SentNeighborSolicitation: return "RFC 4861 §7.2.2";
    case Reason::SentNeighborAdvertisement: return "RFC 4861 §7.2.4";
    case Reason::SentEchoRequest:
    case Reason::SentEchoReply: return "RFC 792; RFC 1122 §3.2.2.6";
    case Reason::SentTraceProbe: return "RFC 792, time exceeded";
    case Reason::SentDatagram: return "RFC 768";
    case Reason::SentDnsQuery: return "RFC 1035 §4.1";
    case Reason::SentDnsAnswer: return "RFC 1034 §4.3.2";
    case Reason::SentNetworkUnreachable: return "RFC 1812 §5.2.7.1, code 0";
    case Reason::SentHostUnreachable: return "RFC 1812 §5.2.7.1, code 1";
    case Reason::SentPortUnreachable: return "RFC 1122 §3.2.2.1, code 3";
    case Reason::SentProtocolUnreachable: return "RFC 1122 §3.2.2.1, code 2";
    case Reason::SentFragmentationNeeded: return "RFC 1191 §4";
    case Reason::SentTimeExceeded: return "RFC 1812 §5.3.1";
    case Reason::SentParameterProblem: return "RFC 4443 §3.4";
    case Reason::SentReassemblyTimeExceeded: return "RFC 792, time exceeded, code 1";
    case Reason::IgnoredNotForThisMac: return "IEEE 802.3 §4A.2.4.2";
    case Reason::IgnoredSwitchSamePort: return "IEEE 802.1D §7.7.1";
    case Reason::IgnoredNotRouted: return "RFC 1122 §3.2.1.3";
    case Reason::IgnoredNoRoute: return "RFC 1812 §5.2.7.1";
    case Reason::IgnoredTtlExpired: return "RFC 791 §3.2; RFC 1812 §5.3.1";
    case Reason::IgnoredTooBig: return "RFC 791 §3.2; RFC 1191 §3";
    case Reason::IgnoredNoNeighbor: return "RFC 1122 §2.3.2.2";
    case Reason::IgnoredArpNotForUs: return "RFC 826";
    case Reason::IgnoredBadIcmpChecksum: return "RFC 792";
    case Reason::IgnoredBadUdpChecksum: return "RFC 1122 §4.1.3.4";
    case Reason::IgnoredNoUdpPort: return "RFC 1122 §4.1.3.1";
    case Reason::IgnoredUnknownProtocol: return "RFC 1122 §3.2.2.1";
    case Reason::IgnoredFragmentOverlap: return "RFC 5722 §4";
    case Reason::IgnoredFragmentEcn: return "RFC 3168 §5.3";
    case Reason::ChangedMarked: return "RFC 3168 §5";
    case Reason::IgnoredReassemblyTimeout: return "RFC 1122 §3.3.2";
    case Reason::IgnoredBadSource: return "RFC 1122 §3.2.1.3; RFC 9293 §3.9.2.3";
    case Reason::IgnoredIcmpMtu: return "RFC 8201 §4; RFC 5927 §7.2";
    case Reason::IgnoredUnknownHeader: return "RFC 8200 §4.2";
    case Reason::IgnoredNoNextHeader: return "RFC 8200 §4.7";
    case Reason::IgnoredIcmpLimit: return "RFC 4443 §2.4; RFC 1812 §4.3.2.8";
    case Reason::CapturedZeroWindow: return "RFC 9293 §3.8.6";
    case Reason::CapturedOutOfOrder: return "RFC 9293 §3.10.7.4, seventh";
    // What the network, a firewall, the hardware or a person does is no matter of an RFC.
    case Reason::None:
    case Reason::SentInjected:
    case Reason::IgnoredBadFcs:
    case Reason::IgnoredMalformed:
    case Reason::IgnoredFiltered:
    case Reason::IgnoredUnexpected:
    case Reason::IgnoredReassemblyLimit:
    case Reason::IgnoredReceiveBufferFull:
    case Reason::IgnoredNodeOff:
    case Reason::LostUnplugged:
    case Reason::CommandNothingToDo:
    case Reason::LostRandom:
    case Reason::LostByCommand:
    case Reason::LostQueueFull:
    case Reason::ChangedDelayed:
    case Reason::ChangedHeld:
    case Reason::ChangedLetGo:
    case Reason::ChangedDuplicated:
    case Reason::ChangedCorrupted:
    case Reason::ChangedReordered:
    case Reason::CapturedMidway:
    case Reason::CapturedAfterGap:
    case Reason::CapturedAckOfUnseen:
    case Reason::CapturedCut:
    case Reason::LostAfterCapture:
    case Reason::CommandTooLate:
    case Reason::Count_: return {};
    }
    return {};
}

} // namespace packetarium
