// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/checksum.h"
#include "core/wire/field_builder.h"
#include "core/wire/icmp.h"

namespace packetarium {

namespace {

using Children = std::vector<Field>;

/// What the second word says and what follows it.
enum class Form { Echo, Error, MtuError, Solicitation, Advertisement, Other };

Form formOf(std::uint8_t type, std::uint8_t code)
{
    switch (type) {
    case IcmpMessage::EchoRequest:
    case IcmpMessage::EchoReply: return Form::Echo;
    case IcmpMessage::DestinationUnreachable:
        return code == IcmpMessage::FragmentationNeeded ? Form::MtuError : Form::Error;
    case IcmpMessage::TimeExceeded: return Form::Error;
    default: return Form::Other;
    }
}

Form formOfV6(std::uint8_t type)
{
    switch (type) {
    case IcmpMessage::V6EchoRequest:
    case IcmpMessage::V6EchoReply: return Form::Echo;
    case IcmpMessage::V6DestinationUnreachable:
    case IcmpMessage::V6TimeExceeded: return Form::Error;
    case IcmpMessage::V6PacketTooBig: return Form::MtuError;
    case IcmpMessage::V6NeighborSolicitation: return Form::Solicitation;
    case IcmpMessage::V6NeighborAdvertisement: return Form::Advertisement;
    default: return Form::Other;
    }
}

void appendSecondWord(const FieldBuilder& message, Form form, bool v6, Children& children)
{
    switch (form) {
    case Form::Echo:
        children.push_back(message.number(FieldId::IcmpIdentifier, 32, 16));
        children.push_back(message.number(FieldId::IcmpSequence, 48, 16));
        break;
    case Form::Error: children.push_back(message.number(FieldId::IcmpUnused, 32, 32)); break;
    case Form::MtuError: // 32 bits in ICMPv6 (RFC 4443 §3.2), 16 in ICMP (RFC 1191 §4)
        if (!v6)
            children.push_back(message.number(FieldId::IcmpUnused, 32, 16));
        children.push_back(message.number(FieldId::IcmpNextHopMtu, v6 ? 32 : 48, v6 ? 32 : 16));
        break;
    case Form::Solicitation: children.push_back(message.number(FieldId::NdReserved, 32, 32)); break;
    case Form::Advertisement: {
        Field flags = message.number(FieldId::NdFlags, 32, 3);
        flags.children = {
            message.number(FieldId::NdRouter, 32, 1),
            message.number(FieldId::NdSolicited, 33, 1),
            message.number(FieldId::NdOverride, 34, 1),
        };
        children.push_back(std::move(flags));
        children.push_back(message.number(FieldId::NdReserved, 35, 29));
        break;
    }
    case Form::Other: children.push_back(message.field(FieldId::Undecoded, 32, 32)); break;
    }
}

void appendQuotation(ByteView frame, std::size_t begin, std::size_t end, const Surroundings& around, Children& children)
{
    if (begin == end)
        return;
    Field quotation = octets(FieldId::IcmpQuotation, Layer::Internet, begin, end);
    if (!around.quoted) { // an error about an error is never sent (RFC 1122 §3.2.2); opening it could go on for ever
        auto& inside = quotation.children;
        const std::size_t quotedEnd = around.source.isV6() ? dissectIpv6(frame, begin, end, inside, true)
                                                           : dissectIpv4(frame, begin, end, inside, true);
        appendOctets(inside, FieldId::Undecoded, Layer::Internet, quotedEnd, end);
    }
    children.push_back(std::move(quotation));
}

/// RFC 4861 §4.6: type, length in units of 8 octets, and the link-layer address in the two that are understood here.
void appendOptions(ByteView frame, std::size_t at, std::size_t end, Children& children)
{
    while (end - at >= 8) {
        const std::size_t size = frame[at + 1] * std::size_t{8};
        if (size == 0 || size > end - at)
            break;
        const FieldBuilder builder(frame, at, Layer::Internet);
        Field option = octets(FieldId::NdOption, Layer::Internet, at, at + size);
        option.children = {
            builder.number(FieldId::NdOptionType, 0, 8),
            builder.number(FieldId::NdOptionLength, 8, 8),
        };
        if ((frame[at] == NeighborMessage::SourceLinkAddress || frame[at] == NeighborMessage::TargetLinkAddress) &&
            size == 8)
            option.children.push_back(builder.mac(FieldId::NdLinkAddress, 16));
        else
            appendOctets(option.children, FieldId::Undecoded, Layer::Internet, at + 2, at + size);
        children.push_back(std::move(option));
        at += size;
    }
    appendOctets(children, FieldId::Undecoded, Layer::Internet, at, end);
}

void appendBody(ByteView frame, std::size_t begin, std::size_t end, Form form, const Surroundings& around,
                Children& children)
{
    constexpr std::size_t kTargetSize = 16;
    switch (form) {
    case Form::Echo: appendOctets(children, FieldId::IcmpEchoData, Layer::Internet, begin, end); break;
    case Form::Error:
    case Form::MtuError: appendQuotation(frame, begin, end, around, children); break;
    case Form::Solicitation:
    case Form::Advertisement:
        if (end - begin >= kTargetSize) {
            children.push_back(
                octets(FieldId::NdTarget, Layer::Internet, begin, begin + kTargetSize, readIpv6(frame, begin)));
            appendOptions(frame, begin + kTargetSize, end, children);
            break;
        }
        [[fallthrough]];
    case Form::Other: appendOctets(children, FieldId::Undecoded, Layer::Internet, begin, end); break;
    }
}

} // namespace

void dissectIcmp(ByteView frame, std::size_t start, std::size_t end, const Surroundings& around,
                 std::vector<Field>& nodes)
{
    if (end - start < kIcmpHeaderSize) {
        appendOctets(nodes, FieldId::Undecoded, Layer::Internet, start, end);
        return;
    }
    const bool v6 = around.source.isV6();
    const FieldBuilder message(frame, start, Layer::Internet);
    const std::uint32_t pseudo =
        v6 ? pseudoHeaderSum(around.source, around.destination, kProtocolIcmpv6, end - start) : 0;
    const Form form = v6 ? formOfV6(frame[start]) : formOf(frame[start], frame[start + 1]);

    Field node = octets(v6 ? FieldId::Icmpv6 : FieldId::Icmp, Layer::Internet, start, end);
    node.children = {
        message.number(FieldId::IcmpType, 0, 8),
        message.number(FieldId::IcmpCode, 8, 8),
        message.field(FieldId::IcmpChecksum, 16, 16,
                      checksumValue(frame, start, end, pseudo, readU16(frame, start + 2), around)),
    };
    appendSecondWord(message, form, v6, node.children);
    appendBody(frame, start + kIcmpHeaderSize, end, form, around, node.children);
    nodes.push_back(std::move(node));
}

} // namespace packetarium
