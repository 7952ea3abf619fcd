// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The words of a prediction: its question, and what is said to an answer.

#include "core/lesson/prediction.h"
#include "ui/i18n/catalogue.h"

namespace packetarium {

/// `host`: its label in the language.
std::string questionText(const Prediction& prediction, std::string_view host, Language language);
/// "Right: x+1." or "It is x+1, not y."
std::string verdictText(const Prediction& prediction, std::size_t chosen, Language language);
/// How to answer, or, once answered, how to go on.
std::string promptText(bool answered, Language language);

} // namespace packetarium
