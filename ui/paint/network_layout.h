// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Where everything of a network that does not move stands: nodes with their
// names, cables with their words. Laid out on a sheet at the theme's type size
// and drawn with `scale`, the largest at which every name has room; what still
// has none is left out rather than laid over something else.
//
// What moves, and what is true at one instant only, is worked out anew for
// each instant (network_moment.h) and keeps clear of this.

#include "core/trace/tables.h"
#include "ui/paint/geometry.h"
#include "ui/paint/network_places.h"
#include "ui/paint/stage_scene.h"
#include "ui/paint/text_ruler.h"

#include <QSizeF>
#include <unordered_map>

namespace packetarium {

/// Colours and drawing of a node.
enum class NodeLook : std::uint8_t { Client, Server, Host, Router, Switch, Hub };

/// Upright words that found a place, or did not.
struct NetworkText {
    QString text;
    TextStyle style = TextStyle::Small;
    QRectF box;
    bool placed = false;
};

struct NetworkNode {
    NodeId id;
    NodeLook look = NodeLook::Host;
    QPointF center;
    QRectF icon;
    NetworkText name, address;
    /// Icon and words together.
    QRectF whole() const;
};

struct NetworkCable {
    LinkId id;
    NodeId a, b;
    QPointF from, to;  ///< at the icons' edges
    NetworkText words; ///< rate and delay
    NetworkText aEnd, bEnd;
    double length() const;
};

/// One of a node's LinkState or NodeState records.
struct StateChangeAt {
    std::size_t record = 0;
    std::size_t what = 0; ///< link or node
    bool on = true;
};

class NetworkLayout {
public:
    NetworkLayout(const StageScene& scene, QSizeF size);
    /// The same with a scale given, so that nothing jumps while a node is dragged.
    NetworkLayout(const StageScene& scene, QSizeF size, double scale);

    QSizeF size() const { return size_; }
    double scale() const { return scale_; }
    QSizeF sheet() const { return sheet_; }
    const Theme& theme() const { return theme_; }
    const TextRuler& ruler() const { return ruler_; }
    const std::vector<NetworkNode>& nodes() const { return nodes_; }
    const std::vector<NetworkCable>& cables() const { return cables_; }
    /// The cable of a packet's link, or the only one between its two nodes; nullptr if there is none.
    const NetworkCable* cableOf(const PacketInfo& packet) const;
    /// Everything upright that words of an instant must keep clear of: icons, names, addresses.
    const BoxIndex& fixed() const { return fixed_; }
    /// Words of cables: they step back where words of an instant find no other room.
    const BoxIndex& yielding() const { return yielding_; }

    /// Sheet to thousandths and back; clamped to what a scenario can hold.
    NodePlace placeAt(QPointF center) const;

    const TableHistory& tables() const { return tables_; }
    bool isOn(std::size_t recordsDone, NodeId node) const;
    bool isPlugged(std::size_t recordsDone, LinkId link) const;
    /// "SYN,ACK", "ARP who has 10.0.0.1?": read from the frame once.
    const QString& titleOf(const StageScene& scene, PacketId packet) const;

private:
    NetworkLayout(const StageScene& scene, QSizeF size, const double* scale);
    void read(const StageScene& scene);
    void place(double scale, bool words);
    void placeNodes();
    void placeCables();
    void placeCableWords();
    /// Names that found no room, and cables too short to see anything on.
    int misses() const;
    bool tryBox(NetworkText& text, QPointF topLeft, BoxIndex& into);

    Theme theme_;
    Language language_;
    TextRuler ruler_;
    QSizeF size_, sheet_;
    double scale_ = 1;
    QRectF usable_; ///< for centres of icons
    NetworkGrid grid_;
    std::vector<std::optional<NodePlace>> places_;
    std::vector<NetworkNode> nodes_;
    std::vector<NetworkCable> cables_;
    BoxIndex fixed_{64}, yielding_{64};
    bool crowded_ = false;
    TableHistory tables_;
    std::vector<StateChangeAt> nodeChanges_, linkChanges_;
    mutable std::unordered_map<std::uint32_t, QString> titles_;
};

} // namespace packetarium
