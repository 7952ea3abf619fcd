// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/conversation_dialog.h"

#include "ui/i18n/catalogue_capture.h"
#include "ui/i18n/from_utf8.h"
#include "ui/session/session.h"
#include "ui/theme/theme_manager.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QEvent>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTableView>

namespace packetarium {

// --- the list -----------------------------------------------------------------------------------------------------

ConversationModel::ConversationModel(Session& session, QObject* parent)
    : QAbstractTableModel(parent)
    , session_(&session)
    , index_(session.sharedCaptureIndex())
{}

int ConversationModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !index_ ? 0 : static_cast<int>(index_->conversations.size()) + 1;
}

int ConversationModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

CaptureChoice ConversationModel::choiceAt(int row)
{
    return row <= 0 ? CaptureChoice{} : CaptureChoice{static_cast<std::uint32_t>(row - 1)};
}

QVariant ConversationModel::ofAll(int column) const
{
    switch (column) {
    case Ends: return tr("All together");
    case Packets: return QVariant::fromValue(index_->packets);
    case Octets: return QString::fromStdString(octetsText(index_->octets, session_->language()));
    default: return {};
    }
}

QVariant ConversationModel::data(const QModelIndex& at, int role) const
{
    if (!index_ || !at.isValid() || at.row() >= rowCount())
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(at.column() == Number || at.column() == Packets || at.column() == Octets || at.column() == Start
                            ? Qt::AlignRight | Qt::AlignVCenter
                            : Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != kSortRole)
        return {};
    if (at.row() == 0)
        return role == kSortRole ? QVariant(-1.0) : ofAll(at.column());
    const Conversation& c = index_->conversations[static_cast<std::size_t>(at.row() - 1)];
    const double start = static_cast<double>(c.firstNs - index_->firstNs) / 1e9;
    const bool sorting = role == kSortRole;
    switch (at.column()) {
    case Number: return at.row();
    case Ends: return QString::fromStdString(endsText(c));
    case What: return c.protocol == Protocol::Other ? QStringLiteral("IP") : fromUtf8(toString(c.protocol));
    case Packets: return QVariant::fromValue(c.packets);
    case Octets:
        return sorting ? QVariant::fromValue(c.octets)
                       : QVariant(QString::fromStdString(octetsText(c.octets, session_->language())));
    case Start: return sorting ? QVariant(start) : QVariant(QStringLiteral("%1 s").arg(start, 0, 'f', 3));
    case State: {
        QString text = fromUtf8(labelOf(c.end, session_->language()));
        if (c.protocol == Protocol::Tcp && !c.beginning)
            text += QStringLiteral(" · ") + fromUtf8(labelOf(Reason::CapturedMidway, session_->language()));
        return text;
    }
    default: return {};
    }
}

QVariant ConversationModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number: return tr("No.");
    case Ends: return tr("Between");
    case What: return tr("Protocol");
    case Packets: return tr("Packets");
    case Octets: return tr("Size");
    case Start: return tr("Begins");
    case State: return tr("State");
    default: return {};
    }
}

void ConversationModel::retranslate()
{
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

// --- the dialog ---------------------------------------------------------------------------------------------------

ConversationDialog::ConversationDialog(Session& session, QWidget* parent)
    : QDialog(parent)
    , session_(&session)
    , model_(new ConversationModel(session, this))
    , sorted_(new QSortFilterProxyModel(this))
{
    setObjectName(QStringLiteral("conversation-dialog"));
    sorted_->setSourceModel(model_);
    sorted_->setSortRole(ConversationModel::kSortRole);
    sorted_->setFilterKeyColumn(-1);
    sorted_->setFilterCaseSensitivity(Qt::CaseInsensitive);
    filter_ = new QLineEdit(this);
    filter_->setClearButtonEnabled(true);
    table_ = new QTableView(this);
    table_->setModel(sorted_);
    table_->setSortingEnabled(true);
    table_->sortByColumn(ConversationModel::Number, Qt::AscendingOrder);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setShowGrid(false);
    table_->setWordWrap(false);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    // Widths from what is seen: a capture may have tens of thousands.
    table_->horizontalHeader()->setResizeContentsPrecision(60);
    table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table_->horizontalHeader()->setSectionResizeMode(ConversationModel::Ends, QHeaderView::Stretch);
    buttons_ = new QDialogButtonBox(QDialogButtonBox::Open | QDialogButtonBox::Cancel, this);
    auto* column = new QVBoxLayout(this);
    column->addWidget(filter_);
    column->addWidget(table_, 1);
    column->addWidget(buttons_);
    connect(filter_, &QLineEdit::textChanged, sorted_, &QSortFilterProxyModel::setFilterFixedString);
    connect(table_, &QTableView::doubleClicked, this, &ConversationDialog::take);
    connect(buttons_, &QDialogButtonBox::accepted, this, &ConversationDialog::take);
    connect(buttons_, &QDialogButtonBox::rejected, this, &QDialog::reject);
    const CapturedRun* run = session.captured();
    const int shown = run != nullptr && run->choice.conversation ? static_cast<int>(*run->choice.conversation) + 1 : 0;
    table_->setCurrentIndex(sorted_->mapFromSource(model_->index(shown, 0)));
    resize(std::min(parent->width() - 60, 860), std::min(parent->height() - 60, 560));
    retranslate();
    filter_->setFocus();
}

void ConversationDialog::take()
{
    QModelIndex at = table_->currentIndex();
    if (!at.isValid() && sorted_->rowCount() > 0)
        at = sorted_->index(0, 0);
    if (!at.isValid())
        return;
    const CaptureChoice choice = ConversationModel::choiceAt(sorted_->mapToSource(at).row());
    accept();
    emit chosen(choice);
}

void ConversationDialog::retranslate()
{
    setWindowTitle(tr("Conversations of the capture"));
    filter_->setPlaceholderText(tr("Address, port, protocol or state"));
    filter_->setAccessibleName(tr("Filter"));
    table_->setAccessibleName(tr("Conversations of the capture"));
    buttons_->button(QDialogButtonBox::Open)->setText(tr("&Show"));
    buttons_->button(QDialogButtonBox::Cancel)->setText(tr("&Cancel"));
    model_->retranslate();
}

void ConversationDialog::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QDialog::changeEvent(event);
}

} // namespace packetarium
