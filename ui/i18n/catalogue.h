// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Every sentence that the program says about what core reports, in both
// languages. Core speaks in ids with arguments; here they become words, by
// exhaustive switches, so that a missing one does not compile. UTF-8, no Qt:
// the command line speaks through it too. Texts returned as string_view are
// constants of the program.
//
// "labelOf" is a word or two for a chip, a row or a menu; "explain" is one or
// two sentences for a reader who asks what the thing is. Names of states and
// flags stay English in both languages, as RFC 9293 spells them.

#include "core/base/input_error.h"
#include "core/scenario/scenario.h"
#include "core/tcp/transition_table.h"
#include "core/trace/symbols.h"
#include "core/trace/trace.h"
#include "core/wire/fields.h"

#include <optional>
#include <string>
#include <string_view>

namespace packetarium {

enum class Language : std::uint8_t { English, Chinese };
/// "en", "zh": as scenario and lesson files and the command line write them.
std::string_view languageCode(Language language);
/// From a locale or code such as "zh_CN.UTF-8", "zh", "en_GB"; nullopt for any other language.
std::optional<Language> parseLanguage(std::string_view localeName);
/// An author's text in the language, or in the other one where it is missing.
const std::string& textIn(const LocalizedText& text, Language language);

// --- errors (catalogue_errors.cpp) --------------------------------------------------------------------------------
/// One sentence: where, what is wrong, and what to do. "demo.yaml, line 3, column 5: ..."
std::string sentenceFor(const InputError& error, Language language);
/// "demo.yaml, line 3, column 5"; empty when nothing is known of the place.
std::string placeOf(const InputError& error, Language language);

// --- reasons (catalogue_reasons*.cpp) -----------------------------------------------------------------------------
std::string_view labelOf(Reason reason, Language language);
/// A full sentence saying why.
std::string_view explain(Reason reason, Language language);

// --- states, events, actions (catalogue_states.cpp) ---------------------------------------------------------------
std::string_view explain(TcpState state, Language language);
std::string_view labelOf(TcpEvent event, Language language);
std::string_view explain(TcpEvent event, Language language);
std::string_view labelOf(TcpAction action, Language language);
std::string_view explain(TcpAction action, Language language);
/// An edge of the states view in two short lines: what happens, and what TCP does then ("-" for nothing).
struct EdgeLabel {
    std::string_view event;
    std::string_view action;
};
EdgeLabel edgeLabel(const TcpTransition& row, Language language);

// --- variables, timers, calls (catalogue_terms.cpp) ---------------------------------------------------------------
/// The variable's name stays the RFC's (toString); this is what it means.
std::string_view explain(Variable variable, Language language);
std::string_view labelOf(CongestionPhase phase, Language language);
std::string_view explain(CongestionPhase phase, Language language);
std::string_view labelOf(SendLimit limit, Language language);
std::string_view explain(SendLimit limit, Language language);
std::string_view labelOf(CongestionControl algorithm, Language language);
std::string_view explain(CongestionControl algorithm, Language language);
/// For a host whose settings make it a counterfactual (TcpConfig::isTcp()).
std::string_view notTcpLabel(Language language);
std::string_view labelOf(Timer timer, Language language);
std::string_view explain(Timer timer, Language language);
std::string_view labelOf(TimerChange change, Language language);
std::string_view labelOf(AppCall call, Language language);
std::string_view explain(AppCall call, Language language);
std::string_view labelOf(AppResult result, Language language);
std::string_view explain(AppResult result, Language language);
std::string_view labelOf(Fate fate, Language language);
std::string_view labelOf(Profile profile, Language language);
std::string_view explain(Profile profile, Language language);
std::string_view labelOf(NumberStyle style, Language language);

// --- fields and layers (catalogue_fields*.cpp) --------------------------------------------------------------------
std::string_view labelOf(FieldId field, Language language);
std::string_view explain(FieldId field, Language language);
/// TCP/IP's four layers (and the physical one below them).
std::string_view labelOf(Layer layer, Language language);
std::string_view explain(Layer layer, Language language);

// --- words used everywhere (catalogue.cpp) ------------------------------------------------------------------------
/// "Client", "Server" for hosts of those names; any other host keeps the name its author gave it.
std::string hostWord(std::string_view hostName, Language language);
/// The same within a sentence: "the client", "the server".
std::string hostInSentence(std::string_view hostName, Language language);
/// "20 ms", "1.5 s", "2 min"; exact to three figures after the point. Units are the same in both languages but minutes.
std::string durationText(SimDuration duration, Language language);
/// "1 octet", "1,460 octets".
std::string octetsText(std::uint64_t octets, Language language);
/// The groups in lists: scenario tabs ("connections", "teardown", ...) and lesson chapters. Unknown: the key itself.
std::string groupName(std::string_view key, Language language);

// --- captions (catalogue_captions*.cpp) ---------------------------------------------------------------------------
/// What just happened, as a teacher would say it; used where no lesson gives a caption.
struct EventCaption {
    std::string heading;
    std::string text;
    std::string why; ///< may be empty
    std::string rfc; ///< "RFC 9293 §3.10.7.2", or empty
    bool empty() const { return heading.empty(); }
};
/// For any record that a view shows; empty for those that no one sees (variables, connections created).
EventCaption captionFor(const Trace& trace, std::size_t recordIndex, NumberStyle style, Language language);
/// The same with symbols made once, for many captions of one trace.
EventCaption captionFor(const Trace& trace, const Symbols& symbols, std::size_t recordIndex, NumberStyle style,
                        Language language);

} // namespace packetarium
