// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Traces made by hand for the painters' tests: no engine, only what the
// painters read. Times are in milliseconds; host 0 is the client (ISS 100),
// host 1 the server (ISS 300).

#include "core/trace/moment.h"
#include "core/trace/story_time.h"
#include "core/trace/symbols.h"
#include "ui/paint/stage_scene.h"

namespace packetarium::test {

class TraceScript {
public:
    TraceScript();

    struct Segment {
        int from = 0;
        double at = 0;      ///< ms
        double flight = 20; ///< ms
        std::uint8_t flags = 0;
        std::uint32_t seq = 0, ack = 0, length = 0;
        Reason cause = Reason::SentAppWrite;
        bool injected = false, again = false, corrupted = false;
        double lostAfter = -1; ///< ms after it was sent; negative: it arrives
        Reason lossReason = Reason::LostByCommand;
        Reason ignored = Reason::None;
        double heldAfter = -1, heldFor = 0;
        int copyOf = -1;
    };

    TraceScript& state(double at, int host, TcpState to);
    TraceScript& timer(double at, int host, Timer timer, TimerChange change, double forMs = 0);
    TraceScript& call(double at, int host, AppCall call, std::uint64_t octets = 0);
    TraceScript& send(const Segment& segment);
    TraceScript& command(double at);
    Trace build(double endMs);

private:
    struct Pending {
        double at;
        int order;
        Record record;
    };
    void add(double at, Record record);
    Trace trace_;
    std::vector<Pending> pending_;
    TcpState states_[2] = {TcpState::Closed, TcpState::Closed};
};

// The runs that the tests lay out.
Trace handshakeTrace();
Trace teardownTrace(); ///< with a folded 2MSL
Trace synLostTrace();  ///< lost twice, backoff
Trace simultaneousOpenTrace();
Trace troubleTrace(); ///< crossing data, a hold, a copy, a corrupted and an injected segment, ignored ones
Trace bulkTrace(int segments, double apartMs);
/// Some 25 segments at random, with everything that may befall them; the same for the same seed.
Trace randomTrace(std::uint64_t seed);

struct NamedTrace {
    const char* name;
    Trace trace;
};
std::vector<NamedTrace> allTraces();

/// A trace with all that a scene points to.
class SceneBox {
public:
    explicit SceneBox(Trace trace, const Trace* beside = nullptr); ///< `beside`: its story is that of both
    StageScene& at(SimTime t);
    StageScene& atShown(double seconds) { return at(std::min(story_.simulated(seconds), trace_.end())); }
    StageScene scene;
    const Trace& trace() const { return trace_; }
    const StoryTime& story() const { return story_; }

private:
    Trace trace_;
    MomentIndex index_;
    StoryTime story_;
    Symbols symbols_;
    Moment moment_;
};

} // namespace packetarium::test
