// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/line_code.h"

#include <array>

namespace packetarium {

std::vector<bool> bitsOf(ByteView octets)
{
    std::vector<bool> bits;
    bits.reserve(octets.size() * 8);
    for (const std::uint8_t octet : octets)
        for (unsigned bit = 0; bit < 8; ++bit)
            bits.push_back((octet >> bit & 1) != 0);
    return bits;
}

Bytes withPreamble(ByteView frame)
{
    constexpr std::uint8_t kPreamble = 0x55; // 1 0 1 0 1 0 1 0 as it is sent
    constexpr std::uint8_t kStartFrameDelimiter = 0xd5;
    Bytes bytes;
    bytes.reserve(kPreambleSize + frame.size());
    bytes.assign(kPreambleSize - 1, kPreamble);
    bytes.push_back(kStartFrameDelimiter);
    for (const std::uint8_t octet : frame)
        bytes.push_back(octet);
    return bytes;
}

std::vector<std::int8_t> levels(const std::vector<bool>& bits, LineCode code)
{
    static constexpr std::array<std::int8_t, 4> kMlt3Cycle{0, 1, 0, -1};
    std::vector<std::int8_t> halves;
    halves.reserve(bits.size() * 2);
    std::size_t inCycle = 0;
    for (const bool one : bits) {
        const auto level = static_cast<std::int8_t>(one ? 1 : -1);
        switch (code) {
        case LineCode::Nrz: halves.insert(halves.end(), {level, level}); break;
        case LineCode::Manchester: halves.insert(halves.end(), {static_cast<std::int8_t>(-level), level}); break;
        case LineCode::Mlt3:
            inCycle = (inCycle + (one ? 1 : 0)) % kMlt3Cycle.size();
            halves.insert(halves.end(), {kMlt3Cycle[inCycle], kMlt3Cycle[inCycle]});
            break;
        }
    }
    return halves;
}

std::vector<bool> fourBFiveB(ByteView octets)
{
    // The code groups of the data nibbles 0 to F, the first bit to be sent being the most significant one here.
    static constexpr std::array<std::uint8_t, 16> kGroups{0b11110, 0b01001, 0b10100, 0b10101, 0b01010, 0b01011,
                                                          0b01110, 0b01111, 0b10010, 0b10011, 0b10110, 0b10111,
                                                          0b11010, 0b11011, 0b11100, 0b11101};
    std::vector<bool> bits;
    bits.reserve(octets.size() * 10);
    for (const std::uint8_t octet : octets)
        for (const unsigned nibble : {octet & 0x0fu, octet >> 4 & 0x0fu})
            for (unsigned bit = 5; bit-- > 0;)
                bits.push_back((kGroups[nibble] >> bit & 1) != 0);
    return bits;
}

} // namespace packetarium
