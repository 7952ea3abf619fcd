// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/selection_detail_network.h"

#include "ui/i18n/catalogue_network.h"
#include "ui/i18n/catalogue_parcel.h"
#include "ui/paint/layers_story.h"
#include "ui/widgets/panel.h"

#include <QCoreApplication>

namespace packetarium {
namespace {

/// The words of this file.
class NetworkDetail {
    Q_DECLARE_TR_FUNCTIONS(NetworkDetail)
};

QString text(const std::string& words)
{
    return QString::fromStdString(words);
}

/// "100 Mbit/s": exact, in the largest unit that leaves a whole number.
QString bandwidth(std::uint64_t bitsPerSecond)
{
    if (bitsPerSecond == 0)
        return NetworkDetail::tr("without limit");
    if (bitsPerSecond % 1'000'000'000 == 0)
        return NetworkDetail::tr("%1 Gbit/s").arg(bitsPerSecond / 1'000'000'000);
    if (bitsPerSecond % 1'000'000 == 0)
        return NetworkDetail::tr("%1 Mbit/s").arg(bitsPerSecond / 1'000'000);
    if (bitsPerSecond % 1000 == 0)
        return NetworkDetail::tr("%1 kbit/s").arg(bitsPerSecond / 1000);
    return NetworkDetail::tr("%1 bit/s").arg(bitsPerSecond);
}

} // namespace

Detail nodeDetail(const Session& session, NodeId id)
{
    const auto nodes = session.trace().nodes();
    if (!id || id.value() >= nodes.size())
        return {};
    const TraceNode& node = nodes[id.value()];
    Detail detail;
    detail.title = NetworkDetail::tr("Selected node");
    detail.headline = session.hostLabel(id);
    detail.rows.push_back({NetworkDetail::tr("Kind"), fromUtf8(labelOf(node.kind, session.language()))});
    for (const IpPrefix& address : node.addresses)
        detail.rows.push_back({NetworkDetail::tr("Address"), text(address.toString())});
    for (const MacAddress& mac : node.macs)
        detail.rows.push_back({NetworkDetail::tr("MAC address"), text(mac.toString())});
    int cables = 0;
    for (const TraceLink& link : session.trace().links())
        cables += link.a == id || link.b == id ? 1 : 0;
    detail.rows.push_back({NetworkDetail::tr("Cables"), QString::number(cables)});
    detail.text = fromUtf8(explain(node.kind, session.language()));
    return detail;
}

Detail linkDetail(const Session& session, int index)
{
    const auto links = session.trace().links();
    if (index < 0 || static_cast<std::size_t>(index) >= links.size())
        return {};
    const TraceLink& link = links[static_cast<std::size_t>(index)];
    Detail detail;
    detail.title = NetworkDetail::tr("Selected cable");
    detail.headline = session.hostLabel(link.a) + QStringLiteral(" \u2013 ") + session.hostLabel(link.b);
    detail.rows.push_back({NetworkDetail::tr("Bandwidth"), bandwidth(link.bitsPerSecond)});
    detail.rows.push_back({NetworkDetail::tr("Delay"), text(durationText(link.delay, session.language()))});
    int flying = 0;
    for (const PacketMoment& packet : session.moment().inFlight)
        flying += session.trace().packet(packet.id).link.value() == index ? 1 : 0;
    detail.rows.push_back({NetworkDetail::tr("Under way now"), QString::number(flying)});
    return detail;
}

Detail layerDetail(const Session& session, NodeId node, int index)
{
    if (!node || node.value() >= session.trace().nodes().size() || index < 0 || index > kPresentationIndex)
        return {};
    const Language language = session.language();
    const bool osi = session.layersLook().osi;
    const OsiLayer layer =
        index == kSessionIndex ? OsiLayer::Session
        : index == kPresentationIndex
            ? OsiLayer::Presentation
            : std::array{OsiLayer::Physical, OsiLayer::DataLink, OsiLayer::Network, OsiLayer::Transport,
                         OsiLayer::Application}[static_cast<std::size_t>(index)];
    const Layer own = tcpIpLayer(layer);
    Detail detail;
    detail.title = NetworkDetail::tr("Selected layer");
    detail.headline = osi ? fromUtf8(labelOf(layer, language)) : fromUtf8(labelOf(own, language));
    detail.rows.push_back({NetworkDetail::tr("Node"), session.hostLabel(node)});
    if (const PacketId packet = packetOfAct(session.scene())) {
        const FrameBytes frame = session.trace().bytes(packet);
        const std::string protocol = layer == OsiLayer::Session        ? sessionOf(frame, language)
                                     : layer == OsiLayer::Presentation ? presentationOf(frame, language)
                                                                       : protocolAt(frame, own, language);
        if (!protocol.empty())
            detail.rows.push_back({NetworkDetail::tr("Here"), text(protocol)});
    }
    detail.rows.push_back({NetworkDetail::tr("In the other model"),
                           osi ? fromUtf8(labelOf(own, language)) : fromUtf8(labelOf(layer, language))});
    detail.text = osi ? fromUtf8(explain(layer, language)) : fromUtf8(explain(own, language));
    if (session.layersLook().parcel)
        detail.text += QLatin1Char('\n') + fromUtf8(packerWork(layer, language));
    return detail;
}

Detail rowDetail(const Session& session, int index)
{
    const auto rows = session.trace().tableRows();
    if (index < 0 || static_cast<std::size_t>(index) >= rows.size())
        return {};
    const TableRow& row = rows[static_cast<std::size_t>(index)];
    const Language language = session.language();
    Detail detail;
    detail.title = fromUtf8(labelOf(row.kind, language));
    detail.rows.push_back({NetworkDetail::tr("Node"), session.hostLabel(row.node)});
    const QString port = NetworkDetail::tr("Port");
    switch (row.kind) {
    case TableKind::Arp:
    case TableKind::Neighbor:
        detail.headline = text(row.prefix.address.toString());
        detail.rows.push_back({NetworkDetail::tr("MAC address"), text(row.mac.toString())});
        break;
    case TableKind::Switch:
        detail.headline = text(row.mac.toString());
        detail.rows.push_back({port, QString::number(row.port + 1)});
        break;
    case TableKind::Route:
        detail.headline = text(row.prefix.toString());
        detail.rows.push_back({NetworkDetail::tr("Next hop"),
                               row.via.isUnspecified() ? NetworkDetail::tr("on this link") : text(row.via.toString())});
        detail.rows.push_back({port, QString::number(row.port + 1)});
        break;
    case TableKind::Dns:
        detail.headline = text(row.name);
        detail.rows.push_back({NetworkDetail::tr("Data"), text(row.data)});
        break;
    case TableKind::SynQueue:
    case TableKind::AcceptQueue:
        detail.headline = text(row.name);
        detail.rows.push_back({NetworkDetail::tr("Places in the queue"), text(row.data)});
        break;
    }
    if (row.expires != SimTime::never() && row.expires > session.now())
        detail.rows.push_back(
            {NetworkDetail::tr("Expires in"), text(durationText(row.expires - session.now(), language))});
    detail.text = fromUtf8(explain(row.kind, language));
    return detail;
}

} // namespace packetarium
