// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/scenario_file.h"
#include "tests/support/catch.h"
#include "ui/session/documents.h"
#include "ui/session/lesson_progress.h"
#include "ui/session/session.h"

#include <QTemporaryDir>

namespace packetarium::session_run_test {

using namespace literals;

namespace {

/// SYN leaves at 100 ms, each way takes 40 ms.
void openHandshake(Session& session)
{
    session.setReducedMotion(true);
    REQUIRE_FALSE(openBuiltinScenario(session, "handshake"));
}

PacketId firstFrom(const Session& session, const char* host)
{
    for (const PacketInfo& packet : session.trace().packets())
        if (session.trace().nodes()[packet.from.value()].name == host)
            return packet.id;
    return PacketId::none();
}

TcpState stateOf(const Session& session, std::uint8_t host)
{
    return session.moment().hosts.at(host).state;
}

struct Signals {
    int run = 0, moment = 0, stops = 0, playing = 0, document = 0;
    explicit Signals(Session& s)
    {
        QObject::connect(&s, &Session::runChanged, [this] { ++run; });
        QObject::connect(&s, &Session::momentChanged, [this] { ++moment; });
        QObject::connect(&s, &Session::stopsChanged, [this] { ++stops; });
        QObject::connect(&s, &Session::playingChanged, [this] { ++playing; });
        QObject::connect(&s, &Session::documentChanged, [this] { ++document; });
    }
};

} // namespace

TEST_CASE("a session without a run answers every question", "[session]")
{
    Session s;
    CHECK_FALSE(s.hasRun());
    CHECK(s.trace().packets().empty());
    CHECK(s.stops().empty());
    CHECK(s.currentStop() == -1);
    CHECK(s.caption().heading.isEmpty());
    CHECK(s.title().isEmpty());
    CHECK(s.hostLabel(NodeId(0)).isEmpty());
    CHECK_FALSE(s.canUndo());
    s.stepForward();
    s.stepBack();
    s.stepForwardFine();
    s.stepBackFine();
    s.toStart();
    s.toEnd();
    s.play();
    s.undo();
    s.redo();
    s.apply(DoClose{}, "client");
    CHECK_FALSE(s.isPlaying());
    CHECK(s.now() == SimTime::zero());
}

TEST_CASE("what is opened stands at the start, paused", "[session]")
{
    Session s;
    Signals n(s);
    openHandshake(s);
    CHECK(n.run == 1);
    CHECK(s.now() == SimTime::zero());
    CHECK_FALSE(s.isPlaying());
    CHECK(s.currentStop() == 0);
    CHECK_FALSE(s.isModified());
    CHECK(stateOf(s, 0) == TcpState::Closed);
    CHECK(stateOf(s, 1) == TcpState::Listen);
}

TEST_CASE("stepping forward through a run and back again passes the same instants", "[session]")
{
    Session s;
    openHandshake(s);
    std::vector<std::pair<SimTime, int>> forward{{s.now(), s.currentStop()}};
    for (std::size_t i = 1; i < s.stops().size(); ++i) {
        s.stepForward();
        CHECK(s.now() == s.stops()[i].at);
        CHECK(s.moment().at == s.now());
        forward.emplace_back(s.now(), s.currentStop());
    }
    CHECK(stateOf(s, 0) == TcpState::Established);
    CHECK(stateOf(s, 1) == TcpState::Established);
    for (std::size_t i = forward.size() - 1; i-- > 0;) {
        s.stepBack();
        CHECK(std::pair(s.now(), s.currentStop()) == forward[i]);
    }
    s.stepBack();
    CHECK(s.now() == SimTime::zero());
}

TEST_CASE("the first step of the handshake shows the SYN leaving at 100 ms", "[session]")
{
    Session s;
    openHandshake(s);
    s.stepForward();
    CHECK(s.now() == SimTime::zero() + 100_ms);
    CHECK(stateOf(s, 0) == TcpState::SynSent);
    s.stepForward();
    CHECK(s.now() == SimTime::zero() + 140_ms);
    CHECK(stateOf(s, 1) == TcpState::SynReceived);
}

TEST_CASE("a step travels there; the clock carries it and lands on the stop exactly", "[session]")
{
    Session s;
    openHandshake(s);
    s.setReducedMotion(false);
    s.stepForward();
    CHECK(s.isTravelling());
    CHECK_FALSE(s.isPlaying());
    CHECK(s.now() == SimTime::zero());
    s.advance(0.2);
    CHECK(s.now() > SimTime::zero());
    CHECK(s.now() < s.stops()[1].at);
    s.advance(5.0);
    CHECK_FALSE(s.isTravelling());
    CHECK(s.now() == s.stops()[1].at);
    CHECK(s.currentStop() == 1);
}

TEST_CASE("Space pressed fast finishes the travel first, then goes on", "[session]")
{
    Session s;
    openHandshake(s);
    s.setReducedMotion(false);
    for (int i = 0; i < 3; ++i)
        s.stepForward();
    CHECK(s.isTravelling());
    CHECK(s.now() == s.stops()[2].at);
    s.finishTravel();
    CHECK(s.now() == s.stops()[3].at);
    s.stepForward();
    s.stepBack();
    s.finishTravel();
    CHECK(s.now() == s.stops()[3].at);
}

TEST_CASE("back from between two stops goes to the one before", "[session]")
{
    Session s;
    openHandshake(s);
    s.seek(SimTime::zero() + 120_ms);
    CHECK(s.currentStop() == 1);
    s.stepBack();
    CHECK(s.now() == SimTime::zero() + 100_ms);
}

TEST_CASE("play runs to the end and stands; again from the start", "[session]")
{
    Session s;
    openHandshake(s);
    s.play();
    CHECK(s.isPlaying());
    for (int i = 0; i < 100'000 && s.isPlaying(); ++i)
        s.advance(0.05);
    CHECK_FALSE(s.isPlaying());
    CHECK(s.now() == s.trace().end());
    s.play();
    CHECK(s.now() == SimTime::zero());
    s.pause();
}

TEST_CASE("seeking pauses and keeps within the run", "[session]")
{
    Session s;
    openHandshake(s);
    s.play();
    s.seekShown(1e9);
    CHECK_FALSE(s.isPlaying());
    CHECK(s.now() == s.trace().end());
    s.seekShown(-5);
    CHECK(s.now() == SimTime::zero());
    s.seek(SimTime::never());
    CHECK(s.now() == s.trace().end());
}

TEST_CASE("a lesson's step is its own; a small step is any visible change", "[session]")
{
    Session s;
    s.setReducedMotion(true);
    REQUIRE_FALSE(openBuiltinLesson(s, "three-way-handshake"));
    CHECK(s.stops()[0].lessonStep == 0);
    s.stepForward();
    // "at: flight 50 %" of the SYN sent at 100 ms: 120 ms.
    CHECK(s.now() == SimTime::zero() + 120_ms);
    CHECK(s.caption().number == 2);
    CHECK(s.caption().heading == "First: the client says its number");
    REQUIRE_THAT(s.caption().text.toStdString(), containsText("seq = x"));
    s.setLanguage(Language::Chinese);
    CHECK(s.caption().heading == QString::fromUtf8("第一次握手：报上自己的序号"));
    s.stepForwardFine();
    CHECK(s.now() == SimTime::zero() + 140_ms);
    s.stepBackFine();
    CHECK(s.now() == SimTime::zero() + 100_ms);
}

TEST_CASE("progress follows the steps and stays at the furthest", "[session]")
{
    const QTemporaryDir dir;
    Session s;
    s.setSettingsFile(dir.filePath("s.ini"));
    s.setReducedMotion(true);
    const QString name = "three-way-handshake";
    CHECK(s.progress().state(name) == LessonProgress::State::NotStarted);
    REQUIRE_FALSE(openBuiltinLesson(s, name));
    CHECK(s.progress().state(name) == LessonProgress::State::Started);
    s.stepForward();
    s.stepForward();
    s.stepBack();
    CHECK(s.progress().lastStep(name) == 2);
    CHECK(s.progress().fraction(name) == Approx(3.0 / static_cast<double>(s.lesson()->steps.size())));
    s.toEnd();
    CHECK(s.progress().state(name) == LessonProgress::State::Done);
    CHECK(s.progress().lastLesson() == name);
}

TEST_CASE("dropping the SYN runs again from there, says so, and is undone and redone", "[session]")
{
    Session s;
    openHandshake(s);
    QStringList said;
    QObject::connect(&s, &Session::notice, [&](const QString& sentence) { said << sentence; });
    const auto before = s.trace().fingerprint();
    s.seek(SimTime::zero() + 120_ms);
    s.apply(DoDrop{{"client", 1}});
    const auto after = s.trace().fingerprint();
    CHECK(after != before);
    CHECK(s.trace().packet(firstFrom(s, "client")).fate == Fate::Lost);
    CHECK(s.now() == SimTime::zero() + 120_ms);
    REQUIRE(said.size() == 1);
    REQUIRE_THAT(said[0].toStdString(), containsText("120 ms"));
    CHECK(s.isModified());
    CHECK(s.canUndo());
    CHECK(std::get<AtTime>(s.scenario().commands[0].when).at == SimTime::zero() + 120_ms);
    // The SYN again one second after the first, RFC 6298 §2.1.
    const auto packets = s.trace().packets();
    const auto again =
        std::find_if(packets.begin(), packets.end(), [](const PacketInfo& p) { return p.retransmission; });
    REQUIRE(again != packets.end());
    CHECK(again->sentAt == SimTime::zero() + 1100_ms);

    s.undo();
    CHECK(s.trace().fingerprint() == before);
    CHECK_FALSE(s.isModified());
    CHECK(s.canRedo());
    s.redo();
    CHECK(s.trace().fingerprint() == after);
    CHECK_FALSE(s.canRedo());
    s.undo();
    s.seek(SimTime::zero() + 100_ms);
    s.apply(DoDuplicate{{"client", 1}, 5_ms});
    CHECK_FALSE(s.canRedo());
}

TEST_CASE("a packet that has arrived is acted on just after it was sent", "[session]")
{
    Session s;
    openHandshake(s);
    s.toEnd();
    s.apply(DoDrop{{"client", 1}});
    CHECK(std::get<AtTime>(s.scenario().commands[0].when).at == SimTime::fromNs(100'000'001));
    CHECK(s.trace().packet(firstFrom(s, "client")).fate == Fate::Lost);
}

TEST_CASE("a packet is dropped before it is sent, too", "[session]")
{
    Session s;
    openHandshake(s);
    s.apply(DoDrop{{"client", 1}});
    CHECK(std::get<AtTime>(s.scenario().commands[0].when).at == SimTime::zero());
    CHECK(s.trace().packet(firstFrom(s, "client")).fate == Fate::Lost);
}

TEST_CASE("a changed lesson stops at what the change brought about", "[session]")
{
    Session s;
    s.setReducedMotion(true);
    REQUIRE_FALSE(openBuiltinLesson(s, "three-way-handshake"));
    s.stepForward();
    s.apply(DoDrop{{"client", 1}});
    const auto lost = s.trace().packet(firstFrom(s, "client")).endAt;
    const auto& stops = s.stops();
    CHECK(std::any_of(stops.begin(), stops.end(), [&](const Stop& stop) { return stop.at == lost; }));
    CHECK(std::is_sorted(stops.begin(), stops.end(), [](const Stop& a, const Stop& b) { return a.at < b.at; }));
    CHECK_FALSE(s.caption().heading.isEmpty());
}

TEST_CASE("the sandbox is driven by hand: listen, connect, send, close", "[session]")
{
    Session s;
    s.setReducedMotion(true);
    openSandbox(s);
    REQUIRE(s.scenario().hosts.size() == 2);
    const QString client = QString::fromStdString(s.scenario().hosts[0].name);
    const QString server = QString::fromStdString(s.scenario().hosts[1].name);
    s.apply(DoListen{80}, server);
    s.apply(DoConnect{server.toStdString(), 80, 49152}, client);
    CHECK(stateOf(s, 0) == TcpState::SynSent);
    s.toEnd();
    CHECK(stateOf(s, 0) == TcpState::Established);
    CHECK(stateOf(s, 1) == TcpState::Established);
    const SimTime opened = s.trace().end();
    s.apply(DoClose{}, client);
    CHECK(stateOf(s, 0) == TcpState::FinWait1);
    s.toEnd();
    s.undo();
    CHECK(s.trace().end() == opened); // the run ends where it ended before
    while (s.canUndo())
        s.undo();
    CHECK(s.trace().packets().empty());
    CHECK(s.trace().end() == SimTime::zero());
    CHECK_FALSE(s.isModified());
}

TEST_CASE("a call that cannot be made says why", "[session]")
{
    Session s;
    openHandshake(s);
    QStringList said;
    QObject::connect(&s, &Session::notice, [&](const QString& sentence) { said << sentence; });
    s.apply(DoSend{Bytes{1, 2, 3}}, "client");
    CHECK(said.size() == 1);
}

TEST_CASE("a selection of a packet that is no longer there is let go", "[session]")
{
    Session s;
    s.setReducedMotion(true);
    REQUIRE_FALSE(openBuiltinScenario(s, "half-close"));
    const auto last = PacketId(static_cast<std::uint32_t>(s.trace().packets().size() - 1));
    s.select({Selection::Kind::Packet, last, {}, -1});
    // While the SYN,ACK is on its way: it is answered with a reset, and nothing else follows.
    s.seek(s.trace().packets()[1].sentAt + 1_ms);
    s.apply(DoCrash{}, "client");
    REQUIRE(s.trace().packets().size() <= last.value());
    CHECK(s.selection().kind == Selection::Kind::None);
}

TEST_CASE("the view decides which changes are stops, and the scenario says which view is first", "[session]")
{
    Session s;
    REQUIRE_FALSE(openBuiltinScenario(s, "half-close"));
    const auto sequence = s.stops().size();
    Signals n(s);
    s.setStopView(StopView::States);
    CHECK(n.stops == 1);
    CHECK(s.stops().size() < sequence);
    for (std::size_t i = 1; i < s.stops().size(); ++i)
        CHECK(s.trace().records()[s.stops()[i].firstRecord].kind == RecordKind::StateChange);
}

TEST_CASE("language and numbers change what is said and move nothing", "[session]")
{
    Session s;
    openHandshake(s);
    s.stepForward();
    s.stepForward();
    Signals n(s);
    const SimTime at = s.now();
    s.setLanguage(Language::Chinese);
    s.setNumberStyle(NumberStyle::Raw);
    CHECK(n.moment == 0);
    CHECK(n.run == 0);
    CHECK(s.now() == at);
    CHECK(s.title() == QString::fromUtf8("三次握手"));
    CHECK(s.scene().numbers == NumberStyle::Raw);
    CHECK(s.scene().hostLabels.at(0) == s.hostLabel(NodeId(0)));
}

} // namespace packetarium::session_run_test
