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

} // namespace packetarium
