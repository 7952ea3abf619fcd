// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whole exchanges of two Linux kernels, made again by two hosts of the `linux` profile: the same calls at the same times, the
// same packet dropped, nothing taken from the captures but the initial numbers. The rows must be the captures': direction, flags,
// relative numbers and lengths, in order. kernel_replay_test.cpp plays one end's segments to the other, which is the stricter of
// the two; here the ends have only each other.
#include "core/endpoint/session.h"
#include "tests/support/catch.h"
#include "tests/support/kernel_capture.h"

#include <map>

#include <nlohmann/json.hpp>

namespace packetarium::kernel_exchange_test {

using Json = nlohmann::json;
using namespace test;

namespace {

struct Call {
    std::int64_t us;
    int end; ///< 0: 10.0.0.1, where the captures were made; 1: 10.0.0.2
    const char* fn;
    Json args;
};

struct Exchange {
    explicit Exchange(const char* name)
        : capture(name)
    {}
    std::string capture;
    std::int64_t delayUs = 20'000; ///< each way
    std::vector<Call> calls;       ///< in the order of their times
    Json hosts[2] = {Json::object(), Json::object()};
    int dropData = 0; ///< the n-th segment with data from 10.0.0.1 is lost; 0: none
};

using Rows = std::vector<std::string>;

constexpr std::uint32_t kFirst = 0x0a000001;

/// What passes 10.0.0.1, in order: "> SYN 0 0 0" is sent there, "< SYN,ACK 0 1 0" arrives.
Rows rowsOf(const std::vector<CapturedDatagram>& seen)
{
    std::map<std::uint32_t, std::uint32_t> isn;
    for (const CapturedDatagram& d : seen) {
        const CapturedSegment s = segmentOf(d.octets);
        isn.try_emplace(s.source, s.seq);
    }
    Rows rows;
    for (const CapturedDatagram& d : seen) {
        const CapturedSegment s = segmentOf(d.octets);
        std::uint32_t other = 0;
        for (const auto& [address, number] : isn)
            if (address != s.source)
                other = number;
        rows.push_back((s.source == kFirst ? "> " : "< ") + wordsOf(s, isn[s.source], other));
    }
    return rows;
}

Rows sentIn(const Rows& rows)
{
    Rows some;
    for (const std::string& row : rows)
        if (row.front() == '>')
            some.push_back(row);
    return some;
}

Json ask(packetarium::EndpointSession& session, const Json& request)
{
    return Json::parse(session.handle(request.dump()));
}

/// The exchange as seen at 10.0.0.1.
std::vector<CapturedDatagram> play(const Exchange& exchange, const std::vector<CapturedDatagram>& kernels)
{
    packetarium::EndpointSession ends[2];
    for (int end = 0; end < 2; ++end) {
        Json host{{"ip", end == 0 ? "10.0.0.1" : "10.0.0.2"}, {"profile", "linux"}, {"cc", "reno"}, {"wscale", 10}};
        host.update(exchange.hosts[end]);
        for (const CapturedDatagram& d : kernels)
            if (const CapturedSegment s = segmentOf(d.octets); (s.source == kFirst) == (end == 0)) {
                host["iss"] = s.seq;
                break;
            }
        REQUIRE(ask(ends[end], {{"op", "reset"}, {"host", host}}).contains("ok"));
    }
    std::multimap<std::int64_t, std::pair<int, std::string>> arrivals; // by time: whose, and the datagram in hex
    std::multimap<std::int64_t, RawOctets> seen;
    int data = 0;
    const auto runTo = [&](std::int64_t us) {
        for (int end = 0; end < 2; ++end) {
            const Json reply = ask(ends[end], {{"op", "run"}, {"until_us", us}});
            for (const Json& output : reply.at("outputs")) {
                const auto at = output.at("t_us").get<std::int64_t>();
                const std::string hex = output.at("hex").get<std::string>();
                const RawOctets octets = fromHex(hex);
                seen.emplace(end == 0 ? at : at + exchange.delayUs, octets);
                const bool lost = end == 0 && segmentOf(octets).length > 0 && ++data == exchange.dropData;
                if (!lost)
                    arrivals.emplace(at + exchange.delayUs, std::pair{1 - end, hex});
            }
        }
    };
    auto call = exchange.calls.begin();
    const std::int64_t end = kernels.back().us + 300'000;
    for (std::int64_t now = 0; now < end;) {
        // Nothing that goes out within a wire's delay can arrive within it.
        now = std::min(now + exchange.delayUs, end);
        if (!arrivals.empty())
            now = std::min(now, arrivals.begin()->first);
        if (call != exchange.calls.end())
            now = std::min(now, call->us);
        runTo(now);
        while (!arrivals.empty() && arrivals.begin()->first <= now) {
            const auto [whose, hex] = arrivals.begin()->second;
            arrivals.erase(arrivals.begin());
            ask(ends[whose], {{"op", "inject"}, {"hex", hex}});
        }
        for (; call != exchange.calls.end() && call->us <= now; ++call) {
            const Json reply =
                ask(ends[call->end], {{"op", "call"}, {"id", 1}, {"fn", call->fn}, {"args", call->args}});
            INFO(call->fn << " " << reply.dump());
            CHECK((!reply.contains("errno") || reply.at("errno") == "EINPROGRESS"));
        }
        runTo(now);
    }
    std::vector<CapturedDatagram> all;
    for (auto& [us, octets] : seen)
        all.push_back({us, std::move(octets)});
    return all;
}

void begin(std::vector<Call>& calls, int clientPort, int serverPort)
{
    calls.push_back({0, 1, "socket", Json::object()});
    calls.push_back({0, 1, "bind", {{"fd", 3}, {"port", serverPort}}});
    calls.push_back({0, 1, "listen", {{"fd", 3}, {"backlog", 1}}});
    calls.push_back({0, 0, "socket", Json::object()});
    calls.push_back({0, 0, "bind", {{"fd", 3}, {"port", clientPort}}});
    calls.push_back({0, 0, "connect", {{"fd", 3}, {"addr", "10.0.0.2"}, {"port", serverPort}, {"nonblock", true}}});
}

} // namespace

TEST_CASE("two hosts make a kernel's exchange: a page, and a teardown in four segments", "[endpoint]")
{
    Exchange e{"a_http_teardown"};
    begin(e.calls, 40000, 80);
    e.calls.insert(e.calls.end(), {{61'048, 0, "send", {{"fd", 3}, {"len", 53}}},
                                   {70'000, 1, "accept", {{"fd", 3}}},
                                   {81'700, 1, "recv", {{"fd", 4}, {"len", 4000}}},
                                   {81'701, 1, "send", {{"fd", 4}, {"len", 134}}},
                                   {110'000, 0, "recv", {{"fd", 3}, {"len", 4000}}},
                                   {282'201, 1, "close", {{"fd", 4}}},
                                   {622'471, 0, "close", {{"fd", 3}}}});
    const auto kernels = kernelCapture(e.capture);
    CHECK(rowsOf(play(e, kernels)) == rowsOf(kernels));
}

TEST_CASE("two hosts make a kernel's exchange: refused", "[endpoint]")
{
    Exchange e{"c_refused_rst"};
    e.calls = {{0, 0, "socket", Json::object()},
               {0, 0, "bind", {{"fd", 3}, {"port", 40001}}},
               {0, 0, "connect", {{"fd", 3}, {"addr", "10.0.0.2"}, {"port", 81}, {"nonblock", true}}}};
    const auto kernels = kernelCapture(e.capture);
    CHECK(rowsOf(play(e, kernels)) == rowsOf(kernels));
}

TEST_CASE("two hosts make a kernel's exchange: the twelfth segment lost, SACK and PRR", "[endpoint]")
{
    Exchange e{"e_fast_retransmit_sack"};
    e.dropData = 12;
    begin(e.calls, 40011, 80);
    e.hosts[1] = {{"rcvbuf", 81'920}}; // see kernel_replay_test.cpp
    e.calls.push_back({50'000, 1, "accept", {{"fd", 3}}});
    e.calls.push_back({199'670, 0, "send", {{"fd", 3}, {"len", 58'400}}});
    for (const std::int64_t us : {251'000, 322'000, 400'000})
        e.calls.push_back({us, 1, "recv", {{"fd", 4}, {"len", 60'000}}});
    e.calls.push_back({624'890, 1, "close", {{"fd", 4}}});
    e.calls.push_back({625'310, 0, "close", {{"fd", 3}}});
    const auto kernels = kernelCapture(e.capture);
    // The sender's rows. How many ACKs the receiver makes one of depends on the microseconds between the segments of a burst,
    // which were the wire's; played to it at their times they give the kernel's ACKs, see kernel_replay_test.cpp.
    CHECK(sentIn(rowsOf(play(e, kernels))) == sentIn(rowsOf(kernels)));
}

TEST_CASE("two hosts make a kernel's exchange: a window that shuts, probes, and a slow reader", "[endpoint]")
{
    Exchange e{"f_zero_window"};
    begin(e.calls, 40015, 80);
    e.hosts[1] = {{"wscale", 0}, {"rcvbuf", 4096}, {"tcp", {{"segment-memory", 2304}}}};
    e.calls.insert(e.calls.end(), {{60'895, 0, "send", {{"fd", 3}, {"len", 1000}}},
                                   {70'000, 1, "accept", {{"fd", 3}}},
                                   {81'473, 0, "send", {{"fd", 3}, {"len", 11'000}}}});
    for (int i = 0; i < 12; ++i)
        e.calls.push_back({3'071'000 + i * 50'130, 1, "recv", {{"fd", 4}, {"len", 1000}}});
    e.calls.push_back({3'672'464, 0, "close", {{"fd", 3}}});
    e.calls.push_back({3'673'000, 1, "close", {{"fd", 4}}});
    const auto kernels = kernelCapture(e.capture);
    CHECK(rowsOf(play(e, kernels)) == rowsOf(kernels));
}

TEST_CASE("two hosts make a kernel's exchange: half closed, and five answers", "[endpoint]")
{
    Exchange e{"p_half_close"};
    begin(e.calls, 40022, 80);
    e.calls.insert(e.calls.end(), {{61'103, 0, "send", {{"fd", 3}, {"len", 3}}},
                                   {61'120, 0, "shutdown", {{"fd", 3}, {"how", "SHUT_WR"}}},
                                   {70'000, 1, "accept", {{"fd", 3}}},
                                   {81'130, 1, "recv", {{"fd", 4}, {"len", 100}}}});
    for (const std::int64_t us : {81'765, 182'066, 282'257, 382'451, 482'640})
        e.calls.push_back({us, 1, "send", {{"fd", 4}, {"len", 500}}});
    e.calls.push_back({582'891, 1, "close", {{"fd", 4}}});
    const auto kernels = kernelCapture(e.capture);
    CHECK(rowsOf(play(e, kernels)) == rowsOf(kernels));
}

TEST_CASE("two hosts make a kernel's exchange: both open at once", "[endpoint]")
{
    Exchange e{"t_simultaneous_open"};
    e.delayUs = 50'000;
    for (const int end : {0, 1}) {
        e.calls.push_back({0, end, "socket", Json::object()});
        e.calls.push_back({0, end, "bind", {{"fd", 3}, {"port", end == 0 ? 40026 : 40027}}});
        e.calls.push_back({0,
                           end,
                           "connect",
                           {{"fd", 3},
                            {"addr", end == 0 ? "10.0.0.2" : "10.0.0.1"},
                            {"port", end == 0 ? 40027 : 40026},
                            {"nonblock", true}}});
    }
    e.calls.insert(e.calls.end(), {{400'270, 0, "send", {{"fd", 3}, {"len", 6}}},
                                   {450'717, 0, "close", {{"fd", 3}}},
                                   {651'339, 1, "recv", {{"fd", 3}, {"len", 100}}},
                                   {651'340, 1, "close", {{"fd", 3}}}});
    const auto kernels = kernelCapture(e.capture);
    CHECK(rowsOf(play(e, kernels)) == rowsOf(kernels));
}

} // namespace packetarium::kernel_exchange_test
