// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What two hosts say to each other, written down as a script of expectations
// and compared with a run, segment by segment:
//
//     Exchange("handshake")
//         .atFirst("CLOSED", "LISTEN")
//         .client("SYN", {.seq = 100}).states("SYN-SENT", "SYN-RECEIVED")
//         .server("SYN,ACK", {.seq = 300, .ack = 101}).states("ESTABLISHED", "SYN-RECEIVED")
//         .client("ACK", {.seq = 101, .ack = 301}).states("ESTABLISHED", "ESTABLISHED")
//         .nothingElse();
//
// The first thing that differs ends the comparison; nothingElse() then fails
// the test with the steps so far in English and what happened instead.

#include "core/engine/engine.h"
#include "core/tcp/transition_table.h"
#include "core/trace/moment.h"

#include <functional>

namespace packetarium {

class Exchange {
public:
    /// Runs a built-in scenario to its end. The first host is called client here and the second server.
    explicit Exchange(const std::string& builtinName);
    explicit Exchange(Scenario scenario);

    struct Numbers {
        std::uint32_t seq = 0;
        std::optional<std::uint32_t> ack = std::nullopt; ///< none: a segment without the ACK bit
        std::uint32_t len = 0;                           ///< payload octets
    };
    // The next segment that leaves, whoever sends it. It must arrive, unless lost() follows.
    Exchange& client(const std::string& flags, const Numbers& numbers) { return segment(0, false, flags, numbers); }
    Exchange& server(const std::string& flags, const Numbers& numbers) { return segment(1, false, flags, numbers); }
    /// One that neither host's TCP sent: an old duplicate, or a forgery in the client's name.
    Exchange& fromNowhere(const std::string& flags, const Numbers& numbers) { return segment(0, true, flags, numbers); }

    // About the segment just named.
    Exchange& lost();
    Exchange& again(); ///< its sender's retransmission timer sent it once more
    Exchange& sentAt(SimDuration sinceStart);
    Exchange& after(SimDuration sincePrevious); ///< since the segment named before it was sent
    Exchange& because(Reason cause);
    Exchange& ignored(Reason why); ///< by the one it reached
    /// Both ends, once it has arrived (or is lost) and everything of that instant is done.
    Exchange& states(std::string_view client, std::string_view server);
    /// The row of the transition table that its arrival (or what followed in the same instant) made a host take.
    Exchange& takes(std::string_view host, TcpEvent event);
    /// A timer that its sending or its arrival started, and for how long.
    Exchange& starts(std::string_view host, Timer timer, SimDuration lasting);
    /// Its arrival (or what followed in the same instant) told this to a program.
    Exchange& tells(std::string_view host, AppCall what, AppResult result = AppResult::Ok);

    // About the run.
    Exchange& atFirst(std::string_view client, std::string_view server); ///< at the start
    Exchange& statesAt(SimTime t, std::string_view client, std::string_view server);
    Exchange& toldAt(SimTime t, std::string_view host, AppCall what, AppResult result);
    Exchange& atLast(std::string_view client, std::string_view server); ///< when nothing is left to happen
    Exchange& readInAll(std::string_view host, std::uint64_t octets);   ///< by its program
    /// No further segment was sent; and everything before was as written.
    void nothingElse();

    /// What differs, as a reader is told it; empty if nothing did so far.
    const std::string& problem() const { return problem_; }
    const Trace& trace() const { return engine_.trace(); }
    const Scenario& scenario() const { return engine_.scenario(); }
    /// When the segment just named was sent, and when it arrived or was lost.
    SimTime sent() const { return current().sentAt; }
    SimTime ended() const { return current().endAt; }

private:
    Exchange& segment(std::size_t host, bool injected, const std::string& flags, const Numbers& numbers);
    /// Unless something differed before: adds the step to the story, and notes what differs if `instead` says so.
    Exchange& expect(const std::string& step, const std::function<std::string()>& instead);
    std::string statesInstead(SimTime t, std::string_view client, std::string_view server) const;
    std::string toldInstead(SimTime t, std::string_view host, AppCall what, AppResult result) const;
    PacketInfo current() const;
    bool isNamed(NodeId id, std::string_view host) const;
    std::string describe(const PacketInfo& packet) const;

    Engine engine_;
    MomentIndex moments_;
    std::size_t next_ = 0;   ///< the next packet of the trace
    bool mayBeLost_ = false; ///< lost() was said of the current one
    std::string story_;
    int steps_ = 0;
    std::string problem_;
};

} // namespace packetarium
