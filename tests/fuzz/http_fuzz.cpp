// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any octets as an HTTP stream: however they are cut the messages are the same, they can be written and read again, and
// the field tree has every bit once. The first octet chooses what is expected and how it is cut.
#include "core/wire/field_builder.h"
#include "core/wire/http.h"
#include "tests/fuzz/frame_checks.h"

using namespace packetarium;
using fuzz::must;
using Kind = HttpParser::Kind;

namespace {

struct Outcome {
    std::vector<HttpMessage> messages;
    HttpError error = HttpError::None;
    bool operator==(const Outcome&) const = default;
};

Outcome parse(Kind kind, ByteView stream, std::size_t piece)
{
    HttpParser parser(kind);
    Outcome outcome;
    while (!stream.empty()) {
        const std::size_t size = std::min(piece, stream.size());
        for (HttpMessage& message : parser.feed(stream.first(size)))
            outcome.messages.push_back(std::move(message));
        stream = stream.subspan(size);
    }
    if (auto last = parser.finish())
        outcome.messages.push_back(std::move(*last));
    outcome.error = parser.error();
    return outcome;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const Kind kind = (data[0] & 1) != 0 ? Kind::Requests : Kind::Responses;
    const std::size_t piece = 1u + (data[0] >> 1);
    const ByteView stream(data + 1, size - 1);
    const Outcome whole = parse(kind, stream, stream.size() + 1);
    must(parse(kind, stream, piece) == whole, "cut in pieces the stream says something else");
    for (const HttpMessage& message : whole.messages) {
        const Bytes written = encodeHttp(message, piece);
        const Outcome again = parse(kind, written, written.size());
        must(again.error == HttpError::None && again.messages.size() == 1 && again.messages[0] == message,
             "parse(encode(x)) is not x");
    }

    std::vector<Field> nodes;
    dissectStream(ByteView(data, size), 1, size, nodes);
    fuzz::checkTree(nodes, ByteView(data, size), 1, size);
    return 0;
}
