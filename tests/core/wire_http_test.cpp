// SPDX-License-Identifier: GPL-3.0-or-later
//
// The HTTP codec: messages as RFC 9112 writes them, however they are cut, and messages that lie.
#include "core/wire/http.h"

#include "tests/support/catch.h"

#include <algorithm>

namespace packetarium::wire_http_test {

using Kind = HttpParser::Kind;

namespace {

ByteView view(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
Bytes bytes(std::string_view text)
{
    return {text.begin(), text.end()};
}
std::string text(const Bytes& octets)
{
    return {octets.begin(), octets.end()};
}

struct Outcome {
    std::vector<HttpMessage> messages;
    HttpError error = HttpError::None;
    bool operator==(const Outcome&) const = default;
};

/// The stream in pieces of `size` octets, after a first one of `first`; then its end.
Outcome inPieces(Kind kind, std::string_view stream, std::size_t first, std::size_t size)
{
    HttpParser parser(kind);
    Outcome outcome;
    for (std::size_t length = std::min(first, stream.size()); !stream.empty(); length = std::min(size, stream.size())) {
        for (HttpMessage& message : parser.feed(view(stream.substr(0, length))))
            outcome.messages.push_back(std::move(message));
        stream.remove_prefix(length);
    }
    if (auto last = parser.finish())
        outcome.messages.push_back(std::move(*last));
    outcome.error = parser.error();
    return outcome;
}

/// The same outcome for every cut in two, and octet by octet.
Outcome parse(Kind kind, std::string_view stream)
{
    const Outcome whole = inPieces(kind, stream, stream.size(), 1);
    for (std::size_t cut = 0; cut <= stream.size(); ++cut) {
        INFO("cut at " << cut << " of: " << stream);
        REQUIRE(inPieces(kind, stream, cut, stream.size()) == whole);
    }
    REQUIRE(inPieces(kind, stream, 1, 1) == whole);
    return whole;
}

HttpError errorOf(Kind kind, std::string_view stream)
{
    const Outcome outcome = parse(kind, stream);
    CHECK(outcome.messages.empty());
    return outcome.error;
}
HttpError requestError(std::string_view stream)
{
    return errorOf(Kind::Requests, stream);
}
HttpError responseError(std::string_view stream)
{
    return errorOf(Kind::Responses, stream);
}
/// Of a response with these header lines and body.
HttpError bodyError(const std::string& rest)
{
    return responseError("HTTP/1.1 200 OK\r\n" + rest);
}

std::string only(const Outcome& outcome)
{
    REQUIRE(outcome.error == HttpError::None);
    REQUIRE(outcome.messages.size() == 1);
    return text(outcome.messages[0].body);
}

} // namespace

TEST_CASE("The exchange of RFC 9112 section 3 is read", "[wire]")
{
    // RFC 9110 §3.9 and RFC 9112 §2.1.
    const Outcome request = parse(Kind::Requests, "GET /hello.txt HTTP/1.1\r\n"
                                                  "User-Agent: curl/7.64.1\r\n"
                                                  "Host: www.example.com\r\n"
                                                  "Accept-Language: en, mi\r\n"
                                                  "\r\n");
    REQUIRE(request.messages.size() == 1);
    const HttpMessage& get = request.messages[0];
    CHECK(get.isRequest);
    CHECK(get.method == "GET");
    CHECK(get.target == "/hello.txt");
    CHECK(get.version == "HTTP/1.1");
    CHECK(get.headers.fields.size() == 3);
    CHECK(get.headers.get("host") == "www.example.com");
    CHECK(get.headers.get("ACCEPT-language") == "en, mi");
    CHECK_FALSE(get.headers.get("Cookie"));
    CHECK(get.body.empty());

    const Outcome response = parse(Kind::Responses, "HTTP/1.1 200 OK\r\n"
                                                    "Date: Mon, 27 Jul 2009 12:28:53 GMT\r\n"
                                                    "Server: Apache\r\n"
                                                    "Last-Modified: Wed, 22 Jul 2009 19:15:56 GMT\r\n"
                                                    "ETag: \"34aa387-d-1568eb00\"\r\n"
                                                    "Accept-Ranges: bytes\r\n"
                                                    "Content-Length: 51\r\n"
                                                    "Vary: Accept-Encoding\r\n"
                                                    "Content-Type: text/plain\r\n"
                                                    "\r\n"
                                                    "Hello World! My content includes a trailing CRLF.\r\n");
    CHECK(only(response) == "Hello World! My content includes a trailing CRLF.\r\n");
    CHECK_FALSE(response.messages[0].isRequest);
    CHECK(response.messages[0].status == 200);
    CHECK(response.messages[0].reason == "OK");
}

TEST_CASE("Chunks are put together, with extensions and a trailer", "[wire]")
{
    const std::string head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    const Outcome plain = parse(Kind::Responses, head + "4\r\nWiki\r\n5\r\npedia\r\n0\r\n\r\n");
    CHECK(only(plain) == "Wikipedia");
    // RFC 9112 §7.1: extensions, quoted strings in them, hexadecimal in either case, leading zeros, a trailer (§7.1.2).
    CHECK(only(parse(Kind::Responses, head + "00A;name=value;other=\"q;r\"\r\n0123456789\r\n"
                                             "b ; x\r\nabcdefghijk\r\n"
                                             "000;last\r\nExpires: never\r\nX-Sum: 1\r\n\r\n")) ==
          "0123456789abcdefghijk");
    CHECK(only(parse(Kind::Responses, head + "6\r\na\r\n\r\nb\r\n0\r\n\r\n")) == "a\r\n\r\nb");
    CHECK(only(parse(Kind::Responses, head + "0\r\n\r\n")).empty());
    CHECK(only(parse(Kind::Requests, "POST /x HTTP/1.1\r\ntransfer-encoding: Chunked\r\n\r\n1\r\nz\r\n0\r\n\r\n")) ==
          "z");
}

TEST_CASE("Messages that follow each other on one connection are told apart", "[wire]")
{
    const Outcome requests = parse(Kind::Requests, "GET /a HTTP/1.1\r\nHost: x\r\n\r\n"
                                                   "POST /b HTTP/1.1\r\nContent-Length: 3\r\n\r\nxyz"
                                                   "\r\n\r\n" // §2.2: empty lines before a request do not count
                                                   "GET /c HTTP/1.0\r\n\r\n");
    REQUIRE(requests.error == HttpError::None);
    REQUIRE(requests.messages.size() == 3);
    CHECK(requests.messages[1].target == "/b");
    CHECK(text(requests.messages[1].body) == "xyz");
    CHECK(requests.messages[2].version == "HTTP/1.0");

    const Outcome responses = parse(Kind::Responses, "HTTP/1.1 100 Continue\r\n\r\n"
                                                     "HTTP/1.1 204 No Content\r\n\r\n"
                                                     "HTTP/1.1 304 Not Modified\r\nContent-Length: 70\r\n\r\n"
                                                     "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
                                                     "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone");
    REQUIRE(responses.messages.size() == 5); // §6.3, 1: the first three have no body whatever they say
    CHECK(text(responses.messages[4].body) == "gone");
}

TEST_CASE("A response of unknown length lasts until the connection ends", "[wire]")
{
    const Outcome outcome = parse(Kind::Responses, "HTTP/1.0 200\r\nServer:\r\nX: \t spaced  \r\n\r\nall the rest");
    CHECK(only(outcome) == "all the rest");
    CHECK(outcome.messages[0].reason.empty());
    CHECK(outcome.messages[0].headers.get("Server") == "");
    CHECK(outcome.messages[0].headers.get("x") == "spaced");
    CHECK(only(parse(Kind::Responses, "HTTP/1.1 200 OK\r\n\r\n")).empty());
}

TEST_CASE("A message that stops early is truncated", "[wire]")
{
    const std::string whole = "POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nab";
    for (std::size_t size = 1; size < whole.size(); ++size) {
        INFO(size);
        HttpParser parser(Kind::Requests);
        CHECK(parser.feed(view(whole).first(size)).empty());
        CHECK(parser.pending() == size);
        CHECK_FALSE(parser.finish());
        CHECK(parser.error() == HttpError::Truncated);
    }
    HttpParser parser(Kind::Requests);
    CHECK(parser.feed(view(whole)).size() == 1);
    CHECK(parser.pending() == 0);
    CHECK_FALSE(parser.finish());
    CHECK(parser.error() == HttpError::None);
    const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n";
    for (const char* rest : {"", "0\r\n", "0\r\nA: b\r\n", "5\r\nab"})
        CHECK(responseError(chunked + rest) == HttpError::Truncated);
}

TEST_CASE("Start lines that are none are refused", "[wire]")
{
    for (const char* line : {"GET /", "GET", "GET  / HTTP/1.1", "GET / HTTP/1.1 ", " GET / HTTP/1.1", "G@T / HTTP/1.1",
                             "GET /a b HTTP/1.1", "GET / http/1.1", "GET / HTTP/2.0", "GET / HTTP/1.",
                             "GET / HTTP/1.10", "GET /\x01 HTTP/1.1", "GET /\xe4\xbd\xa0 HTTP/1.1", "hello"}) {
        INFO(line);
        CHECK(requestError(std::string(line) + "\r\n\r\n") == HttpError::BadStartLine);
    }
    for (const char* line : {"HTTP/1.1", "HTTP/1.1 20", "HTTP/1.1 2x0 OK", "HTTP/1.1 2000", "HTTP/1.1  200 OK",
                             "HTTP/3.0 200 OK", "GET / HTTP/1.1", "HTTP/1.1 000 Zero", "HTTP/1.1 200 O\x7fK", ""}) {
        INFO(line);
        CHECK(responseError(std::string(line) + "\r\n\r\n") == HttpError::BadStartLine);
    }
    CHECK(requestError("GET / HTTP/1.1\nHost: a\n\n") == HttpError::BadStartLine); // lines end with CR LF
    CHECK(requestError("GET /\r HTTP/1.1\r\n\r\n") == HttpError::BadStartLine);
}

TEST_CASE("Header lines that are none are refused", "[wire]")
{
    for (const char* line : {"no colon", ": no name", "Host : space before the colon", " folded: x", "A: b\r\n c",
                             "A: nul\x01", "A\xe9: b", "A: b\rc", "A: b\nC: d"}) {
        INFO(line);
        CHECK(requestError(std::string("GET / HTTP/1.1\r\n") + line + "\r\n\r\n") == HttpError::BadHeader);
    }
    CHECK(requestError(std::string("GET / HTTP/1.1\r\nA: b\0c\r\n\r\n", 26)) == HttpError::BadHeader);
    CHECK(responseError("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nno trailer\r\n\r\n") ==
          HttpError::BadHeader);
}

TEST_CASE("Lengths that lie, disagree or overflow are refused", "[wire]")
{
    for (const char* value : {"", "-1", "+1", "0x10", "1 2", "1,", ",1", "1, 2", "1;", "one", "1.0"}) {
        INFO(value);
        CHECK(bodyError(std::string("Content-Length: ") + value + "\r\n\r\nab") == HttpError::BadLength);
    }
    CHECK(bodyError("Content-Length: 1\r\nContent-Length: 2\r\n\r\nab") == HttpError::BadLength);
    CHECK(only(parse(Kind::Responses, "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\nContent-Length: 2\r\n\r\nab")) ==
          "ab");
    for (const char* value : {"67108865", "4294967298", "18446744073709551618", "99999999999999999999999999999999"}) {
        INFO(value);
        CHECK(bodyError(std::string("Content-Length: ") + value + "\r\n\r\nab") == HttpError::TooLarge);
    }
    HttpParser atBound(Kind::Responses);
    CHECK(atBound.feed(view("HTTP/1.1 200 OK\r\nContent-Length: 67108864\r\n\r\nab")).empty());
    CHECK(atBound.error() == HttpError::None);
    // RFC 9112 §6.1 and §11.2: two ways to say where the body ends are a way to smuggle a request.
    CHECK(bodyError("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n") == HttpError::BadLength);
    CHECK(bodyError("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n") == HttpError::BadLength);
    CHECK(bodyError("Transfer-Encoding: gzip\r\n\r\n") == HttpError::BadLength);
    CHECK(bodyError("Transfer-Encoding: gzip, chunked\r\n\r\n") == HttpError::BadLength);
    CHECK(responseError("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n") == HttpError::BadLength);
}

TEST_CASE("Chunk sizes that lie or overflow are refused", "[wire]")
{
    const std::string chunked = "Transfer-Encoding: chunked\r\n\r\n";
    for (const char* chunk :
         {"\r\n", "x\r\n", "-1\r\n", "0x5\r\nhello\r\n", "5 hello\r\n", " 5\r\nhello\r\n", "5\nhello\n",
          "3\r\nhello\r\n0\r\n\r\n", "5\r\nhelloX\r\n", "5\r\nhello\n", "5;\x01\r\nhello\r\n"}) {
        INFO(chunk);
        CHECK(bodyError(chunked + chunk) == HttpError::BadChunk);
    }
    for (const char* size :
         {"4000001", "100000000", "ffffffffffffffff", "10000000000000005", "fffffffffffffffffffffffff"}) {
        INFO(size);
        CHECK(bodyError(chunked + size + "\r\nhello") == HttpError::TooLarge);
    }
    // The bound is on all chunks together: 0x3ffffff octets more than one would be one too many.
    CHECK(bodyError(chunked + "2\r\nab\r\n3ffffff\r\n") == HttpError::TooLarge);
}

TEST_CASE("Lines without end are given up after 16 KiB", "[wire]")
{
    const auto errorOfEndless = [](std::string_view begin, char filler) {
        HttpParser parser(Kind::Responses);
        parser.feed(view(begin));
        const std::string piece(1000, filler);
        int pieces = 0;
        for (; parser.error() == HttpError::None && pieces < 100; ++pieces)
            parser.feed(view(piece));
        CHECK(pieces == 17);
        return parser.error();
    };
    CHECK(errorOfEndless("", 'H') == HttpError::TooLarge);
    CHECK(errorOfEndless("HTTP/1.1 200 OK\r\nA: ", 'b') == HttpError::TooLarge);
    CHECK(errorOfEndless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;", 'x') == HttpError::TooLarge);
    CHECK(errorOfEndless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: ", 'b') == HttpError::TooLarge);

    HttpParser manyLines(Kind::Requests);
    manyLines.feed(view("GET / HTTP/1.1\r\n"));
    int lines = 0;
    for (; manyLines.error() == HttpError::None; ++lines)
        manyLines.feed(view("A: b\r\n"));
    CHECK(manyLines.error() == HttpError::TooLarge);
    CHECK(lines == (16384 - 16) / 6); // they fill it to the last octet: the empty line has no room
}

TEST_CASE("After an error nothing more is read", "[wire]")
{
    HttpParser parser(Kind::Requests);
    const auto before = parser.feed(view("GET /a HTTP/1.1\r\n\r\nnonsense\r\nGET /b HTTP/1.1\r\n\r\n"));
    REQUIRE(before.size() == 1);
    CHECK(before[0].target == "/a");
    CHECK(parser.error() == HttpError::BadStartLine);
    CHECK(parser.feed(view("GET /c HTTP/1.1\r\n\r\n")).empty());
    CHECK_FALSE(parser.finish());
    CHECK(parser.error() == HttpError::BadStartLine);
}

TEST_CASE("What is encoded is what RFC 9112 writes", "[wire]")
{
    HttpMessage get;
    get.method = "GET";
    get.target = "/image.png";
    get.headers.add("Host", "www.example.com");
    CHECK(text(encodeHttp(get)) == "GET /image.png HTTP/1.1\r\nHost: www.example.com\r\n\r\n");

    HttpMessage ok;
    ok.isRequest = false;
    ok.status = 200;
    ok.reason = reasonPhrase(200);
    ok.headers.add("Content-Length", "5");
    ok.body = bytes("hello");
    CHECK(text(encodeHttp(ok)) == "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
    ok.headers.fields = {{"Transfer-Encoding", "chunked"}};
    ok.body = bytes("0123456789abcdefXYZ");
    CHECK(text(encodeHttp(ok, 16)) == "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                      "10\r\n0123456789abcdef\r\n3\r\nXYZ\r\n0\r\n\r\n");
    for (const std::size_t chunk : {1, 7, 1000}) {
        const Outcome again = parse(Kind::Responses, text(encodeHttp(ok, chunk)));
        REQUIRE(again.messages.size() == 1);
        CHECK(again.messages[0] == ok);
    }
    CHECK(reasonPhrase(404) == "Not Found");
    CHECK(reasonPhrase(599).empty());
}

} // namespace packetarium::wire_http_test
