// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a painter is given. A painter is a pure function of it: the same scene
// gives the same picture, on the screen and in an exported file.

#include "core/trace/moment.h"
#include "core/trace/story_time.h"
#include "core/trace/symbols.h"
#include "core/wire/line_code.h"
#include "ui/i18n/catalogue.h"
#include "ui/theme/theme.h"

#include <QRectF>
#include <QString>
#include <array>
#include <memory>
#include <optional>
#include <vector>

namespace packetarium {

struct LadderModel;
/// What the sequence view reads from a trace before it draws anything; of a long one it can be read ahead, in another thread.
std::shared_ptr<const LadderModel> readLadderAhead(const Trace& trace);

/// What the user has picked on the stage; at most one thing.
struct Selection {
    enum class Kind { None, Packet, Host, State, Transition, Timer, Link, Layer, Row, Window };
    Kind kind = Kind::None;
    PacketId packet;
    NodeId host; ///< Host: any node
    /// State: TcpState; Transition: row; Timer: Timer; Link: LinkId; Layer: Layer at `host`; Row: Trace::tableRows(); Window: a part of
    /// `host`'s buffers, as ui/i18n/catalogue_windows.h packs it.
    int index = -1;
    bool operator==(const Selection&) const = default;
};

inline Selection packetSelection(PacketId id)
{
    Selection s;
    s.kind = Selection::Kind::Packet;
    s.packet = id;
    return s;
}

/// Some bits of a packet's frame, picked in a field tree, in the bytes or on the stage.
struct BitRange {
    PacketId packet;
    std::uint32_t offset = 0, length = 0;
    bool operator==(const BitRange&) const = default;
};

/// How the layers view tells its story.
struct LayersLook {
    bool osi = false;    ///< seven layers instead of TCP/IP's four (and the cable)
    bool parcel = false; ///< the seven packers and their parcel beside the real thing
    LineCode lineCode = LineCode::Manchester;
    bool operator==(const LayersLook&) const = default;
};

/// The plots there are, from top to bottom.
enum class PlotKind : std::uint8_t { Sequence, Congestion, RoundTrip, Throughput, Queue };
constexpr int kPlotKindCount = 5;

/// Which plots are shown, of which flow and of what time.
struct PlotsLook {
    std::array<bool, kPlotKindCount> shown{true, true, false, false, false};
    ConnId flow;                     ///< its sender; none: the one that carries most
    std::optional<SimTime> from, to; ///< none: all that happens in the flow
    bool shows(PlotKind kind) const { return shown[static_cast<std::size_t>(kind)]; }
    bool operator==(const PlotsLook&) const = default;
};

/// What is written at the ends of a cable: of a router the interface and its address.
struct CableEnds {
    QString a, b;
    bool operator==(const CableEnds&) const = default;
};

struct StageScene {
    const Trace* trace = nullptr;
    const Moment* moment = nullptr;
    const StoryTime* story = nullptr;
    const Symbols* symbols = nullptr;
    std::shared_ptr<const LadderModel> ladder;    ///< what the sequence view reads from a long trace; none: it has to
    std::vector<QString> hostLabels;              ///< by NodeId, in the current language
    std::vector<std::optional<NodePlace>> places; ///< by NodeId: where the scenario puts it in the network view
    std::vector<CableEnds> cableEnds;             ///< by LinkId
    std::vector<bool> serves;                     ///< by NodeId: programs wait on it from the start
    NumberStyle numbers = NumberStyle::Symbolic;
    Language language = Language::English;
    Selection selection;
    Selection hover;
    std::optional<BitRange> field; ///< picked
    LayersLook layers;
    PlotsLook plots;
    double shown = 0;            ///< story seconds; within one instant the layers view goes on with it
    std::size_t recordsDone = 0; ///< records()[0 .. recordsDone) have been told: at most moment->recordsDone
    std::shared_ptr<const StageScene> beside; ///< of the run that is compared with this one; its own is empty
    SimTime now; ///< with `beside`: the cursor of both, which may be past this run's end; moment is then that end
    bool reducedMotion = false;
    bool predicting = false; ///< what has not happened yet keeps its flags to itself
    /// Whether something of this time is shown.
    bool tells(SimTime at) const { return !predicting || at <= moment->at; }
    Theme theme = Theme::make(ThemeKind::Light);
};

/// One thing on a canvas that can be hit, focused and read aloud.
struct StageItem {
    Selection what;
    QRectF box;          ///< in the canvas' coordinates
    QString name;        ///< short, in the current language: "SYN, seq x"
    QString description; ///< one sentence
};

} // namespace packetarium
