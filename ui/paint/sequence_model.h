// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the sequence view draws, read from a trace once: arrows, state bands,
// timers, calls, and the order of all of them down the page. No places yet:
// ui/paint/sequence_layout.h gives every tick its height.

#include "core/trace/story_time.h"
#include "core/trace/trace.h"
#include "ui/paint/columns.h"
#include "ui/paint/interval_index.h"

#include <limits>
#include <vector>

namespace packetarium {

constexpr std::size_t kNoRecord = std::numeric_limits<std::size_t>::max();

enum class TickRole : std::uint8_t {
    Start,
    Send,
    Arrive,
    Lost,
    Hold,
    LetGo,
    State,
    TimerStart,
    TimerEnd,
    Call,
    Command,
    End,
};

/// Something with a height of its own. Ticks are kept in the order in which they stand down the page.
struct LadderTick {
    SimTime at;
    std::size_t record = kNoRecord; ///< kNoRecord: bound to its instant alone
    TickRole role{};
    NodeId host;
    int subject = -1; ///< index into the vector that the role speaks of
};

/// A packet; in a network a datagram's whole way, over all its hops.
struct LadderArrow {
    PacketId id;                ///< the packet, as its maker sent it
    std::vector<PacketId> hops; ///< from there on
    NodeId from, to;
    SimTime sentAt, endAt;
    int start = -1, end = -1, hold = -1, letGo = -1; ///< ticks; end -1: still under way when the run ends
    std::size_t sentRecord = kNoRecord, endRecord = kNoRecord;
    double startPart = 0, holdPart = 0, endPart = 1; ///< of the way from sender to receiver; endPart: how far it came
    SimTime holdAt = SimTime::never(), letGoAt = SimTime::never();
    bool lost = false;
    Reason lossReason = Reason::None;
    Reason ignored = Reason::None; ///< it arrived and was ignored for this reason
    std::size_t ignoredRecord = kNoRecord;
    bool special =
        false; ///< not one of many: a SYN, FIN or reset, sent again, lost, ignored, held, damaged, injected, no TCP
};

struct LadderState {
    NodeId host;
    TcpState state{};
    int from = -1, to = -1;                                   ///< ticks; to -1: to the end
    std::size_t fromRecord = kNoRecord, toRecord = kNoRecord; ///< kNoRecord: from the beginning, to the end
};

struct LadderTimer {
    NodeId host;
    ConnId conn;
    Timer timer{};
    SimTime startedAt, deadline;
    int from = -1, to = -1; ///< ticks; to -1: running when the run ends
    std::size_t fromRecord = kNoRecord, toRecord = kNoRecord;
    bool fired = false;
    int lane = 0;      ///< 0 is next to the lifeline
    int chain = -1;    ///< restarted for the same time without a pause: the first of the chain; itself if first
    int chainEnd = -1; ///< for the first of a chain: tick of its last end, or -1
    SimDuration duration() const { return deadline - startedAt; }
};

struct LadderCall {
    NodeId host;
    int tick = -1;
    std::size_t record = kNoRecord;
};

/// Something that is drawn in another way once a record has happened.
struct LadderTouch {
    enum class What : std::uint8_t { Arrow, State, Timer, Call, Command };
    std::uint32_t record = 0;
    What what{};
    int subject = -1;
};

struct LadderModel {
    std::vector<NodeId> columns; ///< left to right
    ConversationEnds ends;
    std::vector<LadderTick> ticks;
    std::vector<LadderArrow> arrows; ///< between two hosts by PacketId, in a network in the order sent
    std::vector<int> arrowOf;        ///< by PacketId, also of copies that a switch sent elsewhere; -1: none
    std::vector<LadderState> states; ///< of what each lifeline shows, in order of time
    std::vector<LadderTimer> timers;
    std::vector<LadderCall> calls;
    std::vector<LadderCall> commands;
    std::vector<int> lanesOf;            ///< timer lanes needed, by column
    std::vector<bool> connects, listens; ///< by node: what its programs ask for

    // Found by record, so that nobody walks through a long run for one instant.
    std::vector<LadderTouch> touches;                  ///< in the order of records
    IntervalIndex<std::size_t> arrowLives, timerLives; ///< from the record that begins to the one that ends it

    bool twoHosts = true;
    int columnOf(NodeId node) const; ///< -1: has none
};

LadderModel readLadder(const Trace& trace);
/// After timers, arrows, states or calls have changed: touches and lives.
void indexLadder(LadderModel& model);
/// Its first part (sequence_arrows.cpp): columns, and arrows without their ticks and records.
void readArrows(const Trace& trace, LadderModel& model);

} // namespace packetarium
