// SPDX-License-Identifier: GPL-3.0-or-later
//
// Field trees of frames that lie about themselves.
#include "tests/core/wire_captured_frames.h"
#include "tests/core/wire_tree.h"

namespace packetarium::wire_fields_hostile_test {

using namespace test;

namespace {

using enum FieldId;
using Ids = std::vector<FieldId>;

const Bytes kSyn = onTheCable(kRefusedSyn); // octets: 14 Ethernet, 20 IPv4, 40 TCP, 4 FCS
constexpr std::uint32_t kFcsAt = 74;

/// The nodes of kSyn with `octets` written over it.
std::vector<Field> nodesWith(std::size_t at, const Bytes& octets)
{
    const Bytes frame = overwritten(kSyn, at, octets);
    requireCovered(frame);
    return dissect(frame);
}

void requireRange(const Field& field, std::uint32_t begin, std::uint32_t end)
{
    REQUIRE(field.byteOffset() == begin);
    REQUIRE(field.byteLength() == end - begin);
}

} // namespace

TEST_CASE("What is not known is undecoded up to the frame check sequence", "[wire]")
{
    // IPv6 by its type but of version 4; MPLS; an 802.3 length
    for (const Bytes& type : {Bytes{0x86, 0xdd}, Bytes{0x88, 0x47}, Bytes{0x00, 0x2e}}) {
        const std::vector<Field> nodes = nodesWith(12, type);
        REQUIRE(idsOf(nodes) == Ids{Ethernet, Undecoded});
        REQUIRE(nodes[1].layer == Layer::Internet);
        requireRange(nodes[1], 14, kFcsAt);
    }
    const std::vector<Field> version6 = nodesWith(14, {0x65});
    REQUIRE(idsOf(version6) == Ids{Ethernet, Undecoded});
    requireRange(version6[1], 14, kFcsAt);
}

TEST_CASE("An impossible IPv4 header length shows the header without options", "[wire]")
{
    for (const int ihl : {0, 1, 4}) {
        INFO(ihl);
        const std::vector<Field> nodes = nodesWith(14, {static_cast<std::uint8_t>(0x40 | ihl)});
        REQUIRE(idsOf(nodes) == Ids{Ethernet, Ipv4, Undecoded});
        requireRange(nodes[1], 14, 34);
        requireRange(nodes[2], 34, kFcsAt);
        REQUIRE(get(nodes, IpIhl).value == number(static_cast<std::uint64_t>(ihl)));
        REQUIRE_FALSE(std::get<ChecksumValue>(get(nodes, IpHeaderChecksum).value).good());
    }
}

TEST_CASE("An IPv4 header may fill the payload, but not be longer", "[wire]")
{
    Bytes frame(kSyn.begin(), kSyn.begin() + 14 + 60 + 4); // fifteen words and no more
    frame[14] = 0x4f;
    frame[17] = 60;
    requireCovered(frame);
    REQUIRE(idsOf(dissect(frame)) == Ids{Ethernet, Ipv4});
    requireRange(get(dissect(frame), IpOptions), 34, 74);
    for (std::size_t size = 77; size >= 74; --size) {
        INFO(size);
        requireCovered(ByteView(frame).first(size));
        REQUIRE(idsOf(dissect(ByteView(frame).first(size))) == Ids{Ethernet, Ipv4, Undecoded});
    }
}

TEST_CASE("A longer IPv4 header length takes options out of what follows", "[wire]")
{
    const std::vector<Field> nodes = nodesWith(14, {0x46});
    REQUIRE(idsOf(nodes) == Ids{Ethernet, Ipv4, Tcp, Undecoded}); // TCP begins four octets late, with an odd offset
    requireRange(nodes[1], 14, 38);
    requireRange(get(nodes, IpOptions), 34, 38);
    requireRange(nodes[2], 38, 58);
}

TEST_CASE("A total length under the header's leaves the rest undecoded", "[wire]")
{
    for (const int length : {0, 19}) {
        INFO(length);
        const std::vector<Field> nodes = nodesWith(16, {0, static_cast<std::uint8_t>(length)});
        REQUIRE(idsOf(nodes) == Ids{Ethernet, Ipv4, Undecoded});
        REQUIRE(nodes[2].layer == Layer::Internet);
        requireRange(nodes[2], 34, kFcsAt);
        REQUIRE_FALSE(find(nodes, EthPadding));
    }
}

TEST_CASE("A total length that ends early makes padding of the rest", "[wire]")
{
    const std::vector<Field> none = nodesWith(16, {0, 20});
    REQUIRE(idsOf(none) == Ids{Ethernet, Ipv4});
    requireRange(get(none, EthPadding), 34, kFcsAt);

    const std::vector<Field> short19 = nodesWith(16, {0, 39});
    REQUIRE(idsOf(short19) == Ids{Ethernet, Ipv4, Undecoded});
    REQUIRE(short19[2].layer == Layer::Transport);
    requireRange(short19[2], 34, 53);
    requireRange(get(short19, EthPadding), 53, kFcsAt);
}

TEST_CASE("A total length past the frame shows what is there", "[wire]")
{
    const std::vector<Field> nodes = nodesWith(16, {0xff, 0xff});
    REQUIRE(idsOf(nodes) == Ids{Ethernet, Ipv4, Tcp});
    REQUIRE(get(nodes, IpTotalLength).value == number(65535));
    requireRange(nodes[2], 34, kFcsAt);
    REQUIRE_FALSE(find(nodes, EthPadding));
    // The segment itself is whole, so its checksum is the kernel's (06b3) and right.
    REQUIRE(get(nodes, TcpChecksum).value == FieldValue(ChecksumValue{0x06b3, 0x06b3}));
}

TEST_CASE("Other protocols are undecoded, and fragments are not opened", "[wire]")
{
    struct Row {
        std::size_t at;
        Bytes octets;
        FieldId content;
    };
    for (const Row& row : {Row{23, {132}, Undecoded}, Row{23, {58}, Undecoded}, Row{20, {0x20, 0x00}, IpFragmentData},
                           Row{20, {0x00, 0x01}, IpFragmentData}, Row{20, {0x1f, 0xff}, IpFragmentData}}) {
        const std::vector<Field> nodes = nodesWith(row.at, row.octets);
        REQUIRE(idsOf(nodes) == Ids{Ethernet, Ipv4, row.content});
        REQUIRE(nodes[2].layer == Layer::Transport);
        requireRange(nodes[2], 34, kFcsAt);
    }
    REQUIRE(idsOf(nodesWith(20, {0x80, 0x00})) == Ids{Ethernet, Ipv4, Tcp}); // the reserved bit is no fragment
}

TEST_CASE("An impossible TCP data offset shows the header without options", "[wire]")
{
    for (const int words : {0, 4, 11, 15}) { // 40 octets are there: ten words
        INFO(words);
        const std::vector<Field> nodes = nodesWith(46, {static_cast<std::uint8_t>(words << 4)});
        REQUIRE(idsOf(nodes) == Ids{Ethernet, Ipv4, Tcp, Undecoded});
        requireRange(nodes[2], 34, 54);
        REQUIRE(nodes[3].layer == Layer::Transport);
        requireRange(nodes[3], 54, kFcsAt);
        REQUIRE(get(nodes, TcpDataOffset).value == number(static_cast<std::uint64_t>(words)));
        REQUIRE_FALSE(find(nodes, TcpOptions));
    }
    const std::vector<Field> five = nodesWith(46, {0x50});
    REQUIRE(idsOf(five) == Ids{Ethernet, Ipv4, Tcp, Payload});
}

TEST_CASE("A checksum of ffff in place of 0000 is as good", "[wire]")
{
    // Putting a segment's own checksum into a field that was zero makes the sum ffff and the checksum 0000.
    TcpSegment s;
    const Bytes plain = encodeTcpFrame({}, {}, s);
    s.window = static_cast<std::uint16_t>(plain[50] << 8 | plain[51]);
    const Bytes zero = encodeTcpFrame({}, {}, s);
    REQUIRE(get(dissect(zero), TcpChecksum).value == FieldValue(ChecksumValue{0, 0}));
    const Bytes other = overwritten(zero, 50, {0xff, 0xff});
    REQUIRE(get(dissect(other), TcpChecksum).value == FieldValue(ChecksumValue{0xffff, 0xffff}));
    REQUIRE(decodeTcpFrame(other).error == FrameError::None);
}

TEST_CASE("Whatever bit is wrong, every bit is still in one field", "[wire]")
{
    for (const Bytes& frame : {kSyn, onTheCable(kRefusedRst), onTheCable(httpExchange()[3].hex)}) {
        for (std::size_t bit = 0; bit < frame.size() * 8; ++bit) {
            Bytes bad = frame;
            bad[bit / 8] ^= static_cast<std::uint8_t>(0x80 >> bit % 8);
            INFO("bit " << bit);
            requireCovered(bad);
        }
    }
}

} // namespace packetarium::wire_fields_hostile_test
