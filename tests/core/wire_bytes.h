// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Bytes for the [wire] tests: written as hexadecimal, and made into frames.

#include "core/wire/fields.h"

#include <algorithm>
#include <string_view>

namespace packetarium::test {

inline unsigned hexDigit(char c)
{
    constexpr std::string_view kDigits = "0123456789abcdef";
    return static_cast<unsigned>(kDigits.find(c));
}

/// Pairs of lower-case digits; spaces between them do not count.
inline Bytes fromHex(std::string_view text)
{
    Bytes bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == ' ')
            continue;
        bytes.push_back(static_cast<std::uint8_t>(hexDigit(text[i]) << 4 | hexDigit(text[i + 1])));
        ++i;
    }
    return bytes;
}

/// Appends the frame check sequence to what stands in the frame.
inline Bytes withFcs(Bytes bytes)
{
    const std::uint32_t fcs = frameCheckSequence(bytes);
    for (unsigned shift = 0; shift < 32; shift += 8)
        bytes.push_back(static_cast<std::uint8_t>(fcs >> shift & 0xff));
    return bytes;
}

/// A captured frame as it was on the cable: padded, with its frame check sequence.
inline Bytes onTheCable(std::string_view hex)
{
    Bytes bytes = fromHex(hex);
    bytes.resize(std::max(bytes.size(), kEthernetHeaderSize + kEthernetMinPayload));
    return withFcs(std::move(bytes));
}

/// `frame` with `octets` written over it at `at`, and the frame check sequence made right again.
inline Bytes overwritten(Bytes frame, std::size_t at, const Bytes& octets)
{
    std::copy(octets.begin(), octets.end(), frame.begin() + static_cast<std::ptrdiff_t>(at));
    frame.resize(frame.size() - kFcsSize);
    return withFcs(std::move(frame));
}

/// The same with the IPv4 header checksum (no options) made right as well.
inline Bytes overwrittenIp(Bytes frame, std::size_t at, const Bytes& octets)
{
    frame = overwritten(std::move(frame), at, octets);
    frame[24] = frame[25] = 0;
    const std::uint16_t sum = checksumFinish(checksumAdd(0, ByteView(frame).subspan(14, 20)));
    const Bytes stored{static_cast<std::uint8_t>(sum >> 8), static_cast<std::uint8_t>(sum & 0xff)};
    return overwritten(std::move(frame), 24, stored);
}

} // namespace packetarium::test
