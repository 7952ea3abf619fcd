// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/apps_rig.h"

#include "core/apps/dns_chain.h"

#include <algorithm>
#include <map>

namespace packetarium::testing {

namespace {

MacAddress macFor(Ipv4Address address)
{
    MacAddress mac{{0x02, 0, 0, 0, 0, 0}};
    for (std::size_t i = 0; i < 4; ++i)
        mac.octets[2 + i] = static_cast<std::uint8_t>(address.value >> (24 - 8 * i));
    return mac;
}

LinkEnd endOf(const std::string& name)
{
    const std::size_t dot = name.find('.');
    if (dot == std::string::npos)
        return {name, {}};
    return {name.substr(0, dot), name.substr(dot + 1)};
}

RouterInterfaceSpec interfaceOf(const std::string& name, const std::string& prefix)
{
    const IpPrefix parsed = IpPrefix::parse(prefix).value();
    RouterInterfaceSpec interface;
    interface.name = name;
    interface.address = parsed.address.v4();
    interface.prefixLength = parsed.length;
    interface.mac = macFor(parsed.address.v4());
    return interface;
}

std::string nameOf(const Trace& trace, const IpAddress& address)
{
    for (const TraceNode& node : trace.nodes()) {
        for (const IpPrefix& own : node.addresses) {
            if (own.address == address)
                return node.name;
        }
    }
    return address.toString();
}

std::string listed(const std::vector<DnsRecord>& records)
{
    std::string list;
    for (const DnsRecord& record : records)
        list += " " + (record.name.empty() ? "." : record.name) + "=" + dataText(record);
    return list;
}

} // namespace

HostSpec& addHost(Scenario& scenario, const std::string& name, const std::string& address)
{
    HostSpec host;
    host.name = name;
    host.activeSide = scenario.hosts.empty();
    host.address = Ipv4Address::parse(address).value();
    host.mac = macFor(host.address);
    scenario.hosts.push_back(std::move(host));
    return scenario.hosts.back();
}

void join(Scenario& scenario, const std::string& a, const std::string& b, SimDuration delay)
{
    LinkSpec spec;
    spec.delay = delay;
    scenario.links.push_back({endOf(a), endOf(b), spec});
}

RouterSpec& addRouter(Scenario& scenario, const std::string& name, const std::string& left, const std::string& right)
{
    RouterSpec router;
    router.name = name;
    router.interfaces = {interfaceOf("left", left), interfaceOf("right", right)};
    scenario.routers.push_back(std::move(router));
    return scenario.routers.back();
}

Scenario twoOnACable(SimDuration delay)
{
    Scenario scenario;
    addHost(scenario, "client", "10.0.0.1");
    addHost(scenario, "server", "10.0.0.2");
    join(scenario, "client", "server", delay);
    return scenario;
}

std::string shortSeconds(SimTime t)
{
    std::string fraction = std::to_string(t.ns() % 1'000'000'000 + 1'000'000'000).substr(1);
    while (fraction.size() > 1 && fraction.back() == '0')
        fraction.pop_back();
    return std::to_string(t.ns() / 1'000'000'000) + "." + fraction;
}

std::string text(const Bytes& bytes)
{
    return std::string(bytes.begin(), bytes.end());
}

namespace {

std::string lineOf(const Trace& trace, const Record& record)
{
    std::string line = shortSeconds(record.at) + " " + trace.nodes()[record.host.value()].name + " ";
    line += toString(record.program());
    if (record.value != 0)
        line += " " + std::to_string(record.value);
    if (record.text != 0)
        line += " " + std::string(trace.textOf(record));
    if (record.trouble() != ProgramTrouble::None)
        line += " " + std::string(toString(record.trouble()));
    return line;
}

} // namespace

std::vector<std::string> doings(const Trace& trace, const std::string& host)
{
    std::vector<std::string> lines;
    for (const Record& record : trace.records()) {
        if (record.kind == RecordKind::Program && (host.empty() || trace.nodes()[record.host.value()].name == host))
            lines.push_back(lineOf(trace, record));
    }
    return lines;
}

std::vector<std::string> doings(const Trace& trace, std::initializer_list<ProgramEvent> events)
{
    std::vector<std::string> lines;
    for (const Record& record : trace.records()) {
        if (record.kind == RecordKind::Program &&
            std::find(events.begin(), events.end(), record.program()) != events.end())
            lines.push_back(lineOf(trace, record));
    }
    return lines;
}

std::vector<std::string> dnsMessages(const Trace& trace)
{
    std::vector<std::string> lines;
    for (const PacketInfo& packet : trace.packets()) {
        if (packet.parent)
            continue;
        const PacketSummary summary = summarize(trace.bytes(packet.id));
        if (!summary.dns)
            continue;
        const DnsMessage& dns = *summary.dns;
        std::string line = nameOf(trace, summary.source) + " > " + nameOf(trace, summary.destination) + ": " +
                           dns.questions.at(0).name + " " + toString(dns.questions[0].type);
        if (!dns.response) {
            line += dns.recursionDesired ? "? rd" : "?";
        } else {
            line += " " + toString(dns.code) + (dns.authoritative ? " aa" : "") + listed(dns.answers);
            if (!dns.authorities.empty() || !dns.additionals.empty())
                line += " /" + listed(dns.authorities) + " /" + listed(dns.additionals);
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

std::vector<std::string> cacheChanges(const Trace& trace)
{
    std::vector<std::string> lines;
    for (const Record& record : trace.records()) {
        if (record.kind != RecordKind::Table || record.table() != TableKind::Dns)
            continue;
        const TableRow& row = trace.tableRows()[record.value];
        std::string line = shortSeconds(record.at) + " " + trace.nodes()[record.host.value()].name + " ";
        line += toString(record.tableChange());
        line += " " + row.name + (row.data.empty() ? "" : " " + row.data);
        lines.push_back(std::move(line));
    }
    return lines;
}

Bytes streamFrom(const Trace& trace, const std::string& host, std::uint16_t sourcePort)
{
    std::map<std::uint32_t, Bytes> pieces;
    std::optional<Seq32> first;
    for (const PacketInfo& packet : trace.packets()) {
        const FrameBytes frame = trace.bytes(packet.id);
        const PacketSummary summary = summarize(frame);
        const bool tcp = summary.protocol == Protocol::Tcp || summary.protocol == Protocol::Http ||
                         summary.protocol == Protocol::Tls;
        if (packet.parent || !tcp || summary.sourcePort != sourcePort || nameOf(trace, summary.source) != host)
            continue;
        if (summary.tcpFlags.syn())
            first = packet.seq + 1;
        if (!first || packet.length == 0)
            continue;
        const std::size_t ip = 14; // then IPv4's and TCP's headers, as long as they say
        const std::size_t tcpAt = ip + 4 * (frame[ip] & 0x0fu);
        const ByteView data = frame.view().subspan(tcpAt + 4 * (frame[tcpAt + 12] >> 4u), packet.length);
        pieces[static_cast<std::uint32_t>(packet.seq - *first)] = Bytes(data.begin(), data.end());
    }
    Bytes stream;
    for (const auto& [at, piece] : pieces) {
        if (at == stream.size())
            stream.insert(stream.end(), piece.begin(), piece.end());
    }
    return stream;
}

} // namespace packetarium::testing
