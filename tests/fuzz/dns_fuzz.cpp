// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any octets as a DNS message: what is read can be written and read again, and the field tree has every bit once.
#include "core/wire/dns.h"
#include "core/wire/field_builder.h"
#include "tests/fuzz/frame_checks.h"

#include <stdexcept>

using namespace packetarium;
using fuzz::must;

namespace {

void checkRoundTrip(const DnsMessage& message)
{
    Bytes again;
    try {
        again = encodeDns(message);
    } catch (const std::length_error&) { // the other may have found better places to point to
        return;
    }
    must(decodeDns(again) == message, "decode(encode(x)) is not x");
    must(encodeDns(*decodeDns(again)) == again, "encode(decode(encode(x))) is not encode(x)");
}

bool hasUndecoded(const Field& field)
{
    return field.id == FieldId::Undecoded || std::any_of(field.children.begin(), field.children.end(), hasUndecoded);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const ByteView input(data, size);
    const std::optional<DnsMessage> message = decodeDns(input);
    if (message)
        checkRoundTrip(*message);

    constexpr std::size_t kBefore = 3; // pointers count from the message's start, wherever that is
    Bytes frame(kBefore, 0xc0);
    frame.insert(frame.end(), input.begin(), input.end());
    std::vector<Field> nodes;
    dissectDns(frame, kBefore, frame.size(), nodes);
    fuzz::checkTree(nodes, frame, kBefore, frame.size());
    must(!message || std::none_of(nodes.begin(), nodes.end(), hasUndecoded), "decoded, but not in the tree");

    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (checkName(text) == DnsNameError::None) {
        DnsMessage question;
        question.questions = {{DnsName(text), DnsType::A}};
        must(decodeDns(encodeDns(question)) == question, "a good name does not survive");
    }
    return 0;
}
