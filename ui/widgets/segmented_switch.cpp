// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/segmented_switch.h"

#include "ui/theme/theme_manager.h"
#include "ui/widgets/own_keys.h"

#include <QButtonGroup>
#include <QFontMetricsF>
#include <QHBoxLayout>
#include <QPainter>
#include <QRadioButton>
#include <cmath>

namespace packetarium {
namespace {

class SegmentButton : public QRadioButton {
public:
    explicit SegmentButton(QWidget* parent)
        : QRadioButton(parent)
    {
        setAttribute(Qt::WA_Hover);
        setFocusPolicy(Qt::TabFocus);
        setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
    }
    void setCompact(bool on) { compact_ = on; }

    QSize sizeHint() const override
    {
        const Theme& theme = ThemeManager::current().theme();
        const double text = QFontMetricsF(textFont(theme)).horizontalAdvance(this->text());
        return {static_cast<int>(std::ceil(text + theme.px(compact_ ? 18 : 30))),
                static_cast<int>(theme.px(compact_ ? 26 : 30))};
    }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    bool event(QEvent* event) override
    {
        return claimsKey(event, {Qt::Key_Space, Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down}) ||
               QRadioButton::event(event);
    }
    bool hitButton(const QPoint& position) const override { return rect().contains(position); }

    void paintEvent(QPaintEvent*) override
    {
        const Theme& theme = ThemeManager::current().theme();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF pill = QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5);
        const double radius = pill.height() / 2;
        const bool hovered = isEnabled() && underMouse() && !isChecked();
        painter.setPen(Qt::NoPen);
        if (isChecked() || hovered) {
            painter.setBrush(theme.color(!isChecked() ? Role::Hover : isEnabled() ? Role::Accent : Role::Disabled));
            painter.drawRoundedRect(pill, radius, radius);
        }
        if (hasFocus()) {
            painter.setPen(QPen(theme.color(isChecked() ? Role::OnAccent : Role::Focus), 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(pill.adjusted(2.5, 2.5, -2.5, -2.5), radius - 2.5, radius - 2.5);
        }
        painter.setPen(theme.color(isChecked() ? Role::OnAccent : isEnabled() ? Role::Muted : Role::Disabled));
        painter.setFont(textFont(theme));
        painter.drawText(rect(), Qt::AlignCenter, text());
    }

private:
    QFont textFont(const Theme& theme) const
    {
        QFont font = theme.font(compact_ ? TextStyle::Small : TextStyle::Body);
        font.setWeight(QFont::DemiBold);
        return font;
    }

    bool compact_ = false;
};

} // namespace

SegmentedSwitch::SegmentedSwitch(QWidget* parent)
    : QWidget(parent)
    , group_(new QButtonGroup(this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(group_, &QButtonGroup::idClicked, this, &SegmentedSwitch::chosen);
    connect(&ThemeManager::current(), &ThemeManager::themeChanged, this, [this] {
        for (QAbstractButton* button : group_->buttons())
            button->updateGeometry();
        update();
    });
}

void SegmentedSwitch::setSegments(const std::vector<Segment>& segments)
{
    if (segments == segments_)
        return;
    segments_ = segments;
    const int wanted = static_cast<int>(segments.size());
    while (count() > wanted)
        delete group_->button(count() - 1);
    while (count() < wanted) {
        auto* button = new SegmentButton(this);
        button->setCompact(compact_);
        layout()->addWidget(button);
        group_->addButton(button, count());
    }
    for (int i = 0; i < wanted; ++i) {
        QAbstractButton* button = group_->button(i);
        const Segment& segment = segments[static_cast<std::size_t>(i)];
        button->setText(segment.text);
        button->setAccessibleName(segment.spokenName.isEmpty() ? segment.text : segment.spokenName);
        button->setToolTip(segment.toolTip);
        button->updateGeometry();
    }
    if (group_->checkedId() < 0 && wanted > 0)
        group_->button(0)->setChecked(true);
}

int SegmentedSwitch::count() const
{
    return static_cast<int>(group_->buttons().size());
}

int SegmentedSwitch::currentIndex() const
{
    return group_->checkedId();
}

void SegmentedSwitch::setCurrentIndex(int index)
{
    if (QAbstractButton* button = group_->button(index))
        button->setChecked(true);
}

void SegmentedSwitch::setCompact(bool on)
{
    compact_ = on;
    for (QAbstractButton* button : group_->buttons())
        static_cast<SegmentButton*>(button)->setCompact(on);
    updateGeometry();
}

void SegmentedSwitch::paintEvent(QPaintEvent*)
{
    const Theme& theme = ThemeManager::current().theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.kind() == ThemeKind::HighContrast ? QPen(theme.color(Role::LineStrong), 1) : QPen(Qt::NoPen));
    painter.setBrush(theme.color(Role::Sunken));
    const QRectF pill = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);
}

} // namespace packetarium
