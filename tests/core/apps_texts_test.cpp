// SPDX-License-Identifier: GPL-3.0-or-later
// Text through the presentation layer, on a connection that the script opens.
#include "tests/support/apps_rig.h"
#include "tests/support/catch.h"

namespace packetarium::apps_texts_test {

using namespace literals;
using namespace testing;

namespace {

using Lines = std::vector<std::string>;

Scenario connected()
{
    Scenario scenario = twoOnACable(10_ms);
    at(scenario, 0_ms, "server", DoListen{7000});
    at(scenario, 0_ms, "client", DoConnect{"server", 7000, 50000});
    return scenario;
}

Engine run(const Scenario& scenario)
{
    Engine engine(scenario);
    engine.runUntil(SimTime::zero() + 30_s);
    return engine;
}

/// What the server's reader does with what the client sends at 100 ms.
Lines readOf(const DoSendText& text, const DoReadText& reader)
{
    Scenario scenario = connected();
    at(scenario, 0_ms, "server", reader);
    at(scenario, 100_ms, "client", text);
    return doings(run(scenario).trace(), "server");
}

Bytes wireOf(const DoSendText& text)
{
    Scenario scenario = connected();
    at(scenario, 100_ms, "client", text);
    return streamFrom(run(scenario).trace(), "client", 50000);
}

const std::string kHello = "你好";

} // namespace

TEST_CASE("the same text in two charsets is not the same octets, and reads rightly in its own", "[apps]")
{
    // Unicode: U+4F60 U+597D. GBK: C4 E3 BA C3 (GB 2312). Four octets in front say how many follow.
    CHECK(wireOf({.text = kHello}) == Bytes{0, 0, 0, 6, 0xe4, 0xbd, 0xa0, 0xe5, 0xa5, 0xbd});
    CHECK(wireOf({.text = kHello, .charset = "GBK"}) == Bytes{0, 0, 0, 4, 0xc4, 0xe3, 0xba, 0xc3});
    CHECK(readOf({.text = kHello}, {}) == Lines{"0.11 server text-decoded 2 你好"});
    CHECK(readOf({.text = kHello, .charset = "GBK"}, {.charset = "GBK"}) == Lines{"0.11 server text-decoded 2 你好"});
}

TEST_CASE("read in the other charset it is other characters, or none", "[apps]")
{
    // E4BD A0E5 A5BD are three characters of GBK: 浣 犲 ソ.
    CHECK(readOf({.text = kHello}, {.charset = "GBK"}) == Lines{"0.11 server text-decoded 3 浣犲ソ"});
    const Lines garbled = readOf({.text = kHello, .charset = "GBK"}, {});
    REQUIRE(garbled.size() == 1);
    CHECK(garbled[0].starts_with("0.11 server text-garbled "));
    CHECK(garbled[0].find("\xEF\xBF\xBD") != std::string::npos);
}

TEST_CASE("gzip shortens what repeats itself, and who does not expect it reads nonsense", "[apps]")
{
    const std::string verse(600, 'a');
    const Bytes wire = wireOf({.text = verse, .gzip = true});
    CHECK(wire.size() < 60);
    CHECK(wire[4] == 0x1f); // RFC 1952 §2.3.1
    CHECK(wire[5] == 0x8b);
    CHECK(readOf({.text = verse, .gzip = true}, {.gzip = true}) ==
          Lines{"0.11 server text-inflated 600 gzip", "0.11 server text-decoded 600 " + verse});
    CHECK(readOf({.text = verse, .gzip = true}, {})[0].starts_with("0.11 server text-garbled "));
    CHECK(readOf({.text = "plain"}, {.gzip = true})[0] == "0.11 server text-garbled 5 plain");
}

TEST_CASE("encrypted it cannot be read on the wire, and is undone in the reverse order", "[apps]")
{
    const std::string secret = "the secret is seventeen";
    Scenario scenario = connected();
    scenario.hosts[0].tcp.nagle = false; // or the second text waits for the acknowledgment of the first
    at(scenario, 0_ms, "server", DoReadText{"UTF-8", true, true});
    at(scenario, 100_ms, "client", DoSendText{secret, "UTF-8", true, true, false});
    at(scenario, 200_ms, "client", DoSendText{secret, "UTF-8", true, true, false});
    const Engine engine = run(scenario);
    const Bytes wire = streamFrom(engine.trace(), "client", 50000);
    // RFC 8446 §5.2: application data, version 3.3, then the length of what follows: text, type and 16 octets of tag.
    CHECK(wire[0] == 23);
    CHECK(wire[1] == 3);
    CHECK(wire[2] == 3);
    const std::size_t length = static_cast<std::size_t>(wire[3] << 8 | wire[4]);
    CHECK(wire.size() == 2 * (5 + length));
    CHECK(text(wire).find("secret") == std::string::npos);
    // The same text a second time looks different: the nonce counts on.
    CHECK(Bytes(wire.begin() + 5, wire.begin() + 5 + length) != Bytes(wire.begin() + 10 + length, wire.end()));
    const Lines client = doings(engine.trace(), "client");
    CHECK(client[0] == "0.1 client text-encoded 23 UTF-8");
    CHECK(client[1].starts_with("0.1 client text-compressed "));
    CHECK(client[2] == "0.1 client text-encrypted " + std::to_string(5 + length) + " AES-128-GCM");
    const Lines server = doings(engine.trace(), "server");
    REQUIRE(server.size() == 6);
    CHECK(server[0] == "0.11 server text-decrypted " + std::to_string(length - 17) + " AES-128-GCM");
    CHECK(server[1] == "0.11 server text-inflated 23 gzip");
    CHECK(server[2] == "0.11 server text-decoded 23 " + secret);
    CHECK(server[5] == "0.21 server text-decoded 23 " + secret);
}

TEST_CASE("without the key there is nothing to read, and what is no record is told", "[apps]")
{
    const DoSendText hidden{"the secret", "UTF-8", false, true, false};
    const Lines blind = readOf(hidden, {});
    REQUIRE(blind.size() == 1);
    CHECK(blind[0].starts_with("0.11 server text-garbled "));
    CHECK(blind[0].find("secret") == std::string::npos);
    const Lines noRecord = readOf({.text = "the secret is out"}, {.encrypt = true});
    REQUIRE(noRecord.size() == 2);
    CHECK(noRecord[0] == "0.11 server text-decrypted AES-128-GCM bad-key");
    CHECK(noRecord[1].starts_with("0.11 server text-garbled "));
}

TEST_CASE("a text that comes in many segments is read once, when it is whole", "[apps]")
{
    std::string large;
    for (int i = 0; i < 4000; ++i)
        large += "字";
    for (const bool encrypt : {false, true}) {
        const Lines lines = readOf({.text = large, .encrypt = encrypt}, {.encrypt = encrypt});
        REQUIRE_FALSE(lines.empty());
        CHECK(lines.back().ends_with("server text-decoded 4000 " + large));
        CHECK(lines.size() == (encrypt ? 2 : 1));
    }
}

TEST_CASE("a character that the charset does not have is not sent", "[apps]")
{
    Scenario scenario = connected();
    at(scenario, 100_ms, "client", DoSendText{.text = "\xF0\x9F\x98\x80", .charset = "GBK"}); // U+1F600 is not in GBK
    const Engine engine = run(scenario);
    CHECK(doings(engine.trace()) == Lines{"0.1 client text-encoded GBK bad-answer"});
    CHECK(streamFrom(engine.trace(), "client", 50000).empty());
}

TEST_CASE("half duplex: each speaks when it has read the other, however it was hurried", "[apps]")
{
    Scenario scenario = connected();
    const auto say = [&](const std::string& host, const std::string& words) {
        at(scenario, 100_ms, host, DoSendText{.text = words, .halfDuplex = true});
    };
    say("server", "2");
    say("server", "4");
    say("client", "1");
    say("client", "3");
    CHECK(doings(run(scenario).trace(), {ProgramEvent::TurnTaken, ProgramEvent::TextDecoded}) ==
          Lines{
              "0.1 client turn-taken 1",
              "0.11 server text-decoded 1 1",
              "0.11 server turn-taken 2",
              "0.12 client text-decoded 1 2",
              "0.12 client turn-taken 3",
              "0.13 server text-decoded 1 3",
              "0.13 server turn-taken 4",
              "0.14 client text-decoded 1 4",
          });
}

TEST_CASE("full duplex: both speak at once", "[apps]")
{
    Scenario scenario = connected();
    for (const std::string host : {"client", "server"}) {
        at(scenario, 0_ms, host, DoReadText{});
        at(scenario, 100_ms, host, DoSendText{.text = host});
    }
    CHECK(doings(run(scenario).trace(), {ProgramEvent::TextDecoded}) == Lines{
                                                                            "0.11 server text-decoded 6 client",
                                                                            "0.11 client text-decoded 6 server",
                                                                        });
}

TEST_CASE("a text for a connection that is still opening waits until it is open", "[apps]")
{
    Scenario scenario = connected();
    at(scenario, 0_ms, "server", DoReadText{.encrypt = true});
    at(scenario, 1_ms, "client", DoSendText{.text = "early", .encrypt = true});
    // ARP and SYN there and back: 40 ms.
    const auto lines = doings(run(scenario).trace(), {ProgramEvent::TextEncoded, ProgramEvent::TextDecoded});
    CHECK(lines == Lines{"0.04 client text-encoded 5 UTF-8", "0.05 server text-decoded 5 early"});
}

TEST_CASE("without a connection a text goes nowhere", "[apps]")
{
    Scenario scenario = twoOnACable(10_ms);
    at(scenario, 0_ms, "client", DoSendText{.text = "hello"});
    const Engine engine = run(scenario);
    CHECK(doings(engine.trace()).empty());
    const Record& last = engine.trace().records().back();
    CHECK(last.kind == RecordKind::App);
    CHECK(last.result() == AppResult::NoSuchConnection);
}

} // namespace packetarium::apps_texts_test
