// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tcp/config.h"
#include "tests/support/catch.h"
#include "tests/support/tcp_rig.h"

namespace packetarium::tcp_config_test {

using namespace literals;
using namespace testing;

TEST_CASE("the rfc profile keeps every limit that RFC 9293 and RFC 6298 set", "[tcp]")
{
    const TcpConfig rfc = TcpConfig::forProfile(Profile::Rfc);
    CHECK(rfc == TcpConfig{});
    CHECK(rfc.delayedAckTime < 500_ms); // MUST-40
    CHECK(rfc.rtoInitial == 1_s);       // RFC 6298 §2.1
    CHECK(rfc.rtoMin == 1_s);           // §2.4
    CHECK(rfc.rtoMax >= 60_s);          // §2.5
    CHECK(rfc.rtoAfterSynLoss == 3_s);  // §5.7
    CHECK(rfc.msl == 120_s);            // RFC 9293 §3.4.2
    CHECK(rfc.timeWait);
    CHECK_FALSE(rfc.iss); // MUST-8: clock driven
    CHECK_FALSE(rfc.synAckOnDuplicateSyn);
    CHECK(rfc.receiveBuffer <= 65535); // no window scaling
}

TEST_CASE("profiles are named, and found by their names", "[tcp]")
{
    CHECK(toString(Profile::Rfc) == "rfc");
    CHECK(toString(Profile::Linux) == "linux");
    CHECK(parseProfile("rfc") == Profile::Rfc);
    CHECK(parseProfile("linux") == Profile::Linux);
    CHECK_FALSE(parseProfile("RFC"));
    CHECK_FALSE(parseProfile(""));
    CHECK_FALSE(TcpConfig::forProfile(Profile::Linux) == TcpConfig::forProfile(Profile::Rfc));
}

TEST_CASE("a connection is a value: a copy goes its own way", "[tcp]")
{
    TcpRig rig = TcpRig::established();
    rig.send("sent");
    rig.skipWhatWasSaid();
    TcpRig copy = rig;
    copy.receive("RST", seq(301));
    copy.expectTold(AppCall::Failed, AppResult::Reset);
    copy.expectState("CLOSED");
    rig.expectState("ESTABLISHED");
    rig.passToTimer(Timer::Retransmission);
    rig.expectSent("PSH,ACK", seq(101), ack(301), data("sent"), again());
}

TEST_CASE("what the rig says when a step fails is the script up to there", "[tcp]")
{
    const auto failureOf = [](auto script) -> std::string {
        try {
            script();
        } catch (const StepFailed& failed) {
            return failed.what();
        }
        return "nothing failed";
    };
    const std::string wrong = failureOf([] {
        TcpRig rig;
        rig.openActive();
        rig.expectSent("SYN", seq(101));
    });
    CHECK_THAT(wrong, containsText("1. 0.000000000 s: the program opens actively"));
    CHECK_THAT(wrong, containsText("2. expected to be sent: SYN, seq 101"));
    CHECK_THAT(wrong, containsText("seq is 100"));
    const std::string unexpected = failureOf([] {
        TcpRig rig;
        rig.openActive();
        rig.expectNothing();
    });
    CHECK_THAT(unexpected, containsText("this had not been expected: sent SYN seq 100"));
    const std::string overlooked = failureOf([] {
        TcpRig rig;
        rig.openActive();
        rig.close();
    });
    CHECK_THAT(overlooked, containsText("before this step this had not been expected"));
    CHECK_THAT(failureOf([] { TcpRig().expectState("LISTEN"); }), containsText("the state is CLOSED"));
    CHECK_THAT(failureOf([] { TcpRig().expectTold(AppCall::Opened); }), containsText("there was none"));
    CHECK_THAT(failureOf([] { TcpRig().expectTimer(Timer::Persist, 1_s); }), containsText("it does not run"));
    CHECK_THAT(failureOf([] { TcpRig::inState(TcpState::SynSent).expectNoTimer(Timer::Retransmission); }),
               containsText("it is due at 1.000000000 s"));
}

} // namespace packetarium::tcp_config_test
