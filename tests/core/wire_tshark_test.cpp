// SPDX-License-Identifier: GPL-3.0-or-later
//
// Frames of every protocol below the application layer, dissected by Wireshark and by dissect(): field by field, both
// must say the same.
#include "core/base/rng.h"
#include "core/wire/arp.h"
#include "core/wire/icmp.h"
#include "core/wire/udp.h"
#include "tests/core/wire_captured_frames.h"
#include "tests/core/wire_captured_net.h"
#include "tests/core/wire_tree.h"
#include "tests/support/tshark.h"

#include <sstream>

namespace packetarium::wire_tshark_test {

using namespace test;

namespace {

using enum FieldId;

/// A field of ours and Wireshark's name for it; `unit` is what one of ours is in theirs (IHL is in octets there). The frame
/// check sequence is missing: Wireshark writes its octets the other way round, and says only whether it is right.
struct Pair {
    FieldId id;
    const char* name;
    std::uint64_t unit = 1;
};

constexpr Pair kPairs[] = {
    {EthDestination, "eth.dst"},
    {EthSource, "eth.src"},
    {EthType, "eth.type"},
    {ArpHardwareType, "arp.hw.type"},
    {ArpProtocolType, "arp.proto.type"},
    {ArpHardwareLength, "arp.hw.size"},
    {ArpProtocolLength, "arp.proto.size"},
    {ArpOperation, "arp.opcode"},
    {ArpSenderMac, "arp.src.hw_mac"},
    {ArpSenderIp, "arp.src.proto_ipv4"},
    {ArpTargetMac, "arp.dst.hw_mac"},
    {ArpTargetIp, "arp.dst.proto_ipv4"},
    {IpIhl, "ip.hdr_len", 4},
    {IpDscp, "ip.dsfield.dscp"},
    {IpEcn, "ip.dsfield.ecn"},
    {IpTotalLength, "ip.len"},
    {IpIdentification, "ip.id"},
    {IpDontFragment, "ip.flags.df"},
    {IpMoreFragments, "ip.flags.mf"},
    {IpFragmentOffset, "ip.frag_offset"},
    {IpTtl, "ip.ttl"},
    {IpProtocol, "ip.proto"},
    {IpHeaderChecksum, "ip.checksum"},
    {IpSource, "ip.src"},
    {IpDestination, "ip.dst"},
    {Ip6Version, "ipv6.version"},
    {Ip6TrafficClass, "ipv6.tclass"},
    {Ip6FlowLabel, "ipv6.flow"},
    {Ip6PayloadLength, "ipv6.plen"},
    {Ip6NextHeader, "ipv6.nxt"},
    {Ip6HopLimit, "ipv6.hlim"},
    {Ip6Source, "ipv6.src"},
    {Ip6Destination, "ipv6.dst"},
    {UdpSourcePort, "udp.srcport"},
    {UdpDestinationPort, "udp.dstport"},
    {UdpLength, "udp.length"},
    {UdpChecksum, "udp.checksum"},
    {TcpSourcePort, "tcp.srcport"},
    {TcpSequence, "tcp.seq_raw"},
    {TcpAcknowledgment, "tcp.ack_raw"},
    {TcpChecksum, "tcp.checksum"},
    {TcpOptionMss, "tcp.options.mss_val"},
    {TcpOptionWindowScale, "tcp.options.wscale.shift"},
};
/// The names differ between the versions of ICMP, our ids do not.
constexpr Pair kIcmpPairs[] = {
    {IcmpType, "icmp.type"},        {IcmpCode, "icmp.code"},    {IcmpChecksum, "icmp.checksum"},
    {IcmpIdentifier, "icmp.ident"}, {IcmpSequence, "icmp.seq"}, {IcmpNextHopMtu, "icmp.mtu"},
};
constexpr Pair kIcmpv6Pairs[] = {
    {IcmpType, "icmpv6.type"},
    {IcmpCode, "icmpv6.code"},
    {IcmpChecksum, "icmpv6.checksum"},
    {IcmpIdentifier, "icmpv6.echo.identifier"},
    {IcmpSequence, "icmpv6.echo.sequence_number"},
    {IcmpNextHopMtu, "icmpv6.mtu"},
    {NdRouter, "icmpv6.nd.na.flag.r"},
    {NdSolicited, "icmpv6.nd.na.flag.s"},
    {NdOverride, "icmpv6.nd.na.flag.o"},
    {NdOptionType, "icmpv6.opt.type"},
    {NdOptionLength, "icmpv6.opt.length"},
    {NdLinkAddress, "icmpv6.opt.linkaddr"},
};
constexpr Pair kSolicitationPairs[] = {{NdTarget, "icmpv6.nd.ns.target_address"}};
constexpr Pair kAdvertisementPairs[] = {{NdTarget, "icmpv6.nd.na.target_address"}};

void append32(std::string& text, std::uint32_t value)
{
    for (unsigned shift = 0; shift < 32; shift += 8)
        text += static_cast<char>(value >> shift & 0xff);
}

/// A capture file of frames with their frame check sequence (https://www.tcpdump.org/manpages/pcap-savefile.5.html).
std::string pcapOf(const std::vector<Bytes>& frames)
{
    std::string text;
    append32(text, 0xa1b2c3d4);
    append32(text, 0x00040002); // version 2.4
    append32(text, 0);
    append32(text, 0);
    append32(text, 0x40000);
    append32(text, 1u | 1u << 26 | 2u << 28); // Ethernet; two 16-bit words of check sequence follow each frame
    for (std::size_t i = 0; i < frames.size(); ++i) {
        append32(text, static_cast<std::uint32_t>(i));
        append32(text, 0);
        append32(text, static_cast<std::uint32_t>(frames[i].size()));
        append32(text, static_cast<std::uint32_t>(frames[i].size()));
        text.append(frames[i].begin(), frames[i].end());
    }
    return text;
}

/// What `value` is in Wireshark's figures; a number without its base.
std::string written(const FieldValue& value, std::uint64_t unit)
{
    if (const auto* n = std::get_if<std::uint64_t>(&value))
        return std::to_string(*n * unit);
    if (const auto* seq = std::get_if<Seq32>(&value))
        return std::to_string(seq->value());
    if (const auto* checksum = std::get_if<ChecksumValue>(&value))
        return std::to_string(checksum->value);
    if (const auto* mac = std::get_if<MacAddress>(&value))
        return mac->toString();
    if (const auto* v4 = std::get_if<Ipv4Address>(&value))
        return v4->toString();
    if (const auto* v6 = std::get_if<Ipv6Address>(&value))
        return v6->toString();
    return "?";
}

std::string read(const std::string& text)
{
    if (text == "True")
        return "1";
    if (text == "False")
        return "0";
    return text.starts_with("0x") ? std::to_string(std::stoull(text, nullptr, 16)) : text;
}

/// For each frame: for each name, what Wireshark says of its first (or last) appearance; "" if it is not there.
std::vector<std::vector<std::string>> readByTshark(const std::vector<Bytes>& frames, const std::vector<Pair>& pairs,
                                                   bool last)
{
    // Nothing is put together: each frame for itself.
    std::string arguments = "-o ip.defragment:FALSE -o ipv6.defragment:FALSE -T fields -E separator=/t -E occurrence=";
    arguments += last ? "l" : "f";
    arguments += " -e frame.number";
    for (const Pair& pair : pairs)
        arguments += std::string(" -e ") + pair.name;
    std::istringstream lines(tshark(pcapOf(frames), arguments));
    std::vector<std::vector<std::string>> rows;
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line[0] < '0' || line[0] > '9')
            continue; // tshark on being run by the superuser
        std::vector<std::string> row;
        for (std::size_t at = 0; at <= line.size();) {
            const std::size_t end = std::min(line.find('\t', at), line.size());
            row.push_back(read(line.substr(at, end - at)));
            at = end + 1;
        }
        row.resize(pairs.size() + 1);
        row.erase(row.begin());
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<Pair> pairsFor(std::string_view version)
{
    std::vector<Pair> pairs(std::begin(kPairs), std::end(kPairs));
    const auto add = [&pairs](const auto& more) { pairs.insert(pairs.end(), std::begin(more), std::end(more)); };
    if (version == "icmp")
        add(kIcmpPairs);
    else
        add(kIcmpv6Pairs);
    if (version == "advertisement")
        add(kAdvertisementPairs);
    else if (version == "solicitation")
        add(kSolicitationPairs);
    return pairs;
}

/// Both say the same of all frames, of which none has another version of ICMP than this. Returns how many values agreed.
int compare(const std::vector<Bytes>& frames, std::string_view version)
{
    const std::vector<Pair> pairs = pairsFor(version);
    const auto rows = readByTshark(frames, pairs, false);
    REQUIRE(rows.size() == frames.size());
    int agreed = 0;
    for (std::size_t i = 0; i < frames.size(); ++i) {
        const std::vector<Field> nodes = dissect(frames[i]);
        for (std::size_t p = 0; p < pairs.size(); ++p) {
            const Field* field = find(nodes, pairs[p].id);
            const std::string ours = field == nullptr ? "" : written(field->value, pairs[p].unit);
            INFO("frame " << i + 1 << ", " << pairs[p].name);
            CHECK(ours == rows[i][p]);
            agreed += !ours.empty() && ours == rows[i][p] ? 1 : 0;
        }
    }
    return agreed;
}

class Sender {
public:
    explicit Sender(std::uint64_t seed)
        : rng_(seed)
    {}
    std::uint8_t u8() { return static_cast<std::uint8_t>(rng_.next()); }
    std::uint16_t u16() { return static_cast<std::uint16_t>(rng_.next()); }
    std::uint16_t port() { return static_cast<std::uint16_t>(49152 + rng_.below(16384)); } // none has a protocol
    Bytes data(std::size_t most)
    {
        Bytes bytes(static_cast<std::size_t>(rng_.below(most)));
        for (std::uint8_t& octet : bytes)
            octet = u8();
        return bytes;
    }
    MacAddress mac() { return {{2, u8(), u8(), u8(), u8(), u8()}}; }
    Ipv4Address v4() { return {0x0a000000 | static_cast<std::uint32_t>(rng_.below(1 << 24))}; }
    Ipv6Address v6()
    {
        Ipv6Address address{{0x20, 0x01, 0x0d, 0xb8}};
        for (std::size_t at = 4; at < 16; ++at)
            address.octets[at] = rng_.below(2) == 0 ? u8() : std::uint8_t{0};
        return address;
    }
    Ipv4Header header4(std::uint8_t protocol)
    {
        Ipv4Header ip;
        ip.dscpEcn = u8();
        ip.identification = u16();
        ip.dontFragment = rng_.below(2) == 0;
        ip.ttl = u8();
        ip.protocol = protocol;
        ip.source = v4();
        ip.destination = v4();
        return ip;
    }
    Ipv6Header header6(std::uint8_t nextHeader)
    {
        return {u8(), static_cast<std::uint32_t>(rng_.below(1 << 20)), nextHeader, u8(), v6(), v6()};
    }
    Bytes frame(std::uint16_t type, const Bytes& content) { return encodeEthernet({mac(), mac(), type}, content); }
    Bytes frame(const Ipv4Header& ip, const Bytes& content) { return frame(kEtherTypeIpv4, encodeIpv4(ip, content)); }
    Bytes frame(const Ipv6Header& ip, const Bytes& content) { return frame(kEtherTypeIpv6, encodeIpv6(ip, content)); }
    bool coin() { return rng_.below(2) == 0; }

private:
    Rng rng_;
};

bool skipped()
{
    if (hasTshark())
        return false;
    WARN("tshark is not installed");
    return true;
}

constexpr int kFrames = 40; // of each kind

} // namespace

TEST_CASE("tshark reads our ARP as we do", "[wire]")
{
    if (skipped())
        return;
    Sender some(1);
    std::vector<Bytes> frames;
    for (int i = 0; i < kFrames; ++i) {
        const ArpPacket packet{some.coin() ? ArpPacket::Request : ArpPacket::Reply, some.mac(), some.v4(), some.mac(),
                               some.v4()};
        frames.push_back(some.frame(kEtherTypeArp, encodeArp(packet)));
    }
    REQUIRE(compare(frames, "icmp") == kFrames * (3 + 9));
}

TEST_CASE("tshark reads our UDP over both versions of IP as we do", "[wire]")
{
    if (skipped())
        return;
    Sender some(2);
    std::vector<Bytes> frames;
    for (int i = 0; i < kFrames; ++i) {
        const UdpDatagram datagram{some.port(), some.port(), some.data(300)};
        const Ipv4Header ip4 = some.header4(kProtocolUdp);
        frames.push_back(some.frame(ip4, encodeUdp(datagram, ip4.source, ip4.destination)));
        const Ipv6Header ip6 = some.header6(kProtocolUdp);
        frames.push_back(some.frame(ip6, encodeUdp(datagram, ip6.source, ip6.destination)));
    }
    REQUIRE(compare(frames, "icmp") == kFrames * (3 + 13 + 4) + kFrames * (3 + 8 + 4));
    REQUIRE(framesWithProblems(pcapOf(frames)).empty());
}

TEST_CASE("tshark reads our ICMP as we do", "[wire]")
{
    if (skipped())
        return;
    Sender some(3);
    std::vector<Bytes> frames;
    int values = 0;
    for (int i = 0; i < kFrames; ++i) {
        const std::uint32_t rest = static_cast<std::uint32_t>(some.u16() << 16 | some.u16());
        const std::uint8_t echo = some.coin() ? IcmpMessage::EchoRequest : IcmpMessage::EchoReply;
        frames.push_back(some.frame(some.header4(kProtocolIcmp), encodeIcmp({echo, 0, rest, some.data(100)})));
        values += 3 + 13 + 5;
        const std::uint16_t mtu = some.u16();
        const UdpDatagram udp{some.port(), some.port(), some.data(30)};
        const Ipv4Header about = some.header4(kProtocolUdp);
        const Bytes quoted = encodeIpv4(about, encodeUdp(udp, about.source, about.destination));
        frames.push_back(some.frame(
            some.header4(kProtocolIcmp),
            encodeIcmp({IcmpMessage::DestinationUnreachable, IcmpMessage::FragmentationNeeded, mtu, quoted})));
        values += 3 + 13 + 4 + 4; // and the ports of what is quoted
        frames.push_back(
            some.frame(some.header4(kProtocolIcmp), encodeIcmp({IcmpMessage::TimeExceeded, 0, 0, quoted})));
        values += 3 + 13 + 3 + 4;
    }
    REQUIRE(compare(frames, "icmp") == values);
    REQUIRE(framesWithProblems(pcapOf(frames)).empty());
}

TEST_CASE("tshark reads what our errors quote as we do", "[wire]")
{
    if (skipped())
        return;
    Sender some(4);
    std::vector<Bytes> frames;
    for (int i = 0; i < kFrames; ++i) {
        const UdpDatagram udp{some.port(), some.port(), some.data(60)};
        const Ipv4Header about = some.header4(kProtocolUdp);
        Bytes quoted = encodeIpv4(about, encodeUdp(udp, about.source, about.destination));
        quoted.resize(std::min<std::size_t>(quoted.size(), 28)); // RFC 792
        frames.push_back(
            some.frame(some.header4(kProtocolIcmp), encodeIcmp({IcmpMessage::DestinationUnreachable, 3, 0, quoted})));
    }
    const std::vector<Pair> pairs = pairsFor("icmp");
    const auto rows = readByTshark(frames, pairs, true); // the last appearance is the quoted one
    REQUIRE(rows.size() == frames.size());
    for (std::size_t i = 0; i < frames.size(); ++i) {
        const std::vector<Field> nodes = dissect(frames[i]);
        const Field& quotation = get(nodes, IcmpQuotation);
        for (std::size_t p = 0; p < pairs.size(); ++p) {
            const Field* field = find(quotation.children, pairs[p].id);
            INFO("frame " << i + 1 << ", " << pairs[p].name);
            if (field != nullptr)
                CHECK(written(field->value, pairs[p].unit) == rows[i][p]);
        }
        CHECK(find(quotation.children, UdpSourcePort) != nullptr);
    }
}

TEST_CASE("tshark reads our ICMPv6 and neighbour discovery as we do", "[wire]")
{
    if (skipped())
        return;
    Sender some(5);
    std::vector<Bytes> echoes, solicitations, advertisements;
    const auto frame = [&some](Ipv6Header ip, const IcmpMessage& message) {
        return some.frame(ip, encodeIcmpv6(message, ip.source, ip.destination));
    };
    for (int i = 0; i < kFrames; ++i) {
        const std::uint32_t rest = static_cast<std::uint32_t>(some.u16() << 16 | some.u16());
        const std::uint8_t echo = some.coin() ? IcmpMessage::V6EchoRequest : IcmpMessage::V6EchoReply;
        echoes.push_back(frame(some.header6(kProtocolIcmpv6), {echo, 0, rest, some.data(100)}));
        const Bytes about = encodeIpv6(some.header6(59), {});
        echoes.push_back(frame(some.header6(kProtocolIcmpv6), {IcmpMessage::V6PacketTooBig, 0, some.u16(), about}));

        NeighborMessage message;
        message.target = some.v6();
        message.linkAddress = some.mac();
        Ipv6Header ip = some.header6(kProtocolIcmpv6);
        ip.hopLimit = 255;
        ip.destination = message.target.solicitedNode();
        solicitations.push_back(frame(ip, toIcmp(message)));
        message.solicitation = false;
        message.router = some.coin();
        message.solicited = some.coin();
        message.override_ = some.coin();
        ip.destination = some.v6();
        advertisements.push_back(frame(ip, toIcmp(message)));
    }
    REQUIRE(compare(echoes, "icmpv6") == kFrames * (3 + 8 + 5) + kFrames * (3 + 8 + 4));
    REQUIRE(compare(solicitations, "solicitation") == kFrames * (3 + 8 + 3 + 3 + 1));
    REQUIRE(compare(advertisements, "advertisement") == kFrames * (3 + 8 + 3 + 3 + 3 + 1));
    REQUIRE(framesWithProblems(pcapOf(echoes)).empty());
    REQUIRE(framesWithProblems(pcapOf(solicitations)).empty());
    REQUIRE(framesWithProblems(pcapOf(advertisements)).empty());
}

TEST_CASE("tshark reads our fragments and TCP over IPv6 as we do", "[wire]")
{
    if (skipped())
        return;
    Sender some(6);
    std::vector<Bytes> frames;
    for (int i = 0; i < kFrames; ++i) {
        Ipv4Header piece = some.header4(kProtocolUdp);
        piece.dontFragment = false;
        piece.moreFragments = some.coin();
        piece.fragmentOffset = static_cast<std::uint16_t>(1 + some.u8());
        frames.push_back(some.frame(piece, Bytes(64, 0x55)));
        const Ipv6Header ip = some.header6(kProtocolTcp);
        TcpSegment syn;
        syn.sourcePort = some.port();
        syn.destinationPort = some.port();
        syn.seq = Seq32(static_cast<std::uint32_t>(some.u16() << 16 | some.u16()));
        syn.flags.bits = TcpFlags::Syn;
        syn.mss = some.u16();
        frames.push_back(some.frame(ip, encodeTcp(syn, ip.source, ip.destination)));
    }
    REQUIRE(compare(frames, "icmp") == kFrames * (3 + 13) + kFrames * (3 + 8 + 5));
}

TEST_CASE("tshark reads a kernel's frames as we do", "[wire]")
{
    if (skipped())
        return;
    std::vector<Bytes> four, six;
    for (const std::string_view frame : {kArpRequest, kArpReply, kPing, kPong, kUdp, kUdpEmpty, kClosedPort,
                                         kPortUnreachable, kTimeExceeded, kHostUnreachable, kRefusedSyn, kRefusedRst})
        four.push_back(onTheCable(frame));
    for (const std::string_view frame : {kPing6, kPong6, kClosedPort6, kPortUnreachable6, kSyn6, kSynAck6})
        six.push_back(onTheCable(frame));
    REQUIRE(compare(four, "icmp") > 0);
    REQUIRE(compare(six, "icmpv6") > 0);
    REQUIRE(compare({onTheCable(kSolicitation)}, "solicitation") == 18);
    REQUIRE(compare({onTheCable(kAdvertisement)}, "advertisement") == 21);
}

} // namespace packetarium::wire_tshark_test
