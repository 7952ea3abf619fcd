// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/workbench.h"

#include "ui/session/session.h"
#include "ui/widgets/lesson_explorer.h"
#include "ui/window/conversation_bar.h"
#include "ui/window/details_column.h"
#include "ui/window/stage_area.h"
#include "ui/window/transport_bar.h"

#include <QBoxLayout>
#include <QDataStream>
#include <QIODevice>
#include <QSplitter>
#include <algorithm>

namespace packetarium {

Workbench::Workbench(Session& session, Actions& actions, QWidget* parent)
    : QWidget(parent)
{
    outer_ = new QSplitter(Qt::Horizontal, this);
    inner_ = new QSplitter(Qt::Horizontal);
    explorer_ = new LessonExplorer(&session, outer_);
    stage_ = new StageArea(session, actions, inner_);
    details_ = new DetailsColumn(session, inner_);
    transport_ = new TransportBar(session, actions);

    auto* right = new QWidget(outer_);
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    conversations_ = new ConversationBar(session, right);
    column->addWidget(conversations_);
    column->addWidget(inner_, 1);
    column->addWidget(transport_);

    outer_->addWidget(explorer_);
    outer_->addWidget(right);
    for (QSplitter* splitter : {outer_, inner_}) {
        splitter->setHandleWidth(1);
        splitter->setChildrenCollapsible(false);
    }
    outer_->setStretchFactor(0, 0);
    outer_->setStretchFactor(1, 1);
    inner_->setStretchFactor(0, 1);
    inner_->setStretchFactor(1, 0);
    explorer_->setMinimumWidth(190);
    explorer_->setMaximumWidth(360);
    details_->setMinimumWidth(292);
    details_->setMaximumWidth(620);
    for (QSplitter* splitter : {outer_, inner_})
        connect(splitter, &QSplitter::splitterMoved, this, [this] { placedByUser_ = true; });

    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(outer_);
}

void Workbench::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (placedByUser_)
        return;
    const int left = std::clamp(width() * 165 / 1000, 190, 250);
    const int right = std::clamp(width() * 247 / 1000, 296, 420);
    outer_->setSizes({left, width() - left});
    inner_->setSizes({width() - left - right, right});
}

void Workbench::setBeside(Session* other)
{
    explorer_->setVisible(other == nullptr);
    details_->setVisible(other == nullptr);
    stage_->setBeside(other);
}

void Workbench::retranslate()
{
    stage_->retranslate();
    transport_->retranslate();
    conversations_->retranslate();
}

QByteArray Workbench::panels() const
{
    if (!placedByUser_)
        return {};
    QByteArray state;
    QDataStream out(&state, QIODevice::WriteOnly);
    out << outer_->saveState() << inner_->saveState();
    return state;
}

void Workbench::setPanels(const QByteArray& state)
{
    QByteArray outer, inner;
    QDataStream in(state);
    in >> outer >> inner;
    if (in.status() == QDataStream::Ok && !outer.isEmpty()) {
        outer_->restoreState(outer);
        inner_->restoreState(inner);
        placedByUser_ = true;
    }
}

} // namespace packetarium
