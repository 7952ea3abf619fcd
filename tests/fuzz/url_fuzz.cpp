// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any text as a URL: one that is good, written out in full, is the same URL.
#include "core/wire/http.h"

#include <cstdio>
#include <cstdlib>

using namespace packetarium;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const UrlParsed parsed = parseUrl({reinterpret_cast<const char*>(data), size});
    if (parsed.error != UrlError::None)
        return 0;
    const Url& url = parsed.url;
    const bool v6 = url.host.find(':') != std::string::npos;
    const std::string text =
        "http://" + (v6 ? "[" + url.host + "]" : url.host) + ":" + std::to_string(url.port) + url.path;
    const UrlParsed again = parseUrl(text);
    if (again.error != UrlError::None || !(again.url == url)) {
        std::fprintf(stderr, "not the same URL again: %s\n", text.c_str());
        std::abort();
    }
    return 0;
}
