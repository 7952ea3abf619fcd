// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the program's calls return: RFC 9293 §3.10.2-4.
#include "tests/support/catch.h"
#include "tests/support/tcp_rig.h"

namespace packetarium::tcp_calls_test {

using namespace testing;

TEST_CASE("what each call returns in each state", "[tcp]")
{
    // RFC 9293 §3.10.2-4. "connection closing" is Closing, "connection does not exist" NoSuchConnection.
    struct Row {
        TcpState state;
        AppResult send, receive, shutdown;
    };
    using R = AppResult;
    const std::vector<Row> rows{
        {TcpState::Closed, R::NoSuchConnection, R::NoSuchConnection, R::NoSuchConnection},
        {TcpState::Listen, R::NoSuchConnection, R::Ok, R::Ok}, // whom to send to is not known
        {TcpState::SynSent, R::Ok, R::Ok, R::Ok},
        {TcpState::SynReceived, R::Ok, R::Ok, R::Ok},
        {TcpState::Established, R::Ok, R::Ok, R::Ok},
        {TcpState::FinWait1, R::Closing, R::Ok, R::Closing},
        {TcpState::FinWait2, R::Closing, R::Ok, R::Closing},
        {TcpState::CloseWait, R::Ok, R::Closing, R::Ok}, // nothing is left to be read
        {TcpState::Closing, R::Closing, R::Closing, R::Closing},
        {TcpState::LastAck, R::Closing, R::Closing, R::Closing},
        {TcpState::TimeWait, R::Closing, R::Closing, R::Closing},
    };
    for (const Row& row : rows) {
        INFO(toString(row.state));
        const auto callIn = [&](auto call, AppResult expected) {
            TcpRig rig = TcpRig::inState(row.state);
            rig.expectResult(call(rig), expected);
            if (expected == AppResult::Ok)
                return;
            rig.expectState(std::string(toString(row.state)));
            rig.expectNothing();
        };
        callIn([](TcpRig& rig) { return rig.send("x"); }, row.send);
        callIn([](TcpRig& rig) { return rig.read(); }, row.receive);
        callIn([](TcpRig& rig) { return rig.shutdown(); }, row.shutdown);
    }
}

TEST_CASE("after the peer's FIN what is on hand can still be read", "[tcp]")
{
    TcpRig rig = TcpRig::established();
    rig.autoRead(false);
    rig.receive("FIN,ACK", seq(301), ack(101), data("last words"));
    rig.expectTold(AppCall::PeerClosed);
    rig.expectResult(rig.read(4), AppResult::Ok);
    rig.expectDelivered("last");
    rig.expectResult(rig.read(), AppResult::Ok);
    rig.expectDelivered(" words");
    rig.expectResult(rig.read(), AppResult::Closing);
}

TEST_CASE("a second close is an error, unless the first was only of the sending side", "[tcp]")
{
    TcpRig rig = TcpRig::established();
    rig.expectResult(rig.shutdown(), AppResult::Ok);
    rig.expectSent("FIN,ACK", seq(101), ack(301));
    rig.expectResult(rig.shutdown(), AppResult::Closing);
    rig.expectResult(rig.close(), AppResult::Ok);
    rig.expectResult(rig.close(), AppResult::Closing);
    rig.expectNothing();
}

TEST_CASE("an acknowledgment that waits goes when none is to wait any more, as TCP_QUICKACK has it", "[tcp]")
{
    TcpConfig config = TcpRig::config();
    config.receiveBuffer = 65535;
    TcpRig rig = TcpRig::established(config);
    rig.receive("PSH,ACK", seq(301), ack(101), data("a"));
    rig.expectDelivered("a");
    rig.expectNothing();
    config.delayedAck = false;
    rig.configure(config);
    rig.expectSent("ACK", seq(101), ack(302));
    rig.expectNoTimer(Timer::DelayedAck);
    rig.configure(config);
    rig.expectNothing();
}

} // namespace packetarium::tcp_calls_test
