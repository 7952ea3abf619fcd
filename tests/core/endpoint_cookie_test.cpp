// SPDX-License-Identifier: GPL-3.0-or-later
//
// SYN cookies, RFC 4987 §3.6: what is remembered is in the number of the answer.
#include "core/tcp/syn_cookie.h"
#include "tests/core/endpoint_rig.h"
#include "tests/support/catch.h"

namespace packetarium::endpoint_cookie_test {

using namespace literals;
using test::EndpointRig;
using Json = EndpointRig::Json;

namespace {

const Endpoint kLocal{Ipv4Address{0x0a000001}, 80}, kRemote{Ipv4Address{0x0a000002}, 4000};
const IsnSecret kSecret{1, 2};
const Seq32 kIrs(5000);

} // namespace

TEST_CASE("a cookie gives back the next smaller MSS of its list, for one to two ticks of 64 seconds", "[tcp]")
{
    const SimTime given = SimTime::zero() + 100_s; // in the second tick, 64 s to 128 s
    for (const auto& [mss, remembered] :
         {std::pair<std::uint16_t, std::uint16_t>{1460, 1460}, {1459, 1440}, {1000, 996}, {536, 536}, {216, 216}}) {
        const Seq32 cookie = makeSynCookie(given, kLocal, kRemote, kIrs, mss, kSecret);
        CHECK(mssOfSynCookie(given, kLocal, kRemote, kIrs, cookie, kSecret) == remembered);
        const SimTime last = SimTime::zero() + 192_s - 1_ns; // the end of the tick after
        CHECK(mssOfSynCookie(last, kLocal, kRemote, kIrs, cookie, kSecret) == remembered);
        CHECK_FALSE(mssOfSynCookie(SimTime::zero() + 192_s, kLocal, kRemote, kIrs, cookie, kSecret));
    }
}

TEST_CASE("a cookie is good for its own SYN only", "[tcp]")
{
    const SimTime now = SimTime::zero() + 10_s;
    const Seq32 cookie = makeSynCookie(now, kLocal, kRemote, kIrs, 1460, kSecret);
    const Endpoint stranger{Ipv4Address{0x0a000003}, 4000}, otherPort{kRemote.address, 4001};
    CHECK_FALSE(mssOfSynCookie(now, kLocal, stranger, kIrs, cookie, kSecret));
    CHECK_FALSE(mssOfSynCookie(now, kLocal, otherPort, kIrs, cookie, kSecret));
    CHECK_FALSE(mssOfSynCookie(now, kLocal, kRemote, kIrs + 1, cookie, kSecret));
    CHECK_FALSE(mssOfSynCookie(now, kLocal, kRemote, kIrs, cookie + 1, kSecret));
    CHECK_FALSE(mssOfSynCookie(now, kLocal, kRemote, kIrs, cookie, IsnSecret{1, 3}));
}

TEST_CASE("with a full SYN queue an honest peer still gets its connection", "[endpoint]")
{
    EndpointRig rig(Json{{"syn_backlog", 1}, {"syn_cookies", true}});
    const int listener = rig.listening();
    rig.segment(TcpFlags::Syn, 0, 0); // the flood: it fills the queue and never goes on
    CHECK(rig.sent().size() == 1);

    rig.peerPort = 4001;
    rig.segment(TcpFlags::Syn, 0, 0);
    const Json answer = rig.run()["outputs"];
    REQUIRE(answer.size() == 1);
    CHECK(answer[0]["cause"] == "sent-syn-cookie");
    CHECK(rig.sent(3'000'000) ==
          std::vector<std::string>{"SYN,ACK seq=0 ack=1", "SYN,ACK seq=0 ack=1"}); // the flood's, again

    // The number of the SYN,ACK stands at octet 24 of the datagram.
    const std::string hex = answer[0]["hex"];
    const auto cookie = static_cast<std::uint32_t>(std::stoul(hex.substr(48, 8), nullptr, 16));
    SECTION("who sends it back is connected, and may be accepted")
    {
        CHECK_FALSE(rig.segment(TcpFlags::Ack, 1, cookie - EndpointRig::kIss + 1).contains("dropped"));
        CHECK(rig.sent().empty());
        const Json accepted = rig.call("accept", {{"fd", listener}});
        CHECK(accepted["port"] == 4001);
        CHECK(rig.state(accepted["ret"]) == "ESTABLISHED");
    }
    SECTION("who guesses is reset")
    {
        rig.segment(TcpFlags::Ack, 1, cookie - EndpointRig::kIss + 2);
        const auto sent = rig.sent();
        REQUIRE(sent.size() == 1);
        CHECK(sent[0].starts_with("RST"));
    }
}

TEST_CASE("cookies do not open more connections than may wait for accept()", "[endpoint]")
{
    EndpointRig rig(Json{{"syn_backlog", 1}, {"syn_cookies", true}});
    const int listener = rig.listening(0); // one place
    rig.segment(TcpFlags::Syn, 0, 0);      // the flood
    rig.run();
    std::uint32_t cookies[2];
    for (const int n : {0, 1}) {
        rig.peerPort = static_cast<std::uint16_t>(4001 + n);
        rig.segment(TcpFlags::Syn, 0, 0);
        const Json answer = rig.run()["outputs"];
        REQUIRE(answer.size() == 1);
        REQUIRE(answer[0]["cause"] == "sent-syn-cookie");
        const std::string hex = answer[0]["hex"];
        cookies[n] = static_cast<std::uint32_t>(std::stoul(hex.substr(48, 8), nullptr, 16));
    }
    const auto sendsBack = [&](int n) {
        rig.peerPort = static_cast<std::uint16_t>(4001 + n);
        return rig.segment(TcpFlags::Ack, 1, cookies[n] - EndpointRig::kIss + 1);
    };
    CHECK_FALSE(sendsBack(0).contains("dropped"));
    CHECK(sendsBack(1).contains("dropped")); // no place: it has not been heard
    CHECK(rig.sent().empty());
    CHECK(rig.call("accept", {{"fd", listener}})["port"] == 4001);
    CHECK_FALSE(sendsBack(1).contains("dropped"));
    CHECK(rig.call("accept", {{"fd", listener}})["port"] == 4002);
}

TEST_CASE("two segments are enough to be accepted where a handshake has two", "[endpoint]")
{
    EndpointRig rig(Json{{"tcp", {{"handshake", "two-way"}}}});
    const int listener = rig.listening(0);
    rig.segment(TcpFlags::Syn, 0, 0);
    CHECK(rig.sent() == std::vector<std::string>{"SYN,ACK seq=0 ack=1"});
    const Json accepted = rig.call("accept", {{"fd", listener}});
    REQUIRE(accepted.contains("ret"));
    CHECK(rig.state(accepted["ret"]) == "ESTABLISHED");
}

TEST_CASE("RFC 9293 section 3.7.1, MUST-16: to a peer that takes less than any cookie can say none is sent",
          "[endpoint]")
{
    EndpointRig rig(Json{{"syn_backlog", 1}, {"syn_cookies", true}});
    rig.listening();
    rig.segment(TcpFlags::Syn, 0, 0); // the flood
    rig.run();
    for (const std::uint16_t mss : {std::uint16_t{215}, std::uint16_t{216}}) {
        TcpSegment syn;
        syn.sourcePort = 4001;
        syn.destinationPort = rig.hostPort;
        syn.flags.bits = TcpFlags::Syn;
        syn.mss = mss;
        const Json taken =
            rig.inject(EndpointRig::datagram(kProtocolTcp, encodeTcp(syn, EndpointRig::kPeer, EndpointRig::kHost)));
        CHECK(taken.contains("dropped") == (mss < 216));
        CHECK(rig.run()["outputs"].size() == (mss < 216 ? 0 : 1));
    }
}

} // namespace packetarium::endpoint_cookie_test
