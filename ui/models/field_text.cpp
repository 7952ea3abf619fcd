// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a field says, in words and figures. Well-known numbers are those of the
// IANA registries (service names and port numbers, RFC 6335; EtherTypes, RFC
// 9542; protocol numbers).
#include "ui/models/field_model.h"

#include <array>

namespace packetarium {
namespace {

struct Named {
    std::uint64_t number;
    const char* name; // a proper name, the same in both languages
};
constexpr std::array kServices = {
    Named{7, "echo"},    Named{9, "discard"}, Named{20, "FTP-data"}, Named{21, "FTP"},     Named{22, "SSH"},
    Named{23, "Telnet"}, Named{25, "SMTP"},   Named{53, "DNS"},      Named{80, "HTTP"},    Named{110, "POP3"},
    Named{143, "IMAP"},  Named{179, "BGP"},   Named{443, "HTTPS"},   Named{3306, "MySQL"}, Named{3389, "RDP"},
};
constexpr std::array kEtherTypes = {
    Named{0x0800, "IPv4"},
    Named{0x0806, "ARP"},
    Named{0x8100, "VLAN"},
    Named{0x86dd, "IPv6"},
};
constexpr std::array kProtocols = {
    Named{1, "ICMP"}, Named{6, "TCP"}, Named{17, "UDP"}, Named{50, "ESP"}, Named{58, "ICMPv6"},
};

template <std::size_t N>
QString nameIn(const std::array<Named, N>& names, std::uint64_t number)
{
    for (const Named& entry : names)
        if (entry.number == number)
            return QString::fromLatin1(entry.name);
    return {};
}

/// The ranges of RFC 6335 §6.
QString portMeaning(std::uint64_t port)
{
    const QString service = nameIn(kServices, port);
    if (!service.isEmpty())
        return service;
    return port < 1024    ? FieldModel::tr("well-known")
           : port < 49152 ? FieldModel::tr("registered")
                          : FieldModel::tr("dynamic");
}

/// Long numbers in groups of three, apart by a space that does not break.
QString grouped(std::uint64_t number)
{
    QString text = QString::number(number);
    if (text.size() < 7)
        return text;
    for (qsizetype at = text.size() - 3; at > 0; at -= 3)
        text.insert(at, QChar(0x00a0));
    return text;
}

QString hex(std::uint64_t number, int digits)
{
    return QStringLiteral("0x%1").arg(number, digits, 16, QLatin1Char('0'));
}

QString octetCount(std::uint64_t octets)
{
    return FieldModel::tr("%1 B").arg(octets);
}

FieldText numberText(const Field& field, std::uint64_t n)
{
    switch (field.id) {
    case FieldId::TcpSourcePort:
    case FieldId::TcpDestinationPort: return {QString::number(n), portMeaning(n)};
    case FieldId::EthType: return {hex(n, 4), nameIn(kEtherTypes, n)};
    case FieldId::IpProtocol: return {QString::number(n), nameIn(kProtocols, n)};
    case FieldId::IpIhl:
    case FieldId::TcpDataOffset: return {QString::number(n), octetCount(n * 4)};
    case FieldId::IpFragmentOffset: return {QString::number(n), octetCount(n * 8)};
    case FieldId::IpTotalLength:
    case FieldId::TcpWindow:
    case FieldId::TcpOptionMss: return {QString::number(n), FieldModel::tr("octets")};
    case FieldId::IpIdentification: return {hex(n, 4), {}};
    case FieldId::IpTtl: return {QString::number(n), FieldModel::tr("hops at most")};
    case FieldId::IpFlags: return {QStringLiteral("%1").arg(n, 3, 2, QLatin1Char('0')), {}};
    case FieldId::TcpOptionUnknown: return {QString::number(n), FieldModel::tr("unknown kind")};
    default:
        if (field.bitLength == 1)
            return {QString::number(n), n ? FieldModel::tr("set") : FieldModel::tr("not set")};
        return {grouped(n), {}};
    }
}

/// The first octets as text where they are text; a dot stands for any other.
QString preview(const Field& field, ByteView frame)
{
    constexpr std::uint32_t kMost = 48;
    QString text;
    const std::uint32_t end = std::min({field.byteOffset() + field.byteLength(),
                                        static_cast<std::uint32_t>(frame.size()), field.byteOffset() + kMost});
    for (std::uint32_t at = field.byteOffset(); at < end; ++at) {
        const std::uint8_t octet = frame[at];
        text += octet >= 0x20 && octet < 0x7f ? QChar(octet) : QChar(0x00b7);
    }
    return text;
}

FieldText checksumText(const Field& field, const ChecksumValue& sum)
{
    const int digits = static_cast<int>(field.bitLength / 4);
    const QString value = hex(sum.value, digits);
    if (sum.good())
        return {value, FieldModel::tr("\u2713 good"), FieldText::Tone::Good};
    return {value, FieldModel::tr("\u2717 should be %1").arg(hex(sum.expected, digits)), FieldText::Tone::Bad};
}

FieldText flagsText(const Field& field, TcpFlags flags)
{
    QString names = QString::fromStdString(flags.toString());
    names.replace(QLatin1Char(','), QLatin1Char(' '));
    if (names.isEmpty())
        names = FieldModel::tr("none");
    return {names, hex(flags.bits, static_cast<int>((field.bitLength + 3) / 4))};
}

struct Teller {
    const Field& field;
    ByteView frame;
    const FieldContext& context;

    FieldText operator()(std::monostate) const
    {
        if (field.id == FieldId::Payload)
            return {preview(field, frame), {}};
        return {{}, field.bitLength % 8 == 0 && field.bitLength > 0 ? octetCount(field.bitLength / 8) : QString()};
    }
    FieldText operator()(std::uint64_t number) const { return numberText(field, number); }
    FieldText operator()(Seq32 number) const
    {
        return {grouped(number.value()),
                field.id == FieldId::TcpAcknowledgment ? context.acknowledgment : context.sequence};
    }
    FieldText operator()(const MacAddress& mac) const
    {
        return {QString::fromStdString(mac.toString()), context.hostOfMac ? context.hostOfMac(mac) : QString()};
    }
    FieldText operator()(Ipv4Address address) const
    {
        return {QString::fromStdString(address.toString()), context.hostOf ? context.hostOf(address) : QString()};
    }
    FieldText operator()(TcpFlags flags) const { return flagsText(field, flags); }
    FieldText operator()(const ChecksumValue& sum) const { return checksumText(field, sum); }
};

} // namespace

FieldText fieldText(const Field& field, ByteView frame, const FieldContext& context)
{
    return std::visit(Teller{field, frame, context}, field.value);
}

QString headerSizeText(const Field& header)
{
    std::uint32_t options = 0;
    std::uint32_t padding = 0;
    std::uint32_t fcs = 0;
    for (const Field& child : header.children) {
        if (child.id == FieldId::TcpOptions || child.id == FieldId::IpOptions)
            options += child.byteLength();
        else if (child.id == FieldId::EthPadding)
            padding += child.byteLength();
        else if (child.id == FieldId::EthFcs)
            fcs += child.byteLength();
    }
    QString text = octetCount(header.byteLength() - options);
    if (options > 0)
        text += FieldModel::tr(" + %1 B options").arg(options);
    if (padding > 0)
        text += FieldModel::tr(" + %1 B padding").arg(padding);
    if (fcs > 0)
        text += FieldModel::tr(" + %1 B FCS").arg(fcs);
    return text;
}

} // namespace packetarium
