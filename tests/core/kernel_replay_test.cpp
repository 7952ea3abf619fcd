// SPDX-License-Identifier: GPL-3.0-or-later
//
// A Linux kernel's own segments are played to a host of the `linux` profile, at their times, with the program's calls between
// them. What the host then sends must be what the kernel at that end sent: direction, flags, numbers and lengths of every
// segment, in order. So a wrong answer of one end cannot hide behind the other's. The captures: tests/support/captures.
#include "core/endpoint/session.h"
#include "tests/support/catch.h"
#include "tests/support/kernel_capture.h"

#include <nlohmann/json.hpp>

namespace packetarium::kernel_replay_test {

using Json = nlohmann::json;
using namespace test;

namespace {

struct Call {
    std::int64_t us;
    const char* fn;
    Json args;
};

struct Sent {
    std::int64_t us;
    std::string text;         ///< see wordsOf()
    std::uint32_t window = 0; ///< as the field has it
};

struct Replay {
    std::vector<Sent> kernel, ours;
    std::vector<std::string> texts(const std::vector<Sent>& sent) const
    {
        std::vector<std::string> all;
        for (const Sent& s : sent)
            all.push_back(s.text);
        return all;
    }
    std::vector<std::uint32_t> windows(const std::vector<Sent>& sent) const
    {
        std::vector<std::uint32_t> all;
        for (const Sent& s : sent)
            all.push_back(s.window);
        return all;
    }
};

/// Puts a host in the place of the end `own`: "10.0.0.1" or, 20 ms from it, "10.0.0.2". Captures were made at the first, those
/// called -peer at the second.
Replay replay(const std::string& capture, const std::string& own, Json host, const std::vector<Call>& calls)
{
    const std::uint32_t self = own == "10.0.0.1" ? 0x0a000001 : 0x0a000002;
    const bool here = (own == "10.0.0.1") != capture.ends_with("-peer");
    const std::int64_t later = here ? 0 : 20'000;
    const std::vector<CapturedDatagram> all = kernelCapture(capture);
    std::uint32_t isn[2] = {0, 0}; // own, the peer's
    bool seen[2] = {false, false};
    for (const CapturedDatagram& d : all) {
        const CapturedSegment s = segmentOf(d.octets);
        const std::size_t whose = s.source == self ? 0 : 1;
        if (!seen[whose])
            isn[whose] = s.seq;
        seen[whose] = true;
    }
    host.update(Json{{"ip", own}, {"profile", "linux"}, {"cc", "reno"}, {"iss", isn[0]}});
    Replay result;
    packetarium::EndpointSession session;
    const auto ask = [&](const Json& request) { return Json::parse(session.handle(request.dump())); };
    REQUIRE(ask({{"op", "reset"}, {"host", host}}).contains("ok"));
    const auto keep = [&](std::vector<Sent>& sent, std::int64_t us, const CapturedSegment& s) {
        sent.push_back({us, wordsOf(s, isn[0], isn[1]), s.window});
    };
    const auto passTo = [&](std::int64_t us) {
        const Json reply = ask(Json{{"op", "run"}, {"until_us", us}});
        for (const Json& output : reply.at("outputs"))
            keep(result.ours, output.at("t_us").get<std::int64_t>(),
                 segmentOf(fromHex(output.at("hex").get<std::string>())));
    };
    auto call = calls.begin();
    const auto callsUntil = [&](std::int64_t us) {
        for (; call != calls.end() && call->us <= us; ++call) {
            passTo(call->us);
            const Json reply = ask(Json{{"op", "call"}, {"id", 1}, {"fn", call->fn}, {"args", call->args}});
            INFO(call->fn << " " << reply.dump());
            CHECK((!reply.contains("errno") || reply.at("errno") == "EINPROGRESS"));
        }
    };
    for (const CapturedDatagram& d : all) {
        const CapturedSegment s = segmentOf(d.octets);
        if (s.source == self) {
            keep(result.kernel, d.us - later, s);
            continue;
        }
        callsUntil(d.us + later);
        passTo(d.us + later);
        ask(Json{{"op", "inject"}, {"hex", toHex(d.octets)}});
    }
    callsUntil(all.back().us + 40'000);
    passTo(all.back().us + 100'000);
    return result;
}

std::vector<Call> client(int port, std::vector<Call> rest)
{
    std::vector<Call> calls{{0, "socket", Json::object()},
                            {0, "bind", {{"fd", 3}, {"port", port}}},
                            {0, "connect", {{"fd", 3}, {"addr", "10.0.0.2"}, {"port", 80}, {"nonblock", true}}}};
    calls.insert(calls.end(), rest.begin(), rest.end());
    return calls;
}

/// WS=1024 and Win=64240 of the captures' SYNs.
Json kernelClient()
{
    return {{"wscale", 10}, {"rcvbuf", 64240}};
}

Json kernelServer()
{
    return {{"wscale", 10}, {"rcvbuf", 65160}};
}

} // namespace

TEST_CASE("a_http_teardown: the client of a page", "[endpoint]")
{
    const Replay r = replay("a_http_teardown", "10.0.0.1", kernelClient(),
                            client(40000, {{61'048, "send", {{"fd", 3}, {"len", 53}}},
                                           {110'000, "recv", {{"fd", 3}, {"len", 4000}}},
                                           {622'471, "close", {{"fd", 3}}}}));
    CHECK(r.texts(r.ours) == r.texts(r.kernel));
    REQUIRE(r.ours.size() == 6);
    CHECK(r.ours[4].us == 322'201 + 40'000); // the server's FIN is acknowledged after TCP_DELACK_MIN
}

TEST_CASE("a_http_teardown: the server of a page", "[endpoint]")
{
    const Replay r = replay("a_http_teardown", "10.0.0.2", kernelServer(),
                            {{0, "socket", Json::object()},
                             {0, "bind", {{"fd", 3}, {"port", 80}}},
                             {0, "listen", {{"fd", 3}, {"backlog", 1}}},
                             {70'000, "accept", {{"fd", 3}}},
                             {81'700, "recv", {{"fd", 4}, {"len", 4000}}},
                             {81'701, "send", {{"fd", 4}, {"len", 134}}},
                             {302'201, "close", {{"fd", 4}}}});
    CHECK(r.texts(r.ours) == r.texts(r.kernel));
}

TEST_CASE("p_half_close: a request, the end of the request, and an answer in five parts", "[endpoint]")
{
    const Replay client1 = replay("p_half_close", "10.0.0.1", kernelClient(),
                                  client(40022, {{61'103, "send", {{"fd", 3}, {"len", 3}}},
                                                 {61'120, "shutdown", {{"fd", 3}, {"how", "SHUT_WR"}}}}));
    CHECK(client1.texts(client1.ours) == client1.texts(client1.kernel));
    std::vector<Call> calls{{0, "socket", Json::object()},
                            {0, "bind", {{"fd", 3}, {"port", 80}}},
                            {0, "listen", {{"fd", 3}, {"backlog", 1}}},
                            {70'000, "accept", {{"fd", 3}}},
                            {81'130, "recv", {{"fd", 4}, {"len", 100}}}};
    for (const std::int64_t us : {81'765, 182'066, 282'257, 382'451, 482'640})
        calls.push_back({us, "send", {{"fd", 4}, {"len", 500}}});
    calls.push_back({582'891, "close", {{"fd", 4}}});
    const Replay server = replay("p_half_close", "10.0.0.2", kernelServer(), calls);
    CHECK(server.texts(server.ours) == server.texts(server.kernel));
}

TEST_CASE("e_fast_retransmit_sack: ten segments, a loss in the second flight, SACK and PRR", "[endpoint]")
{
    const Replay r =
        replay("e_fast_retransmit_sack", "10.0.0.1", kernelClient(),
               client(40011, {{199'670, "send", {{"fd", 3}, {"len", 58'400}}}, {625'310, "close", {{"fd", 3}}}}));
    CHECK(r.texts(r.ours) == r.texts(r.kernel));
    REQUIRE(r.ours.size() == r.kernel.size());
    for (std::size_t i = 0; i < r.ours.size(); ++i) { // each brought about by the same segment of the peer's
        INFO(i << " " << r.ours[i].text);
        CHECK(std::abs(r.ours[i].us - r.kernel[i].us) < 200);
    }
}

TEST_CASE("e_fast_retransmit_sack: the receiver, its quick and its compressed ACKs", "[endpoint]")
{
    // Its program reads after the gap is closed, and then at once. The buffer has room for 131072 octets of memory, of which a
    // segment's data fill 160 parts in 256: so the window grows with the first four segments, and again after the reading. What
    // has lain there for a while takes less memory, which here only an earlier reading can give.
    std::vector<Call> calls{{0, "socket", Json::object()},
                            {0, "bind", {{"fd", 3}, {"port", 80}}},
                            {0, "listen", {{"fd", 3}, {"backlog", 1}}},
                            {50'000, "accept", {{"fd", 3}}}};
    for (const std::int64_t us : {290'000, 325'800, 325'950, 325'962, 325'998, 366'300, 366'600})
        calls.push_back({us, "recv", {{"fd", 4}, {"len", us < 300'000 ? 10'000 : 60'000}}});
    calls.push_back({566'839, "close", {{"fd", 4}}});
    const Replay r = replay("e_fast_retransmit_sack-peer", "10.0.0.2", {{"wscale", 10}, {"rcvbuf", 81'920}}, calls);
    CHECK(r.texts(r.ours) == r.texts(r.kernel));
    REQUIRE(r.ours.size() == r.kernel.size());
    for (std::size_t i = 0; i < r.ours.size(); ++i) {
        INFO(i << " " << r.ours[i].text);
        CHECK(std::abs(r.ours[i].us - r.kernel[i].us) < 200);
    }
}

TEST_CASE("f_zero_window: probes without data, at doubling waits, and what the window lets go", "[endpoint]")
{
    const Replay r = replay("f_zero_window", "10.0.0.1", kernelClient(),
                            client(40015, {{60'895, "send", {{"fd", 3}, {"len", 1000}}},
                                           {81'473, "send", {{"fd", 3}, {"len", 11'000}}},
                                           {3'672'464, "close", {{"fd", 3}}}}));
    CHECK(r.texts(r.ours) == r.texts(r.kernel));
    // The waits for the probes double. The kernel's timers are of 4 ms and more, ours to the nanosecond: a twelfth between them.
    std::vector<double> ours, kernel;
    for (const Sent& s : r.ours)
        if (s.text == "ACK 4448 1 0")
            ours.push_back(static_cast<double>(s.us));
    for (const Sent& s : r.kernel)
        if (s.text == "ACK 4448 1 0")
            kernel.push_back(static_cast<double>(s.us));
    REQUIRE(ours.size() == 3);
    REQUIRE(kernel.size() == 3);
    CHECK((ours[2] - ours[1]) / (ours[1] - ours[0]) == Approx(2.0).epsilon(0.1));
    CHECK((kernel[2] - kernel[1]) / (kernel[1] - kernel[0]) == Approx(2.0).epsilon(0.1));
    CHECK(ours[0] == Approx(kernel[0]).epsilon(0.08));
}

TEST_CASE("f_zero_window: the receiver, whose buffer is memory in which segments lie", "[endpoint]")
{
    // SO_RCVBUF was 4096, so that half of 8192 octets of memory are offered in whole segments: 2896. Each segment takes 2304 of
    // them. The program begins to read three seconds after it has accepted, 1000 octets each 50 ms.
    std::vector<Call> calls{{0, "socket", Json::object()},
                            {0, "setsockopt", {{"fd", 3}, {"name", "SO_RCVBUF"}, {"value", 4096}}},
                            {0, "bind", {{"fd", 3}, {"port", 80}}},
                            {0, "listen", {{"fd", 3}, {"backlog", 1}}},
                            {70'000, "accept", {{"fd", 3}}}};
    for (int i = 0; i < 12; ++i)
        calls.push_back({3'071'000 + i * 50'130, "recv", {{"fd", 4}, {"len", 1000}}});
    calls.push_back({3'673'000, "close", {{"fd", 4}}});
    const Replay r = replay("f_zero_window", "10.0.0.2", {{"wscale", 0}, {"tcp", {{"segment-memory", 2304}}}}, calls);
    CHECK(r.texts(r.ours) == r.texts(r.kernel));
    CHECK(r.windows(r.ours) == r.windows(r.kernel));
}

TEST_CASE("c_refused_rst: a SYN to a port at which nobody listens", "[endpoint]")
{
    const Replay r = replay("c_refused_rst", "10.0.0.2", kernelServer(), {});
    CHECK(r.texts(r.ours) == r.texts(r.kernel));
    REQUIRE(r.ours.size() == 1);
}

} // namespace packetarium::kernel_replay_test
