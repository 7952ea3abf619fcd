// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/packet_actions.h"

#include "ui/widgets/network_deeds.h"
#include "ui/widgets/pill_button.h"
#include "ui/widgets/selection_detail.h"

#include <QAction>
#include <QGridLayout>
#include <QMenu>
#include <QVBoxLayout>
#include <algorithm>

namespace packetarium {
namespace {

constexpr int kColumns = 3;

QString nameOf(PacketDeed deed)
{
    switch (deed) {
    case PacketDeed::Drop: return PacketActions::tr("Drop");
    case PacketDeed::Delay: return PacketActions::tr("Delay");
    case PacketDeed::Duplicate: return PacketActions::tr("Duplicate");
    case PacketDeed::Corrupt: return PacketActions::tr("Corrupt");
    case PacketDeed::Hold: return PacketActions::tr("Hold");
    case PacketDeed::LetGo: return PacketActions::tr("Let go");
    }
    return {};
}

QString purposeOf(PacketDeed deed)
{
    switch (deed) {
    case PacketDeed::Drop: return PacketActions::tr("Loses this segment on its way.");
    case PacketDeed::Delay: return PacketActions::tr("Lets this segment arrive later.");
    case PacketDeed::Duplicate: return PacketActions::tr("Sends a copy of this segment right after it.");
    case PacketDeed::Corrupt: return PacketActions::tr("Flips one bit of this segment on its way.");
    case PacketDeed::Hold: return PacketActions::tr("Keeps this segment where it is until it is let go.");
    case PacketDeed::LetGo: return PacketActions::tr("Lets the held segment travel on.");
    }
    return {};
}

QKeySequence keyOf(PacketDeed deed)
{
    switch (deed) {
    case PacketDeed::Drop: return QKeySequence(Qt::Key_Delete);
    case PacketDeed::Delay: return QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D);
    case PacketDeed::Duplicate: return QKeySequence(Qt::CTRL | Qt::Key_D);
    case PacketDeed::Corrupt: return QKeySequence(Qt::CTRL | Qt::Key_B);
    case PacketDeed::Hold: return QKeySequence(Qt::CTRL | Qt::Key_H);
    case PacketDeed::LetGo: return QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_H);
    }
    return {};
}

Glyph glyphOf(PacketDeed deed)
{
    switch (deed) {
    case PacketDeed::Drop: return Glyph::Drop;
    case PacketDeed::Delay: return Glyph::Delay;
    case PacketDeed::Duplicate: return Glyph::Duplicate;
    case PacketDeed::Corrupt: return Glyph::Corrupt;
    case PacketDeed::Hold: return Glyph::Hold;
    case PacketDeed::LetGo: return Glyph::LetGo;
    }
    return Glyph::None;
}

bool isHeld(const Session& session, PacketId packet)
{
    return std::ranges::any_of(session.moment().inFlight,
                               [packet](const PacketMoment& each) { return each.id == packet && each.held; });
}

Action actionFor(PacketDeed deed, PacketSelector packet, SimDuration delay)
{
    switch (deed) {
    case PacketDeed::Drop: return DoDrop{std::move(packet)};
    case PacketDeed::Delay: return DoDelay{std::move(packet), delay};
    case PacketDeed::Duplicate: return DoDuplicate{std::move(packet), kCopyAfter};
    case PacketDeed::Corrupt: return DoCorrupt{std::move(packet), 0};
    case PacketDeed::Hold: return DoHold{std::move(packet)};
    case PacketDeed::LetGo: return DoLetGo{std::move(packet)};
    }
    return DoDrop{std::move(packet)};
}

QString tipFor(PacketDeed deed, const QString& reason)
{
    const QString key = keyOf(deed).toString(QKeySequence::NativeText);
    return purposeOf(deed) + QLatin1Char('\n') + (reason.isEmpty() ? PacketActions::tr("Key: %1").arg(key) : reason);
}

} // namespace

QString whyNot(const Session& session, PacketId id, PacketDeed deed)
{
    if (!id || !session.hasRun() || id.value() >= session.trace().packets().size())
        return PacketActions::tr("Choose a segment first.");
    if (session.isCaptured())
        return session.whyReadOnly();
    if (session.trace().packetStore().nth(id) == 0)
        return PacketActions::tr("A copy, or a segment put on the wire by the scenario, stays as it is.");
    if (!session.canActOn(id))
        return PacketActions::tr("Nothing can be done to this segment any more.");
    if (deed == PacketDeed::Hold && isHeld(session, id))
        return PacketActions::tr("It is held already.");
    if (deed == PacketDeed::LetGo && !isHeld(session, id))
        return PacketActions::tr("It is not held.");
    return {};
}

void doTo(Session& session, PacketId id, PacketDeed deed, SimDuration delay)
{
    if (!whyNot(session, id, deed).isEmpty())
        return;
    const PacketInfo& packet = session.trace().packet(id);
    const std::string from = session.trace().nodes()[packet.from.value()].name;
    session.apply(actionFor(deed, PacketSelector{from, packet.nth}, delay));
}

QMenu* makePacketMenu(Session* session, const Selection& selection, QWidget* parent)
{
    auto* menu = new QMenu(parent);
    menu->setToolTipsVisible(true);
    if (addNetworkDeeds(*menu, session, selection))
        return menu;
    if (selection.kind != Selection::Kind::Packet) {
        const Detail detail = detailOf(*session, selection);
        QAction* title =
            menu->addAction(detail.empty() ? PacketActions::tr("Choose a segment first.") : detail.headline);
        title->setEnabled(false);
        return menu;
    }
    const PacketId id = selection.packet;
    if (id && id.value() < session->trace().packets().size())
        menu->addSection(packetName(session->trace().packet(id)));
    for (const PacketDeed deed : kPacketDeeds) {
        const QString reason = whyNot(*session, id, deed);
        if (deed == PacketDeed::Delay) {
            QMenu* delays = menu->addMenu(nameOf(deed));
            delays->setEnabled(reason.isEmpty());
            delays->menuAction()->setToolTip(tipFor(deed, reason));
            for (const SimDuration delay : kPacketDelays)
                delays->addAction(QString::fromStdString(durationText(delay, session->language())), session,
                                  [session, id, delay] { doTo(*session, id, PacketDeed::Delay, delay); });
            continue;
        }
        QAction* action = menu->addAction(nameOf(deed), session, [session, id, deed] { doTo(*session, id, deed); });
        action->setShortcut(keyOf(deed));
        action->setShortcutVisibleInContextMenu(true);
        action->setEnabled(reason.isEmpty());
        action->setToolTip(tipFor(deed, reason));
    }
    return menu;
}

PacketActions::PacketActions(Session* session, QWidget* parent)
    : Panel(session, parent)
    , delayRow_(new QWidget(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto* grid = new QGridLayout;
    grid->setSpacing(4);
    for (std::size_t i = 0; i < kPacketDeeds.size(); ++i) {
        const PacketDeed deed = kPacketDeeds[i];
        actions_[i] = new QAction(this);
        actions_[i]->setShortcut(keyOf(deed));
        actions_[i]->setShortcutContext(Qt::WindowShortcut);
        connect(actions_[i], &QAction::triggered, this, [this, deed] { perform(deed); });
        buttons_[i] = new PillButton(this);
        buttons_[i]->setCompact(true);
        buttons_[i]->setGlyph(glyphOf(deed));
        buttons_[i]->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        connect(buttons_[i], &QPushButton::clicked, actions_[i], &QAction::trigger);
        const int at = static_cast<int>(i);
        grid->addWidget(buttons_[i], at / kColumns, at % kColumns);
    }
    addActions(menuActions());
    buttons_[static_cast<std::size_t>(PacketDeed::Drop)]->setTone(PillButton::Tone::Danger);
    buttons_[static_cast<std::size_t>(PacketDeed::Delay)]->setCheckable(true);

    auto* delays = new QHBoxLayout(delayRow_);
    delays->setContentsMargins(0, 0, 0, 0);
    delays->setSpacing(4);
    for (std::size_t i = 0; i < kPacketDelays.size(); ++i) {
        delays_[i] = new PillButton(delayRow_);
        delays_[i]->setCompact(true);
        delays_[i]->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        delays->addWidget(delays_[i]);
        connect(delays_[i], &QPushButton::clicked, this, [this, i] {
            showDelays(false);
            doTo(this->session(), inspectedPacket(this->session()), PacketDeed::Delay, kPacketDelays[i]);
        });
    }
    column->addWidget(delayRow_);
    column->addLayout(grid);
    delayRow_->hide();
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    start();
}

QList<QAction*> PacketActions::menuActions() const
{
    return QList<QAction*>(actions_.begin(), actions_.end());
}

void PacketActions::perform(PacketDeed deed)
{
    if (deed == PacketDeed::Delay)
        return showDelays(delayRow_->isHidden());
    showDelays(false);
    doTo(session(), inspectedPacket(session()), deed);
}

void PacketActions::showDelays(bool on)
{
    buttons_[static_cast<std::size_t>(PacketDeed::Delay)]->setChecked(on);
    delayRow_->setVisible(on);
    if (on)
        delays_.front()->setFocus(Qt::ShortcutFocusReason);
}

void PacketActions::restyle()
{
    for (std::size_t i = 0; i < kPacketDelays.size(); ++i) {
        const QString length = QString::fromStdString(durationText(kPacketDelays[i], session().language()));
        delays_[i]->setText(length);
        delays_[i]->setAccessibleName(tr("Delay by %1").arg(length));
    }
    setAccessibleName(tr("What can be done to the segment"));
}

void PacketActions::refresh()
{
    const PacketId id = inspectedPacket(session());
    for (std::size_t i = 0; i < kPacketDeeds.size(); ++i) {
        const PacketDeed deed = kPacketDeeds[i];
        const QString reason = whyNot(session(), id, deed);
        const QString tip = tipFor(deed, reason);
        actions_[i]->setText(deed == PacketDeed::Delay ? nameOf(deed) + QChar(0x2026) : nameOf(deed));
        actions_[i]->setToolTip(tip);
        actions_[i]->setStatusTip(reason);
        actions_[i]->setEnabled(reason.isEmpty());
        buttons_[i]->setText(nameOf(deed));
        buttons_[i]->setToolTip(tip);
        buttons_[i]->setAccessibleName(nameOf(deed));
        buttons_[i]->setAccessibleDescription(tip);
        buttons_[i]->setEnabled(reason.isEmpty());
    }
    if (!actions_[static_cast<std::size_t>(PacketDeed::Delay)]->isEnabled() && !delayRow_->isHidden())
        showDelays(false);
}

} // namespace packetarium
