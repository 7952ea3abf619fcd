// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The words of POSIX's sockets (IEEE Std 1003.1-2017, "System Interfaces"):
// error numbers, options, calls and what they answer. Values only, no host.

#include "core/base/octets.h"
#include "core/base/sim_time.h"
#include "core/tcp/isn.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace packetarium {

enum class Errno : std::uint8_t {
    None,
    Access,
    AddrInUse,
    AddrNotAvail,
    AfNoSupport,
    Again,
    Already,
    BadF,
    ConnAborted,
    ConnRefused,
    ConnReset,
    DestAddrReq,
    Domain,
    HostUnreach,
    InProgress,
    Invalid,
    IsConn,
    MFile,
    MsgSize,
    NetUnreach,
    NoBufs,
    NoEnt,
    NoProtoOpt,
    NotConn,
    OpNotSupp,
    Pipe,
    ProtoNoSupport,
    SockTNoSupport,
    TimedOut,
};
constexpr int kErrnoCount = 29;
std::string_view toString(Errno error); ///< "ECONNREFUSED"; "" for None

enum class SockOpt : std::uint8_t {
    RcvBuf,
    SndBuf,
    KeepAlive,
    ReuseAddr,
    ReusePort,
    Broadcast,
    Linger,
    Error,
    Type,
    Domain,
    Protocol,
    AcceptConn,
    RcvTimeo,
    SndTimeo,
    TcpNoDelay,
    TcpMaxSeg,
    TcpKeepIdle,
    TcpKeepIntvl,
    TcpKeepCnt,
    TcpUserTimeout,
    TcpCongestion,
    TcpQuickAck,
    TcpSynCnt,
    TcpCork,
    TcpInfo,
    IpTtl,
    IpMulticastTtl,
    Ipv6Only,
    NonBlock, ///< O_NONBLOCK, which POSIX sets with fcntl()
};
constexpr int kSockOptCount = 29;
std::string_view toString(SockOpt option); ///< "SO_RCVBUF", "TCP_NODELAY"
/// As POSIX spells it, in either case; the prefix may be missing.
std::optional<SockOpt> parseSockOpt(std::string_view text);

/// What a SYN may offer: 28 is what the least MTU leaves (RFC 791 §3.2), 65495 what the largest does.
constexpr std::int64_t kLeastMss = 28, kMostMss = 65495;

struct Linger {
    bool on = false;
    std::int64_t seconds = 0;
};
using OptionValue = std::variant<std::int64_t, std::string, Linger>;

/// Events of poll().
struct PollEvents {
    static constexpr std::uint16_t In = 1, Pri = 2, Out = 4, Err = 8, Hup = 0x10, NVal = 0x20, RdHup = 0x2000;
};
struct Polled {
    int fd = -1;
    std::uint16_t events = 0, revents = 0;
};

enum class Fn : std::uint8_t {
    Socket,
    Bind,
    Listen,
    Accept,
    Connect,
    Send,
    Recv,
    Shutdown,
    Close,
    SetSockOpt,
    GetSockOpt,
    Poll,
    GetSockName,
    GetPeerName,
};
constexpr int kFnCount = 14;
/// "socket", and other names for the same call: "sendto", "write", "read".
std::optional<Fn> parseFn(std::string_view text);

/// One call with its arguments; those that its function does not take stay as they are.
struct Call {
    Fn fn = Fn::Socket;
    int fd = -1;
    bool v6 = false, stream = true; ///< socket
    bool nonblock = false;          ///< of this call; of socket(): of the descriptor
    bool nonblockNew = false;       ///< accept: of the descriptor that it makes
    std::optional<IpAddress> address;
    std::optional<std::uint16_t> port;
    bool unspecified = false; ///< connect to AF_UNSPEC
    int backlog = 0;
    Bytes data;
    std::size_t length = 0;
    bool peek = false, waitAll = false, wholeLength = false,
         more = false; ///< MSG_PEEK, MSG_WAITALL, MSG_TRUNC, MSG_MORE
    bool shutRead = false, shutWrite = false;
    SockOpt option = SockOpt::Error;
    OptionValue value;
    std::vector<Polled> polled;
    std::optional<SimDuration> timeout; ///< of poll; none: for ever
    // How far a blocked call has come.
    std::size_t sent = 0;
    Bytes gathered;
    std::uint64_t socket = 0; ///< which one the descriptor meant
};

struct Answer {
    Errno error = Errno::None;
    std::int64_t ret = 0;
    std::optional<Bytes> data;
    std::optional<Endpoint> address;
    bool truncated = false;
    std::optional<std::vector<Polled>> polled;
    std::optional<OptionValue> value;
    static Answer failed(Errno why)
    {
        Answer answer;
        answer.error = why;
        answer.ret = -1;
        return answer;
    }
    static Answer of(std::int64_t ret)
    {
        Answer answer;
        answer.ret = ret;
        return answer;
    }
};
/// Nothing: the call would block.
using MaybeAnswer = std::optional<Answer>;

} // namespace packetarium
