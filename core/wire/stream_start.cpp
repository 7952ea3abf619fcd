// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/stream_start.h"

#include "core/base/utf8.h"
#include "core/wire/bytes.h"
#include "core/wire/http_grammar.h"

#include <algorithm>
#include <array>

namespace packetarium {

namespace {

constexpr std::size_t kTlsRecordMax = (std::size_t{1} << 14) + 256; // RFC 8446 §5.2

bool isTlsRecord(ByteView payload)
{
    if (payload.size() < kTlsRecordHeaderSize)
        return false;
    const std::uint16_t version = readU16(payload, 1);
    const std::uint16_t length = readU16(payload, 3);
    return payload[0] >= 20 && payload[0] <= 23 && (version == 0x0301 || version == 0x0303) && length >= 1 &&
           length <= kTlsRecordMax;
}

/// A cut line counts if it has one of the methods of RFC 9110 §9 and a target that has begun.
bool beginsRequest(std::string_view line)
{
    constexpr std::array<std::string_view, 9> kMethods{"GET",     "HEAD",    "POST",  "PUT",  "DELETE",
                                                       "CONNECT", "OPTIONS", "TRACE", "PATCH"};
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || space + 1 == line.size())
        return false;
    const std::string_view target = line.substr(space + 1);
    return std::find(kMethods.begin(), kMethods.end(), line.substr(0, space)) != kMethods.end() &&
           std::all_of(target.begin(), target.end(), [](char c) { return c >= 0x20 && c < 0x7f; }) && target[0] != ' ';
}

bool beginsResponse(std::string_view line)
{
    return line.size() >= 9 && line.substr(0, 7) == "HTTP/1." && line[8] == ' ';
}

} // namespace

std::string_view firstLine(ByteView payload)
{
    const std::string_view text(reinterpret_cast<const char*>(payload.data()), payload.size());
    const std::size_t end = text.find("\r\n");
    if (end == std::string_view::npos && text.ends_with('\r')) // cut within the line end
        return text.substr(0, text.size() - 1);
    return text.substr(0, end);
}

StreamStart streamStart(ByteView payload)
{
    if (payload.empty())
        return StreamStart::Other;
    if (isTlsRecord(payload))
        return StreamStart::TlsRecord;
    if (payload[0] < 'A' || payload[0] > 'Z') // most data ends here, unread
        return StreamStart::Other;
    const std::string_view line = firstLine(payload);
    const bool whole = line.size() < payload.size();
    if (whole ? splitRequestLine(line).has_value() : beginsRequest(line))
        return StreamStart::HttpRequest;
    if (whole ? splitStatusLine(line).has_value() : beginsResponse(line))
        return StreamStart::HttpResponse;
    return StreamStart::Other;
}

std::string shownText(std::string_view octets)
{
    constexpr std::string_view kReplacement = "\xef\xbf\xbd";
    std::string text;
    while (!octets.empty()) {
        const std::size_t length = utf8Length(octets);
        const bool control = (octets[0] >= 0 && octets[0] < 0x20 && octets[0] != '\t') || octets[0] == 0x7f;
        if (length == 0 || control)
            text += kReplacement;
        else
            text += octets[0] == '\t' ? " " : octets.substr(0, length);
        octets.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return text;
}

} // namespace packetarium
