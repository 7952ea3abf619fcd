// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/symbols.h"
#include "tests/support/catch.h"
#include "tests/support/trace_builder.h"

namespace packetarium::trace_symbols_test {

namespace {

constexpr NumberStyle kAll[] = {NumberStyle::Symbolic, NumberStyle::Relative, NumberStyle::Raw};

/// Client and server with a connection each that has chosen its ISS at 1 ms.
struct Two {
    TraceBuilder b;
    ConnId client = b.conn(ms(0), kClient, 49152, 80);
    ConnId server = b.conn(ms(0), kServer, 80);

    Two(std::uint32_t x, std::uint32_t y)
    {
        b.variable(ms(1), client, Variable::Iss, x);
        b.variable(ms(1), server, Variable::Iss, y);
    }
    std::string symbolic(NodeId sender, std::uint32_t number, SimTime at = ms(9)) const
    {
        return Symbols(b.trace).sequence(sender, Seq32(number), NumberStyle::Symbolic, at);
    }
    std::string relative(NodeId sender, std::uint32_t number, SimTime at = ms(9)) const
    {
        return Symbols(b.trace).sequence(sender, Seq32(number), NumberStyle::Relative, at);
    }
};

} // namespace

TEST_CASE("the handshake is written as in a textbook", "[trace]")
{
    const Trace trace = handshakeTrace();
    const Symbols symbols(trace);
    const auto row = [&](std::uint32_t packet, NumberStyle style) {
        const PacketInfo& p = trace.packet(PacketId(packet));
        return symbols.packetSeq(p, style) + " " + symbols.packetAck(p, style);
    };
    CHECK(row(0, NumberStyle::Symbolic) == "x ");
    CHECK(row(1, NumberStyle::Symbolic) == "y x+1");
    CHECK(row(2, NumberStyle::Symbolic) == "x+1 y+1");
    CHECK(row(0, NumberStyle::Relative) == "0 ");
    CHECK(row(1, NumberStyle::Relative) == "0 1");
    CHECK(row(2, NumberStyle::Relative) == "1 1");
    CHECK(row(0, NumberStyle::Raw) == "100 ");
    CHECK(row(1, NumberStyle::Raw) == "300 101");
    CHECK(row(2, NumberStyle::Raw) == "101 301");
}

TEST_CASE("offsets go round with the sequence space", "[trace]")
{
    const Two two(0xffffffff, 5);
    CHECK(two.symbolic(kClient, 0) == "x+1");
    CHECK(two.relative(kClient, 99) == "100");
    CHECK(two.symbolic(kServer, 0xffffffff) == "y−6");
}

TEST_CASE("old duplicates are written before the ISS, what is far off raw", "[trace]")
{
    const Two two(1'000'000, 300);
    CHECK(two.symbolic(kClient, 1'000'000 - 10) == "x−10");
    CHECK(two.relative(kClient, 1'000'000 - 10) == "−10");
    CHECK(two.symbolic(kClient, 1'000'000 - 65'535) == "x−65535");
    CHECK(two.symbolic(kClient, 1'000'000 - 65'536) == "934464");
    CHECK(two.relative(kClient, 1'000'000 - 65'536) == "934464");
    CHECK(two.symbolic(kClient, 1'000'000 + (1u << 24)) == "x+16777216");
    CHECK(two.symbolic(kClient, 1'000'001 + (1u << 24)) == "17777217");
    CHECK(two.symbolic(kClient, 1'000'000 - 10, ms(0)) == "x−10"); // before the ISS is even chosen
}

TEST_CASE("a host without an ISS has only raw numbers", "[trace]")
{
    TraceBuilder b;
    b.conn(ms(0), kClient, 49152, 80);
    for (const NumberStyle style : kAll)
        CHECK(Symbols(b.trace).sequence(kClient, Seq32(4'000'000'000), style, ms(1)) == "4000000000");
    CHECK(Symbols(b.trace).sequence(NodeId::none(), Seq32(7), NumberStyle::Symbolic, ms(1)) == "7");
}

TEST_CASE("a new ISS of the same host is a new letter, and the old connection keeps its own", "[trace]")
{
    Two two(100, 300);
    // RFC 9293 Figure 9: the client comes back after a crash and chooses 400; the server still expects 100.
    const ConnId again = two.b.conn(ms(50), kClient, 49152, 80);
    two.b.variable(ms(50), again, Variable::Iss, 400);
    CHECK(two.symbolic(kClient, 400, ms(49)) == "x+300");
    CHECK(two.symbolic(kClient, 400, ms(50)) == "x′");
    CHECK(two.symbolic(kClient, 401, ms(60)) == "x′+1");
    CHECK(two.symbolic(kClient, 101, ms(60)) == "x+1");
    CHECK(two.relative(kClient, 401, ms(60)) == "1");
    CHECK(two.symbolic(kServer, 300, ms(60)) == "y");

    two.b.variable(ms(70), again, Variable::Iss, 100); // the first one once more
    CHECK(two.symbolic(kClient, 400, ms(80)) == "x′");
    two.b.variable(ms(90), again, Variable::Iss, 5000);
    two.b.variable(ms(91), again, Variable::Iss, 6000);
    two.b.variable(ms(92), again, Variable::Iss, 7000);
    CHECK(two.symbolic(kClient, 5000, ms(99)) == "x″");
    CHECK(two.symbolic(kClient, 6001, ms(99)) == "x‴+1");
    CHECK(two.symbolic(kClient, 7000, ms(99)) == "x⁽⁴⁾");
}

TEST_CASE("the active side is x even if it is the second host", "[trace]")
{
    Two two(100, 300);
    TraceNode passive, active;
    passive.name = "server";
    active.name = "client";
    active.activeSide = true;
    two.b.trace.setNodes({passive, active});
    CHECK(two.symbolic(kClient, 100) == "y");
    CHECK(two.symbolic(kServer, 300) == "x");
}

TEST_CASE("a refused SYN is answered with sequence number 0", "[trace]")
{
    Two two(100, 300);
    // RFC 9293 §3.5.2: <SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK>
    const PacketId rst = two.b.sendFrom(ms(20), kServer, {"RST,ACK", 0, 101}, Reason::SentRstNoConnection);
    const Symbols symbols(two.b.trace);
    for (const NumberStyle style : kAll)
        CHECK(symbols.packetSeq(two.b.trace.packet(rst), style) == "0");
    CHECK(symbols.packetAck(two.b.trace.packet(rst), NumberStyle::Symbolic) == "x+1");
}

} // namespace packetarium::trace_symbols_test
