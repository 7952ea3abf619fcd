// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/wire_captured_frames.h"
#include "tests/core/wire_tree.h"

namespace packetarium::wire_fields_test {

using namespace test;

namespace {

const Bytes kRst = onTheCable(kRefusedRst); // 14 + 20 + 20 + 6 of padding + 4
const Bytes kSyn = onTheCable(kRefusedSyn); // 14 + 20 + 40 + 4

} // namespace

TEST_CASE("Every bit of a frame without options is one field, where the RFCs draw it", "[wire]")
{
    using enum FieldId;
    // Offsets of IPv4 count from bit 112 (14 octets), those of TCP from bit 272 (34 octets).
    // clang-format off
    const std::vector<Leaf> expected{
        {EthDestination, 0, 48}, {EthSource, 48, 48}, {EthType, 96, 16},
        {IpVersion, 112, 4}, {IpIhl, 116, 4}, {IpDscp, 120, 6}, {IpEcn, 126, 2}, {IpTotalLength, 128, 16},
        {IpIdentification, 144, 16}, {IpReserved, 160, 1}, {IpDontFragment, 161, 1}, {IpMoreFragments, 162, 1},
        {IpFragmentOffset, 163, 13}, {IpTtl, 176, 8}, {IpProtocol, 184, 8}, {IpHeaderChecksum, 192, 16},
        {IpSource, 208, 32}, {IpDestination, 240, 32},
        {TcpSourcePort, 272, 16}, {TcpDestinationPort, 288, 16}, {TcpSequence, 304, 32}, {TcpAcknowledgment, 336, 32},
        {TcpDataOffset, 368, 4}, {TcpReserved, 372, 4}, {TcpCwr, 376, 1}, {TcpEce, 377, 1}, {TcpUrg, 378, 1},
        {TcpAck, 379, 1}, {TcpPsh, 380, 1}, {TcpRst, 381, 1}, {TcpSyn, 382, 1}, {TcpFin, 383, 1},
        {TcpWindow, 384, 16}, {TcpChecksum, 400, 16}, {TcpUrgentPointer, 416, 16},
        {EthPadding, 432, 48}, {EthFcs, 480, 32},
    };
    // clang-format on
    REQUIRE(leavesOf(dissect(kRst)) == expected);
}

TEST_CASE("The nodes are the headers, outermost first", "[wire]")
{
    const std::vector<Field> nodes = dissect(kRst);
    REQUIRE(idsOf(nodes) == std::vector{FieldId::Ethernet, FieldId::Ipv4, FieldId::Tcp});
    REQUIRE(nodes[0].layer == Layer::Link);
    REQUIRE(nodes[1].layer == Layer::Internet);
    REQUIRE(nodes[2].layer == Layer::Transport);
    REQUIRE(nodes[0].byteOffset() == 0);
    REQUIRE(nodes[0].byteLength() == 14); // padding and FCS are its children all the same
    REQUIRE(nodes[1].byteOffset() == 14);
    REQUIRE(nodes[1].byteLength() == 20);
    REQUIRE(nodes[2].byteOffset() == 34);
    REQUIRE(nodes[2].byteLength() == 20);
    REQUIRE(get(nodes, FieldId::EthPadding).layer == Layer::Link);
    REQUIRE(get(nodes, FieldId::EthFcs).byteOffset() == 60);
}

TEST_CASE("Fields say what tshark says of the same frame", "[wire]")
{
    const std::vector<Field> nodes = dissect(kRst);
    const auto value = [&](FieldId id) { return get(nodes, id).value; };
    REQUIRE(value(FieldId::EthDestination) == FieldValue(MacAddress{{2, 0, 0, 0, 0, 0x0a}}));
    REQUIRE(value(FieldId::EthSource) == FieldValue(MacAddress{{2, 0, 0, 0, 0, 0x0b}}));
    REQUIRE(value(FieldId::EthType) == number(0x0800));
    REQUIRE(value(FieldId::IpVersion) == number(4));
    REQUIRE(value(FieldId::IpIhl) == number(5));
    REQUIRE(value(FieldId::IpDscp) == number(0));
    REQUIRE(value(FieldId::IpTotalLength) == number(40));
    REQUIRE(value(FieldId::IpFlags) == number(2));
    REQUIRE(value(FieldId::IpDontFragment) == number(1));
    REQUIRE(value(FieldId::IpMoreFragments) == number(0));
    REQUIRE(value(FieldId::IpTtl) == number(64));
    REQUIRE(value(FieldId::IpProtocol) == number(6));
    REQUIRE(value(FieldId::IpHeaderChecksum) == FieldValue(ChecksumValue{0x26ce, 0x26ce}));
    REQUIRE(value(FieldId::IpSource) == FieldValue(Ipv4Address{0x0a000002}));
    REQUIRE(value(FieldId::IpDestination) == FieldValue(Ipv4Address{0x0a000001}));
    REQUIRE(value(FieldId::TcpSourcePort) == number(81));
    REQUIRE(value(FieldId::TcpDestinationPort) == number(40001));
    REQUIRE(value(FieldId::TcpSequence) == FieldValue(Seq32(0)));
    REQUIRE(value(FieldId::TcpAcknowledgment) == FieldValue(Seq32(2462112562)));
    REQUIRE(value(FieldId::TcpDataOffset) == number(5));
    REQUIRE(value(FieldId::TcpFlagBits) == FieldValue(TcpFlags{TcpFlags::Rst | TcpFlags::Ack}));
    REQUIRE(value(FieldId::TcpAck) == number(1));
    REQUIRE(value(FieldId::TcpRst) == number(1));
    REQUIRE(value(FieldId::TcpSyn) == number(0));
    REQUIRE(value(FieldId::TcpWindow) == number(0));
    REQUIRE(value(FieldId::TcpChecksum) == FieldValue(ChecksumValue{0x9148, 0x9148}));
    REQUIRE(value(FieldId::TcpUrgentPointer) == number(0));
    REQUIRE(std::get<ChecksumValue>(value(FieldId::EthFcs)).good());
    REQUIRE(value(FieldId::Tcp) == FieldValue());
}

TEST_CASE("Bits that are usually zero are shown when they are set", "[wire]")
{
    Bytes frame = overwrittenIp(kRst, 15, {0xb9});  // DSCP 46 (expedited forwarding), ECN 1
    frame = overwrittenIp(frame, 20, {0x9f, 0xff}); // reserved bit, offset 8191: no TCP to be seen
    std::vector<Field> nodes = dissect(frame);
    REQUIRE(get(nodes, FieldId::IpDscp).value == number(46));
    REQUIRE(get(nodes, FieldId::IpEcn).value == number(1));
    REQUIRE(get(nodes, FieldId::IpReserved).value == number(1));
    REQUIRE(get(nodes, FieldId::IpDontFragment).value == number(0));
    REQUIRE(get(nodes, FieldId::IpFragmentOffset).value == number(8191));
    REQUIRE(nodes.back().id == FieldId::IpFragmentData);
    requireCovered(frame);

    frame = overwritten(kRst, 46, {0x5a, 0xaa});
    nodes = dissect(frame);
    REQUIRE(get(nodes, FieldId::TcpReserved).value == number(0xa));
    using enum FieldId;
    for (const FieldId set : {TcpCwr, TcpUrg, TcpPsh, TcpSyn})
        REQUIRE(get(nodes, set).value == number(1));
    for (const FieldId clear : {TcpEce, TcpAck, TcpRst, TcpFin})
        REQUIRE(get(nodes, clear).value == number(0));
}

TEST_CASE("TCP options are fields one by one", "[wire]")
{
    // tshark: MSS=1460 SACK_PERM TSval=3259852164 TSecr=0 WS=1024; the kernel's NOP stands before the window scale.
    const std::vector<Field> nodes = dissect(kSyn);
    const Field& options = get(nodes, FieldId::TcpOptions);
    REQUIRE(options.byteOffset() == 54);
    REQUIRE(options.byteLength() == 20);
    REQUIRE(idsOf(options.children) == std::vector{FieldId::TcpOptionMss, FieldId::TcpOptionSackPermitted,
                                                   FieldId::TcpOptionTimestamps, FieldId::TcpOptionNop,
                                                   FieldId::TcpOptionWindowScale});
    REQUIRE(options.children[0].value == number(1460));
    REQUIRE(options.children[0].byteLength() == 4);
    REQUIRE(options.children[1].value == FieldValue());
    REQUIRE(options.children[1].byteLength() == 2);
    REQUIRE(options.children[2].value == FieldValue(std::string("TSval 3259852164, TSecr 0")));
    REQUIRE(options.children[2].byteLength() == 10);
    REQUIRE(options.children[4].value == number(10)); // windows count in units of 1024
    REQUIRE(options.children[4].byteLength() == 3);
    requireCovered(kSyn);
}

TEST_CASE("The end of the option list takes in what stands behind it", "[wire]")
{
    const Bytes frame = overwritten(kSyn, 58, {0x00}); // in place of SACK permitted
    const Field options = get(dissect(frame), FieldId::TcpOptions);
    REQUIRE(idsOf(options.children) == std::vector{FieldId::TcpOptionMss, FieldId::TcpOptionEnd});
    REQUIRE(options.children[1].byteOffset() == 58);
    REQUIRE(options.children[1].byteLength() == 16);
    requireCovered(frame);
}

TEST_CASE("An option with an impossible length leaves the rest undecoded", "[wire]")
{
    for (const int length : {0, 1, 17, 255}) { // 16 octets are left
        INFO(length);
        const Bytes frame = overwritten(kSyn, 59, {static_cast<std::uint8_t>(length)});
        const Field options = get(dissect(frame), FieldId::TcpOptions);
        REQUIRE(idsOf(options.children) == std::vector{FieldId::TcpOptionMss, FieldId::Undecoded});
        REQUIRE(options.children[1].byteOffset() == 58);
        REQUIRE(options.children[1].byteLength() == 16);
        requireCovered(frame);
    }
}

TEST_CASE("Data is one field of the application layer", "[wire]")
{
    const Bytes frame = onTheCable(simultaneousOpen()[6].hex); // "from A"
    const std::vector<Field> nodes = dissect(frame);
    REQUIRE(idsOf(nodes) == std::vector{FieldId::Ethernet, FieldId::Ipv4, FieldId::Tcp, FieldId::Payload});
    REQUIRE(nodes[3].layer == Layer::Application);
    REQUIRE(nodes[3].byteOffset() == 66);
    REQUIRE(nodes[3].byteLength() == 6);
    REQUIRE(nodes[3].value == FieldValue());
    REQUIRE_FALSE(find(nodes, FieldId::EthPadding));
    requireCovered(frame);
}

TEST_CASE("A wrong checksum is shown beside the right one", "[wire]")
{
    Bytes frame = kRst;
    frame[25] ^= 0x01; // IPv4 26ce -> 26cf
    frame[50] ^= 0x80; // TCP 9148 -> 1148
    const std::vector<Field> nodes = dissect(frame);
    REQUIRE(get(nodes, FieldId::IpHeaderChecksum).value == FieldValue(ChecksumValue{0x26cf, 0x26ce}));
    REQUIRE(get(nodes, FieldId::TcpChecksum).value == FieldValue(ChecksumValue{0x1148, 0x9148}));
    const auto fcs = std::get<ChecksumValue>(get(nodes, FieldId::EthFcs).value);
    REQUIRE_FALSE(fcs.good());
    REQUIRE(fcs.value == std::get<ChecksumValue>(get(dissect(kRst), FieldId::EthFcs).value).value);
}

TEST_CASE("A frame cut anywhere is covered by fields to its last bit", "[wire]")
{
    const Bytes full = onTheCable(httpExchange()[3].hex);
    for (std::size_t size = 0; size <= full.size(); ++size) {
        INFO(size);
        requireCovered(ByteView(full).first(size));
    }
    REQUIRE(dissect({}).empty());
    REQUIRE(idsOf(dissect(ByteView(full).first(13))) == std::vector{FieldId::Undecoded});
    REQUIRE(idsOf(dissect(ByteView(full).first(14))) == std::vector{FieldId::Ethernet});
    REQUIRE(idsOf(dissect(ByteView(full).first(17))) == std::vector{FieldId::Ethernet, FieldId::Undecoded});
    REQUIRE(find(dissect(ByteView(full).first(18)), FieldId::EthFcs));
}

} // namespace packetarium::wire_fields_test
