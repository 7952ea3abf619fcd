// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// RACK, RFC 8985 §6: a segment is taken for lost when one that was sent later,
// by more than the time by which segments overtake each other, has arrived.
// Keeps of each segment that is under way when it was sent, which probes of a
// tail need as well (§7). The names are the RFC's, and so are clause numbers.

#include "core/base/sim_time.h"
#include "core/tcp/scoreboard.h"

#include <optional>
#include <vector>

namespace packetarium {

class Rack {
public:
    /// §6.2, step 1: [left, right) has gone out. What goes again must have been told of before.
    void onSent(Seq32 left, Seq32 right, SimTime now, bool again);

    /// What an acknowledgment says.
    struct Ack {
        Seq32 una, nxt;
        SimTime now;
        bool duplicate = false; ///< it bears a D-SACK
        SimTime answered;       ///< by its timestamp: when what it answers left at the latest; never(): it has none
        bool repairing = false; ///< in fast recovery or after a time-out
        int duplicateAcks = 3;  ///< segments behind one that make a loss without any reordering seen
        std::uint32_t smss = 0;
        SimDuration srtt;
    };
    /// Steps 2 to 4. `board` has taken in the acknowledgment's blocks.
    void onAck(const Ack& ack, const Scoreboard& board);
    /// Step 5: marks what is lost now. The instant at which more may be; never() if nothing waits for that.
    SimTime detectLosses(SimTime now);

    bool anyLost() const { return lost_ > 0; }
    std::uint32_t lossesFound() const { return found_; } ///< by all looks of detectLosses() together
    bool isOne() const { return segments_.size() == 1; } ///< a single segment is under way
    /// The first stretch that is lost and has not gone again.
    std::optional<SackBlock> firstLost() const;
    /// Octets in the network: neither known to have arrived nor lost.
    std::uint32_t pipe() const;
    /// The age of the oldest segment that an acknowledgment of everything before `ack` covers and no SACK did; none if one of
    /// them went twice (Karn's algorithm, RFC 6298 §3).
    std::optional<SimDuration> roundTrip(Seq32 ack, SimTime now) const;
    /// The segment with the highest numbers.
    std::optional<SackBlock> last() const;
    /// A fast or RTO recovery is over (step 4).
    void onRecovered();
    /// Nothing that was said of single segments counts any more (RFC 2018 §8): all are lost.
    void startOver();
    /// A time-out, §6.3: of them all only the first, and those that went so long ago that they should have been heard of.
    void timedOut(SimTime now);
    /// The round trip of the SYN, which is not followed here: RACK.rtt and min_RTT before others are measured.
    void begin(SimDuration handshakeRtt) { rtt_ = minRtt_ = handshakeRtt; }
    void clear();

private:
    struct Segment {
        Seq32 left, right;
        SimTime sent;
        bool again = false, arrived = false, lost = false;
    };
    void split(Seq32 at);
    void arrive(const Segment& segment, const Ack& ack);
    void widenWindow(const Ack& ack, std::uint32_t sacked);
    /// §6.2, step 2: RACK_sent_after().
    static bool sentAfter(SimTime a, Seq32 aEnd, SimTime b, Seq32 bEnd)
    {
        return a > b || (a == b && seqGt(aEnd, bEnd));
    }
    void markLost(Segment& segment, bool lost);

    std::vector<Segment> segments_; ///< in order, from SND.UNA to SND.NXT
    std::size_t lost_ = 0;          ///< how many of them are marked
    std::uint32_t found_ = 0;
    // Of the segment sent last among those that have arrived
    SimTime xmit_;
    Seq32 end_;
    SimDuration rtt_;
    bool known_ = false;
    SimDuration minRtt_; ///< 0: none was measured
    std::optional<Seq32> fack_;
    bool reordering_ = false;
    static constexpr int kPersist = 16; ///< recoveries without a D-SACK after which the window is as at first
    int windowMult_ = 1, windowPersist_ = kPersist;
    std::optional<Seq32> dsackRound_;
    SimDuration window_;
};

} // namespace packetarium
