// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The reasons that have to do with repairing losses, with congestion, and with
// what TCP has beyond connection management: a part of catalogue_reasons.cpp
// and catalogue_reasons_why.cpp.

#include "ui/i18n/catalogue_words.h"

namespace packetarium {

Words tcpReasonLabel(Reason reason);
Words tcpReasonWhy(Reason reason);

} // namespace packetarium
