// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/states_painter.h"

#include "ui/i18n/stage_words.h"
#include "ui/paint/geometry.h"
#include "ui/paint/primitives.h"

#include <QPainter>
#include <algorithm>
#include <array>

namespace packetarium {

namespace {

/// What has happened on the figure at the scene's instant.
struct Happened {
    std::vector<bool> rowTaken;
    std::array<bool, kTcpStateCount + 1> visited{};
    std::array<int, 2> node{-1, -1};      ///< where each host's token is
    std::array<int, 2> justTaken{-1, -1}; ///< row
    int hosts = 0;

    Happened(const StageScene& scene, const StatesLayout& layout)
        : rowTaken(tcpTransitions().size(), false)
    {
        const auto records = scene.trace->records();
        std::array<bool, 2> begun{};
        for (std::size_t i = 0; i < scene.moment->recordsDone && i < records.size(); ++i) {
            const Record& r = records[i];
            const auto host = std::find(layout.hosts().begin(), layout.hosts().end(), r.host);
            if (r.kind != RecordKind::StateChange || host == layout.hosts().end())
                continue;
            if (r.value < rowTaken.size())
                rowTaken[r.value] = true;
            visited[static_cast<std::size_t>(layout.nodeOf(r.from(), false))] = true;
            begun[static_cast<std::size_t>(host - layout.hosts().begin())] = true;
        }
        hosts = static_cast<int>(std::min<std::size_t>(2, scene.moment->hosts.size()));
        for (std::size_t h = 0; h < static_cast<std::size_t>(hosts); ++h) {
            const NodeId host = layout.hosts()[h];
            const ConnMoment* conn = scene.moment->connOf(host);
            const TcpState state = scene.moment->hosts[host.value()].state;
            justTaken[h] = conn != nullptr ? conn->lastTransition : -1;
            const bool backToStart =
                justTaken[h] >= 0 && tcpTransitions()[static_cast<std::size_t>(justTaken[h])].to == TcpState::Closed &&
                (tcpTransitions()[static_cast<std::size_t>(justTaken[h])].from == TcpState::Listen ||
                 tcpTransitions()[static_cast<std::size_t>(justTaken[h])].from == TcpState::SynSent);
            node[h] = layout.nodeOf(state, begun[h] && !backToStart);
            visited[static_cast<std::size_t>(node[h])] = true;
        }
    }
};

class StatesPainter {
public:
    StatesPainter(QPainter& p, const StageScene& scene, const StatesLayout& layout)
        : p_(p)
        , scene_(scene)
        , layout_(layout)
        , theme_(scene.theme)
        , happened_(scene, layout)
    {}

    void paint()
    {
        p_.fillRect(QRectF(QPointF(), layout_.size()), theme_.color(Role::Background));
        p_.scale(layout_.scale(), layout_.scale());
        // The lighter ones first, so that what happened lies on top.
        for (const int rank : {0, 1, 2})
            for (std::size_t i = 0; i < layout_.edges().size(); ++i)
                if (rankOf(static_cast<int>(i)) == rank)
                    drawEdge(static_cast<int>(i), rank);
        for (std::size_t i = 0; i < layout_.words().size(); ++i)
            drawWords(layout_.words()[i]);
        for (std::size_t i = 0; i < layout_.nodes().size(); ++i)
            drawNode(static_cast<int>(i));
        for (int h = 0; h < happened_.hosts; ++h)
            drawToken(h);
    }

private:
    bool marked(const Selection& what, int edge) const
    {
        return what.kind == Selection::Kind::Transition && what.index >= 0 &&
               what.index < static_cast<int>(tcpTransitions().size()) && layout_.edgeOfRow(what.index) == edge;
    }

    /// Which host just took the edge, or -1.
    int takenBy(int edge) const
    {
        for (int h = happened_.hosts - 1; h >= 0; --h)
            if (const int row = happened_.justTaken[static_cast<std::size_t>(h)];
                row >= 0 && layout_.edgeOfRow(row) == edge)
                return h;
        return -1;
    }

    int rankOf(int edge) const
    {
        if (takenBy(edge) >= 0)
            return 2;
        const auto& rows = layout_.edges()[static_cast<std::size_t>(edge)].rows;
        const bool taken = std::any_of(rows.begin(), rows.end(),
                                       [this](int r) { return happened_.rowTaken[static_cast<std::size_t>(r)]; });
        return taken ? 1 : 0;
    }

    QColor edgeColour(int edge, int rank) const
    {
        if (rank == 2)
            return theme_.color(sideRoles(takenBy(edge)).main);
        if (rank == 1)
            return blended(theme_.color(Role::Muted), theme_.color(Role::Ink), 0.3);
        const bool inFigure = layout_.edges()[static_cast<std::size_t>(edge)].inFigure;
        return blended(theme_.color(Role::Line), theme_.color(Role::LineStrong), inFigure ? 0.45 : 0.1);
    }

    void drawEdge(int index, int rank)
    {
        const StateEdge& e = layout_.edges()[static_cast<std::size_t>(index)];
        const QColor colour = edgeColour(index, rank);
        const double width = theme_.px(rank == 2 ? 3 : rank == 1 ? 1.8 : 1.4);
        const double head = theme_.px(rank == 2 ? 11 : 8);
        const double length = lengthOf(e.path);
        const QPainterPath line = roundedPath(cutPath(e.path, 0, std::max(0.0, length - head * 0.8)), theme_.px(8));
        p_.setBrush(Qt::NoBrush);
        if (marked(scene_.selection, index) || marked(scene_.hover, index)) {
            p_.setPen(
                linePen(faded(theme_.color(Role::Focus), marked(scene_.selection, index) ? 0.32 : 0.18), theme_.px(9)));
            p_.drawPath(line);
        }
        p_.setPen(e.onRail && rank == 0 ? dashPen(colour, width, theme_.px(3), theme_.px(3)) : linePen(colour, width));
        p_.drawPath(line);
        double angle = 0;
        const QPointF tip = pointAlong(e.path, length, &angle);
        drawArrowHead(p_, tip, angle, head, colour);
    }

    void drawWords(const EdgeWords& words)
    {
        int row = words.row;
        int host = -1;
        bool taken = false;
        for (std::size_t i = 0; i < layout_.edges().size(); ++i) {
            if (layout_.edges()[i].label < 0 ||
                &layout_.words()[static_cast<std::size_t>(layout_.edges()[i].label)] != &words)
                continue;
            taken = taken || rankOf(static_cast<int>(i)) > 0;
            if (const int by = takenBy(static_cast<int>(i)); by >= 0) {
                host = by;
                row = happened_.justTaken[static_cast<std::size_t>(by)];
            }
        }
        QRectF box = words.box;
        const double space = TextRuler(theme_).width(TextStyle::MonoSmall, QStringLiteral(" / "));
        QString event = fromUtf8(word(StageWord::AlsoToClosed, scene_.language));
        QString action;
        if (row >= 0) {
            const EdgeLabel label = edgeLabel(tcpTransitions()[static_cast<std::size_t>(row)], scene_.language);
            event = fromUtf8(label.event);
            action = fromUtf8(label.action);
        }
        const TextRuler ruler(theme_);
        const double eventWidth = ruler.width(TextStyle::Label, event);
        const double actionWidth = action.isEmpty() ? 0 : ruler.width(TextStyle::MonoSmall, action);
        const double needed = (layout_.oneLine() && !action.isEmpty() ? eventWidth + space + actionWidth
                                                                      : std::max(eventWidth, actionWidth)) +
                              theme_.px(10);
        const QPointF middle = box.center();
        box.setWidth(std::min(box.width(), needed));
        if (action.isEmpty() && !layout_.oneLine())
            box.setHeight(ruler.height(TextStyle::Label) + theme_.px(2));
        box.moveCenter(middle);

        const SideRoles roles = sideRoles(std::max(0, host));
        p_.setPen(host >= 0 ? linePen(theme_.color(roles.main), theme_.px(1.6)) : QPen(Qt::NoPen));
        p_.setBrush(theme_.color(host >= 0 ? Role::Card : Role::Background));
        p_.drawRoundedRect(host >= 0 ? box.adjusted(-1, -theme_.px(1), 1, theme_.px(2)) : box, theme_.px(5),
                           theme_.px(5));
        const QColor strong = theme_.color(host >= 0 ? roles.main : taken ? Role::Ink : Role::Muted);
        const QColor weak = theme_.color(host >= 0 ? roles.main : Role::Muted);
        if (action.isEmpty()) {
            drawText(p_, theme_, TextStyle::Label, strong, box, Qt::AlignCenter, event);
        } else if (layout_.oneLine()) {
            QRectF part(box.left() + (box.width() - eventWidth - space - actionWidth) / 2, box.top(), eventWidth,
                        box.height());
            drawText(p_, theme_, TextStyle::Label, strong, part, Qt::AlignLeft | Qt::AlignVCenter, event);
            part = QRectF(part.right(), box.top(), space + actionWidth, box.height());
            drawText(p_, theme_, TextStyle::MonoSmall, weak, part, Qt::AlignLeft | Qt::AlignVCenter,
                     QStringLiteral(" / ") + action);
        } else {
            QRectF upper = box;
            upper.setHeight(box.height() / 2);
            drawText(p_, theme_, TextStyle::Label, strong, upper, Qt::AlignCenter, event);
            drawText(p_, theme_, TextStyle::MonoSmall, weak, upper.translated(0, box.height() / 2), Qt::AlignCenter,
                     action);
        }
    }

    void drawNode(int index)
    {
        const StateNode& node = layout_.nodes()[static_cast<std::size_t>(index)];
        const double radius = theme_.px(8);
        std::array<bool, 2> here{};
        for (int h = 0; h < happened_.hosts; ++h)
            here[static_cast<std::size_t>(h)] = happened_.node[static_cast<std::size_t>(h)] == index;
        const bool selected =
            scene_.selection.kind == Selection::Kind::State && scene_.selection.index == static_cast<int>(node.state);
        const bool hovered =
            scene_.hover.kind == Selection::Kind::State && scene_.hover.index == static_cast<int>(node.state);
        if (selected || hovered) {
            p_.setPen(linePen(faded(theme_.color(Role::Focus), selected ? 0.4 : 0.22), theme_.px(8)));
            p_.setBrush(Qt::NoBrush);
            p_.drawRoundedRect(node.box, radius, radius);
        }
        const QString name = fromUtf8(toString(node.state));
        if (!here[0] && !here[1]) {
            const bool visited = happened_.visited[static_cast<std::size_t>(index)];
            p_.setPen(linePen(theme_.color(visited ? Role::Muted : Role::Line), theme_.px(1.5)));
            p_.setBrush(theme_.color(Role::Card));
            p_.drawRoundedRect(node.box, radius, radius);
            drawText(p_, theme_, TextStyle::MonoStrong, theme_.color(visited ? Role::Ink : Role::Muted), node.box,
                     Qt::AlignCenter, name);
            return;
        }
        const SideRoles roles = sideRoles(here[0] ? 0 : 1);
        QPainterPath whole;
        whole.addRoundedRect(node.box, radius, radius);
        p_.setPen(Qt::NoPen);
        p_.setBrush(theme_.color(roles.main));
        p_.drawPath(whole);
        if (here[0] && here[1]) {
            QPainterPath right;
            right.addRect(QRectF(node.box.center().x(), node.box.top(), node.box.width() / 2, node.box.height()));
            p_.setBrush(theme_.color(Role::Server));
            p_.drawPath(whole.intersected(right));
        }
        drawText(p_, theme_, TextStyle::MonoStrong, theme_.color(roles.on), node.box, Qt::AlignCenter, name);
    }

    void drawToken(int host)
    {
        const SideRoles roles = sideRoles(host);
        const QPointF at = layout_.tokenCenter(happened_.node[static_cast<std::size_t>(host)], host == 0);
        const double r = layout_.tokenRadius();
        p_.setPen(linePen(theme_.color(roles.main), theme_.px(2.2)));
        p_.setBrush(theme_.color(Role::Card));
        p_.drawEllipse(at, r, r);
        drawText(p_, theme_, TextStyle::MonoStrong, theme_.color(roles.main),
                 QRectF(at.x() - r, at.y() - r, 2 * r, 2 * r), Qt::AlignCenter,
                 fromUtf8(word(host == 0 ? StageWord::ClientToken : StageWord::ServerToken, scene_.language)));
    }

    QPainter& p_;
    const StageScene& scene_;
    const StatesLayout& layout_;
    const Theme& theme_;
    Happened happened_;
};

Selection select(Selection::Kind kind, int index)
{
    Selection s;
    s.kind = kind;
    s.index = index;
    return s;
}

} // namespace

void paintStates(QPainter& painter, const StageScene& scene, const StatesLayout& layout)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    StatesPainter(painter, scene, layout).paint();
    painter.restore();
}

std::vector<StageItem> statesItems(const StageScene& scene, const StatesLayout& layout)
{
    const Happened happened(scene, layout);
    const auto label = [&](int host) {
        const std::size_t h = layout.hosts()[static_cast<std::size_t>(host)].value();
        return h < scene.hostLabels.size() ? scene.hostLabels[h].toStdString() : std::string();
    };
    std::vector<StageItem> items;
    for (std::size_t i = 0; i < layout.nodes().size(); ++i) {
        const StateNode& node = layout.nodes()[i];
        std::string here;
        for (int h = 0; h < happened.hosts; ++h)
            if (happened.node[static_cast<std::size_t>(h)] == static_cast<int>(i))
                here += (here.empty() ? "" : scene.language == Language::Chinese ? "、" : ", ") + label(h);
        const std::string who = here.empty() ? std::string(word(StageWord::StateEmpty, scene.language))
                                             : sentence(StageWord::StateHolders, scene.language, {here});
        const std::string space = scene.language == Language::Chinese ? "" : " ";
        items.push_back({select(Selection::Kind::State, static_cast<int>(node.state)), scaled(node.box, layout.scale()),
                         fromUtf8(toString(node.state)),
                         fromUtf8(std::string(explain(node.state, scene.language)) + space + who)});
    }
    for (std::size_t row = 0; row < tcpTransitions().size(); ++row) {
        const TcpTransition& t = tcpTransitions()[row];
        const StateEdge& edge = layout.edges()[static_cast<std::size_t>(layout.edgeOfRow(static_cast<int>(row)))];
        const EdgeLabel words = edgeLabel(t, scene.language);
        std::string description = std::string(words.event);
        if (t.action != TcpAction::None)
            description += " / " + std::string(words.action);
        for (int h = 0; h < happened.hosts; ++h)
            if (happened.justTaken[static_cast<std::size_t>(h)] == static_cast<int>(row))
                description += ". " + sentence(StageWord::EdgeJustTaken, scene.language, {label(h)});
        const QRectF box = edge.label >= 0 && !edge.onRail ? layout.words()[static_cast<std::size_t>(edge.label)].box
                                                           : edge.path.boundingRect();
        items.push_back({select(Selection::Kind::Transition, static_cast<int>(row)), scaled(box, layout.scale()),
                         fromUtf8(sentence(StageWord::EdgeFromTo, scene.language, {toString(t.from), toString(t.to)})),
                         fromUtf8(description)});
    }
    return items;
}

Selection statesHit(const StageScene& scene, const StatesLayout& layout, QPointF at)
{
    const QPointF p = at / layout.scale();
    for (const StateNode& node : layout.nodes())
        if (node.box.contains(p))
            return select(Selection::Kind::State, static_cast<int>(node.state));
    const Happened happened(scene, layout);
    // Of several rows on an edge, the one just taken; else the first that was; else the figure's.
    const auto rowOf = [&](const StateEdge& edge) {
        for (const int row : edge.rows)
            if (row == happened.justTaken[0] || row == happened.justTaken[1])
                return row;
        for (const int row : edge.rows)
            if (happened.rowTaken[static_cast<std::size_t>(row)])
                return row;
        return edge.rows.front();
    };
    for (const StateEdge& edge : layout.edges())
        if (edge.label >= 0 && !edge.onRail && layout.words()[static_cast<std::size_t>(edge.label)].box.contains(p))
            return select(Selection::Kind::Transition, rowOf(edge));
    double best = scene.theme.px(8);
    const StateEdge* nearest = nullptr;
    for (const StateEdge& edge : layout.edges()) {
        if (const double d = distanceToPath(p, edge.path); d < best) {
            best = d;
            nearest = &edge;
        }
    }
    return nearest != nullptr ? select(Selection::Kind::Transition, rowOf(*nearest)) : Selection{};
}

} // namespace packetarium
