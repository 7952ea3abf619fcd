// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/http_grammar.h"

#include "core/base/ascii.h"

#include <algorithm>

namespace packetarium {

namespace {

bool isAlphanumeric(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isTokenChar(char c)
{
    return isAlphanumeric(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool isVisible(char c)
{
    return c > 0x20 && c < 0x7f;
}

/// Of a value or a reason: visible, space, tab, or an octet over 127 (obs-text).
bool isText(std::string_view text)
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return isVisible(c) || c == ' ' || c == '\t' || (c & 0x80) != 0; });
}

bool isVersion(std::string_view text)
{
    return text.size() == 8 && text.substr(0, 7) == "HTTP/1." && isDigit(text[7]);
}

/// 1*DIGIT; values over the bound all count as one over it, so that none overflows.
std::optional<std::size_t> lengthIn(std::string_view text)
{
    if (text.empty() || !std::all_of(text.begin(), text.end(), isDigit))
        return std::nullopt;
    std::size_t value = 0;
    for (const char c : text)
        value = std::min(value * 10 + static_cast<std::size_t>(c - '0'), kHttpBodyMax + 1);
    return value;
}

/// Of all Content-Length fields; a list of the same number is that number (RFC 9110 §8.6).
HttpBodyLength contentLength(const HttpHeaders& headers)
{
    HttpBodyLength found;
    for (const auto& [name, value] : headers.fields) {
        if (!sameWithoutCase(name, "Content-Length"))
            continue;
        for (std::string_view rest = value;;) {
            const std::size_t comma = rest.find(',');
            const std::optional<std::size_t> length = lengthIn(trimmed(rest.substr(0, comma)));
            if (!length || (found.by == HttpBodyLength::By::Length && found.length != *length))
                return {HttpBodyLength::By::None, 0, HttpError::BadLength};
            found = {HttpBodyLength::By::Length, *length, HttpError::None};
            if (comma == std::string_view::npos)
                break;
            rest.remove_prefix(comma + 1);
        }
    }
    if (found.length > kHttpBodyMax)
        found.error = HttpError::TooLarge;
    return found;
}

} // namespace

bool isHttpToken(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), isTokenChar);
}

bool sameWithoutCase(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

std::optional<HttpRequestLine> splitRequestLine(std::string_view line)
{
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last)
        return std::nullopt;
    const HttpRequestLine parts{line.substr(0, first), line.substr(first + 1, last - first - 1), line.substr(last + 1)};
    if (!isHttpToken(parts.method) || !isVersion(parts.version) || parts.target.empty() ||
        !std::all_of(parts.target.begin(), parts.target.end(), isVisible))
        return std::nullopt;
    return parts;
}

std::optional<HttpStatusLine> splitStatusLine(std::string_view line)
{
    constexpr std::size_t kBeforeReason = 12; // "HTTP/1.1 200"
    if (line.size() < kBeforeReason || line[8] != ' ' || (line.size() > kBeforeReason && line[kBeforeReason] != ' '))
        return std::nullopt;
    const HttpStatusLine parts{line.substr(0, 8), line.substr(9, 3),
                               line.substr(std::min(line.size(), kBeforeReason + 1))};
    if (!isVersion(parts.version) || !std::all_of(parts.status.begin(), parts.status.end(), isDigit) ||
        parts.status[0] == '0' || !isText(parts.reason))
        return std::nullopt;
    return parts;
}

std::optional<HttpFieldLine> splitFieldLine(std::string_view line)
{
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos)
        return std::nullopt;
    const HttpFieldLine parts{line.substr(0, colon), trimmed(line.substr(colon + 1))};
    if (!isHttpToken(parts.name) || !isText(parts.value))
        return std::nullopt;
    return parts;
}

HttpBodyLength bodyLengthOf(const HttpMessage& message)
{
    using By = HttpBodyLength::By;
    const HttpBodyLength bad{By::None, 0, HttpError::BadLength};
    const HttpBodyLength length = contentLength(message.headers);
    const bool without =
        !message.isRequest && (message.status / 100 == 1 || message.status == 204 || message.status == 304);
    if (const auto coding = message.headers.get("Transfer-Encoding")) {
        const auto isCoding = [](const auto& field) { return sameWithoutCase(field.first, "Transfer-Encoding"); };
        const auto& fields = message.headers.fields;
        // Two ways to say where the body ends are one too many: what one reader takes for the body another takes for the
        // next message (RFC 9112 §6.1, §11.2). Before HTTP/1.1 there was no coding.
        if (length.by == By::Length || length.error != HttpError::None || message.version == "HTTP/1.0" ||
            std::count_if(fields.begin(), fields.end(), isCoding) != 1 || !sameWithoutCase(*coding, "chunked"))
            return bad;
        return without ? HttpBodyLength() : HttpBodyLength{By::Chunks, 0, HttpError::None};
    }
    if (length.error == HttpError::BadLength)
        return bad;
    if (without)
        return {};
    if (length.by == By::Length || message.isRequest)
        return length;
    return {By::UntilClose, 0, HttpError::None};
}

} // namespace packetarium
