// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/states_layout.h"

#include "ui/i18n/stage_words.h"

#include <QLineF>
#include <algorithm>
#include <array>

namespace packetarium {

namespace {

using S = TcpState;
constexpr int kEnd = kTcpStateCount; ///< node of the lower CLOSED

struct Cell {
    int column, row;
};

Cell cellOf(int node)
{
    if (node == kEnd)
        return {1, 5};
    switch (static_cast<S>(node)) {
    case S::Closed: return {1, 0};
    case S::Listen: return {0, 1};
    case S::SynSent: return {2, 1};
    case S::SynReceived: return {0, 2};
    case S::Established: return {2, 2};
    case S::FinWait1: return {0, 3};
    case S::Closing: return {1, 3};
    case S::CloseWait: return {2, 3};
    case S::FinWait2: return {0, 4};
    case S::TimeWait: return {1, 4};
    case S::LastAck: return {2, 4};
    }
    return {1, 0};
}

int nodeIndex(S s)
{
    return static_cast<int>(s);
}

/// LISTEN and SYN-SENT fall back to the beginning; every other way to CLOSED is an end.
int targetNode(const TcpTransition& row)
{
    if (row.to == S::Closed && row.from != S::Listen && row.from != S::SynSent)
        return kEnd;
    return nodeIndex(row.to);
}

/// The further rows to CLOSED run along a side; those that share an edge of the figure stay on it.
bool railSide(S from, bool& left)
{
    left = from == S::SynReceived || from == S::FinWait1 || from == S::FinWait2;
    return left || from == S::Established || from == S::CloseWait || from == S::LastAck;
}

} // namespace

StatesLayout::StatesLayout(const StageScene& scene, QSizeF size)
    : theme_(scene.theme)
    , language_(scene.language)
    , ruler_(scene.theme)
    , size_(size)
{
    const ConversationEnds ends = conversationEnds(*scene.trace);
    hosts_ = {ends.client, ends.server};
    const auto rows = tcpTransitions();
    edgeOfRow_.assign(rows.size(), -1);
    for (const bool figure : {true, false}) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (rows[i].inFigure5 != figure)
                continue;
            const int from = nodeIndex(rows[i].from);
            const int to = targetNode(rows[i]);
            bool left = false;
            const bool rail = !figure && to == kEnd && railSide(rows[i].from, left);
            auto edge = std::find_if(edges_.begin(), edges_.end(), [&](const StateEdge& e) {
                return e.from == from && e.to == to && e.onRail == rail;
            });
            if (edge == edges_.end()) {
                edges_.push_back({from, to, {}, figure, rail, {}, -1});
                edge = edges_.end() - 1;
            }
            edge->rows.push_back(static_cast<int>(i));
            edgeOfRow_[i] = static_cast<int>(edge - edges_.begin());
        }
    }
    // The larger type wins; two lines are easier to read than one.
    constexpr double kLargest = 1.25, kSmallest = 0.3, kStep = 0.03;
    double two = kLargest, one = kLargest;
    while (two > kSmallest && !tryScale(two, false))
        two -= kStep;
    while (one > two * 1.08 && !tryScale(one, true))
        one -= kStep;
    const bool oneLine = one > two * 1.08;
    static_cast<void>(tryScale(oneLine ? one : two, oneLine));
}

bool StatesLayout::tryScale(double scale, bool oneLine)
{
    scale_ = scale;
    oneLine_ = oneLine;
    placeNodes(size_ / scale);
    routeEdges();
    return placeWords();
}

void StatesLayout::placeNodes(QSizeF sheet)
{
    sheet_ = sheet;
    const auto px = [this](double v) { return theme_.px(v); };
    double text = 0;
    for (int s = 0; s < kTcpStateCount; ++s)
        text = std::max(text, ruler_.width(TextStyle::MonoStrong, fromUtf8(toString(static_cast<S>(s)))));
    nodeWidth_ = text + px(48);
    nodeHeight_ = ruler_.height(TextStyle::MonoStrong) + px(oneLine_ ? 8 : 16);
    const double rail = px(34);
    const double columns = std::min((sheet.width() - nodeWidth_ - 2 * rail - px(20)) / 2, px(310));
    const double above = px(18);
    const double below = px(20) + ruler_.height(TextStyle::Label);
    const double rows = std::min((sheet.height() - nodeHeight_ - above - below) / 5, px(112));
    const QPointF center(sheet.width() / 2,
                         above + nodeHeight_ / 2 + (sheet.height() - above - below - nodeHeight_ - 5 * rows) / 2);
    nodes_.clear();
    for (int i = 0; i <= kEnd; ++i) {
        const Cell cell = cellOf(i);
        const QPointF at(center.x() + (cell.column - 1) * columns, center.y() + cell.row * rows);
        nodes_.push_back({i == kEnd ? S::Closed : static_cast<S>(i), i == kEnd,
                          QRectF(at.x() - nodeWidth_ / 2, at.y() - nodeHeight_ / 2, nodeWidth_, nodeHeight_)});
    }
}

void StatesLayout::routeEdges()
{
    const double apart = nodeWidth_ * 0.27;
    const double slip = nodeHeight_ * 0.24;
    const double corner = nodeWidth_ * 0.14;
    const double out = theme_.px(28);
    for (StateEdge& e : edges_) {
        const QRectF a = nodes_[static_cast<std::size_t>(e.from)].box;
        const QRectF b = nodes_[static_cast<std::size_t>(e.to)].box;
        const QPointF ca = a.center(), cb = b.center();
        const bool closedAbove = e.from == nodeIndex(S::Closed) || e.to == nodeIndex(S::Closed);
        if (e.onRail) {
            bool left = false;
            railSide(nodes_[static_cast<std::size_t>(e.from)].state, left);
            const double x = left ? a.left() - out : a.right() + out;
            const double y = b.bottom() + theme_.px(17);
            const double end = cb.x() + (left ? -apart : apart);
            e.path = QPolygonF{left ? QPointF(a.left(), ca.y()) : QPointF(a.right(), ca.y()),
                               {x, ca.y()},
                               {x, y},
                               {end, y},
                               {end, b.bottom()}};
        } else if (closedAbove) {
            // Outer arms lead down from CLOSED, inner ones back up to it.
            const bool down = e.from == nodeIndex(S::Closed);
            const QRectF& top = down ? a : b;
            const QRectF& side = down ? b : a;
            const double sign = side.center().x() < top.center().x() ? -1 : 1;
            const double x = side.center().x() + sign * (down ? apart : -apart);
            const double y = top.center().y() + (down ? -slip : slip);
            e.path = QPolygonF{{sign < 0 ? top.left() : top.right(), y}, {x, y}, {x, side.top()}};
            if (!down)
                std::reverse(e.path.begin(), e.path.end());
        } else if (e.from == nodeIndex(S::LastAck)) {
            e.path = QPolygonF{{ca.x(), a.bottom()}, {ca.x(), cb.y() - slip}, {b.right(), cb.y() - slip}};
        } else if (e.from == nodeIndex(S::Closing) && e.to == kEnd) {
            const double x = a.right() + theme_.px(16);
            const double y = b.top() - theme_.px(12);
            e.path = QPolygonF{{a.right(), ca.y()},
                               {x, ca.y()},
                               {x, y},
                               {cb.x() + nodeWidth_ * 0.36, y},
                               {cb.x() + nodeWidth_ * 0.36, b.top()}};
        } else if (std::abs(ca.x() - cb.x()) < 1) {
            const bool pair = (e.from == nodeIndex(S::Listen) || e.to == nodeIndex(S::Listen));
            const double x = ca.x() + (!pair ? 0 : cb.y() > ca.y() ? apart : -apart);
            e.path =
                cb.y() > ca.y() ? QPolygonF{{x, a.bottom()}, {x, b.top()}} : QPolygonF{{x, a.top()}, {x, b.bottom()}};
        } else if (std::abs(ca.y() - cb.y()) < 1) {
            e.path = ca.x() < cb.x() ? QPolygonF{{a.right(), ca.y()}, {b.left(), cb.y()}}
                                     : QPolygonF{{a.left(), ca.y()}, {b.right(), cb.y()}};
        } else if (ca.x() < cb.x()) {
            e.path = QPolygonF{{a.right() - corner, a.bottom()}, {b.left() + corner, b.top()}};
        } else {
            e.path = QPolygonF{{a.left() + corner, a.bottom()}, {b.right() - corner, b.top()}};
        }
    }
}

QSizeF StatesLayout::wordsSize(const StateEdge& edge, bool rail) const
{
    double width = rail ? ruler_.width(TextStyle::Label, fromUtf8(word(StageWord::AlsoToClosed, language_))) : 0;
    const double space = ruler_.width(TextStyle::MonoSmall, QStringLiteral(" / "));
    for (const int row : edge.rows) {
        const EdgeLabel label = edgeLabel(tcpTransitions()[static_cast<std::size_t>(row)], language_);
        const double event = ruler_.width(TextStyle::Label, fromUtf8(label.event));
        const double action = ruler_.width(TextStyle::MonoSmall, fromUtf8(label.action));
        width = std::max(width, oneLine_ ? event + space + action : std::max(event, action));
    }
    const double lines = oneLine_
                             ? std::max(ruler_.height(TextStyle::Label), ruler_.height(TextStyle::MonoSmall))
                             : ruler_.height(TextStyle::Label) + ruler_.height(TextStyle::MonoSmall) - theme_.px(3);
    return {width + theme_.px(12), lines + theme_.px(5)};
}

bool StatesLayout::placeWords()
{
    words_.clear();
    BoxIndex taken(theme_.px(64));
    for (const StateNode& node : nodes_) {
        const double r = tokenRadius();
        taken.add(TurnedBox::upright(node.box.adjusted(-r * 0.6, -r * 0.9, r * 0.6, theme_.px(3))));
    }
    int railWords[2] = {-1, -1};
    for (StateEdge& e : edges_)
        e.label = -1;
    bool all = true;
    const auto place = [&](std::size_t index, QSizeF size, int row) {
        StateEdge& e = edges_[index];
        const double length = lengthOf(e.path);
        constexpr std::array kPlaces{0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.7, 0.3, 0.75, 0.25, 0.8, 0.85};
        for (const double part : kPlaces) {
            for (const double shift : {0.0, 0.3, -0.3, 0.42, -0.42}) {
                double angle = 0;
                const QPointF at = pointAlong(e.path, length * part, &angle);
                // Beside the middle only on upright pieces, where the line still passes through the words.
                const bool upright = std::abs(std::abs(angle) - 90) < 30 || std::abs(std::abs(angle) - 270) < 30;
                if (shift != 0 && !upright)
                    continue;
                QRectF box(QPointF(), size);
                box.moveCenter(at + QPointF(shift * size.width(), 0));
                if (box.left() < theme_.px(2) || box.right() > sheet_.width() - theme_.px(2) ||
                    taken.hits(TurnedBox::upright(box.adjusted(-2, 0, 2, 0))))
                    continue;
                taken.add(TurnedBox::upright(box));
                e.label = static_cast<int>(words_.size());
                words_.push_back({static_cast<int>(index), row, box});
                return true;
            }
        }
        return false;
    };
    for (std::size_t i = 0; i < edges_.size(); ++i)
        if (!edges_[i].onRail && edges_[i].inFigure)
            all = place(i, wordsSize(edges_[i], false), edges_[i].rows.front()) && all;
    for (std::size_t i = 0; i < edges_.size() && all; ++i) {
        StateEdge& e = edges_[i];
        bool left = false;
        if (e.onRail) {
            railSide(nodes_[static_cast<std::size_t>(e.from)].state, left);
            int& shared = railWords[left ? 0 : 1];
            if (shared < 0) {
                // One place for the whole rail, on its last piece, wide enough for any of its rows.
                StateEdge whole = e;
                for (const StateEdge& other : edges_)
                    if (other.onRail)
                        whole.rows.insert(whole.rows.end(), other.rows.begin(), other.rows.end());
                const QSizeF size = wordsSize(whole, true);
                const QLineF last(e.path[2], e.path[3]); // the level piece
                bool placed = false;
                for (const double part : {0.5, 0.4, 0.6, 0.3, 0.7}) {
                    QRectF box(QPointF(), size);
                    box.moveCenter(last.pointAt(part));
                    if (taken.hits(TurnedBox::upright(box)) || box.left() < 2 || box.right() > sheet_.width() - 2 ||
                        box.bottom() > sheet_.height())
                        continue;
                    taken.add(TurnedBox::upright(box));
                    shared = static_cast<int>(words_.size());
                    words_.push_back({static_cast<int>(i), -1, box});
                    placed = true;
                    break;
                }
                all = all && placed;
            }
            e.label = shared;
        } else if (!e.inFigure) {
            const bool several = e.rows.size() > 1;
            all = place(i, wordsSize(e, several), several ? -1 : e.rows.front()) && all;
        }
    }
    return all;
}

int StatesLayout::nodeOf(TcpState state, bool ended) const
{
    return state == S::Closed && ended ? kEnd : nodeIndex(state);
}

QPointF StatesLayout::tokenCenter(int node, bool left) const
{
    const QRectF box = nodes_[static_cast<std::size_t>(node)].box;
    return left ? box.topLeft() : box.topRight();
}

} // namespace packetarium
