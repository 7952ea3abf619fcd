// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One end of a connection as its variables tell it; for window_moment.cpp.

#include "core/trace/window_moment.h"

namespace packetarium {

/// None before it has chosen its first number.
std::optional<SendSide> sendSide(const ConnMoment& conn);
/// None before it knows the sender's.
std::optional<ReceiveSide> receiveSide(const ConnMoment& conn);
/// In the order of their distance from `base`.
void sortFrom(std::vector<SeqRange>& all, Seq32 base);

} // namespace packetarium
