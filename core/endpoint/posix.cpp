// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/posix.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace packetarium {

namespace {

constexpr std::array<std::string_view, kErrnoCount> kErrnos{
    "",           "EACCES",       "EADDRINUSE",      "EADDRNOTAVAIL",   "EAFNOSUPPORT", "EAGAIN",
    "EALREADY",   "EBADF",        "ECONNABORTED",    "ECONNREFUSED",    "ECONNRESET",   "EDESTADDRREQ",
    "EDOM",       "EHOSTUNREACH", "EINPROGRESS",     "EINVAL",          "EISCONN",      "EMFILE",
    "EMSGSIZE",   "ENETUNREACH",  "ENOBUFS",         "ENOENT",          "ENOPROTOOPT",  "ENOTCONN",
    "EOPNOTSUPP", "EPIPE",        "EPROTONOSUPPORT", "ESOCKTNOSUPPORT", "ETIMEDOUT",
};

constexpr std::array<std::string_view, kSockOptCount> kOptions{
    "SO_RCVBUF",   "SO_SNDBUF",        "SO_KEEPALIVE",     "SO_REUSEADDR", "SO_REUSEPORT", "SO_BROADCAST",
    "SO_LINGER",   "SO_ERROR",         "SO_TYPE",          "SO_DOMAIN",    "SO_PROTOCOL",  "SO_ACCEPTCONN",
    "SO_RCVTIMEO", "SO_SNDTIMEO",      "TCP_NODELAY",      "TCP_MAXSEG",   "TCP_KEEPIDLE", "TCP_KEEPINTVL",
    "TCP_KEEPCNT", "TCP_USER_TIMEOUT", "TCP_CONGESTION",   "TCP_QUICKACK", "TCP_SYNCNT",   "TCP_CORK",
    "TCP_INFO",    "IP_TTL",           "IP_MULTICAST_TTL", "IPV6_V6ONLY",  "O_NONBLOCK",
};

struct Name {
    std::string_view text;
    Fn fn;
};
constexpr std::array kNames{
    Name{"socket", Fn::Socket},
    Name{"bind", Fn::Bind},
    Name{"listen", Fn::Listen},
    Name{"accept", Fn::Accept},
    Name{"accept4", Fn::Accept},
    Name{"connect", Fn::Connect},
    Name{"send", Fn::Send},
    Name{"sendto", Fn::Send},
    Name{"sendmsg", Fn::Send},
    Name{"write", Fn::Send},
    Name{"recv", Fn::Recv},
    Name{"recvfrom", Fn::Recv},
    Name{"recvmsg", Fn::Recv},
    Name{"read", Fn::Recv},
    Name{"shutdown", Fn::Shutdown},
    Name{"close", Fn::Close},
    Name{"setsockopt", Fn::SetSockOpt},
    Name{"getsockopt", Fn::GetSockOpt},
    Name{"poll", Fn::Poll},
    Name{"getsockname", Fn::GetSockName},
    Name{"getpeername", Fn::GetPeerName},
};

std::string changed(std::string_view text, int (*how)(int))
{
    std::string result;
    for (const char c : text)
        result.push_back(static_cast<char>(how(static_cast<unsigned char>(c))));
    return result;
}

} // namespace

std::string_view toString(Errno error)
{
    return kErrnos[static_cast<std::size_t>(error)];
}

std::string_view toString(SockOpt option)
{
    return kOptions[static_cast<std::size_t>(option)];
}

std::optional<SockOpt> parseSockOpt(std::string_view text)
{
    const std::string upper = changed(text, std::toupper);
    if (upper == "IPV6_UNICAST_HOPS")
        return SockOpt::IpTtl;
    if (upper == "IPV6_MULTICAST_HOPS")
        return SockOpt::IpMulticastTtl;
    if (upper == "TCP_KEEPALIVE") // as macOS calls it
        return SockOpt::TcpKeepIdle;
    for (const std::string_view prefix : {"", "SO_", "TCP_", "IP_", "O_"}) {
        const auto found = std::find(kOptions.begin(), kOptions.end(), std::string(prefix) + upper);
        if (found != kOptions.end())
            return static_cast<SockOpt>(found - kOptions.begin());
    }
    return std::nullopt;
}

std::optional<Fn> parseFn(std::string_view text)
{
    const std::string lower = changed(text, std::tolower);
    const auto found = std::find_if(kNames.begin(), kNames.end(), [&](const Name& name) { return name.text == lower; });
    return found == kNames.end() ? std::nullopt : std::optional(found->fn);
}

} // namespace packetarium
