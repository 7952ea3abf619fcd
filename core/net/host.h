// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A host: one network interface, the internet layer, and UDP and TCP with
// their sockets. It takes frames apart as far as they are meant for it, finds
// the connection or the port, and hands what TCP and the programs say to the
// internet layer. A copyable value like everything in the world.

#include "core/base/stream_hash.h"
#include "core/net/ends_index.h"
#include "core/net/ip_stack.h"
#include "core/net/node_context.h"
#include "core/net/shared_list.h"
#include "core/tcp/connection.h"
#include "core/trace/trace.h"

#include <deque>
#include <map>
#include <set>

namespace packetarium {

struct HostSetup {
    IpStackSetup ip; ///< one interface; its first address of each version is the one connections use
    bool filtered = false;
    TcpConfig tcp;
    IsnSecret secret;
};

class Host {
public:
    explicit Host(HostSetup setup);

    // The script's calls. They act on the connection that is current: the newest one that is not CLOSED.
    AppResult listen(const NodeContext& cx, std::uint16_t port);
    /// With a queue, as SocketSetup::backlog has it; its connections are the program's from accept() on.
    AppResult listen(const NodeContext& cx, std::uint16_t port, int backlog);
    /// Takes the connection that has waited longest, or the next that comes.
    AppResult accept(const NodeContext& cx, std::uint16_t port);
    AppResult connect(const NodeContext& cx, std::uint16_t localPort, const Endpoint& remote);
    AppResult send(const NodeContext& cx, ByteView data);
    AppResult receive(const NodeContext& cx, std::uint32_t octets);
    AppResult setAutoRead(const NodeContext& cx, bool on);
    AppResult close(const NodeContext& cx);
    AppResult shutdown(const NodeContext& cx);
    AppResult abort(const NodeContext& cx);
    /// Power off and on: every connection is forgotten without a word (RFC 9293 §3.5.1).
    void crash(const NodeContext& cx);

    // Sockets, for programs.
    struct Opened {
        AppResult result = AppResult::Ok;
        ConnId conn;
    };
    /// `localPort` 0: an ephemeral one (RFC 6335 §6: 49152 to 65535), in turn.
    Opened connectTo(const NodeContext& cx, std::uint16_t localPort, const Endpoint& remote);
    /// Goes on listening when a listener has become a connection.
    AppResult listenOn(const NodeContext& cx, std::uint16_t port);
    // Sockets as POSIX has them, with queues and reading on demand: host_listen.cpp.
    struct SocketSetup {
        TcpConfig tcp;
        std::uint8_t ttl = kDefaultTtl;
        /// A listener hears this address only; 0.0.0.0 is every IPv4 address, :: every address, or every IPv6 address.
        IpAddress local;
        bool v6Only = false;
        int backlog = 0;         ///< of a listener: one connection more than this may wait to be accepted, as on Linux
        bool showQueues = false; ///< who waits in them is in the trace, as rows of two tables
    };
    Opened openSocket(const NodeContext& cx, const SocketSetup& how, std::uint16_t localPort, const Endpoint& remote);
    using ListenerId = std::uint32_t; ///< 0: none
    /// Several may listen on one port: on different addresses, or as the caller allows it.
    ListenerId listenSocket(const NodeContext& cx, const SocketSetup& how, std::uint16_t port);
    /// For connections that are still to come.
    void configureListener(const NodeContext& cx, ListenerId listener, const SocketSetup& how);
    bool mayAccept(ListenerId listener) const;
    /// The connection that has waited longest, or none.
    ConnId accept(ListenerId listener);
    /// What waits to be accepted is reset, what is half open is forgotten.
    void closeListener(const NodeContext& cx, ListenerId listener);
    AppResult receiveOn(const NodeContext& cx, ConnId conn, std::uint32_t most); ///< as Connection::receive()
    AppResult shutdownConn(const NodeContext& cx, ConnId conn);
    /// Octets that the send buffer has room for; without a limit a large number.
    std::size_t sendRoom(ConnId conn) const;
    Bytes unreadOf(ConnId conn) const; ///< a copy: they stay unread
    void configure(const NodeContext& cx, ConnId conn, const TcpConfig& config, std::uint8_t ttl);
    AppResult sendOn(const NodeContext& cx, ConnId conn, ByteView data, bool push = true); ///< as Connection::send()
    /// Writes so many octets of the stream pattern (base/stream_pattern.h) as there is room, and then closes if asked to.
    AppResult sendPattern(const NodeContext& cx, ConnId conn, std::uint64_t octets, bool thenClose);
    AppResult closeConn(const NodeContext& cx, ConnId conn);
    AppResult abortConn(const NodeContext& cx, ConnId conn);
    const Connection* connection(ConnId conn) const; ///< nullptr: not this host's
    /// False: taken.
    bool openUdp(std::uint16_t port);
    void closeUdp(std::uint16_t port);
    std::uint16_t ephemeralUdpPort();
    struct UdpSend {
        std::uint16_t localPort = 0;
        Endpoint to;
        std::uint8_t ttl = kDefaultTtl;
        bool dontFragment = false;
        Reason cause = Reason::SentDatagram;
    };
    IpStack::Sent sendUdp(const NodeContext& cx, const UdpSend& how, ByteView data);
    struct EchoSend {
        IpAddress to;
        std::uint16_t identifier = 0, sequence = 0;
        std::uint8_t ttl = kDefaultTtl;
        bool dontFragment = false;
        Reason cause = Reason::SentEchoRequest;
    };
    IpStack::Sent sendEcho(const NodeContext& cx, const EchoSend& how, ByteView data);
    void powerOff(const NodeContext& cx); ///< as crash(), and what was learnt is gone

    /// A frame that came off the link. `packet` names it in the trace.
    void receiveFrame(const NodeContext& cx, PacketId packet, const WireFrame& frame);
    void onTimer(const NodeContext& cx);
    SimTime nextDeadline() const;
    SimTime nextWork() const; ///< as IpStack::nextWork()

    const HostSetup& setup() const { return setup_; }
    NodeId id() const { return ip_.setup().node; }
    IpAddress address() const; ///< the first one; 0.0.0.0 if there is none
    MacAddress mac() const { return ip_.setup().interfaces.front().mac; }
    const IpStack& ip() const { return ip_; }
    const Connection* current() const;
    ConnId currentId() const;
    /// Where a connection is found; brought up to date after each of its calls.
    struct Filed {
        enum class As : std::uint8_t { Nothing, Listener, Connection } as = As::Nothing;
        FourTuple ends;
        SimTime due = SimTime::never();
        SimTime planned = SimTime::never(); ///< its entry in timers_, which is never later than `due`
    };
    struct Slot {
        ConnId id;
        Connection tcp;
        bool gone = false;      ///< forgotten by a crash
        bool ofProgram = false; ///< opened by connectTo() or listenOn(): the script's calls prefer others
        Filed filed;
        // Of a pattern that is being sent: from where to where in it.
        std::uint64_t patternAt = 0, patternEnd = 0;
        bool closeAfterPattern = false;
        std::uint8_t ttl = kDefaultTtl;
        /// Of a listening socket. Open: on its way to Ready without having waited half open, by a cookie or in two segments.
        enum class Queue : std::uint8_t { None, HalfOpen, Open, Ready } queue = Queue::None;
        ListenerId listener = 0;  ///< that it is, or came from
        bool standsAside = false; ///< in TIME-WAIT, while a connection that may take its place opens
        std::optional<std::size_t> placeOf =
            std::nullopt; ///< that connection: the slot of the one that stands aside for it
    };
    /// Every connection this host has had, oldest first.
    const SharedList<Slot>& connections() const { return slots_; }
    /// What the program has read in all, in order, as a running hash and a count.
    std::uint64_t octetsRead() const { return read_.octets(); }
    std::uint64_t readHash() const { return read_.value(); }
    std::uint64_t octetsWritten() const { return octetsWritten_; }
    std::uint64_t segmentsSentAgain() const { return segmentsSentAgain_; }

private:
    class Sink;
    // host.cpp
    AppResult finish(const NodeContext& cx, AppCall call);
    AppResult finishSlot(const NodeContext& cx, std::size_t slot, AppCall call);
    AppResult sendSlot(const NodeContext& cx, std::optional<std::size_t> slot, Octets data, bool push = true);
    std::optional<std::size_t> currentSlot() const;
    // `how`: opened by a socket; its program reads when it wants to.
    std::size_t open(const NodeContext& cx, const IpAddress& local, std::uint16_t localPort, std::uint16_t remotePort,
                     bool ofProgram, const SocketSetup* how = nullptr);
    AppResult listenAs(const NodeContext& cx, std::uint16_t port, bool ofProgram, ListenerId listener = 0);
    Opened connectAs(const NodeContext& cx, std::uint16_t localPort, const Endpoint& remote, bool ofProgram,
                     const SocketSetup* how = nullptr);
    void goOnWithPattern(const NodeContext& cx, std::size_t slot);
    void file(const NodeContext& cx, std::size_t slot);
    void refile(std::size_t slot, Filed::As as, const FourTuple& ends);
    void planTimer(std::size_t slot);
    void settleTimers();
    std::optional<std::size_t> slotOf(ConnId conn) const;
    bool listensOn(std::uint16_t port) const { return listeners_.count(port) != 0; }
    std::uint16_t ephemeralTcpPort(const IpAddress& local, const Endpoint& remote);
    std::uint16_t mssFor(const IpAddress& remote) const;
    std::uint16_t mssOfferedTo(const IpAddress& remote) const;
    void limitMss(Connection& tcp, const IpAddress& remote) const;

    // host_listen.cpp
    /// What listens for as long as it does: each listener that has become a connection is followed by another.
    struct Lasting {
        std::uint16_t port = 0;
        std::optional<SocketSetup> socket; ///< none: a program's, which takes every connection at once
        std::set<std::size_t> halfOpen;
        std::deque<std::size_t> ready;
        std::map<std::size_t, TableRow> shown; ///< by slot: what the trace was told of those that wait, if it is
        std::uint32_t accepting = 0;           ///< of the script's program: how many accept() wait
    };
    Lasting* lastingOf(ListenerId listener);
    const Lasting* lastingOf(ListenerId listener) const;
    void acceptWaiting(const NodeContext& cx, ListenerId listener);
    ListenerId newListener(std::uint16_t port, const SocketSetup* how);
    /// A listener that has become a connection is followed by another.
    void goOnListening(const NodeContext& cx, ListenerId listener);
    /// How closely a listener's address is meant; nothing: it does not hear this one.
    std::optional<int> hears(const Slot& slot, const IpAddress& local) const;
    std::optional<std::size_t> listenerFor(const TcpSegment& segment, const IpAddress& source,
                                           const IpAddress& local) const;
    /// Why a socket's queues have no room for what the segment would begin or complete, or None.
    Reason noRoomFor(const Slot& slot, const TcpSegment& segment) const;
    static bool acceptQueueFull(const Lasting& lasting);
    void queueUp(const NodeContext& cx, std::size_t slot);
    /// Where a connection waits; the trace has it if the listener's queues are to be seen.
    void enterQueue(const NodeContext& cx, std::size_t slot, Slot::Queue queue);
    void leaveQueue(const NodeContext& cx, std::size_t slot);
    /// Answers a SYN for which there is no room with a cookie, if the socket's settings say so.
    bool answerWithCookie(const NodeContext& cx, const Datagram& datagram, const TcpSegment& syn, ListenerId listener,
                          Sink& sink) const;
    /// The peer's MSS, if an ACK that came to a listener sends a cookie back.
    std::optional<std::uint16_t> cookieIn(const NodeContext& cx, const Datagram& datagram, const TcpSegment& ack,
                                          ListenerId listener) const;

    // host_receive.cpp
    std::optional<std::size_t> slotFor(const TcpSegment& segment, const IpAddress& source,
                                       const IpAddress& local) const;
    void receiveTcp(const NodeContext& cx, const Datagram& datagram);
    std::size_t takerOf(std::size_t slot, const TcpSegment& segment, const IpAddress& source,
                        const IpAddress& local) const;
    void standAside(const NodeContext& cx, std::size_t old, std::size_t taker);
    void settlePlace(const NodeContext& cx, std::size_t index, const Datagram* by);
    void receiveUdp(const NodeContext& cx, const Datagram& datagram);
    void receiveIcmp(const NodeContext& cx, const Datagram& datagram);
    /// Why an error is not believed, or None.
    Reason doubtOf(const IcmpDelivery& delivery, std::optional<std::size_t> slot) const;
    void tellConnection(const NodeContext& cx, const Datagram& datagram, std::size_t slot,
                        const IcmpDelivery& delivery);
    void refuse(const NodeContext& cx, const Datagram& datagram, Layer layer, Reason why) const;

    HostSetup setup_;
    Connection::Config ofScript_, ofPrograms_; ///< what their connections are set to
    IpStack ip_;
    SharedList<Slot> slots_;                                      ///< by ConnId
    EndsIndex byEnds_;                                            ///< connections that are neither CLOSED nor in LISTEN
    std::map<std::uint16_t, std::vector<std::size_t>> listeners_; ///< in LISTEN, by port, oldest first
    /// When something is to be done for a slot: a heap, the earliest on top. A deadline that moves later, as one does with each
    /// acknowledgment, leaves its entry where it is until it comes to the top.
    std::vector<std::pair<SimTime, std::size_t>> timers_;
    std::map<ListenerId, Lasting> lasting_;
    ListenerId listenersMade_ = 0;
    std::set<std::uint16_t> udpPorts_;
    std::uint16_t nextTcpPort_ = kFirstEphemeral, nextUdpPort_ = kFirstEphemeral;
    std::size_t isnsChosen_ = 0;
    bool autoRead_ = true;
    std::uint64_t octetsWritten_ = 0, segmentsSentAgain_ = 0;
    StreamHash read_;

    static constexpr std::uint16_t kFirstEphemeral = 49152; ///< RFC 6335 §6: to 65535
};

} // namespace packetarium
