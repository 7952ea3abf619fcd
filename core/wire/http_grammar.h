// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Lines of HTTP/1.1 in their parts (RFC 9112 §3, §4, §5), for the parser and
// the field tree.

#include "core/wire/http.h"

namespace packetarium {

bool isHttpToken(std::string_view text); ///< RFC 9110 §5.6.2
/// "GET /image.png HTTP/1.1", without its line end. Parts are of the line given. Nothing if it is something else.
struct HttpRequestLine {
    std::string_view method, target, version;
};
std::optional<HttpRequestLine> splitRequestLine(std::string_view line);
/// "HTTP/1.1 200 OK"; the last space may be missing with an empty reason.
struct HttpStatusLine {
    std::string_view version, status, reason;
};
std::optional<HttpStatusLine> splitStatusLine(std::string_view line);
/// "Host: www.example.com"; the value without the spaces around it.
struct HttpFieldLine {
    std::string_view name, value;
};
std::optional<HttpFieldLine> splitFieldLine(std::string_view line);
/// Names, codings and the like have no case (RFC 9110 §5.1).
bool sameWithoutCase(std::string_view a, std::string_view b);

/// How the body's end is found (RFC 9112 §6.3).
struct HttpBodyLength {
    enum class By { None, Length, Chunks, UntilClose };
    By by = By::None;
    std::size_t length = 0;
    HttpError error = HttpError::None;
};
constexpr std::size_t kHttpBodyMax = std::size_t{64} << 20;
HttpBodyLength bodyLengthOf(const HttpMessage& message);

} // namespace packetarium
