// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/sandbox_tools.h"

#include "ui/paint/network_icons.h"
#include "ui/paint/primitives.h"
#include "ui/paint/text_ruler.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPainter>

namespace packetarium {
namespace {

class ToolButton : public QAbstractButton {
public:
    ToolButton(SandboxTool tool, QWidget* parent)
        : QAbstractButton(parent)
        , tool_(tool)
    {
        setCheckable(true);
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }
    void setTheme(const Theme& theme)
    {
        theme_ = theme;
        updateGeometry();
        update();
    }
    void setWordy(bool on)
    {
        wordy_ = on;
        updateGeometry();
        update();
    }
    QSize sizeHint() const override
    {
        const double words = wordy_ ? TextRuler(theme_).width(TextStyle::Small, text()) + theme_.px(6) : 0;
        return {static_cast<int>(theme_.px(40) + words), static_cast<int>(theme_.px(30))};
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter p(this);
        p.setRenderHint(QPainter::Antialiasing);
        const QRectF box = QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5);
        const bool marked = isChecked() || underMouse();
        p.setPen(hasFocus()    ? linePen(theme_.color(Role::Focus), 2)
                 : isChecked() ? linePen(theme_.color(Role::Accent), 1.5)
                               : QPen(Qt::NoPen));
        p.setBrush(marked || hasFocus() ? QBrush(theme_.color(isChecked() ? Role::AccentTint : Role::Hover))
                                        : QBrush(Qt::NoBrush));
        p.drawRoundedRect(box, theme_.px(6), theme_.px(6));
        const QRectF drawing(theme_.px(7), height() / 2.0 - theme_.px(10), theme_.px(26), theme_.px(20));
        drawTool(p, drawing);
        if (wordy_)
            drawText(p, theme_, TextStyle::Small, theme_.color(Role::Ink),
                     QRectF(drawing.right() + theme_.px(5), 0, width(), height()), Qt::AlignLeft | Qt::AlignVCenter,
                     text());
    }

private:
    void drawTool(QPainter& p, const QRectF& box)
    {
        const QColor ink = theme_.color(Role::Ack);
        switch (tool_) {
        case SandboxTool::Choose: {
            p.setPen(linePen(ink, theme_.px(1.4)));
            p.setBrush(theme_.color(Role::Card));
            const QPointF tip(box.center().x() - theme_.px(4), box.top() + theme_.px(2));
            const double s = theme_.px(1);
            p.drawPolygon(QPolygonF{tip, tip + QPointF(0, 15 * s), tip + QPointF(3.6 * s, 11.6 * s),
                                    tip + QPointF(6.2 * s, 16.6 * s), tip + QPointF(8.6 * s, 15.4 * s),
                                    tip + QPointF(6.2 * s, 10.6 * s), tip + QPointF(10.6 * s, 10.4 * s)});
            break;
        }
        case SandboxTool::Host: drawNodeIcon(p, theme_, NodeLook::Host, box); break;
        case SandboxTool::Switch: drawNodeIcon(p, theme_, NodeLook::Switch, box); break;
        case SandboxTool::Router: drawNodeIcon(p, theme_, NodeLook::Router, box); break;
        case SandboxTool::Hub: drawNodeIcon(p, theme_, NodeLook::Hub, box); break;
        case SandboxTool::Cable: {
            const QPointF from(box.left() + theme_.px(2), box.bottom() - theme_.px(4));
            const QPointF to(box.right() - theme_.px(2), box.top() + theme_.px(4));
            p.setPen(linePen(ink, theme_.px(2)));
            p.drawLine(from, to);
            p.setBrush(theme_.color(Role::Card));
            p.drawEllipse(from, theme_.px(3), theme_.px(3));
            p.drawEllipse(to, theme_.px(3), theme_.px(3));
            break;
        }
        }
    }

    SandboxTool tool_;
    Theme theme_ = Theme::make(ThemeKind::Light);
    bool wordy_ = false;
};

} // namespace

ToolPalette::ToolPalette(QWidget* parent)
    : QWidget(parent)
    , group_(new QButtonGroup(this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    for (const SandboxTool tool : kSandboxTools) {
        auto* button = new ToolButton(tool, this);
        buttons_[static_cast<std::size_t>(tool)] = button;
        group_->addButton(button, static_cast<int>(tool));
        row->addWidget(button);
    }
    button(SandboxTool::Choose)->setChecked(true);
    connect(group_, &QButtonGroup::idClicked, this, [this](int id) {
        tool_ = static_cast<SandboxTool>(id);
        emit toolChosen(tool_);
    });
    retranslate();
}

void ToolPalette::setTool(SandboxTool tool)
{
    if (tool == tool_)
        return;
    tool_ = tool;
    button(tool)->setChecked(true);
    emit toolChosen(tool);
}

void ToolPalette::setTheme(const Theme& theme)
{
    for (QAbstractButton* each : buttons_)
        static_cast<ToolButton*>(each)->setTheme(theme);
}

void ToolPalette::setWordy(bool on)
{
    for (QAbstractButton* each : buttons_)
        static_cast<ToolButton*>(each)->setWordy(on);
}

void ToolPalette::retranslate()
{
    const std::array<std::pair<QString, QString>, kSandboxTools.size()> words{{
        {tr("Choose"), tr("Choose and move (Esc)")},
        {tr("Host"), tr("Add a host")},
        {tr("Switch"), tr("Add a switch")},
        {tr("Router"), tr("Add a router")},
        {tr("Hub"), tr("Add a hub")},
        {tr("Cable"), tr("Join two nodes by a cable")},
    }};
    for (std::size_t i = 0; i < words.size(); ++i) {
        buttons_[i]->setText(words[i].first);
        buttons_[i]->setToolTip(words[i].second);
        buttons_[i]->setAccessibleName(words[i].second);
        buttons_[i]->updateGeometry();
    }
    setAccessibleName(tr("Tools"));
}

QString ToolPalette::hint() const
{
    switch (tool_) {
    case SandboxTool::Choose: return tr("Click a node or a cable to set it up; drag a node to move it.");
    case SandboxTool::Host: return tr("Click where the host shall stand.");
    case SandboxTool::Switch: return tr("Click where the switch shall stand.");
    case SandboxTool::Router: return tr("Click where the router shall stand.");
    case SandboxTool::Hub: return tr("Click where the hub shall stand.");
    case SandboxTool::Cable: return tr("Drag from one node to another, or click one after the other.");
    }
    return {};
}

} // namespace packetarium
