// SPDX-License-Identifier: GPL-3.0-or-later
//
// A run without a trace is the same run.
#include "core/base/stream_hash.h"
#include "core/base/stream_pattern.h"
#include "tests/support/catch.h"
#include "tests/support/two_hosts.h"

namespace packetarium::engine_trace_off_test {

using namespace testing;

namespace {

Scenario bulk(std::uint32_t connections, std::uint64_t octets)
{
    Scenario s = twoHosts();
    s.link.bitsPerSecond = 10'000'000;
    s.link.lossPpm = 5'000;
    s.link.duplicatePpm = 2'000;
    s.link.corruptPpm = 2'000;
    s.seed = 42;
    BulkServiceSpec service;
    service.port = 80;
    s.hosts[1].services.bulk = service;
    service.to = s.hosts[1].name;
    service.connections = connections;
    service.octets = octets;
    service.apart = SimDuration::milliseconds(7);
    s.hosts[0].services.bulk = service;
    return s;
}

} // namespace

TEST_CASE("with and without a trace the same octets arrive and the run ends at the same instant", "[engine]")
{
    for (const std::uint32_t connections : {1u, 5u}) {
        Engine with(bulk(connections, 400'000));
        EngineOptions off;
        off.trace = false;
        Engine without(bulk(connections, 400'000), off);
        CHECK(with.runToEnd() == without.runToEnd());
        CHECK(with.now() == without.now());
        CHECK(with.hosts()[1].octetsRead() == connections * std::uint64_t{400'000});
        CHECK(with.hosts()[1].octetsRead() == without.hosts()[1].octetsRead());
        CHECK(with.hosts()[1].readHash() == without.hosts()[1].readHash());
        CHECK(with.framesSent() == without.framesSent());
        CHECK(without.trace().records().empty());
        CHECK(without.trace().packets().empty());
        CHECK(without.checkpointCount() == 1);
    }
}

TEST_CASE("what a bulk sender makes up is what arrives", "[engine]")
{
    Engine engine(bulk(1, 300'000));
    engine.runToEnd();
    StreamHash expected;
    for (std::uint64_t at = 0; at < 300'000;) {
        const Octets some = streamPattern(at, 300'000 - at);
        expected.add(some.view());
        at += some.size();
    }
    CHECK(engine.hosts()[1].readHash() == expected.value());
    CHECK(engine.hosts()[0].segmentsSentAgain() > 0);
}

TEST_CASE("a bulk run goes back to any checkpoint and comes out the same", "[engine]")
{
    Engine engine(bulk(3, 100'000));
    engine.runToEnd();
    const std::uint64_t fingerprint = engine.trace().fingerprint();
    for (std::size_t i = engine.checkpointCount(); i-- > 0; i = i > 7 ? i - 7 : 0) {
        engine.rewindTo(i);
        engine.runToEnd();
        REQUIRE(engine.trace().fingerprint() == fingerprint);
        if (i == 0)
            break;
    }
}

} // namespace packetarium::engine_trace_off_test
