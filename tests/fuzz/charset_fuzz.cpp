// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any octets as text of each charset: what is shown is UTF-8, and text that is clean comes back.
#include "core/base/utf8.h"
#include "core/presentation/presentation.h"

#include <cstdio>
#include <cstdlib>

using namespace packetarium;

namespace {

void must(bool holds, const char* what)
{
    if (holds)
        return;
    std::fprintf(stderr, "charset_fuzz: %s\n", what);
    std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const ByteView input(data, size);
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const std::string_view charset : {"UTF-8", "GBK"}) {
        const DecodedText decoded = decodeText(input, charset);
        must(isUtf8(decoded.utf8), "what is shown is no UTF-8");
        must(decoded.utf8.size() <= size * 3, "more characters than octets");
        if (decoded.clean) {
            const auto again = encodeText(decoded.utf8, charset);
            must(again && decodeText(*again, charset).utf8 == decoded.utf8, "clean text does not come back");
        }
    }
    must(decodeText(input, "UTF-8").clean == isUtf8(text), "two answers about UTF-8");
    if (const auto gbk = encodeText(text, "GBK")) {
        const DecodedText decoded = decodeText(*gbk, "GBK");
        must(decoded.clean && decoded.utf8 == text, "text does not come back from GBK");
    }
    return 0;
}
