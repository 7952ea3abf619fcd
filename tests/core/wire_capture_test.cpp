// SPDX-License-Identifier: GPL-3.0-or-later
//
// The codec against a Linux kernel's own frames and tshark's reading of them.
#include "tests/core/wire_bytes.h"
#include "tests/core/wire_captured_frames.h"
#include "tests/support/catch.h"

#include <map>

using namespace packetarium;
using test::CapturedFrame;
using test::fromHex;

namespace {

std::uint16_t wordAt(const Bytes& bytes, std::size_t at)
{
    return static_cast<std::uint16_t>(bytes[at] << 8 | bytes[at + 1]);
}

/// One's complement sums by hand, so that the kernel's checksums and not our own arithmetic decide.
class Checksum {
public:
    explicit Checksum(std::uint16_t kernels)
        : sum_(~kernels & 0xffffu)
    {}
    void plus(unsigned word) { sum_ += word & 0xffffu; }
    void minus(unsigned word) { sum_ += ~word & 0xffffu; }
    std::uint16_t value() const
    {
        unsigned s = sum_;
        while (s > 0xffff)
            s = (s & 0xffff) + (s >> 16);
        return static_cast<std::uint16_t>(~s & 0xffff);
    }

private:
    unsigned sum_;
};

void store(Bytes& bytes, std::size_t at, unsigned word)
{
    bytes[at] = static_cast<std::uint8_t>(word >> 8);
    bytes[at + 1] = static_cast<std::uint8_t>(word & 0xff);
}

/// The kernel's frame as it would be without the options that our encoder does not write. Its checksums are the
/// kernel's, less the words that go and plus the words that change (RFC 1624).
Bytes withoutOtherOptions(const Bytes& kernels, bool keepMss)
{
    constexpr std::size_t kIp = 14, kTcp = 34;
    const std::size_t optionsBegin = kTcp + 20 + (keepMss ? 4 : 0);
    const std::size_t optionsEnd = kTcp + (kernels[kTcp + 12] >> 4) * 4u;
    Bytes frame = kernels;
    Checksum ip(wordAt(kernels, kIp + 10));
    Checksum tcp(wordAt(kernels, kTcp + 16));
    for (std::size_t at = optionsBegin; at < optionsEnd; at += 2)
        tcp.minus(wordAt(kernels, at));

    const unsigned gone = static_cast<unsigned>(optionsEnd - optionsBegin);
    const unsigned totalLength = wordAt(kernels, kIp + 2);
    ip.minus(totalLength);
    ip.plus(totalLength - gone);
    tcp.minus(totalLength - 20); // in the pseudo-header
    tcp.plus(totalLength - 20 - gone);
    const unsigned offsetAndFlags = wordAt(kernels, kTcp + 12);
    tcp.minus(offsetAndFlags);
    tcp.plus(offsetAndFlags - (gone / 4 << 12));

    store(frame, kIp + 2, totalLength - gone);
    store(frame, kIp + 10, ip.value());
    store(frame, kTcp + 12, offsetAndFlags - (gone / 4 << 12));
    store(frame, kTcp + 16, tcp.value());
    frame.erase(frame.begin() + static_cast<std::ptrdiff_t>(optionsBegin),
                frame.begin() + static_cast<std::ptrdiff_t>(optionsEnd));
    frame.resize(std::max<std::size_t>(frame.size(), 60));
    return frame;
}

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
                withoutOtherOptions(fromHex(expected.hex), got.tcp.mss.has_value()));
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
