// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What there is to say in words about a thing picked on the stage that is not
// a packet (those show their bytes), and why things are as they are. Read from
// the session and the catalogue; nothing here is drawn.

#include "ui/session/session.h"

#include <QString>
#include <vector>

namespace packetarium {

struct DetailRow {
    QString label, value;
    bool operator==(const DetailRow&) const = default;
};

/// A card: a title above it, a headline in figures, rows, and a sentence or two.
struct Detail {
    QString title, headline;
    Role edge = Role::Accent; ///< of the side it belongs to
    std::vector<DetailRow> rows;
    QString text;
    bool empty() const { return headline.isEmpty(); }
    bool operator==(const Detail&) const = default;
};

/// Empty for a packet or nothing.
Detail detailOf(const Session& session, const Selection& selection);
/// The transition last taken by either end at the instant shown; empty before the first.
Detail lastEdgeOf(const Session& session);

struct Why {
    QString text;
    QString rfc; ///< "RFC 9293 §3.5", or empty
    bool operator==(const Why&) const = default;
};
/// Of what is selected; of the step when nothing is, or when the step is about the selected packet.
Why whyOf(const Session& session);

/// The side's colour role for text and lines.
Role sideRole(const Session& session, NodeId host);
/// The packet that the inspector shows: the selected one; with nothing selected the one sent last, in the layers view the one on
/// stage, or none in the states view, which is about edges.
PacketId inspectedPacket(const Session& session);
/// "#2 SYN·ACK", "#5 ARP": for titles and menus.
QString packetName(const PacketInfo& packet);

} // namespace packetarium
