// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/details_column.h"

#include "ui/session/session.h"
#include "ui/theme/theme_manager.h"
#include "ui/widgets/application_bar.h"
#include "ui/widgets/control_block_panel.h"
#include "ui/widgets/inspector_panel.h"
#include "ui/widgets/packet_actions.h"
#include "ui/widgets/why_panel.h"

#include <QBoxLayout>
#include <QPainter>
#include <QScrollArea>

namespace packetarium {

DetailsColumn::DetailsColumn(Session& session, QWidget* parent)
    : QWidget(parent)
{
    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setObjectName(QStringLiteral("details"));
    auto* content = new QWidget(area);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(14, 14, 14, 14);
    column->setSpacing(16);
    column->addWidget(new InspectorPanel(&session, content));
    column->addWidget(new WhyPanel(&session, content));
    column->addWidget(new ControlBlockPanel(&session, content));
    column->addStretch(1);
    area->setWidget(content);

    packets_ = new PacketActions(&session, this);
    programs_ = new ApplicationBar(&session, this);
    auto* below = new QVBoxLayout;
    below->setContentsMargins(14, 8, 14, 12);
    below->setSpacing(8);
    below->addWidget(packets_);
    below->addWidget(programs_);

    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(1, 0, 0, 0);
    whole->setSpacing(0);
    whole->addWidget(area, 1);
    whole->addLayout(below);
    connect(&ThemeManager::current(), &ThemeManager::themeChanged, this, qOverload<>(&QWidget::update));
}

void DetailsColumn::paintEvent(QPaintEvent*)
{
    const Theme& theme = ThemeManager::current().theme();
    QPainter p(this);
    p.fillRect(rect(), theme.color(Role::Background));
    p.fillRect(QRect(0, 0, 1, height()), theme.color(Role::Line));
}

} // namespace packetarium
