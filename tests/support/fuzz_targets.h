// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The fuzz targets, as the ordinary tests see them. Each tests/fuzz/<name>_fuzz.cpp defines
//
//     extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
//
// for libFuzzer. For the core tests the same file is compiled with that name replaced by packetariumFuzz_<name>, and
// the build writes the table behind fuzzTargets(). Adding a target is adding the file and a folder of seeds.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace packetarium::test {

struct FuzzTarget {
    std::string_view name; ///< seeds are in tests/fuzz/corpus/<name>/
    int (*run)(const std::uint8_t* data, std::size_t size);
};

std::vector<FuzzTarget> fuzzTargets();

} // namespace packetarium::test
