// SPDX-License-Identifier: GPL-3.0-or-later
//
// Wireshark's reading of ARP, ICMP, neighbour discovery and the headers under them, field by field, against the field
// tree that the inspector shows.
#include "tests/core/app_frames.h"
#include "tests/core/tshark_compare.h"
#include "tests/support/catch.h"

namespace packetarium::capture_net_test {

using namespace test;

namespace {

const std::vector<Pair> kIpv4Pairs{
    {"eth.dst", FieldId::EthDestination},
    {"eth.src", FieldId::EthSource},
    {"eth.type", FieldId::EthType},
    {"ip.version", FieldId::IpVersion},
    {"ip.dsfield.dscp", FieldId::IpDscp},
    {"ip.dsfield.ecn", FieldId::IpEcn},
    {"ip.len", FieldId::IpTotalLength},
    {"ip.id", FieldId::IpIdentification},
    {"ip.flags.df", FieldId::IpDontFragment},
    {"ip.flags.mf", FieldId::IpMoreFragments},
    {"ip.ttl", FieldId::IpTtl},
    {"ip.proto", FieldId::IpProtocol},
    {"ip.checksum", FieldId::IpHeaderChecksum},
    {"ip.src", FieldId::IpSource},
    {"ip.dst", FieldId::IpDestination},
};
const std::vector<Pair> kIpv6Pairs{
    {"ipv6.version", FieldId::Ip6Version},      {"ipv6.tclass", FieldId::Ip6TrafficClass},
    {"ipv6.flow", FieldId::Ip6FlowLabel},       {"ipv6.plen", FieldId::Ip6PayloadLength},
    {"ipv6.nxt", FieldId::Ip6NextHeader},       {"ipv6.hlim", FieldId::Ip6HopLimit},
    {"ipv6.src", FieldId::Ip6Source},           {"ipv6.dst", FieldId::Ip6Destination},
    {"icmpv6.type", FieldId::IcmpType},         {"icmpv6.code", FieldId::IcmpCode},
    {"icmpv6.checksum", FieldId::IcmpChecksum},
};

std::vector<Pair> with(std::vector<Pair> pairs, const std::vector<Pair>& more)
{
    pairs.insert(pairs.end(), more.begin(), more.end());
    return pairs;
}

Bytes icmpv6Frame(const IcmpMessage& message, std::uint8_t hopLimit = kDefaultTtl)
{
    Ipv6Header ip;
    ip.nextHeader = kProtocolIcmpv6;
    ip.hopLimit = hopLimit;
    ip.source = kIp6A;
    ip.destination = kIp6B;
    ip.trafficClass = 0x20;
    ip.flowLabel = 0x12345;
    return ethernetFrame(kEtherTypeIpv6, encodeIpv6(ip, encodeIcmpv6(message, kIp6A, kIp6B)));
}

} // namespace

TEST_CASE("tshark reads ARP as the inspector does", "[capture]")
{
    if (withoutTshark())
        return;
    const std::vector<Pair> pairs{
        {"eth.type", FieldId::EthType},
        {"arp.hw.type", FieldId::ArpHardwareType},
        {"arp.proto.type", FieldId::ArpProtocolType},
        {"arp.hw.size", FieldId::ArpHardwareLength},
        {"arp.proto.size", FieldId::ArpProtocolLength},
        {"arp.opcode", FieldId::ArpOperation},
        {"arp.src.hw_mac", FieldId::ArpSenderMac},
        {"arp.src.proto_ipv4", FieldId::ArpSenderIp},
        {"arp.dst.hw_mac", FieldId::ArpTargetMac},
        {"arp.dst.proto_ipv4", FieldId::ArpTargetIp},
    };
    compare(ethernetFrame(kEtherTypeArp, encodeArp({ArpPacket::Request, kMacA, kIpA, {}, kIpB})), "arp", pairs);
    compare(ethernetFrame(kEtherTypeArp, encodeArp({ArpPacket::Reply, kMacA, kIpA, kMacB, kIpB})), "arp", pairs);
}

TEST_CASE("tshark reads ICMP echo as the inspector does", "[capture]")
{
    if (withoutTshark())
        return;
    for (const std::uint8_t type : {IcmpMessage::EchoRequest, IcmpMessage::EchoReply})
        compare(ipv4Frame(kProtocolIcmp, encodeIcmp({type, 0, 0x12340007, bytesOf("echo data")})), "icmp",
                with(kIpv4Pairs, {{"icmp.type", FieldId::IcmpType},
                                  {"icmp.code", FieldId::IcmpCode},
                                  {"icmp.checksum", FieldId::IcmpChecksum},
                                  {"icmp.ident", FieldId::IcmpIdentifier},
                                  {"icmp.seq", FieldId::IcmpSequence}}));
}

TEST_CASE("tshark reads ICMP errors and what they quote as the inspector does", "[capture]")
{
    if (withoutTshark())
        return;
    // The quoted datagram's fields stand under the same names, after the outer ones.
    Ipv4Header lost;
    lost.protocol = kProtocolUdp;
    lost.source = kIpB;
    lost.destination = kIpA;
    lost.ttl = 1;
    const Bytes quoted = encodeIpv4(lost, encodeUdp({40000, 33434, bytesOf("probe")}, kIpB, kIpA));
    const std::vector<Pair> pairs = with(kIpv4Pairs, {{"icmp.type", FieldId::IcmpType},
                                                      {"icmp.code", FieldId::IcmpCode},
                                                      {"icmp.checksum", FieldId::IcmpChecksum},
                                                      {"udp.srcport", FieldId::UdpSourcePort},
                                                      {"udp.dstport", FieldId::UdpDestinationPort},
                                                      {"udp.length", FieldId::UdpLength}});
    compare(ipv4Frame(kProtocolIcmp, encodeIcmp({IcmpMessage::TimeExceeded, 0, 0, quoted})), "icmp", pairs);
    compare(ipv4Frame(kProtocolIcmp, encodeIcmp({IcmpMessage::DestinationUnreachable, 3, 0, quoted})), "icmp", pairs);
    compare(ipv4Frame(kProtocolIcmp, encodeIcmp({IcmpMessage::DestinationUnreachable, 4, 1400, quoted})), "icmp",
            with(pairs, {{"icmp.mtu", FieldId::IcmpNextHopMtu}}));
}

TEST_CASE("tshark reads neighbour discovery as the inspector does", "[capture]")
{
    if (withoutTshark())
        return;
    NeighborMessage solicitation;
    solicitation.target = kIp6B;
    solicitation.linkAddress = kMacA;
    const std::vector<Pair> option{{"icmpv6.opt.type", FieldId::NdOptionType},
                                   {"icmpv6.opt.length", FieldId::NdOptionLength}};
    compare(icmpv6Frame(toIcmp(solicitation), 255), "icmpv6",
            with(with(kIpv6Pairs, option), {{"icmpv6.nd.ns.target_address", FieldId::NdTarget},
                                            {"icmpv6.opt.src_linkaddr", FieldId::NdLinkAddress}}));
    NeighborMessage advertisement;
    advertisement.solicitation = false;
    advertisement.target = kIp6A;
    advertisement.linkAddress = kMacA;
    advertisement.solicited = advertisement.override_ = true;
    compare(icmpv6Frame(toIcmp(advertisement), 255), "icmpv6",
            with(with(kIpv6Pairs, option), {{"icmpv6.nd.na.target_address", FieldId::NdTarget},
                                            {"icmpv6.nd.na.flag.r", FieldId::NdRouter},
                                            {"icmpv6.nd.na.flag.s", FieldId::NdSolicited},
                                            {"icmpv6.nd.na.flag.o", FieldId::NdOverride},
                                            {"icmpv6.opt.target_linkaddr", FieldId::NdLinkAddress}}));
}

TEST_CASE("tshark reads ICMPv6 echo as the inspector does", "[capture]")
{
    if (withoutTshark())
        return;
    compare(icmpv6Frame({IcmpMessage::V6EchoRequest, 0, 0x00050002, bytesOf("x")}), "icmpv6",
            with(kIpv6Pairs, {{"icmpv6.echo.identifier", FieldId::IcmpIdentifier},
                              {"icmpv6.echo.sequence_number", FieldId::IcmpSequence}}));
}

TEST_CASE("A bad checksum of any protocol is found by the tests' own check", "[capture]")
{
    if (withoutTshark())
        return;
    const auto spoilt = [](Bytes frame, std::size_t at) {
        frame[at] ^= 1;
        frame.resize(frame.size() - kFcsSize);
        return withFcs(std::move(frame));
    };
    const Bytes udp = udpFrame(1, 2, bytesOf("x"));
    const Bytes udp6 = udpFrame6(1, 2, bytesOf("x"));
    const Bytes icmp = ipv4Frame(kProtocolIcmp, encodeIcmp({IcmpMessage::EchoReply, 0, 1, {}}));
    const Bytes icmp6 = icmpv6Frame({IcmpMessage::V6EchoReply, 0, 1, {}});
    CHECK(framesWithProblems(captureOf({udp, udp6, icmp, icmp6})).empty());
    CHECK_FALSE(framesWithProblems(captureOf({spoilt(udp, 14 + 20 + 6)})).empty());
    CHECK_FALSE(framesWithProblems(captureOf({spoilt(udp6, 14 + 40 + 6)})).empty());
    CHECK_FALSE(framesWithProblems(captureOf({spoilt(icmp, 14 + 20 + 2)})).empty());
    CHECK_FALSE(framesWithProblems(captureOf({spoilt(icmp6, 14 + 40 + 2)})).empty());
}

} // namespace packetarium::capture_net_test
