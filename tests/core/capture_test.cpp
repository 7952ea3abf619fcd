// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/capture/pcapng_writer.h"
#include "tests/support/catch.h"
#include "tests/support/network_trace.h"
#include "tests/support/trace_builder.h"
#include "tests/support/tshark.h"

#include <algorithm>
#include <sstream>

namespace packetarium::capture_test {

namespace {

std::string pcapng(const Trace& trace, NodeId host = NodeId::none())
{
    std::stringstream out;
    writePcapng(out, trace, host);
    return out.str();
}

std::uint32_t u32(std::string_view bytes, std::size_t at)
{
    std::uint32_t v = 0;
    for (std::size_t i = 0; i < 4; ++i)
        v |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes.at(at + i))) << (8 * i);
    return v;
}

std::uint32_t u16(std::string_view bytes, std::size_t at)
{
    return u32(std::string(bytes.substr(at, 2)) + std::string(2, '\0'), 0);
}

struct ReadBlock {
    std::uint32_t type = 0;
    std::string body; ///< between the two lengths
};

/// draft-ietf-opsawg-pcapng §3.1: type, length, body, length again; a multiple of four.
std::vector<ReadBlock> blocksOf(const std::string& file)
{
    std::vector<ReadBlock> blocks;
    for (std::size_t at = 0; at < file.size();) {
        const std::uint32_t length = u32(file, at + 4);
        REQUIRE(length % 4 == 0);
        REQUIRE(length >= 12);
        REQUIRE(at + length <= file.size());
        REQUIRE(u32(file, at + length - 4) == length);
        blocks.push_back({u32(file, at), file.substr(at + 8, length - 12)});
        at += length;
    }
    return blocks;
}

/// The option's octets; empty if it is not there. Walks to the end-of-options, which must be there.
std::string option(std::string_view options, std::uint32_t code)
{
    std::string found;
    while (u16(options, 0) != 0) {
        const std::uint32_t length = u16(options, 2);
        if (u16(options, 0) == code)
            found = options.substr(4, length);
        options.remove_prefix(4 + (length + 3) / 4 * 4);
    }
    CHECK(options.size() == 4);
    return found;
}

struct ReadPacket {
    SimTime at; ///< since the start of the run
    std::string frame;
    std::string comment;
    std::uint32_t flags = 0;
    std::uint32_t interface = 0;
    bool inbound() const { return (flags & 3) == 1; }
};

std::vector<ReadPacket> packetsOf(const std::string& file)
{
    const std::uint64_t start2000 = 946'684'800; // date -u -d 2000-01-01 +%s
    std::vector<ReadPacket> packets;
    for (const ReadBlock& block : blocksOf(file)) {
        if (block.type != 6)
            continue;
        const std::string_view body = block.body;
        const std::uint64_t stamp = static_cast<std::uint64_t>(u32(body, 4)) << 32 | u32(body, 8);
        const std::uint32_t length = u32(body, 12);
        CHECK(u32(body, 16) == length);
        const std::string_view options = body.substr(20 + (length + 3) / 4 * 4);
        packets.push_back({SimTime::fromNs(static_cast<std::int64_t>(stamp - start2000 * 1'000'000'000)),
                           std::string(body.substr(20, length)), option(options, 1), u32(option(options, 2), 0),
                           u32(body, 0)});
    }
    return packets;
}

/// A few segments to whom everything happens that can.
Trace troubledTrace()
{
    TraceBuilder b;
    const ConnId client = b.conn(ms(0), kClient, 49152, 80);
    const ConnId server = b.conn(ms(0), kServer, 80, 49152);
    const PacketId plain = b.send(ms(0), client, {"PSH,ACK", 101, 301, 10});
    const PacketId lost = b.send(ms(1), client, {"PSH,ACK", 111, 301, 10});
    const PacketId spoilt = b.send(ms(2), server, {"PSH,ACK", 301, 101, 10});
    const PacketId full = b.send(ms(3), server, {"PSH,ACK", 311, 101, 10});
    b.lose(ms(3), full, Reason::LostQueueFull);
    b.corrupt(ms(3), spoilt, 8 * 54); // the first octet of its data
    const PacketId copy = b.duplicate(ms(4), spoilt);
    const PacketId forged = b.inject(ms(5), kServer, {"RST", 7});
    b.lose(ms(11), lost);
    b.arrive(forged, client);
    b.arrive(plain, server);
    b.arrive(spoilt, client);
    b.arrive(copy, client);
    return b.trace;
}

} // namespace

TEST_CASE("a capture is a section header, an interface and its packets", "[capture]")
{
    const auto blocks = blocksOf(pcapng(handshakeTrace()));
    REQUIRE(blocks.size() == 5);
    CHECK(blocks[0].type == 0x0A0D0D0A);
    CHECK(u32(blocks[0].body, 0) == 0x1A2B3C4D);
    CHECK(u16(blocks[0].body, 4) == 1);
    CHECK(u16(blocks[0].body, 6) == 0);
    CHECK(option(std::string_view(blocks[0].body).substr(16), 4).substr(0, 11) == "Packetarium");

    CHECK(blocks[1].type == 1);
    CHECK(u16(blocks[1].body, 0) == 1); // LINKTYPE_ETHERNET
    const std::string_view options = std::string_view(blocks[1].body).substr(8);
    CHECK(option(options, 2) == "client");
    CHECK(option(options, 9) == std::string(1, 9));  // stamps count 10^-9 s
    CHECK(option(options, 13) == std::string(1, 4)); // frames end with four octets of FCS
    for (std::size_t i = 2; i < blocks.size(); ++i) {
        CHECK(blocks[i].type == 6);
        CHECK(u32(blocks[i].body, 0) == 0); // of the one interface
    }
}

TEST_CASE("frames are stamped as the interface sees them", "[capture]")
{
    const Trace trace = handshakeTrace();
    const auto instants = [&](NodeId host) {
        std::vector<std::int64_t> times;
        for (const ReadPacket& p : packetsOf(pcapng(trace, host)))
            times.push_back(p.at.ns() / 1'000'000);
        return times;
    };
    CHECK(instants(kClient) == std::vector<std::int64_t>{0, 40, 40});
    CHECK(instants(kServer) == std::vector<std::int64_t>{20, 20, 60});
    CHECK(pcapng(trace) == pcapng(trace, kClient));

    const auto packets = packetsOf(pcapng(trace));
    CHECK_FALSE(packets[0].inbound());
    CHECK(packets[1].inbound());
    CHECK(packets[1].comment == "sent-syn-ack; RFC 9293 §3.10.7.2, third");
    CHECK((packets[1].flags >> 5 & 0xf) == 4); // length of the FCS
    const FrameBytes frame = trace.bytes(PacketId(1));
    CHECK(packets[1].frame == std::string(frame.octets().begin(), frame.octets().end()));
}

TEST_CASE("each tap sees what passes it, and how", "[capture]")
{
    const Trace trace = troubledTrace();
    const auto client = packetsOf(pcapng(trace, kClient));
    const auto server = packetsOf(pcapng(trace, kServer));

    // The client sends two and gets the forgery, the damaged one, and its copy.
    REQUIRE(client.size() == 5);
    CHECK(client[2].comment == "sent-injected");
    for (const std::size_t i : {std::size_t{3}, std::size_t{4}}) {
        CHECK(client[i].frame[54] == '\xe1');     // 'a' with its first bit flipped
        CHECK((client[i].flags & 1u << 24) != 0); // CRC error
    }
    // The server sends one (the other found the queue full), whole, and gets one: the other was lost.
    REQUIRE(server.size() == 2);
    CHECK_FALSE(server[0].inbound());
    CHECK(server[0].frame[54] == 'a');
    CHECK((server[0].flags & 1u << 24) == 0);
    CHECK(server[1].inbound());
}

TEST_CASE("a segment that waits for the link is seen when it leaves", "[capture]")
{
    TraceBuilder b;
    const ConnId client = b.conn(ms(0), kClient, 49152, 80);
    const PacketId first = b.send(ms(0), client, {"ACK", 1});
    const PacketId waits = b.send(ms(0), client, {"ACK", 2});
    const PacketId never = b.send(ms(0), client, {"ACK", 3});
    {
        PacketInfo info = b.trace.packet(waits);
        info.txStart = ms(15);
        b.trace.setPacket(info);
    }
    {
        PacketInfo info = b.trace.packet(never);
        info.txStart = ms(300);
        b.trace.setPacket(info);
    }
    const PacketId answer = b.sendFrom(ms(0), kServer, {"ACK", 4}, Reason::SentAppWrite);
    b.arriveAt(ms(10), answer);
    b.arriveAt(ms(20), first);
    const auto packets = packetsOf(pcapng(b.trace)); // the run ends before the third leaves
    REQUIRE(packets.size() == 3);
    CHECK(packets[1].inbound());
    CHECK(packets[2].at == ms(15));
}

TEST_CASE("an empty run is an empty capture", "[capture]")
{
    CHECK(blocksOf(pcapng(Trace())).size() == 2);
}

TEST_CASE("tshark reads a handshake and finds nothing wrong", "[capture]")
{
    if (!hasTshark()) {
        WARN("tshark is not installed");
        return;
    }
    const std::string capture = pcapng(handshakeTrace());
    const std::string text =
        tshark(capture, "-T fields -E separator=, -e tcp.flags.str -e tcp.seq_raw -e tcp.ack_raw -e eth.fcs.status "
                        "-e ip.checksum.status -e tcp.checksum.status -e frame.comment -e frame.interface_name");
    INFO(text);
    std::istringstream lines(text);
    for (const char* want : {"100,0,1,1,1,sent-connect; RFC 9293 §3.10.1,client",
                             "300,101,1,1,1,sent-syn-ack; RFC 9293 §3.10.7.2, third,client",
                             "101,301,1,1,1,sent-ack-of-syn; RFC 9293 §3.10.7.3, fourth,client"}) {
        std::string line;
        while (std::getline(lines, line) && line.find(",client") == std::string::npos) {}
        CHECK_THAT(line, containsText(want));
    }
    CHECK(framesWithProblems(capture).empty());
    CHECK_THAT(tshark(capture, "-t ud -c 1"), containsText("2000-01-01 00:00:00"));
}

TEST_CASE("tshark finds exactly the damaged frames damaged", "[capture]")
{
    if (!hasTshark()) {
        WARN("tshark is not installed");
        return;
    }
    const std::string numbers = " -T fields -e frame.number";
    const std::string atClient = pcapng(troubledTrace(), kClient);
    CHECK_THAT(tshark(atClient, "-Y 'eth.fcs.status == 0'" + numbers), containsText("4\n5\n"));
    CHECK_THAT(tshark(atClient, "-Y 'frame.packet_flags_crc_error == 1'" + numbers), containsText("4\n5\n"));
    CHECK(framesWithProblems(atClient).empty());
    CHECK(framesWithProblems(pcapng(troubledTrace(), kServer)).empty());

    // That the check finds what it looks for: the same octets without the mark of damage.
    std::string unmarked = atClient;
    for (std::size_t at = 0; (at = unmarked.find(std::string("\x81\0\0\x01", 4), at)) != std::string::npos; ++at)
        unmarked[at + 3] = '\0';
    CHECK_THAT(framesWithProblems(unmarked), containsText("4 ") && containsText("5 "));
}

namespace {

std::vector<std::string> interfacesOf(const std::string& file)
{
    std::vector<std::string> names;
    for (const ReadBlock& block : blocksOf(file))
        if (block.type == 1)
            names.push_back(option(std::string_view(block.body).substr(8), 2));
    return names;
}

std::vector<std::uint32_t> interfaceOfEachPacket(const std::string& file)
{
    std::vector<std::uint32_t> interfaces;
    for (const ReadPacket& packet : packetsOf(file))
        interfaces.push_back(packet.interface);
    return interfaces;
}

} // namespace

TEST_CASE("a node with several cables is captured at each, an interface for each", "[capture]")
{
    // A request and its answer, over the switch's two ports, and so over the router's.
    const Trace trace = imageRequestTrace();
    for (const NodeId node : {kNetRouter, kNetSwitch}) {
        const std::string file = pcapng(trace, node);
        const std::vector<std::string> names = interfacesOf(file);
        REQUIRE(names.size() == 2);
        CHECK(names[0] != names[1]);
        std::vector<std::uint32_t> interfaces = interfaceOfEachPacket(file);
        REQUIRE(interfaces.size() == 4);
        CHECK(interfaces[0] != interfaces[1]); // in at the one, out at the other
        CHECK(interfaces[2] == interfaces[1]); // and the answer back
        CHECK(interfaces[3] == interfaces[0]);
    }
    CHECK(interfacesOf(pcapng(trace, kNetClient)) == std::vector<std::string>{trace.nodes()[kNetClient.value()].name});
    CHECK(interfaceOfEachPacket(pcapng(trace, kNetClient)).size() == 2);
}

TEST_CASE("a cable is captured with both its directions, and all cables together", "[capture]")
{
    const Trace trace = imageRequestTrace();
    for (std::size_t i = 0; i < trace.links().size(); ++i) {
        std::stringstream out;
        writePcapng(out, trace, LinkId(static_cast<std::uint16_t>(i)));
        CHECK(interfaceOfEachPacket(out.str()).size() == 2);
        const auto packets = packetsOf(out.str());
        REQUIRE(packets.size() == 2);
        CHECK(packets[0].at < packets[1].at);
    }
    std::stringstream all;
    writePcapngOfAllLinks(all, trace);
    CHECK(interfacesOf(all.str()).size() == trace.links().size());
    CHECK(interfaceOfEachPacket(all.str()).size() == trace.packets().size());
}

TEST_CASE("what waits for one cable is seen after what is told later and leaves on another", "[capture]")
{
    Trace trace = imageRequestTrace();
    PacketInfo first = trace.packet(PacketId(0));
    first.txStart = trace.end();
    trace.setPacket(first);
    const auto check = [&](const std::string& capture) {
        const auto packets = packetsOf(capture);
        REQUIRE(packets.size() > 2);
        for (std::size_t i = 1; i < packets.size(); ++i)
            CHECK(packets[i - 1].at <= packets[i].at);
        const auto late = std::count_if(packets.begin(), packets.end(), [&](const ReadPacket& p) {
            return p.at == trace.end() && p.interface == packets.back().interface && !p.inbound();
        });
        CHECK(late == 1);
        CHECK(packets.front().at < trace.end());
    };
    std::stringstream cables, nodes;
    writePcapngOfAllLinks(cables, trace);
    writePcapngOfAllNodes(nodes, trace);
    check(cables.str());
    check(nodes.str());
}

} // namespace packetarium::capture_test
