// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a painter is given. A painter is a pure function of it: the same scene
// gives the same picture, on the screen and in an exported file.

#include "core/trace/moment.h"
#include "core/trace/story_time.h"
#include "core/trace/symbols.h"
#include "ui/i18n/catalogue.h"
#include "ui/theme/theme.h"

#include <QRectF>
#include <QString>
#include <vector>

namespace packetarium {

/// What the user has picked on the stage; at most one thing.
struct Selection {
    enum class Kind { None, Packet, Host, State, Transition, Timer };
    Kind kind = Kind::None;
    PacketId packet;
    NodeId host;
    int index = -1; ///< State: TcpState; Transition: row; Timer: Timer
    bool operator==(const Selection&) const = default;
};

struct StageScene {
    const Trace* trace = nullptr;
    const Moment* moment = nullptr;
    const StoryTime* story = nullptr;
    const Symbols* symbols = nullptr;
    std::vector<QString> hostLabels; ///< by NodeId, in the current language
    NumberStyle numbers = NumberStyle::Symbolic;
    Language language = Language::English;
    Selection selection;
    Selection hover;
    bool reducedMotion = false;
    bool predicting = false; ///< what has not happened yet keeps its flags to itself
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
