// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/wire_frame.h"

#include "core/wire/bytes.h"
#include "core/wire/ip.h"

namespace packetarium {

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
    Bytes whole = octets();
    if (whole.size() < kEthernetHeaderSize + kFcsSize)
        return false;
    const std::span<std::uint8_t> covered = std::span(whole).first(whole.size() - kFcsSize);
    const std::uint16_t type = readU16(covered, 12);
    if ((type != kEtherTypeIpv4 && type != kEtherTypeIpv6) ||
        !packetarium::markCongestion(covered.subspan(kEthernetHeaderSize)))
        return false;
    const std::uint32_t fcs = frameCheckSequence(covered);
    for (std::size_t i = 0; i < kFcsSize; ++i)
        whole[covered.size() + i] = static_cast<std::uint8_t>(fcs >> (8 * i) & 0xff);
    *this = WireFrame(std::move(whole));
    return true;
}

void WireFrame::writeTo(std::uint8_t* out) const
{
    std::uint8_t* at = std::copy(head_.octets.begin(), head_.octets.begin() + head_.size, out);
    at = std::copy(body_.begin(), body_.end(), at);
    if (isWhole())
        return;
    const std::size_t covered = size() - kFcsSize;
    std::fill(at, out + covered, std::uint8_t{0});
    const std::uint32_t fcs = frameCheckSequence(ByteView(out, covered));
    for (std::size_t i = 0; i < kFcsSize; ++i)
        out[covered + i] = static_cast<std::uint8_t>(fcs >> (8 * i) & 0xff);
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
