// SPDX-License-Identifier: GPL-3.0-or-later
//
// Well-known numbers are those of the IANA registries (service names and port
// numbers, RFC 6335; EtherTypes, RFC 9542; protocol numbers; ICMP types).
#include "ui/i18n/field_words.h"

#include "core/wire/bytes.h"
#include "core/wire/dns.h"
#include "ui/i18n/catalogue_words.h"
#include "ui/i18n/from_utf8.h"

#include <algorithm>
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
    Named{1, "ICMP"}, Named{6, "TCP"}, Named{17, "UDP"}, Named{44, "Fragment"}, Named{50, "ESP"}, Named{58, "ICMPv6"},
};

template <std::size_t N>
QString nameIn(const std::array<Named, N>& names, std::uint64_t number)
{
    for (const Named& entry : names)
        if (entry.number == number)
            return QString::fromLatin1(entry.name);
    return {};
}

Words icmpType(std::uint64_t type, bool v6)
{
    if (v6) {
        switch (type) {
        case 1: return {"destination unreachable", "目的不可达"};
        case 2: return {"packet too big", "分组过大"};
        case 3: return {"time exceeded", "超时"};
        case 128: return {"echo request", "回显请求"};
        case 129: return {"echo reply", "回显应答"};
        case 135: return {"neighbour solicitation", "邻居请求"};
        case 136: return {"neighbour advertisement", "邻居通告"};
        default: return {};
        }
    }
    switch (type) {
    case 0: return {"echo reply", "回显应答"};
    case 3: return {"destination unreachable", "目的不可达"};
    case 8: return {"echo request", "回显请求"};
    case 11: return {"time exceeded", "超时"};
    default: return {};
    }
}

Words icmpCode(std::uint64_t type, std::uint64_t code, bool v6)
{
    if (v6) {
        if (type == 1)
            return code == 0   ? Words{"no route", "没有路由"}
                   : code == 3 ? Words{"address unreachable", "地址不可达"}
                   : code == 4 ? Words{"port unreachable", "端口不可达"}
                               : Words{};
        return type == 3 && code == 0 ? Words{"hop limit ended", "跳数用尽"} : Words{};
    }
    if (type == 3)
        return code == 0   ? Words{"network unreachable", "网络不可达"}
               : code == 1 ? Words{"host unreachable", "主机不可达"}
               : code == 2 ? Words{"protocol unreachable", "协议不可达"}
               : code == 3 ? Words{"port unreachable", "端口不可达"}
               : code == 4 ? Words{"fragmentation needed", "需要分片"}
                           : Words{};
    return type == 11 ? (code == 0 ? Words{"TTL ended", "TTL 用尽"} : Words{"reassembly", "重组超时"}) : Words{};
}

class FieldTeller {
public:
    FieldTeller(const Field& field, ByteView frame, const FieldContext& context)
        : field_(field)
        , frame_(frame)
        , context_(context)
    {}

    FieldText operator()(std::monostate) const
    {
        if (field_.id == FieldId::Payload || field_.id == FieldId::HttpBody || field_.id == FieldId::IcmpEchoData)
            return {preview(), {}};
        return {{}, field_.bitLength % 8 == 0 && field_.bitLength > 0 ? octetCount(field_.bitLength / 8) : QString()};
    }
    FieldText operator()(Seq32 number) const
    {
        return {grouped(number.value()),
                field_.id == FieldId::TcpAcknowledgment ? context_.acknowledgment : context_.sequence};
    }
    FieldText operator()(const MacAddress& mac) const
    {
        if (mac == MacAddress::broadcast())
            return {QString::fromStdString(mac.toString()), in({"everybody", "所有站点"})};
        return {QString::fromStdString(mac.toString()), context_.hostOfMac ? context_.hostOfMac(mac) : QString()};
    }
    FieldText operator()(Ipv4Address address) const { return addressText(address); }
    FieldText operator()(const Ipv6Address& address) const { return addressText(address); }
    FieldText operator()(TcpFlags flags) const
    {
        QString names = QString::fromStdString(flags.toString());
        names.replace(QLatin1Char(','), QLatin1Char(' '));
        if (names.isEmpty())
            names = in({"none", "无"});
        return {names, hex(flags.bits, static_cast<int>((field_.bitLength + 3) / 4))};
    }
    FieldText operator()(const ChecksumValue& sum) const
    {
        const int digits = static_cast<int>(field_.bitLength / 4);
        const QString value = hex(sum.value, digits);
        if (sum.good())
            return {value, in({"✓ good", "✓ 正确"}), FieldText::Tone::Good};
        return {value, in({"✗ should be %1", "✗ 应为 %1"}).arg(hex(sum.expected, digits)), FieldText::Tone::Bad};
    }
    FieldText operator()(const std::string& text) const
    {
        constexpr qsizetype kMost = 96;
        QString shown = QString::fromStdString(text);
        for (QChar& c : shown)
            if (c.unicode() < 0x20 || c.unicode() == 0x7f)
                c = QChar(0x00b7);
        if (shown.size() > kMost)
            shown = shown.left(kMost - 1) + QChar(0x2026);
        return {shown, {}};
    }
    FieldText operator()(std::uint64_t n) const
    {
        switch (field_.id) {
        case FieldId::TcpSourcePort:
        case FieldId::TcpDestinationPort:
        case FieldId::UdpSourcePort:
        case FieldId::UdpDestinationPort: return {QString::number(n), portMeaning(n)};
        case FieldId::EthType:
        case FieldId::ArpProtocolType: return {hex(n, 4), nameIn(kEtherTypes, n)};
        case FieldId::ArpHardwareType: return {QString::number(n), n == 1 ? in({"Ethernet", "以太网"}) : QString()};
        case FieldId::ArpOperation:
            return {QString::number(n), n == 1 ? in({"request", "请求"}) : n == 2 ? in({"reply", "应答"}) : QString()};
        case FieldId::IpProtocol:
        case FieldId::Ip6NextHeader: return {QString::number(n), nameIn(kProtocols, n)};
        case FieldId::IpIhl:
        case FieldId::TcpDataOffset: return {QString::number(n), octetCount(n * 4)};
        case FieldId::IpFragmentOffset: return {QString::number(n), octetCount(n * 8)};
        case FieldId::IpTotalLength:
        case FieldId::Ip6PayloadLength:
        case FieldId::TcpWindow:
        case FieldId::UdpLength:
        case FieldId::IcmpNextHopMtu:
        case FieldId::DnsDataLength:
        case FieldId::TlsLength:
        case FieldId::ArpHardwareLength:
        case FieldId::ArpProtocolLength:
        case FieldId::TcpOptionMss: return {QString::number(n), in({"octets", "字节"})};
        case FieldId::IpIdentification:
        case FieldId::IcmpIdentifier:
        case FieldId::DnsId:
        case FieldId::TlsVersion: return {hex(n, 4), {}};
        case FieldId::DnsFlags: return {hex(n, 4), {}};
        case FieldId::Ip6FlowLabel: return {hex(n, 5), {}};
        case FieldId::Ip6TrafficClass: return {hex(n, 2), {}};
        case FieldId::IpTtl:
        case FieldId::Ip6HopLimit: return {QString::number(n), in({"hops at most", "最多跳数"})};
        case FieldId::IpFlags: return {QStringLiteral("%1").arg(n, 3, 2, QLatin1Char('0')), ipFlags(n)};
        case FieldId::NdFlags: return {QStringLiteral("%1").arg(n, 3, 2, QLatin1Char('0')), {}};
        case FieldId::IcmpType: return {QString::number(n), in(icmpType(n, isV6()))};
        case FieldId::IcmpCode: return {QString::number(n), in(icmpCode(octetBefore(), n, isV6()))};
        case FieldId::DnsType: return {QString::fromStdString(toString(static_cast<DnsType>(n))), QString::number(n)};
        case FieldId::DnsCode: return {QString::fromStdString(toString(static_cast<DnsCode>(n))), QString::number(n)};
        case FieldId::DnsClass: return {QString::number(n), n == 1 ? QStringLiteral("IN") : QString()};
        case FieldId::DnsTtl: return {QString::number(n), in({"seconds", "秒"})};
        case FieldId::TlsContentType:
            return {QString::number(n), n == 23 ? in({"application data", "应用数据"}) : QString()};
        case FieldId::TcpOptionUnknown: return {QString::number(n), in({"unknown kind", "未知类型"})};
        default:
            if (field_.bitLength == 1)
                return {QString::number(n), n != 0 ? in({"set", "置位"}) : in({"not set", "未置位"})};
            return {grouped(n), {}};
        }
    }

private:
    QString in(const Words& words) const { return fromUtf8(words.in(context_.language)); }
    /// The ranges of RFC 6335 §6.
    QString portMeaning(std::uint64_t port) const
    {
        const QString service = nameIn(kServices, port);
        if (!service.isEmpty())
            return service;
        return port < 1024    ? in({"well-known", "熟知端口"})
               : port < 49152 ? in({"registered", "注册端口"})
                              : in({"dynamic", "动态端口"});
    }
    QString ipFlags(std::uint64_t n) const
    {
        QString names;
        if ((n & 2) != 0)
            names = QStringLiteral("DF");
        if ((n & 1) != 0)
            names += names.isEmpty() ? QStringLiteral("MF") : QStringLiteral(" MF");
        return names;
    }
    FieldText addressText(const IpAddress& address) const
    {
        return {QString::fromStdString(address.toString()), context_.hostOf ? context_.hostOf(address) : QString()};
    }
    /// Long numbers in groups of three, apart by a space that does not break.
    static QString grouped(std::uint64_t number)
    {
        QString text = QString::number(number);
        if (text.size() < 7)
            return text;
        for (qsizetype at = text.size() - 3; at > 0; at -= 3)
            text.insert(at, QChar(0x00a0));
        return text;
    }
    static QString hex(std::uint64_t number, int digits)
    {
        return QStringLiteral("0x%1").arg(number, digits, 16, QLatin1Char('0'));
    }
    static QString octetCount(std::uint64_t octets) { return QStringLiteral("%1 B").arg(octets); }
    /// The first octets as text where they are text; a dot stands for any other.
    QString preview() const
    {
        constexpr std::uint32_t kMost = 48;
        QString text;
        const std::uint32_t end = std::min({field_.byteOffset() + field_.byteLength(),
                                            static_cast<std::uint32_t>(frame_.size()), field_.byteOffset() + kMost});
        for (std::uint32_t at = field_.byteOffset(); at < end; ++at) {
            const std::uint8_t octet = frame_[at];
            text += octet >= 0x20 && octet < 0x7f ? QChar(octet) : QChar(0x00b7);
        }
        return text;
    }
    bool isV6() const { return frame_.size() >= 14 && readU16(frame_, 12) == kEtherTypeIpv6; }
    std::uint8_t octetBefore() const
    {
        const std::uint32_t at = field_.byteOffset();
        return at > 0 && at <= frame_.size() ? frame_[at - 1] : std::uint8_t{0};
    }

    const Field& field_;
    ByteView frame_;
    const FieldContext& context_;
};

QString labelAt(const std::vector<QString>& labels, std::size_t node)
{
    return node < labels.size() ? labels[node] : QString();
}

} // namespace

FieldText fieldText(const Field& field, ByteView frame, const FieldContext& context)
{
    return std::visit(FieldTeller(field, frame, context), field.value);
}

QString headerSizeText(const Field& header, Language language)
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
    const bool zh = language == Language::Chinese;
    QString text = QStringLiteral("%1 B").arg(header.byteLength() - options);
    if (options > 0)
        text += (zh ? QStringLiteral(" + %1 B 选项") : QStringLiteral(" + %1 B options")).arg(options);
    if (padding > 0)
        text += (zh ? QStringLiteral(" + %1 B 填充") : QStringLiteral(" + %1 B padding")).arg(padding);
    if (fcs > 0)
        text += QStringLiteral(" + %1 B FCS").arg(fcs);
    return text;
}

QString labelOfAddress(std::span<const TraceNode> nodes, const std::vector<QString>& labels, const IpAddress& address)
{
    for (std::size_t i = 0; i < nodes.size(); ++i)
        if (nodes[i].address == address ||
            std::ranges::any_of(nodes[i].addresses, [&](const IpPrefix& own) { return own.address == address; }))
            return labelAt(labels, i);
    return {};
}

QString labelOfAddress(std::span<const TraceNode> nodes, const std::vector<QString>& labels, const MacAddress& address)
{
    for (std::size_t i = 0; i < nodes.size(); ++i)
        if (std::ranges::find(nodes[i].macs, address) != nodes[i].macs.end())
            return labelAt(labels, i);
    return {};
}

} // namespace packetarium
