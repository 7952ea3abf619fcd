// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every frame that a node makes in a built-in scenario, read by Wireshark and by the field tree that the inspector shows:
// the same values. What goes over TCP is compared over a whole run, because Wireshark shows a message where its last
// segment is and the inspector where its first is.
#include "core/engine/engine.h"
#include "core/scenario/scenario_file.h"
#include "tests/core/tshark_compare.h"
#include "tests/support/catch.h"

#include <map>
#include <set>

namespace packetarium::capture_fields_test {

using namespace test;

namespace {

const std::vector<Pair> kPairs{
    {"eth.dst", FieldId::EthDestination},
    {"eth.src", FieldId::EthSource},
    {"arp.opcode", FieldId::ArpOperation},
    {"arp.src.hw_mac", FieldId::ArpSenderMac},
    {"arp.src.proto_ipv4", FieldId::ArpSenderIp},
    {"arp.dst.hw_mac", FieldId::ArpTargetMac},
    {"arp.dst.proto_ipv4", FieldId::ArpTargetIp},
    {"ip.len", FieldId::IpTotalLength},
    {"ip.id", FieldId::IpIdentification},
    {"ip.flags.df", FieldId::IpDontFragment},
    {"ip.flags.mf", FieldId::IpMoreFragments},
    {"ip.ttl", FieldId::IpTtl},
    {"ip.proto", FieldId::IpProtocol},
    {"ip.checksum", FieldId::IpHeaderChecksum},
    {"ip.src", FieldId::IpSource},
    {"ip.dst", FieldId::IpDestination},
    {"ipv6.plen", FieldId::Ip6PayloadLength},
    {"ipv6.nxt", FieldId::Ip6NextHeader},
    {"ipv6.hlim", FieldId::Ip6HopLimit},
    {"ipv6.src", FieldId::Ip6Source},
    {"ipv6.dst", FieldId::Ip6Destination},
    {"icmpv6.nd.ns.target_address", FieldId::NdTarget},
    {"icmpv6.nd.na.target_address", FieldId::NdTarget},
    {"icmpv6.nd.na.flag.s", FieldId::NdSolicited},
    {"icmpv6.nd.na.flag.o", FieldId::NdOverride},
    {"icmp.type", FieldId::IcmpType},
    {"icmpv6.type", FieldId::IcmpType},
    {"icmp.code", FieldId::IcmpCode},
    {"icmpv6.code", FieldId::IcmpCode},
    {"icmp.checksum", FieldId::IcmpChecksum},
    {"icmpv6.checksum", FieldId::IcmpChecksum},
    {"icmp.seq", FieldId::IcmpSequence},
    {"icmpv6.echo.sequence_number", FieldId::IcmpSequence},
    {"udp.srcport", FieldId::UdpSourcePort},
    {"udp.dstport", FieldId::UdpDestinationPort},
    {"udp.length", FieldId::UdpLength},
    {"udp.checksum", FieldId::UdpChecksum},
    {"tcp.srcport", FieldId::TcpSourcePort},
    {"tcp.dstport", FieldId::TcpDestinationPort},
    {"tcp.window_size_value", FieldId::TcpWindow},
    {"tcp.checksum", FieldId::TcpChecksum},
    {"dns.id", FieldId::DnsId},
    {"dns.flags", FieldId::DnsFlags},
    {"dns.count.queries", FieldId::DnsQuestionCount},
    {"dns.count.answers", FieldId::DnsAnswerCount},
    {"dns.count.auth_rr", FieldId::DnsAuthorityCount},
    {"dns.count.add_rr", FieldId::DnsAdditionalCount},
    {"dns.qry.name", FieldId::DnsDomainName},
    {"dns.resp.name", FieldId::DnsDomainName},
    {"dns.qry.type", FieldId::DnsType},
    {"dns.resp.type", FieldId::DnsType},
    {"dns.resp.ttl", FieldId::DnsTtl},
    {"dns.resp.len", FieldId::DnsDataLength},
};
const std::vector<Pair> kHttpPairs{
    {"http.request.method", FieldId::HttpMethod},   {"http.request.uri", FieldId::HttpTarget},
    {"http.request.version", FieldId::HttpVersion}, {"http.response.version", FieldId::HttpVersion},
    {"http.response.code", FieldId::HttpStatus},    {"http.response.phrase", FieldId::HttpReason},
};

using Values = std::map<FieldId, std::string>;

/// tshark's values of one frame under the ids they belong to; of two names with one id the first's come first.
std::vector<Values> theirFrames(const std::string& capture, const std::vector<Pair>& pairs)
{
    std::string arguments = "-T fields -E 'separator=|' -E occurrence=a -E 'aggregator=,' -e frame.number";
    for (const Pair& pair : pairs)
        arguments += std::string(" -e ") + pair.name;
    std::istringstream lines(tshark(capture, arguments));
    std::vector<Values> frames;
    for (std::string line; std::getline(lines, line);) {
        if (line.find('|') == std::string::npos)
            continue; // tshark's own remarks
        std::istringstream cells(line);
        std::string cell;
        std::getline(cells, cell, '|');
        Values values;
        for (const Pair& pair : pairs) {
            if (!std::getline(cells, cell, '|'))
                cell.clear();
            if (!cell.empty())
                values[pair.id] += (values[pair.id].empty() ? "" : ",") + normal(cell);
        }
        frames.push_back(std::move(values));
    }
    return frames;
}

Values ourFrame(const Bytes& frame, const std::vector<Pair>& pairs)
{
    const std::vector<Field> nodes = dissect(frame);
    Values values;
    for (const Pair& pair : pairs)
        if (std::string shown = treeValues(nodes, pair.id); !shown.empty())
            values[pair.id] = std::move(shown);
    return values;
}

/// Frames as the node that made them sent them: not what others passed on, nor copies, nor what TCP sent again.
std::vector<Bytes> madeFrames(const Trace& trace)
{
    std::vector<Bytes> frames;
    for (const PacketInfo& packet : trace.packets()) {
        if (packet.parent || packet.copyOf || packet.injected || packet.retransmission)
            continue;
        const FrameBytes frame = trace.bytes(packet.id);
        frames.push_back(frame.octets());
    }
    return frames;
}

/// All values of a run, by field, in no order.
std::map<FieldId, std::multiset<std::string>> together(const std::vector<Values>& frames)
{
    std::map<FieldId, std::multiset<std::string>> all;
    for (const Values& values : frames)
        for (const auto& [id, cell] : values) {
            std::istringstream parts(cell);
            for (std::string part; std::getline(parts, part, ',');)
                all[id].insert(part);
        }
    return all;
}

} // namespace

TEST_CASE("tshark and the inspector read every built-in scenario alike", "[capture-fields]")
{
    if (withoutTshark())
        return;
    std::set<FieldId> met;
    for (const std::string& name : builtinScenarioNames()) {
        auto scenario = builtinScenario(name);
        REQUIRE(scenario.ok());
        Engine engine(std::move(scenario).value());
        engine.runToEnd();
        const std::vector<Bytes> frames = madeFrames(engine.trace());
        const std::string capture = captureOf(frames);
        const std::vector<Values> theirs = theirFrames(capture, kPairs);
        REQUIRE(theirs.size() == frames.size());
        std::vector<Values> ourHttp;
        for (std::size_t i = 0; i < frames.size(); ++i) {
            INFO(name << ", frame " << i + 1);
            const Values ours = ourFrame(frames[i], kPairs);
            for (const Pair& pair : kPairs) {
                const auto here = ours.find(pair.id);
                const auto there = theirs[i].find(pair.id);
                INFO(pair.name);
                CHECK((here == ours.end() ? "" : here->second) == (there == theirs[i].end() ? "" : there->second));
                if (here != ours.end())
                    met.insert(pair.id);
            }
            ourHttp.push_back(ourFrame(frames[i], kHttpPairs));
        }
        INFO(name);
        const auto http = together(ourHttp);
        CHECK(http == together(theirFrames(capture, kHttpPairs)));
        for (const auto& [id, values] : http)
            met.insert(id);
    }
    // The scenarios have something of everything.
    for (const auto& pairs : {kPairs, kHttpPairs})
        for (const Pair& pair : pairs) {
            INFO(pair.name);
            CHECK(met.count(pair.id) == 1);
        }
}

} // namespace packetarium::capture_fields_test
