// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Words for what programs do and meet (RecordKind::Program). Part of the
// catalogue: see catalogue.h.

#include "ui/i18n/catalogue.h"

namespace packetarium {

/// A word or two for a chip or a row: "ping answered".
std::string_view labelOf(ProgramEvent event, Language language);
/// A word or two: "no such name". Empty for None.
std::string_view labelOf(ProgramTrouble trouble, Language language);
/// One short sentence of what the program did or met, with its values and text from the trace. `record` must be of
/// RecordKind::Program; empty for any other.
std::string programSentence(const Trace& trace, const Record& record, Language language);

} // namespace packetarium
