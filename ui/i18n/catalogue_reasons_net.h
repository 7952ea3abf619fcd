// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The reasons that have to do with the network below TCP: a part of
// catalogue_reasons.cpp and catalogue_reasons_why.cpp.

#include "ui/i18n/catalogue_words.h"

namespace packetarium {

Words networkReasonLabel(Reason reason);
Words networkReasonWhy(Reason reason);

} // namespace packetarium
