// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever scenario there can be, writing it and reading it back gives the same one.
#include "core/base/rng.h"
#include "core/scenario/groups.h"
#include "core/scenario/scenario_file.h"
#include "core/scenario/tcp_settings.h"
#include "tests/support/catch.h"

#include <algorithm>
#include <array>

namespace packetarium::scenario_roundtrip_test {

namespace {

class RandomScenario {
public:
    explicit RandomScenario(std::uint64_t seed)
        : rng_(seed)
    {}

    Scenario make()
    {
        Scenario s;
        s.name = "random";
        s.title = texts();
        s.summary = texts();
        s.group = kScenarioGroups[rng_.below(kScenarioGroups.size())];
        s.order = static_cast<int>(rng_.below(10'000));
        s.profile = chance() ? Profile::Rfc : Profile::Linux;
        s.seed = rng_.next();
        if (chance())
            s.until = instant();
        s.hints.view = chance() ? "sequence" : "states";
        for (std::size_t i = 0; i < 2; ++i)
            s.hosts.push_back(host(i, s.profile));
        s.link = link();
        names_ = {s.hosts[0].name, s.hosts[1].name};
        for (std::uint64_t n = rng_.below(8); n > 0; --n)
            s.script.push_back(command(false));
        for (std::uint64_t n = rng_.below(4); n > 0; --n)
            s.commands.push_back(command(true));
        return s;
    }

private:
    bool chance() { return rng_.below(2) == 0; }
    std::uint32_t number(std::uint64_t least, std::uint64_t most)
    {
        return static_cast<std::uint32_t>(least + rng_.below(most - least + 1));
    }
    SimDuration upTo(SimDuration most)
    {
        // Round and crooked ones, short and long ones.
        static constexpr std::array<std::int64_t, 5> steps{1, 1'000, 1'000'000, 100'000'000, 1'000'000'000};
        const std::int64_t step = steps[rng_.below(steps.size())];
        return SimDuration::nanoseconds(
            static_cast<std::int64_t>(rng_.below(static_cast<std::uint64_t>(most.ns() / step) + 1)) * step);
    }
    SimTime instant() { return SimTime::zero() + upTo(SimDuration::seconds(86'400)); }

    std::string text()
    {
        static constexpr std::array pieces{"a",
                                           "hello",
                                           " ",
                                           ": ",
                                           "- ",
                                           "\"",
                                           "\\",
                                           "\n",
                                           "\t",
                                           "#",
                                           "{",
                                           "]",
                                           ",",
                                           "'",
                                           "null",
                                           "on",
                                           "你好",
                                           "网象",
                                           "é",
                                           "\xF0\x9F\x99\x82",
                                           "%",
                                           "&",
                                           "*",
                                           "!",
                                           "|",
                                           ">",
                                           "0",
                                           "\xC2\x85",
                                           "\xE2\x80\xA8",
                                           "\xEF\xBB\xBF",
                                           "---",
                                           "..."};
        std::string out;
        for (std::uint64_t n = rng_.below(6); n > 0; --n)
            out += pieces[rng_.below(pieces.size())];
        return out;
    }
    LocalizedText texts()
    {
        switch (rng_.below(5)) {
        case 0: return {};
        case 1: return {text(), {}};
        case 2: return {{}, text()};
        case 3: {
            const std::string same = text();
            return {same, same};
        }
        default: return {text(), text()};
        }
    }

    HostSpec host(std::size_t index, Profile profile)
    {
        static constexpr std::array names{"client", "null", "on", "80", "A-b_c", "server"};
        HostSpec h;
        h.name = names[index * 3 + rng_.below(3)];
        h.activeSide = index == 0;
        h.address = Ipv4Address{0x0A000000 + static_cast<std::uint32_t>(index << 16) + number(0, 65535)};
        h.mac = chance() ? defaultMac(index)
                         : MacAddress{{static_cast<std::uint8_t>(number(0, 63) * 4), 0xAA, 1, 2, 3,
                                       static_cast<std::uint8_t>(index)}};
        h.label = texts();
        h.filtered = chance();
        h.tcp = TcpConfig::forProfile(profile);
        if (chance())
            h.tcp.iss = Seq32(number(0, 0xFFFFFFFF));
        for (const TcpSetting& setting : tcpSettings())
            if (rng_.below(4) == 0)
                change(h.tcp, setting);
        if (h.tcp.rtoMin > h.tcp.rtoMax)
            std::swap(h.tcp.rtoMin, h.tcp.rtoMax);
        return h;
    }
    void change(TcpConfig& config, const TcpSetting& setting)
    {
        std::visit(
            [&](auto member) {
                auto& value = config.*member;
                using T = std::remove_reference_t<decltype(value)>;
                if constexpr (std::is_same_v<T, bool>)
                    value = chance();
                else if constexpr (std::is_same_v<T, CongestionControl>)
                    value = static_cast<T>(number(0, kCongestionControlCount - 1));
                else if constexpr (std::is_same_v<T, Handshake>)
                    value = static_cast<T>(number(0, kHandshakeCount - 1));
                else if constexpr (std::is_same_v<T, SimDuration>)
                    value = SimDuration::nanoseconds(setting.least) +
                            upTo(SimDuration::nanoseconds(setting.most - setting.least));
                else
                    value = static_cast<T>(
                        number(static_cast<std::uint64_t>(setting.least), static_cast<std::uint64_t>(setting.most)));
            },
            setting.member);
    }

    LinkSpec link()
    {
        const SimDuration most = SimDuration::seconds(600);
        LinkSpec l;
        if (chance())
            return l;
        l.bitsPerSecond = chance() ? 0 : 1'000 + rng_.below(chance() ? 1'000'000 : 300'000'000'000);
        l.delay = upTo(most);
        l.queueLimit = number(0, 1'000'000);
        l.markFrom = chance() ? 0 : number(0, 1'000'000);
        l.lossPpm = number(0, 1'000'000);
        l.duplicatePpm = number(0, 100) * 10'000;
        l.corruptPpm = number(0, 1'000) * 1'000;
        l.reorderPpm = number(0, 10);
        l.reorderBy = upTo(most);
        l.jitter = upTo(most);
        return l;
    }

    std::string anyHost() { return names_[rng_.below(2)]; }
    Bytes data(std::uint64_t most)
    {
        Bytes bytes;
        const std::uint64_t size = 1 + rng_.below(most);
        const std::uint64_t kind = rng_.below(3);
        for (std::uint64_t i = 0; i < size; ++i)
            bytes.push_back(static_cast<std::uint8_t>(kind == 0   ? 'a' + i % 26
                                                      : kind == 1 ? 32 + rng_.below(95)
                                                                  : rng_.below(256)));
        return bytes;
    }
    PacketSelector selector() { return {chance() ? anyHost() : std::string(), number(1, 40)}; }
    SimDuration wait() { return upTo(SimDuration::seconds(600)); }

    Command command(bool onlyAt)
    {
        Command c;
        switch (onlyAt ? 0 : rng_.below(4)) {
        case 0: c.when = AtTime{instant()}; break;
        case 1:
            c.when = OnState{anyHost(), static_cast<TcpState>(rng_.below(kTcpStateCount)), number(1, 5), wait()};
            break;
        case 2: c.when = OnReceived{anyHost(), number(1, 100'000), wait()}; break;
        default: c.when = OnPeerClosed{anyHost(), wait()}; break;
        }
        constexpr std::uint64_t onLink = 16; // the actions that two hosts on one link know
        const std::uint64_t kind = rng_.below(onLink);
        const std::string self = anyHost();
        const std::string other = self == names_[0] ? names_[1] : names_[0];
        if (kind < 9)
            c.host = self;
        switch (kind) {
        case 0: {
            const auto port = static_cast<std::uint16_t>(number(1, 65535));
            if (chance())
                c.action = DoAccept{port};
            else
                c.action = DoListen{port, chance() ? std::optional(static_cast<std::uint16_t>(number(0, 65535)))
                                                   : std::nullopt};
            break;
        }
        case 1:
            c.action = DoConnect{other, static_cast<std::uint16_t>(number(1, 65535)),
                                 static_cast<std::uint16_t>(number(1, 65535))};
            break;
        case 2: c.action = DoSend{data(200)}; break;
        case 3: c.action = DoReceive{number(0, 1000)}; break;
        case 4: c.action = DoAutoRead{chance()}; break;
        case 5: c.action = DoClose{}; break;
        case 6: c.action = DoShutdown{}; break;
        case 7: c.action = DoAbort{}; break;
        case 8: c.action = DoCrash{}; break;
        case 9: c.action = DoDrop{selector()}; break;
        case 10: c.action = DoDelay{selector(), wait()}; break;
        case 11: c.action = DoHold{selector()}; break;
        case 12: c.action = DoLetGo{selector()}; break;
        case 13: c.action = DoDuplicate{selector(), wait()}; break;
        case 14: c.action = DoCorrupt{selector(), number(0, 11'999)}; break;
        default: c.action = inject(self, other); break;
        }
        return c;
    }
    DoInject inject(const std::string& from, const std::string& to)
    {
        TcpSegment s;
        s.sourcePort = static_cast<std::uint16_t>(number(1, 65535));
        s.destinationPort = static_cast<std::uint16_t>(number(1, 65535));
        s.seq = Seq32(number(0, 0xFFFFFFFF));
        s.ack = Seq32(chance() ? 0 : number(0, 0xFFFFFFFF));
        s.flags.bits = static_cast<std::uint8_t>(rng_.below(256));
        s.window = static_cast<std::uint16_t>(number(0, 65535));
        if (chance())
            s.mss = static_cast<std::uint16_t>(number(0, 65535));
        if (chance())
            s.urgentPointer = static_cast<std::uint16_t>(number(0, 65535));
        if (chance())
            s.payload = data(60);
        return {from, to, s};
    }

    Rng rng_;
    std::vector<std::string> names_;
};

} // namespace

TEST_CASE("a scenario that is written reads back the same, whatever is in it", "[scenario]")
{
    for (std::uint64_t seed = 0; seed < 1'000; ++seed) {
        const Scenario scenario = RandomScenario(seed).make();
        const std::string text = writeScenario(scenario);
        const auto again = parseScenario(text, "folder.d/random.yaml");
        INFO("seed " << seed << "\n" << text);
        if (!again) {
            std::string args;
            for (const std::string& arg : again.error().args)
                args += " <" + arg + ">";
            FAIL("error " << static_cast<int>(again.error().id) << " line " << again.error().line << ":"
                          << again.error().column << args);
        }
        if (!(again.value() == scenario))
            FAIL("written again:\n" << writeScenario(again.value()));
    }
}

TEST_CASE("a written scenario is UTF-8 without control characters and holds no trailing spaces", "[scenario]")
{
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        const std::string text = writeScenario(RandomScenario(seed).make());
        CHECK(std::all_of(text.begin(), text.end(),
                          [](char c) { return static_cast<unsigned char>(c) >= 0x20 || c == '\n'; }));
        CHECK(text.find(" \n") == std::string::npos);
        CHECK(text.back() == '\n');
    }
}

TEST_CASE("only what differs from the profile is written", "[scenario]")
{
    Scenario scenario = sandboxScenario();
    CHECK(writeScenario(scenario) == R"(packetarium: scenario
version: 1
title: {en: Sandbox, zh: "自由实验"}
group: sandbox
profile: rfc
hosts:
  client:
    address: 192.168.1.25
  server:
    address: 93.184.216.34
)");
    scenario.hosts[0].tcp.iss = Seq32(100);
    scenario.hosts[1].tcp.delayedAck = false;
    scenario.hosts[1].tcp.msl = SimDuration::milliseconds(1500);
    scenario.link.lossPpm = 5'000;
    scenario.commands.push_back({AtTime{SimTime::fromNs(30'000'000)}, {}, DoDrop{{"client", 2}}});
    scenario.commands.push_back({AtTime{SimTime::fromNs(2'500'000'000)}, "client", DoSend{{'h', 'i', '!'}}});
    CHECK(writeScenario(scenario) == R"(packetarium: scenario
version: 1
title: {en: Sandbox, zh: "自由实验"}
group: sandbox
profile: rfc
hosts:
  client:
    address: 192.168.1.25
    iss: 100
  server:
    address: 93.184.216.34
    tcp: {delayed-ack: off, msl: 1.5 s}
link: {loss: 0.5 %}
commands:
  - {at: 30 ms, drop: {from: client, nth: 2}}
  - {at: 2.5 s, host: client, send: "hi!"}
)");
}

TEST_CASE("changing the profile changes the defaults and keeps what an author chose", "[scenario]")
{
    Scenario scenario = sandboxScenario();
    scenario.hosts[0].tcp.iss = Seq32(7);
    scenario.hosts[0].tcp.msl = SimDuration::seconds(5);
    changeProfile(scenario, Profile::Linux);
    CHECK(scenario.profile == Profile::Linux);
    CHECK(scenario.hosts[0].tcp.msl == SimDuration::seconds(5));
    CHECK(scenario.hosts[0].tcp.iss == Seq32(7));
    CHECK(scenario.hosts[0].tcp.rtoMin == SimDuration::milliseconds(200));
    CHECK(scenario.hosts[1].tcp == TcpConfig::forProfile(Profile::Linux));
    changeProfile(scenario, Profile::Rfc);
    CHECK(scenario.hosts[1].tcp == TcpConfig());
}

} // namespace packetarium::scenario_roundtrip_test
