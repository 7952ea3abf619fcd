// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whatever is lost, duplicated or overtaken: both ends come to rest, and no
// octet between the programs is lost, changed or delivered twice.
#include "core/base/rng.h"
#include "tests/support/catch.h"
#include "tests/support/two_hosts.h"

namespace packetarium::exhaustive_loss_test {

using namespace literals;
using namespace testing;

namespace {

Bytes message(std::size_t size, std::uint32_t salt)
{
    Rng rng(salt);
    Bytes data(size);
    for (auto& octet : data)
        octet = static_cast<std::uint8_t>(rng.next());
    return data;
}

/// Both programs send, each closes when the other has, and the client closes first.
Scenario connectSendClose(const Bytes& request, const Bytes& answer)
{
    Scenario s = twoHosts();
    at(s, 0_ms, "server", DoListen{80});
    at(s, 1_ms, "client", DoConnect{"server", 80, 49152});
    s.script.push_back({OnState{"client", TcpState::Established, 1, 0_ms}, "client", DoSend{request}});
    s.script.push_back({OnState{"client", TcpState::Established, 1, 10_ms}, "client", DoShutdown{}});
    s.script.push_back({OnReceived{"server", request.size(), 0_ms}, "server", DoSend{answer}});
    s.script.push_back({OnPeerClosed{"server", 5_ms}, "server", DoShutdown{}});
    return s;
}

/// Steps event by event, so that the invariants are looked at after each.
RunEnd runChecked(Engine& engine)
{
    RunEnd end = RunEnd::TimeReached;
    SimTime t = SimTime::zero();
    while (end == RunEnd::TimeReached) {
        end = engine.runUntil(t);
        requireInvariants(engine);
        t = engine.nextAt();
    }
    return end;
}

bool gaveUp(const Trace& trace, NodeId host)
{
    for (const Record& r : trace.records()) {
        if (r.kind == RecordKind::App && r.host == host && r.call() == AppCall::Failed)
            return true;
    }
    return false;
}

struct Outcome {
    bool closed = true;
    bool intact = true;
    bool complete = true;
    bool anyGaveUp = false;
};

Outcome judge(const Engine& engine, const Bytes& request, const Bytes& answer)
{
    Outcome outcome;
    const Host& client = engine.hosts()[0];
    const Host& server = engine.hosts()[1];
    for (const Host& host : engine.hosts()) {
        outcome.anyGaveUp = outcome.anyGaveUp || gaveUp(engine.trace(), host.id());
        for (const Host::Slot& slot : host.connections())
            outcome.closed = outcome.closed && slot.tcp.state() == TcpState::Closed;
    }
    const auto isPrefix = [](const Host& reader, const Bytes& written) {
        return reader.octetsRead() <= written.size() &&
               reader.readHash() == streamHash(ByteView(written).first(static_cast<std::size_t>(reader.octetsRead())));
    };
    outcome.intact = isPrefix(server, request) && isPrefix(client, answer);
    outcome.complete = server.octetsRead() == request.size() && client.octetsRead() == answer.size();
    return outcome;
}

} // namespace

TEST_CASE("every subset of the first twelve packets may be lost", "[exhaustive]")
{
    const Bytes request = message(2000, 1); // two segments
    const Bytes answer = message(700, 2);
    int completed = 0;
    for (std::uint32_t subset = 0; subset < 4096; ++subset) {
        Scenario s = connectSendClose(request, answer);
        for (std::uint32_t i = 0; i < 12; ++i) {
            if ((subset >> i & 1u) != 0)
                at(s, 0_ms, {}, DoDrop{{"", i + 1}});
        }
        Engine engine(s);
        const RunEnd end = runChecked(engine);
        const Outcome outcome = judge(engine, request, answer);
        INFO("lost: bits of " << subset);
        REQUIRE(end == RunEnd::Quiet);
        REQUIRE(outcome.intact);
        // Who has given up says so; its peer then waits for ever in LISTEN or FIN-WAIT-2, as RFC 9293 has it.
        REQUIRE((outcome.closed || outcome.anyGaveUp));
        REQUIRE((outcome.complete || outcome.anyGaveUp));
        completed += outcome.complete ? 1 : 0;
    }
    // Twelve losses are fewer than the retransmissions of R2 wherever they fall on both ends.
    CHECK(completed > 4000);
}

TEST_CASE("random loss, duplication, reordering and corruption change no octet", "[exhaustive]")
{
    constexpr int kSeeds = 10'000;
    for (int seed = 0; seed < kSeeds; ++seed) {
        Rng rng(static_cast<std::uint64_t>(seed) * 2 + 1);
        const Bytes request = message(1 + rng.below(6000), static_cast<std::uint32_t>(seed));
        const Bytes answer = message(1 + rng.below(6000), static_cast<std::uint32_t>(seed) + 1);
        Scenario s = connectSendClose(request, answer);
        s.seed = static_cast<std::uint64_t>(seed);
        s.link.duplicatePpm = static_cast<std::uint32_t>(rng.below(300'000));
        s.link.reorderPpm = static_cast<std::uint32_t>(rng.below(300'000));
        s.link.lossPpm = static_cast<std::uint32_t>(rng.below(150'000));
        s.link.corruptPpm = static_cast<std::uint32_t>(rng.below(50'000));
        s.link.jitter = SimDuration::milliseconds(static_cast<std::int64_t>(rng.below(40)));
        if (rng.chance(300'000)) // across the wrap of sequence numbers
            s.hosts[0].tcp.iss = Seq32(0xffffff00u + static_cast<std::uint32_t>(rng.below(512)));
        for (HostSpec& host : s.hosts) {
            host.tcp.mss = static_cast<std::uint16_t>(100 + rng.below(1361));
            host.tcp.receiveBuffer = static_cast<std::uint32_t>(200 + rng.below(20'000));
            host.tcp.delayedAck = rng.chance(500'000);
        }
        Engine engine(s);
        const RunEnd end = runChecked(engine);
        const Outcome outcome = judge(engine, request, answer);
        INFO("seed " << seed);
        REQUIRE(end == RunEnd::Quiet);
        REQUIRE(outcome.intact);
        // Who has given up says so; its peer then waits for ever in LISTEN or FIN-WAIT-2, as RFC 9293 has it.
        REQUIRE((outcome.closed || outcome.anyGaveUp));
        REQUIRE((outcome.complete || outcome.anyGaveUp));
    }
}

} // namespace packetarium::exhaustive_loss_test
