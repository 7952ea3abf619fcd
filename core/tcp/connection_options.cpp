// SPDX-License-Identifier: GPL-3.0-or-later
//
// Options: what is offered and agreed on with the SYNs, and what it means for
// every later segment (RFC 9293 §3.7.1, RFC 7323, RFC 2018, RFC 3168).
#include "core/tcp/connection.h"

namespace packetarium {

namespace {

constexpr std::size_t kTimestampOctets = 12; // with two NOPs
constexpr std::size_t kSackHeadOctets = 4;
constexpr std::size_t kSackBlockOctets = 8;
constexpr int kMostShift = 14; // RFC 7323 §2.3

} // namespace

/// The shift that this end offers: as configured, or the smallest with which the whole buffer can be announced.
int Connection::ownShift() const
{
    if (config_->windowShift >= 0)
        return std::min(config_->windowShift, kMostShift);
    int shift = 0;
    while (shift < kMostShift && (config_->receiveBuffer >> shift) > 65535)
        ++shift;
    return shift;
}

/// A clock of milliseconds (RFC 7323 §5.4) that begins for each pair of hosts somewhere else (§7.1).
std::uint32_t Connection::timestampAt(SimTime now) const
{
    const std::uint64_t ends = std::uint64_t{local_.port} << 16 | remote_.port;
    const auto offset = static_cast<std::uint32_t>(sipHash24(ends, 0x7473, secret_));
    return offset + static_cast<std::uint32_t>(now.ns() / 1'000'000);
}

/// In SYN-SENT everything that this end would use; in SYN-RECEIVED what the peer's SYN offered, too.
void Connection::offerOptions(SimTime now, TcpSegment& syn) const
{
    const bool answering = state_ != TcpState::SynSent;
    syn.mss = ownMss();
    if (answering ? scaleAgreed_ : config_->windowScaling)
        syn.windowScale = static_cast<std::uint8_t>(ownShift());
    syn.sackPermitted = answering ? sackOn_ : config_->sack;
    if (answering ? timestampsOn_ : config_->timestamps)
        syn.timestamps = TcpTimestamps{timestampAt(now), answering ? tsRecent_ : 0};
    // RFC 3168 §6.1.1: ECE and CWR on the SYN offer it, ECE alone on the SYN,ACK takes it.
    if (answering ? ecnOn_ : config_->ecn)
        syn.flags.bits |= answering ? TcpFlags::Ece : TcpFlags::Ece | TcpFlags::Cwr;
}

/// Reads the peer's SYN or SYN,ACK.
void Connection::agreeOnOptions(SimTime now, const TcpSegment& syn)
{
    sndMss_ = sendMssFrom(syn);
    scaleAgreed_ = config_->windowScaling && syn.windowScale;
    sndScale_ = scaleAgreed_ ? static_cast<std::uint8_t>(std::min<int>(*syn.windowScale, kMostShift)) : std::uint8_t{0};
    rcvScale_ = scaleAgreed_ ? static_cast<std::uint8_t>(ownShift()) : std::uint8_t{0};
    sackOn_ = config_->sack && syn.sackPermitted;
    timestampsOn_ = config_->timestamps && syn.timestamps;
    if (timestampsOn_) {
        tsRecent_ = syn.timestamps->value;
        tsRecentAt_ = now;
    }
    const bool offer = syn.flags.has(TcpFlags::Ece) && syn.flags.has(TcpFlags::Cwr) && !syn.flags.ack();
    const bool taken = syn.flags.has(TcpFlags::Ece) && !syn.flags.has(TcpFlags::Cwr) && syn.flags.ack();
    ecnOn_ = config_->ecn && (offer || taken);
    if (config_->segmentMemory != 0 && config_->growWindow)
        offerLimit_ = std::min(offerLimit_, firstWindow());
}

/// §3.7.1. An MSS of zero, which would leave no room for any data, counts as none given.
std::uint16_t Connection::sendMssFrom(const TcpSegment& syn) const
{
    const std::uint16_t ifNone = remote_.address.isV6() ? 1220 : 536; // MUST-15
    return std::min(syn.mss.value_or(0) == 0 ? ifNone : *syn.mss,
                    config_->mssBothWays ? std::min(ownMss(), mssLimit_) : mssLimit_);
}

std::uint32_t Connection::smss() const
{
    const std::uint32_t options = timestampsOn_ ? kTimestampOctets : 0;
    return sndMss_ > options ? sndMss_ - options : 1;
}

/// What options take of the next segment's data (RFC 6691 §2).
std::size_t Connection::optionOctets() const
{
    std::size_t octets = timestampsOn_ ? kTimestampOctets : 0;
    if (sackOn_) {
        const bool duplicate = duplicate_.left != duplicate_.right;
        std::size_t blocks = (reassembly_.empty() ? 0 : reassembly_.blocks().size()) + (duplicate ? 1 : 0);
        blocks = std::min(blocks, timestampsOn_ ? SackBlocks::kMost - 1 : SackBlocks::kMost);
        if (blocks > 0)
            octets += kSackHeadOctets + blocks * kSackBlockOctets;
    }
    return octets;
}

void Connection::addOptions(SimTime now, TcpSegment& seg)
{
    if (timestampsOn_)
        seg.timestamps = TcpTimestamps{timestampAt(now), tsRecent_};
    if (!sackOn_ || !seg.flags.ack())
        return;
    SackBlocks sack;
    if (duplicate_.left != duplicate_.right) // RFC 2883 §4: the duplicate first
        sack.add(duplicate_);
    const std::size_t most = timestampsOn_ ? SackBlocks::kMost - 1 : SackBlocks::kMost; // RFC 2018 §3
    if (!reassembly_.empty()) {
        for (const SackBlock& block : reassembly_.blocks())
            if (sack.size() < most)
                sack.add(block);
    }
    seg.sack = sack;
    duplicate_ = {};
}

/// RFC 7323 §2.2: the window of a SYN is never scaled.
std::uint32_t Connection::windowOf(const TcpSegment& seg) const
{
    return std::uint32_t{seg.window} << (seg.flags.syn() ? 0 : sndScale_);
}

/// The window field of a segment about to be sent, and with it the promise that it makes.
std::uint16_t Connection::windowField(bool inSyn)
{
    const Seq32 promised = rcvEdge_;
    const std::uint32_t octets = windowToAdvertise();
    const int shift = inSyn ? 0 : rcvScale_;
    std::uint32_t field = std::min<std::uint32_t>(octets >> shift, 65535);
    // Rounding down must not take back what was promised (RFC 7323 §2.4), and rounding up must not add up, segment by segment,
    // to more than the buffer holds: then the field says a little less than what is still accepted.
    const std::size_t buffer = std::size_t{config_->receiveBuffer} * (config_->segmentMemory == 0 ? 1 : 2);
    const std::size_t most = buffer - std::min(received_.size(), buffer) + (1u << shift) - 1;
    if (field < 65535 && seqLt(rcvNxt_ + (field << shift), promised) && (field + 1) << shift <= most)
        ++field;
    rcvEdge_ = seqMax(promised, rcvNxt_ + (field << shift));
    memory_.offered(field << shift);
    return static_cast<std::uint16_t>(field);
}

} // namespace packetarium
