// SPDX-License-Identifier: GPL-3.0-or-later
// A file transfer with checkpoints, cut and taken up again. 10 ms from client to server.
#include "tests/support/apps_rig.h"
#include "tests/support/catch.h"

namespace packetarium::apps_transfer_test {

using namespace literals;
using namespace testing;

namespace {

using Lines = std::vector<std::string>;

Scenario fileServer(std::uint32_t octetsOfFile)
{
    Scenario scenario = twoOnACable(10_ms);
    scenario.hosts[1].services.transfer = TransferServiceSpec{2121, octetsOfFile};
    return scenario;
}

Engine run(const Scenario& scenario, SimDuration until = 100_s)
{
    Engine engine(scenario);
    engine.runUntil(SimTime::zero() + until);
    return engine;
}

/// Octets of the file that the server's TCP has sent to each connection of the client, whether they arrived or not.
std::uint64_t dataSentBy(const Trace& trace, const std::string& host)
{
    std::uint64_t octetsOfData = 0;
    for (const PacketInfo& packet : trace.packets()) {
        if (!packet.parent && trace.nodes()[packet.from.value()].name == host && packet.protocol != Protocol::Arp)
            octetsOfData += packet.length;
    }
    return octetsOfData;
}

} // namespace

TEST_CASE("a transfer that is not disturbed makes sure of every thousand octets", "[apps]")
{
    Scenario scenario = fileServer(2500);
    at(scenario, 0_ms, "client", DoTransfer{.to = "server"});
    const Engine engine = run(scenario);
    CHECK(doings(engine.trace()) == Lines{
                                        "0.04 client transfer-asked",
                                        "0.05 server transfer-served",
                                        "0.06 client transfer-checkpoint 1000",
                                        "0.06 client transfer-checkpoint 2000",
                                        "0.06 client transfer-done 2500",
                                    });
    CHECK(text(streamFrom(engine.trace(), "client", 49152)) == "GET 0\r\n");
    const Bytes answer = streamFrom(engine.trace(), "server", 2121);
    REQUIRE(answer.size() == 11 + 2500); // "OK 0 2500\r\n"
    CHECK(text(Bytes(answer.begin(), answer.begin() + 11)) == "OK 0 2500\r\n");
    for (std::size_t i = 0; i < 2500; ++i)
        REQUIRE(answer[11 + i] == i % 251);
}

TEST_CASE("cut by a cable that is pulled, it goes on from the last checkpoint: exactly the rest is sent again",
          "[apps]")
{
    // The client takes 4000 octets of 1000 each before it has to wait for an acknowledgment: the server's segments have 1000
    // octets, and the cable goes after four of ten have arrived.
    Scenario scenario = fileServer(10'000);
    scenario.hosts[0].tcp.mss = 1000;
    scenario.links[0].spec.bitsPerSecond = 8'000'000; // 1000 octets a millisecond, and headers
    at(scenario, 0_ms, "client", DoTransfer{.to = "server", .checkpoint = 1500});
    at(scenario, 67_ms, "", DoUnplug{{"client", {}}, {"server", {}}});
    at(scenario, 20_s, "", DoPlug{{"client", {}}, {"server", {}}});
    at(scenario, 21_s, "client", DoTransfer{.to = "server", .checkpoint = 1500});
    const Engine engine = run(scenario, 60_s);
    const Lines asked = doings(engine.trace(), {ProgramEvent::TransferAsked, ProgramEvent::TransferServed,
                                                ProgramEvent::TransferCut, ProgramEvent::TransferDone});
    REQUIRE(asked.size() == 6);
    // What is safe is a multiple of 1500 below what had come.
    std::uint64_t received = 0, safe = 0;
    for (const Record& record : engine.trace().records()) {
        if (record.kind == RecordKind::App && record.call() == AppCall::Delivered && record.host == NodeId(0) &&
            record.at < SimTime::zero() + 1_s)
            received += record.value;
        if (record.kind == RecordKind::Program && record.program() == ProgramEvent::TransferCut)
            safe = record.value;
    }
    received -= std::string("OK 0 10000\r\n").size();
    CHECK(received > 1500);
    CHECK(received < 10'000);
    CHECK(safe == received / 1500 * 1500);
    // 10 s without a word, counted from the last data; told as cut once.
    CHECK(asked[2].ends_with("client transfer-cut " + std::to_string(safe) + " no-answer"));
    CHECK(asked[3].ends_with("client transfer-asked " + std::to_string(safe)));
    CHECK(asked[4].ends_with("server transfer-served " + std::to_string(safe)));
    CHECK(asked[5].ends_with("client transfer-done 10000"));
    std::uint64_t after = 0;
    for (const Record& record : engine.trace().records()) {
        if (record.kind == RecordKind::App && record.call() == AppCall::Delivered && record.host == NodeId(0) &&
            record.at > SimTime::zero() + 21_s)
            after += record.value;
    }
    CHECK(after == (10'000 - safe) + std::string("OK " + std::to_string(safe) + " 10000\r\n").size());
}

TEST_CASE("cut by a reset, with and without resuming: what is sent in all", "[apps]")
{
    for (const bool resume : {true, false}) {
        Scenario scenario = fileServer(3000);
        scenario.hosts[0].tcp.mss = 1000;
        // The server's TCP frames: SYN,ACK; then "OK 0 3000" with the first octets, and on. Its program sends all at once, so
        // three segments of 1000 and one with the 11 octets more; the third and fourth are lost, then the server crashes.
        at(scenario, 0_ms, "client", DoTransfer{.to = "server", .checkpoint = 500, .resume = resume});
        at(scenario, 0_ms, "", DoDrop{{"server", 5}});
        at(scenario, 0_ms, "", DoDrop{{"server", 6}});
        at(scenario, 500_ms, "server", DoPowerOff{});
        at(scenario, 600_ms, "server", DoPowerOn{});
        at(scenario, 700_ms, "client", DoTransfer{.to = "server", .checkpoint = 500, .resume = resume});
        const Engine engine = run(scenario, 60_s);
        const Trace& trace = engine.trace();
        // Two segments of 1000 had come: 11 octets of "OK 0 3000\r\n" and 1989 of the file; 1500 are safe.
        const Lines ended =
            doings(trace, {ProgramEvent::TransferCut, ProgramEvent::TransferServed, ProgramEvent::TransferDone});
        const std::string safe = resume ? " 1500" : "";
        REQUIRE(ended.size() == 4);
        CHECK(ended[0] == "0.05 server transfer-served");
        CHECK(ended[1] == "0.7 client transfer-cut 1500"); // begun again while it still waited
        CHECK(ended[2].ends_with("server transfer-served" + safe));
        CHECK(ended[3].ends_with("client transfer-done 3000"));
        // First 3011 octets, then "OK 1500 3000\r\n" (14) with 1500, or all again.
        const std::uint64_t first = 11 + 3000;
        CHECK(dataSentBy(trace, "server") == first + (resume ? 14 + 1500 : 11 + 3000));
    }
}

TEST_CASE("what is safe outlives a power failure of the client", "[apps]")
{
    Scenario scenario = fileServer(3000);
    scenario.hosts[0].tcp.mss = 1000;
    at(scenario, 0_ms, "client", DoTransfer{.to = "server", .checkpoint = 1000});
    at(scenario, 0_ms, "", DoDrop{{"server", 5}});
    at(scenario, 0_ms, "", DoDrop{{"server", 6}});
    at(scenario, 500_ms, "client", DoPowerOff{});
    at(scenario, 20_s, "client", DoPowerOn{});
    at(scenario, 200_s, "client", DoTransfer{.to = "server", .checkpoint = 1000});
    const Lines lines = doings(run(scenario, 300_s).trace(), {ProgramEvent::TransferAsked, ProgramEvent::TransferDone});
    REQUIRE(lines.size() == 3);
    CHECK(lines[1].ends_with("client transfer-asked 1000"));
    CHECK(lines[2].ends_with("client transfer-done 3000"));
}

TEST_CASE("a transfer that cannot begin, and one from a server that speaks otherwise", "[apps]")
{
    Scenario scenario = fileServer(10);
    at(scenario, 0_ms, "client", DoTransfer{.to = "server", .port = 2222});
    CHECK(doings(run(scenario).trace()) == Lines{"0.04 client transfer-cut connection-refused"});

    scenario = twoOnACable(10_ms);
    scenario.hosts[1].services.http = HttpServiceSpec{};
    at(scenario, 0_ms, "client", DoTransfer{.to = "server", .port = 80});
    CHECK(doings(run(scenario).trace(), {ProgramEvent::TransferCut}) == Lines{"0.06 client transfer-cut bad-answer"});

    scenario = fileServer(0);
    at(scenario, 0_ms, "client", DoTransfer{.to = "server"});
    CHECK(doings(run(scenario).trace(), {ProgramEvent::TransferDone}) == Lines{"0.06 client transfer-done"});
}

TEST_CASE("the server answers lines that are none of its own with NO", "[apps]")
{
    const auto typed = [&](const std::string& request) {
        Scenario scenario = fileServer(3);
        at(scenario, 0_ms, "client", DoConnect{"server", 2121, 50000});
        at(scenario, 100_ms, "client", DoSend{octets(request)});
        return text(streamFrom(run(scenario).trace(), "server", 2121));
    };
    CHECK(typed("GET 3\r\n") == "OK 3 3\r\n");
    CHECK(typed("GET 1\r\n") == std::string("OK 1 3\r\n\1\2"));
    for (const std::string bad :
         {"GET 4\r\n", "GET\r\n", "GET -1\r\n", "GET 1 2\r\n", "GET 99999999999\r\n", "GET 1\n", "get 1\r\n", "\n"})
        CHECK(typed(bad) == "NO\r\n");
    CHECK(typed(std::string(100, 'x')) == "NO\r\n");
    CHECK(typed("GET 1").empty());
}

} // namespace packetarium::apps_transfer_test
