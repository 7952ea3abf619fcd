// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One host with POSIX's sockets, alone at the end of a cable: what it sends
// is handed out, what it is to receive is put in, and time passes only when
// asked to. Every peer is reachable. A call either answers or would block; a
// blocked one answers when something has happened.

#include "core/endpoint/posix.h"
#include "core/net/host.h"

#include <array>
#include <map>

namespace packetarium {

/// What the trace and the host's news said about one connection.
struct ConnNews {
    bool opened = false, peerClosed = false, dead = false;
    bool closeWait = false; ///< the peer had closed when the connection failed
    std::optional<AppResult> failed;
    ProgramTrouble trouble = ProgramTrouble::None; ///< of the last ICMP error about it
    Bytes kept;                                    ///< what was unread when the connection went away
    std::array<std::optional<std::uint64_t>, kVariableCount> variables{};
    std::array<SimTime, kTimerCount> timers{};
    ConnNews() { timers.fill(SimTime::never()); }
};

struct Socket {
    std::uint64_t serial = 0; ///< descriptors are used again, these numbers are not
    bool stream = true, v6 = false, nonblock = false;
    bool bound = false, listening = false;
    bool boundByConnect = false; ///< its port was chosen by connect(), which gives it back if it fails
    Endpoint local;              ///< as on the wire: of an IPv6 socket with an IPv4 peer both ends are IPv4
    std::optional<Endpoint> peer;
    ConnId conn; ///< none: not connected, or UDP
    TcpConfig tcp;
    std::uint8_t ttl = kDefaultTtl;
    bool ttlSet = false;
    std::optional<std::uint8_t> groupTtl; ///< IP_MULTICAST_TTL
    bool connectPending = false;          ///< connect() has been called and nobody has heard how it went
    bool connectTold = false;             ///< connect() itself has said that it failed: to be called again
    bool errorTaken = false;              ///< the connection's failure has been told
    bool readShut = false, writeShut = false;
    bool reuseAddress = false, reusePort = false, broadcast = false, v6Only = false, maxSegSet = false;
    int backlog = 0;
    Host::ListenerId listener = 0;
    Linger linger;
    SimDuration receiveTimeout, sendTimeout; ///< 0: none
    // UDP
    struct Message {
        Endpoint from;
        Bytes data;
    };
    std::deque<Message> messages;
    std::size_t messageOctets = 0;
    Errno error = Errno::None; ///< to be told once
};

/// What a program is told of an ICMP error.
Errno errnoOf(ProgramTrouble trouble, Errno otherwise);

class SocketHost final : private NodeSink {
public:
    struct Output {
        SimTime at;
        Bytes datagram;
        Reason cause = Reason::None;
        ConnId conn;
        bool retransmission = false;
        int fd = -1; ///< of the UDP socket that sent it
    };
    struct Done {
        std::uint64_t ticket = 0;
        Answer answer;
    };
    struct Stop {
        bool output = false, done = false;
    };
    enum class Ended : std::uint8_t { Time, Output, Done, Limit };

    /// `setup` as Host wants it; its interface's neighbours and routes are filled in.
    explicit SocketHost(HostSetup setup);

    SimTime now() const { return now_; }
    /// Nothing: blocked; a Done with this ticket comes later.
    MaybeAnswer call(std::uint64_t ticket, Call call);
    /// A datagram that arrives now; why it or parts of it were ignored.
    std::vector<Reason> inject(ByteView datagram);
    /// `until` before now: nothing but what is due now.
    Ended run(SimTime until, Stop stop);
    std::vector<Output> takeOutputs();
    std::vector<Done> takeDone();

    const std::map<int, Socket>& sockets() const { return sockets_; }
    const Host& host() const { return host_; }
    const ConnNews* news(ConnId conn) const;
    const std::map<Reason, std::uint64_t>& ignored() const { return ignored_; }
    std::size_t blocked() const { return blocked_.size(); }
    std::size_t unread(const Socket& socket) const;
    /// The connection that a descriptor had last, also after close().
    ConnId lastConnOf(int fd) const;
    int fdOf(ConnId conn) const; ///< -1: none
    /// This end as getsockname() gives it: of a connected UDP socket with the address that it sends from.
    Endpoint localNameOf(const Socket& socket) const;
    std::uint16_t readiness(const Socket& socket) const; ///< PollEvents, without regard to what is asked

    static constexpr int kFirstFd = 3, kMostFds = 1024;
    static constexpr std::size_t kMostBlocked = 4096;
    static constexpr std::size_t kMostBlockedOctets = std::size_t{64} << 20;
    static constexpr std::size_t kMostOutputs = 65536; ///< beyond it run() stops
    static constexpr std::size_t kMostSteps = 1'000'000;
    static constexpr int kMostBacklog = 4096;

private:
    struct Blocked {
        std::uint64_t ticket = 0;
        Call call;
        SimTime until = SimTime::never();
        Errno whenLate = Errno::Again;
        ConnId lingers; ///< close() with SO_LINGER waits for this one
    };

    // NodeSink
    void transmit(NodeId from, std::uint8_t port, Outgoing&& out) override;
    void programNews(NodeId host, ConnId conn, AppCall what, AppResult result, std::uint64_t octets) override;
    void dataArrived(NodeId host, ConnId conn, ByteView data) override;
    void stateEntered(NodeId host, ConnId conn, TcpState state) override;
    void datagramArrived(NodeId host, const UdpDelivery& delivery) override;
    bool takesDatagram(NodeId, const UdpDelivery& delivery) const override { return takerOf(delivery) >= 0; }
    void icmpArrived(NodeId host, const IcmpDelivery& delivery) override;

    // socket_host.cpp
    NodeContext context() { return NodeContext{now_, trace_, *this, false}; }
    void absorb();
    void settle();
    bool retryBlocked();
    void keepUnread(ConnId conn);
    void receive(ByteView datagram, const MacAddress& from);
    void deliverLooped();
    SimTime nextDue() const;
    int takerOf(const UdpDelivery& delivery) const; ///< -1: no socket
    Socket* find(int fd);
    ConnNews& newsOf(ConnId conn) { return news_[conn]; }

    // socket_calls.cpp
    MaybeAnswer attempt(Call& call);
    Answer openSocket(const Call& call);
    Answer listen(Socket& socket, const Call& call);
    MaybeAnswer accept(Socket& socket, const Call& call);
    MaybeAnswer connect(Socket& socket, Call& call);
    Answer connectUdp(Socket& socket, const Call& call);
    void forgetAttempt(Socket& socket);
    Answer shutdown(Socket& socket, const Call& call);
    MaybeAnswer close(Call& call, ConnId& lingers);
    std::optional<int> freeFd() const;
    Errno failureOf(const ConnNews& news) const;
    /// What went wrong with the connection, told once.
    Errno takeError(Socket& socket);

    // socket_names.cpp
    Answer bind(Socket& socket, const Call& call);
    Answer nameOf(const Socket& socket, bool peer) const;
    bool portTaken(const Socket& socket, std::uint16_t port, const IpAddress& address) const;
    bool heardByAnother(const Socket& socket) const;
    std::uint16_t freePort(const Socket& socket);
    Errno bindTo(Socket& socket, const IpAddress& address, std::uint16_t port);
    void releasePort(const Socket& socket);
    Errno reach(const Socket& socket, IpAddress& to) const;

    // socket_data.cpp
    MaybeAnswer send(Socket& socket, Call& call);
    MaybeAnswer sendStream(Socket& socket, Call& call);
    Answer sendDatagram(Socket& socket, const Call& call);
    MaybeAnswer receive(Socket& socket, Call& call);
    MaybeAnswer receiveStream(Socket& socket, Call& call);
    MaybeAnswer receiveDatagram(Socket& socket, const Call& call);
    Bytes read(Socket& socket, std::size_t most, bool peek);
    MaybeAnswer poll(Call& call);
    static Answer gathered(Call& call);
    bool overtakes(const Call& call) const;

    // socket_options.cpp
    Answer setOption(Socket& socket, const Call& call);
    Answer getOption(Socket& socket, const Call& call);
    Errno setTcpOption(Socket& socket, SockOpt option, const OptionValue& value);
    void applyOptions(Socket& socket);
    static Host::SocketSetup setupOf(const Socket& socket);

    Trace trace_;
    std::size_t recordsSeen_ = 0;
    SimTime now_;
    Host host_;
    std::map<int, Socket> sockets_;
    std::map<ConnId, ConnNews> news_;
    std::map<ConnId, int> fds_;
    std::map<int, ConnId> lastConns_;
    std::map<std::uint16_t, int> udpUsers_;
    std::map<Reason, std::uint64_t> ignored_;
    std::vector<Reason> ignoredNow_;
    std::deque<Blocked> blocked_;
    std::vector<Done> done_;
    std::vector<Output> outputs_;
    std::deque<Bytes> looped_; ///< datagrams for this host itself
    Bytes collected_;          ///< what the host delivered during a read
    std::uint64_t serials_ = 0;
    int sender_ = -1;           ///< descriptor of the UDP socket that is sending; -1: none
    std::uint64_t running_ = 0; ///< ticket of the blocked call that is being tried again; 0: a new one
    std::uint16_t nextPort_ = 49152;
};

} // namespace packetarium
