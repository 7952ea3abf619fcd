// SPDX-License-Identifier: GPL-3.0-or-later
// The header that the act is about, field by field, and what a router has changed in it.
#include "ui/paint/layers_story.h"

#include "ui/paint/text_ruler.h"

#include <algorithm>

namespace packetarium {

namespace {

/// How much a field matters to a student when not all have room.
int weightOf(FieldId id)
{
    switch (id) {
    case FieldId::EthDestination:
    case FieldId::EthSource:
    case FieldId::EthType:
    case FieldId::EthFcs:
    case FieldId::IpTtl:
    case FieldId::IpProtocol:
    case FieldId::IpSource:
    case FieldId::IpDestination:
    case FieldId::Ip6Source:
    case FieldId::Ip6Destination:
    case FieldId::Ip6HopLimit:
    case FieldId::Ip6NextHeader:
    case FieldId::TcpSourcePort:
    case FieldId::TcpDestinationPort:
    case FieldId::UdpSourcePort:
    case FieldId::UdpDestinationPort:
    case FieldId::ArpOperation:
    case FieldId::ArpSenderMac:
    case FieldId::ArpSenderIp:
    case FieldId::ArpTargetIp:
    case FieldId::IcmpType:
    case FieldId::IcmpCode:
    case FieldId::DnsQuestion:
    case FieldId::DnsAnswer:
    case FieldId::HttpStartLine: return 3;
    case FieldId::TcpSequence:
    case FieldId::TcpAcknowledgment:
    case FieldId::TcpFlagBits:
    case FieldId::TcpWindow:
    case FieldId::IpHeaderChecksum:
    case FieldId::TcpChecksum:
    case FieldId::UdpChecksum:
    case FieldId::UdpLength:
    case FieldId::IcmpChecksum:
    case FieldId::ArpTargetMac:
    case FieldId::IpTotalLength:
    case FieldId::Ip6PayloadLength: return 2;
    case FieldId::IpDscp:
    case FieldId::IpEcn:
    case FieldId::TcpReserved:
    case FieldId::TcpUrgentPointer:
    case FieldId::Ip6TrafficClass:
    case FieldId::Ip6FlowLabel: return 0;
    default: return 1;
    }
}

/// The meaning belongs beside the figures where the figures alone say nothing.
bool saysMore(FieldId id)
{
    switch (id) {
    case FieldId::EthType:
    case FieldId::IpProtocol:
    case FieldId::Ip6NextHeader:
    case FieldId::TcpSourcePort:
    case FieldId::TcpDestinationPort:
    case FieldId::UdpSourcePort:
    case FieldId::UdpDestinationPort:
    case FieldId::ArpOperation:
    case FieldId::ArpProtocolType:
    case FieldId::ArpHardwareType:
    case FieldId::IcmpType:
    case FieldId::IcmpCode: return true;
    default: return false;
    }
}

QString cellValue(const Field& field, ByteView frame, const FieldText& text)
{
    if (std::holds_alternative<ChecksumValue>(field.value))
        return text.value + (text.tone == FieldText::Tone::Bad ? QStringLiteral(" \u2717") : QStringLiteral(" \u2713"));
    if (std::holds_alternative<Seq32>(field.value))
        return text.meaning.isEmpty() ? text.value : text.meaning;
    if (field.id == FieldId::IpFlags)
        return text.meaning.isEmpty() ? text.value : text.meaning;
    if (saysMore(field.id) && !text.meaning.isEmpty())
        return text.value + QLatin1Char(' ') + text.meaning;
    if (!text.value.isEmpty())
        return text.value;
    if (field.layer != Layer::Application)
        return text.meaning;
    // A line of text.
    QString line;
    for (std::uint32_t i = field.byteOffset(); i < field.byteOffset() + field.byteLength() && i < frame.size(); ++i) {
        if (line.size() >= 80)
            return line + QChar(0x2026);
        if (frame[i] != '\r' && frame[i] != '\n')
            line += frame[i] >= 0x20 && frame[i] < 0x7f ? QChar(frame[i]) : QChar(0x00b7);
    }
    return line.isEmpty() ? text.meaning : line;
}

/// The same field of another frame: by its place among those of its id in the header of the same id.
const Field* counterpart(const std::vector<Field>& tree, const Field& header, std::size_t child)
{
    const FieldId id = header.children[child].id;
    std::ptrdiff_t nth =
        std::count_if(header.children.begin(), header.children.begin() + static_cast<std::ptrdiff_t>(child),
                      [id](const Field& f) { return f.id == id; });
    for (const Field& other : tree) {
        if (other.id != header.id)
            continue;
        for (const Field& f : other.children)
            if (f.id == id && nth-- == 0)
                return &f;
        return nullptr;
    }
    return nullptr;
}

bool sameBytes(ByteView a, const Field& inA, ByteView b, const Field& inB)
{
    if (inA.bitLength != inB.bitLength)
        return false;
    if (!std::holds_alternative<std::monostate>(inA.value)) {
        const auto* x = std::get_if<ChecksumValue>(&inA.value);
        const auto* y = std::get_if<ChecksumValue>(&inB.value);
        return x != nullptr && y != nullptr ? x->value == y->value : inA.value == inB.value;
    }
    return std::ranges::equal(a.subspan(inA.byteOffset(), inA.byteLength()),
                              b.subspan(inB.byteOffset(), inB.byteLength()));
}

} // namespace

void LayersStory::openHeader(const StageScene& scene, const std::vector<Field>& tree, bool openPicked)
{
    openLayer = record.layer();
    const UnitPart* picked = nullptr;
    if (openPicked && scene.field && scene.field->packet == packet && scene.field->length > 0)
        for (const UnitPart& part : unit)
            if (scene.field->offset / 8 >= part.offset && scene.field->offset / 8 < part.offset + part.length)
                picked = &part;
    if (picked != nullptr)
        openLayer = picked->layer;
    if (openLayer == Layer::Physical)
        return;
    for (std::size_t i = unit.size(); i-- > 0;)
        if (picked != nullptr ? &unit[i] == picked : unit[i].framed)
            openPart = i;
    const bool behind = picked != nullptr && (picked->id == FieldId::EthFcs || picked->id == FieldId::EthPadding);
    const auto opens = [&](const Field& header) {
        if (picked == nullptr || picked->framed)
            return header.layer == openLayer;
        return behind ? header.id == FieldId::Ethernet
                      : header.byteOffset() >= picked->offset && header.byteOffset() < picked->offset + picked->length;
    };
    const Trace& trace = *scene.trace;
    const FrameBytes frame = trace.bytes(packet);
    const PacketInfo& info = trace.packet(packet);
    FieldContext context;
    context.language = scene.language;
    if (scene.symbols != nullptr) {
        context.sequence = QString::fromStdString(scene.symbols->packetSeq(info, scene.numbers));
        context.acknowledgment = QString::fromStdString(scene.symbols->packetAck(info, scene.numbers));
    }
    context.hostOf = [&](const IpAddress& a) { return labelOfAddress(trace.nodes(), scene.hostLabels, a); };
    context.hostOfMac = [&](const MacAddress& a) { return labelOfAddress(trace.nodes(), scene.hostLabels, a); };

    const bool compare = !arriving && info.parent && trace.nodes()[record.host.value()].kind == NodeKind::Router;
    const FrameBytes oldFrame = compare ? trace.bytes(info.parent) : FrameBytes();
    const std::vector<Field> oldTree = compare ? dissect(oldFrame) : std::vector<Field>();

    for (const Field& header : tree) {
        if (!opens(header))
            continue;
        const auto add = [&](const Field& field, const Field* old) {
            if (field.bitLength == 0)
                return;
            const FieldText text = fieldText(field, frame, context);
            OpenField open;
            open.id = field.id;
            open.layer = field.layer;
            open.bits = {packet, field.bitOffset, field.bitLength};
            open.name = fromUtf8(labelOf(field.id, scene.language));
            open.value = cellValue(field, frame, text);
            open.meaning = text.meaning;
            open.explanation = fromUtf8(explain(field.id, scene.language));
            open.tone = text.tone;
            open.weight = weightOf(field.id);
            if (old != nullptr && !sameBytes(frame, field, oldFrame, *old)) {
                open.before = cellValue(*old, oldFrame, fieldText(*old, oldFrame, context));
                open.weight = 9;
                // The state of the new one is what matters.
                open.before.remove(QStringLiteral(" \u2713")).remove(QStringLiteral(" \u2717"));
            }
            fields.push_back(std::move(open));
        };
        if (header.children.empty())
            add(header, nullptr);
        for (std::size_t i = 0; i < header.children.size(); ++i)
            add(header.children[i], compare ? counterpart(oldTree, header, i) : nullptr);
    }
}

} // namespace packetarium
