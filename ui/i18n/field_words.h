// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a field of a frame says, in figures and in words: the same in the
// inspector and on the stage. Depends on the context alone, so that a painted
// picture is a function of its scene.

#include "core/wire/fields.h"
#include "ui/i18n/catalogue.h"

#include <QString>
#include <functional>

namespace packetarium {

/// What the fields of a frame cannot know by themselves.
struct FieldContext {
    Language language = Language::English;
    QString sequence;       ///< the sequence number as the screen writes it now ("y"); empty: say nothing
    QString acknowledgment; ///< the same for the acknowledgment number ("x+1")
    std::function<QString(const IpAddress&)> hostOf; ///< the name of the node with this address, or empty
    std::function<QString(const MacAddress&)> hostOfMac;
};

/// One field in words.
struct FieldText {
    enum class Tone { Plain, Good, Bad };
    QString value, meaning;
    Tone tone = Tone::Plain;
};
FieldText fieldText(const Field& field, ByteView frame, const FieldContext& context);
/// A header's size: "20 B + 20 B options".
QString headerSizeText(const Field& header, Language language);
/// The node that has an address, by its label; labels are by NodeId. For FieldContext.
QString labelOfAddress(std::span<const TraceNode> nodes, const std::vector<QString>& labels, const IpAddress& address);
QString labelOfAddress(std::span<const TraceNode> nodes, const std::vector<QString>& labels, const MacAddress& address);

} // namespace packetarium
