// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/control_block_panel.h"

#include "ui/theme/theme_manager.h"
#include "ui/widgets/own_keys.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

namespace packetarium {
namespace {

constexpr double kVariableRow = 25;

const Theme& themeNow()
{
    return ThemeManager::current().theme();
}

class CellPainter : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Theme& theme = themeNow();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const bool changed = index.data(ControlBlockModel::ChangedRole).toBool();
        const QVariant side = index.data(ControlBlockModel::ActiveSideRole);
        const QRectF cell = QRectF(option.rect).adjusted(0, 1, -1, -1);
        if (changed && side.isValid()) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(theme.color(side.toBool() ? Role::ClientTint : Role::ServerTint));
            painter->drawRoundedRect(cell, theme.px(4), theme.px(4));
            painter->setBrush(theme.color(side.toBool() ? Role::Client : Role::Server));
            painter->drawEllipse(QPointF(cell.left() + theme.px(6), cell.center().y()), theme.px(2.2), theme.px(2.2));
        }
        if (option.state.testFlag(QStyle::State_HasFocus)) {
            painter->setPen(QPen(theme.color(Role::Focus), 1.5));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(cell.adjusted(1, 0, -1, 0), theme.px(4), theme.px(4));
        }
        const bool name = index.column() == 0;
        const bool figures = name ? index.row() > 0 && !index.data().toString().isEmpty() &&
                                        index.data().toString().front().unicode() < 128
                                  : true;
        painter->setFont(theme.font(!name ? TextStyle::MonoStrong : figures ? TextStyle::MonoSmall : TextStyle::Small));
        painter->setPen(theme.color(name && !changed ? Role::Muted : Role::Ink));
        const QRectF text = cell.adjusted(theme.px(name ? 8 : 13), 0, -theme.px(2), 0);
        painter->drawText(
            text, Qt::AlignLeft | Qt::AlignVCenter,
            painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, static_cast<int>(text.width())));
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        return {option.fontMetrics.horizontalAdvance(index.data().toString()) + 20,
                static_cast<int>(themeNow().px(kVariableRow))};
    }
};

class SideHeader : public QHeaderView {
public:
    explicit SideHeader(QWidget* parent)
        : QHeaderView(Qt::Horizontal, parent)
    {
        viewport()->setAutoFillBackground(false);
        setFrameShape(QFrame::NoFrame);
        setHighlightSections(false);
        setMinimumSectionSize(20);
    }
    QSize sizeHint() const override { return {100, static_cast<int>(themeNow().px(28))}; }

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override
    {
        const Theme& theme = themeNow();
        QFont font = theme.font(TextStyle::Small);
        font.setWeight(QFont::DemiBold);
        const QVariant side = model()->headerData(section, Qt::Horizontal, ControlBlockModel::ActiveSideRole);
        painter->setFont(font);
        painter->setPen(theme.color(!side.isValid() ? Role::Muted : side.toBool() ? Role::Client : Role::Server));
        const QRectF text = QRectF(rect).adjusted(theme.px(section == 0 ? 8 : 13), 0, 0, 0);
        const QString words = model()->headerData(section, Qt::Horizontal).toString();
        painter->drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(words, Qt::ElideRight, static_cast<int>(text.width())));
    }
};

class Table : public QTableView {
public:
    explicit Table(QWidget* parent)
        : QTableView(parent)
    {
        setHorizontalHeader(new SideHeader(this));
        verticalHeader()->hide();
        verticalHeader()->setMinimumSectionSize(10);
        setItemDelegate(new CellPainter(this));
        setFrameShape(QFrame::NoFrame);
        setShowGrid(false);
        setCornerButtonEnabled(false);
        setSelectionMode(SingleSelection);
        setEditTriggers(NoEditTriggers);
        setTabKeyNavigation(false);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        viewport()->setAutoFillBackground(false);
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    }
    void layOut()
    {
        const int height = static_cast<int>(themeNow().px(kVariableRow));
        verticalHeader()->setDefaultSectionSize(height);
        const int columns = model() ? model()->columnCount() : 0;
        if (columns < 2)
            return;
        const int names = static_cast<int>(viewport()->width() * 0.34);
        horizontalHeader()->resizeSection(0, names);
        for (int i = 1; i < columns; ++i)
            horizontalHeader()->resizeSection(i, (viewport()->width() - names) / (columns - 1));
        updateGeometry();
    }
    QSize sizeHint() const override
    {
        const int rows = model() ? model()->rowCount() : 0;
        return {static_cast<int>(themeNow().px(280)),
                horizontalHeader()->sizeHint().height() + rows * static_cast<int>(themeNow().px(kVariableRow))};
    }
    QSize minimumSizeHint() const override
    {
        return {static_cast<int>(themeNow().px(200)),
                std::min(sizeHint().height(), static_cast<int>(themeNow().px(28 + 4 * kVariableRow)))};
    }

protected:
    bool event(QEvent* event) override
    {
        return claimsKey(event, {Qt::Key_Up, Qt::Key_Down, Qt::Key_Left, Qt::Key_Right, Qt::Key_Home, Qt::Key_End}) ||
               QTableView::event(event);
    }
    void resizeEvent(QResizeEvent* event) override
    {
        QTableView::resizeEvent(event);
        layOut();
    }
    void keyPressEvent(QKeyEvent* event) override
    {
        if (event->matches(QKeySequence::Copy) && currentIndex().isValid()) {
            QApplication::clipboard()->setText(currentIndex().data().toString());
            return;
        }
        // Space steps the stage.
        if (event->key() == Qt::Key_Space)
            event->ignore();
        else
            QTableView::keyPressEvent(event);
    }
};

} // namespace

ControlBlockPanel::ControlBlockPanel(Session* session, QWidget* parent)
    : Panel(session, parent)
    , model_(new ControlBlockModel(this))
    , table_(new Table(this))
    , everything_(new QCheckBox(this))
{
    table_->setModel(model_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(table_);
    column->addWidget(everything_);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    connect(model_, &QAbstractItemModel::modelReset, this, [this] { static_cast<Table*>(table_)->layOut(); });
    connect(everything_, &QCheckBox::toggled, this, &ControlBlockPanel::refresh);
    start();
}

void ControlBlockPanel::restyle()
{
    const Theme now = theme();
    everything_->setFont(now.font(TextStyle::Small));
    everything_->setText(tr("All variables"));
    everything_->setToolTip(tr("Also those that a first reading does not need"));
    table_->setAccessibleName(tr("Control blocks"));
    table_->setAccessibleDescription(tr("The variables of each end's connection, RFC 9293 §3.3.1, at this instant"));
    static_cast<Table*>(table_)->layOut();
    table_->viewport()->update();
}

void ControlBlockPanel::refresh()
{
    if (!session().hasRun()) {
        model_->clear();
        return;
    }
    ControlBlockModel::Scene scene;
    scene.trace = &session().trace();
    scene.moment = &session().moment();
    scene.symbols = &session().symbols();
    scene.numbers = session().numberStyle();
    scene.language = session().language();
    scene.everything = everything_->isChecked();
    for (const HostMoment& host : session().moment().hosts)
        scene.hostLabels.push_back(session().hostLabel(host.id));
    model_->show(scene);
    setVisible(model_->rowCount() > 0); // in a network nobody may speak TCP
}

} // namespace packetarium
