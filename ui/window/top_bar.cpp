// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/top_bar.h"

#include "ui/session/session.h"
#include "ui/theme/theme_manager.h"
#include "ui/widgets/own_keys.h"
#include "ui/widgets/segmented_switch.h"
#include "ui/window/actions.h"
#include "ui/window/icon_button.h"
#include "ui/window/logo.h"

#include <QAbstractButton>
#include <QBoxLayout>
#include <QMenuBar>
#include <QPainter>

namespace packetarium {

/// The logo and the program's name, which lead home.
class TopBar::Brand : public QAbstractButton {
public:
    explicit Brand(QWidget* parent)
        : QAbstractButton(parent)
    {
        setFocusPolicy(Qt::TabFocus);
        setCursor(Qt::PointingHandCursor);
    }
    QSize sizeHint() const override
    {
        const QFontMetricsF metrics(ThemeManager::current().theme().font(TextStyle::Title));
        return {static_cast<int>(metrics.horizontalAdvance(text())) + 44, 36};
    }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    bool event(QEvent* event) override { return claimsKey(event, {Qt::Key_Space}) || QAbstractButton::event(event); }
    void paintEvent(QPaintEvent*) override
    {
        const Theme& theme = ThemeManager::current().theme();
        QPainter p(this);
        p.setRenderHint(QPainter::Antialiasing);
        paintLogo(p, QRectF(4, (height() - 22) / 2.0, 22, 22), theme);
        p.setFont(theme.font(TextStyle::Title));
        p.setPen(theme.color(Role::Ink));
        p.drawText(QRectF(36, 0, width() - 36, height()), Qt::AlignVCenter | Qt::AlignLeft, text());
        if (hasFocus()) {
            p.setPen(QPen(theme.color(Role::Focus), 2));
            p.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 8, 8);
        }
    }
};

TopBar::TopBar(Session& session, Actions& actions, QMenuBar* menus, QWidget* parent)
    : QWidget(parent)
    , session_(&session)
    , menus_(menus)
{
    setFixedHeight(52);
    brand_ = new Brand(this);
    brand_->setObjectName(QStringLiteral("home-brand"));
    languages_ = new SegmentedSwitch(this);
    predict_ = new IconButton(Icon::Predict, actions.predict, this);
    predict_->setWordShown(true);
    theme_ = new IconButton(Icon::Theme, actions.themeNext, this);
    projector_ = new IconButton(Icon::Projector, actions.projector, this);
    projector_->setWordShown(true);

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 18, 0);
    row->setSpacing(8);
    row->addWidget(brand_);
    row->addWidget(menus_, 0, Qt::AlignVCenter);
    row->addStretch();
    row->addWidget(predict_);
    row->addWidget(languages_);
    row->addWidget(theme_);
    row->addWidget(projector_);
    menus_->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);

    connect(brand_, &QAbstractButton::clicked, this, &TopBar::homeWanted);
    connect(languages_, &SegmentedSwitch::chosen, this,
            [this](int index) { session_->setLanguage(index == 0 ? Language::Chinese : Language::English); });
    for (const auto signal : {&Session::runChanged, &Session::momentChanged, &Session::stopsChanged,
                              &Session::presentationChanged, &Session::documentChanged})
        connect(session_, signal, this, &TopBar::refresh);
    connect(&ThemeManager::current(), &ThemeManager::themeChanged, this, qOverload<>(&QWidget::update));
    retranslate();
}

void TopBar::retranslate()
{
    brand_->setText(tr("Packetarium"));
    brand_->setToolTip(tr("Home page"));
    brand_->setAccessibleName(tr("Packetarium: home page"));
    brand_->updateGeometry();
    // Each language is named in itself, so that whoever needs it can read it.
    languages_->setSegments(
        {{QStringLiteral("中"), QStringLiteral("中文"), {}}, {QStringLiteral("EN"), QStringLiteral("English"), {}}});
    languages_->setAccessibleName(tr("Language"));
    projector_->updateGeometry();
    predict_->updateGeometry();
    showWhatFits();
    refresh();
}

void TopBar::setStageShown(bool on)
{
    stageShown_ = on;
    projector_->setVisible(on);
    showWhatFits();
    refresh();
}

/// In a narrow window the title needs the room more; the menu still has the action.
void TopBar::showWhatFits()
{
    constexpr int kRoomForAll = 1200;
    predict_->setVisible(stageShown_ && width() >= kRoomForAll);
}

void TopBar::refresh()
{
    languages_->setCurrentIndex(session_->language() == Language::Chinese ? 0 : 1);
    QString title;
    name_ = session_->title();
    if (stageShown_ && session_->hasRun()) {
        title = name_;
        const int number = session_->currentStop() + 1;
        const auto count = static_cast<int>(session_->stops().size());
        if (number > 0 && count > 1)
            title = tr("%1 · step %2 of %3").arg(title).arg(number).arg(count);
        if (session_->isModified())
            title += QStringLiteral(" *");
    }
    if (title == title_)
        return;
    title_ = title;
    setAccessibleDescription(title_);
    update(); // what stood there may have had more room than what comes
}

bool TopBar::event(QEvent* event)
{
    if (event->type() == QEvent::LayoutRequest) // the title's room changes with what is beside it
        update();
    return QWidget::event(event);
}

QRect TopBar::titleRect() const
{
    const int left = menus_->geometry().right() + 12;
    const int right = (predict_->isHidden() ? languages_->geometry() : predict_->geometry()).left() - 12;
    return {left, 0, std::max(0, right - left), height()};
}

void TopBar::paintEvent(QPaintEvent*)
{
    const Theme& theme = ThemeManager::current().theme();
    QPainter p(this);
    p.fillRect(rect(), theme.color(Role::Card));
    p.fillRect(QRect(0, height() - 1, width(), 1), theme.color(Role::Line));
    if (title_.isEmpty())
        return;
    const QFont font = theme.font(TextStyle::Heading);
    const QFontMetrics metrics(font);
    const QRect room = titleRect();
    // What does not fit is taken from the name; which step it is stays readable.
    QString shown = title_;
    if (const int excess = metrics.horizontalAdvance(title_) - room.width(); excess > 0) {
        const int left = std::max(0, metrics.horizontalAdvance(name_) - excess);
        shown.replace(name_, metrics.elidedText(name_, Qt::ElideRight, left));
    }
    const int width = metrics.horizontalAdvance(shown);
    // In the middle of the window where there is room for that, else as near to it as possible.
    const int x = std::clamp((this->width() - width) / 2, room.left(), std::max(room.left(), room.right() - width));
    p.setFont(font);
    p.setPen(theme.color(Role::Ink));
    p.drawText(QRect(x, 0, width + 2, height() - 1), Qt::AlignVCenter | Qt::AlignLeft, shown);
}

void TopBar::resizeEvent(QResizeEvent* event)
{
    showWhatFits();
    update();
    QWidget::resizeEvent(event);
}

} // namespace packetarium
