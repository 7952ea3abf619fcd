// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any octets as a frame: decodeTcpFrame() and dissect() must stay inside them, account for every bit once, and agree
// with each other and with the encoder. Random octets hardly ever have good checksums, so each input is tried twice:
// as it is, and with its checksums made right.
#include "tests/fuzz/frame_checks.h"

using namespace packetarium;

namespace {

using fuzz::checkTree;
using fuzz::must;

void checkAllSumsGood(const std::vector<Field>& fields)
{
    for (const Field& field : fields) {
        if (const auto* sum = std::get_if<ChecksumValue>(&field.value))
            must(sum->good(), "decoded cleanly, yet a field shows a bad checksum");
        checkAllSumsGood(field.children);
    }
}

void checkPayload(const std::vector<Field>& nodes, ByteView frame, ByteView payload)
{
    const auto first =
        std::find_if(nodes.begin(), nodes.end(), [](const Field& node) { return node.layer == Layer::Application; });
    must((first != nodes.end()) == !payload.empty(), "decoder and fields disagree on whether there is payload");
    if (payload.empty())
        return;
    const std::size_t end = nodes.back().byteOffset() + nodes.back().byteLength();
    const ByteView bytes = frame.subspan(first->byteOffset(), end - first->byteOffset());
    must(std::equal(bytes.begin(), bytes.end(), payload.begin(), payload.end()),
         "decoder and fields read other payload");
}

void checkRoundTrip(DecodedFrame first)
{
    const Bytes encoded = encodeTcpFrame(first.eth, first.ip, first.tcp);
    const DecodedFrame again = decodeTcpFrame(encoded);
    must(again.error == FrameError::None, "what was encoded does not decode");
    // Unknown options are not encoded again, nor SACK blocks for which there is no room, so the length is the encoder's own.
    must(again.tcp.sack.size() <= first.tcp.sack.size(), "a SACK block out of nowhere");
    first.tcp.sack = again.tcp.sack;
    first.ip.totalLength = static_cast<std::uint16_t>(
        kIpv4HeaderSize + encodeTcp(first.tcp, first.ip.source, first.ip.destination).size());
    must(again.eth == first.eth && again.ip == first.ip && again.tcp == first.tcp, "decode(encode(x)) is not x");
    must(encodeTcpFrame(again.eth, again.ip, again.tcp) == encoded, "encode(decode(encode(x))) is not encode(x)");
}

void checkFrame(ByteView frame)
{
    const std::vector<Field> nodes = dissect(frame);
    checkTree(nodes, frame);
    const DecodedFrame decoded = decodeTcpFrame(frame);
    must((decoded.error == FrameError::BadTcp) == (decoded.tcpError != TcpDecodeError::None), "two answers about TCP");
    if (decoded.error != FrameError::None)
        return;
    checkAllSumsGood(nodes);
    checkPayload(nodes, frame, decoded.tcp.payload);
    checkRoundTrip(decoded);
}

void storeChecksum(Bytes& frame, std::size_t at, std::size_t begin, std::size_t end, std::uint32_t sum)
{
    frame[at] = frame[at + 1] = 0;
    const std::uint16_t value = checksumFinish(checksumAdd(sum, ByteView(frame).subspan(begin, end - begin)));
    frame[at] = static_cast<std::uint8_t>(value >> 8);
    frame[at + 1] = static_cast<std::uint8_t>(value & 0xff);
}

/// The same frame with those of its checksums made right that have a place in it.
Bytes withGoodSums(ByteView view)
{
    Bytes frame(view.begin(), view.end());
    if (frame.size() < kEthernetHeaderSize + kEthernetMinPayload + kFcsSize)
        return frame;
    const std::size_t ip = kEthernetHeaderSize;
    const std::size_t end = frame.size() - kFcsSize;
    const std::size_t tcp = ip + (frame[ip] & 0x0fu) * 4;
    const std::size_t tcpEnd = ip + (frame[ip + 2] << 8 | frame[ip + 3]);
    if (tcp >= ip + kIpv4HeaderSize && tcp <= end)
        storeChecksum(frame, ip + 10, ip, tcp, 0);
    if (tcpEnd <= end && tcpEnd >= tcp + kTcpHeaderSize) {
        const Bytes protocolAndLength{0, 6, static_cast<std::uint8_t>((tcpEnd - tcp) >> 8),
                                      static_cast<std::uint8_t>((tcpEnd - tcp) & 0xff)};
        const std::uint32_t addresses = checksumAdd(0, ByteView(frame).subspan(ip + 12, 8));
        storeChecksum(frame, tcp + 16, tcp, tcpEnd, checksumAdd(addresses, protocolAndLength));
    }
    const std::uint32_t fcs = frameCheckSequence(ByteView(frame).first(end));
    for (std::size_t i = 0; i < kFcsSize; ++i)
        frame[end + i] = static_cast<std::uint8_t>(fcs >> (8 * i) & 0xff);
    return frame;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const ByteView input(data, size);
    checkFrame(input);
    checkFrame(withGoodSums(input));
    decodeTcp(input, {}, {});
    return 0;
}
