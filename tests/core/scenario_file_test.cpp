// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/scenario_file.h"
#include "tests/support/catch.h"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace packetarium::scenario_file_test {

using namespace literals;

namespace {

// The example of docs/scenario-format.md, with every key.
constexpr const char* kEverything = R"(packetarium: scenario
version: 1
title: {en: "Everything", zh: "一切"}
summary: "The same in both languages"
group: trouble
order: 7
profile: linux
seed: 42
until: 200 s
view: states
hosts:
  client:
    address: 192.168.1.25
    mac: "02:00:00:00:00:0a"
    label: {en: "Laptop", zh: "笔记本"}
    filtered: no
    iss: 100
    tcp: {mss: 536, receive-buffer: 4096, delayed-ack: off, delayed-ack-time: 100 ms, quick-acks: 3,
          rto-initial: 2 s, rto-min: 250 ms, rto-max: 30 s, rto-after-syn-loss: 4 s, clock-granularity: 10 ms,
          syn-retries: 2, data-retries: 3, msl: 1 s, time-wait: off, reopen-from-time-wait: off,
          syn-ack-on-duplicate-syn: off, reset-on-unread-data: off,
          send-buffer: 8192, window-scaling: off, window-shift: 3, timestamps: off, sack: off, ecn: on,
          congestion-control: reno, initial-window: 2, byte-counting: off, limited-transmit: off, duplicate-acks: 4,
          restart-after-idle: off, window-validation: off, proportional-reduction: off, push-bursts: off,
          probe-without-data: off, strict-timestamps: on, abort-open-on-soft-error: off, nagle: off,
          keep-alive: on, keep-alive-idle: 60 s, keep-alive-interval: 5 s, keep-alive-probes: 3, user-timeout: 20 s,
          mss-both-ways: on, slow-start-limit: 4, threshold-from-window: on, acknowledge-in-abort: on, compress-sack: on, grow-window: on, segment-memory: 2304, syn-linear-retries: 1,
          syn-ack-retries: 4, fill-window: on, nagle-after-small: on, acknowledge-crossed-syn: on,
          cork: on, rack: off, tail-loss-probe: off, sample-every-ack: on, rto-min-on-variation: on, challenge-acks: 2, syn-backlog: 4, syn-cookies: on, handshake: two-way, hold-ack-for-fin: on}
  server: {address: 93.184.216.34, iss: 4294967295, filtered: yes}
link: {delay: 5 ms, bandwidth: 10 Mbit/s, queue: 20, mark-from: 12, loss: 1 %, duplicate: 0.5 %, corrupt: 0.01 %, reorder: 2 %,
       reorder-by: 7 ms, jitter: 3 ms}
script:
  - {at: 0 ms, host: server, listen: 8080}
  - {at: 0 ms, host: server, listen: {port: 8081, backlog: 2}}
  - {at: 0 ms, host: server, accept: 8081}
  - {at: 10 ms, host: client, connect: {to: server, port: 8080, from-port: 50000}}
  - {on: {host: client, state: ESTABLISHED, nth: 2, after: 10 ms}, host: client, send: "hello"}
  - {on: {host: server, received: 500, after: 5 ms}, host: server, send: {octets: 28}}
  - {on: {host: server, received: 501}, host: server, send: {hex: "00 fF"}}
  - {on: {host: server, peer-closed: yes, after: 40 ms}, host: server, do: close}
  - {at: 0 ms, host: server, auto-read: off}
  - {at: 3 s, host: server, receive: 100}
  - {at: 4 s, host: server, receive: all}
  - {at: 5 s, host: server, do: shutdown}
  - {at: 6 s, host: server, do: abort}
  - {at: 7 s, host: server, do: crash}
  - {at: 0 ms, drop: {from: client, nth: 2}}
  - {at: 0 ms, delay: {from: client, by: 2 s}}
  - {at: 30 ms, hold: {from: client, nth: 3}}
  - {at: 900 ms, let-go: {from: client, nth: 3}}
  - {at: 0 ms, duplicate: {from: client, nth: 4, after: 5 ms}}
  - {at: 0 ms, corrupt: {from: client, nth: 5, bit: 6}}
  - {at: 10 ms, inject: {from: server, to: client, flags: "ACK, SYN", seq: 90, ack: 7, window: 100, from-port: 8080, to-port: 50000, data: "x"}}
commands:
  - {at: 1 s, host: client, send: "later"}
)";

Bytes bytes(std::string_view text)
{
    return Bytes(text.begin(), text.end());
}

} // namespace

TEST_CASE("every key of a scenario file is read", "[scenario]")
{
    const auto parsed = parseScenario(kEverything, "some.dir/everything.yaml");
    REQUIRE(parsed.ok());
    const Scenario& s = parsed.value();
    CHECK(s.name == "everything");
    CHECK(s.title == LocalizedText{"Everything", "一切"});
    CHECK(s.summary == LocalizedText{"The same in both languages", "The same in both languages"});
    CHECK(s.group == "trouble");
    CHECK(s.order == 7);
    CHECK(s.profile == Profile::Linux);
    CHECK(s.seed == 42);
    CHECK(s.until == SimTime::zero() + 200_s);
    CHECK(s.hints.view == "states");

    REQUIRE(s.hosts.size() == 2);
    const HostSpec& client = s.hosts[0];
    CHECK(client.name == "client");
    CHECK(client.activeSide);
    CHECK_FALSE(s.hosts[1].activeSide);
    CHECK(client.address.toString() == "192.168.1.25");
    CHECK(client.mac.toString() == "02:00:00:00:00:0a");
    CHECK(s.hosts[1].mac.toString() == "02:00:00:00:00:02");
    CHECK(client.label.zh == "笔记本");
    CHECK(s.hosts[1].filtered);
    CHECK(s.hosts[1].tcp.iss == Seq32(4294967295u));

    TcpConfig tcp;
    tcp.iss = Seq32(100);
    tcp.mss = 536;
    tcp.receiveBuffer = 4096;
    tcp.delayedAck = false;
    tcp.delayedAckTime = 100_ms;
    tcp.quickAcks = 3;
    tcp.rtoInitial = 2_s;
    tcp.rtoMin = 250_ms;
    tcp.rtoMax = 30_s;
    tcp.rtoAfterSynLoss = 4_s;
    tcp.clockGranularity = 10_ms;
    tcp.synRetries = 2;
    tcp.dataRetries = 3;
    tcp.msl = 1_s;
    tcp.timeWait = false;
    tcp.reopenFromTimeWait = false;
    tcp.synAckOnDuplicateSyn = false;
    tcp.resetOnUnreadData = false;
    tcp.sendBuffer = 8192;
    tcp.windowShift = 3;
    tcp.ecn = true;
    tcp.congestionControl = CongestionControl::Reno;
    tcp.initialWindow = 2;
    tcp.limitedTransmit = false;
    tcp.duplicateAcks = 4;
    tcp.restartAfterIdle = false;
    tcp.nagle = false;
    tcp.keepAlive = true;
    tcp.keepAliveIdle = 60_s;
    tcp.keepAliveInterval = 5_s;
    tcp.keepAliveProbes = 3;
    tcp.userTimeout = 20_s;
    tcp.challengeAcks = 2;
    tcp.mssBothWays = true;
    tcp.slowStartLimit = 4;
    tcp.thresholdFromWindow = true;
    tcp.acknowledgeInAbort = true;
    tcp.compressSack = true;
    tcp.growWindow = true;
    tcp.segmentMemory = 2304;
    tcp.synLinearRetries = 1;
    tcp.synAckRetries = 4;
    tcp.fillWindow = true;
    tcp.nagleAfterSmall = true;
    tcp.acknowledgeCrossedSyn = true;
    tcp.sampleEveryAck = true;
    tcp.cork = true;
    tcp.rtoMinOnVariation = true;
    tcp.synBacklog = 4;
    tcp.synCookies = true;
    tcp.handshake = Handshake::TwoWay;
    tcp.holdAckForFin = true;
    CHECK(client.tcp == tcp);

    LinkSpec link;
    link.delay = 5_ms;
    link.bitsPerSecond = 10'000'000;
    link.queueLimit = 20;
    link.markFrom = 12;
    link.lossPpm = 10'000;
    link.duplicatePpm = 5'000;
    link.corruptPpm = 100;
    link.reorderPpm = 20'000;
    link.reorderBy = 7_ms;
    link.jitter = 3_ms;
    CHECK(s.link == link);

    TcpSegment forged;
    forged.sourcePort = 8080;
    forged.destinationPort = 50000;
    forged.seq = Seq32(90);
    forged.ack = Seq32(7);
    forged.flags.bits = TcpFlags::Syn | TcpFlags::Ack;
    forged.window = 100;
    forged.payload = bytes("x");
    const auto at = [](SimDuration d) { return AtTime{SimTime::zero() + d}; };
    const std::vector<Command> script{
        {at(0_ms), "server", DoListen{8080}},
        {at(0_ms), "server", DoListen{8081, std::uint16_t{2}}},
        {at(0_ms), "server", DoAccept{8081}},
        {at(10_ms), "client", DoConnect{"server", 8080, 50000}},
        {OnState{"client", TcpState::Established, 2, 10_ms}, "client", DoSend{bytes("hello")}},
        {OnReceived{"server", 500, 5_ms}, "server", DoSend{bytes("abcdefghijklmnopqrstuvwxyzab")}},
        {OnReceived{"server", 501, 0_ms}, "server", DoSend{Bytes{0x00, 0xFF}}},
        {OnPeerClosed{"server", 40_ms}, "server", DoClose{}},
        {at(0_ms), "server", DoAutoRead{false}},
        {at(3_s), "server", DoReceive{100}},
        {at(4_s), "server", DoReceive{0}},
        {at(5_s), "server", DoShutdown{}},
        {at(6_s), "server", DoAbort{}},
        {at(7_s), "server", DoCrash{}},
        {at(0_ms), "", DoDrop{{"client", 2}}},
        {at(0_ms), "", DoDelay{{"client", 1}, 2_s}},
        {at(30_ms), "", DoHold{{"client", 3}}},
        {at(900_ms), "", DoLetGo{{"client", 3}}},
        {at(0_ms), "", DoDuplicate{{"client", 4}, 5_ms}},
        {at(0_ms), "", DoCorrupt{{"client", 5}, 6}},
        {at(10_ms), "", DoInject{"server", "client", forged}},
    };
    REQUIRE(s.script.size() == script.size());
    for (std::size_t i = 0; i < script.size(); ++i) {
        INFO("script entry " << i + 1);
        CHECK(s.script[i] == script[i]);
    }
    CHECK(s.commands == std::vector<Command>{{at(1_s), "client", DoSend{bytes("later")}}});
}

TEST_CASE("the example of docs/scenario-format.md is a scenario", "[scenario]")
{
    std::ostringstream page;
    page << std::ifstream(PACKETARIUM_SOURCE_ROOT "/docs/scenario-format.md").rdbuf();
    const std::string text = page.str();
    const std::size_t begin = text.find("packetarium: scenario");
    REQUIRE(begin != std::string::npos);
    const auto parsed = parseScenario(text.substr(begin, text.find("```", begin) - begin), "example.yaml");
    REQUIRE(parsed.ok());
    CHECK(parsed.value().script.size() == 3);
}

TEST_CASE("what is not written has its default", "[scenario]")
{
    const auto parsed = parseScenario(
        "packetarium: scenario\nversion: 1\nhosts: {a: {address: 10.0.0.1}, b: {address: 10.0.0.2}}\n", "small.yaml");
    REQUIRE(parsed.ok());
    const Scenario& s = parsed.value();
    CHECK(s.profile == Profile::Rfc);
    CHECK(s.seed == 1);
    CHECK(s.until.isNever());
    CHECK(s.group == "connections");
    CHECK(s.link == LinkSpec());
    CHECK(s.hosts[0].tcp == TcpConfig());
    CHECK(s.hosts[0].mac.toString() == "02:00:00:00:00:01");
    CHECK(s.hints == ViewHints());
    CHECK(s.script.empty());
}

TEST_CASE("the profiles' defaults", "[scenario]")
{
    // RFC 6298 §2.1, §2.4, §2.5, §5.7; RFC 9293 §3.4.2, §3.8.3, §3.8.6.3.
    const TcpConfig rfc = TcpConfig::forProfile(Profile::Rfc);
    CHECK(rfc.rtoInitial == 1_s);
    CHECK(rfc.rtoMin == 1_s);
    CHECK(rfc.rtoMax >= 60_s);
    CHECK(rfc.rtoAfterSynLoss == 3_s);
    CHECK(rfc.msl == 120_s);
    CHECK(rfc.delayedAckTime < 500_ms);
    CHECK_FALSE(rfc.synAckOnDuplicateSyn);
    // R2: at least 100 s for data, at least 3 minutes for a SYN; each wait doubles up to the largest.
    const auto givesUpAfter = [](const TcpConfig& c, int retries) {
        SimDuration sum = c.synLinearRetries * c.rtoInitial, rto = c.rtoInitial;
        for (int i = 0; i <= retries; ++i, rto = std::min(rto * 2, c.rtoMax))
            sum += rto;
        return sum;
    };
    CHECK(givesUpAfter(rfc, rfc.dataRetries) >= 100_s);
    CHECK(givesUpAfter(rfc, rfc.synRetries) >= 180_s);

    const TcpConfig common = TcpConfig::forProfile(Profile::Linux);
    CHECK(common.rtoMin == 200_ms);
    CHECK(common.delayedAckTime == 40_ms);
    CHECK(common.quickAcks == 16);
    CHECK(common.synRetries == 6);
    CHECK(common.dataRetries == 15);
    CHECK(common.msl == 30_s);
    CHECK(common.rtoMax == 120_s);
    CHECK(common.synAckOnDuplicateSyn);
    CHECK(common.synAckRetries == 5);
    CHECK(givesUpAfter(common, common.synRetries) == 127_s);
    CHECK(parseProfile("linux") == Profile::Linux);
    CHECK_FALSE(parseProfile("Linux").has_value());
}

TEST_CASE("every built-in scenario parses, and survives being written", "[scenario]")
{
    const auto names = builtinScenarioNames();
    CHECK_FALSE(names.empty());
    for (const std::string& name : names) {
        INFO(name);
        const auto scenario = builtinScenario(name);
        REQUIRE(scenario.ok());
        CHECK(scenario.value().name == name);
        CHECK_FALSE(scenario.value().title.en.empty());
        CHECK_FALSE(scenario.value().title.zh.empty());
        const auto again = parseScenario(writeScenario(scenario.value()), name + ".yaml");
        REQUIRE(again.ok());
        CHECK(again.value() == scenario.value());
    }
}

TEST_CASE("a scenario is found by name or by path", "[scenario]")
{
    const auto unknown = loadScenario("no-such-scenario");
    REQUIRE_FALSE(unknown.ok());
    CHECK(unknown.error().id == InputErrorId::UnknownScenario);
    CHECK(unknown.error().args.at(0) == "no-such-scenario");

    const auto missing = loadScenario("no/such/file.yaml");
    REQUIRE_FALSE(missing.ok());
    CHECK(missing.error().id == InputErrorId::FileNotFound);
    CHECK(missing.error().file == "no/such/file.yaml");

    const auto folder = loadScenario("/tmp/");
    REQUIRE_FALSE(folder.ok());
    CHECK(folder.error().id == InputErrorId::FileUnreadable);

    const auto endless = loadScenario("/dev/zero");
    REQUIRE_FALSE(endless.ok());
    CHECK(endless.error().id == InputErrorId::FileTooLarge);

    const auto path = std::filesystem::temp_directory_path() / "packetarium-scenario-test.yaml";
    std::ofstream(path) << writeScenario(sandboxScenario());
    const auto loaded = loadScenario(path.string());
    std::filesystem::remove(path);
    REQUIRE(loaded.ok());
    CHECK(loaded.value().name == "packetarium-scenario-test");
    CHECK(loaded.value().hosts == sandboxScenario().hosts);
}

} // namespace packetarium::scenario_file_test
