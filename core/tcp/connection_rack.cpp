// SPDX-License-Identifier: GPL-3.0-or-later
//
// RACK-TLP, RFC 8985: losses that time shows (§6), and the probe that brings
// an acknowledgment where the end of a flight was lost (§7).
#include "core/tcp/connection.h"

namespace packetarium {

namespace {

constexpr SimDuration kMaxAckDelay = SimDuration::milliseconds(200); // §7.2: TLP.max_ack_delay
constexpr SimDuration kProbeWithoutRtt = SimDuration::seconds(1);

} // namespace

/// §6.2, steps 2 to 4. `duplicate`: the acknowledgment bears a D-SACK.
void Connection::rackHears(SimTime now, const TcpSegment& seg, bool duplicate)
{
    Rack::Ack ack;
    ack.una = sndUna_;
    ack.nxt = sndNxt_;
    ack.now = now;
    ack.duplicate = duplicate;
    ack.answered = SimTime::never();
    if (timestampsOn_ && seg.timestamps) {
        constexpr std::int64_t kTick = 1'000'000, kLongAgo = 600'000;
        const std::int64_t ago = std::int64_t{timestampAt(now) - seg.timestamps->echo};
        if (ago < kLongAgo) // to the end of that tick
            ack.answered = SimTime::fromNs((now.ns() / kTick - ago + 1) * kTick - 1);
    }
    ack.repairing = repair_ != Repair::None;
    ack.duplicateAcks = config_->duplicateAcks;
    ack.smss = smss();
    ack.srtt = rtt_.srtt();
    rack_.onAck(ack, scoreboard_);
}

/// §6.2, step 5, and §6.3: a repair begins if none is under way; what may be lost soon is looked at again then.
void Connection::lookForLosses(SimTime now, TcpSink& out)
{
    if (!usesRack())
        return;
    const SimTime next = rack_.detectLosses(now);
    if (next.isNever())
        stopTimer(Timer::Reordering, out);
    else if (deadline(Timer::Reordering) != next)
        startTimer(Timer::Reordering, next, out);
    if (rack_.anyLost() && repair_ == Repair::None && !sameLossAgain())
        enterRecovery(now, out);
}

/// §7.2: after new data, and after an acknowledgment of some, unless losses are being noticed or repaired already.
void Connection::planProbe(SimTime now, TcpSink& out)
{
    if (!config_->tailLossProbe || !sackOn_)
        return;
    const bool wanted = mayCarryData() && sndUna_ != sndNxt_ && !synUnacknowledged() && repair_ == Repair::None &&
                        scoreboard_.empty() && running(Timer::Retransmission);
    if (!wanted) {
        stopTimer(Timer::TailLossProbe, out);
        return;
    }
    SimDuration wait = kProbeWithoutRtt;
    if (rtt_.measured())
        wait = 2 * rtt_.srtt() + (rack_.isOne() ? kMaxAckDelay : SimDuration{});
    startTimer(Timer::TailLossProbe, std::min(now + wait, deadline(Timer::Retransmission)), out);
}

/// §7.3, TLP_send_probe(): new data if there are any, whatever cwnd says, or the last segment again. One probe at a time, and a
/// round trip measured between two of them; otherwise the retransmission timer, which goes on, does the rest.
void Connection::probeTail(SimTime now, TcpSink& out)
{
    const auto last = rack_.last();
    if (probeEnd_ || !rttSinceProbe_ || repair_ != Repair::None || !last)
        return;
    const std::size_t unsent = std::min<std::size_t>(octetsUnsent(), smss());
    const bool again = unsent == 0 || receiverRoom() < unsent;
    if (again && last->left != sndUna_ && seqGt(last->right, sndUna_ + sndWnd_))
        return; // the window has shrunk since: the oldest octets are what the peer takes (RFC 9293 §3.8.6)
    probeWentAgain_ = again;
    if (probeWentAgain_)
        sendAgain(now, last->left, static_cast<std::uint32_t>(last->right - last->left), Reason::SentTailLossProbe,
                  out);
    else
        sendNext(now, receiverRoom(), Reason::SentTailLossProbe, false, out);
    probeEnd_ = sndNxt_;
    rttSinceProbe_ = false;
    startTimer(Timer::Retransmission, now + rtt_.rto(), out);
}

/// §7.4.2, TLP_process_ack(): true if the probe repaired a loss, which then counts as one. Otherwise both copies arrived, or more
/// must be heard.
bool Connection::probeAnswered(SimTime now, const TcpSegment& seg, std::uint32_t flight, bool duplicateOfProbe,
                               bool pureRepeat)
{
    if (!probeEnd_ || seqLt(seg.ack, *probeEnd_))
        return false;
    const bool nothingLost = !probeWentAgain_ || duplicateOfProbe;
    const bool repaired = !nothingLost && seqGt(seg.ack, *probeEnd_);
    if (nothingLost || repaired || pureRepeat)
        probeEnd_.reset();
    if (!repaired)
        return false;
    window_.onCongestion(flight, now);
    window_.set(std::min(window_.cwnd(), window_.ssthresh()));
    noteReduction();
    return true;
}

} // namespace packetarium
