// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The other end of an endpoint's cable, for tests: requests by a few words,
// segments in and out as one line of text each.

#include "core/endpoint/session.h"
#include "core/wire/icmp.h"
#include "core/wire/ip.h"
#include "core/wire/udp.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace packetarium::test {

class EndpointRig {
public:
    using Json = nlohmann::json;
    static constexpr std::uint32_t kIss = 1000, kPeerIss = 5000;
    static constexpr std::uint16_t kPeerPort = 4000;
    inline static const Ipv4Address kHost{0x0a000001}, kPeer{0x0a000002};

    explicit EndpointRig(Json host = Json::object())
    {
        if (!host.contains("iss"))
            host["iss"] = kIss;
        if (!host.contains("delack_ms"))
            host["delack_ms"] = 0;
        reset = request({{"op", "reset"}, {"host", host}});
    }

    Json raw(std::string_view line) { return Json::parse(session_.handle(line)); }
    Json request(const Json& request) { return raw(request.dump()); }
    /// The reply without its id: what most tests compare.
    Json call(std::string_view fn, const Json& args, int id = 1)
    {
        Json reply = request({{"op", "call"}, {"id", id}, {"fn", fn}, {"args", args}});
        reply.erase("id");
        return reply;
    }
    int socket(std::string_view type = "stream") { return call("socket", {{"domain", "inet"}, {"type", type}})["ret"]; }

    Json inject(ByteView datagram)
    {
        std::string hex;
        for (const std::uint8_t octet : datagram)
            hex += fmt::format("{:02x}", octet);
        return request({{"op", "inject"}, {"hex", hex}});
    }
    static Bytes datagram(std::uint8_t protocol, ByteView payload, Ipv4Address from = kPeer)
    {
        Ipv4Header ip;
        ip.source = from;
        ip.destination = kHost;
        ip.protocol = protocol;
        return encodeIpv4(ip, payload);
    }
    /// A segment from the peer. Its sequence number counts from the peer's ISS, its acknowledgment number from the host's.
    Json segment(std::uint8_t flags, std::uint32_t seq, std::uint32_t ack, std::string_view data = "")
    {
        TcpSegment tcp;
        tcp.sourcePort = peerPort;
        tcp.destinationPort = hostPort;
        tcp.flags.bits = flags;
        tcp.seq = Seq32(kPeerIss) + seq;
        if ((flags & TcpFlags::Ack) != 0)
            tcp.ack = Seq32(kIss) + ack;
        tcp.window = window;
        tcp.payload.assign(data.begin(), data.end());
        return inject(datagram(kProtocolTcp, encodeTcp(tcp, kPeer, kHost)));
    }
    Json udp(std::uint16_t from, std::uint16_t to, std::string_view data)
    {
        const UdpDatagram udp{from, to, Bytes(data.begin(), data.end())};
        return inject(datagram(kProtocolUdp, encodeUdp(udp, kPeer, kHost)));
    }

    /// "SYN seq=0", "PSH,ACK seq=1 ack=1 \"hello\"": numbers count from the ISSs; other protocols by name.
    static std::string describe(const Json& output)
    {
        const std::string hex = output["hex"];
        Bytes bytes;
        for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
            bytes.push_back(static_cast<std::uint8_t>(std::stoi(hex.substr(i, 2), nullptr, 16)));
        const Ipv4Decoded ip = decodeIpv4(bytes);
        if (ip.error != IpError::None)
            return "no IPv4 datagram";
        if (ip.header.protocol == kProtocolUdp) {
            const UdpDecoded udp = decodeUdp(ip.payload, ip.header.source, ip.header.destination);
            return fmt::format("UDP {}>{} \"{}\"", udp.datagram.sourcePort, udp.datagram.destinationPort,
                               std::string(udp.datagram.payload.begin(), udp.datagram.payload.end()));
        }
        if (ip.header.protocol == kProtocolIcmp)
            return fmt::format("ICMP {}/{}", ip.payload[0], ip.payload[1]);
        const TcpDecoded tcp = decodeTcp(ip.payload, ip.header.source, ip.header.destination);
        if (tcp.error != TcpDecodeError::None)
            return "no TCP segment";
        const TcpSegment& s = tcp.segment;
        std::string text = fmt::format("{} seq={}", s.flags.toString(), s.seq - Seq32(kIss));
        if (s.flags.ack())
            text += fmt::format(" ack={}", s.ack - Seq32(kPeerIss));
        if (!s.payload.empty())
            text += " \"" + std::string(s.payload.begin(), s.payload.end()) + "\"";
        return text;
    }
    Json run(const Json& how = Json::object())
    {
        Json line = how;
        line["op"] = "run";
        return request(line);
    }
    /// What was sent at this instant, and `done` is what was completed.
    std::vector<std::string> sent(std::int64_t forMicroseconds = 0)
    {
        const Json reply = run({{"for_us", forMicroseconds}});
        done = reply["done"];
        std::vector<std::string> all;
        for (const Json& output : reply["outputs"])
            all.push_back(describe(output));
        return all;
    }
    std::string state(int fd) { return request({{"op", "info"}, {"fd", fd}})["state"]; }

    /// A socket that is connected to the peer; everything until then has been taken out.
    int connected()
    {
        const int fd = socket();
        hostPort = 49152;
        call("bind", {{"fd", fd}, {"port", hostPort}});
        call("connect", {{"fd", fd}, {"addr", "10.0.0.2"}, {"port", peerPort}});
        segment(TcpFlags::Syn | TcpFlags::Ack, 0, 1);
        sent();
        return fd;
    }
    /// A listening socket at port 80.
    int listening(int backlog = 5)
    {
        const int fd = socket();
        hostPort = 80;
        call("bind", {{"fd", fd}, {"port", 80}});
        call("listen", {{"fd", fd}, {"backlog", backlog}});
        return fd;
    }
    void handshake()
    {
        segment(TcpFlags::Syn, 0, 0);
        segment(TcpFlags::Ack, 1, 1);
    }

    Json reset, done;
    std::uint16_t hostPort = 80, peerPort = kPeerPort, window = 65535;

private:
    EndpointSession session_;
};

/// What a call answers that fails, and one that does not.
inline EndpointRig::Json failed(std::string_view error)
{
    return {{"errno", error}};
}
inline EndpointRig::Json ret(int n)
{
    return {{"ret", n}};
}

} // namespace packetarium::test
