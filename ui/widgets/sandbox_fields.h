// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What can be set of a node or a cable that is being built: each field with
// its words, its value as text, and how a text becomes a change of the
// scenario, or a mistake that is said beside it.

#include "core/scenario/network_edit.h"

#include <QString>
#include <functional>
#include <optional>
#include <vector>

namespace packetarium {

struct SandboxField {
    enum class Kind { Text, Switch, Heading };
    Kind kind = Kind::Text;
    QString key;      ///< names it from one draft to the next
    std::string path; ///< in checkScenario()'s mistakes: "hosts.client.address"
    QString label, value, placeholder, tip;
    bool on = false; ///< Switch
    /// Puts a text (of a switch: "1" or "") into the scenario; what is wrong with it otherwise.
    std::function<std::optional<InputError>(Scenario&, const std::string&)> apply;
};

/// What is being set up: a node by its name, or a cable by its place.
struct SandboxSubject {
    std::string node;
    LinkId link;
    bool empty() const { return node.empty() && !link; }
    bool operator==(const SandboxSubject&) const = default;
};

/// Labels in the current language of tr().
std::vector<SandboxField> fieldsOf(const Scenario& draft, const SandboxSubject& subject);

} // namespace packetarium
