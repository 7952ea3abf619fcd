// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any octets as a stream of records, and any octets as content: what is protected opens again, and not if it was touched.
#include "core/presentation/presentation.h"
#include "core/wire/field_builder.h"
#include "tests/fuzz/frame_checks.h"

using namespace packetarium;
using fuzz::must;
using Outcome = RecordProtection::Outcome;

namespace {

const Bytes kSecret(32, 0x5a);

Bytes openAll(ByteView stream)
{
    RecordProtection reader(kSecret);
    Bytes content;
    while (!stream.empty()) {
        const RecordProtection::Opened opened = reader.open(stream);
        if (opened.outcome != Outcome::Whole)
            break;
        must(opened.used > 0 && opened.used <= stream.size(), "a record without octets, or with more than there are");
        content.insert(content.end(), opened.content.begin(), opened.content.end());
        stream = stream.subspan(opened.used);
    }
    return content;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const ByteView input(data, size);
    openAll(input);
    std::vector<Field> nodes;
    dissectStream(input, 0, size, nodes);
    fuzz::checkTree(nodes, input);

    RecordProtection writer(kSecret);
    Bytes stream = writer.protect(input);
    must(openAll(stream) == Bytes(input.begin(), input.end()), "what was protected does not open");
    if (size >= 3) {
        const std::size_t bit =
            (std::size_t{data[0]} << 16 | std::size_t{data[1]} << 8 | data[2]) % (stream.size() * 8);
        stream[bit / 8] = static_cast<std::uint8_t>(stream[bit / 8] ^ (0x80u >> bit % 8));
        must(openAll(stream).size() < size, "a touched record opens");
    }
    return 0;
}
