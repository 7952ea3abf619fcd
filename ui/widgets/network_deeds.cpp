// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/network_deeds.h"

#include "ui/i18n/catalogue_network.h"

#include <QMenu>

namespace packetarium {
namespace {

QString nameOf(NetworkDeed deed)
{
    switch (deed) {
    case NetworkDeed::Unplug: return PacketActions::tr("Pull the cable");
    case NetworkDeed::Plug: return PacketActions::tr("Plug the cable in");
    case NetworkDeed::PowerOff: return PacketActions::tr("Power off");
    case NetworkDeed::PowerOn: return PacketActions::tr("Power on");
    }
    return {};
}

QString purposeOf(NetworkDeed deed)
{
    switch (deed) {
    case NetworkDeed::Unplug: return PacketActions::tr("Loses what is on the cable, and nothing passes any more.");
    case NetworkDeed::Plug: return PacketActions::tr("Lets packets pass again.");
    case NetworkDeed::PowerOff: return PacketActions::tr("Forgets its tables and connections, and answers no more.");
    case NetworkDeed::PowerOn: return PacketActions::tr("Starts it again, with empty tables.");
    }
    return {};
}

/// Plugged, or on, at the instant shown.
bool isUp(const Session& session, const Selection& what)
{
    bool up = true;
    const auto records = session.trace().records();
    for (std::size_t i = 0; i < session.moment().recordsDone && i < records.size(); ++i) {
        const Record& r = records[i];
        const bool link = what.kind == Selection::Kind::Link && r.kind == RecordKind::LinkState &&
                          r.value == static_cast<std::uint64_t>(what.index);
        const bool node = what.kind == Selection::Kind::Host && r.kind == RecordKind::NodeState && r.host == what.host;
        if (link || node)
            up = r.a != 0;
    }
    return up;
}

bool isAboutLink(NetworkDeed deed)
{
    return deed == NetworkDeed::Unplug || deed == NetworkDeed::Plug;
}

bool exists(const Session& session, const Selection& what)
{
    if (!session.hasRun() || !session.scenario().isNetwork())
        return false;
    if (what.kind == Selection::Kind::Link)
        return what.index >= 0 && static_cast<std::size_t>(what.index) < session.scenario().links.size();
    return what.kind == Selection::Kind::Host && what.host && what.host.value() < session.trace().nodes().size();
}

} // namespace

QString whyNot(const Session& session, const Selection& what, NetworkDeed deed)
{
    if (!exists(session, what) || isAboutLink(deed) != (what.kind == Selection::Kind::Link))
        return PacketActions::tr("Choose a node or a cable of a network first.");
    if (session.isCaptured())
        return session.whyReadOnly();
    const bool up = isUp(session, what);
    switch (deed) {
    case NetworkDeed::Unplug: return up ? QString() : PacketActions::tr("It is unplugged already.");
    case NetworkDeed::Plug: return up ? PacketActions::tr("It is plugged in already.") : QString();
    case NetworkDeed::PowerOff: return up ? QString() : PacketActions::tr("It is off already.");
    case NetworkDeed::PowerOn: return up ? PacketActions::tr("It is on already.") : QString();
    }
    return {};
}

void doTo(Session& session, const Selection& what, NetworkDeed deed)
{
    if (!whyNot(session, what, deed).isEmpty())
        return;
    if (isAboutLink(deed)) {
        const NetworkLink& link = session.scenario().links[static_cast<std::size_t>(what.index)];
        if (deed == NetworkDeed::Unplug)
            session.apply(DoUnplug{link.a, link.b});
        else
            session.apply(DoPlug{link.a, link.b});
        return;
    }
    const QString name = QString::fromStdString(session.trace().nodes()[what.host.value()].name);
    if (deed == NetworkDeed::PowerOff)
        session.apply(DoPowerOff{}, name);
    else
        session.apply(DoPowerOn{}, name);
}

bool addNetworkDeeds(QMenu& menu, Session* session, const Selection& what)
{
    if (!exists(*session, what))
        return false;
    const Language language = session->language();
    if (what.kind == Selection::Kind::Link) {
        const NetworkLink& link = session->scenario().links[static_cast<std::size_t>(what.index)];
        menu.addSection(QString::fromStdString(link.a.node + " – " + link.b.node));
    } else {
        menu.addSection(session->hostLabel(what.host) + QStringLiteral(" · ") +
                        fromUtf8(labelOf(session->trace().nodes()[what.host.value()].kind, language)));
    }
    const auto deeds = what.kind == Selection::Kind::Link ? std::array{NetworkDeed::Unplug, NetworkDeed::Plug}
                                                          : std::array{NetworkDeed::PowerOff, NetworkDeed::PowerOn};
    for (const NetworkDeed deed : deeds) {
        const QString reason = whyNot(*session, what, deed);
        QAction* action = menu.addAction(nameOf(deed), session, [session, what, deed] { doTo(*session, what, deed); });
        action->setEnabled(reason.isEmpty());
        action->setToolTip(reason.isEmpty() ? purposeOf(deed) : reason);
    }
    return true;
}

} // namespace packetarium
