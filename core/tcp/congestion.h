// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The congestion window: how much a sender allows itself to have under way so
// as not to flood the network (RFC 5681). The connection says what happens to
// it; this says what becomes of the window. Which losses there are and what is
// sent again is not its business: connection_recovery.cpp.
//
// Reno's arithmetic is everybody's base; CUBIC (RFC 9438) differs in how the
// window grows in congestion avoidance and in how much a loss takes away.
// Tahoe, Reno and NewReno differ in how a loss is repaired, not here.

#include "core/tcp/config.h"
#include "core/trace/vocabulary.h"

namespace packetarium {

class CongestionWindow {
public:
    CongestionWindow() = default;
    explicit CongestionWindow(const TcpConfig& config);

    /// The handshake is done: RFC 5681 §3.1's initial window, or one segment if the SYN or its answer was lost.
    void begin(std::uint32_t smss, bool handshakeLost);
    /// Another algorithm takes the place of `old` in a connection that is open.
    void takeOver(const CongestionWindow& old, std::uint32_t smss);
    /// Segments may carry less from now on, RFC 1191 §6.4.
    void setSmss(std::uint32_t smss) { smss_ = smss; }
    /// `octets` of new data were acknowledged while no loss is being repaired.
    void onAck(std::uint32_t octets, SimTime now, SimDuration srtt);
    /// Duplicate ACKs or ECN showed congestion while `flight` octets were under way: takes ssthresh down.
    void onCongestion(std::uint32_t flight, SimTime now);
    /// The timer ran out; `again` if it did so before for the same segment, RFC 5681 §3.1 (4).
    void onTimeout(std::uint32_t flight, bool again, SimTime now);
    /// The program gives less than the window lets go, or nothing: CUBIC's clock stands until the next onAck(), RFC 9438 §4.2.
    void pause() { paused_ = true; }
    /// Nothing was sent for a retransmission timeout, RFC 5681 §4.1.
    void onIdle();

    // Inflation and deflation while a loss is repaired, RFC 5681 §3.2.
    void set(std::uint32_t octets);
    void inflate(std::uint32_t octets) { cwnd_ += octets; }
    void deflate(std::uint32_t octets);

    std::uint32_t cwnd() const { return cwnd_; }
    std::uint32_t ssthresh() const { return ssthresh_; }
    bool inSlowStart() const { return cwnd_ < ssthresh_; }

    static constexpr std::uint32_t kNoThreshold = 0x7fffffff; ///< "arbitrarily high", RFC 5681 §3.1

private:
    void growReno(std::uint32_t octets);
    void growCubic(std::uint32_t octets, SimTime now, SimDuration srtt);
    std::int64_t cubicAt(std::int64_t sinceEpochMs) const;
    std::uint32_t initialWindow() const;

    CongestionControl algorithm_ = CongestionControl::NewReno;
    bool byteCounting_ = false;
    bool fromWindow_ = false;
    int slowStartLimit_ = 2;
    int initialSegments_ = 0;
    std::uint32_t smss_ = 536;
    std::uint32_t cwnd_ = kNoThreshold, ssthresh_ = kNoThreshold;
    std::uint32_t counted_ = 0; ///< octets acknowledged that have not grown the window yet
    bool afterTimeout_ = false; ///< in the slow start that follows one

    // CUBIC, RFC 9438 §4
    SimTime epoch_ = SimTime::never();   ///< when congestion avoidance began; never(): it begins with the next ACK
    SimTime lastAck_ = SimTime::never(); ///< the last that counted
    bool paused_ = false;
    std::uint32_t wMax_ = 0, cwndPrior_ = 0;
    std::int64_t kMs_ = 0;   ///< K: from the epoch until the window is wMax_ again
    std::uint64_t wEst_ = 0; ///< what Reno would have, in 1/1024 octets
};

} // namespace packetarium
