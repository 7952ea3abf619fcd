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

void WireFrame::appendTo(Bytes& out) const
{
    if (isWhole()) {
        out.insert(out.end(), body_.begin(), body_.end());
        return;
    }
    const std::size_t from = out.size(), covered = size() - kFcsSize;
    out.insert(out.end(), head_.begin(), head_.begin() + headSize_);
    out.insert(out.end(), body_.begin(), body_.end());
    out.resize(from + covered);
    const std::uint32_t fcs = frameCheckSequence(ByteView(out).subspan(from));
    for (std::size_t i = 0; i < kFcsSize; ++i)
        out.push_back(static_cast<std::uint8_t>(fcs >> (8 * i) & 0xff));
}

Bytes WireFrame::octets() const
{
    Bytes frame;
    frame.reserve(size());
    appendTo(frame);
    return frame;
}

Bytes WireFrame::payload() const
{
    Bytes bytes(head_.begin() + kEthernetHeaderSize, head_.begin() + headSize_);
    bytes.insert(bytes.end(), body_.begin(), body_.end());
    return bytes;
}

} // namespace packetarium
