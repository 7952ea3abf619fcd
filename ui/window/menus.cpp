// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/menus.h"

#include "ui/session/session.h"
#include "ui/session/settings.h"
#include "ui/theme/theme_manager.h"
#include "ui/widgets/application_bar.h"

#include <QFileInfo>
#include <QMenu>
#include <QPainter>

namespace packetarium {

Menus::Menus(Session& session, Actions& a, QWidget* parent)
    : QMenuBar(parent)
    , session_(&session)
{
    setNativeMenuBar(false);
    const auto fill = [](QMenu* menu, std::initializer_list<QAction*> actions) {
        for (QAction* action : actions)
            if (action)
                menu->addAction(action);
            else
                menu->addSeparator();
    };
    file_ = addMenu(QString());
    fill(file_, {a.home, nullptr, a.sandbox, a.newNetwork, a.open});
    recent_ = file_->addMenu(QString());
    fill(file_, {nullptr, a.save, a.saveAs, a.exportPicture, a.exportCapture, a.wireshark, nullptr, a.conversations,
                 nullptr, a.quit});

    edit_ = addMenu(QString());
    fill(edit_, {a.undo, a.redo, nullptr, a.search});

    packet_ = addMenu(QString());
    programs_ = addMenu(QString());

    play_ = addMenu(QString());
    fill(play_, {a.next, a.previous, a.nextFine, a.previousFine, nullptr, a.play, a.toStart, a.toEnd, nullptr, a.slower,
                 a.faster, a.normalSpeed, nullptr, a.predict});

    view_ = addMenu(QString());
    fill(view_,
         {a.sequence, a.states, a.layers, a.network, a.windows, a.plots, nullptr, a.compare, a.endComparison, nullptr});
    numbers_ = view_->addMenu(QString());
    fill(numbers_, {a.numbers[0], a.numbers[1], a.numbers[2], nullptr, a.numbersNext});
    theme_ = view_->addMenu(QString());
    fill(theme_, {a.themes[0], a.themes[1], a.themes[2], a.themes[3], nullptr, a.themeNext});
    fill(view_, {a.reducedMotion, nullptr, a.language, nullptr, a.projector, a.blank, a.leave});

    help_ = addMenu(QString());
    fill(help_, {a.keys, a.about});

    clearRecent_ = new QAction(this);
    connect(clearRecent_, &QAction::triggered, this, [this] { session_->settings().clearRecentFiles(); });
    connect(recent_, &QMenu::aboutToShow, this, &Menus::fillRecent);
    connect(programs_, &QMenu::aboutToShow, this, &Menus::fillPrograms);
    connect(&ThemeManager::current(), &ThemeManager::themeChanged, this, qOverload<>(&QWidget::update));
    retranslate();
}

void Menus::paintEvent(QPaintEvent*)
{
    // The style's own bar has a frame and a colour of its own; here it is part of the window's top bar.
    const Theme& theme = ThemeManager::current().theme();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.fillRect(rect(), theme.color(Role::Card));
    p.setFont(font());
    const bool byKeyboard = hasFocus() || activeAction();
    for (QAction* action : actions()) {
        const QRect box = actionGeometry(action);
        const bool active = action == activeAction() && action->isEnabled();
        if (active) {
            p.setPen(Qt::NoPen);
            p.setBrush(theme.color(Role::Hover));
            p.drawRoundedRect(box.adjusted(0, 1, 0, -1), 6, 6);
        }
        p.setPen(theme.color(action->isEnabled() ? Role::Ink : Role::Disabled));
        // The letters to press with Alt are shown once the keyboard is here.
        if (byKeyboard)
            p.drawText(box, Qt::AlignCenter | Qt::TextShowMnemonic, action->text());
        else
            p.drawText(box, Qt::AlignCenter, plainText(action));
    }
}

void Menus::setPacketActions(const QList<QAction*>& actions)
{
    packet_->addActions(actions);
}

void Menus::setStageShown(bool on)
{
    for (QMenu* menu : {packet_, programs_, play_})
        menu->menuAction()->setEnabled(on);
}

void Menus::fillPrograms()
{
    programs_->clear();
    programs_->setToolTipsVisible(true);
    for (std::size_t i = 0; i < session_->scenario().hosts.size(); ++i) {
        const NodeId host(static_cast<std::uint8_t>(i));
        programs_->addSection(session_->hostLabel(host));
        for (const AppCall call : kProgramCalls) {
            const QString reason = whyNotCall(*session_, host, call);
            QAction* action = programs_->addAction(fromUtf8(labelOf(call, session_->language())));
            action->setEnabled(reason.isEmpty());
            action->setToolTip(reason);
            connect(action, &QAction::triggered, this, [this, host, call] { emit callChosen(host, call); });
        }
    }
}

void Menus::fillRecent()
{
    recent_->clear();
    for (const QString& path : session_->settings().recentFiles()) {
        QString name = QFileInfo(path).fileName();
        QAction* action = recent_->addAction(name.replace(QLatin1Char('&'), QLatin1String("&&")));
        action->setToolTip(path);
        connect(action, &QAction::triggered, this, [this, path] { emit recentChosen(path); });
    }
    if (recent_->isEmpty())
        recent_->addAction(tr("None yet"))->setEnabled(false);
    else {
        recent_->addSeparator();
        recent_->addAction(clearRecent_);
    }
}

void Menus::retranslate()
{
    file_->setTitle(tr("&File"));
    recent_->setTitle(tr("&Recent files"));
    edit_->setTitle(tr("&Edit"));
    packet_->setTitle(tr("Pac&ket"));
    programs_->setTitle(tr("P&rograms"));
    play_->setTitle(tr("&Play"));
    view_->setTitle(tr("&View"));
    numbers_->setTitle(tr("Sequence &numbers"));
    theme_->setTitle(tr("&Theme"));
    help_->setTitle(tr("&Help"));
    clearRecent_->setText(tr("&Clear the list"));
    setAccessibleName(tr("Menu bar"));
    if (!recent_->isEmpty())
        fillRecent();
    if (programs_->isVisible())
        fillPrograms();
}

} // namespace packetarium
