// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A few nodes on a bench. Cables that are joined carry frames to their other
// end; what leaves by any other port is collected, and a test looks at it as
// a line of words:
//
//   01>ff ARP who has 10.1.0.254? tell 10.1.0.1
//   01>fe 10.1.0.1>10.2.0.2 ttl 64 ICMP echo request id 7 seq 1, 56 octets
//   fe>01 10.1.0.254>10.1.0.1 ttl 64 ICMP 11/0 about 10.1.0.1>10.2.0.2
//
// Of a MAC address the last octet is shown, of a group's "ff" or "group".

#include "core/net/bridge.h"
#include "core/net/host.h"
#include "core/net/router.h"
#include "core/wire/arp.h"

#include <deque>
#include <string>

namespace packetarium::testing {

/// 02:00:00:00:00:`last`
MacAddress mac(std::uint8_t last);
IpAddress ip(std::string_view text);
IpPrefix prefix(std::string_view text);
std::string wordsOf(ByteView frame);

class NetRig : public NodeSink {
public:
    virtual ~NetRig() = default;

    // Nodes. MAC addresses are given by their last octet; of a router's interfaces they count on from it.
    NodeId addHost(std::uint8_t lastOfMac, const std::vector<std::string>& addresses,
                   const std::vector<std::string>& gateways = {}, std::uint16_t mtu = 1500, bool filtered = false);
    struct Port {
        std::vector<std::string> addresses;
        std::uint16_t mtu = 1500;
    };
    NodeId addRouter(std::uint8_t lastOfMac, const std::vector<Port>& ports, const std::vector<Route>& routes = {});
    NodeId addSwitch(std::uint8_t ports, SimDuration aging = SimDuration::seconds(300));
    NodeId addHub(std::uint8_t ports);
    void join(NodeId a, std::uint8_t aPort, NodeId b, std::uint8_t bPort,
              SimDuration delay = SimDuration::milliseconds(1));

    Host& host(NodeId node) { return *nodes_.at(node.value()).host; }
    Router& router(NodeId node) { return *nodes_.at(node.value()).router; }
    Switch& bridge(NodeId node) { return *nodes_.at(node.value()).bridge; }
    NodeContext cx() { return NodeContext{now, trace, *this, layers}; }

    /// A frame that comes in now.
    PacketId arrive(NodeId node, std::uint8_t port, const WireFrame& frame);
    /// Lets time pass, with all that falls due: frames that arrive, and deadlines.
    void pass(SimDuration time);
    void passTo(SimTime t);
    SimTime nextDeadline(NodeId node) const;

    /// The next frame that left by a port without a cable, in words; "nothing" if there is none.
    std::string taken();
    /// The same as bytes.
    Bytes takenFrame();
    /// What a cable carried so far, both ways, in the order in which it was put on it. Forgets it.
    std::vector<std::string> carried(NodeId oneEnd, std::uint8_t port);
    /// What programs were told, oldest first: "UDP 5000 from 10.0.0.1:40002: hello", "ICMP 3/3 port-unreachable from 10.0.0.2 ...",
    /// "TCP opened ok", "TCP data hello". Forgets it.
    std::vector<std::string> told();
    /// Reasons of SegmentIgnored records since last asked.
    std::vector<Reason> ignored();
    /// Table and Layer records since last asked: "arp added 10.1.0.1 01", "switch expired 01 port 2", "received physical 0+64".
    std::vector<std::string> tables();
    std::vector<std::string> crossings();

    // NodeSink
    void transmit(NodeId from, std::uint8_t port, Outgoing&& out) override;
    void programNews(NodeId host, ConnId conn, AppCall what, AppResult result, std::uint64_t octets) override;
    void dataArrived(NodeId host, ConnId conn, ByteView data) override;
    void stateEntered(NodeId, ConnId, TcpState) override {}
    void datagramArrived(NodeId host, const UdpDelivery& delivery) override;
    void icmpArrived(NodeId host, const IcmpDelivery& delivery) override;

    SimTime now;
    Trace trace;
    bool layers = false;
    std::deque<Outgoing> sent;
    std::vector<ConnId> opened; ///< connections that came into being, in that order

private:
    struct Node {
        std::optional<Host> host;
        std::optional<Router> router;
        std::optional<Switch> bridge;
        std::optional<Hub> hub;
    };
    struct Cable {
        NodeId a, b;
        std::uint8_t aPort = 0, bPort = 0;
        SimDuration delay;
        std::vector<std::string> carried;
    };
    struct OnItsWay {
        SimTime at;
        NodeId to;
        std::uint8_t port = 0;
        WireFrame frame;
    };
    Node& add();
    Cable* cableAt(NodeId node, std::uint8_t port);
    void runTimer(NodeId node);

    std::vector<Node> nodes_;
    std::vector<Cable> cables_;
    std::deque<OnItsWay> onTheirWay_;
    std::vector<std::string> told_;
    std::size_t ignoredSeen_ = 0, tablesSeen_ = 0, layersSeen_ = 0;
    std::uint32_t packets_ = 0;
};

// Frames from outside.
Bytes arpFrame(std::uint16_t operation, std::uint8_t fromMac, std::string_view from, const MacAddress& toMac,
               std::string_view about);
/// `header` with its addresses set is the pattern.
Bytes ipv4Frame(std::uint8_t fromMac, std::uint8_t toMac, const Ipv4Header& header, ByteView payload);
Bytes udpFrame(std::uint8_t fromMac, std::uint8_t toMac, std::string_view from, std::string_view to, std::uint16_t port,
               std::size_t octets, std::uint8_t ttl = 64, bool dontFragment = false);
Bytes echoFrame(std::uint8_t fromMac, std::uint8_t toMac, std::string_view from, std::string_view to, ByteView data,
                std::uint8_t ttl = 64);
Bytes icmpv6Frame(std::uint8_t fromMac, const MacAddress& toMac, std::string_view from, std::string_view to,
                  const IcmpMessage& message, std::uint8_t hopLimit);

} // namespace packetarium::testing
