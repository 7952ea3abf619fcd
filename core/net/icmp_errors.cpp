// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/icmp_errors.h"

#include "core/net/ip6_chain.h"
#include "core/wire/bytes.h"

#include <algorithm>

namespace packetarium {

namespace {

constexpr std::size_t kMostIpv4 = 576 - kIpv4HeaderSize - kIcmpHeaderSize;
constexpr std::size_t kMostIpv6 = 1280 - kIpv6HeaderSize - kIcmpHeaderSize;
constexpr std::uint8_t kParameterProblem = 12, kV6ParameterProblem = 4;
constexpr std::uint8_t kNetUnknown = 6, kNetProhibited = 9, kNetUnreachableForTos = 11; // RFC 1122 §3.2.2.1

bool isV6(ByteView datagram)
{
    return !datagram.empty() && datagram[0] >> 4 == 6;
}

/// What stands in a datagram's header. A quotation is cut short, so its length says nothing.
struct Head {
    IpAddress source, destination;
    std::uint8_t protocol = 0;
    std::uint8_t ttl = 0;
    bool laterFragment = false;
    ByteView payload; ///< nothing of a later fragment: what stands there is no header
};

std::optional<Head> headOf(ByteView datagram)
{
    Head head;
    if (isV6(datagram)) {
        if (datagram.size() < kIpv6HeaderSize)
            return std::nullopt;
        Ipv6Address source, destination;
        std::copy_n(datagram.begin() + 8, 16, source.octets.begin());
        std::copy_n(datagram.begin() + 24, 16, destination.octets.begin());
        head.source = source;
        head.destination = destination;
        head.ttl = datagram[7];
        const Ip6Chain chain = readIp6Chain(datagram);
        head.protocol = chain.next;
        head.laterFragment = chain.fragment && chain.fragment->begin != 0;
        head.payload = head.laterFragment ? ByteView() : datagram.subspan(chain.end);
        return head;
    }
    if (datagram.size() < kIpv4HeaderSize || datagram[0] >> 4 != 4)
        return std::nullopt;
    const std::size_t size = (datagram[0] & 0x0fu) * 4;
    if (size < kIpv4HeaderSize || size > datagram.size())
        return std::nullopt;
    head.source = Ipv4Address{readU32(datagram, 12)};
    head.destination = Ipv4Address{readU32(datagram, 16)};
    head.protocol = datagram[9];
    head.ttl = datagram[8];
    head.laterFragment = (readU16(datagram, 6) & 0x1fff) != 0;
    head.payload = head.laterFragment ? ByteView() : datagram.subspan(size);
    return head;
}

ProgramTrouble troubleOf(const IcmpMessage& message, bool v6)
{
    using M = IcmpMessage;
    if (v6) {
        switch (message.type) {
        case M::V6DestinationUnreachable:
            return message.code == M::V6NoRoute           ? ProgramTrouble::NetworkUnreachable
                   : message.code == M::V6PortUnreachable ? ProgramTrouble::PortUnreachable
                                                          : ProgramTrouble::HostUnreachable;
        case M::V6PacketTooBig: return ProgramTrouble::FragmentationNeeded;
        case M::V6TimeExceeded: return message.code == 0 ? ProgramTrouble::TtlExceeded : ProgramTrouble::NoAnswer;
        case kV6ParameterProblem:
            return message.code == Ip6Chain::Problem::NextHeader ? ProgramTrouble::ProtocolUnreachable
                                                                 : ProgramTrouble::None;
        default: return ProgramTrouble::None;
        }
    }
    if (message.type == M::TimeExceeded)
        return message.code == M::TtlExceeded ? ProgramTrouble::TtlExceeded : ProgramTrouble::NoAnswer;
    if (message.type != M::DestinationUnreachable)
        return ProgramTrouble::None;
    switch (message.code) {
    case M::NetUnreachable:
    case kNetUnknown:
    case kNetProhibited:
    case kNetUnreachableForTos: return ProgramTrouble::NetworkUnreachable;
    case M::ProtocolUnreachable: return ProgramTrouble::ProtocolUnreachable;
    case M::PortUnreachable: return ProgramTrouble::PortUnreachable;
    case M::FragmentationNeeded: return ProgramTrouble::FragmentationNeeded;
    default: return ProgramTrouble::HostUnreachable;
    }
}

} // namespace

Bytes quotationOf(ByteView datagram)
{
    const std::size_t size = std::min(datagram.size(), isV6(datagram) ? kMostIpv6 : kMostIpv4);
    return Bytes(datagram.begin(), datagram.begin() + static_cast<std::ptrdiff_t>(size));
}

Bytes quotationOf(const Datagram& about)
{
    if (!about.quotation.empty())
        return about.quotation;
    Bytes whole(about.headers.begin(), about.headers.end());
    whole.insert(whole.end(), about.payload.begin(), about.payload.end());
    return quotationOf(ByteView(whole));
}

std::optional<Datagram> describeDatagram(ByteView datagram)
{
    const auto head = headOf(datagram);
    if (!head)
        return std::nullopt;
    Datagram described;
    described.source = head->source;
    described.destination = head->destination;
    described.protocol = head->protocol;
    described.ttl = head->ttl;
    described.quotation = quotationOf(datagram);
    return described;
}

bool isIcmpError(std::uint8_t type, bool v6)
{
    if (v6)
        return type < 128; // RFC 4443 §2.1
    return type != IcmpMessage::EchoReply && type != IcmpMessage::EchoRequest &&
           type < 13; // RFC 792: 13 and up ask or answer
}

bool mayBeAnsweredByError(const Datagram& about, bool alsoToGroup)
{
    const Bytes quotation = quotationOf(about);
    const auto head = headOf(quotation);
    if (!head || (head->laterFragment && about.source.isV4()) ||
        (!alsoToGroup && (about.toGroup || about.destination.isMulticast())))
        return false;
    const IpAddress& source = about.source;
    const bool noHost = source.isUnspecified() || source.isMulticast() ||
                        (source.isV4() && (source.v4().value >> 24 == 127 || source.v4().value >> 28 == 0xf));
    const bool v6 = source.isV6();
    const bool icmp = head->protocol == (v6 ? kProtocolIcmpv6 : kProtocolIcmp);
    // An ICMP message too short to have a type is not answered either.
    return !noHost && !(icmp && !head->laterFragment && (head->payload.empty() || isIcmpError(head->payload[0], v6)));
}

IcmpMessage errorAbout(const Datagram& about, std::uint8_t type, std::uint8_t code, std::uint32_t rest)
{
    using M = IcmpMessage;
    IcmpMessage message;
    message.type = type;
    message.code = code;
    message.rest = rest;
    message.payload = quotationOf(about);
    if (about.source.isV4())
        return message;
    if (type == M::TimeExceeded) {
        message.type = M::V6TimeExceeded;
    } else if (code == M::FragmentationNeeded) {
        message.type = M::V6PacketTooBig;
        message.code = 0;
    } else if (code == M::ProtocolUnreachable) { // RFC 8200 §4: a parameter problem that points to the field
        const auto pointer = static_cast<std::uint32_t>(readIp6Chain(message.payload).nextAt);
        return parameterProblem(about, Ip6Chain::Problem::NextHeader, pointer);
    } else {
        message.type = M::V6DestinationUnreachable;
        message.code = code == M::NetUnreachable    ? M::V6NoRoute
                       : code == M::PortUnreachable ? M::V6PortUnreachable
                                                    : M::V6AddressUnreachable;
    }
    return message;
}

IcmpMessage parameterProblem(const Datagram& about, std::uint8_t code, std::uint32_t pointer)
{
    IcmpMessage message;
    message.type = kV6ParameterProblem;
    message.code = code;
    message.rest = pointer;
    message.payload = quotationOf(about);
    return message;
}

bool isParameterProblem(const IcmpMessage& message, bool v6)
{
    return message.type == (v6 ? kV6ParameterProblem : kParameterProblem);
}

IcmpDelivery deliveryOf(const IpAddress& from, IcmpMessage message)
{
    constexpr std::size_t kPorts = 4, kEchoHeader = 8;
    const bool v6 = from.isV6();
    IcmpDelivery delivery;
    delivery.from = from;
    if (!isIcmpError(message.type, v6)) {
        delivery.echoIdentifier = message.echoIdentifier();
        delivery.echoSequence = message.echoSequence();
        delivery.message = std::move(message);
        return delivery;
    }
    delivery.trouble = troubleOf(message, v6);
    if (const auto head = headOf(message.payload)) {
        delivery.protocol = head->protocol;
        delivery.originalFrom.address = head->source;
        delivery.originalTo.address = head->destination;
        const bool ports = head->protocol == kProtocolTcp || head->protocol == kProtocolUdp;
        const bool icmp = head->protocol == kProtocolIcmp || head->protocol == kProtocolIcmpv6;
        if (ports && head->payload.size() >= kPorts) {
            delivery.originalFrom.port = readU16(head->payload, 0);
            delivery.originalTo.port = readU16(head->payload, 2);
            if (head->protocol == kProtocolTcp && head->payload.size() >= kPorts + 4)
                delivery.originalSequence = Seq32(readU32(head->payload, kPorts));
        } else if (icmp && head->payload.size() >= kEchoHeader) {
            delivery.echoIdentifier = readU16(head->payload, 4);
            delivery.echoSequence = readU16(head->payload, 6);
        }
    }
    delivery.message = std::move(message);
    return delivery;
}

} // namespace packetarium
