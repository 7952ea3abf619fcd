// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who handed which bytes to whom: the layer records of a datagram on its way
// from a host through a switch and a router to another host.
#include "tests/support/catch.h"
#include "tests/support/networks.h"
#include "tests/support/two_hosts.h"

#include <fmt/format.h>

namespace packetarium::engine_layers_test {

using namespace literals;
using namespace testing;

using Lines = std::vector<std::string>;

namespace {

std::string_view nameOf(Layer layer)
{
    constexpr std::string_view kNames[] = {"physical", "link", "internet", "transport", "application"};
    return kNames[static_cast<std::size_t>(layer)];
}

/// "client added transport 13" for each layer act on what carries the datagram, in order; the number is the unit's octets.
Lines actsOf(const Trace& trace, Protocol protocol)
{
    Lines lines;
    for (const Record& r : trace.records()) {
        if (r.kind == RecordKind::Layer && trace.packet(r.packet).protocol == protocol)
            lines.push_back(fmt::format("{} {} {} {}", trace.nodes()[r.host.value()].name, toString(r.layerAct()),
                                        nameOf(r.layer()), r.unitLength()));
    }
    return lines;
}

NetworkBuilder switchedAndRouted()
{
    NetworkBuilder net;
    net.host("client", "10.1.0.1/24", "10.1.0.254");
    net.host("server", "10.2.0.2/24", "10.2.0.254").services.udpOpen = {5000};
    net.router("r");
    net.interface("near", "10.1.0.254/24").interface("far", "10.2.0.254/24");
    net.bridge("s");
    net.join("client", "s").join("s", "r.near").join("r.far", "server");
    return net;
}

} // namespace

TEST_CASE("a datagram is wrapped, looked at, rewritten and unwrapped, layer by layer", "[engine]")
{
    NetworkBuilder net = switchedAndRouted();
    DoSendDatagram datagram;
    datagram.to = "10.2.0.2";
    datagram.port = 5000;
    datagram.data = Bytes(100, 'a');
    net.at(0_ms, "client", datagram);
    EngineOptions options;
    options.layers = true;
    Engine engine(net.scenario, options);
    REQUIRE(engine.runToEnd() == RunEnd::Quiet);
    // 100 octets, + 8 UDP, + 20 IP, + 14 and 4 Ethernet
    CHECK(actsOf(engine.trace(), Protocol::Udp) ==
          Lines{"client made application 100", "client added transport 108", "client added internet 128",
                "client added link 146", "client signalled physical 146",
                // the switch reads as far as the frame's addresses
                "s received physical 146", "s read link 146", "s signalled physical 146",
                // the router takes the frame off, reads and rewrites the IP header, and makes a new frame
                "r received physical 146", "r removed link 128", "r read internet 128", "r rewritten internet 128",
                "r added link 146", "r signalled physical 146", "server received physical 146",
                "server removed link 128", "server removed internet 108", "server removed transport 100",
                "server delivered application 100"});
}

TEST_CASE("the unit of every layer act lies within its packet's frame", "[engine]")
{
    NetworkBuilder net = switchedAndRouted();
    DoPing ping;
    ping.to = "10.2.0.2";
    net.at(0_ms, "client", ping);
    EngineOptions options;
    options.layers = true;
    Engine engine(net.scenario, options);
    engine.runToEnd();
    std::size_t acts = 0;
    for (const Record& r : engine.trace().records()) {
        if (r.kind != RecordKind::Layer)
            continue;
        ++acts;
        REQUIRE(r.packet);
        CHECK(std::size_t{r.unitOffset()} + r.unitLength() <= engine.trace().bytes(r.packet).size());
    }
    CHECK(acts > 0);
}

} // namespace packetarium::engine_layers_test
