// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Messages of HTTP/1.1: RFC 9112, with the semantics of RFC 9110.

#include "core/wire/tcp_segment.h"

#include <utility>

namespace packetarium {

struct HttpHeaders {
    std::vector<std::pair<std::string, std::string>> fields; ///< in their order
    /// The value of the first field of that name (names have no case), or nothing.
    std::optional<std::string_view> get(std::string_view name) const;
    void add(std::string name, std::string value) { fields.emplace_back(std::move(name), std::move(value)); }
    bool operator==(const HttpHeaders&) const = default;
};
/// A request or a response.
struct HttpMessage {
    bool isRequest = true;
    std::string method, target; ///< of a request: "GET", "/image.png"
    int status = 0;             ///< of a response: 200
    std::string reason;         ///< "OK"
    std::string version = "HTTP/1.1";
    HttpHeaders headers;
    Bytes body; ///< after any transfer coding has been undone
    bool operator==(const HttpMessage&) const = default;
};

/// Start line, headers and body. If Transfer-Encoding: chunked is among the headers the body goes out in chunks of at most
/// `chunk` octets; otherwise Content-Length must be there if there is a body.
Bytes encodeHttp(const HttpMessage& message, std::size_t chunk = 1024);
/// "OK" for 200; "" for codes this program never sends.
std::string_view reasonPhrase(int status);

enum class HttpError { None, BadStartLine, BadHeader, BadLength, BadChunk, TooLarge, Truncated };
/// Reads a stream of messages, however it is cut into pieces. After an error nothing more is read (RFC 9112 §2.2). Bounds:
/// 16 KiB of start line, header lines and trailer, the same for the line before a chunk, 64 MiB of body. Lines end with CR
/// LF and nothing else; lines that are folded, both lengths at once, and transfer codings other than chunked are errors.
/// Trailer fields are read and left out. That a response answers HEAD is not known here.
class HttpParser {
public:
    enum class Kind { Requests, Responses };
    explicit HttpParser(Kind kind);
    /// Takes more of the stream; the messages that are now whole, in order.
    std::vector<HttpMessage> feed(ByteView bytes);
    /// The stream has ended: a response that lasts until the end is whole now (RFC 9112 §6.3, 8).
    std::optional<HttpMessage> finish();
    HttpError error() const { return error_; }
    /// Octets of the message that is not whole yet.
    std::size_t pending() const;

private:
    enum class At { Head, Body, BodyUntilEnd, ChunkSize, ChunkData, ChunkEnd, Trailer };
    bool step();
    bool fail(HttpError error);
    std::optional<std::string> takeLine(HttpError ifWrong);
    bool readHeadLine();
    bool readHeadEnd();
    bool readChunkSize();
    bool readTrailerLine();
    bool readBody();
    void finishMessage();

    Kind kind_;
    At at_ = At::Head;
    HttpError error_ = HttpError::None;
    std::string buffer_;      ///< what has not been read yet: the rest of what feed() was given, or the start of a line
    std::size_t next_ = 0;    ///< in buffer_
    std::size_t scanned_ = 0; ///< octets from next_ on without a line end
    std::size_t taken_ = 0;   ///< octets of the message that is not whole yet
    std::size_t lineSpace_ = 0; ///< octets that its lines may still have
    std::size_t left_ = 0;      ///< octets of body or chunk still to come
    bool started_ = false;      ///< the start line has been read
    HttpMessage message_;
    std::vector<HttpMessage> whole_;
};

/// "http://www.example.com:8080/image.png" in its parts.
struct Url {
    std::string host; ///< a name or an address, without the brackets of IPv6
    std::uint16_t port = 80;
    std::string path = "/"; ///< with the query
    bool operator==(const Url&) const = default;
};
enum class UrlError { None, NoScheme, UnknownScheme, NoHost, BadHost, BadPort, BadCharacter };
/// http only (RFC 9110 §4.2.1). A scheme may be left out.
struct UrlParsed {
    UrlError error = UrlError::None;
    Url url;
};
UrlParsed parseUrl(std::string_view text);

} // namespace packetarium
