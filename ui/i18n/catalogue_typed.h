// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Words for what one types, or chooses from a button, for a program to do.

#include "core/scenario/typed_command.h"
#include "ui/i18n/catalogue.h"

namespace packetarium {

/// "Ping", "Open a page"
std::string_view labelOf(TypedVerb verb, Language language);
/// One sentence: what the program does.
std::string_view explain(TypedVerb verb, Language language);
/// What is wrong with the line, and how it is written.
std::string sentenceFor(const TypedError& error, Language language);

} // namespace packetarium
