// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What happens to a packet at each layer of each node, as a teacher would say
// it: a heading and a sentence for every record of kind Layer, the names of
// both models' layers, and which protocol stands at a layer of a frame. The
// seven packers, who tell the same as a story, are in catalogue_parcel.h.

#include "ui/i18n/catalogue.h"

namespace packetarium {

struct LayerWords {
    std::string heading; ///< "Internet layer: write where from and where to"
    std::string text;    ///< one sentence
    std::string rfc;     ///< "RFC 791 §3.1", or empty
    bool empty() const { return heading.empty(); }
};
/// For a record of kind Layer; empty for any other.
LayerWords layerSentence(const Trace& trace, const Record& record, Language language);

/// ISO/IEC 7498-1, numbered as there.
enum class OsiLayer : std::uint8_t { Physical = 1, DataLink, Network, Transport, Session, Presentation, Application };
std::string_view labelOf(OsiLayer layer, Language language);
/// What it is there for, in general.
std::string_view explain(OsiLayer layer, Language language);
/// The layer of TCP/IP that does its work.
Layer tcpIpLayer(OsiLayer layer);

/// The protocol by which a frame is carried at a layer: "HTTP", "TCP", "ICMP, IPv4", "Ethernet", "bits"; "" if the frame has nothing
/// there.
std::string protocolAt(ByteView frame, Layer layer, Language language);
/// What OSI's presentation and session layers would say of this frame's data: "text/html, gzip", "request of a dialogue". Short,
/// for a box; never empty.
std::string presentationOf(ByteView frame, Language language);
std::string sessionOf(ByteView frame, Language language);

} // namespace packetarium
