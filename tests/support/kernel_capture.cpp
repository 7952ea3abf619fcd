// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/kernel_capture.h"

#include "tests/support/catch.h"
#include "tests/support/places.h"

#include <cstdio>
#include <fstream>
#include <iterator>

namespace packetarium::test {
namespace {

std::uint32_t numberAt(const RawOctets& octets, std::size_t at, std::size_t size)
{
    std::uint32_t n = 0;
    for (std::size_t i = 0; i < size; ++i)
        n = n << 8 | octets.at(at + i);
    return n;
}

/// The checksum of a segment of which the capture kept no data, so that they are zeros here (RFC 9293 §3.1).
void seal(RawOctets& datagram)
{
    const std::size_t at = (datagram.at(0) & 15u) * 4;
    std::uint32_t sum = 6 + static_cast<std::uint32_t>(datagram.size() - at);
    datagram.at(at + 16) = datagram.at(at + 17) = 0;
    for (std::size_t i = 12; i < 20; i += 2)
        sum += numberAt(datagram, i, 2);
    for (std::size_t i = at; i + 1 < datagram.size(); i += 2)
        sum += numberAt(datagram, i, 2);
    if ((datagram.size() - at) % 2 != 0)
        sum += std::uint32_t{datagram.back()} << 8;
    while (sum >> 16 != 0)
        sum = (sum & 0xffff) + (sum >> 16);
    datagram.at(at + 16) = static_cast<std::uint8_t>(~sum >> 8);
    datagram.at(at + 17) = static_cast<std::uint8_t>(~sum);
}

} // namespace

std::vector<CapturedDatagram> kernelCapture(const std::string& name)
{
    std::ifstream in(sourceRoot() / "tests/support/captures" / (name + ".pcap"), std::ios::binary);
    const RawOctets file((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    const auto little = [&](std::size_t at) {
        return std::uint32_t{file.at(at)} | std::uint32_t{file.at(at + 1)} << 8 | std::uint32_t{file.at(at + 2)} << 16 |
               std::uint32_t{file.at(at + 3)} << 24;
    };
    REQUIRE(file.size() > 24);
    const bool nanoseconds = little(0) == 0xa1b23c4d;
    std::vector<CapturedDatagram> datagrams;
    for (std::size_t at = 24; at + 16 <= file.size();) {
        const std::int64_t us = std::int64_t{little(at)} * 1'000'000 + little(at + 4) / (nanoseconds ? 1000 : 1);
        const std::size_t size = little(at + 8);
        const RawOctets frame(file.begin() + static_cast<std::ptrdiff_t>(at + 16),
                              file.begin() + static_cast<std::ptrdiff_t>(at + 16 + size));
        at += 16 + size;
        if (numberAt(frame, 12, 2) != 0x0800)
            continue;
        RawOctets datagram(frame.begin() + 14, frame.end());
        const bool cut = datagram.size() < numberAt(frame, 16, 2);
        // padding away; what the capture has cut off are data, of which the length counts
        datagram.resize(numberAt(frame, 16, 2));
        if (cut)
            seal(datagram);
        datagrams.push_back({us, std::move(datagram)});
    }
    REQUIRE_FALSE(datagrams.empty());
    const std::int64_t start = datagrams.front().us;
    for (CapturedDatagram& d : datagrams)
        d.us -= start;
    return datagrams;
}

CapturedSegment segmentOf(const RawOctets& datagram)
{
    const std::size_t at = (datagram.at(0) & 15u) * 4;
    const std::size_t header = (datagram.at(at + 12) >> 4) * std::size_t{4};
    return {numberAt(datagram, 12, 4),      numberAt(datagram, at + 4, 4),
            numberAt(datagram, at + 8, 4),  datagram.at(at + 13),
            numberAt(datagram, at + 14, 2), static_cast<std::uint32_t>(datagram.size() - at - header)};
}

std::string wordsOf(const CapturedSegment& s, std::uint32_t iss, std::uint32_t irs)
{
    constexpr const char* kNames[] = {"FIN", "SYN", "RST", "PSH", "ACK"};
    std::string text;
    for (const int bit : {1, 2, 0, 3, 4})
        if ((s.flags >> bit & 1u) != 0)
            text += (text.empty() ? "" : ",") + std::string(kNames[bit]);
    return text + " " + std::to_string(s.seq - iss) + " " + std::to_string((s.flags & 16u) != 0 ? s.ack - irs : 0) +
           " " + std::to_string(s.length);
}

RawOctets fromHex(const std::string& hex)
{
    RawOctets octets;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        octets.push_back(static_cast<std::uint8_t>(std::stoul(hex.substr(i, 2), nullptr, 16)));
    return octets;
}

std::string toHex(const RawOctets& octets)
{
    std::string hex;
    for (const std::uint8_t octet : octets) {
        char two[3];
        std::snprintf(two, sizeof two, "%02x", octet);
        hex += two;
    }
    return hex;
}

} // namespace packetarium::test
