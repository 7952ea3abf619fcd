// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a capture shows of a segment: a part of catalogue_reasons.cpp and
// catalogue_reasons_why.cpp.

#include "ui/i18n/catalogue_words.h"

namespace packetarium {

Words capturedReasonLabel(Reason reason);
Words capturedReasonWhy(Reason reason);

} // namespace packetarium
