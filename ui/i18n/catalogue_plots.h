// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The words of the plots view: titles, legends, what its marks mean. No Qt.

#include "core/trace/series.h"
#include "ui/i18n/catalogue.h"

#include <initializer_list>

namespace packetarium {

enum class PlotWord : std::uint8_t {
    View,
    Nothing,   ///< the sentence on an empty page
    NotInView, ///< nothing of this plot in the time shown
    MorePlots, ///< {0}: how many did not fit
    Flow,      ///< {0} sender, {1} its port, {2} receiver, {3} its port
    Sequence,
    Congestion,
    RoundTrip,
    Throughput,
    Queue,   ///< titles
    QueueAt, ///< {0}: where
    Segment,
    Again,
    Lost,
    Acknowledged,
    Window,
    Sack,
    Cwnd,
    Ssthresh,
    InFlight,
    Sample,
    Srtt,
    Rto,
    Arrived,
    Fresh,
    Waiting,
    Dropped,
    Marked,             ///< legends
    Packets,            ///< unit
    SeveralMarks,       ///< the key of a "+" behind a letter
    Time,               ///< a value's name in the read-out
    SequenceSummary,    ///< {0} segments, {1} sent again, {2} lost
    CongestionSummary,  ///< {0} most in flight
    CongestionNow,      ///< {0} cwnd now
    RoundTripSummary,   ///< {0} samples, {1} shortest, {2} longest
    ThroughputSummary,  ///< {0} octets that arrived, {1} of them new
    QueueSummary,       ///< {0} most that waited, {1} dropped
    QueueMarkedSummary, ///< the same, and {2} marked
};
std::string_view word(PlotWord word, Language language);
std::string sentence(PlotWord word, Language language, std::initializer_list<std::string_view> arguments);

/// One letter for a mark.
std::string_view letterOf(FlowEventKind kind);
std::string_view labelOf(FlowEventKind kind, Language language);
/// What happened and what it means; one or two sentences.
std::string_view explain(FlowEventKind kind, Language language);
/// Short enough for a band under a curve.
std::string_view shortLabelOf(CongestionPhase phase, Language language);

} // namespace packetarium
