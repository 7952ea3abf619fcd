// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/http.h"

#include "core/wire/http_grammar.h"

#include <algorithm>
#include <charconv>

namespace packetarium {

namespace {

void append(Bytes& out, std::string_view text)
{
    out.insert(out.end(), text.begin(), text.end());
}

void appendChunk(Bytes& out, ByteView data)
{
    char digits[16];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), data.size(), 16).ptr;
    append(out, {digits, static_cast<std::size_t>(end - digits)});
    append(out, "\r\n");
    out.insert(out.end(), data.begin(), data.end());
    append(out, "\r\n");
}

void appendChunks(Bytes& out, ByteView body, std::size_t most)
{
    while (!body.empty()) {
        const std::size_t size = std::min(std::max<std::size_t>(most, 1), body.size());
        appendChunk(out, body.first(size));
        body = body.subspan(size);
    }
    append(out, "0\r\n\r\n"); // the last chunk and an empty trailer
}

} // namespace

std::optional<std::string_view> HttpHeaders::get(std::string_view name) const
{
    for (const auto& field : fields)
        if (sameWithoutCase(field.first, name))
            return field.second;
    return std::nullopt;
}

Bytes encodeHttp(const HttpMessage& message, std::size_t chunk)
{
    Bytes out;
    if (message.isRequest)
        append(out, message.method + ' ' + message.target + ' ' + message.version);
    else
        append(out, message.version + ' ' + std::to_string(message.status) + ' ' + message.reason);
    append(out, "\r\n");
    for (const auto& [name, value] : message.headers.fields)
        append(out, name + ": " + value + "\r\n");
    append(out, "\r\n");
    if (bodyLengthOf(message).by == HttpBodyLength::By::Chunks)
        appendChunks(out, message.body, chunk);
    else
        out.insert(out.end(), message.body.begin(), message.body.end());
    return out;
}

std::string_view reasonPhrase(int status)
{
    switch (status) { // RFC 9110 §15
    case 200: return "OK";
    case 201: return "Created";
    case 204: return "No Content";
    case 206: return "Partial Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 411: return "Length Required";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 416: return "Range Not Satisfiable";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return {};
    }
}

} // namespace packetarium
