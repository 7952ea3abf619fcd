// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// RFC 9293 Figure 5 on a plane, with every row of tcpTransitions() on an
// edge. Rows between the same two states share one; resets, aborts and giving
// up run along rails at the sides to CLOSED. CLOSED is there twice, as in the
// RFC: above, where connections begin, and below, where they end.
//
// Everything is laid out on a sheet at the theme's type size and drawn with
// `scale`, the largest at which no label touches another.

#include "core/tcp/transition_table.h"
#include "ui/paint/columns.h"
#include "ui/paint/geometry.h"
#include "ui/paint/stage_scene.h"
#include "ui/paint/text_ruler.h"

#include <QSizeF>
#include <array>

namespace packetarium {

struct StateNode {
    TcpState state{};
    bool end = false; ///< the lower CLOSED
    QRectF box;
};

struct StateEdge {
    int from = 0, to = 0;  ///< nodes
    std::vector<int> rows; ///< of tcpTransitions(), Figure 5's first
    bool inFigure = false;
    bool onRail = false; ///< drawn lighter; its words stand at the rail
    QPolygonF path;
    int label = -1;
};

/// Words on an edge: the event above, the action below (or beside it). Wide enough for every row that may be shown.
struct EdgeWords {
    int edge = -1; ///< or the first of a rail's
    int row = -1;  ///< the row shown when nothing was taken; -1: the rail's summary
    QRectF box;
};

class StatesLayout {
public:
    StatesLayout(const StageScene& scene, QSizeF size);

    QSizeF size() const { return size_; }
    /// The two whose states are shown, the client first.
    const std::array<NodeId, 2>& hosts() const { return hosts_; }
    double scale() const { return scale_; }
    bool oneLine() const { return oneLine_; }
    const std::vector<StateNode>& nodes() const { return nodes_; }
    const std::vector<StateEdge>& edges() const { return edges_; }
    const std::vector<EdgeWords>& words() const { return words_; }
    int edgeOfRow(int row) const { return edgeOfRow_[static_cast<std::size_t>(row)]; }
    /// Where a host's token stands: the lower CLOSED once a connection has ended.
    int nodeOf(TcpState state, bool ended) const;
    double tokenRadius() const { return theme_.px(12); }
    QPointF tokenCenter(int node, bool left) const;

private:
    bool tryScale(double scale, bool oneLine);
    void placeNodes(QSizeF sheet);
    void routeEdges();
    bool placeWords();
    QSizeF wordsSize(const StateEdge& edge, bool rail) const;

    std::array<NodeId, 2> hosts_;
    Theme theme_;
    Language language_;
    TextRuler ruler_;
    QSizeF size_, sheet_;
    double scale_ = 1;
    bool oneLine_ = false;
    double nodeWidth_ = 0, nodeHeight_ = 0;
    std::vector<StateNode> nodes_;
    std::vector<StateEdge> edges_;
    std::vector<EdgeWords> words_;
    std::vector<int> edgeOfRow_;
};

} // namespace packetarium
