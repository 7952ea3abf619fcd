// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/selection_detail.h"

#include "ui/paint/layers_story.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/selection_detail_network.h"
#include "ui/widgets/selection_detail_windows.h"

#include <QCoreApplication>

namespace packetarium {
namespace {

/// The words of this file.
class SelectionDetail {
    Q_DECLARE_TR_FUNCTIONS(SelectionDetail)
};

/// "RFC 9293 §3.10.7.4, eighth" as a row: the document, and the place in it.
DetailRow clauseRow(const QString& clause)
{
    const qsizetype mark = clause.indexOf(QChar(0x00a7));
    return mark < 0 ? DetailRow{SelectionDetail::tr("Source"), clause}
                    : DetailRow{clause.left(mark).trimmed(), clause.mid(mark)};
}

QString duration(const Session& session, SimDuration length)
{
    return QString::fromStdString(durationText(length, session.language()));
}

QString instant(const Session& session, SimTime at)
{
    return duration(session, at - SimTime::zero());
}

Detail edgeDetail(const Session& session, int row, NodeId host)
{
    const auto rows = tcpTransitions();
    if (row < 0 || static_cast<std::size_t>(row) >= rows.size())
        return {};
    const TcpTransition& edge = rows[static_cast<std::size_t>(row)];
    const Language language = session.language();
    Detail detail;
    detail.headline = fromUtf8(toString(edge.from)) + QStringLiteral(" \u2192 ") + fromUtf8(toString(edge.to));
    detail.edge = host ? sideRole(session, host) : Role::Accent;
    if (host)
        detail.rows.push_back({SelectionDetail::tr("Taken by"), session.hostLabel(host)});
    detail.rows.push_back({SelectionDetail::tr("Event"), fromUtf8(labelOf(edge.event, language))});
    detail.rows.push_back({SelectionDetail::tr("Action"), fromUtf8(labelOf(edge.action, language))});
    detail.rows.push_back(clauseRow(fromUtf8(edge.clause)));
    return detail;
}

/// Who took this row last and stands where it led; none if no one does.
NodeId whoTook(const Session& session, int row)
{
    const Moment& moment = session.moment();
    for (const HostMoment& host : moment.hosts)
        if (const ConnMoment* conn = moment.connOf(host.id); conn && conn->lastTransition == row)
            return host.id;
    return {};
}

Detail stateDetail(const Session& session, TcpState state)
{
    Detail detail;
    detail.title = SelectionDetail::tr("Selected state");
    detail.headline = fromUtf8(toString(state));
    QStringList here;
    for (const HostMoment& host : session.moment().hosts)
        if (host.state == state) {
            here << session.hostLabel(host.id);
            detail.edge = here.size() == 1 ? sideRole(session, host.id) : Role::Accent;
        }
    detail.rows.push_back({SelectionDetail::tr("In it now"),
                           here.isEmpty() ? SelectionDetail::tr("neither end") : here.join(QStringLiteral(", "))});
    detail.rows.push_back({QStringLiteral("RFC 9293"), QStringLiteral("\u00a73.3.2")});
    detail.text = fromUtf8(explain(state, session.language()));
    return detail;
}

Detail hostDetail(const Session& session, NodeId id)
{
    const auto hosts = session.trace().nodes();
    if (!id || id.value() >= hosts.size() || id.value() >= session.moment().hosts.size())
        return {};
    if (hosts[id.value()].kind != NodeKind::Host)
        return nodeDetail(session, id);
    const HostMoment& now = session.moment().hosts[id.value()];
    const Language language = session.language();
    Detail detail;
    detail.title = SelectionDetail::tr("Selected end");
    detail.headline = session.hostLabel(id);
    detail.edge = sideRole(session, id);
    QString address = QString::fromStdString(hosts[id.value()].address.toString());
    if (const ConnMoment* conn = session.moment().connOf(id))
        address += QStringLiteral(" : %1").arg(conn->localPort);
    detail.rows.push_back({SelectionDetail::tr("Address"), address});
    detail.rows.push_back({SelectionDetail::tr("State"), fromUtf8(toString(now.state))});
    detail.rows.push_back(
        {SelectionDetail::tr("Written"), QString::fromStdString(octetsText(now.octetsWritten, language))});
    detail.rows.push_back({SelectionDetail::tr("Read"), QString::fromStdString(octetsText(now.octetsRead, language))});
    detail.rows.push_back({SelectionDetail::tr("Profile"), fromUtf8(labelOf(session.scenario().profile, language))});
    detail.text = fromUtf8(explain(now.state, language));
    return detail;
}

Detail timerDetail(const Session& session, Timer timer, NodeId host)
{
    const Language language = session.language();
    Detail detail;
    detail.title = SelectionDetail::tr("Selected timer");
    detail.headline = fromUtf8(labelOf(timer, language));
    detail.edge = host ? sideRole(session, host) : Role::Accent;
    detail.text = fromUtf8(explain(timer, language));
    if (host)
        detail.rows.push_back({SelectionDetail::tr("Belongs to"), session.hostLabel(host)});
    const ConnMoment* conn = host ? session.moment().connOf(host) : nullptr;
    const TimerMoment* running = nullptr;
    if (conn)
        for (const TimerMoment& each : conn->timers)
            if (each.timer == timer)
                running = &each;
    if (!running) {
        detail.rows.push_back({SelectionDetail::tr("Now"), SelectionDetail::tr("not running")});
        return detail;
    }
    detail.rows.push_back({SelectionDetail::tr("Started at"), instant(session, running->startedAt)});
    detail.rows.push_back({SelectionDetail::tr("Lasts"), duration(session, running->deadline - running->startedAt)});
    detail.rows.push_back({SelectionDetail::tr("Left"), duration(session, running->deadline - session.now())});
    return detail;
}

Why stepWhy(const Session& session)
{
    const Caption caption = session.caption();
    return {caption.why, caption.rfc};
}

Why packetWhy(const Session& session, PacketId id)
{
    const auto packets = session.trace().packets();
    if (!id || id.value() >= packets.size())
        return {};
    const int stop = session.currentStop();
    if (stop >= 0 && session.stops()[static_cast<std::size_t>(stop)].packet == id)
        if (const Why step = stepWhy(session); !step.text.isEmpty())
            return step;
    const PacketInfo& packet = packets[id.value()];
    const Language language = session.language();
    Why why{fromUtf8(explain(packet.cause, language)), fromUtf8(clauseOf(packet.cause))};
    if (packet.fate == Fate::Lost && packet.endAt <= session.now())
        why.text += QLatin1Char('\n') + fromUtf8(explain(packet.lossReason, language));
    return why;
}

} // namespace

Role sideRole(const Session& session, NodeId host)
{
    const auto hosts = session.trace().nodes();
    return host && host.value() < hosts.size() && !hosts[host.value()].activeSide ? Role::Server : Role::Client;
}

Detail detailOf(const Session& session, const Selection& selection)
{
    switch (selection.kind) {
    case Selection::Kind::None:
    case Selection::Kind::Packet: return {};
    case Selection::Kind::Host: return hostDetail(session, selection.host);
    case Selection::Kind::State: return stateDetail(session, static_cast<TcpState>(selection.index));
    case Selection::Kind::Transition: {
        const NodeId taker = selection.host ? selection.host : whoTook(session, selection.index);
        Detail detail = edgeDetail(session, selection.index, taker);
        detail.title = taker ? SelectionDetail::tr("The edge just taken") : SelectionDetail::tr("Selected edge");
        return detail;
    }
    case Selection::Kind::Timer: return timerDetail(session, static_cast<Timer>(selection.index), selection.host);
    case Selection::Kind::Link: return linkDetail(session, selection.index);
    case Selection::Kind::Layer: return layerDetail(session, selection.host, selection.index);
    case Selection::Kind::Row: return rowDetail(session, selection.index);
    case Selection::Kind::Window: return windowDetail(session, selection.host, selection.index);
    }
    return {};
}

Detail lastEdgeOf(const Session& session)
{
    const auto records = session.trace().records();
    for (std::size_t i = session.moment().recordsDone; i-- > 0;)
        if (records[i].kind == RecordKind::StateChange) {
            Detail detail = edgeDetail(session, static_cast<int>(records[i].value), records[i].host);
            detail.title = SelectionDetail::tr("The edge just taken");
            return detail;
        }
    return {};
}

Why whyOf(const Session& session)
{
    if (!session.hasRun())
        return {};
    const Selection selection = session.selection();
    const Language language = session.language();
    switch (selection.kind) {
    case Selection::Kind::None: return stepWhy(session);
    case Selection::Kind::Packet: return packetWhy(session, selection.packet);
    case Selection::Kind::Transition: {
        const auto rows = tcpTransitions();
        if (selection.index < 0 || static_cast<std::size_t>(selection.index) >= rows.size())
            return {};
        const TcpTransition& row = rows[static_cast<std::size_t>(selection.index)];
        return {fromUtf8(explain(row.event, language)) + QLatin1Char('\n') + fromUtf8(explain(row.action, language)),
                fromUtf8(row.clause)};
    }
    case Selection::Kind::Host:
    case Selection::Kind::State:
    case Selection::Kind::Link:
    case Selection::Kind::Layer:
    case Selection::Kind::Row:
    case Selection::Kind::Window:
    case Selection::Kind::Timer: return {}; // the card above says it
    }
    return {};
}

PacketId inspectedPacket(const Session& session)
{
    if (!session.hasRun())
        return {};
    const auto packets = session.trace().packets();
    const Selection selection = session.selection();
    if (selection.kind == Selection::Kind::Packet)
        return selection.packet && selection.packet.value() < packets.size() ? selection.packet : PacketId();
    if (selection.kind != Selection::Kind::None || session.stopView() == StopView::States)
        return {};
    if (session.stopView() == StopView::Layers)
        if (const PacketId onStage = packetOfAct(session.scene()))
            return onStage;
    for (std::size_t i = packets.size(); i-- > 0;)
        if (packets[i].sentAt <= session.now())
            return packets[i].id;
    return {};
}

QString packetName(const PacketInfo& packet)
{
    QString flags = QString::fromStdString(packet.flags.toString());
    if (flags.isEmpty()) // not TCP
        flags = fromUtf8(toString(packet.protocol));
    return QStringLiteral("#%1 %2").arg(packet.id.value() + 1).arg(flags.replace(QLatin1Char(','), QChar(0x00b7)));
}

} // namespace packetarium
