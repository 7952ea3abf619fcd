// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Captures in words: what is in a file, what is shown of it, and what is not.

#include "core/capture/capture_run.h"
#include "ui/i18n/catalogue.h"

namespace packetarium {

std::string_view labelOf(ConversationEnd end, Language language); ///< "closed"
/// "10.0.0.1:40001 → 10.0.0.2:80"
std::string endsText(const Conversation& conversation);
std::string sentenceFor(const CaptureNote& note, Language language);
/// One line for a list: ends, protocol, packets, octets, how far it got.
std::string lineFor(const Conversation& conversation, Language language);
/// Title and summary of what is shown, in both languages: into run.scenario.
void describe(CapturedRun& run, const CaptureIndex& index);

} // namespace packetarium
