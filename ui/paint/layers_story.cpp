// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/layers_story.h"

#include "ui/i18n/catalogue_captions.h"
#include "ui/i18n/catalogue_network.h"
#include "ui/i18n/catalogue_words.h"
#include "ui/paint/columns.h"
#include "ui/paint/text_ruler.h"

#include <algorithm>
#include <set>

namespace packetarium {

namespace {

QString in(const Words& words, Language language)
{
    return fromUtf8(words.in(language));
}

bool isLayer(const Record& r)
{
    return r.kind == RecordKind::Layer;
}

/// The packets of one journey: those from which it comes, and all that were passed on from it.
struct Family {
    std::vector<PacketId> back; ///< to the maker's, that one last
    std::map<PacketId, std::vector<PacketId>> children;
    std::set<PacketId> all;
    SimTime from, to;
};

Family familyOf(const Trace& trace, PacketId packet)
{
    Family family;
    for (PacketId p = packet; p; p = trace.packet(p).parent)
        family.back.push_back(p);
    const auto packets = trace.packets();
    const PacketId root = family.back.back();
    family.all.insert(root);
    family.from = trace.packet(root).sentAt;
    family.to = family.from;
    for (std::size_t i = root.value(); i < packets.size(); ++i) {
        const PacketInfo& info = packets[i];
        if (info.parent && family.all.contains(info.parent)) {
            family.all.insert(info.id);
            family.children[info.parent].push_back(info.id);
        }
        if (family.all.contains(info.id))
            family.to = std::max(family.to, info.endAt == SimTime::never() ? trace.end() : info.endAt);
    }
    return family;
}

} // namespace

std::size_t actOnStage(const StageScene& scene, double* moving)
{
    if (moving != nullptr)
        *moving = 1;
    const auto records = scene.trace->records();
    const std::size_t done = std::min(scene.recordsDone, records.size());
    const double takes = scene.story != nullptr ? scene.story->perLayerAct() : 0;
    if (takes > 0 && !scene.reducedMotion && !scene.predicting) {
        // The next one happens at shownOf(); what moves does so shortly before.
        for (std::size_t i = done; i < records.size() && i < done + 64; ++i) {
            if (!isLayer(records[i]))
                continue;
            const double slide = std::min(takes * 0.6, 0.7);
            const double left = scene.story->shownOf(i) - scene.shown;
            if (left > 0 && left < slide) {
                if (moving != nullptr)
                    *moving = 1 - left / slide;
                return i;
            }
            break;
        }
    }
    for (std::size_t i = done; i-- > 0;)
        if (isLayer(records[i]))
            return i;
    return kNoAct;
}

PacketId packetOfAct(const StageScene& scene)
{
    const std::size_t act = scene.trace != nullptr ? actOnStage(scene) : kNoAct;
    return act == kNoAct ? PacketId() : scene.trace->records()[act].packet;
}

int StackNode::top() const
{
    for (std::size_t i = layers.size(); i-- > 0;)
        if (layers[i].opened)
            return static_cast<int>(i);
    return 0;
}

LayersStory::LayersStory(const StageScene& scene, bool openPicked)
{
    const auto records = scene.trace->records();
    act = actOnStage(scene);
    std::size_t shownAct = act;
    if (act == kNoAct) {
        // Before anything is told the first packet's way stands there, with nothing done.
        const auto first = std::ranges::find_if(records, isLayer);
        if (first == records.end())
            return;
        shownAct = static_cast<std::size_t>(first - records.begin());
    }
    hasLayers = true;
    record = records[shownAct];
    packet = record.packet;
    arriving = scene.trace->packet(packet).to == record.host;
    findWay(scene);
    buildStacks(scene);
    const std::vector<Field> tree = dissect(scene.trace->bytes(packet));
    buildUnit(scene, tree);
    if (act != kNoAct)
        openHeader(scene, tree, openPicked);
    say(scene);
}

void LayersStory::findWay(const StageScene& scene)
{
    const Trace& trace = *scene.trace;
    const Family family = familyOf(trace, packet);
    hops.assign(family.back.rbegin(), family.back.rend());

    // Who took its frame off: where the way ends.
    std::set<PacketId> taken;
    const auto records = trace.records();
    const std::size_t end = trace.firstAfter(family.to);
    for (std::size_t i = trace.firstAfter(family.from - SimDuration::nanoseconds(1)); i < end; ++i)
        if (isLayer(records[i]) && records[i].layerAct() == LayerAct::Removed && records[i].layer() == Layer::Link)
            taken.insert(records[i].packet);
    const auto leadsOn = [&](auto&& self, PacketId p) -> bool {
        if (taken.contains(p))
            return true;
        const auto found = family.children.find(p);
        return found != family.children.end() &&
               std::ranges::any_of(found->second, [&](PacketId child) { return self(self, child); });
    };
    for (PacketId last = hops.back();;) {
        const auto found = family.children.find(last);
        if (found == family.children.end())
            break;
        const auto next = std::ranges::find_if(found->second, [&](PacketId child) { return leadsOn(leadsOn, child); });
        last = next != found->second.end() ? *next : found->second.front();
        hops.push_back(last);
    }

    std::vector<NodeId> passed{trace.packet(hops.front()).from};
    for (const PacketId hop : hops)
        passed.push_back(trace.packet(hop).to);
    const ConversationEnds ends = conversationEnds(trace);
    // The client stands at the left, whoever speaks; between two others the one that comes first in the scenario.
    const int first = ends.sideOf(passed.front()), last = ends.sideOf(passed.back());
    const bool turned = first != last && (first == 0 || last == 0 || first == 1 || last == 1)
                            ? first == 1 || last == 0
                            : passed.back() < passed.front();
    for (std::size_t i = 0; i < passed.size(); ++i) {
        const NodeId id = passed[i];
        const TraceNode& node = trace.nodes()[id.value()];
        StackNode stack;
        stack.node = id;
        stack.kind = node.kind;
        stack.side = ends.sideOf(id);
        stack.label = id.value() < scene.hostLabels.size() ? scene.hostLabels[id.value()]
                                                           : fromUtf8(hostWord(node.name, scene.language));
        // "r1" says nothing to who did not build the network.
        QString kind = fromUtf8(labelOf(node.kind, scene.language));
        kind[0] = kind[0].toUpper();
        if (node.kind != NodeKind::Host && !stack.label.contains(kind, Qt::CaseInsensitive))
            stack.label = kind + QLatin1Char(' ') + stack.label;
        nodes.push_back(std::move(stack));
        way.push_back(turned ? passed.size() - 1 - i : i);
    }
    if (turned)
        std::ranges::reverse(nodes);
    const auto hop = std::ranges::find(hops, packet);
    here = static_cast<std::size_t>(hop - hops.begin()) + (arriving ? 1 : 0);
}

void LayersStory::buildStacks(const StageScene& scene)
{
    const Trace& trace = *scene.trace;
    const Language language = scene.language;
    const auto records = trace.records();
    std::set<PacketId> mine(hops.begin(), hops.end());
    std::map<std::pair<NodeId, Layer>, bool> touched; // and whether before the act
    const SimTime from = trace.packet(hops.front()).sentAt;
    const PacketInfo& lastHop = trace.packet(hops.back());
    const std::size_t end = trace.firstAfter(lastHop.endAt == SimTime::never() ? trace.end() : lastHop.endAt);
    for (std::size_t i = trace.firstAfter(from - SimDuration::nanoseconds(1)); i < end; ++i) {
        const Record& r = records[i];
        if (!isLayer(r) || !mine.contains(r.packet))
            continue;
        touched[{r.host, r.layer()}] |= act != kNoAct && i < act;
        if (act != kNoAct && i < act)
            previous = i;
    }
    const FrameBytes frame = trace.bytes(packet);
    std::map<Layer, QString> protocols;
    for (const Layer layer : {Layer::Physical, Layer::Link, Layer::Internet, Layer::Transport, Layer::Application})
        protocols[layer] = fromUtf8(protocolAt(frame, layer, language));

    for (StackNode& stack : nodes) {
        const OsiLayer highest = stack.kind == NodeKind::Host     ? OsiLayer::Application
                                 : stack.kind == NodeKind::Router ? OsiLayer::Network
                                 : stack.kind == NodeKind::Switch ? OsiLayer::DataLink
                                                                  : OsiLayer::Physical;
        Layer reached = Layer::Physical;
        for (const auto& [key, before] : touched)
            if (key.first == stack.node)
                reached = std::max(reached, key.second);
        // A router may be the one that is spoken to, or speaks.
        const OsiLayer top =
            stack.kind == NodeKind::Router && reached > Layer::Internet ? OsiLayer::Application : highest;
        for (int n = 1; n <= static_cast<int>(top); ++n) {
            const auto osi = static_cast<OsiLayer>(n);
            const bool between = osi == OsiLayer::Session || osi == OsiLayer::Presentation;
            if (between && !scene.layers.osi)
                continue;
            StackLayer layer;
            layer.osi = osi;
            const Layer own = layer.layer();
            layer.index = osi == OsiLayer::Session        ? kSessionIndex
                          : osi == OsiLayer::Presentation ? kPresentationIndex
                                                          : static_cast<int>(own);
            layer.number = scene.layers.osi ? n : osi == OsiLayer::Application ? 4 : n - 1;
            layer.name = scene.layers.osi ? fromUtf8(labelOf(osi, language)) : fromUtf8(labelOf(own, language));
            layer.protocol = osi == OsiLayer::Session        ? fromUtf8(sessionOf(frame, language))
                             : osi == OsiLayer::Presentation ? fromUtf8(presentationOf(frame, language))
                                                             : protocols[own];
            const auto found = touched.find({stack.node, own});
            layer.opened = own <= reached;
            layer.done = found != touched.end() && found->second;
            if (!layer.opened)
                layer.protocol = in({"not needed", "用不到"}, language);
            stack.layers.push_back(layer);
        }
    }
    if (act != kNoAct)
        for (StackLayer& layer : nodes[way[here]].layers)
            layer.current = layer.layer() == record.layer();
}

QString LayersStory::partName(const Field& node, ByteView frame, Language language) const
{
    switch (node.id) {
    case FieldId::Ethernet: return in({"Ethernet", "以太网首部"}, language);
    case FieldId::Arp: return in({"ARP message", "ARP 报文"}, language);
    case FieldId::Ipv4: return in({"IP header", "IP 首部"}, language);
    case FieldId::Ipv6: return in({"IPv6 header", "IPv6 首部"}, language);
    case FieldId::Icmp: return in({"ICMP message", "ICMP 报文"}, language);
    case FieldId::Icmpv6: return in({"ICMPv6 message", "ICMPv6 报文"}, language);
    case FieldId::Tcp: return in({"TCP header", "TCP 首部"}, language);
    case FieldId::Udp: return in({"UDP header", "UDP 首部"}, language);
    case FieldId::Http:
    case FieldId::Payload: {
        // The first line says more than a name, where it is text.
        QString line;
        for (std::uint32_t i = node.byteOffset(); i < node.byteOffset() + node.byteLength() && i < frame.size(); ++i) {
            if (frame[i] < 0x20 || frame[i] >= 0x7f)
                break;
            line += QChar(frame[i]);
            if (line.size() > 40)
                break;
        }
        return line.size() >= 3 ? line : in({"Data", "数据"}, language);
    }
    case FieldId::Dns: return in({"DNS message", "DNS 报文"}, language);
    case FieldId::TlsRecord: return in({"TLS record", "TLS 记录"}, language);
    case FieldId::IpFragmentData: return in({"Fragment", "分片"}, language);
    default: return fromUtf8(labelOf(node.id, language));
    }
}

void LayersStory::buildUnit(const StageScene& scene, const std::vector<Field>& tree)
{
    const FrameBytes frame = scene.trace->bytes(packet);
    const std::uint32_t from = record.unitOffset(), to = from + record.unitLength();
    const auto add = [&](const Field& field, const QString& name) {
        if (field.byteLength() == 0)
            return;
        UnitPart part;
        part.id = field.id;
        part.layer = field.layer;
        part.name = name;
        part.offset = field.byteOffset();
        part.length = field.byteLength();
        part.there = act != kNoAct && part.offset >= from && part.offset + part.length <= to;
        const LayerAct what = record.layerAct();
        const bool whole = record.layer() == Layer::Physical || what == LayerAct::Refused;
        // An ARP message is of the link layer, but no part of the header that goes around it.
        const bool load = part.id == FieldId::Arp && (what == LayerAct::Added || what == LayerAct::Removed);
        part.framed = act != kNoAct && !whole && !load && part.layer == record.layer();
        unit.push_back(part);
    };
    for (const Field& node : tree)
        add(node, partName(node, frame, scene.language));
    if (!tree.empty())
        for (const Field& child : tree.front().children) {
            if (child.id == FieldId::EthPadding)
                add(child, in({"Padding", "填充"}, scene.language));
            if (child.id == FieldId::EthFcs)
                add(child, QStringLiteral("FCS"));
        }
    // Messages of many parts at one layer (pipelined requests) are one block of data.
    for (std::size_t i = 1; i < unit.size();) {
        UnitPart& before = unit[i - 1];
        if (unit[i].layer == Layer::Application && before.layer == Layer::Application &&
            before.offset + before.length == unit[i].offset) {
            before.length += unit[i].length;
            unit.erase(unit.begin() + static_cast<std::ptrdiff_t>(i));
        } else {
            ++i;
        }
    }
    unitSize = act == kNoAct ? 0 : record.unitLength();
    QStringList sizes;
    for (const UnitPart& part : unit)
        if (part.there)
            sizes << QString::number(part.length);
    if (sizes.size() > 1)
        sum = sizes.join(QStringLiteral(" + ")) + QStringLiteral(" = %1 B").arg(unitSize);
    else if (sizes.size() == 1)
        sum = QStringLiteral("%1 B").arg(unitSize);
}

void LayersStory::say(const StageScene& scene)
{
    const Language language = scene.language;
    const bool zh = language == Language::Chinese;
    const auto counted = [&](std::uint32_t n) { return fromUtf8(octetsText(n, language)); };
    const Trace& trace = *scene.trace;
    const auto label = [&](std::size_t onWay) { return nodes[way[onWay]].label; };
    journey = label(0) + QStringLiteral(" \u2192 ") + label(way.size() - 1);
    const PacketInfo& info = trace.packet(packet);
    if (info.length == 0 && info.flags.bits != 0)
        journey += QStringLiteral(" \u00b7 ") + QString::fromStdString(info.flags.toString());
    for (const UnitPart& part : unit)
        if (part.layer == Layer::Application || part.id == FieldId::Arp || part.id == FieldId::Icmp ||
            part.id == FieldId::Icmpv6) {
            journey += QStringLiteral(" \u00b7 ") + part.name;
            break;
        }
    if (act == kNoAct) {
        title = in({"Nothing has been sent yet: step forward", "还没有发送：按下一步"}, language);
        return;
    }
    std::uint32_t framed = 0, behind = 0;
    QString name;
    for (const UnitPart& part : unit)
        if (part.framed) {
            if (part.id == FieldId::EthFcs || part.id == FieldId::EthPadding) {
                behind += part.length;
            } else {
                framed += part.length;
                name = name.isEmpty() ? part.name : name + QStringLiteral(" + ") + part.name;
            }
        }
    if (record.layer() == Layer::Link)
        name = in({"Ethernet header and trailer", "以太网首部和尾部"}, language);
    const QString size = behind > 0 ? QStringLiteral("%1 + %2").arg(framed).arg(counted(behind)) : counted(framed);
    const auto frameSize = static_cast<std::uint32_t>(trace.bytes(packet).size());
    switch (record.layerAct()) {
    case LayerAct::Made:
        title =
            (zh ? QStringLiteral("应用数据：%1") : QStringLiteral("The application's data: %1")).arg(counted(unitSize));
        break;
    case LayerAct::Added:
        title = (zh ? QStringLiteral("加上%1：%2") : QStringLiteral("Adding the %1: %2")).arg(name, size);
        break;
    case LayerAct::Removed:
        title = (zh ? QStringLiteral("去掉%1：%2") : QStringLiteral("Taking off the %1: %2")).arg(name, size);
        break;
    case LayerAct::Read:
        title = (zh ? QStringLiteral("查看%1，不拆开") : QStringLiteral("Reading the %1, opening nothing")).arg(name);
        break;
    case LayerAct::Rewritten: {
        QStringList changed;
        for (const OpenField& field : fields)
            if (field.changed())
                changed << field.name;
        title = (zh ? QStringLiteral("改写%1：%2") : QStringLiteral("Rewriting the %1: %2"))
                    .arg(name, changed.join(zh ? QStringLiteral("、") : QStringLiteral(", ")));
        break;
    }
    case LayerAct::Signalled:
        title = (zh ? QStringLiteral("变成信号：%1 个比特") : QStringLiteral("Becoming a signal: %1 bits"))
                    .arg((frameSize + kPreambleSize) * 8);
        break;
    case LayerAct::Received:
        title = (zh ? QStringLiteral("还原成比特：%1 的帧") : QStringLiteral("Becoming bits again: a frame of %1"))
                    .arg(counted(frameSize));
        break;
    case LayerAct::Delivered:
        title =
            (zh ? QStringLiteral("交给程序：%1") : QStringLiteral("Handed to the program: %1")).arg(counted(unitSize));
        break;
    case LayerAct::Refused: title = zh ? QStringLiteral("丢弃") : QStringLiteral("Thrown away"); break;
    }
    if (zh)
        title = QString::fromStdString(tidyChinese(title.toStdString()));
}

} // namespace packetarium
