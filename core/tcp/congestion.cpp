// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tcp/congestion.h"

#include <algorithm>

namespace packetarium {

namespace {

/// The largest whole number whose cube is not above n; n < 2^63.
std::int64_t cubeRoot(std::int64_t n)
{
    std::int64_t root = 0;
    for (std::int64_t bit = std::int64_t{1} << 20; bit > 0; bit >>= 1) {
        const std::int64_t tried = root + bit;
        if (tried <= n / tried / tried)
            root = tried;
    }
    return root;
}

// RFC 9438 §4.1, §4.6
constexpr std::int64_t kCubicC10 = 4;    ///< C = 0.4, in tenths
constexpr std::int64_t kCubicBeta10 = 7; ///< beta = 0.7
constexpr std::uint32_t kEstUnit = 1024;

} // namespace

CongestionWindow::CongestionWindow(const TcpConfig& config)
    : algorithm_(config.congestionControl)
    , byteCounting_(config.byteCounting)
    , fromWindow_(config.thresholdFromWindow)
    , slowStartLimit_(config.slowStartLimit)
    , initialSegments_(config.initialWindow)
{}

std::uint32_t CongestionWindow::initialWindow() const
{
    if (initialSegments_ > 0)
        return static_cast<std::uint32_t>(initialSegments_) * smss_;
    const std::uint32_t segments = smss_ > 2190 ? 2 : smss_ > 1095 ? 3 : 4; // RFC 5681 §3.1
    return segments * smss_;
}

void CongestionWindow::begin(std::uint32_t smss, bool handshakeLost)
{
    smss_ = smss;
    cwnd_ = algorithm_ == CongestionControl::None ? kNoThreshold : handshakeLost ? smss_ : initialWindow();
}

void CongestionWindow::takeOver(const CongestionWindow& old, std::uint32_t smss)
{
    begin(smss, false);
    if (algorithm_ == CongestionControl::None || old.algorithm_ == CongestionControl::None)
        return; // a window without limit says nothing about the network
    cwnd_ = old.cwnd_;
    ssthresh_ = old.ssthresh_;
}

void CongestionWindow::onAck(std::uint32_t octets, SimTime now, SimDuration srtt)
{
    if (algorithm_ == CongestionControl::None || octets == 0)
        return;
    if (inSlowStart()) {
        // RFC 5681 §3.1, equation 2; with byte counting up to so many segments for each ACK, RFC 3465 §2.3.
        // After a time-out a single one: what an ACK then covers need not have left the network just now.
        const bool limited = !byteCounting_ || slowStartLimit_ > 0;
        const int segments = !byteCounting_ || afterTimeout_ ? 1 : slowStartLimit_;
        const std::uint32_t most = static_cast<std::uint32_t>(segments) * smss_;
        const std::uint32_t step = std::min(octets, limited ? most : ssthresh_ - cwnd_);
        cwnd_ += step;
        if (algorithm_ == CongestionControl::Cubic)
            epoch_ = SimTime::never();
        octets -= step;
        if (limited || octets == 0) // else the rest belongs to congestion avoidance
            return;
    }
    afterTimeout_ = false;
    if (algorithm_ == CongestionControl::Cubic)
        growCubic(octets, now, srtt);
    else
        growReno(octets);
}

void CongestionWindow::growReno(std::uint32_t octets)
{
    if (!byteCounting_) {
        // Equation 3: an ACK more is worth SMSS * SMSS / cwnd octets, and at least one.
        const std::uint64_t step = std::uint64_t{smss_} * smss_ / cwnd_;
        cwnd_ += std::max<std::uint32_t>(1, static_cast<std::uint32_t>(step));
        return;
    }
    counted_ += octets;
    if (counted_ >= cwnd_) {
        counted_ -= cwnd_;
        cwnd_ += smss_;
    }
}

/// W_cubic(t) of RFC 9438 §4.2 in octets: C * (t - K)^3 + W_max.
std::int64_t CongestionWindow::cubicAt(std::int64_t sinceEpochMs) const
{
    constexpr std::int64_t kFarMs =
        60'000; // beyond this the curve is steeper than anything else, and the product would not fit
    const std::int64_t d = std::clamp(sinceEpochMs - kMs_, -kFarMs, kFarMs);
    return std::int64_t{wMax_} + d * d * d / 1'000'000'000 * kCubicC10 * smss_ / 10 +
           d * d * d % 1'000'000'000 * kCubicC10 * smss_ / 10 / 1'000'000'000;
}

void CongestionWindow::growCubic(std::uint32_t octets, SimTime now, SimDuration srtt)
{
    if (paused_ && !epoch_.isNever() && !lastAck_.isNever())
        epoch_ = epoch_ + (now - lastAck_); // §4.2: time in which the program was the limit does not count
    paused_ = false;
    lastAck_ = now;
    if (epoch_.isNever()) { // §4.2: the epoch begins
        epoch_ = now;
        if (wMax_ < cwnd_) {
            wMax_ = cwnd_;
            kMs_ = 0;
        } else {
            // K = cbrt((W_max - cwnd) / C), windows in segments, K in seconds
            const std::int64_t thousandths = std::int64_t{wMax_ - cwnd_} * 1000 / smss_; // of a segment
            kMs_ = cubeRoot(thousandths * 10 / kCubicC10 * 1'000'000);
        }
        wEst_ = std::uint64_t{cwnd_} * kEstUnit;
    }
    // §4.3: Reno's window grows by alpha segments for each window acknowledged; alpha = 3 (1 - beta) / (1 + beta) = 9 / 17
    // until it is back where the loss was, and 1 from then on.
    const bool below = wEst_ < std::uint64_t{cwndPrior_} * kEstUnit;
    const std::uint64_t grown = std::uint64_t{octets} * smss_ * kEstUnit / cwnd_;
    wEst_ += below ? grown * 9 / 17 : grown;

    const std::int64_t sinceMs = (now - epoch_).ns() / 1'000'000;
    if (cubicAt(sinceMs) < static_cast<std::int64_t>(wEst_ / kEstUnit)) {
        cwnd_ = std::max(cwnd_, static_cast<std::uint32_t>(wEst_ / kEstUnit));
        return;
    }
    // §4.4, §4.5: towards where the curve will be a round trip from now, by at most half a window.
    const std::int64_t ahead = cubicAt(sinceMs + srtt.ns() / 1'000'000);
    const std::int64_t target = std::clamp<std::int64_t>(ahead, cwnd_, std::int64_t{cwnd_} + cwnd_ / 2);
    const std::uint64_t distance = static_cast<std::uint64_t>(target - cwnd_);
    const std::uint64_t step = distance * octets + counted_;
    cwnd_ += static_cast<std::uint32_t>(step / cwnd_);
    counted_ = static_cast<std::uint32_t>(step % cwnd_);
}

void CongestionWindow::onCongestion(std::uint32_t flight, SimTime)
{
    if (algorithm_ == CongestionControl::None)
        return;
    counted_ = 0;
    const std::uint32_t used = fromWindow_ ? cwnd_ : flight;
    if (algorithm_ == CongestionControl::Cubic) {
        // §4.7, fast convergence: who loses before it was back where it lost the last time leaves more to others.
        wMax_ = cwnd_ < wMax_ ? static_cast<std::uint32_t>(std::uint64_t{cwnd_} * (10 + kCubicBeta10) / 20) : cwnd_;
        cwndPrior_ = cwnd_;
        epoch_ = SimTime::never();
        ssthresh_ = std::max(static_cast<std::uint32_t>(std::uint64_t{used} * kCubicBeta10 / 10), 2 * smss_);
        return;
    }
    ssthresh_ = std::max(used / 2, 2 * smss_); // RFC 5681 §3.1, equation 4
}

void CongestionWindow::onTimeout(std::uint32_t flight, bool again, SimTime now)
{
    if (algorithm_ == CongestionControl::None)
        return;
    if (!again)
        onCongestion(flight, now);
    wMax_ = 0; // RFC 9438 §4.8: the next epoch begins with K = 0 and W_max = cwnd
    counted_ = 0;
    cwnd_ = smss_; // the loss window, RFC 5681 §3.1
    afterTimeout_ = true;
}

void CongestionWindow::onIdle()
{
    if (algorithm_ != CongestionControl::None)
        cwnd_ = std::min(cwnd_, initialWindow()); // the restart window, RFC 5681 §4.1
}

void CongestionWindow::set(std::uint32_t octets)
{
    if (algorithm_ != CongestionControl::None)
        cwnd_ = std::max(octets, smss_);
}

void CongestionWindow::deflate(std::uint32_t octets)
{
    set(cwnd_ > octets ? cwnd_ - octets : 0);
}

} // namespace packetarium
