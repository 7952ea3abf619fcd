// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The marks of the sequence view that both of its layers draw.

#include "ui/paint/sequence_layout.h"

class QPainter;

namespace packetarium {

/// How far along its life a packet is when so many records have happened.
enum class PacketPhase { Pending, UnderWay, Done };
PacketPhase phaseOf(const LadderArrow& arrow, std::size_t recordsDone);
/// Index of the state that a host's lifeline shows.
int currentState(const LadderModel& model, NodeId host, std::size_t recordsDone);
/// CLOSED and LISTEN: nothing is going on, and they are drawn grey.
bool isIdle(TcpState state);

void drawLabel(QPainter& p, const Theme& theme, const PacketLabel& label, const TurnedBox& box);
void drawPendingLabel(QPainter& p, const Theme& theme, const PacketLabel& label);
void drawStateChip(QPainter& p, const Theme& theme, const QRectF& box, TcpState state, int side, bool current,
                   TextStyle style);
void drawBand(QPainter& p, const SequenceLayout& layout, const Theme& theme, const LadderState& state, double from,
              double to, bool current);
/// A timer's bracket from `from` to `to`, filled down to `filled`; `open`: it goes on beyond `to`.
void drawBracket(QPainter& p, const SequenceLayout& layout, const Theme& theme, const LadderTimer& timer, double from,
                 double filled, double to, bool open);
/// What of a bundle has arrived, as a surface; what is to come, pale.
void drawBundle(QPainter& p, const StageScene& scene, const SequenceLayout& layout, const SequenceBundle& bundle);
void drawBundleCount(QPainter& p, const StageScene& scene, const SequenceLayout& layout, const SequenceBundle& bundle);
void drawNote(QPainter& p, const Theme& theme, const ArrowNote& note);
QRectF bracketBox(const SequenceLayout& layout, const LadderTimer& timer, double from, double to);

} // namespace packetarium
