// SPDX-License-Identifier: GPL-3.0-or-later
//
// The stable names of reasons.
#include "core/trace/vocabulary.h"

namespace packetarium {

// No `default`: a new enumerator without a name does not compile.
std::string_view toString(Reason reason)
{
    switch (reason) {
    case Reason::None: return "none";
    case Reason::SentConnect: return "sent-connect";
    case Reason::SentSynAck: return "sent-syn-ack";
    case Reason::SentSimultaneousOpen: return "sent-simultaneous-open";
    case Reason::SentAckOfSyn: return "sent-ack-of-syn";
    case Reason::SentAppWrite: return "sent-app-write";
    case Reason::SentAckClock: return "sent-ack-clock";
    case Reason::SentAckSecondSegment: return "sent-ack-second-segment";
    case Reason::SentAckDelayedTimer: return "sent-ack-delayed-timer";
    case Reason::SentAckImmediate: return "sent-ack-immediate";
    case Reason::SentAckOutOfOrder: return "sent-ack-out-of-order";
    case Reason::SentAckFillsGap: return "sent-ack-fills-gap";
    case Reason::SentAckUnacceptable: return "sent-ack-unacceptable";
    case Reason::SentAckOfFin: return "sent-ack-of-fin";
    case Reason::SentAckOfFinAgain: return "sent-ack-of-fin-again";
    case Reason::SentAckWindowUpdate: return "sent-ack-window-update";
    case Reason::SentFin: return "sent-fin";
    case Reason::SentRetransmission: return "sent-retransmission";
    case Reason::SentZeroWindowProbe: return "sent-zero-window-probe";
    case Reason::SentFastRetransmit: return "sent-fast-retransmit";
    case Reason::SentRackRetransmit: return "sent-rack-retransmit";
    case Reason::SentTailLossProbe: return "sent-tail-loss-probe";
    case Reason::SentRecovery: return "sent-recovery";
    case Reason::SentLimitedTransmit: return "sent-limited-transmit";
    case Reason::SentAfterTimeout: return "sent-after-timeout";
    case Reason::SentOverrideTimer: return "sent-override-timer";
    case Reason::SentKeepAlive: return "sent-keep-alive";
    case Reason::SentSmallerSegment: return "sent-smaller-segment";
    case Reason::SentAckPaws: return "sent-ack-paws";
    case Reason::SentSynCookie: return "sent-syn-cookie";
    case Reason::SentChallengeAckSyn: return "sent-challenge-ack-syn";
    case Reason::SentChallengeAckRst: return "sent-challenge-ack-rst";
    case Reason::SentChallengeAckAck: return "sent-challenge-ack-ack";
    case Reason::SentRstNoConnection: return "sent-rst-no-connection";
    case Reason::SentRstBadAck: return "sent-rst-bad-ack";
    case Reason::SentRstAbort: return "sent-rst-abort";
    case Reason::SentRstUnreadData: return "sent-rst-unread-data";
    case Reason::SentRstDataAfterClose: return "sent-rst-data-after-close";
    case Reason::SentInjected: return "sent-injected";
    case Reason::IgnoredBadFcs: return "ignored-bad-fcs";
    case Reason::IgnoredBadIpChecksum: return "ignored-bad-ip-checksum";
    case Reason::IgnoredBadTcpChecksum: return "ignored-bad-tcp-checksum";
    case Reason::IgnoredMalformed: return "ignored-malformed";
    case Reason::IgnoredNotForUs: return "ignored-not-for-us";
    case Reason::IgnoredFiltered: return "ignored-filtered";
    case Reason::IgnoredOutsideWindow: return "ignored-outside-window";
    case Reason::IgnoredRstOutsideWindow: return "ignored-rst-outside-window";
    case Reason::IgnoredRstNotExact: return "ignored-rst-not-exact";
    case Reason::IgnoredSynOnConnection: return "ignored-syn-on-connection";
    case Reason::IgnoredRstInListen: return "ignored-rst-in-listen";
    case Reason::IgnoredRstWithoutAck: return "ignored-rst-without-ack";
    case Reason::IgnoredRstInClosed: return "ignored-rst-in-closed";
    case Reason::IgnoredOldAck: return "ignored-old-ack";
    case Reason::IgnoredAckOfUnsent: return "ignored-ack-of-unsent";
    case Reason::IgnoredDuplicateData: return "ignored-duplicate-data";
    case Reason::IgnoredNoAck: return "ignored-no-ack";
    case Reason::IgnoredNoSyn: return "ignored-no-syn";
    case Reason::IgnoredFinInClosedListenSynSent: return "ignored-fin-in-closed-listen-syn-sent";
    case Reason::IgnoredPaws: return "ignored-paws";
    case Reason::IgnoredChallengeLimit: return "ignored-challenge-limit";
    case Reason::IgnoredSynQueueFull: return "ignored-syn-queue-full";
    case Reason::IgnoredBacklogFull: return "ignored-backlog-full";
    case Reason::IgnoredBadCookie: return "ignored-bad-cookie";
    case Reason::IgnoredIcmpSoft: return "ignored-icmp-soft";
    case Reason::IgnoredIcmpNotInFlight: return "ignored-icmp-not-in-flight";
    case Reason::LostRandom: return "lost-random";
    case Reason::LostByCommand: return "lost-by-command";
    case Reason::LostQueueFull: return "lost-queue-full";
    case Reason::ChangedDelayed: return "changed-delayed";
    case Reason::ChangedHeld: return "changed-held";
    case Reason::ChangedLetGo: return "changed-let-go";
    case Reason::ChangedDuplicated: return "changed-duplicated";
    case Reason::ChangedCorrupted: return "changed-corrupted";
    case Reason::ChangedReordered: return "changed-reordered";
    case Reason::ChangedMarked: return "changed-marked";
    case Reason::CommandTooLate: return "command-too-late";
    case Reason::SentRepeated: return "sent-repeated";
    case Reason::SentSwitched: return "sent-switched";
    case Reason::SentFlooded: return "sent-flooded";
    case Reason::SentRouted: return "sent-routed";
    case Reason::SentArpRequest: return "sent-arp-request";
    case Reason::SentArpReply: return "sent-arp-reply";
    case Reason::SentNeighborSolicitation: return "sent-neighbor-solicitation";
    case Reason::SentNeighborAdvertisement: return "sent-neighbor-advertisement";
    case Reason::SentEchoRequest: return "sent-echo-request";
    case Reason::SentEchoReply: return "sent-echo-reply";
    case Reason::SentTraceProbe: return "sent-trace-probe";
    case Reason::SentDatagram: return "sent-datagram";
    case Reason::SentDnsQuery: return "sent-dns-query";
    case Reason::SentDnsAnswer: return "sent-dns-answer";
    case Reason::SentNetworkUnreachable: return "sent-network-unreachable";
    case Reason::SentHostUnreachable: return "sent-host-unreachable";
    case Reason::SentPortUnreachable: return "sent-port-unreachable";
    case Reason::SentProtocolUnreachable: return "sent-protocol-unreachable";
    case Reason::SentFragmentationNeeded: return "sent-fragmentation-needed";
    case Reason::SentTimeExceeded: return "sent-time-exceeded";
    case Reason::SentParameterProblem: return "sent-parameter-problem";
    case Reason::SentReassemblyTimeExceeded: return "sent-reassembly-time-exceeded";
    case Reason::IgnoredNotForThisMac: return "ignored-not-for-this-mac";
    case Reason::IgnoredSwitchSamePort: return "ignored-switch-same-port";
    case Reason::IgnoredNotRouted: return "ignored-not-routed";
    case Reason::IgnoredNoRoute: return "ignored-no-route";
    case Reason::IgnoredTtlExpired: return "ignored-ttl-expired";
    case Reason::IgnoredTooBig: return "ignored-too-big";
    case Reason::IgnoredNoNeighbor: return "ignored-no-neighbor";
    case Reason::IgnoredArpNotForUs: return "ignored-arp-not-for-us";
    case Reason::IgnoredBadIcmpChecksum: return "ignored-bad-icmp-checksum";
    case Reason::IgnoredBadUdpChecksum: return "ignored-bad-udp-checksum";
    case Reason::IgnoredNoUdpPort: return "ignored-no-udp-port";
    case Reason::IgnoredUnknownProtocol: return "ignored-unknown-protocol";
    case Reason::IgnoredUnexpected: return "ignored-unexpected";
    case Reason::IgnoredFragmentOverlap: return "ignored-fragment-overlap";
    case Reason::IgnoredFragmentEcn: return "ignored-fragment-ecn";
    case Reason::IgnoredReassemblyTimeout: return "ignored-reassembly-timeout";
    case Reason::IgnoredReassemblyLimit: return "ignored-reassembly-limit";
    case Reason::IgnoredBadSource: return "ignored-bad-source";
    case Reason::IgnoredIcmpMtu: return "ignored-icmp-mtu";
    case Reason::IgnoredUnknownHeader: return "ignored-unknown-header";
    case Reason::IgnoredNoNextHeader: return "ignored-no-next-header";
    case Reason::IgnoredIcmpLimit: return "ignored-icmp-limit";
    case Reason::IgnoredReceiveBufferFull: return "ignored-receive-buffer-full";
    case Reason::IgnoredNodeOff: return "ignored-node-off";
    case Reason::LostUnplugged: return "lost-unplugged";
    case Reason::CommandNothingToDo: return "command-nothing-to-do";
    case Reason::CapturedMidway: return "captured-midway";
    case Reason::CapturedAfterGap: return "captured-after-gap";
    case Reason::CapturedAckOfUnseen: return "captured-ack-of-unseen";
    case Reason::CapturedOutOfOrder: return "captured-out-of-order";
    case Reason::CapturedZeroWindow: return "captured-zero-window";
    case Reason::CapturedCut: return "captured-cut";
    case Reason::LostAfterCapture: return "lost-after-capture";
    case Reason::Count_: return {};
    }
    return {};
}

} // namespace packetarium
