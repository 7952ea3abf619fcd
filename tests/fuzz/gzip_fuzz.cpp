// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any octets as gzip, never beyond the limit; and any octets packed and unpacked again.
#include "core/presentation/presentation.h"

#include <cstdio>
#include <cstdlib>

using namespace packetarium;

namespace {

constexpr std::size_t kLimit = 100000;

void must(bool holds, const char* what)
{
    if (holds)
        return;
    std::fprintf(stderr, "gzip_fuzz: %s\n", what);
    std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const ByteView input(data, size);
    const std::optional<Bytes> unpacked = gunzip(input, kLimit);
    if (unpacked) {
        must(unpacked->size() <= kLimit, "over the limit");
        must(unpacked->empty() || !gunzip(input, unpacked->size() - 1), "one octet less is no limit");
    }
    const Bytes packed = gzip(input);
    must(gunzip(packed, size) == Bytes(input.begin(), input.end()), "unpack(pack(x)) is not x");
    must(gzip(input) == packed, "the same twice is not the same");
    return 0;
}
