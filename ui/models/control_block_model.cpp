// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/control_block_model.h"

#include "ui/i18n/from_utf8.h"

#include <array>

namespace packetarium {
namespace {

constexpr std::array kUsual = {
    Variable::SndUna, Variable::SndNxt, Variable::SndWnd, Variable::RcvNxt,
    Variable::RcvWnd, Variable::Srtt,   Variable::Rto,    Variable::Retransmissions,
};
constexpr std::array kAll = {
    Variable::Iss,
    Variable::Irs,
    Variable::SndUna,
    Variable::SndNxt,
    Variable::SndWnd,
    Variable::SndWl1,
    Variable::SndWl2,
    Variable::SndMss,
    Variable::SndBuffered,
    Variable::RcvNxt,
    Variable::RcvWnd,
    Variable::RcvBuffered,
    Variable::RcvOutOfOrder,
    Variable::Srtt,
    Variable::RttVar,
    Variable::Rto,
    Variable::Retransmissions,
    Variable::Cwnd,
    Variable::Ssthresh,
    Variable::Phase,
    Variable::LimitedBy,
    Variable::DuplicateAcks,
    Variable::Recover,
    Variable::Pipe,
    Variable::SndScale,
    Variable::RcvScale,
    Variable::OutOfOrder1,
    Variable::OutOfOrder2,
    Variable::OutOfOrder3,
    Variable::OutOfOrder4,
    Variable::Sacked1,
    Variable::Sacked2,
    Variable::Sacked3,
    Variable::Sacked4,
};
static_assert(kAll.size() == kVariableCount);

QString nothing()
{
    return QStringLiteral("\u2013");
}

constexpr std::size_t kMostEnds = 3;

/// Who has a control block to show: both hosts of two; in a network the first of those that have had a connection.
std::vector<HostMoment> endsOf(const ControlBlockModel::Scene& scene)
{
    if (scene.trace->nodes().size() <= 2)
        return scene.moment->hosts;
    std::vector<HostMoment> ends;
    for (const HostMoment& host : scene.moment->hosts) {
        const bool speaksTcp =
            std::ranges::any_of(scene.trace->conns(), [&](const TraceConn& conn) { return conn.host == host.id; });
        if (speaksTcp && ends.size() < kMostEnds)
            ends.push_back(host);
    }
    return ends;
}

/// The numbers that this end receives are counted from what its peer chose.
NodeId peerOf(const ControlBlockModel::Scene& scene, NodeId host)
{
    for (const HostMoment& other : endsOf(scene))
        if (other.id != host)
            return other.id;
    return host;
}

QString valueText(const ControlBlockModel::Scene& scene, NodeId host, Variable variable, std::uint64_t value)
{
    const auto sequence = [&](std::uint64_t number) {
        const NodeId counted = countsFromIss(variable) ? host : peerOf(scene, host);
        return QString::fromStdString(scene.symbols->sequence(counted, Seq32(static_cast<std::uint32_t>(number)),
                                                              scene.numbers, scene.moment->at));
    };
    switch (kindOf(variable)) {
    case VariableKind::Sequence: return value == 0 && variable == Variable::Recover ? nothing() : sequence(value);
    case VariableKind::Range:
        return value == 0 ? nothing() : sequence(value >> 32) + QStringLiteral(" \u2013 ") + sequence(value);
    case VariableKind::Choice:
        return fromUtf8(variable == Variable::Phase ? labelOf(static_cast<CongestionPhase>(value), scene.language)
                                                    : labelOf(static_cast<SendLimit>(value), scene.language));
    case VariableKind::Duration:
        return QString::fromStdString(
            durationText(SimDuration::nanoseconds(static_cast<std::int64_t>(value)), scene.language));
    case VariableKind::Octets:
    case VariableKind::Count: return QString::number(value);
    }
    return {};
}

/// The records of the instant at which something last happened.
std::span<const Record> lastInstant(const ControlBlockModel::Scene& scene)
{
    const auto done = scene.trace->records().first(std::min(scene.moment->recordsDone, scene.trace->records().size()));
    std::size_t from = done.size();
    while (from > 0 && done[from - 1].at == done.back().at)
        --from;
    return done.subspan(from);
}

} // namespace

ControlBlockModel::ControlBlockModel(QObject* parent)
    : QAbstractTableModel(parent)
{}

std::vector<ControlBlockModel::Row> ControlBlockModel::rowsOf(const Scene& scene) const
{
    const std::vector<HostMoment> hosts = endsOf(scene);
    if (hosts.empty())
        return {};
    const auto latest = lastInstant(scene);
    const auto changed = [&](RecordKind kind, NodeId host, int what) {
        return std::ranges::any_of(latest, [&](const Record& record) {
            return record.kind == kind && record.host == host && (what < 0 || record.a == what);
        });
    };

    std::vector<Row> rows;
    Row state{tr("State"), tr("The state of the connection, RFC 9293 §3.3.2"), {}};
    for (const HostMoment& host : hosts)
        state.cells.push_back({fromUtf8(toString(host.state)), changed(RecordKind::StateChange, host.id, -1)});
    rows.push_back(std::move(state));

    const std::span<const Variable> variables =
        scene.everything ? std::span<const Variable>(kAll) : std::span<const Variable>(kUsual);
    for (const Variable variable : variables) {
        Row row{fromUtf8(toString(variable)), fromUtf8(explain(variable, scene.language)), {}};
        bool known = false;
        for (const HostMoment& host : hosts) {
            const ConnMoment* conn = scene.moment->connOf(host.id);
            const std::optional<std::uint64_t> value = conn ? conn->variable(variable) : std::nullopt;
            known = known || (value && (variable != Variable::Retransmissions || *value > 0 || scene.everything));
            row.cells.push_back({value ? valueText(scene, host.id, variable, *value) : nothing(),
                                 value && changed(RecordKind::Variable, host.id, static_cast<int>(variable))});
        }
        // The usual rows stay in place even while they have no value; the table must not jump.
        if (known || (!scene.everything && variable != Variable::Retransmissions && variable != Variable::Srtt))
            rows.push_back(std::move(row));
    }

    for (int t = 0; t < kTimerCount; ++t) {
        const auto timer = static_cast<Timer>(t);
        Row row{fromUtf8(labelOf(timer, scene.language)), fromUtf8(explain(timer, scene.language)), {}};
        bool runs = false;
        for (const HostMoment& host : hosts) {
            const ConnMoment* conn = scene.moment->connOf(host.id);
            Cell cell{nothing(), changed(RecordKind::Timer, host.id, t)};
            if (conn)
                for (const TimerMoment& each : conn->timers)
                    if (each.timer == timer) {
                        runs = true;
                        cell.text =
                            QString::fromStdString(durationText(each.deadline - scene.moment->at, scene.language));
                    }
            row.cells.push_back(std::move(cell));
        }
        if (runs)
            rows.push_back(std::move(row));
    }
    return rows;
}

void ControlBlockModel::show(const Scene& scene)
{
    std::vector<bool> sides;
    std::vector<QString> labels;
    for (const HostMoment& host : endsOf(scene)) {
        sides.push_back(scene.trace->nodes()[host.id.value()].activeSide);
        labels.push_back(scene.hostLabels[host.id.value()]);
    }
    std::vector<Row> rows = rowsOf(scene);
    if (hosts_ != labels || activeSides_ != sides || rows.size() != rows_.size()) {
        beginResetModel();
        hosts_ = std::move(labels);
        activeSides_ = std::move(sides);
        rows_ = std::move(rows);
        endResetModel();
        return;
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i] == rows_[i])
            continue;
        rows_[i] = std::move(rows[i]);
        const int row = static_cast<int>(i);
        emit dataChanged(index(row, 0), index(row, columnCount() - 1));
    }
}

void ControlBlockModel::clear()
{
    beginResetModel();
    rows_.clear();
    hosts_.clear();
    activeSides_.clear();
    endResetModel();
}

int ControlBlockModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int ControlBlockModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(hosts_.size()) + 1;
}

QVariant ControlBlockModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Row& row = rows_[static_cast<std::size_t>(index.row())];
    const Cell* cell = nullptr;
    if (index.column() > 0 && static_cast<std::size_t>(index.column()) <= row.cells.size())
        cell = &row.cells[static_cast<std::size_t>(index.column()) - 1];
    switch (role) {
    case Qt::DisplayRole: return cell ? cell->text : row.name;
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole: return row.help;
    case Qt::AccessibleTextRole:
        if (!cell)
            return row.name;
        return cell->changed
                   ? tr("%1 %2: %3, just changed")
                         .arg(hosts_[static_cast<std::size_t>(index.column()) - 1], row.name, cell->text)
                   : tr("%1 %2: %3").arg(hosts_[static_cast<std::size_t>(index.column()) - 1], row.name, cell->text);
    case ChangedRole:
        return cell ? cell->changed : std::ranges::any_of(row.cells, [](const Cell& each) { return each.changed; });
    case ActiveSideRole:
        return cell ? QVariant(static_cast<bool>(activeSides_[static_cast<std::size_t>(index.column()) - 1]))
                    : QVariant();
    default: return {};
    }
}

QVariant ControlBlockModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const auto host = static_cast<std::size_t>(section) - 1;
    if (role == Qt::DisplayRole)
        return section == 0 ? tr("Control blocks") : host < hosts_.size() ? hosts_[host] : QString();
    if (role == ActiveSideRole && section > 0 && host < activeSides_.size())
        return static_cast<bool>(activeSides_[host]);
    return {};
}

} // namespace packetarium
