// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any sequence of frames, calls and time for a host, a router and a switch: they must send only whole frames that fit
// their links, answer a frame with no more than they may, keep no deadline in the past, and forget in the end.
//
// The input is a list of acts, each an octet that says what, and octets that say how. Headers are encoded here, so that
// checksums are good and the fuzzer gets past them.
#include "core/net/bridge.h"
#include "core/net/host.h"
#include "core/net/router.h"
#include "core/wire/arp.h"
#include "tests/fuzz/frame_checks.h"

#include <memory>

using namespace packetarium;
using fuzz::must;

namespace {

constexpr std::size_t kMtu = 1500;
constexpr std::size_t kMostAnswers =
    200; ///< to one act: the largest datagram in fragments, or a neighbour's whole queue

MacAddress macOf(std::uint8_t last)
{
    return MacAddress{{2, 0, 0, 0, 0, last}};
}
Ipv4Address v4(std::uint8_t net, std::uint8_t last)
{
    return Ipv4Address{0x0a000000u | std::uint32_t{net} << 16 | last};
}
Ipv6Address v6(std::uint8_t net, std::uint8_t last)
{
    return Ipv6Address{{0x20, 1, 0x0d, 0xb8, 0, net, 0, 0, 0, 0, 0, 0, 0, 0, 0, last}};
}

class Input {
public:
    explicit Input(ByteView bytes)
        : bytes_(bytes)
    {}
    bool empty() const { return bytes_.empty(); }
    std::uint8_t octet()
    {
        if (bytes_.empty())
            return 0;
        const std::uint8_t first = bytes_.front();
        bytes_ = bytes_.subspan(1);
        return first;
    }
    std::uint16_t word()
    {
        const std::uint8_t high = octet();
        return static_cast<std::uint16_t>(high << 8 | octet());
    }
    /// A length, and as many octets as there are of it; what is missing is zero.
    Bytes some()
    {
        Bytes taken(word() % 2000);
        for (std::uint8_t& octetOf : taken) {
            if (bytes_.empty())
                break;
            octetOf = octet();
        }
        return taken;
    }

private:
    ByteView bytes_;
};

class Bench final : public NodeSink {
public:
    Bench()
        : host_(hostSetup())
        , router_(routerSetup())
        , switch_(NodeId(2), 3, SimDuration::seconds(300))
    {
        host_.openUdp(7);
        host_.listenOn(cx(), 80);
        startAnew();
    }

    void act(Input& in)
    {
        startAnew();
        const std::uint8_t what = in.octet();
        switch (what % 10) {
        case 0: arrive(what, arp(in), kEtherTypeArp); break;
        case 1: {
            const std::uint16_t etherType = in.word();
            arrive(what, in.some(), etherType);
            break;
        }
        case 2: {
            const std::uint8_t protocol = in.octet();
            arrive(what, ipv4(in, protocol, in.some()), kEtherTypeIpv4);
            break;
        }
        case 3: arrive(what, ipv4(in, kProtocolIcmp, encodeIcmp(icmp(in))), kEtherTypeIpv4); break;
        case 4: arrive(what, ipv6(in), kEtherTypeIpv6); break;
        case 5: pass(SimDuration::milliseconds(in.octet() * 250)); break;
        case 6: udp(in); break;
        case 7: tcp(in); break;
        case 8: call(in); break;
        default: {
            const Bytes frame = in.some();
            receive(what, frame);
        }
        }
        must(sent_ <= kMostAnswers, "too much said to one act");
        must(host_.nextDeadline() > now_ && router_.nextDeadline() > now_ && switch_.nextDeadline() > now_,
             "a deadline that has passed");
    }

    void end()
    {
        for (const Host::Slot& slot : host_.connections()) {
            if (!slot.gone)
                slot.tcp.checkInvariants();
        }
        startAnew();
        host_.powerOff(cx());
        router_.forget(cx());
        switch_.forget(cx());
        must(host_.nextDeadline().isNever() && router_.nextDeadline().isNever() && switch_.nextDeadline().isNever(),
             "something is still waited for");
    }

    void transmit(NodeId from, std::uint8_t port, Outgoing&& out) override
    {
        ++sent_;
        must(port < (from.value() == 0 ? 1 : from.value() == 1 ? 2 : 3), "a port that is not there");
        if (from.value() == 2) // passed on as it was
            return;
        must(out.frame.size() <= kEthernetHeaderSize + (from.value() == 1 && port == 1 ? 600 : kMtu) + kFcsSize,
             "a frame larger than its link takes");
        const Bytes frame = out.frame.octets();
        const EthernetDecoded ethernet = decodeEthernet(frame);
        must(ethernet.error == EthernetError::None, "a damaged frame");
        must(!ethernet.header.source.isGroup(), "a frame from a group");
        if (ethernet.header.etherType == kEtherTypeArp)
            must(decodeArp(ethernet.payload).has_value(), "an ARP packet that is none");
        else if (ethernet.header.etherType == kEtherTypeIpv4)
            must(decodeIpv4(ethernet.payload).error == IpError::None, "an IPv4 header that is none");
        else
            must(decodeIpv6(ethernet.payload).error == IpError::None, "an IPv6 header that is none");
    }
    void programNews(NodeId, ConnId, AppCall, AppResult, std::uint64_t) override {}
    void dataArrived(NodeId, ConnId, ByteView) override {}
    void stateEntered(NodeId, ConnId, TcpState) override {}
    void datagramArrived(NodeId, const UdpDelivery& delivery) override
    {
        must(delivery.localPort == 7, "a datagram for a port that is not open");
    }
    void icmpArrived(NodeId, const IcmpDelivery&) override {}

private:
    static HostSetup hostSetup()
    {
        HostSetup setup;
        setup.ip.node = NodeId(0);
        setup.ip.interfaces = {Interface{macOf(1), {IpPrefix{v4(1, 1), 24}, IpPrefix{v6(1, 1), 64}}, kMtu}};
        setup.ip.routes = {Route{IpPrefix{Ipv4Address{}, 0}, v4(1, 254), 0}};
        return setup;
    }
    static IpStackSetup routerSetup()
    {
        IpStackSetup setup;
        setup.node = NodeId(1);
        setup.router = true;
        setup.interfaces = {Interface{macOf(2), {IpPrefix{v4(1, 254), 24}, IpPrefix{v6(1, 254), 64}}, kMtu},
                            Interface{macOf(3), {IpPrefix{v4(2, 254), 24}}, 600}};
        return setup;
    }
    NodeContext cx() { return NodeContext{now_, *trace_, *this, true}; }
    /// The trace is for people; here it would only grow.
    void startAnew()
    {
        sent_ = 0;
        if (trace_->records().size() > 10'000) {
            Trace::Mark nothing;
            nothing.conns = trace_->mark().conns;
            trace_->truncate(nothing, {});
        }
    }

    void receive(std::uint8_t who, ByteView frame)
    {
        const PacketId packet(packets_++);
        switch (who / 10 % 4) {
        case 0: host_.receiveFrame(cx(), packet, frame); break;
        case 1: router_.receiveFrame(cx(), 0, packet, frame); break;
        case 2: router_.receiveFrame(cx(), 1, packet, frame); break;
        default: switch_.receiveFrame(cx(), who % 3, packet, frame);
        }
    }
    void arrive(std::uint8_t who, ByteView payload, std::uint16_t etherType)
    {
        const std::uint8_t node = who / 10 % 4;
        EthernetHeader header;
        header.destination = (who & 0x80) != 0 ? MacAddress::broadcast() : macOf(static_cast<std::uint8_t>(node + 1));
        header.source = macOf(static_cast<std::uint8_t>(0x10 + who % 7));
        header.etherType = etherType;
        receive(who, encodeEthernet(header, payload));
    }
    static Ipv4Address someIpv4(Input& in)
    {
        const std::uint8_t octet = in.octet();
        return v4(octet >> 7 != 0 ? 2 : 1, octet % 5 == 0 ? 254 : octet % 8);
    }
    static Bytes arp(Input& in)
    {
        ArpPacket packet;
        packet.operation = in.octet() % 3;
        packet.senderMac = macOf(in.octet());
        packet.senderIp = someIpv4(in);
        packet.targetIp = someIpv4(in);
        return encodeArp(packet);
    }
    static IcmpMessage icmp(Input& in)
    {
        IcmpMessage message;
        message.type = in.octet();
        message.code = in.octet() % 6;
        message.rest = in.word();
        message.payload = in.some();
        return message;
    }
    static Bytes ipv4(Input& in, std::uint8_t protocol, const Bytes& payload)
    {
        Ipv4Header header;
        const std::uint8_t flags = in.octet();
        header.dontFragment = (flags & 1) != 0;
        header.moreFragments = (flags & 2) != 0;
        header.fragmentOffset = (flags & 4) != 0 ? in.word() % 0x2000 : 0;
        header.identification = flags >> 6;
        header.ttl = in.octet();
        header.protocol = protocol;
        header.source = someIpv4(in);
        header.destination = someIpv4(in);
        return encodeIpv4(header, payload);
    }
    static Bytes ipv6(Input& in)
    {
        Ipv6Header header;
        const std::uint8_t how = in.octet();
        header.hopLimit = (how & 1) != 0 ? 255 : in.octet();
        header.source = v6(1, in.octet() % 4);
        header.destination = (how & 2) != 0 ? v6(1, 1) : v6(how >> 7, in.octet());
        if ((how & 4) != 0)
            header.destination = header.destination.solicitedNode();
        if ((how & 8) != 0) {
            header.nextHeader = in.octet();
            return encodeIpv6(header, in.some());
        }
        IcmpMessage message = icmp(in);
        if ((how & 16) != 0) {
            NeighborMessage neighbor;
            neighbor.solicitation = (how & 32) != 0;
            neighbor.target = v6(1, in.octet() % 4);
            neighbor.linkAddress = macOf(in.octet());
            neighbor.override_ = (how & 64) != 0;
            message = toIcmp(neighbor);
        }
        header.nextHeader = kProtocolIcmpv6;
        return encodeIpv6(header, encodeIcmpv6(message, header.source, header.destination));
    }
    void udp(Input& in)
    {
        UdpDatagram datagram;
        datagram.sourcePort = in.octet();
        datagram.destinationPort = in.octet() % 10;
        datagram.payload = in.some();
        const Ipv4Address from = v4(1, 9), to = v4(1, 1);
        Ipv4Header header;
        header.protocol = kProtocolUdp;
        header.source = from;
        header.destination = to;
        arrive(0, encodeIpv4(header, encodeUdp(datagram, from, to)), kEtherTypeIpv4);
    }
    void tcp(Input& in)
    {
        TcpSegment segment;
        segment.sourcePort = in.octet() % 4;
        segment.destinationPort = in.octet() % 2 == 0 ? 80 : 49152;
        segment.flags.bits = in.octet();
        segment.window = in.word();
        segment.seq = Seq32(in.word());
        segment.ack = Seq32(in.word());
        if (const Connection* tcp = host_.current(); tcp != nullptr && in.octet() % 2 == 0) {
            segment.seq = tcp->rcvNxt() + segment.seq.value() % 3;
            segment.ack = tcp->sndNxt();
        }
        segment.payload = in.some();
        const Ipv4Address from = v4(1, 9), to = v4(1, 1);
        Ipv4Header header;
        header.source = from;
        header.destination = to;
        arrive(0, encodeIpv4(header, encodeTcp(segment, from, to)), kEtherTypeIpv4);
    }
    void call(Input& in)
    {
        const std::uint8_t what = in.octet();
        const IpAddress to = (what & 0x40) != 0 ? IpAddress(v6(1, in.octet() % 4)) : IpAddress(someIpv4(in));
        Bytes data = in.some();
        if ((what & 0x20) != 0)
            data.resize(std::size_t{in.word()});
        switch (what % 5) {
        case 0: {
            Host::EchoSend how;
            how.to = to;
            how.dontFragment = (what & 0x80) != 0;
            host_.sendEcho(cx(), how, data);
            break;
        }
        case 1: {
            Host::UdpSend how;
            how.to = Endpoint{to, 9};
            how.dontFragment = (what & 0x80) != 0;
            host_.sendUdp(cx(), how, data);
            break;
        }
        case 2:
            if (host_.connections().size() < 100)
                host_.connectTo(cx(), 0, Endpoint{to, 9});
            break;
        case 3:
            host_.sendOn(cx(), host_.currentId(), ByteView(data).first(std::min<std::size_t>(data.size(), 3000)));
            break;
        default: host_.closeConn(cx(), host_.currentId());
        }
    }
    void pass(SimDuration time)
    {
        const SimTime until = now_ + time;
        for (;;) {
            const SimTime next = std::min({host_.nextDeadline(), router_.nextDeadline(), switch_.nextDeadline()});
            if (next > until)
                break;
            must(next > now_, "a deadline that has passed");
            now_ = next;
            sent_ = 0;
            host_.onTimer(cx());
            router_.onTimer(cx());
            switch_.onTimer(cx());
            must(sent_ <= 4 * kMostAnswers, "too much said at one deadline");
        }
        now_ = until;
        sent_ = 0;
    }

    SimTime now_ = SimTime::zero() + SimDuration::nanoseconds(1);
    std::unique_ptr<Trace> trace_ = std::make_unique<Trace>();
    std::size_t sent_ = 0;
    std::uint32_t packets_ = 0;
    Host host_;
    Router router_;
    Switch switch_;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    constexpr int kMostActs = 300;
    Input in(ByteView(data, size));
    Bench bench;
    for (int i = 0; i < kMostActs && !in.empty(); ++i)
        bench.act(in);
    bench.end();
    return 0;
}
