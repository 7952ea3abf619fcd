// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/catch.h"
#include "ui/session/playback.h"

namespace packetarium::session_playback_test {

TEST_CASE("playing moves by real time times speed and stands at the end", "[session]")
{
    Playback p;
    p.standAt(1.0);
    p.play();
    p.advance(0.5, 10.0);
    CHECK(p.position() == Approx(1.5));
    p.setSpeed(4.0);
    p.advance(0.5, 10.0);
    CHECK(p.position() == Approx(3.5));
    CHECK(p.isPlaying());
    p.advance(100.0, 10.0);
    CHECK(p.position() == Approx(10.0));
    CHECK_FALSE(p.isMoving());
}

TEST_CASE("standing does not move", "[session]")
{
    Playback p;
    p.standAt(2.0);
    p.advance(1.0, 10.0);
    CHECK(p.position() == Approx(2.0));
}

TEST_CASE("speed keeps within an eighth and eight", "[session]")
{
    Playback p;
    p.setSpeed(0.01);
    CHECK(p.speed() == Approx(0.125));
    p.setSpeed(64);
    CHECK(p.speed() == Approx(8.0));
}

TEST_CASE("a travel takes its shortest or longest time, forward and back, and ends exactly", "[session]")
{
    struct Case {
        double from, to, seconds;
    };
    const Case c = GENERATE(Case{0.0, 0.01, Playback::kShortestTravel}, Case{0.0, 1.0, 1.0},
                            Case{0.0, 50.0, Playback::kLongestTravel}, Case{50.0, 0.0, Playback::kLongestTravel});
    Playback p;
    p.standAt(c.from);
    p.travelTo(c.to);
    p.advance(c.seconds * 0.98, 100);
    CHECK(p.isTravelling());
    CHECK(p.position() != Approx(c.from));
    p.advance(c.seconds * 0.03, 100);
    CHECK_FALSE(p.isMoving());
    CHECK(p.position() == c.to);
}

TEST_CASE("a travel never runs past its goal nor back", "[session]")
{
    Playback p;
    p.standAt(3.0);
    p.travelTo(4.0);
    double before = 3.0;
    while (p.isTravelling()) {
        p.advance(1.0 / 60, 100);
        CHECK(p.position() >= before);
        CHECK(p.position() <= 4.0);
        before = p.position();
    }
}

TEST_CASE("twice the speed halves a travel", "[session]")
{
    Playback p;
    p.setSpeed(2.0);
    p.travelTo(1.0);
    p.advance(0.51, 100);
    CHECK_FALSE(p.isMoving());
}

} // namespace packetarium::session_playback_test
