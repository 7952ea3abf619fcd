// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/vocabulary.h"

namespace packetarium {

// No `default` in these switches: a new enumerator without a name does not compile.

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
    case Reason::LostRandom: return "lost-random";
    case Reason::LostByCommand: return "lost-by-command";
    case Reason::LostQueueFull: return "lost-queue-full";
    case Reason::ChangedDelayed: return "changed-delayed";
    case Reason::ChangedHeld: return "changed-held";
    case Reason::ChangedLetGo: return "changed-let-go";
    case Reason::ChangedDuplicated: return "changed-duplicated";
    case Reason::ChangedCorrupted: return "changed-corrupted";
    case Reason::ChangedReordered: return "changed-reordered";
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
    case Reason::IgnoredReassemblyTimeout: return "ignored-reassembly-timeout";
    case Reason::IgnoredReassemblyLimit: return "ignored-reassembly-limit";
    case Reason::IgnoredNodeOff: return "ignored-node-off";
    case Reason::LostUnplugged: return "lost-unplugged";
    case Reason::CommandNothingToDo: return "command-nothing-to-do";
    case Reason::Count_: return {};
    }
    return {};
}

std::string_view toString(Variable variable)
{
    switch (variable) {
    case Variable::Iss: return "ISS";
    case Variable::Irs: return "IRS";
    case Variable::SndUna: return "SND.UNA";
    case Variable::SndNxt: return "SND.NXT";
    case Variable::SndWnd: return "SND.WND";
    case Variable::SndWl1: return "SND.WL1";
    case Variable::SndWl2: return "SND.WL2";
    case Variable::SndMss: return "SMSS"; // RFC 5681 §2
    case Variable::SndBuffered: return "SND.BUFFERED";
    case Variable::RcvNxt: return "RCV.NXT";
    case Variable::RcvWnd: return "RCV.WND";
    case Variable::RcvBuffered: return "RCV.USER"; // RFC 9293 §3.8.6.2.2
    case Variable::RcvOutOfOrder: return "RCV.OUT-OF-ORDER";
    case Variable::Srtt: return "SRTT";
    case Variable::RttVar: return "RTTVAR";
    case Variable::Rto: return "RTO";
    case Variable::Retransmissions: return "RETRANSMISSIONS";
    }
    return {};
}

VariableKind kindOf(Variable variable)
{
    switch (variable) {
    case Variable::Iss:
    case Variable::Irs:
    case Variable::SndUna:
    case Variable::SndNxt:
    case Variable::SndWl1:
    case Variable::SndWl2:
    case Variable::RcvNxt: return VariableKind::Sequence;
    case Variable::SndWnd:
    case Variable::SndMss:
    case Variable::SndBuffered:
    case Variable::RcvWnd:
    case Variable::RcvBuffered:
    case Variable::RcvOutOfOrder: return VariableKind::Octets;
    case Variable::Srtt:
    case Variable::RttVar:
    case Variable::Rto: return VariableKind::Duration;
    case Variable::Retransmissions: return VariableKind::Count;
    }
    return VariableKind::Count;
}

bool countsFromIss(Variable variable)
{
    switch (variable) {
    case Variable::Iss:
    case Variable::SndUna:
    case Variable::SndNxt:
    case Variable::SndWl2: return true; // an acknowledgment number: it counts what we sent
    case Variable::Irs:
    case Variable::SndWl1: // a sequence number of the peer's
    case Variable::RcvNxt:
    case Variable::SndWnd:
    case Variable::SndMss:
    case Variable::SndBuffered:
    case Variable::RcvWnd:
    case Variable::RcvBuffered:
    case Variable::RcvOutOfOrder:
    case Variable::Srtt:
    case Variable::RttVar:
    case Variable::Rto:
    case Variable::Retransmissions: return false;
    }
    return false;
}

std::string_view toString(Timer timer)
{
    switch (timer) {
    case Timer::Retransmission: return "retransmission";
    case Timer::DelayedAck: return "delayed-ack";
    case Timer::TimeWait: return "time-wait";
    case Timer::Persist: return "persist";
    }
    return {};
}

std::string_view toString(TimerChange change)
{
    switch (change) {
    case TimerChange::Started: return "started";
    case TimerChange::Stopped: return "stopped";
    case TimerChange::Fired: return "fired";
    }
    return {};
}

std::string_view toString(AppCall call)
{
    switch (call) {
    case AppCall::Listen: return "listen";
    case AppCall::Connect: return "connect";
    case AppCall::Send: return "send";
    case AppCall::Receive: return "receive";
    case AppCall::Close: return "close";
    case AppCall::Shutdown: return "shutdown";
    case AppCall::Abort: return "abort";
    case AppCall::Crash: return "crash";
    case AppCall::Opened: return "opened";
    case AppCall::Delivered: return "delivered";
    case AppCall::PeerClosed: return "peer-closed";
    case AppCall::Failed: return "failed";
    case AppCall::Closed: return "closed";
    }
    return {};
}

std::string_view toString(AppResult result)
{
    switch (result) {
    case AppResult::Ok: return "ok";
    case AppResult::Refused: return "refused";
    case AppResult::Reset: return "reset";
    case AppResult::TimedOut: return "timed-out";
    case AppResult::NoSuchConnection: return "no-such-connection";
    case AppResult::AlreadyExists: return "already-exists";
    case AppResult::Closing: return "closing";
    case AppResult::Aborted: return "aborted";
    }
    return {};
}

std::string_view toString(NodeKind kind)
{
    switch (kind) {
    case NodeKind::Host: return "host";
    case NodeKind::Router: return "router";
    case NodeKind::Switch: return "switch";
    case NodeKind::Hub: return "hub";
    }
    return {};
}

std::string_view toString(Protocol protocol)
{
    switch (protocol) {
    case Protocol::Other: return "?";
    case Protocol::Arp: return "ARP";
    case Protocol::Icmp: return "ICMP";
    case Protocol::Icmpv6: return "ICMPv6";
    case Protocol::Udp: return "UDP";
    case Protocol::Tcp: return "TCP";
    case Protocol::Dns: return "DNS";
    case Protocol::Http: return "HTTP";
    case Protocol::Tls: return "TLS";
    }
    return {};
}

std::string_view toString(LayerAct act)
{
    switch (act) {
    case LayerAct::Made: return "made";
    case LayerAct::Added: return "added";
    case LayerAct::Signalled: return "signalled";
    case LayerAct::Received: return "received";
    case LayerAct::Read: return "read";
    case LayerAct::Rewritten: return "rewritten";
    case LayerAct::Removed: return "removed";
    case LayerAct::Delivered: return "delivered";
    case LayerAct::Refused: return "refused";
    }
    return {};
}

std::string_view toString(TableKind kind)
{
    switch (kind) {
    case TableKind::Arp: return "arp";
    case TableKind::Neighbor: return "neighbor";
    case TableKind::Switch: return "switch";
    case TableKind::Route: return "route";
    case TableKind::Dns: return "dns";
    }
    return {};
}

std::string_view toString(TableChange change)
{
    switch (change) {
    case TableChange::Added: return "added";
    case TableChange::Changed: return "changed";
    case TableChange::Used: return "used";
    case TableChange::Missed: return "missed";
    case TableChange::Expired: return "expired";
    case TableChange::Removed: return "removed";
    }
    return {};
}

std::string_view toString(ProgramEvent event)
{
    switch (event) {
    case ProgramEvent::DatagramSent: return "datagram-sent";
    case ProgramEvent::DatagramReceived: return "datagram-received";
    case ProgramEvent::DatagramRefused: return "datagram-refused";
    case ProgramEvent::PingSent: return "ping-sent";
    case ProgramEvent::PingAnswered: return "ping-answered";
    case ProgramEvent::PingTimedOut: return "ping-timed-out";
    case ProgramEvent::PingRefused: return "ping-refused";
    case ProgramEvent::TraceProbed: return "trace-probed";
    case ProgramEvent::TraceHop: return "trace-hop";
    case ProgramEvent::TraceNoAnswer: return "trace-no-answer";
    case ProgramEvent::TraceDone: return "trace-done";
    case ProgramEvent::ResolveAsked: return "resolve-asked";
    case ProgramEvent::ResolveCached: return "resolve-cached";
    case ProgramEvent::ResolveAnswered: return "resolve-answered";
    case ProgramEvent::ResolveFailed: return "resolve-failed";
    case ProgramEvent::NameServed: return "name-served";
    case ProgramEvent::NameReferred: return "name-referred";
    case ProgramEvent::UrlOpened: return "url-opened";
    case ProgramEvent::UrlConnecting: return "url-connecting";
    case ProgramEvent::UrlRequested: return "url-requested";
    case ProgramEvent::UrlAnswered: return "url-answered";
    case ProgramEvent::UrlShown: return "url-shown";
    case ProgramEvent::UrlFailed: return "url-failed";
    case ProgramEvent::RequestReceived: return "request-received";
    case ProgramEvent::ResponseSent: return "response-sent";
    case ProgramEvent::TextEncoded: return "text-encoded";
    case ProgramEvent::TextCompressed: return "text-compressed";
    case ProgramEvent::TextEncrypted: return "text-encrypted";
    case ProgramEvent::TextDecrypted: return "text-decrypted";
    case ProgramEvent::TextInflated: return "text-inflated";
    case ProgramEvent::TextDecoded: return "text-decoded";
    case ProgramEvent::TextGarbled: return "text-garbled";
    case ProgramEvent::TurnTaken: return "turn-taken";
    case ProgramEvent::TransferAsked: return "transfer-asked";
    case ProgramEvent::TransferServed: return "transfer-served";
    case ProgramEvent::TransferCheckpoint: return "transfer-checkpoint";
    case ProgramEvent::TransferCut: return "transfer-cut";
    case ProgramEvent::TransferDone: return "transfer-done";
    case ProgramEvent::Count_: return {};
    }
    return {};
}

std::string_view toString(ProgramTrouble trouble)
{
    switch (trouble) {
    case ProgramTrouble::None: return "none";
    case ProgramTrouble::NoSuchName: return "no-such-name";
    case ProgramTrouble::NoAnswer: return "no-answer";
    case ProgramTrouble::BadAnswer: return "bad-answer";
    case ProgramTrouble::ServerFailed: return "server-failed";
    case ProgramTrouble::NetworkUnreachable: return "network-unreachable";
    case ProgramTrouble::HostUnreachable: return "host-unreachable";
    case ProgramTrouble::PortUnreachable: return "port-unreachable";
    case ProgramTrouble::ProtocolUnreachable: return "protocol-unreachable";
    case ProgramTrouble::FragmentationNeeded: return "fragmentation-needed";
    case ProgramTrouble::TtlExceeded: return "ttl-exceeded";
    case ProgramTrouble::ConnectionRefused: return "connection-refused";
    case ProgramTrouble::ConnectionReset: return "connection-reset";
    case ProgramTrouble::NotReachable: return "not-reachable";
    case ProgramTrouble::BadKey: return "bad-key";
    case ProgramTrouble::NoNameServer: return "no-name-server";
    }
    return {};
}

} // namespace packetarium
