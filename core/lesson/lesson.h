// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A lesson: a scenario, and steps bound to things that happen in its trace
// (never to times), each with a heading, a sentence or two, a why, and an RFC
// reference in both languages. File format: docs/lesson-format.md.

#include "core/base/input_error.h"
#include "core/base/result.h"
#include "core/scenario/scenario.h"
#include "core/trace/moment.h"
#include "core/trace/symbols.h"

namespace packetarium {

/// What a step waits for. Steps are matched in order: each looks from where the step before it was found.
struct StepAnchor {
    enum class Kind : std::uint8_t {
        Start,
        Sent,
        Flight,
        Arrived,
        Lost,
        State,
        TimerStarted,
        TimerFired,
        App,
        Layer,
        Program,
        Table,
        End
    };
    Kind kind = Kind::Start;
    std::string host;              ///< sender (Sent, Flight, Lost), receiver (Arrived), or owner
    std::string flags;             ///< exactly these, as TcpFlags::toString() spells them: "SYN,ACK"; empty: any
    std::optional<TcpState> state; ///< State: the one entered
    std::optional<Timer> timer;
    std::optional<AppCall> call;
    std::optional<Protocol> protocol; ///< Sent, Flight, Arrived, Lost, Layer: what the packet carries
    std::optional<LayerAct> act;      ///< Layer: at `host`
    std::optional<Layer> layer;       ///< Layer
    std::optional<ProgramEvent> program;
    std::optional<TableKind> table;
    std::optional<TableChange> change; ///< Table
    int nth = 1;                       ///< the nth such from the previous step on
    int percent = 50;                  ///< Flight: how far on its way
};

/// Something a step asserts; checked against the run. E.g. {client state, "SYN-SENT"}, {packet seq, "x"}.
struct Claim {
    std::string
        subject; ///< "client.state", "server.state", "packet.seq", "packet.ack", "packet.flags", "packet.len", "client.SND.NXT" ...
    std::string value; ///< compared with the symbolic form
    int line = 0;
};

struct LessonStep {
    StepAnchor anchor;
    LocalizedText heading, text, why;
    std::string rfc; ///< "RFC 9293 §3.5"
    std::vector<Claim> claims;
    int line = 0; ///< in its file
};

struct Lesson {
    int version = 1;
    std::string name;    ///< file stem
    std::string chapter; ///< "connections", "layers", "addresses", "reliability"
    int order = 0;       ///< within its chapter
    LocalizedText title, summary;
    std::string scenario; ///< a built-in name, or a file beside the lesson
    std::vector<LessonStep> steps;
    std::string file;
};

Result<Lesson, InputError> parseLesson(std::string_view yaml, std::string_view fileName);
Result<Lesson, InputError> loadLesson(const std::string& pathOrName);
std::vector<std::string> builtinLessonNames(); ///< by chapter, then order
/// The scenario that the lesson names: a file beside it if it looks like a path, else a built-in one.
Result<Scenario, InputError> loadLessonScenario(const Lesson& lesson);

/// A step found in a run.
struct BoundStep {
    bool found = false;
    SimTime at;
    PacketId packet; ///< the packet it is about, or none
    ConnId conn;
    NodeId host;
    std::size_t record =
        0; ///< the record that it is: of Flight the packet's departure; of Start and End the first at or after `at`
};
/// One per step, in order; a step that does not happen is not found, and the next is looked for from the instant of the last
/// found one. A record answers to one step only, but a packet that one step saw sent may be another's in flight.
std::vector<BoundStep> bindSteps(const Lesson& lesson, const Trace& trace);
/// Everything wrong with the lesson against its run (with EngineOptions::layers): steps that never happen, claims not shown,
/// missing translations.
std::vector<InputError> checkLesson(const Lesson& lesson, const Trace& trace);

/// Fills placeholders of a step's text from the run, as docs/lesson-format.md lists them: {seq} {ack} {flags} {len} {win}
/// {state} {x} {y} {rto} {time} {client.state} {client.SND.NXT} ...; sequence numbers may be followed by +N. `style` is how
/// numbers are written. Unknown ones were refused at parse time; what has no value at the step is written as "?".
std::string fillPlaceholders(std::string_view text, const BoundStep& step, const Trace& trace,
                             const MomentIndex& moments, const Symbols& symbols, NumberStyle style);
/// The names allowed in braces; HOST stands for a host's name.
std::vector<std::string> placeholderNames();

} // namespace packetarium
