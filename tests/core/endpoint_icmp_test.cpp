// SPDX-License-Identifier: GPL-3.0-or-later
// What ICMP says to the endpoint's sockets: what is believed, what it means, and how much is answered.
#include "tests/support/catch.h"

#include "core/wire/bytes.h"
#include "tests/core/endpoint_v6.h"

#include <array>

namespace packetarium::endpoint_icmp_test {

using namespace test;
using Json = EndpointRig::Json;
using Lines = std::vector<std::string>;

namespace {

constexpr std::uint8_t S = TcpFlags::Syn, A = TcpFlags::Ack;
constexpr std::uint8_t kUnreachable = 3, kNeeded = 4, kPort = 3;

/// Connected to a peer that offered no MSS, with one full segment of 536 octets under way (RFC 9293 §3.7.1).
struct Sending {
    EndpointRig rig;
    int fd = rig.connected();
    Bytes quoted;
    explicit Sending()
    {
        rig.call("send", {{"fd", fd}, {"len", 536}});
        const Json outputs = rig.run()["outputs"];
        REQUIRE(outputs.size() == 1);
        quoted = octetsOf(outputs[0]);
        REQUIRE(quoted.size() == 576);
        quoted.resize(28); // what a router must quote (RFC 792)
    }
    /// The same quotation with another sequence number, as it stands in the header.
    Bytes withSeq(std::uint32_t seq) const
    {
        Bytes other = quoted;
        for (std::size_t i = 0; i < 4; ++i)
            other[24 + i] = static_cast<std::uint8_t>(seq >> (24 - 8 * i));
        return other;
    }
    std::uint64_t smss() { return smss(fd); }
    std::uint64_t smss(int of) { return rig.request({{"op", "info"}, {"fd", of}})["variables"]["smss"]; }

    /// Of one more connection to the same peer, which offers an MSS of 9000.
    struct Mss {
        int offered;
        std::uint64_t sent;
    };
    Mss another()
    {
        const int other = rig.socket();
        rig.call("bind", {{"fd", other}, {"port", 50000}});
        rig.call("connect", {{"fd", other}, {"addr", "10.0.0.2"}, {"port", 81}});
        const Bytes syn = octetsOf(rig.run({{"for_us", 0}})["outputs"].back());
        TcpSegment answer;
        answer.sourcePort = 81;
        answer.destinationPort = 50000;
        answer.flags.bits = S | A;
        answer.ack = Seq32(readU32(syn, 24)) + 1;
        answer.mss = 9000;
        rig.inject(EndpointRig::datagram(kProtocolTcp, encodeTcp(answer, EndpointRig::kPeer, EndpointRig::kHost)));
        return {readU16(syn, 42), smss(other)};
    }
};

} // namespace

TEST_CASE("a path MTU is believed only about what is under way", "[endpoint]")
{
    // SND.UNA is 1001 on the wire, SND.NXT 1537.
    for (const std::uint32_t seq : {0xdeadbeefu, 1000u, 1537u}) {
        INFO(seq);
        Sending s;
        CHECK(droppedOf(s.rig.inject(error4(kUnreachable, kNeeded, 68, s.withSeq(seq)))) ==
              "ignored-icmp-not-in-flight");
        CHECK(s.rig.sent().empty());
        CHECK(s.smss() == 536);
        CHECK(s.another().sent == 1460); // nor has the host learnt it
    }
    for (const std::uint32_t seq : {1001u, 1536u}) {
        INFO(seq);
        Sending s;
        CHECK(droppedOf(s.rig.inject(error4(kUnreachable, kNeeded, 300, s.withSeq(seq)))).empty());
        CHECK(s.smss() == 260); // 300 - 20 - 20
        const Json outputs = s.rig.run()["outputs"];
        REQUIRE(!outputs.empty());
        CHECK(octetsOf(outputs[0]).size() == 300);
        CHECK(outputs[0]["cause"] == "sent-smaller-segment");
        const auto mss = s.another();
        CHECK(mss.sent == 260);
        CHECK(mss.offered == 1460); // RFC 1191 §3.1: what this end can take has nothing to do with the way there
    }
}

TEST_CASE("a path MTU about no connection or port of ours is none", "[endpoint]")
{
    Sending s;
    Bytes otherPort = s.quoted;
    otherPort[23] ^= 1;
    CHECK(droppedOf(s.rig.inject(error4(kUnreachable, kNeeded, 1000, otherPort))) == "ignored-unexpected");
    const int udp = s.rig.socket("dgram");
    s.rig.call("bind", {{"fd", udp}, {"port", 5000}});
    s.rig.call("sendto", {{"fd", udp}, {"len", 1472}, {"addr", "10.0.0.2"}, {"port", 7}});
    Bytes datagram = octetsOf(s.rig.run()["outputs"][0]);
    datagram.resize(28);
    Bytes closed = datagram;
    closed[21] ^= 1; // port 5001
    CHECK(droppedOf(s.rig.inject(error4(kUnreachable, kNeeded, 1000, closed))) == "ignored-unexpected");
    CHECK(s.smss() == 536);
    CHECK(droppedOf(s.rig.inject(error4(kUnreachable, kNeeded, 1000, datagram))).empty());
}

TEST_CASE("a path MTU that would have let the packet through brings nothing about", "[endpoint]")
{
    for (const std::uint32_t mtu : {576u, 577u, 65535u}) {
        Sending s;
        CHECK(droppedOf(s.rig.inject(error4(kUnreachable, kNeeded, mtu, s.quoted))) == "ignored-icmp-mtu");
        CHECK(s.rig.sent().empty());
        CHECK(s.smss() == 536);
    }
    // A short segment, and an MTU between it and what the link takes.
    EndpointRig rig;
    const int fd = rig.connected();
    rig.call("send", {{"fd", fd}, {"len", 100}});
    Bytes quoted = octetsOf(rig.run()["outputs"][0]); // 140 octets
    CHECK(droppedOf(rig.inject(error4(kUnreachable, kNeeded, 140, quoted))) == "ignored-icmp-mtu");
    CHECK(rig.sent().empty());
}

TEST_CASE("IPv6 has no path MTU below 1280", "[endpoint]")
{
    EndpointRig rig(bothVersions());
    const int fd = rig.call("socket", {{"domain", "inet6"}, {"type", "dgram"}})["ret"];
    rig.call("sendto", {{"fd", fd}, {"len", 1400}, {"addr", "2001:db8::2"}, {"port", 7}});
    const Bytes quoted = octetsOf(rig.run()["outputs"][0]);
    REQUIRE(quoted.size() == 1448);
    constexpr std::uint8_t kTooBig = 2;
    CHECK(droppedOf(rig.inject(error6(kTooBig, 0, 1279, ByteView(quoted).first(1000)))) == "ignored-icmp-mtu");
    rig.call("sendto", {{"fd", fd}, {"len", 1400}, {"addr", "2001:db8::2"}, {"port", 7}});
    CHECK(sentBy(rig) == Lines{"UDP 49152>7"});
    CHECK(droppedOf(rig.inject(error6(kTooBig, 0, 1280, ByteView(quoted).first(1000)))).empty());
    rig.call("sendto", {{"fd", fd}, {"len", 1400}, {"addr", "2001:db8::2"}, {"port", 7}});
    // 1408 octets of UDP; 1280 - 40 - 8 = 1232, a multiple of 8.
    CHECK(sentBy(rig) == Lines{"fragment 0+1232 more", "fragment 1232+176"});
}

TEST_CASE("a parameter problem may pass, a closed port does not", "[endpoint]")
{
    EndpointRig rig(bothVersions());
    const auto connecting = [&](std::string_view domain, std::string_view to) {
        const int fd = rig.call("socket", {{"domain", domain}, {"type", "stream"}})["ret"];
        rig.call("connect", {{"fd", fd}, {"addr", to}, {"port", 80}}, fd);
        return std::pair(fd, octetsOf(rig.run()["outputs"][0]));
    };
    constexpr std::uint8_t kProblem6 = 4, kProblem4 = 12;
    for (std::uint8_t code = 0; code < 3; ++code) { // RFC 9293 §3.9.2.2, MUST-56
        const auto [fd, syn] = connecting("inet6", "2001:db8::2");
        CHECK(droppedOf(rig.inject(error6(kProblem6, code, 6, syn))) == "ignored-icmp-soft");
        CHECK(rig.state(fd) == "SYN-SENT");
    }
    const auto [four, syn4] = connecting("inet", "10.0.0.2");
    CHECK(droppedOf(rig.inject(error4(kProblem4, 0, 0, syn4))) == "ignored-icmp-soft");
    CHECK(rig.state(four) == "SYN-SENT");

    const auto [closed, syn] = connecting("inet6", "2001:db8::2");
    rig.inject(error6(1, 4, 0, syn));
    sentBy(rig);
    CHECK(rig.done == Json::array({{{"done", closed}, {"errno", "ECONNREFUSED"}}}));
    const auto [noTcp, synTo] = connecting("inet", "10.0.0.2");
    rig.inject(error4(kUnreachable, 2, 0, synTo)); // as of UDP
    sentBy(rig);
    CHECK(rig.done == Json::array({{{"done", noTcp}, {"errno", "ENOPROTOOPT"}}}));
    // After a parameter problem a RST is a RST.
    const auto [refused, syn2] = connecting("inet6", "2001:db8::2");
    rig.inject(error6(kProblem6, 1, 6, syn2));
    TcpSegment rst;
    rst.sourcePort = 80;
    rst.destinationPort = static_cast<std::uint16_t>(syn2[40] << 8 | syn2[41]);
    rst.flags.bits = TcpFlags::Rst | TcpFlags::Ack;
    rst.ack = Seq32(EndpointRig::kIss) + 1;
    rig.inject(packet6(kProtocolTcp, encodeTcp(rst, kPeer6, kHost6)));
    sentBy(rig);
    CHECK(rig.done == Json::array({{{"done", refused}, {"errno", "ECONNREFUSED"}}}));
}

TEST_CASE("RFC 9293 section 3.9.2.2: time exceeded, in transit or in reassembly, is soft, and why it failed in the end",
          "[endpoint]")
{
    for (const bool v6 : {false, true})
        for (std::uint8_t code = 0; code < 2; ++code) {
            EndpointRig rig(bothVersions());
            const int fd = rig.call("socket", {{"domain", v6 ? "inet6" : "inet"}, {"type", "stream"}})["ret"];
            rig.call("connect", {{"fd", fd}, {"addr", v6 ? "2001:db8::2" : "10.0.0.2"}, {"port", 80}}, fd);
            const Bytes syn = octetsOf(rig.run()["outputs"][0]);
            CHECK(droppedOf(rig.inject(v6 ? error6(3, code, 0, syn) : error4(11, code, 0, syn))) ==
                  "ignored-icmp-soft");
            CHECK(rig.state(fd) == "SYN-SENT");
            const Json end = rig.run({{"for_us", 183'000'000}});
            CHECK(end["done"] == Json::array({{{"done", fd}, {"errno", "EHOSTUNREACH"}}}));
        }
}

TEST_CASE("errors are sent ten at once and then ten a second", "[endpoint]")
{
    for (const bool six : {false, true}) { // RFC 4443 §2.4 (f); RFC 1812 §4.3.2.8
        EndpointRig rig(bothVersions());
        const auto closedPort = [&] {
            return six ? rig.inject(packet6(kProtocolUdp, udpPayload(9, "x"))) : rig.udp(53, 9, "x");
        };
        for (int i = 0; i < 25; ++i)
            CHECK(droppedOf(closedPort()) == "ignored-no-udp-port");
        CHECK(sentBy(rig).size() == 10);
        CHECK(rig.request({{"op", "info"}})["dropped"] ==
              Json{{"ignored-no-udp-port", 25}, {"ignored-icmp-limit", 15}});
        CHECK(sentBy(rig, 300'000).empty());
        for (int i = 0; i < 10; ++i)
            closedPort();
        CHECK(sentBy(rig).size() == 3);
        sentBy(rig, 10'000'000);
        for (int i = 0; i < 25; ++i)
            closedPort();
        CHECK(sentBy(rig).size() == 10);
        // What is no error is answered as ever.
        for (std::uint32_t i = 0; i < 20; ++i)
            rig.inject(EndpointRig::datagram(kProtocolIcmp, encodeIcmp({IcmpMessage::EchoRequest, 0, i, {}})));
        CHECK(sentBy(rig).size() == 20);
    }
}

TEST_CASE("a segment with an option of impossible length is taken, with what stands before it", "[endpoint]")
{
    // 20 octets, an MSS of 700, and an option of length 0, 1, or beyond the header; RFC 9293 §3.1, MUST-7.
    for (const std::uint8_t length : std::array<std::uint8_t, 3>{0, 1, 9}) {
        EndpointRig rig;
        rig.listening();
        const auto segment = [&](std::uint8_t flags, std::uint32_t seq) {
            TcpSegment tcp;
            tcp.sourcePort = EndpointRig::kPeerPort;
            tcp.destinationPort = 80;
            tcp.flags.bits = flags;
            tcp.seq = Seq32(seq);
            tcp.window = 65535;
            tcp.mss = 700;
            tcp.windowScale = std::uint8_t{0}; // NOP 3 3 0: its place is what is spoilt
            Bytes bytes = encodeTcp(tcp, EndpointRig::kPeer, EndpointRig::kHost);
            REQUIRE(bytes.size() == 28);
            bytes[26] = length;
            // RFC 1624: the checksum grows by what its word has lost, in ones' complement.
            const int checksum = ((bytes[16] << 8 | bytes[17]) + 65535 + (3 - length) * 256) % 65535;
            bytes[16] = static_cast<std::uint8_t>(checksum >> 8);
            bytes[17] = static_cast<std::uint8_t>(checksum & 0xff);
            return rig.inject(EndpointRig::datagram(kProtocolTcp, bytes));
        };
        INFO(int{length});
        CHECK(droppedOf(segment(S, EndpointRig::kPeerIss)).empty());
        CHECK(rig.sent() == Lines{"SYN,ACK seq=0 ack=1"});
        rig.segment(A, 1, 1);
        const int conn = rig.call("accept", {{"fd", 3}})["ret"];
        CHECK(rig.request({{"op", "info"}, {"fd", conn}})["variables"]["smss"] == 700);
        segment(TcpFlags::Rst, EndpointRig::kPeerIss + 1);
        CHECK(rig.call("recv", {{"fd", conn}}) == failed("ECONNRESET"));
    }
}

TEST_CASE("a connected UDP socket hears once of what will not pass", "[endpoint]")
{
    EndpointRig rig(bothVersions());
    const auto heard = [&](bool six, std::uint8_t type, std::uint8_t code) -> std::string {
        const int fd = rig.call("socket", {{"domain", six ? "inet6" : "inet"}, {"type", "dgram"}})["ret"];
        rig.call("connect", {{"fd", fd}, {"addr", six ? "2001:db8::2" : "10.0.0.2"}, {"port", 7}});
        rig.call("send", {{"fd", fd}, {"data", "x"}});
        const Bytes quoted = octetsOf(rig.run()["outputs"][0]);
        CHECK(droppedOf(rig.inject(six ? error6(type, code, 0, quoted) : error4(type, code, 0, quoted))).empty());
        const Json answer = rig.call("recv", {{"fd", fd}, {"nonblock", true}});
        CHECK(rig.call("recv", {{"fd", fd}, {"nonblock", true}}) == failed("EAGAIN"));
        rig.call("close", {{"fd", fd}});
        return answer["errno"];
    };
    // RFC 792, RFC 1122 §3.2.2.1 and RFC 1812 §5.2.7.1, in the order of their codes; 4 is the path's MTU.
    const Lines four{"EAGAIN",       "EAGAIN",       "ENOPROTOOPT", "ECONNREFUSED", "",       "EAGAIN", "ENETUNREACH",
                     "EHOSTUNREACH", "EHOSTUNREACH", "ENETUNREACH", "EHOSTUNREACH", "EAGAIN", "EAGAIN", "EHOSTUNREACH",
                     "EHOSTUNREACH", "EHOSTUNREACH"};
    for (std::uint8_t code = 0; code < four.size(); ++code) {
        INFO("IPv4, code " << int{code});
        if (code != kNeeded)
            CHECK(heard(false, kUnreachable, code) == four[code]);
    }
    constexpr std::uint8_t kUnreachable6 = 1, kTimeExceeded = 11, kTimeExceeded6 = 3;
    // RFC 4443 §3.1.
    const Lines six{"EAGAIN", "EHOSTUNREACH", "EAGAIN", "EAGAIN", "ECONNREFUSED", "EHOSTUNREACH", "EHOSTUNREACH"};
    for (std::uint8_t code = 0; code < six.size(); ++code) {
        INFO("IPv6, code " << int{code});
        CHECK(heard(true, kUnreachable6, code) == six[code]);
    }
    CHECK(heard(false, kTimeExceeded, 0) == "EAGAIN");
    CHECK(heard(true, kTimeExceeded6, 0) == "EAGAIN");
}

TEST_CASE("RFC 5927 section 4.1: what a later fragment holds is no header, so no connection can be meant", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.socket();
    rig.call("connect", {{"fd", fd}, {"addr", "10.0.0.2"}, {"port", 4000}}, 7);
    Bytes quoted = octetsOf(rig.run()["outputs"][0]);
    quoted.resize(28);
    Bytes later = quoted;
    later[6] = 0;
    later[7] = 2; // 16 octets into a datagram
    rig.inject(error4(kUnreachable, kPort, 0, later));
    rig.run();
    CHECK(rig.state(fd) == "SYN-SENT");
    rig.inject(error4(kUnreachable, kPort, 0, quoted));
    CHECK(rig.run()["done"] == Json::array({{{"done", 7}, {"errno", "ECONNREFUSED"}}}));
}

TEST_CASE("an error about a datagram that another host sent is not this host's", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.socket("dgram");
    rig.call("connect", {{"fd", fd}, {"addr", "10.0.0.2"}, {"port", 9}});
    rig.call("send", {{"fd", fd}, {"data", "x"}});
    const Bytes own = octetsOf(rig.run()["outputs"][0]);
    Bytes foreign = own;
    foreign[15] = 9; // from 10.0.0.9
    CHECK(droppedOf(rig.inject(error4(kUnreachable, kPort, 0, foreign))) == "ignored-unexpected");
    CHECK(rig.call("getsockopt", {{"fd", fd}, {"name", "SO_ERROR"}})["value"] == 0);
    rig.inject(error4(kUnreachable, kPort, 0, own));
    CHECK(rig.call("getsockopt", {{"fd", fd}, {"name", "SO_ERROR"}})["value"] == "ECONNREFUSED");
}

} // namespace packetarium::endpoint_icmp_test
