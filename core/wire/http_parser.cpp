// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/http_grammar.h"

#include <algorithm>

namespace packetarium {

namespace {

constexpr std::size_t kLinesMax = std::size_t{16} << 10;

/// 1*HEXDIG and what may follow it (RFC 9112 §7.1). Sizes over the bound all count as one over it.
std::optional<std::size_t> chunkSize(std::string_view line)
{
    std::size_t size = 0;
    std::size_t digits = 0;
    for (; digits < line.size(); ++digits) {
        const char c = line[digits];
        const std::size_t digit = c >= '0' && c <= '9'   ? static_cast<std::size_t>(c - '0')
                                  : c >= 'a' && c <= 'f' ? static_cast<std::size_t>(c - 'a' + 10)
                                  : c >= 'A' && c <= 'F' ? static_cast<std::size_t>(c - 'A' + 10)
                                                         : 16;
        if (digit == 16)
            break;
        size = std::min(size * 16 + digit, kHttpBodyMax + 1);
    }
    std::string_view rest = line.substr(digits);
    while (!rest.empty() && (rest.front() == ' ' || rest.front() == '\t'))
        rest.remove_prefix(1);
    const bool hasControl =
        std::any_of(rest.begin(), rest.end(), [](char c) { return (c >= 0 && c < 0x20 && c != '\t') || c == 0x7f; });
    if (digits == 0 || hasControl || (!rest.empty() && rest.front() != ';')) // extensions are not looked at (§7.1.1)
        return std::nullopt;
    return size;
}

} // namespace

HttpParser::HttpParser(Kind kind)
    : kind_(kind)
    , lineSpace_(kLinesMax)
{
    message_.isRequest = kind_ == Kind::Requests;
}

std::vector<HttpMessage> HttpParser::feed(ByteView bytes)
{
    if (error_ != HttpError::None)
        return {};
    buffer_.append(bytes.begin(), bytes.end());
    while (step()) {}
    buffer_.erase(0, next_);
    next_ = 0;
    return std::exchange(whole_, {});
}

std::optional<HttpMessage> HttpParser::finish()
{
    if (error_ != HttpError::None)
        return std::nullopt;
    if (at_ == At::BodyUntilEnd) {
        finishMessage();
        HttpMessage message = std::move(whole_.back());
        whole_.clear();
        return message;
    }
    if (pending() > 0)
        fail(HttpError::Truncated);
    return std::nullopt;
}

std::size_t HttpParser::pending() const
{
    return taken_ + buffer_.size() - next_;
}

bool HttpParser::fail(HttpError error)
{
    error_ = error;
    return false;
}

/// Reads one thing; false if there is not enough of it yet, or it is wrong.
bool HttpParser::step()
{
    switch (at_) {
    case At::Head: return readHeadLine();
    case At::Body:
    case At::BodyUntilEnd:
    case At::ChunkData: return readBody();
    case At::ChunkSize: return readChunkSize();
    case At::ChunkEnd:
        if (const auto line = takeLine(HttpError::BadChunk)) {
            at_ = At::ChunkSize;
            return line->empty() || fail(HttpError::BadChunk);
        }
        return false;
    case At::Trailer: return readTrailerLine();
    }
    return false;
}

/// The next line without its end, once it is whole.
std::optional<std::string> HttpParser::takeLine(HttpError ifWrong)
{
    const std::string_view rest = std::string_view(buffer_).substr(next_);
    const std::size_t end = rest.find_first_of("\r\n", scanned_);
    scanned_ = std::min(end, rest.size());
    if (scanned_ + 2 > lineSpace_) {
        fail(HttpError::TooLarge);
        return std::nullopt;
    }
    if (end == std::string_view::npos)
        return std::nullopt;
    if (rest[end] == '\n' || (end + 1 < rest.size() && rest[end + 1] != '\n')) { // §2.2: a bare CR or LF ends no line
        fail(ifWrong);
        return std::nullopt;
    }
    if (end + 1 == rest.size())
        return std::nullopt;
    std::string line(rest.substr(0, end));
    scanned_ = 0;
    next_ += end + 2;
    taken_ += end + 2;
    lineSpace_ -= end + 2;
    return line;
}

bool HttpParser::readHeadLine()
{
    const auto line = takeLine(started_ ? HttpError::BadHeader : HttpError::BadStartLine);
    if (!line)
        return false;
    if (started_) {
        if (line->empty())
            return readHeadEnd();
        const auto field = splitFieldLine(*line);
        if (!field)
            return fail(HttpError::BadHeader);
        message_.headers.add(std::string(field->name), std::string(field->value));
        return true;
    }
    if (line->empty() && message_.isRequest) { // §2.2: empty lines before a request do not count
        taken_ = 0;
        lineSpace_ = kLinesMax;
        return true;
    }
    started_ = true;
    if (message_.isRequest) {
        const auto parts = splitRequestLine(*line);
        if (!parts)
            return fail(HttpError::BadStartLine);
        message_.method = parts->method;
        message_.target = parts->target;
        message_.version = parts->version;
        return true;
    }
    const auto parts = splitStatusLine(*line);
    if (!parts)
        return fail(HttpError::BadStartLine);
    message_.version = parts->version;
    for (const char digit : parts->status)
        message_.status = message_.status * 10 + (digit - '0');
    message_.reason = parts->reason;
    return true;
}

bool HttpParser::readHeadEnd()
{
    const HttpBodyLength length = bodyLengthOf(message_);
    if (length.error != HttpError::None)
        return fail(length.error);
    left_ = length.length;
    switch (length.by) {
    case HttpBodyLength::By::None: finishMessage(); break;
    case HttpBodyLength::By::Length:
        if (left_ == 0)
            finishMessage();
        else
            at_ = At::Body;
        break;
    case HttpBodyLength::By::Chunks: at_ = At::ChunkSize; break;
    case HttpBodyLength::By::UntilClose: at_ = At::BodyUntilEnd; break;
    }
    return true;
}

bool HttpParser::readChunkSize()
{
    // The space that the head left is for the trailer; a chunk's own line gets as much as a head, each time anew.
    const std::size_t spaceOfTrailer = std::exchange(lineSpace_, kLinesMax);
    const auto line = takeLine(HttpError::BadChunk);
    lineSpace_ = spaceOfTrailer;
    if (!line)
        return false;
    const auto size = chunkSize(*line);
    if (!size)
        return fail(HttpError::BadChunk);
    if (*size > kHttpBodyMax - message_.body.size())
        return fail(HttpError::TooLarge);
    left_ = *size;
    at_ = left_ == 0 ? At::Trailer : At::ChunkData;
    return true;
}

bool HttpParser::readTrailerLine()
{
    const auto line = takeLine(HttpError::BadHeader);
    if (!line)
        return false;
    if (line->empty())
        finishMessage();
    else if (!splitFieldLine(*line))
        return fail(HttpError::BadHeader);
    return true;
}

bool HttpParser::readBody()
{
    const std::string_view rest = std::string_view(buffer_).substr(next_);
    const bool untilEnd = at_ == At::BodyUntilEnd;
    const std::size_t count = untilEnd ? rest.size() : std::min(left_, rest.size());
    if (count == 0)
        return false;
    if (count > kHttpBodyMax - message_.body.size())
        return fail(HttpError::TooLarge);
    message_.body.insert(message_.body.end(), rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(count));
    next_ += count;
    taken_ += count;
    if (untilEnd)
        return false;
    left_ -= count;
    if (left_ > 0)
        return false;
    if (at_ == At::Body)
        finishMessage();
    else
        at_ = At::ChunkEnd;
    return true;
}

void HttpParser::finishMessage()
{
    whole_.push_back(std::exchange(message_, {}));
    message_.isRequest = kind_ == Kind::Requests;
    at_ = At::Head;
    started_ = false;
    taken_ = 0;
    lineSpace_ = kLinesMax;
}

} // namespace packetarium
