// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The layers told as a story: at A's parcel station seven packers stand in a
// row, each puts what the one before hands over into a larger box and knows
// nothing of what is in it; at B's station seven others each take off the
// outermost box only.

#include "ui/i18n/catalogue_layers.h"

namespace packetarium {

/// "1st packer": the application layer's comes first, the physical layer's is the seventh.
std::string packerName(OsiLayer layer, Language language);
/// What that packer does to a parcel that leaves, in one sentence.
std::string_view packerWork(OsiLayer layer, Language language);
/// The same packer's counterpart, with a parcel that has come.
std::string_view unpackerWork(OsiLayer layer, Language language);
/// What stands for the layer's header on the parcel: "address label". For a layer's wrapping in the picture.
std::string_view parcelPart(OsiLayer layer, Language language);

struct ParcelWords {
    std::string heading; ///< "The 5th packer", "At the sorting office"
    std::string text;    ///< one or two sentences
};
/// The story's side of a record of kind Layer.
ParcelWords parcelSentence(const Trace& trace, const Record& record, Language language);

} // namespace packetarium
