// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/support/ui/window_rig.h"
#include "ui/widgets/caption_card.h"
#include "ui/widgets/pill_button.h"
#include "ui/widgets/prediction_card.h"
#include "ui/window/workbench.h"

namespace packetarium::session_predict_test {

using namespace test;

namespace {

PredictionCard* card(const WindowRig& rig)
{
    return rig.window->findChild<PredictionCard*>();
}

/// In the handshake: the next thing is the SYN,ACK.
void standBeforeSynAck(WindowRig& rig)
{
    rig.open("handshake");
    rig.session.seek(SimTime::fromNs(120'000'000));
    rig.key(Qt::Key_P);
    REQUIRE(rig.session.predicting());
}

} // namespace

TEST_CASE("with Predict on, a step asks first and does not move", "[session]")
{
    WindowRig rig(Language::English);
    standBeforeSynAck(rig);
    const SimTime before = rig.session.now();
    rig.key(Qt::Key_Space);
    REQUIRE(rig.session.prediction());
    CHECK(rig.session.now() == before);
    REQUIRE(card(rig));
    CHECK(card(rig)->isVisible());
    CHECK_FALSE(rig.window->findChild<CaptionCard*>()->isVisible());

    SECTION("a digit answers; the step that follows shows it")
    {
        const auto right = static_cast<int>(rig.session.prediction()->answer);
        rig.key(static_cast<Qt::Key>(Qt::Key_1 + right));
        REQUIRE(rig.session.predicted() == static_cast<std::size_t>(right));
        CHECK(card(rig)->accessibleDescription().startsWith("Right: "));
        rig.key(Qt::Key_Space);
        CHECK_FALSE(rig.session.prediction());
        CHECK(rig.session.now() > before);
        CHECK_FALSE(card(rig)->isVisible());
    }
    SECTION("a click answers, and only the first answer counts")
    {
        const std::size_t wrong = rig.session.prediction()->answer == 0 ? 1 : 0;
        const auto buttons = card(rig)->findChildren<PillButton*>();
        QTest::mouseClick(buttons.at(static_cast<int>(wrong)), Qt::LeftButton);
        rig.session.answerPrediction(rig.session.prediction()->answer);
        CHECK(rig.session.predicted() == wrong);
        CHECK(card(rig)->accessibleDescription().startsWith("It is "));
    }
    SECTION("stepping on passes the question over")
    {
        rig.key(Qt::Key_Space);
        CHECK_FALSE(rig.session.prediction());
        CHECK(rig.session.now() > before);
    }
    SECTION("going elsewhere withdraws it")
    {
        rig.key(Qt::Key_Home);
        CHECK_FALSE(rig.session.prediction());
        CHECK(rig.window->findChild<CaptionCard*>()->isVisible());
    }
    SECTION("the question is asked in the language of the moment")
    {
        rig.key(Qt::Key_L, Qt::ControlModifier);
        CHECK(card(rig)->accessibleName() == QString::fromUtf8("服务器接下来发送的确认号是多少？"));
    }
}

TEST_CASE("without Predict a step moves at once", "[session]")
{
    WindowRig rig(Language::English);
    standBeforeSynAck(rig);
    rig.key(Qt::Key_P);
    const SimTime before = rig.session.now();
    rig.key(Qt::Key_Space);
    CHECK_FALSE(rig.session.prediction());
    CHECK(rig.session.now() > before);
}

} // namespace packetarium::session_predict_test
