// SPDX-License-Identifier: GPL-3.0-or-later
//
// A session of the endpoint: lines of requests. Each is answered by one line
// of JSON, and nothing inside breaks.
#include "core/endpoint/session.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

/// How a reply begins for which something inside broke; a request's own words may be anywhere in a reply.
constexpr std::string_view kBroken = R"({"error":"internal: )";

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    packetarium::EndpointSession session;
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        const std::string reply = session.handle(rest.substr(0, end));
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        const bool oneLine = reply.empty() || (reply.front() == '{' && reply.back() == '}');
        if (!oneLine || reply.find('\n') != std::string::npos || reply.rfind(kBroken, 0) == 0)
            std::abort();
    }
    return 0;
}
