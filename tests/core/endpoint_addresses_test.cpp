// SPDX-License-Identifier: GPL-3.0-or-later
// Addresses at the endpoint: sources that are none, destinations that may not be, IPv4 at IPv6 sockets, ports that are shared.
#include "tests/support/catch.h"

#include "tests/core/endpoint_v6.h"

#include <array>
#include <set>

namespace packetarium::endpoint_addresses_test {

using namespace test;
using Json = EndpointRig::Json;
using Lines = std::vector<std::string>;

namespace {

int open(EndpointRig& rig, std::string_view domain, std::string_view type)
{
    return rig.call("socket", {{"domain", domain}, {"type", type}})["ret"];
}
Json set(EndpointRig& rig, int fd, std::string_view name, const Json& value)
{
    return rig.call("setsockopt", {{"fd", fd}, {"name", name}, {"value", value}});
}
Bytes echo4(std::string_view from)
{
    return datagram4(kProtocolIcmp, encodeIcmp({IcmpMessage::EchoRequest, 0, 1, {}}), from);
}

} // namespace

TEST_CASE("a source that is no single host is dropped without a word", "[endpoint]")
{
    for (const std::string_view from :
         {"255.255.255.255", "224.0.0.1", "0.0.0.0", "0.1.2.3", "127.0.0.1", "240.0.0.1", "10.0.0.255", "10.0.0.0"}) {
        INFO(from);
        EndpointRig rig;
        rig.listening();
        const int udp = open(rig, "inet", "dgram");
        rig.call("bind", {{"fd", udp}, {"port", 7}});
        const IpAddress source = *IpAddress::parse(from), host = EndpointRig::kHost;
        CHECK(droppedOf(rig.inject(datagram4(kProtocolTcp, synTo(80, source, host), from))) == "ignored-bad-source");
        CHECK(droppedOf(rig.inject(datagram4(kProtocolTcp, synTo(81, source, host), from))) == "ignored-bad-source");
        CHECK(droppedOf(rig.inject(datagram4(kProtocolUdp, udpPayload(7, "x", source, host), from))) ==
              "ignored-bad-source");
        CHECK(droppedOf(rig.inject(datagram4(kProtocolUdp, udpPayload(9, "x", source, host), from))) ==
              "ignored-bad-source");
        CHECK(droppedOf(rig.inject(echo4(from))) == "ignored-bad-source");
        CHECK(rig.sent().empty());
        CHECK(rig.call("recv", {{"fd", udp}, {"nonblock", true}}) == failed("EAGAIN"));
        CHECK(rig.request({{"op", "info"}})["dropped"]["ignored-bad-source"] == 5);
    }
    for (const std::string_view from : {"::", "ff02::1", "::1", "::ffff:10.0.0.2"}) {
        INFO(from);
        EndpointRig rig(bothVersions());
        const int fd = open(rig, "inet6", "stream");
        rig.call("bind", {{"fd", fd}, {"port", 80}});
        rig.call("listen", {{"fd", fd}});
        const IpAddress source = *IpAddress::parse(from);
        CHECK(droppedOf(rig.inject(packet6(kProtocolTcp, synTo(80, source, kHost6), source))) == "ignored-bad-source");
        CHECK(droppedOf(rig.inject(packet6(kProtocolUdp, udpPayload(9, "x", source), source))) == "ignored-bad-source");
        CHECK(sentBy(rig).empty());
    }
}

TEST_CASE("who has no address yet is heard where it may be", "[endpoint]")
{
    EndpointRig rig(bothVersions());
    // RFC 2131 §4.1: a client's broadcast from 0.0.0.0.
    const int fd = open(rig, "inet", "dgram");
    rig.call("bind", {{"fd", fd}, {"port", 67}});
    const IpAddress none, all = Ipv4Address{0xffffffff};
    CHECK(droppedOf(rig.inject(datagram4(kProtocolUdp, udpPayload(67, "discover", none, all, 68), "0.0.0.0",
                                         "255.255.255.255")))
              .empty());
    CHECK(rig.call("recv", {{"fd", fd}})["data"] == "discover");
    // RFC 4862 §5.4.2: somebody makes sure that the host's address is free.
    NeighborMessage probe;
    probe.target = kHost6.v6();
    const Ipv6Address group = probe.target.solicitedNode();
    Ipv6Header ip;
    ip.nextHeader = kProtocolIcmpv6;
    ip.hopLimit = 255;
    ip.destination = group;
    CHECK(droppedOf(rig.inject(encodeIpv6(ip, encodeIcmpv6(toIcmp(probe), ip.source, group)))).empty());
    CHECK(sentBy(rig) == Lines{"ICMPv6 136/0 536870912"}); // an advertisement with its override flag, bit 2 of the word
}

TEST_CASE("nothing for a loopback address is put on the cable", "[endpoint]")
{
    EndpointRig rig(bothVersions());
    for (const auto& [domain, address] :
         {std::pair{"inet", "127.0.0.1"}, {"inet", "127.255.0.3"}, {"inet6", "::1"}, {"inet6", "::ffff:127.0.0.1"}}) {
        INFO(address);
        const int tcp = open(rig, domain, "stream"), udp = open(rig, domain, "dgram");
        CHECK(rig.call("connect", {{"fd", tcp}, {"addr", address}, {"port", 80}}) == failed("ENETUNREACH"));
        CHECK(rig.call("sendto", {{"fd", udp}, {"data", "x"}, {"addr", address}, {"port", 7}}) ==
              failed("ENETUNREACH"));
        CHECK(rig.call("connect", {{"fd", udp}, {"addr", address}, {"port", 7}}) == failed("ENETUNREACH"));
        CHECK(rig.call("bind", {{"fd", tcp}, {"addr", address}, {"port", 80}}) == failed("EADDRNOTAVAIL"));
    }
    CHECK(rig.sent(10'000'000).empty());
}

TEST_CASE("a broadcast is no peer of TCP's, and one of UDP's only if asked for", "[endpoint]")
{
    EndpointRig rig;
    const int tcp = rig.socket();
    for (const std::string_view to : {"10.0.0.255", "255.255.255.255"}) {
        CHECK(rig.call("connect", {{"fd", tcp}, {"addr", to}, {"port", 80}}) == failed("ENETUNREACH"));
        const int udp = rig.socket("dgram");
        CHECK(rig.call("sendto", {{"fd", udp}, {"data", "x"}, {"addr", to}, {"port", 7}}) == failed("EACCES"));
        CHECK(rig.call("connect", {{"fd", udp}, {"addr", to}, {"port", 7}}) == failed("EACCES"));
        CHECK(rig.sent().empty());
        CHECK(set(rig, udp, "SO_BROADCAST", 1) == ret(0));
        CHECK(rig.call("sendto", {{"fd", udp}, {"data", "x"}, {"addr", to}, {"port", 7}}) == ret(1));
        CHECK(rig.sent().size() == 1);
    }
}

TEST_CASE("a datagram to a group goes one hop, unless more is asked for", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.socket("dgram");
    const auto ttlTo = [&](std::string_view to) {
        rig.call("sendto", {{"fd", fd}, {"data", "x"}, {"addr", to}, {"port", 7}});
        const Json outputs = rig.run()["outputs"];
        return outputs.empty() ? -1 : int{octetsOf(outputs[0])[8]};
    };
    CHECK(ttlTo("224.0.0.5") == 1); // RFC 1112 §6.1
    CHECK(ttlTo("10.0.0.2") == 64);
    set(rig, fd, "IP_TTL", 9);
    CHECK(ttlTo("224.0.0.5") == 9);
    set(rig, fd, "IP_MULTICAST_TTL", 3);
    CHECK(ttlTo("224.0.0.5") == 3);
    CHECK(ttlTo("10.0.0.2") == 9);
    set(rig, fd, "IP_MULTICAST_TTL", 0);
    CHECK(ttlTo("224.0.0.5") == -1);
    CHECK(set(rig, fd, "IP_MULTICAST_TTL", 256) == failed("EINVAL"));
}

TEST_CASE("an IPv6 socket sees its IPv4 peers in mapped addresses", "[endpoint]")
{
    EndpointRig rig(bothVersions());
    const int fd = open(rig, "inet6", "stream");
    rig.call("bind", {{"fd", fd}, {"port", 80}});
    rig.call("listen", {{"fd", fd}});
    rig.hostPort = 80;
    rig.handshake();
    const Json accepted = rig.call("accept", {{"fd", fd}});
    CHECK(accepted == Json{{"ret", 4}, {"addr", "::ffff:10.0.0.2"}, {"port", 4000}});
    CHECK(rig.call("getpeername", {{"fd", 4}})["addr"] == "::ffff:10.0.0.2");
    CHECK(rig.call("getsockname", {{"fd", 4}})["addr"] == "::ffff:10.0.0.1");
    CHECK(rig.call("getsockopt", {{"fd", 4}, {"name", "SO_DOMAIN"}})["value"] == "AF_INET6");
    CHECK(rig.sent() == Lines{"SYN,ACK seq=0 ack=1"});

    const int udp = open(rig, "inet6", "dgram");
    rig.call("bind", {{"fd", udp}, {"port", 5000}});
    rig.udp(53, 5000, "hi");
    const Json got = rig.call("recvfrom", {{"fd", udp}});
    CHECK(got["addr"] == "::ffff:10.0.0.2");
    CHECK(rig.call("sendto", {{"fd", udp}, {"data", "yes"}, {"addr", got["addr"]}, {"port", got["port"]}}) == ret(3));
    CHECK(rig.sent() == Lines{"UDP 5000>53 \"yes\""});
    CHECK(rig.call("sendto", {{"fd", udp}, {"data", "no"}, {"addr", "10.0.0.2"}, {"port", 53}}) ==
          failed("EAFNOSUPPORT"));
    CHECK(rig.call("connect", {{"fd", udp}, {"addr", "::ffff:10.0.0.2"}, {"port", 53}}) == ret(0));
    CHECK(rig.call("getsockname", {{"fd", udp}})["addr"] == "::ffff:10.0.0.1");
    rig.udp(53, 5000, "from the peer");
    CHECK(rig.call("recv", {{"fd", udp}})["data"] == "from the peer");

    const int client = open(rig, "inet6", "stream");
    CHECK(rig.call("connect", {{"fd", client}, {"addr", "::ffff:10.0.0.2"}, {"port", 4000}, {"nonblock", true}}) ==
          failed("EINPROGRESS"));
    CHECK(rig.sent() == Lines{"SYN seq=0"});
    const int bound = open(rig, "inet6", "stream");
    CHECK(rig.call("bind", {{"fd", bound}, {"addr", "::ffff:10.0.0.1"}, {"port", 81}}) == ret(0));
    CHECK(rig.call("connect", {{"fd", bound}, {"addr", "2001:db8::2"}, {"port", 80}}) == failed("ENETUNREACH"));
}

TEST_CASE("IPV6_V6ONLY keeps IPv4 out, and the port free for it", "[endpoint]")
{
    EndpointRig rig(bothVersions());
    const int six = open(rig, "inet6", "stream");
    set(rig, six, "IPV6_V6ONLY", 1);
    rig.call("bind", {{"fd", six}, {"port", 80}});
    rig.call("listen", {{"fd", six}});
    rig.hostPort = 80;
    rig.segment(TcpFlags::Syn, 0, 0);
    CHECK(rig.sent() == Lines{"RST,ACK seq=-1000 ack=1"}); // RFC 9293 §3.10.7.1: number 0
    rig.inject(packet6(kProtocolTcp, synTo(80, kPeer6, kHost6)));
    CHECK(sentBy(rig) == Lines{"SYN,ACK"});
    const int four = rig.socket();
    CHECK(rig.call("bind", {{"fd", four}, {"port", 80}}) == ret(0));
    CHECK(rig.call("listen", {{"fd", four}}) == ret(0));
    rig.segment(TcpFlags::Syn, 0, 0);
    CHECK(rig.sent() == Lines{"SYN,ACK seq=0 ack=1"});
    rig.segment(TcpFlags::Ack, 1, 1);
    CHECK(rig.call("accept", {{"fd", six}, {"nonblock", true}}) == failed("EAGAIN"));
    CHECK(rig.call("accept", {{"fd", four}})["addr"] == "10.0.0.2");

    const int udp = open(rig, "inet6", "dgram");
    set(rig, udp, "IPV6_V6ONLY", 1);
    rig.call("bind", {{"fd", udp}, {"port", 5000}});
    CHECK(droppedOf(rig.udp(53, 5000, "hi")) == "ignored-no-udp-port");
    CHECK(rig.sent() == Lines{"ICMP 3/3"});
    CHECK(rig.call("sendto", {{"fd", udp}, {"data", "x"}, {"addr", "::ffff:10.0.0.2"}, {"port", 53}}) ==
          failed("ENETUNREACH"));
    const int client = open(rig, "inet6", "stream");
    set(rig, client, "IPV6_V6ONLY", 1);
    CHECK(rig.call("connect", {{"fd", client}, {"addr", "::ffff:10.0.0.2"}, {"port", 80}}) == failed("ENETUNREACH"));

    const int both = open(rig, "inet6", "dgram");
    CHECK(rig.call("bind", {{"fd", both}, {"port", 6000}}) == ret(0));
    CHECK(rig.call("bind", {{"fd", rig.socket("dgram")}, {"port", 6000}}) == failed("EADDRINUSE"));
}

TEST_CASE("listeners that share a port share its peers, each always the same", "[endpoint]")
{
    EndpointRig rig;
    std::array<int, 2> fds{rig.socket(), rig.socket()};
    CHECK(rig.call("bind", {{"fd", fds[0]}, {"port", 80}}) == ret(0));
    CHECK(rig.call("bind", {{"fd", fds[1]}, {"port", 80}}) == failed("EADDRINUSE"));
    rig.call("close", {{"fd", fds[0]}});
    fds[0] = rig.socket();
    for (const int fd : fds) {
        set(rig, fd, "SO_REUSEPORT", 1);
        CHECK(rig.call("bind", {{"fd", fd}, {"port", 80}}) == ret(0));
        CHECK(rig.call("listen", {{"fd", fd}, {"backlog", 100}}) == ret(0));
    }
    CHECK(rig.call("bind", {{"fd", rig.socket()}, {"port", 80}}) == failed("EADDRINUSE"));
    rig.hostPort = 80;
    const auto acceptedBy = [&](int fd) {
        std::set<int> ports;
        for (Json reply; !(reply = rig.call("accept", {{"fd", fd}, {"nonblock", true}})).contains("errno");) {
            ports.insert(reply["port"].get<int>());
            rig.call("close", {{"fd", reply["ret"]}});
        }
        return ports;
    };
    for (rig.peerPort = 4000; rig.peerPort < 4040; ++rig.peerPort)
        rig.handshake();
    const std::set<int> first = acceptedBy(fds[0]), second = acceptedBy(fds[1]);
    CHECK(first.size() + second.size() == 40);
    CHECK(first.size() > 5);
    CHECK(second.size() > 5);
    // The other goes on alone.
    rig.call("close", {{"fd", fds[0]}});
    for (rig.peerPort = 5000; rig.peerPort < 5010; ++rig.peerPort)
        rig.handshake();
    CHECK(acceptedBy(fds[1]).size() == 10);
}

TEST_CASE("listeners on different addresses of the host do not meet", "[endpoint]")
{
    EndpointRig rig(Json{{"ip", {"10.0.0.1/24", "10.0.0.9/24"}}});
    const int near = rig.socket(), any = rig.socket();
    CHECK(rig.call("bind", {{"fd", near}, {"addr", "10.0.0.9"}, {"port", 80}}) == ret(0));
    CHECK(rig.call("listen", {{"fd", near}}) == ret(0));
    CHECK(rig.call("bind", {{"fd", any}, {"addr", "10.0.0.1"}, {"port", 80}}) == ret(0));
    CHECK(rig.call("listen", {{"fd", any}}) == ret(0));
    rig.hostPort = 80;
    rig.handshake();
    CHECK(rig.call("accept", {{"fd", near}, {"nonblock", true}}) == failed("EAGAIN"));
    CHECK(rig.call("accept", {{"fd", any}})["ret"] == 5);
}

TEST_CASE("what is set on a listener is what later connections have", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.listening();
    set(rig, fd, "IP_TTL", 7);
    set(rig, fd, "SO_RCVBUF", 3000);
    set(rig, fd, "TCP_MAXSEG", 700);
    set(rig, fd, "TCP_NODELAY", 1);
    rig.segment(TcpFlags::Syn, 0, 0);
    const Json outputs = rig.run()["outputs"];
    REQUIRE(outputs.size() == 1);
    const Bytes synAck = octetsOf(outputs[0]);
    CHECK(synAck[8] == 7);                                                                       // TTL
    CHECK((synAck[34] << 8 | synAck[35]) == 3000);                                               // window
    CHECK(Bytes(synAck.begin() + 40, synAck.begin() + 44) == Bytes{2, 4, 700 >> 8, 700 & 0xff}); // MSS
    rig.segment(TcpFlags::Ack, 1, 1);
    const int conn = rig.call("accept", {{"fd", fd}})["ret"];
    CHECK(rig.call("getsockopt", {{"fd", conn}, {"name", "TCP_NODELAY"}})["value"] == 1);
    rig.call("send", {{"fd", conn}, {"data", "a"}});
    rig.call("send", {{"fd", conn}, {"data", "b"}}); // Nagle would hold it
    CHECK(rig.sent() == Lines{"PSH,ACK seq=1 ack=1 \"a\"", "PSH,ACK seq=2 ack=1 \"b\""});
}

TEST_CASE("what a receive buffer has no room for is counted", "[endpoint]")
{
    EndpointRig rig(Json{{"rcvbuf", 100}});
    const int fd = rig.socket("dgram");
    rig.call("bind", {{"fd", fd}, {"port", 7}});
    const std::string forty(40, 'x');
    CHECK(droppedOf(rig.udp(53, 7, forty)).empty());
    CHECK(droppedOf(rig.udp(53, 7, forty)).empty());
    CHECK(droppedOf(rig.udp(53, 7, forty)) == "ignored-receive-buffer-full");
    CHECK(rig.request({{"op", "info"}})["dropped"] == Json{{"ignored-receive-buffer-full", 1}});
}

TEST_CASE("what the store of fragments has no room for is counted", "[endpoint]")
{
    EndpointRig rig;
    const auto begun = [&](std::uint16_t identification) {
        Ipv4Header ip;
        ip.source = EndpointRig::kPeer;
        ip.destination = EndpointRig::kHost;
        ip.protocol = kProtocolUdp;
        ip.dontFragment = false;
        ip.moreFragments = true;
        ip.identification = identification;
        return droppedOf(rig.inject(encodeIpv4(ip, Bytes(24))));
    };
    for (std::uint16_t i = 0; i < 16; ++i) // docs/protocols.md
        CHECK(begun(i).empty());
    CHECK(begun(16) == "ignored-reassembly-limit");
    CHECK(rig.request({{"op", "info"}})["dropped"] == Json{{"ignored-reassembly-limit", 1}});
}

TEST_CASE("a port is never taken from one destination for another", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.socket("dgram");
    CHECK(rig.call("connect", {{"fd", fd}, {"addr", "10.0.0.2"}, {"port", 9}}) == ret(0));
    CHECK(rig.call("sendto", {{"fd", fd}, {"data", "x"}, {"addr", "10.0.0.3"}})["errno"] == "EINVAL");
    CHECK(rig.call("sendto", {{"fd", fd}, {"data", "x"}, {"addr", "10.0.0.3"}, {"port", 0}}) == failed("EINVAL"));
    CHECK(rig.sent().empty());
    CHECK(rig.call("sendto", {{"fd", fd}, {"data", "x"}, {"addr", "10.0.0.3"}, {"port", 7}}) == ret(1));
    CHECK(rig.sent() == Lines{"UDP 49152>7 \"x\""});
}

TEST_CASE("info names a socket's end as getsockname does", "[endpoint]")
{
    EndpointRig rig(bothVersions());
    const int four = open(rig, "inet", "dgram"), six = open(rig, "inet6", "dgram");
    const auto localOf = [&](int fd) -> std::string {
        const std::string shown = rig.request({{"op", "info"}, {"fd", fd}})["local"]["addr"];
        CHECK(rig.call("getsockname", {{"fd", fd}})["addr"] == shown);
        return shown;
    };
    CHECK(localOf(four) == "0.0.0.0");
    rig.call("connect", {{"fd", four}, {"addr", "10.0.0.2"}, {"port", 9}});
    CHECK(localOf(four) == "10.0.0.1");
    rig.call("connect", {{"fd", four}, {"addr", "AF_UNSPEC"}});
    CHECK(localOf(four) == "0.0.0.0");
    rig.call("connect", {{"fd", six}, {"addr", "::ffff:10.0.0.2"}, {"port", 9}}); // RFC 3493 §3.7
    CHECK(localOf(six) == "::ffff:10.0.0.1");
    CHECK(rig.request({{"op", "info"}, {"fd", six}})["remote"]["addr"] == "::ffff:10.0.0.2");
}

} // namespace packetarium::endpoint_addresses_test
