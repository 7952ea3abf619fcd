// SPDX-License-Identifier: GPL-3.0-or-later
//
// One host on standard input and output, for a harness that is the other end
// of the network: docs/endpoint.md.
#include "app/cli/commands.h"
#include "core/endpoint/session.h"

#include <cerrno>
#include <cstdio>
#include <unistd.h>

namespace packetarium::cli {
namespace {

/// False: nobody reads any more.
bool answer(EndpointSession& session, const std::string& line)
{
    std::string reply = session.handle(line);
    if (reply.empty())
        return true;
    reply += '\n';
    return std::fwrite(reply.data(), 1, reply.size(), stdout) == reply.size() && std::fflush(stdout) == 0;
}

} // namespace

int serveEndpoint()
{
    EndpointSession session;
    std::string line; // of one that is too long no more is kept than the session needs to say so
    char buffer[65536];
    for (;;) {
        const ssize_t got = ::read(STDIN_FILENO, buffer, sizeof buffer);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        for (const char c : std::string_view(buffer, static_cast<std::size_t>(got))) {
            if (c != '\n') {
                if (line.size() <= EndpointSession::kLongestLine)
                    line.push_back(c);
                continue;
            }
            if (!answer(session, line))
                return kFailed;
            line.clear();
        }
    }
    return answer(session, line) ? kOk : kFailed;
}

} // namespace packetarium::cli
