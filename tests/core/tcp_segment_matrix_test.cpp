// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every state meets every kind of segment, left of the receive window, at its
// beginning, inside it and right of it. The answers are RFC 9293 §3.10.7's.
#include "tests/support/catch.h"
#include "tests/support/tcp_rig.h"

namespace packetarium::tcp_segment_matrix_test {

using namespace testing;

namespace {

using S = TcpState;

// Where the segment stands. The window is RCV.NXT .. RCV.NXT + 999.
constexpr std::array<const char*, 4> kPlaces{"left of the window", "at RCV.NXT", "inside the window",
                                             "right of the window"};
constexpr std::array<std::int32_t, 4> kOffsets{-20, 0, 10, 1000};

/// One answer in a few letters, apart by spaces: "A" an ACK <SND.NXT, RCV.NXT>, "A10" one that acknowledges 10 more,
/// "R" a reset <SEG.ACK>, "D" delivers the ten octets, ">STATE" the new state; "-" nothing at all.
struct Row {
    S state;
    const char* kind;
    std::array<const char*, 4> answers;
};

// ACK, FIN and DATA acknowledge everything that was sent: SEG.ACK = SND.NXT.
const std::vector<Row> kRows{
    // A passive OPEN in SYN-RECEIVED: a reset or a SYN leads back to LISTEN.
    {S::SynReceived, "SYN", {"A", ">LISTEN", ">LISTEN", "A"}},
    {S::SynReceived, "ACK", {"A", ">ESTABLISHED", ">ESTABLISHED", "A"}},
    {S::SynReceived, "FIN", {"A", "A1 >CLOSE-WAIT", "A >ESTABLISHED", "A"}},
    {S::SynReceived, "RST", {"-", ">LISTEN", "A", "-"}},
    {S::SynReceived, "DATA", {"A", "D A10 >ESTABLISHED", "A >ESTABLISHED", "A"}},

    {S::Established, "SYN", {"A", "A", "A", "A"}},
    {S::Established, "ACK", {"A", "-", "-", "A"}},
    {S::Established, "FIN", {"A", "A1 >CLOSE-WAIT", "A", "A"}},
    {S::Established, "RST", {"-", ">CLOSED", "A", "-"}},
    {S::Established, "DATA", {"A", "D A10", "A", "A"}},

    {S::FinWait1, "SYN", {"A", "A", "A", "A"}},
    {S::FinWait1, "ACK", {"A", ">FIN-WAIT-2", ">FIN-WAIT-2", "A"}},
    {S::FinWait1, "FIN", {"A", "A1 >TIME-WAIT", "A >FIN-WAIT-2", "A"}},
    {S::FinWait1, "RST", {"-", ">CLOSED", "A", "-"}},
    {S::FinWait1, "DATA", {"A", "D A10 >FIN-WAIT-2", "A >FIN-WAIT-2", "A"}},

    {S::FinWait2, "SYN", {"A", "A", "A", "A"}},
    {S::FinWait2, "ACK", {"A", "-", "-", "A"}},
    {S::FinWait2, "FIN", {"A", "A1 >TIME-WAIT", "A", "A"}},
    {S::FinWait2, "RST", {"-", ">CLOSED", "A", "-"}},
    {S::FinWait2, "DATA", {"A", "D A10", "A", "A"}},

    // From here on the peer's FIN has been received: its text and FINs are ignored (seventh, eighth).
    {S::CloseWait, "SYN", {"A", "A", "A", "A"}},
    {S::CloseWait, "ACK", {"A", "-", "-", "A"}},
    {S::CloseWait, "FIN", {"A", "-", "-", "A"}},
    {S::CloseWait, "RST", {"-", ">CLOSED", "A", "-"}},
    {S::CloseWait, "DATA", {"A", "-", "-", "A"}},

    {S::Closing, "SYN", {"A", "A", "A", "A"}},
    {S::Closing, "ACK", {"A", ">TIME-WAIT", ">TIME-WAIT", "A"}},
    {S::Closing, "FIN", {"A", ">TIME-WAIT", ">TIME-WAIT", "A"}},
    {S::Closing, "RST", {"-", ">CLOSED", "A", "-"}},
    {S::Closing, "DATA", {"A", ">TIME-WAIT", ">TIME-WAIT", "A"}},

    {S::LastAck, "SYN", {"A", "A", "A", "A"}},
    {S::LastAck, "ACK", {"A", ">CLOSED", ">CLOSED", "A"}},
    {S::LastAck, "FIN", {"A", ">CLOSED", ">CLOSED", "A"}},
    {S::LastAck, "RST", {"-", ">CLOSED", "A", "-"}},
    {S::LastAck, "DATA", {"A", ">CLOSED", ">CLOSED", "A"}},

    {S::TimeWait, "SYN", {"A", "A", "A", "A"}},
    {S::TimeWait, "ACK", {"A", "-", "-", "A"}},
    {S::TimeWait, "FIN", {"A", "-", "-", "A"}},
    {S::TimeWait, "RST", {"-", ">CLOSED", "A", "-"}},
    {S::TimeWait, "DATA", {"A", "-", "-", "A"}},
};

/// Acknowledgments are not delayed here: when they are sent is another test's matter.
TcpConfig atOnce()
{
    TcpConfig config = TcpRig::config();
    config.delayedAck = false;
    return config;
}

void arrive(TcpRig& rig, const std::string& kind, std::uint32_t number, std::uint32_t acked)
{
    if (kind == "SYN")
        rig.receive("SYN", seq(number));
    else if (kind == "ACK")
        rig.receive("ACK", seq(number), ack(acked));
    else if (kind == "FIN")
        rig.receive("FIN,ACK", seq(number), ack(acked));
    else if (kind == "RST")
        rig.receive("RST", seq(number));
    else
        rig.receive("PSH,ACK", seq(number), ack(acked), data("0123456789"));
}

std::vector<std::string> words(const std::string& text)
{
    std::vector<std::string> found;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        found.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return found;
}

void expectAnswer(TcpRig& rig, const std::string& answer, const std::string& before, std::uint32_t sndNxt,
                  std::uint32_t rcvNxt)
{
    std::string state = before;
    for (const std::string& word : words(answer)) {
        if (word[0] == '>')
            state = word.substr(1);
        else if (word[0] == 'A')
            rig.expectSent("ACK", seq(sndNxt), ack(rcvNxt + static_cast<std::uint32_t>(std::atoi(word.c_str() + 1))));
        else if (word == "D")
            rig.expectDelivered("0123456789");
    }
    rig.expectState(state);
    for (const std::string& line : rig.takeNews()) {
        // What the program is told is another test's matter; everything else had to be in the answer.
        INFO(line);
        CHECK((line.starts_with("told ") || line.starts_with("ignored ")));
    }
}

} // namespace

TEST_CASE("each state answers each kind of segment, wherever it stands, as section 3.10.7.4 has it", "[tcp]")
{
    for (const Row& row : kRows) {
        for (std::size_t place = 0; place < kPlaces.size(); ++place) {
            INFO(toString(row.state) << " meets " << row.kind << " " << kPlaces[place] << ": " << row.answers[place]);
            TcpRig rig = TcpRig::inState(row.state, atOnce());
            const std::uint32_t sndNxt = rig.tcp().sndNxt().value();
            const std::uint32_t rcvNxt = rig.tcp().rcvNxt().value();
            REQUIRE(rig.tcp().rcvWnd() == 1000);
            arrive(rig, row.kind, rcvNxt + static_cast<std::uint32_t>(kOffsets[place]), sndNxt);
            expectAnswer(rig, row.answers[place], std::string(toString(row.state)), sndNxt, rcvNxt);
        }
    }
}

TEST_CASE("in every synchronized state an ACK of what was never sent is challenged, and goes no further", "[tcp]")
{
    // RFC 5961 §5: neither ahead of SND.NXT nor further back than the largest window ever offered (65,535 here).
    for (const S state :
         {S::Established, S::FinWait1, S::FinWait2, S::CloseWait, S::Closing, S::LastAck, S::TimeWait}) {
        INFO(toString(state));
        TcpRig rig = TcpRig::inState(state, atOnce());
        const std::uint32_t una = rig.tcp().sndUna().value();
        const std::uint32_t nxt = rig.tcp().sndNxt().value();
        const std::uint32_t rcv = rig.tcp().rcvNxt().value();
        for (const std::uint32_t acked : {nxt + 1, nxt + 70'000, una - 65'536}) {
            rig.receive("FIN,ACK", seq(rcv), ack(acked), data("0123456789"));
            rig.expectIgnored(Reason::IgnoredAckOfUnsent);
            rig.expectSent("ACK", seq(nxt), ack(rcv));
            rig.expectSentBecause(Reason::SentChallengeAckAck);
            rig.expectState(std::string(toString(state)));
            rig.expectNothing();
        }
    }
}

TEST_CASE("an ACK as far back as the largest window is merely old, and its text counts", "[tcp]")
{
    TcpRig rig = TcpRig::established(atOnce());
    rig.receive("ACK", seq(301), ack(101u - 65'535u), data("text"));
    rig.expectDelivered("text");
    rig.expectSent("ACK", seq(101), ack(305));
}

TEST_CASE("in every state from SYN-RECEIVED on a segment without ACK, RST or SYN is dropped", "[tcp]")
{
    for (const S state : {S::SynReceived, S::Established, S::FinWait1, S::FinWait2, S::CloseWait, S::Closing,
                          S::LastAck, S::TimeWait}) {
        INFO(toString(state));
        TcpRig rig = TcpRig::inState(state, atOnce());
        rig.receive("FIN", seq(rig.tcp().rcvNxt().value()), data("text"));
        rig.expectIgnored(Reason::IgnoredNoAck);
        rig.expectState(std::string(toString(state)));
        rig.expectNothing();
    }
}

TEST_CASE("in CLOSED everything but a reset is answered with a reset the sender can take", "[tcp]")
{
    TcpRig rig;
    rig.receive("SYN", seq(300));
    rig.expectSent("RST,ACK", seq(0), ack(301));
    rig.receive("SYN", seq(300), data("hello"));
    rig.expectSent("RST,ACK", seq(0), ack(306));
    rig.receive("FIN", seq(300), data("hello"));
    rig.expectSent("RST,ACK", seq(0), ack(306));
    rig.receive("", seq(300));
    rig.expectSent("RST,ACK", seq(0), ack(300));
    rig.receive("ACK", seq(300), ack(777));
    rig.expectSent("RST", seq(777));
    rig.receive("SYN,ACK", seq(300), ack(777));
    rig.expectSent("RST", seq(777));
    rig.receive("FIN,ACK", seq(300), ack(777), data("hello"));
    rig.expectSent("RST", seq(777));
    rig.expectSentBecause(Reason::SentRstNoConnection);
    for (const char* flags : {"RST", "RST,ACK", "SYN,RST"}) {
        rig.receive(flags, seq(300), ack(777));
        rig.expectIgnored(Reason::IgnoredRstInClosed);
        rig.expectNothing();
    }
    rig.expectState("CLOSED");
}

TEST_CASE("LISTEN ignores resets, refuses ACKs and drops what is no SYN", "[tcp]")
{
    TcpRig rig = TcpRig::inState(S::Listen);
    for (const char* flags : {"RST", "RST,ACK", "SYN,RST"}) { // first
        rig.receive(flags, seq(300), ack(777));
        rig.expectIgnored(Reason::IgnoredRstInListen);
        rig.expectNothing();
    }
    for (const char* flags : {"ACK", "SYN,ACK", "FIN,ACK", "PSH,ACK"}) { // second
        rig.receive(flags, seq(300), ack(777));
        rig.expectSent("RST", seq(777));
        rig.expectSentBecause(Reason::SentRstBadAck);
    }
    rig.receive("FIN", seq(300)); // fourth
    rig.expectNothing();
    rig.receive("", seq(300), data("text"));
    rig.expectNothing();
    rig.expectState("LISTEN");
    rig.receive("SYN", seq(300)); // third
    rig.expectSent("SYN,ACK", seq(100), ack(301));
    rig.expectState("SYN-RECEIVED");
}

TEST_CASE("SYN-SENT takes only an ACK of its own SYN", "[tcp]")
{
    TcpRig rig = TcpRig::inState(S::SynSent);                                          // ISS 100, SND.NXT 101
    for (const std::uint32_t acked : {100u, 99u, 102u, 50'000u, 100u + 0x80000000u}) { // first
        for (const char* flags : {"ACK", "SYN,ACK", "FIN,ACK"}) {
            rig.receive(flags, seq(300), ack(acked));
            rig.expectSent("RST", seq(acked));
            rig.expectSentBecause(Reason::SentRstBadAck);
        }
        rig.receive("RST,ACK", seq(300), ack(acked));
        rig.expectNothing();
    }
    rig.receive("RST", seq(300)); // second: without an ACK it may come from anyone
    rig.expectIgnored(Reason::IgnoredRstWithoutAck);
    for (const char* flags : {"ACK", "FIN,ACK", "PSH,ACK"}) { // fifth
        rig.receive(flags, seq(300), ack(101));
        rig.expectNothing();
    }
    rig.receive("FIN", seq(300));
    rig.expectNothing();
    rig.expectState("SYN-SENT");
    CHECK(rig.tcp().sndUna() == Seq32(100));

    SECTION("a reset that acknowledges the SYN refuses the connection")
    {
        rig.receive("RST,ACK", seq(0), ack(101));
        rig.expectTold(AppCall::Failed, AppResult::Refused);
        rig.expectState("CLOSED");
        rig.expectNothing();
    }
    SECTION("so does one that carries a SYN as well")
    {
        rig.receive("SYN,RST,ACK", seq(0), ack(101));
        rig.expectTold(AppCall::Failed, AppResult::Refused);
        rig.expectState("CLOSED");
    }
    SECTION("a SYN,ACK that acknowledges it opens the connection")
    {
        rig.receive("SYN,ACK", seq(300), ack(101));
        rig.expectTold(AppCall::Opened);
        rig.expectSent("ACK", seq(101), ack(301));
        rig.expectState("ESTABLISHED");
    }
}

TEST_CASE("SYN-RECEIVED resets an ACK that does not acknowledge its SYN, and stays", "[tcp]")
{
    TcpRig rig = TcpRig::inState(S::SynReceived);
    for (const std::uint32_t acked : {100u, 99u, 102u, 90'000u}) {
        rig.receive("ACK", seq(301), ack(acked));
        rig.expectSent("RST", seq(acked));
        rig.expectSentBecause(Reason::SentRstBadAck);
        rig.expectState("SYN-RECEIVED");
    }
}

TEST_CASE("the four cases of the acceptability test at their edges", "[tcp]")
{
    // RFC 9293 Table 6. RCV.NXT 301, window 1000: the last acceptable number is 1300.
    TcpRig rig = TcpRig::established(atOnce());
    const auto answers = [&](std::uint32_t number, const std::string& text) {
        rig.receive("ACK", seq(number), ack(101), data(text));
        return rig.takeNews();
    };
    const std::vector<std::string> refused{"ignored ignored-outside-window", "sent ACK seq 101 ack 301"};
    const std::vector<std::string> nothing;
    CHECK(answers(300, "") == refused);
    CHECK(answers(301, "") == nothing);
    CHECK(answers(1300, "") == nothing);
    CHECK(answers(1301, "") == refused);
    CHECK(answers(1301, "x") == refused);
    // Only the last octet fits, and is kept: the ACK asks for what comes before it.
    const std::vector<std::string> outOfOrder{"sent ACK seq 101 ack 301"};
    CHECK(answers(1300, "xy") == outOfOrder);
    // Old in all but the last octet.
    CHECK(answers(298, "abcd") == std::vector<std::string>{"delivered \"d\"", "sent ACK seq 101 ack 302"});
    CHECK(answers(298, "abcd") ==
          std::vector<std::string>{"ignored ignored-duplicate-data", "sent ACK seq 101 ack 302"});
}

} // namespace packetarium::tcp_segment_matrix_test
