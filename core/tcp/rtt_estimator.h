// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The retransmission timeout of RFC 6298: a smoothed round-trip time, its
// variation, and a timeout that doubles when it was too short. Clause numbers
// beside the code are RFC 6298's.

#include "core/tcp/config.h"

namespace packetarium {

class RttEstimator {
public:
    explicit RttEstimator(const TcpConfig& config)
        : rto_(config.rtoInitial)
        , min_(config.rtoMin)
        , max_(config.rtoMax)
        , granularity_(config.clockGranularity)
        , minOnVariation_(config.rtoMinOnVariation)
    {}

    /// A round trip of `r` was measured on a segment sent only once (Karn's algorithm is the caller's duty, §3).
    void sample(SimDuration r)
    {
        if (!measured_) { // §2.2
            srtt_ = r;
            rttVar_ = r / 2;
            measured_ = true;
        } else { // §2.3, alpha = 1/8, beta = 1/4
            const SimDuration error = srtt_ > r ? srtt_ - r : r - srtt_;
            rttVar_ = (3 * rttVar_ + error) / 4;
            srtt_ = (7 * srtt_ + r) / 8;
        }
        const SimDuration least = minOnVariation_ && min_ > granularity_ ? min_ : granularity_;
        const SimDuration variation = 4 * rttVar_ > least ? 4 * rttVar_ : least;
        setRto(srtt_ + variation);
    }
    /// The timer fired: §5.5.
    void backOff() { setRto(2 * rto_); }
    /// §5.7: the SYN's timer fired, and data are about to flow.
    void restart(SimDuration rto) { setRto(rto); }

    void setBounds(const TcpConfig& config)
    {
        min_ = config.rtoMin;
        max_ = config.rtoMax;
        setRto(rto_);
    }

    SimDuration rto() const { return rto_; }
    SimDuration srtt() const { return srtt_; }
    SimDuration rttVar() const { return rttVar_; }
    bool measured() const { return measured_; }

private:
    void setRto(SimDuration rto) { rto_ = rto < min_ ? min_ : rto > max_ ? max_ : rto; } // §2.4, §2.5

    SimDuration rto_, srtt_, rttVar_;
    SimDuration min_, max_, granularity_;
    bool measured_ = false, minOnVariation_ = false;
};

} // namespace packetarium
