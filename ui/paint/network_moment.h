// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is true of a network at one instant, placed on its layout: packets as
// intervals on the cables, what waits, what was just lost or thrown away, and
// the row of a table that has just been used. Words that have no room beside
// what is there already are left out; the thing itself is always drawn.

#include "ui/paint/network_layout.h"

namespace packetarium {

/// A packet between its first bit and its last.
struct NetworkPacket {
    static constexpr double kCapsule = 18; ///< pixels of the theme: the shortest bar
    PacketId id;
    const NetworkCable* cable = nullptr;
    QPointF from, to;          ///< the lane it runs in, sender to receiver
    double head = 0, tail = 0; ///< where the first and the last bit are: 0 at the sender, 1 at the receiver
    bool held = false, corrupted = false;
    bool ended = false; ///< it arrived at this very instant
    Role role = Role::Ack;
    NetworkText chip;
    /// The piece of the lane to be drawn; never shorter than a capsule.
    QLineF bar(double capsule) const;
    /// From its middle to its words; a point or nothing where they lie beside it.
    QLineF leader(double capsule) const;
};

/// Packets that wait for a cable to be free.
struct NetworkQueue {
    const NetworkCable* cable = nullptr;
    NodeId at;
    int count = 0;
    QPointF place;
    NetworkText words;
    std::vector<PacketId> packets;
};

/// A cross where a packet was lost.
struct NetworkLoss {
    PacketId id;
    QPointF at;
    NetworkText words;
};

/// Words beside a node: a row just used, or a packet thrown away.
struct NetworkNote {
    enum class Kind : std::uint8_t { Row, Ignored };
    Kind kind{};
    NodeId node;
    int row = -1; ///< index into Trace::tableRows()
    PacketId packet;
    NetworkText words;
};

class NetworkMoment {
public:
    /// `keepClear`: a card that lies over the sheet, in its coordinates; may be empty.
    NetworkMoment(const StageScene& scene, const NetworkLayout& layout, const QRectF& keepClear);

    const std::vector<NetworkPacket>& packets() const { return packets_; }
    const std::vector<NetworkQueue>& queues() const { return queues_; }
    const std::vector<NetworkLoss>& losses() const { return losses_; }
    const std::vector<NetworkNote>& notes() const { return notes_; }
    /// Whether words of this instant, or the card, lie there.
    bool covers(const QRectF& box) const { return taken_.hits(TurnedBox::upright(box)); }
    /// Whether a packet is passing there.
    bool passes(const QRectF& box) const { return bars_.hits(TurnedBox::upright(box)); }
    /// The node whose tables are open, or none.
    NodeId openNode() const { return open_; }

private:
    void findPackets();
    void findEnded();
    void placeChips();
    void placeNotes();
    /// `over`: cables' words and packets may be covered.
    bool put(NetworkText& text, QPointF center, bool over);
    void putFirst(NetworkText& text, std::span<const QPointF> centers);
    void measure(NetworkText& text, double widest) const;

    const StageScene& scene_;
    const NetworkLayout& layout_;
    std::vector<NetworkPacket> packets_;
    std::vector<NetworkQueue> queues_;
    std::vector<NetworkLoss> losses_;
    std::vector<NetworkNote> notes_;
    BoxIndex taken_{64}, bars_{64};
    NodeId open_;
};

/// Blue for the link's own, green for the internet layer's ...; of TCP by its flags.
Role packetRoleOnCable(const PacketInfo& packet);
/// Which node's tables a selection opens, or none.
NodeId nodeOpenedBy(const StageScene& scene);

} // namespace packetarium
