// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The internet layer of a node that has addresses, host or router: which way
// a datagram goes (RFC 1122 §3.3.1), who has the next hop's address (ARP, RFC
// 826; neighbour discovery, RFC 4861), too large for the next link (RFC 791
// §3.2), put together again (RFC 815), and control messages (RFC 792, RFC
// 4443). A copyable value; what it takes in for the layers above it hands to
// whoever calls receiveFrame().

#include "core/net/fragments.h"
#include "core/net/ip6_chain.h"
#include "core/net/node_context.h"
#include "core/net/routes.h"
#include "core/wire/wire_frame.h"

#include <deque>
#include <map>

namespace packetarium {

struct IpStackSetup {
    NodeId node;
    bool router = false;               ///< passes on what is for others
    bool filtered = false;             ///< a firewall drops every datagram that arrives, silently
    std::vector<Interface> interfaces; ///< by port
    std::vector<Route> routes;         ///< beside those to the interfaces' own prefixes
    /// Neighbours known from the start and for ever: of two hosts on one link, which do without ARP.
    std::map<IpAddress, MacAddress> neighbors;
};

/// A datagram for the layers above, or from them.
struct Datagram {
    IpAddress source; ///< unspecified when sending: chosen by the route
    IpAddress destination;
    std::uint8_t protocol = 0;
    std::uint8_t ttl = kDefaultTtl;
    std::uint8_t dscpEcn = 0; ///< of IPv6 the traffic class
    bool dontFragment = false;
    ByteView upperHeader; ///< where it lies apart from the payload, as TCP's does: its header; good while a call lasts
    Octets payload;       ///< what the IP header carries, or what upperHeader carries
    // When it came in:
    PacketId packet;           ///< the (last) frame it came in
    bool toGroup = false;      ///< by a broadcast or multicast, of the link or of IP: no error may answer it
    bool reassembled = false;  ///< from fragments
    std::size_t payloadAt = 0; ///< where the payload, or the last fragment's part of it, begins in that frame, octets
    std::size_t payloadThere = 0; ///< how much of it is there
    ByteView headers;             ///< in front of the payload: the IP header, and upperHeader; good while a call lasts
    Bytes quotation;              ///< if that is not what an error about it quotes: IP header and the first octets
};
/// Why it is sent, for the trace.
struct SendNote {
    Reason cause = Reason::None;
    ConnId conn;
    bool retransmission = false;
};

class IpStack {
public:
    /// An interface with an IPv6 address gets its link-local address beside it.
    explicit IpStack(IpStackSetup setup);

    /// False: there is no route, or it is too large and must not be fragmented; the trace says so where a packet is concerned.
    enum class Sent { Yes, NoRoute, TooBig };
    Sent send(const NodeContext& cx, const Datagram& datagram, const SendNote& note);
    /// The source that send() would choose.
    std::optional<IpAddress> sourceFor(const IpAddress& destination) const;
    /// Octets that a datagram to there may have on the first link, or as a path MTU was learnt.
    std::uint16_t mtuTo(const IpAddress& destination) const;
    /// Of the first link alone, whatever is known of the others.
    std::uint16_t linkMtuTo(const IpAddress& destination) const;

    /// A frame that came in by `port`. Takes care of ARP, neighbour discovery, forwarding, fragments and echo requests; a whole
    /// datagram for the layers above is returned. ICMP messages among them have been found whole.
    std::optional<Datagram> receiveFrame(const NodeContext& cx, std::uint8_t port, PacketId packet,
                                         const WireFrame& frame);
    /// Answers `about` with an ICMP or ICMPv6 error, if RFC 1122 §3.2.2 allows one. `type` and `code` as IPv4 has them; they are
    /// translated for IPv6.
    void sendError(const NodeContext& cx, const Datagram& about, std::uint8_t type, std::uint8_t code,
                   std::uint32_t rest, Reason cause);

    /// Of "fragmentation needed" and "packet too big": why what they say cannot be, or None, and it has been learnt. The caller
    /// has made sure that what they quote was sent.
    Reason learnMtu(const NodeContext& cx, const IcmpMessage& message, bool v6);

    void onTimer(const NodeContext& cx);
    SimTime nextDeadline() const { return due_; }
    /// The same without the expiry of what was learnt, which by itself brings nothing about.
    SimTime nextWork() const { return work_; }
    /// Power off: caches and what waits are gone.
    void forget(const NodeContext& cx);
    /// Writes every route into the trace as a row that was added.
    void noteRoutes(const NodeContext& cx) const;

    bool isOwn(const IpAddress& address) const { return routes_.isOwn(address); }
    bool isBroadcast(const IpAddress& address) const { return routes_.isBroadcast(address); }
    const IpStackSetup& setup() const { return setup_; }

    // RFC 1122 §2.3.2.1: an entry is forgotten a minute after its neighbour was last heard in ARP or neighbour discovery, in
    // use or not.
    static constexpr SimDuration kNeighborLifetime = SimDuration::seconds(60);
    static constexpr SimDuration kNeighborRetry = SimDuration::seconds(1); ///< RFC 4861 §10: RETRANS_TIMER
    static constexpr int kNeighborTries = 3;                               ///< MAX_MULTICAST_SOLICIT
    static constexpr std::size_t kNeighborQueue =
        64; ///< datagrams that wait for one neighbour; one more, and the oldest goes
    static constexpr std::size_t kMaxNeighbors = 1024; ///< known or being asked for, so that nobody can fill the memory
    static constexpr SimDuration kPathMtuLifetime = SimDuration::seconds(600); ///< RFC 1191 §6.3
    // RFC 4443 §2.4 (f), RFC 1812 §4.3.2.8: a bucket of errors that is filled again at this pace.
    static constexpr SimDuration kErrorInterval = SimDuration::milliseconds(100);
    static constexpr int kErrorBurst = 10;

private:
    /// A datagram on its way out, its header complete.
    struct Leaving {
        WireFrame frame = WireFrame::inParts(); ///< without its link's addresses
        SendNote note;
        PacketId parent; ///< passed on, or none
    };
    using NeighborKey = std::pair<std::uint8_t, IpAddress>; ///< port, address
    struct Neighbor {
        std::optional<MacAddress> mac; ///< none: being asked for
        SimTime due;                   ///< when the entry expires, or is asked for again
        int tries = 0;
        std::deque<Leaving> waiting;
    };
    struct PathMtu {
        std::uint16_t octets = 0;
        SimTime until;
    };
    /// A frame that is being taken apart.
    struct Arrival {
        std::uint8_t port = 0;
        PacketId packet;
        MacAddress source;
        bool toGroup = false;
        Octets payload;                   ///< what the Ethernet header carries, or the headers in it if `apart`
        const WireFrame* apart = nullptr; ///< TCP: the segment's data are its body
        std::size_t behind() const { return apart == nullptr ? 0 : apart->body().size(); }
    };

    // ip_stack.cpp: sending, and time
    std::optional<Hop> hopTo(const IpAddress& destination) const;
    /// The same, with what the routing table said put into the trace.
    std::optional<Hop> hopTo(const NodeContext& cx, const IpAddress& destination, PacketId cause) const;
    void sendFragments(const NodeContext& cx, const Hop& hop, const Ipv4Header& header, ByteView payload,
                       const Leaving& pattern);
    void sendFragments6(const NodeContext& cx, const Hop& hop, const Ipv6Header& header, ByteView payload,
                        std::size_t mtu, const Leaving& pattern);
    void sendIcmp(const NodeContext& cx, const Datagram& about, const IcmpMessage& message, Reason cause);
    bool mayComplain(const NodeContext& cx, const Datagram& about);
    const PathMtu* learntMtu(const IpAddress& destination) const;
    void replan();

    // ip_stack_receive.cpp
    void refuse(const NodeContext& cx, const Arrival& arrival, Layer layer, std::size_t offset, std::size_t length,
                Reason why) const;
    bool hearsGroup(const MacAddress& group, std::uint8_t port) const;
    bool isFromNobody(const Datagram& datagram) const;
    bool isForgedOwn(const Arrival& arrival, const Datagram& datagram) const;
    std::optional<Datagram> receiveIpv4(const NodeContext& cx, const Arrival& arrival);
    std::optional<Datagram> receiveIpv6(const NodeContext& cx, const Arrival& arrival);
    std::optional<Datagram> putTogether(const NodeContext& cx, const Arrival& arrival, const Ipv4Decoded& ip,
                                        Datagram datagram);
    std::optional<Datagram> putTogether6(const NodeContext& cx, const Arrival& arrival, const Ip6Chain& chain,
                                         ByteView packet, Datagram datagram);
    std::optional<Fragments::Added> addFragment(const NodeContext& cx, const Arrival& arrival,
                                                const Fragments::Part& part, ByteView whole, const Datagram& datagram);
    void complain(const NodeContext& cx, const Datagram& about, const Ip6Chain::Problem& problem);
    void forward(const NodeContext& cx, const Arrival& arrival, const Datagram& datagram, std::size_t size);
    void takePayload(const Arrival& arrival, std::size_t headerSize, std::size_t size, Datagram& datagram) const;
    std::optional<Datagram> receiveIcmp(const NodeContext& cx, const Arrival& arrival, Datagram datagram);
    void expireFragments(const NodeContext& cx);

    // ip_stack_neighbors.cpp
    void transmitTo(const NodeContext& cx, const Hop& hop, Leaving&& leaving);
    void transmit(const NodeContext& cx, std::uint8_t port, const MacAddress& to, std::uint16_t etherType,
                  Leaving&& leaving) const;
    void ask(const NodeContext& cx, const NeighborKey& whom) const;
    void learn(const NodeContext& cx, const NeighborKey& who, const MacAddress& mac, PacketId cause);
    void giveUp(const NodeContext& cx, const Leaving& leaving);
    void runNeighbors(const NodeContext& cx);
    void receiveArp(const NodeContext& cx, const Arrival& arrival);
    void receiveNeighbor(const NodeContext& cx, const Arrival& arrival, const Datagram& datagram,
                         const NeighborMessage& message);
    TableRow rowOf(const NeighborKey& who, const Neighbor& neighbor) const;

    IpStackSetup setup_;
    Routes routes_;
    std::map<NeighborKey, Neighbor> neighbors_;
    std::map<IpAddress, PathMtu> pathMtus_;
    Fragments fragments_;
    SimTime now_; ///< of the last call: a path MTU that is older than its lifetime no longer counts
    SimTime due_ = SimTime::never();
    SimTime work_ = SimTime::never();
    std::uint16_t ipId_ = 0;
    std::uint32_t ip6Id_ = 0;
    SimTime errorsFull_; ///< when the bucket of errors will be full again
};

} // namespace packetarium
