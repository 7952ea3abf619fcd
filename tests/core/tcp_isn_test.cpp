// SPDX-License-Identifier: GPL-3.0-or-later
//
// Initial sequence numbers (RFC 9293 §3.4.1).
#include "core/tcp/isn.h"
#include "tests/support/catch.h"
#include "tests/support/tcp_rig.h"

#include <set>

namespace packetarium::tcp_isn_test {

using namespace literals;
using namespace testing;

namespace {

const Endpoint kClient{Ipv4Address{0x0a000001}, 49152};
const Endpoint kServer{Ipv4Address{0x0a000002}, 80};
const IsnSecret kSecret{1, 2};

} // namespace

TEST_CASE("the keyed hash is SipHash-2-4", "[tcp]")
{
    // The authors' table of vectors, entry 16: key 00..0f, input 00..0f; words are read with their low octet first.
    const IsnSecret key{0x0706050403020100ULL, 0x0f0e0d0c0b0a0908ULL};
    CHECK(sipHash24(0x0706050403020100ULL, 0x0f0e0d0c0b0a0908ULL, key) == 0x3f2acc7f57c29bdbULL);
}

TEST_CASE("the keyed hash of longer messages", "[tcp]")
{
    // The authors' table again: entries 8 and 40, inputs 00..07 and 00..27.
    const IsnSecret key{0x0706050403020100ULL, 0x0f0e0d0c0b0a0908ULL};
    const std::array<std::uint64_t, 5> input{0x0706050403020100ULL, 0x0f0e0d0c0b0a0908ULL, 0x1716151413121110ULL,
                                             0x1f1e1d1c1b1a1918ULL, 0x2726252423222120ULL};
    CHECK(sipHash24(std::span(input).first(1), key) == 0x93f5f5799a932462ULL);
    CHECK(sipHash24(input, key) == 0x0e3ea96b5304a7d0ULL);
}

TEST_CASE("IPv6 ends have numbers of their own", "[tcp]")
{
    std::set<std::uint32_t> numbers;
    const auto end = [](std::string_view address, std::uint16_t port) {
        return Endpoint{*IpAddress::parse(address), port};
    };
    const auto add = [&](const Endpoint& local, const Endpoint& remote) {
        numbers.insert(chooseIsn(SimTime::zero(), local, remote, kSecret).value());
    };
    add(end("2001:db8::1", 49152), end("2001:db8::2", 80));
    add(end("2001:db8::1", 49153), end("2001:db8::2", 80));
    add(end("2001:db8::3", 49152), end("2001:db8::2", 80));
    add(end("2001:db8:1::1", 49152), end("2001:db8::2", 80));
    add(end("2001:db8::1", 49152), end("2001:db8:1::2", 80));
    add(end("2001:db8::2", 80), end("2001:db8::1", 49152));
    CHECK(numbers.size() == 6);
    const Endpoint local = end("2001:db8::1", 49152), remote = end("2001:db8::2", 80);
    CHECK(chooseIsn(SimTime::zero() + 1_s, local, remote, kSecret) ==
          chooseIsn(SimTime::zero(), local, remote, kSecret) + 250'000u);
}

TEST_CASE("the clock behind the ISN ticks every four microseconds", "[tcp]")
{
    const auto at = [](SimDuration t) { return chooseIsn(SimTime::zero() + t, kClient, kServer, kSecret); };
    const Seq32 start = at(SimDuration{});
    CHECK(at(3'999_ns) == start);
    CHECK(at(4'000_ns) == start + 1u);
    CHECK(at(7'999_ns) == start + 1u);
    CHECK(at(8_us) == start + 2u);
    CHECK(at(1_s) == start + 250'000u);
    // It has come round after 2^32 ticks, 4.77 hours.
    CHECK(at((std::int64_t{1} << 32) * 4_us) == start);
}

TEST_CASE("other ends, other ports and other secrets have other numbers", "[tcp]")
{
    std::set<std::uint32_t> numbers;
    const auto add = [&](const Endpoint& local, const Endpoint& remote, const IsnSecret& secret) {
        numbers.insert(chooseIsn(SimTime::zero(), local, remote, secret).value());
    };
    add(kClient, kServer, kSecret);
    add(kServer, kClient, kSecret);
    add(Endpoint{kClient.address, 49153}, kServer, kSecret);
    add(kClient, Endpoint{kServer.address, 81}, kSecret);
    add(Endpoint{Ipv4Address{0x0a000003}, kClient.port}, kServer, kSecret);
    add(kClient, Endpoint{Ipv4Address{0x0a000004}, kServer.port}, kSecret);
    add(kClient, kServer, IsnSecret{1, 3});
    add(kClient, kServer, IsnSecret{3, 2});
    add(Endpoint{kClient.address, kServer.port}, Endpoint{kServer.address, kClient.port}, kSecret);
    CHECK(numbers.size() == 9);
}

TEST_CASE("a connection takes its ISN from clock and hash, unless it is fixed", "[tcp]")
{
    TcpConfig config = TcpRig::config();
    config.iss.reset();
    TcpRig rig(config);
    rig.pass(10_ms);
    rig.openActive();
    const Seq32 expected = chooseIsn(SimTime::zero() + 10_ms, Endpoint{TcpRig::kLocal, TcpRig::kLocalPort},
                                     Endpoint{TcpRig::kRemote, TcpRig::kRemotePort}, IsnSecret{1, 2});
    rig.expectSent("SYN", seq(expected.value()));
    TcpRig fixed;
    fixed.openActive();
    fixed.expectSent("SYN", seq(100));
}

TEST_CASE("the same connection later has a higher number", "[tcp]")
{
    const Seq32 first = chooseIsn(SimTime::zero(), kClient, kServer, kSecret);
    const Seq32 later = chooseIsn(SimTime::zero() + 240_s, kClient, kServer, kSecret);
    CHECK(seqGt(later, first));
    CHECK(later - first == 60'000'000);
}

} // namespace packetarium::tcp_isn_test
