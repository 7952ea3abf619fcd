// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the fuzzers know, without a fuzzer: every seed of tests/fuzz/corpus goes through its target, and so do a few
// thousand damaged copies of the seeds, the same ones in each run. A target stops the process when it finds something
// wrong; the input that did it is then in <build>/scratch/fuzz-last-<target>.
#include "tests/support/catch.h"

#include "core/base/rng.h"
#include "tests/support/fuzz_targets.h"
#include "tests/support/places.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace packetarium::fuzz_corpus_test {

namespace {

namespace fs = std::filesystem;
using test::FuzzTarget;
using test::fuzzTargets;
using Input = std::vector<std::uint8_t>;

constexpr int kDamagedCopies = 2000;
constexpr std::size_t kLongestInput = 64 * 1024;

std::size_t below(packetarium::Rng& rng, std::size_t bound)
{
    return static_cast<std::size_t>(rng.below(bound));
}
std::uint8_t anyByte(packetarium::Rng& rng)
{
    return static_cast<std::uint8_t>(rng.next());
}

std::vector<fs::path> seedsOf(const FuzzTarget& target)
{
    const fs::path folder = packetarium::test::sourceRoot() / "tests/fuzz/corpus" / target.name;
    std::vector<fs::path> seeds;
    if (fs::is_directory(folder)) {
        std::copy(fs::directory_iterator(folder), fs::directory_iterator(), std::back_inserter(seeds));
    }
    std::sort(seeds.begin(), seeds.end());
    return seeds;
}

Input readInput(const fs::path& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

auto position(const Input& input, std::size_t offset)
{
    return input.begin() + static_cast<std::ptrdiff_t>(offset);
}

/// One small injury, of a kind that parsers of lengths, numbers and text tend not to expect.
void damage(Input& input, const Input& other, packetarium::Rng& rng)
{
    static constexpr std::uint8_t kTelling[] = {0x00, 0x01, 0x0a, 0x20, 0x22, 0x2d, 0x30,
                                                0x39, 0x3a, 0x5b, 0x7f, 0x80, 0xff};
    if (input.empty()) {
        input.push_back(anyByte(rng));
        return;
    }
    const std::size_t from = below(rng, input.size());
    const std::size_t count = 1 + below(rng, std::min<std::size_t>(input.size() - from, 32));
    switch (below(rng, 7)) {
    case 0: // flip a bit
        input[from] = static_cast<std::uint8_t>(input[from] ^ (1u << below(rng, 8)));
        break;
    case 1: // a telling value
        input[from] = kTelling[below(rng, std::size(kTelling))];
        break;
    case 2: // leave something out
        input.erase(position(input, from), position(input, from + count));
        break;
    case 3: { // say something twice
        const Input piece(position(input, from), position(input, from + count));
        input.insert(position(input, from), piece.begin(), piece.end());
        break;
    }
    case 4: // put something in
        for (std::size_t i = 0; i < count; ++i) {
            input.insert(position(input, from), anyByte(rng));
        }
        break;
    case 5: // stop early
        input.resize(from);
        break;
    default: // go on as another seed does
        input.resize(from);
        if (!other.empty()) {
            input.insert(input.end(), position(other, below(rng, other.size())), other.end());
        }
        break;
    }
    input.resize(std::min(input.size(), kLongestInput));
}

/// Runs one input, keeping a copy of it on disk for as long as it runs.
void runOne(const FuzzTarget& target, const Input& input)
{
    const fs::path copy = packetarium::test::scratchDir() / ("fuzz-last-" + std::string(target.name));
    std::ofstream(copy, std::ios::binary)
        .write(reinterpret_cast<const char*>(input.data()), static_cast<std::streamsize>(input.size()));
    INFO("the input is in " << copy);
    const Input exact(input); // its own block of memory, so that a sanitizer sees the first byte read past the end
    REQUIRE(target.run(exact.data(), exact.size()) == 0);
    fs::remove(copy);
}

} // namespace

TEST_CASE("fuzz targets take every seed and its damaged copies", "[fuzz-corpus]")
{
    REQUIRE_FALSE(fuzzTargets().empty());
    for (const FuzzTarget& target : fuzzTargets()) {
        DYNAMIC_SECTION(target.name)
        {
            std::vector<Input> seeds;
            for (const fs::path& path : seedsOf(target)) {
                INFO("seed " << path);
                seeds.push_back(readInput(path));
                runOne(target, seeds.back());
            }
            REQUIRE_FALSE(seeds.empty());
            runOne(target, {});

            packetarium::Rng rng(1);
            for (int i = 0; i < kDamagedCopies; ++i) {
                Input input = seeds[below(rng, seeds.size())];
                for (std::size_t injuries = 1 + below(rng, 6); injuries > 0; --injuries) {
                    damage(input, seeds[below(rng, seeds.size())], rng);
                }
                INFO("damaged copy " << i);
                runOne(target, input);
            }
        }
    }
}

} // namespace packetarium::fuzz_corpus_test
