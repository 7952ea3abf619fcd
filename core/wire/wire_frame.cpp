// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/wire_frame.h"

#include "core/wire/bytes.h"

namespace packetarium {

void WireFrame::setEthernet(const EthernetHeader& header)
{
    std::copy(header.destination.octets.begin(), header.destination.octets.end(), head_.begin());
    std::copy(header.source.octets.begin(), header.source.octets.end(), head_.begin() + 6);
    head_[12] = static_cast<std::uint8_t>(header.etherType >> 8);
    head_[13] = static_cast<std::uint8_t>(header.etherType & 0xff);
}

EthernetHeader WireFrame::ethernet() const
{
    return {readMac(head(), 0), readMac(head(), 6), readU16(head(), 12)};
}

Bytes WireFrame::octets() const
{
    if (isWhole())
        return Bytes(body_.begin(), body_.end());
    Bytes frame(size());
    std::copy_n(head_.begin(), headSize_, frame.begin());
    std::copy(body_.begin(), body_.end(), frame.begin() + headSize_);
    const std::size_t covered = frame.size() - kFcsSize;
    const std::uint32_t fcs = frameCheckSequence(ByteView(frame).first(covered));
    for (std::size_t i = 0; i < kFcsSize; ++i)
        frame[covered + i] = static_cast<std::uint8_t>(fcs >> (8 * i) & 0xff);
    return frame;
}

Bytes WireFrame::payload() const
{
    Bytes bytes(head_.begin() + kEthernetHeaderSize, head_.begin() + headSize_);
    bytes.insert(bytes.end(), body_.begin(), body_.end());
    return bytes;
}

} // namespace packetarium
