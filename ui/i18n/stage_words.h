// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The painters' own words in both languages, side by side, so that a painted
// picture depends on its scene alone. No Qt. What core reports is worded by
// ui/i18n/catalogue.h instead.

#include "ui/i18n/catalogue.h"

#include <initializer_list>

namespace packetarium {

enum class StageWord {
    // On the stage
    ActiveOpen,
    PassiveOpen, ///< a host's part, on its card
    Retransmission,
    Copy,
    Corrupted,
    Marked,
    Injected, ///< tags on a packet's label
    Held,
    Lost,
    Ignored,      ///< beside an arrow
    AlsoToClosed, ///< the rails of resets and giving up
    ClientToken,
    ServerToken, ///< one letter
    ProjectorHint,
    // Read aloud and in tips; {0} ... are filled in
    SequenceView,
    StatesView,
    Timeline,
    PacketPending,
    PacketUnderWay,
    PacketHeld,
    PacketArrived,
    PacketLost,
    PacketIgnored, ///< {0} sender, {1} receiver, {2} cause
    HostState,     ///< {0} host, {1} state
    StateHolders,
    StateEmpty, ///< {0} hosts
    EdgeFromTo,
    EdgeJustTaken, ///< {0} from, {1} to / {0} host
    TimerOf,
    TimerRunning, ///< {0} host, {1} timer, {2} duration
    TimeOf,       ///< {0} now, {1} end
    EndedAt,      ///< {0} when: of the shorter of two runs
    BundleOf,     ///< {0} sender, {1} receiver, {2} packets, first sent {3}, last sent {4}
};

std::string_view word(StageWord word, Language language);
/// The word with {0}, {1}, {2} filled in.
std::string sentence(StageWord word, Language language, std::initializer_list<std::string_view> arguments);
/// A timer's name, short enough to stand beside its bracket.
std::string_view timerName(Timer timer, Language language);

} // namespace packetarium
