// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/frame.h"

#include <utility>

namespace packetarium {

Bytes encodeTcpFrame(const EthernetHeader& eth, const Ipv4Header& ip, const TcpSegment& tcp)
{
    return encodeEthernet(eth, encodeIpv4(ip, encodeTcp(tcp, ip.source, ip.destination)));
}

DecodedFrame decodeTcpFrame(ByteView frame)
{
    DecodedFrame decoded;
    const auto stop = [&decoded](FrameError error) {
        decoded.error = error;
        return decoded;
    };
    const EthernetDecoded ethernet = decodeEthernet(frame);
    decoded.eth = ethernet.header;
    if (ethernet.error != EthernetError::None)
        return stop(ethernet.error == EthernetError::TooShort ? FrameError::TooShort : FrameError::BadFcs);
    if (decoded.eth.etherType != kEtherTypeIpv4)
        return stop(FrameError::NotIpv4);

    const Ipv4Decoded ip = decodeIpv4(ethernet.payload);
    decoded.ip = ip.header;
    if (ip.error != IpError::None)
        return stop(ip.error == IpError::BadChecksum ? FrameError::BadIpChecksum : FrameError::BadIpHeader);
    if (ip.header.protocol != kProtocolTcp || ip.header.isFragment())
        return stop(FrameError::NotTcp);

    TcpDecoded tcp = decodeTcp(ip.payload, ip.header.source, ip.header.destination);
    decoded.tcp = std::move(tcp.segment);
    decoded.tcpError = tcp.error;
    if (tcp.error != TcpDecodeError::None)
        decoded.error = FrameError::BadTcp;
    return decoded;
}

} // namespace packetarium
