// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lesson/step_words.h"

#include "core/scenario/quantities.h"
#include "core/trace/packet_summary.h"

#include <fmt/format.h>

#include <array>

namespace packetarium {
namespace {

constexpr std::array kPacketWords{
    NamedWord<PacketWord>{"protocol", PacketWord::Protocol},
    NamedWord<PacketWord>{"source", PacketWord::Source},
    NamedWord<PacketWord>{"destination", PacketWord::Destination},
    NamedWord<PacketWord>{"source-mac", PacketWord::SourceMac},
    NamedWord<PacketWord>{"destination-mac", PacketWord::DestinationMac},
    NamedWord<PacketWord>{"source-port", PacketWord::SourcePort},
    NamedWord<PacketWord>{"destination-port", PacketWord::DestinationPort},
    NamedWord<PacketWord>{"ttl", PacketWord::Ttl},
    NamedWord<PacketWord>{"ttl-before", PacketWord::TtlBefore},
    NamedWord<PacketWord>{"ip-checksum", PacketWord::IpChecksum},
    NamedWord<PacketWord>{"ip-checksum-before", PacketWord::IpChecksumBefore},
    NamedWord<PacketWord>{"source-mac-before", PacketWord::SourceMacBefore},
    NamedWord<PacketWord>{"destination-mac-before", PacketWord::DestinationMacBefore},
    NamedWord<PacketWord>{"frame-length", PacketWord::FrameLength},
    NamedWord<PacketWord>{"identification", PacketWord::Identification},
    NamedWord<PacketWord>{"fragment-offset", PacketWord::FragmentOffset},
    NamedWord<PacketWord>{"more-fragments", PacketWord::MoreFragments},
    NamedWord<PacketWord>{"icmp-type", PacketWord::IcmpType},
    NamedWord<PacketWord>{"icmp-code", PacketWord::IcmpCode},
    NamedWord<PacketWord>{"http", PacketWord::Http},
    NamedWord<PacketWord>{"dns-question", PacketWord::DnsQuestion},
    NamedWord<PacketWord>{"dns-answer", PacketWord::DnsAnswer},
    NamedWord<PacketWord>{"from", PacketWord::From},
    NamedWord<PacketWord>{"to", PacketWord::To},
};
constexpr std::array kRecordWords{
    NamedWord<RecordWord>{"unit-length", RecordWord::UnitLength},
    NamedWord<RecordWord>{"header-length", RecordWord::HeaderLength},
    NamedWord<RecordWord>{"trailer-length", RecordWord::TrailerLength},
    NamedWord<RecordWord>{"text", RecordWord::Text},
    NamedWord<RecordWord>{"value", RecordWord::Value},
    NamedWord<RecordWord>{"rtt", RecordWord::Rtt},
    NamedWord<RecordWord>{"status", RecordWord::Status},
    NamedWord<RecordWord>{"row-name", RecordWord::RowName},
    NamedWord<RecordWord>{"row-address", RecordWord::RowAddress},
    NamedWord<RecordWord>{"row-mac", RecordWord::RowMac},
    NamedWord<RecordWord>{"row-port", RecordWord::RowPort},
    NamedWord<RecordWord>{"row-via", RecordWord::RowVia},
    NamedWord<RecordWord>{"row-data", RecordWord::RowData},
    NamedWord<RecordWord>{"node", RecordWord::Node},
};

bool isIp(const PacketSummary& summary)
{
    return summary.ttl != 0 || summary.icmp || summary.neighbor;
}

std::string checksumOf(const std::vector<Field>& fields)
{
    for (const Field& field : fields) {
        if (field.id == FieldId::IpHeaderChecksum)
            if (const auto* checksum = std::get_if<ChecksumValue>(&field.value))
                return fmt::format("0x{:04x}", checksum->value);
        if (const std::string found = field.id == FieldId::Icmp ? std::string() : checksumOf(field.children);
            !found.empty()) // an ICMP error quotes another datagram's
            return found;
    }
    return {};
}

std::string dnsAnswer(const DnsMessage& message)
{
    const auto written = [](const DnsRecord& record) {
        if (const auto* v4 = std::get_if<Ipv4Address>(&record.data))
            return v4->toString();
        if (const auto* v6 = std::get_if<Ipv6Address>(&record.data))
            return v6->toString();
        const auto* name = std::get_if<DnsName>(&record.data);
        return name ? *name : std::string();
    };
    if (!message.response)
        return {};
    for (const DnsRecord& record : message.answers)
        if (record.type == DnsType::A || record.type == DnsType::AAAA)
            return written(record);
    if (!message.answers.empty())
        return written(message.answers.front());
    for (const DnsRecord& record : message.authorities)
        if (record.type == DnsType::NS)
            return written(record);
    return toString(message.code);
}

std::string nodeName(NodeId node, const Trace& trace)
{
    return node && node.value() < trace.nodes().size() ? trace.nodes()[node.value()].name : std::string();
}

std::string port(std::uint16_t number)
{
    return number == 0 ? std::string() : std::to_string(number);
}

/// The same word of the packet before a switch or router passed it on.
std::string before(PacketWord word, const PacketInfo& packet, const Trace& trace)
{
    return packet.parent && packet.parent.value() < trace.packets().size()
               ? packetWord(word, trace.packet(packet.parent), trace)
               : std::string();
}

/// Headers around something: ARP and ICMP are in no header but carried by one.
bool carriesOthers(FieldId id)
{
    return id == FieldId::Ethernet || id == FieldId::Ipv4 || id == FieldId::Ipv6 || id == FieldId::Ip6Extension ||
           id == FieldId::Tcp || id == FieldId::Udp;
}

std::string layerWord(RecordWord word, const Record& record, const Trace& trace)
{
    if (record.kind != RecordKind::Layer)
        return {};
    if (word == RecordWord::UnitLength)
        return std::to_string(record.unitLength());
    std::uint32_t headers = 0, trailers = 0;
    for (const Field& header : dissect(trace.bytes(record.packet))) {
        if (header.layer == record.layer() && carriesOthers(header.id))
            headers += header.byteLength();
        for (const Field& child : header.children)
            if (child.id == FieldId::EthPadding || child.id == FieldId::EthFcs)
                trailers += child.byteLength();
    }
    return std::to_string(word == RecordWord::HeaderLength ? headers : trailers);
}

std::string rowWord(RecordWord word, const Record& record, const Trace& trace)
{
    if (record.kind != RecordKind::Table || record.value >= trace.tableRows().size())
        return {};
    const TableRow& row = trace.tableRows()[static_cast<std::size_t>(record.value)];
    const bool hasAddress = row.kind == TableKind::Arp || row.kind == TableKind::Neighbor;
    switch (word) {
    case RecordWord::RowName: return row.name;
    case RecordWord::RowAddress:
        return hasAddress                     ? row.prefix.address.toString()
               : row.kind == TableKind::Route ? row.prefix.toString()
                                              : std::string();
    case RecordWord::RowMac: return row.mac == MacAddress{} ? std::string() : row.mac.toString();
    case RecordWord::RowPort:
        return row.kind == TableKind::Switch || row.kind == TableKind::Route ? std::to_string(row.port) : std::string();
    case RecordWord::RowVia: return row.via.isUnspecified() ? std::string() : row.via.toString();
    case RecordWord::RowData: return row.data;
    default: return {};
    }
}

std::string programWord(RecordWord word, const Record& record, const Trace& trace)
{
    if (record.kind != RecordKind::Program)
        return {};
    switch (word) {
    case RecordWord::Text: return std::string(trace.textOf(record));
    case RecordWord::Value: return std::to_string(record.value);
    case RecordWord::Rtt:
        return record.program() == ProgramEvent::PingAnswered
                   ? writeDuration(SimDuration::nanoseconds(static_cast<std::int64_t>(record.value)))
                   : std::string();
    case RecordWord::Status:
        return record.program() == ProgramEvent::UrlAnswered || record.program() == ProgramEvent::ResponseSent
                   ? std::to_string(record.value)
                   : std::string();
    default: return {};
    }
}

} // namespace

bool speaksTcp(const PacketInfo& packet)
{
    switch (packet.protocol) {
    case Protocol::Tcp:
    case Protocol::Http:
    case Protocol::Tls: return true;
    case Protocol::Other: return packet.flags.bits != 0; // not a fragment
    case Protocol::Arp:
    case Protocol::Icmp:
    case Protocol::Icmpv6:
    case Protocol::Udp:
    case Protocol::Dns: return false;
    }
    return false;
}

std::span<const NamedWord<PacketWord>> packetWords()
{
    return kPacketWords;
}

std::span<const NamedWord<RecordWord>> recordWords()
{
    return kRecordWords;
}

std::string packetWord(PacketWord word, const PacketInfo& packet, const Trace& trace)
{
    switch (word) {
    case PacketWord::TtlBefore: return before(PacketWord::Ttl, packet, trace);
    case PacketWord::IpChecksumBefore: return before(PacketWord::IpChecksum, packet, trace);
    case PacketWord::SourceMacBefore: return before(PacketWord::SourceMac, packet, trace);
    case PacketWord::DestinationMacBefore: return before(PacketWord::DestinationMac, packet, trace);
    case PacketWord::FrameLength: return std::to_string(packet.bytesSize);
    case PacketWord::From: return nodeName(packet.from, trace);
    case PacketWord::To: return nodeName(packet.to, trace);
    case PacketWord::IpChecksum: return checksumOf(dissect(trace.bytes(packet.id)));
    default: break;
    }
    const PacketSummary summary = summarize(trace.bytes(packet.id));
    const auto ifIp = [&](std::string text) { return isIp(summary) ? std::move(text) : std::string(); };
    switch (word) {
    case PacketWord::Protocol: return std::string(toString(summary.protocol));
    case PacketWord::Source: return summary.source.isUnspecified() ? std::string() : summary.source.toString();
    case PacketWord::Destination:
        return summary.destination.isUnspecified() ? std::string() : summary.destination.toString();
    case PacketWord::SourceMac: return summary.sourceMac.toString();
    case PacketWord::DestinationMac: return summary.destinationMac.toString();
    case PacketWord::SourcePort: return port(summary.sourcePort);
    case PacketWord::DestinationPort: return port(summary.destinationPort);
    case PacketWord::Ttl: return ifIp(std::to_string(summary.ttl));
    case PacketWord::Identification: return ifIp(fmt::format("0x{:04x}", summary.ipIdentification));
    case PacketWord::FragmentOffset: return ifIp(std::to_string(summary.fragmentOffset));
    case PacketWord::MoreFragments: return ifIp(summary.moreFragments ? "1" : "0");
    case PacketWord::IcmpType: return summary.icmp ? std::to_string(summary.icmp->type) : std::string();
    case PacketWord::IcmpCode: return summary.icmp ? std::to_string(summary.icmp->code) : std::string();
    case PacketWord::Http: return summary.httpStart;
    case PacketWord::DnsQuestion:
        return summary.dns && !summary.dns->questions.empty() ? summary.dns->questions.front().name : std::string();
    case PacketWord::DnsAnswer: return summary.dns ? dnsAnswer(*summary.dns) : std::string();
    default: return {};
    }
}

std::string recordWord(RecordWord word, const BoundStep& step, const Trace& trace)
{
    if (word == RecordWord::Node)
        return nodeName(step.host, trace);
    if (step.record >= trace.records().size())
        return {};
    const Record& record = trace.records()[step.record];
    // A step in mid-flight, at the start or at the end has no record of its own.
    if (record.at != step.at || record.packet != step.packet)
        return {};
    switch (word) {
    case RecordWord::UnitLength:
    case RecordWord::HeaderLength:
    case RecordWord::TrailerLength: return layerWord(word, record, trace);
    case RecordWord::Text:
    case RecordWord::Value:
    case RecordWord::Rtt:
    case RecordWord::Status: return programWord(word, record, trace);
    case RecordWord::RowName:
    case RecordWord::RowAddress:
    case RecordWord::RowMac:
    case RecordWord::RowPort:
    case RecordWord::RowVia:
    case RecordWord::RowData: return rowWord(word, record, trace);
    case RecordWord::Node: break;
    }
    return {};
}

} // namespace packetarium
