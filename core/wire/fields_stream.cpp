// SPDX-License-Identifier: GPL-3.0-or-later
// What a TCP segment's payload begins with, as fields. A space, colon or line
// end belongs to the part before it.
#include "core/wire/field_builder.h"
#include "core/wire/http_grammar.h"
#include "core/wire/stream_start.h"

#include <algorithm>
#include <charconv>

namespace packetarium {

namespace {

constexpr Layer kStreamLayer = Layer::Application;

std::string_view textAt(ByteView frame, std::size_t begin, std::size_t end)
{
    return {reinterpret_cast<const char*>(frame.data()) + begin, end - begin};
}

/// Appends the octets up to `until` as one part, the text being what it shows; `at` moves there.
void appendPart(Field& parent, FieldId id, std::size_t& at, std::size_t until, std::string_view text)
{
    if (at == until)
        return;
    parent.children.push_back(octets(id, kStreamLayer, at, until, shownText(text)));
    at = until;
}

/// Begin and end of a line, and of what follows its line end; a cut line has none.
struct Line {
    std::size_t begin, end, next;
    bool whole;
};
Line lineAt(ByteView frame, std::size_t at, std::size_t end)
{
    const std::string_view text = textAt(frame, at, end);
    const std::size_t length = text.find("\r\n");
    if (length != std::string_view::npos)
        return {at, at + length, at + length + 2, true};
    return {at, text.ends_with('\r') ? end - 1 : end, end, false};
}

Field startLine(ByteView frame, const Line& line, bool request)
{
    const std::string_view text = textAt(frame, line.begin, line.end);
    Field field = octets(FieldId::HttpStartLine, kStreamLayer, line.begin, line.next, shownText(text));
    const std::size_t first = std::min(text.find(' '), text.size());
    std::size_t second = request ? text.rfind(' ') : std::min(text.find(' ', first + 1), text.size());
    if (second == std::string_view::npos || second <= first)
        second = text.size(); // cut: there is no third part
    std::size_t at = line.begin;
    const auto upTo = [&](std::size_t length) { // the space goes with what it follows, the line end with the last part
        return length < text.size() ? line.begin + length + 1 : line.next;
    };
    appendPart(field, request ? FieldId::HttpMethod : FieldId::HttpVersion, at, upTo(first), text.substr(0, first));
    if (first < text.size())
        appendPart(field, request ? FieldId::HttpTarget : FieldId::HttpStatus, at, upTo(second),
                   text.substr(first + 1, second - first - 1));
    if (!request && !field.children.empty() && field.children.back().id == FieldId::HttpStatus) {
        const std::string_view digits = text.substr(first + 1, second - first - 1);
        std::uint64_t status = 0;
        if (std::from_chars(digits.data(), digits.data() + digits.size(), status).ec == std::errc())
            field.children.back().value = status;
    }
    if (second < text.size())
        appendPart(field, request ? FieldId::HttpVersion : FieldId::HttpReason, at, line.next, text.substr(second + 1));
    return field;
}

Field fieldLine(ByteView frame, const Line& line)
{
    const std::string_view text = textAt(frame, line.begin, line.end);
    Field field = octets(FieldId::HttpField, kStreamLayer, line.begin, line.next, shownText(text));
    const std::size_t colon = std::min(text.find(':'), text.size());
    std::size_t valueAt = std::min(colon + 1, text.size());
    while (valueAt < text.size() && (text[valueAt] == ' ' || text[valueAt] == '\t'))
        ++valueAt;
    std::size_t at = line.begin;
    const std::size_t nameEnd = colon < text.size() ? line.begin + valueAt : line.next;
    appendPart(field, FieldId::HttpFieldName, at, nameEnd, text.substr(0, colon));
    const std::size_t lastVisible = text.find_last_not_of(" \t");
    const std::size_t valueEnd = std::max(valueAt, lastVisible == std::string_view::npos ? 0 : lastVisible + 1);
    appendPart(field, FieldId::HttpFieldValue, at, line.next, text.substr(valueAt, valueEnd - valueAt));
    return field;
}

/// The message as far as it stands here; returns where it ends.
std::size_t dissectHttp(ByteView frame, std::size_t start, std::size_t end, bool request, std::vector<Field>& nodes)
{
    Field node = octets(FieldId::Http, kStreamLayer, start, end);
    HttpMessage head;
    head.isRequest = request;
    Line line = lineAt(frame, start, end);
    node.children.push_back(startLine(frame, line, request));
    if (const auto status = splitStatusLine(textAt(frame, line.begin, line.end)); status && !request)
        std::from_chars(status->status.data(), status->status.data() + status->status.size(), head.status);

    std::size_t at = line.next;
    bool headIsWhole = false;
    while (at < end && !headIsWhole) {
        line = lineAt(frame, at, end);
        headIsWhole = line.whole && line.begin == line.end;
        const auto parts = splitFieldLine(textAt(frame, line.begin, line.end));
        if (!headIsWhole && line.whole && !parts) { // no header line: nothing behind it can be understood
            appendOctets(node.children, FieldId::Undecoded, kStreamLayer, at, end);
            at = end;
            break;
        }
        if (headIsWhole)
            node.children.push_back(octets(FieldId::HttpEmptyLine, kStreamLayer, line.begin, line.next));
        else
            node.children.push_back(fieldLine(frame, line));
        if (parts)
            head.headers.add(std::string(parts->name), std::string(parts->value));
        at = line.next;
    }
    if (headIsWhole) {
        const HttpBodyLength length = bodyLengthOf(head);
        using By = HttpBodyLength::By;
        const bool known = length.error == HttpError::None && (length.by == By::None || length.by == By::Length);
        const std::size_t bodyEnd = known ? at + std::min(length.length, end - at) : end;
        appendOctets(node.children, FieldId::HttpBody, kStreamLayer, at, bodyEnd);
        at = bodyEnd;
    }
    node.bitLength = static_cast<std::uint32_t>((at - start) * 8);
    nodes.push_back(std::move(node));
    return at;
}

/// RFC 8446 §5.2; the header is in the clear. Returns where the record ends.
std::size_t dissectRecord(ByteView frame, std::size_t start, std::size_t end, std::vector<Field>& nodes)
{
    const FieldBuilder header(frame, start, kStreamLayer);
    const std::size_t length = header.bits(24, 16);
    const std::size_t contentAt = start + kTlsRecordHeaderSize;
    const std::size_t recordEnd = std::min(end, contentAt + length);
    Field node = octets(FieldId::TlsRecord, kStreamLayer, start, recordEnd);
    node.children = {
        header.number(FieldId::TlsContentType, 0, 8),
        header.number(FieldId::TlsVersion, 8, 16),
        header.number(FieldId::TlsLength, 24, 16),
    };
    appendOctets(node.children, FieldId::TlsProtected, kStreamLayer, contentAt, recordEnd);
    nodes.push_back(std::move(node));
    return recordEnd;
}

} // namespace

void dissectStream(ByteView frame, std::size_t start, std::size_t end, std::vector<Field>& nodes)
{
    while (start < end) {
        switch (const StreamStart what = streamStart(frame.subspan(start, end - start))) {
        case StreamStart::HttpRequest:
        case StreamStart::HttpResponse:
            start = dissectHttp(frame, start, end, what == StreamStart::HttpRequest, nodes);
            break;
        case StreamStart::TlsRecord: start = dissectRecord(frame, start, end, nodes); break;
        case StreamStart::Other:
            appendOctets(nodes, FieldId::Payload, kStreamLayer, start, end);
            start = end;
            break;
        }
    }
}

} // namespace packetarium
