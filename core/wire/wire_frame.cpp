// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/wire_frame.h"

#include "core/wire/bytes.h"
#include "core/wire/ecn.h"

namespace packetarium {

namespace {

/// `frame` begins as a frame does, or ends with its headers.
bool carriesIp(ByteView frame)
{
    constexpr std::size_t kTypeAt = 12;
    if (frame.size() < kEthernetHeaderSize + kFcsSize)
        return false;
    const std::uint16_t type = readU16(frame, kTypeAt);
    return type == kEtherTypeIpv4 || type == kEtherTypeIpv6;
}

void writeFcs(std::uint8_t* out, ByteView covered)
{
    const std::uint32_t fcs = frameCheckSequence(covered);
    for (std::size_t i = 0; i < kFcsSize; ++i)
        out[i] = static_cast<std::uint8_t>(fcs >> (8 * i) & 0xff);
}

} // namespace

void WireFrame::setEthernet(const EthernetHeader& header)
{
    std::copy(header.destination.octets.begin(), header.destination.octets.end(), head_.octets.begin());
    std::copy(header.source.octets.begin(), header.source.octets.end(), head_.octets.begin() + 6);
    head_.octets[12] = static_cast<std::uint8_t>(header.etherType >> 8);
    head_.octets[13] = static_cast<std::uint8_t>(header.etherType & 0xff);
}

EthernetHeader WireFrame::ethernet() const
{
    return {readMac(head(), 0), readMac(head(), 6), readU16(head(), 12)};
}

bool WireFrame::markCongestion()
{
    if (!isWhole())
        return packetarium::markCongestion(head().subspan(kEthernetHeaderSize));
    if (!carriesIp(body_.view()))
        return false;
    Bytes whole = octets();
    const std::span<std::uint8_t> covered = std::span(whole).first(whole.size() - kFcsSize);
    if (!packetarium::markCongestion(covered.subspan(kEthernetHeaderSize)))
        return false;
    writeFcs(covered.data() + covered.size(), covered);
    *this = WireFrame(std::move(whole));
    return true;
}

bool WireFrame::bearsMark() const
{
    const ByteView octets = isWhole() ? body_.view() : head();
    return carriesIp(octets) && ecnOf(octets.subspan(kEthernetHeaderSize)) == Ecn::CongestionExperienced;
}

void WireFrame::writeTo(std::uint8_t* out) const
{
    std::uint8_t* at = std::copy(head_.octets.begin(), head_.octets.begin() + head_.size, out);
    at = std::copy(body_.begin(), body_.end(), at);
    if (isWhole())
        return;
    const std::size_t covered = size() - kFcsSize;
    std::fill(at, out + covered, std::uint8_t{0});
    writeFcs(out + covered, ByteView(out, covered));
}

Bytes WireFrame::octets() const
{
    Bytes frame(size());
    writeTo(frame.data());
    return frame;
}

Bytes WireFrame::payload() const
{
    Bytes bytes(head_.octets.begin() + kEthernetHeaderSize, head_.octets.begin() + head_.size);
    bytes.insert(bytes.end(), body_.begin(), body_.end());
    return bytes;
}

} // namespace packetarium
