// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The endpoint's protocol: one JSON object a line in, one a line out, in
// order. docs/endpoint.md is what its users read. Whatever a line holds, the
// answer is a line: nothing that comes in can end the session.

#include <memory>
#include <string>
#include <string_view>

namespace packetarium {

class EndpointSession {
public:
    EndpointSession();
    ~EndpointSession();
    EndpointSession(const EndpointSession&) = delete;
    EndpointSession& operator=(const EndpointSession&) = delete;

    /// The reply, without a newline; empty for a blank line, which is no request.
    std::string handle(std::string_view line);

    static constexpr std::size_t kLongestLine = std::size_t{16} << 20;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace packetarium
