// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The one way in to Catch2: version 2.13 (Debian 12) or 3 (newer systems), whichever the build found. Use what both
// have. For "this text contains that", write REQUIRE_THAT(text, containsText("that")): the versions name it differently.

#include <string>

#if PACKETARIUM_CATCH2_MAJOR >= 3
#include <catch2/catch_all.hpp>
using Catch::Approx;
inline auto containsText(const std::string& part)
{
    return Catch::Matchers::ContainsSubstring(part);
}
#else
#include <catch2/catch.hpp>
inline auto containsText(const std::string& part)
{
    return Catch::Matchers::Contains(part);
}
#endif
