// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a frame says in a few words, and its title in both languages.
#include "core/trace/packet_summary.h"
#include "tests/core/app_frames.h"
#include "tests/core/wire_bytes.h"
#include "tests/core/wire_captured_frames.h"
#include "tests/support/catch.h"
#include "ui/i18n/catalogue_packets.h"

#include <set>

namespace packetarium::trace_summary_test {

using namespace test;

namespace {

std::string en(const Bytes& frame)
{
    return packetTitle(summarize(frame), Language::English);
}
std::string zh(const Bytes& frame)
{
    return packetTitle(summarize(frame), Language::Chinese);
}

Bytes arpFrame(const ArpPacket& arp)
{
    return ethernetFrame(kEtherTypeArp, encodeArp(arp));
}
Bytes icmpFrame(std::uint8_t type, std::uint8_t code, std::uint32_t rest, Bytes payload = {})
{
    return ipv4Frame(kProtocolIcmp, encodeIcmp({type, code, rest, std::move(payload)}));
}
Bytes icmpv6Frame(const IcmpMessage& message)
{
    return ipv6Frame(kProtocolIcmpv6, encodeIcmpv6(message, kIp6A, kIp6B));
}
Bytes dnsFrame(const DnsMessage& message)
{
    return message.response ? udpFrame(53, 49152, encodeDns(message)) : udpFrame(49152, 53, encodeDns(message));
}
std::string numbered(std::size_t count)
{
    return std::string(count, 'x');
}

} // namespace

TEST_CASE("ARP says who has what", "[trace]")
{
    const Ipv4Address wanted{0xc0a80101};
    const Bytes request = arpFrame({ArpPacket::Request, kMacA, kIpA, {}, wanted});
    CHECK(protocolOf(request) == Protocol::Arp);
    const PacketSummary s = summarize(request);
    CHECK(s.arp == ArpPacket{ArpPacket::Request, kMacA, kIpA, {}, wanted});
    CHECK(s.source == IpAddress(kIpA));
    CHECK(s.destination == IpAddress(wanted));
    CHECK(s.sourceMac == kMacA);
    CHECK(s.destinationMac == kMacB);
    CHECK(en(request) == "ARP who has 192.168.1.1?");
    CHECK(zh(request) == "ARP 谁有 192.168.1.1？");
    const Bytes reply = arpFrame({ArpPacket::Reply, kMacB, wanted, kMacA, kIpA});
    CHECK(en(reply) == "ARP 192.168.1.1 is 02:00:00:00:00:0b");
    CHECK(zh(reply) == "ARP 192.168.1.1 是 02:00:00:00:00:0b");
    CHECK(en(arpFrame({ArpPacket::Request, kMacA, kIpA, {}, kIpA})) == "ARP announces 10.0.0.1");
}

TEST_CASE("ICMP says what happened", "[trace]")
{
    const Bytes echo = icmpFrame(IcmpMessage::EchoRequest, 0, 0x00070001, bytesOf("ping data"));
    const PacketSummary s = summarize(echo);
    CHECK(s.protocol == Protocol::Icmp);
    CHECK(s.icmp->echoIdentifier() == 7);
    CHECK(s.icmp->payload.empty());
    CHECK(s.length == 9);
    CHECK(s.ttl == kDefaultTtl);
    CHECK(s.ipIdentification == 7);
    CHECK(s.source == IpAddress(kIpA));
    CHECK(en(echo) == "Echo request 1");
    CHECK(zh(echo) == "回送请求 1");
    CHECK(en(icmpFrame(IcmpMessage::EchoReply, 0, 3)) == "Echo reply 3");
    CHECK(en(icmpFrame(IcmpMessage::TimeExceeded, 0, 0)) == "Time exceeded");
    CHECK(en(icmpFrame(IcmpMessage::TimeExceeded, 1, 0)) == "Reassembly time exceeded");
    CHECK(en(icmpFrame(IcmpMessage::DestinationUnreachable, 0, 0)) == "Network unreachable");
    CHECK(en(icmpFrame(IcmpMessage::DestinationUnreachable, 1, 0)) == "Host unreachable");
    CHECK(en(icmpFrame(IcmpMessage::DestinationUnreachable, 2, 0)) == "Protocol unreachable");
    CHECK(en(icmpFrame(IcmpMessage::DestinationUnreachable, 3, 0)) == "Port unreachable");
    CHECK(zh(icmpFrame(IcmpMessage::DestinationUnreachable, 3, 0)) == "端口不可达");
    CHECK(en(icmpFrame(IcmpMessage::DestinationUnreachable, 4, 1400)) == "Fragmentation needed, MTU 1400");
    CHECK(en(icmpFrame(IcmpMessage::DestinationUnreachable, 13, 0)) == "Unreachable, code 13");
    CHECK(en(icmpFrame(13, 2, 0)) == "ICMP type 13 code 2");
}

TEST_CASE("ICMPv6 and neighbour discovery say what happened", "[trace]")
{
    const Bytes echo = icmpv6Frame({IcmpMessage::V6EchoRequest, 0, 2, bytesOf("x")});
    CHECK(protocolOf(echo) == Protocol::Icmpv6);
    CHECK(summarize(echo).source == IpAddress(kIp6A));
    CHECK(summarize(echo).ttl == kDefaultTtl);
    CHECK(en(echo) == "Echo request 2");
    CHECK(en(icmpv6Frame({IcmpMessage::V6PacketTooBig, 0, 1280, {}})) == "Packet too big, MTU 1280");
    CHECK(en(icmpv6Frame({IcmpMessage::V6DestinationUnreachable, 4, 0, {}})) == "Port unreachable");
    CHECK(en(icmpv6Frame({IcmpMessage::V6DestinationUnreachable, 0, 0, {}})) == "No route to destination");
    CHECK(en(icmpv6Frame({IcmpMessage::V6TimeExceeded, 0, 0, {}})) == "Time exceeded");
    CHECK(en(icmpv6Frame({4, 1, 6, {}})) == "Unknown next header"); // RFC 4443 §3.4

    NeighborMessage solicitation;
    solicitation.target = kIp6B;
    solicitation.linkAddress = kMacA;
    const Bytes asks = icmpv6Frame(toIcmp(solicitation));
    CHECK(summarize(asks).neighbor == solicitation);
    CHECK(en(asks) == "Neighbour: who has 2001:db8::2?");
    CHECK(zh(asks) == "邻居请求：谁有 2001:db8::2？");
    NeighborMessage advertisement;
    advertisement.solicitation = false;
    advertisement.target = kIp6B;
    advertisement.linkAddress = kMacB;
    CHECK(en(icmpv6Frame(toIcmp(advertisement))) == "Neighbour: 2001:db8::2 is 02:00:00:00:00:0b");
    CHECK(zh(icmpv6Frame(toIcmp(advertisement))) == "邻居通告：2001:db8::2 是 02:00:00:00:00:0b");
}

TEST_CASE("DNS says what is asked and what was found", "[trace]")
{
    DnsMessage question;
    question.questions = {{"www.example.com", DnsType::A}};
    CHECK(protocolOf(dnsFrame(question)) == Protocol::Dns);
    CHECK(summarize(dnsFrame(question)).dns == question);
    CHECK(summarize(dnsFrame(question)).destinationPort == 53);
    CHECK(en(dnsFrame(question)) == "DNS A? www.example.com");
    CHECK(summarize(udpFrame6(49152, 53, encodeDns(question))).dns == question);

    DnsMessage found = question;
    found.response = true;
    found.answers = {{"www.example.com", DnsType::A, 60, Ipv4Address{0x5db8d822}}};
    CHECK(en(dnsFrame(found)) == "DNS 93.184.216.34");
    found.answers.insert(found.answers.begin(), {"www.example.com", DnsType::CNAME, 60, DnsName("x.example.com")});
    CHECK(en(dnsFrame(found)) == "DNS 93.184.216.34 (+1)");
    DnsMessage none = question;
    none.response = true;
    none.code = DnsCode::NameError;
    CHECK(en(dnsFrame(none)) == "DNS NXDOMAIN");
    DnsMessage referral = question;
    referral.response = true;
    referral.authorities = {{"com", DnsType::NS, 1, DnsName("a.gtld-servers.net")}};
    CHECK(en(dnsFrame(referral)) == "DNS com NS a.gtld-servers.net");
    referral.authorities[0].name = "";
    CHECK(en(dnsFrame(referral)) == "DNS . NS a.gtld-servers.net");
    CHECK(en(udpFrame(49152, 53, Bytes(12, 0xff))) == "DNS, malformed");
    CHECK(zh(udpFrame(49152, 53, Bytes(12, 0xff))) == "DNS，格式错误");
    CHECK(en(udpFrame(49152, 53, Bytes(11))) == "UDP 11 octets"); // too short to be DNS
}

TEST_CASE("TCP says what its application begins", "[trace]")
{
    const Bytes get = tcpFrame(49152, 80, "GET /image.png HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(protocolOf(get) == Protocol::Http);
    CHECK(summarize(get).httpStart == "GET /image.png HTTP/1.1");
    CHECK(summarize(get).sourcePort == 49152);
    CHECK(summarize(get).length == 36);
    CHECK(en(get) == "GET /image.png");
    CHECK(en(tcpFrame(80, 49152, "HTTP/1.1 200 OK\r\n\r\nbody")) == "200 OK");
    CHECK(en(tcpFrame(80, 49152, "HTTP/1.1 404 Not Found\r\n\r\n")) == "404 Not Found");
    CHECK(en(tcpFrame(80, 49152, "hello")) == "PSH,ACK 5 octets");
    CHECK(zh(tcpFrame(80, 49152, "hello")) == "PSH,ACK 5 字节");
    CHECK(protocolOf(tcpFrame(80, 49152, "")) == Protocol::Tcp);
    TcpSegment syn = segment(1, 2, "");
    syn.flags.bits = TcpFlags::Syn | TcpFlags::Ack;
    CHECK(en(tcpFrame(syn)) == "SYN,ACK");
    const Bytes record = tcpFrame(443, 49152, std::string("\x17\x03\x03\x00\x13", 5) + numbered(19));
    CHECK(protocolOf(record) == Protocol::Tls);
    CHECK(en(record) == "TLS-shaped record, 24 octets");
    CHECK(zh(record) == "仿 TLS 加密记录，24 字节");
}

TEST_CASE("Other datagrams and frames say how much they carry", "[trace]")
{
    CHECK(en(udpFrame(49152, 7, bytesOf("hello"))) == "UDP 5 octets");
    CHECK(zh(udpFrame(49152, 7, bytesOf("hello"))) == "UDP 5 字节");
    CHECK(en(udpFrame(49152, 7, bytesOf("1"))) == "UDP 1 octet");
    CHECK(en(ethernetFrame(0x88cc, bytesOf(numbered(100)))) == "Frame, 100 octets");
    CHECK(protocolOf(ipv4Frame(99, bytesOf("x"))) == Protocol::Other);
    CHECK(summarize({}).protocol == Protocol::Other);
    CHECK_FALSE(packetTitle(summarize({}), Language::English).empty());
}

TEST_CASE("A fragment is only a fragment", "[trace]")
{
    Ipv4Header ip;
    ip.protocol = kProtocolUdp;
    ip.source = kIpA;
    ip.destination = kIpB;
    ip.dontFragment = false;
    ip.fragmentOffset = 185;
    const Bytes later = ethernetFrame(kEtherTypeIpv4, encodeIpv4(ip, bytesOf(numbered(100))));
    CHECK(protocolOf(later) == Protocol::Other);
    CHECK(summarize(later).fragment);
    CHECK(summarize(later).fragmentOffset == 1480);
    CHECK_FALSE(summarize(later).moreFragments);
    CHECK(en(later) == "IP fragment at 1480");
    CHECK(zh(later) == "IP 分片，偏移 1480");
    ip.fragmentOffset = 0;
    ip.moreFragments = true;
    const Bytes first = ethernetFrame(kEtherTypeIpv4, encodeIpv4(ip, bytesOf(numbered(104))));
    CHECK(summarize(first).moreFragments);
    CHECK(en(first) == "IP fragment at 0");
}

TEST_CASE("A damaged frame still says what it was", "[trace]")
{
    Bytes frame = tcpFrame(49152, 80, "GET /image.png HTTP/1.1\r\n\r\n");
    frame[60] ^= 0x20; // within the target
    CHECK(en(frame) == "GET /iMage.png");
    frame[22] ^= 1; // TTL, and the header checksum does not fit any more
    CHECK(summarize(frame).ttl == (kDefaultTtl ^ 1));
    CHECK(protocolOf(frame) == Protocol::Http);
}

TEST_CASE("Frames of a Linux kernel are summed up", "[trace]")
{
    const auto frames = httpExchange();
    CHECK(en(onTheCable(frames[0].hex)) == "SYN");
    CHECK(en(onTheCable(frames[1].hex)) == "SYN,ACK");
    CHECK(en(onTheCable(frames[3].hex)) == "GET /");
}

TEST_CASE("Any cut of any frame has a title", "[trace]")
{
    DnsMessage question;
    question.questions = {{"www.example.com", DnsType::A}};
    NeighborMessage solicitation;
    solicitation.target = kIp6B;
    for (const Bytes& frame : {arpFrame({}), icmpFrame(8, 0, 1), icmpv6Frame(toIcmp(solicitation)), dnsFrame(question),
                               tcpFrame(1, 2, "GET / HTTP/1.1\r\n\r\n"), udpFrame(1, 2, bytesOf("x"))})
        for (std::size_t size = 0; size <= frame.size(); ++size) {
            const Bytes cut(frame.begin(), frame.begin() + static_cast<std::ptrdiff_t>(size));
            CHECK_FALSE(en(cut).empty());
            CHECK_FALSE(zh(cut).empty());
            CHECK(summarize(cut).protocol == protocolOf(cut));
        }
}

TEST_CASE("Titles have at most 64 characters", "[trace]")
{
    const std::string path = "/" + numbered(100);
    const std::string title = en(tcpFrame(1, 80, "GET " + path + " HTTP/1.1\r\n\r\n"));
    CHECK(title == "GET " + path.substr(0, 59) + "…");
}

TEST_CASE("Every protocol has its words", "[trace]")
{
    std::set<std::string_view> seen;
    for (int i = 0; i <= static_cast<int>(Protocol::Tls); ++i) {
        const auto protocol = static_cast<Protocol>(i);
        for (const Language language : {Language::English, Language::Chinese}) {
            CHECK_FALSE(labelOf(protocol, language).empty());
            CHECK_FALSE(explain(protocol, language).empty());
            CHECK(seen.insert(explain(protocol, language)).second);
        }
    }
}

} // namespace packetarium::trace_summary_test
