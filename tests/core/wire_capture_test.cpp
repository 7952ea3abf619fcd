// SPDX-License-Identifier: GPL-3.0-or-later
//
// The codec against a Linux kernel's own frames and tshark's reading of them.
#include "tests/core/wire_bytes.h"
#include "tests/core/wire_captured_frames.h"
#include "tests/support/catch.h"

#include <map>

namespace packetarium::wire_capture_test {

using test::CapturedFrame;
using test::fromHex;

namespace {

/// Each frame decodes to what tshark says of it, and is encoded again as the kernel would have.
template <std::size_t N>
void checkExchange(const std::array<CapturedFrame, N>& frames)
{
    std::map<std::uint16_t, Seq32> firstNumbers; // by source port
    for (std::size_t i = 0; i < N; ++i) {
        const CapturedFrame& expected = frames[i];
        INFO("frame " << i + 1);
        const Bytes cable = test::onTheCable(expected.hex);
        const DecodedFrame got = decodeTcpFrame(cable);
        REQUIRE(got.error == FrameError::None);

        const bool fromClient = got.ip.source == Ipv4Address{0x0a000001};
        const MacAddress a{{2, 0, 0, 0, 0, 0x0a}};
        const MacAddress b{{2, 0, 0, 0, 0, 0x0b}};
        REQUIRE(got.eth == EthernetHeader{fromClient ? b : a, fromClient ? a : b, 0x0800});
        REQUIRE(got.ip.destination == Ipv4Address{fromClient ? 0x0a000002u : 0x0a000001u});
        REQUIRE(got.ip.ttl == 64);
        REQUIRE(got.ip.dontFragment);
        REQUIRE(got.tcp.sourcePort == expected.sourcePort);
        REQUIRE(got.tcp.destinationPort == expected.destinationPort);
        REQUIRE(got.tcp.flags.toString() == expected.flags);
        REQUIRE(got.tcp.payload.size() == expected.length);
        REQUIRE(got.tcp.mss == (got.tcp.flags.syn() ? std::optional<std::uint16_t>(1460) : std::nullopt));
        REQUIRE(got.tcp.window * (got.tcp.flags.syn() ? 1u : 1024u) == expected.window);
        if (got.tcp.flags.syn())
            firstNumbers[got.tcp.sourcePort] = got.tcp.seq;
        REQUIRE(got.tcp.seq == firstNumbers.at(got.tcp.sourcePort) + expected.relativeSeq);
        if (got.tcp.flags.ack())
            REQUIRE(got.tcp.ack == firstNumbers.at(got.tcp.destinationPort) + expected.relativeAck);

        const Bytes again = encodeTcpFrame(got.eth, got.ip, got.tcp);
        REQUIRE(Bytes(again.begin(), again.end() - 4) ==
                fromHex(expected.hex)); // with every option where the kernel has it
    }
}

} // namespace

TEST_CASE("A kernel's HTTP exchange is read as tshark reads it", "[wire]")
{
    checkExchange(test::httpExchange());
    const DecodedFrame request = decodeTcpFrame(test::onTheCable(test::httpExchange()[3].hex));
    const std::string_view text = "GET / HTTP/1.1\r\nHost: 10.0.0.2\r\nConnection: close\r\n\r\n";
    REQUIRE(request.tcp.payload == Bytes(text.begin(), text.end()));
    const DecodedFrame syn = decodeTcpFrame(test::onTheCable(test::httpExchange()[0].hex));
    REQUIRE(syn.tcp.seq == Seq32(3176242742));
    REQUIRE(syn.ip.identification == 0x0795);
    REQUIRE(syn.ip.totalLength == 60);
}

TEST_CASE("A kernel's simultaneous open is read as tshark reads it", "[wire]")
{
    checkExchange(test::simultaneousOpen());
}

TEST_CASE("Given a kernel's fields, the encoder makes the kernel's octets", "[wire]")
{
    // tshark of the answer to a SYN for a closed port: 81 -> 40001 [RST, ACK], raw seq 0, raw ack 2462112562.
    EthernetHeader eth;
    eth.destination = {{2, 0, 0, 0, 0, 0x0a}};
    eth.source = {{2, 0, 0, 0, 0, 0x0b}};
    Ipv4Header ip;
    ip.source = {0x0a000002};
    ip.destination = {0x0a000001};
    TcpSegment rst;
    rst.sourcePort = 81;
    rst.destinationPort = 40001;
    rst.ack = Seq32(2462112562);
    rst.flags.bits = TcpFlags::Rst | TcpFlags::Ack;
    REQUIRE(encodeTcpFrame(eth, ip, rst) == test::onTheCable(test::kRefusedRst));

    const DecodedFrame syn = decodeTcpFrame(test::onTheCable(test::kRefusedSyn));
    REQUIRE(syn.error == FrameError::None);
    REQUIRE(rst.ack == syn.tcp.seq + 1);
    const DecodedFrame answer = decodeTcpFrame(test::onTheCable(test::kRefusedRst));
    REQUIRE(answer.tcp == rst);
    REQUIRE(answer.tcp.segLen() == 0);
}

} // namespace packetarium::wire_capture_test
