// SPDX-License-Identifier: GPL-3.0-or-later
// A capture as a user opens it.
#include "tests/support/catch.h"
#include "tests/support/places.h"
#include "tests/support/ui/window_rig.h"
#include "ui/session/capture_loader.h"
#include "ui/widgets/packet_actions.h"
#include "ui/widgets/pill_button.h"
#include "ui/window/conversation_bar.h"
#include "ui/window/conversation_dialog.h"
#include "ui/window/file_desk.h"
#include "ui/window/loading_bar.h"
#include "ui/window/notice_bar.h"
#include "ui/window/workbench.h"

#include <QDropEvent>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QMimeData>
#include <QTableView>

namespace packetarium::window_capture_test {

using namespace test;

namespace {

QString kernel(const char* name)
{
    return QString::fromStdString((sourceRoot() / "tests/support/captures" / (std::string(name) + ".pcap")).string());
}

/// Until nothing is being read any more.
void wait(WindowRig& rig)
{
    CaptureLoader& loader = rig.window->files().captures();
    for (int i = 0; i < 2000 && loader.isBusy(); ++i)
        QTest::qWait(5);
    REQUIRE_FALSE(loader.isBusy());
    WindowRig::settle();
}

void drop(QWidget& window, const QString& path)
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &enter);
    REQUIRE(enter.isAccepted());
    QDropEvent event(QPointF(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &event);
    WindowRig::settle();
}

} // namespace

TEST_CASE("a capture dropped on the window opens, steps, and cannot be changed", "[window]")
{
    const Language language = GENERATE(Language::English, Language::Chinese);
    WindowRig rig(language);
    drop(*rig.window, kernel("a_http_teardown"));
    wait(rig);
    REQUIRE(rig.session.isCaptured());
    CHECK_FALSE(rig.window->isHomeShown());
    CHECK(rig.session.trace().packets().size() == 11);
    CHECK(rig.session.settings().recentFiles().size() == 1);
    CHECK_FALSE(rig.session.isModified());
    ConversationBar& bar = rig.window->workbench().conversations();
    CHECK(bar.isVisible());
    CHECK(bar.words().contains(QLatin1String("a_http_teardown.pcap")));
    CHECK(rig.session.caption().text.contains(QStringLiteral("11")));

    // Space steps through it.
    const SimTime before = rig.session.now();
    rig.key(Qt::Key_Space);
    rig.key(Qt::Key_Space);
    CHECK(rig.session.now() > before);

    // Nothing can be done to a packet, and why is said.
    Selection first;
    first.kind = Selection::Kind::Packet;
    first.packet = PacketId(0);
    rig.session.select(first);
    WindowRig::settle();
    for (const PacketDeed deed : kPacketDeeds)
        CHECK(whyNot(rig.session, PacketId(0), deed) == rig.session.whyReadOnly());
    const auto fingerprint = rig.session.trace().fingerprint();
    rig.key(Qt::Key_Delete);
    CHECK(rig.session.trace().fingerprint() == fingerprint);
    rig.session.apply(DoClose{}, QStringLiteral("client"));
    CHECK(rig.window->notices().sentence() == rig.session.whyReadOnly());
    CHECK(rig.session.whyReadOnly().contains(language == Language::Chinese ? QStringLiteral("抓包")
                                                                           : QStringLiteral("capture")));
    CHECK_FALSE(rig.window->actions().save->isEnabled());
    CHECK_FALSE(rig.window->actions().undo->isEnabled());
    CHECK(rig.window->actions().exportCapture->isEnabled());

    // Every view takes it.
    for (const Qt::Key key : {Qt::Key_1, Qt::Key_2, Qt::Key_3, Qt::Key_4}) {
        rig.key(key, Qt::ControlModifier);
        rig.key(Qt::Key_End);
        rig.window->grab();
    }
    // The other language at once.
    const QString words = rig.session.caption().heading + bar.words();
    rig.key(Qt::Key_L, Qt::ControlModifier);
    CHECK(rig.session.caption().heading + bar.words() != words);
}

TEST_CASE("one conversation of a capture is chosen from the list", "[window]")
{
    const Language language = GENERATE(Language::English, Language::Chinese);
    WindowRig rig(language);
    rig.window->openAny(kernel("ra_router_arp_ttl"));
    wait(rig);
    CHECK(rig.session.trace().nodes().size() == 4);
    rig.key(Qt::Key_J, Qt::ControlModifier);
    auto* dialog = rig.window->findChild<ConversationDialog*>();
    REQUIRE(dialog);
    auto* table = dialog->findChild<QTableView*>();
    CHECK(table->model()->rowCount() == 5); // all of them, and each
    // Typing filters.
    QTest::keyClicks(dialog->findChild<QLineEdit*>(), QStringLiteral("10.2.0.77"));
    CHECK(table->model()->rowCount() == 1);
    table->setCurrentIndex(table->model()->index(0, 0));
    QTest::keyClick(dialog->findChild<QLineEdit*>(), Qt::Key_Return);
    wait(rig);
    CHECK(rig.session.trace().packets().size() == 1);
    CHECK(rig.session.captured()->choice.conversation == 3u);
    CHECK(rig.window->workbench().conversations().words().contains(QLatin1String("10.2.0.77")));
    // A scenario afterwards is a run again.
    rig.open("handshake");
    CHECK_FALSE(rig.session.isCaptured());
    CHECK_FALSE(rig.window->workbench().conversations().isVisible());
    CHECK(rig.window->actions().save->isEnabled());
}

TEST_CASE("a capture that cannot be read is one sentence, and what was open stays", "[window]")
{
    const Language language = GENERATE(Language::English, Language::Chinese);
    WindowRig rig(language);
    rig.open("handshake");
    QFile good(kernel("a_http_teardown"));
    REQUIRE(good.open(QIODevice::ReadOnly));
    QByteArray bytes = good.readAll();
    bytes[20] = 127; // IEEE 802.11 with radiotap
    QFile bad(rig.folder.filePath(QStringLiteral("wireless.pcap")));
    REQUIRE(bad.open(QIODevice::WriteOnly));
    bad.write(bytes);
    bad.close();
    CHECK(rig.window->openAny(bad.fileName())); // reading has begun
    wait(rig);
    CHECK(rig.window->notices().isVisible());
    CHECK(rig.window->notices().kind() == NoticeBar::Kind::Mistake);
    CHECK(rig.window->notices().sentence().contains(QStringLiteral("802.11")));
    CHECK_FALSE(rig.session.isCaptured());
    CHECK(rig.session.settings().recentFiles().isEmpty());
}

TEST_CASE("reading a large capture can be cancelled and never holds up the window", "[window]")
{
    WindowRig rig;
    rig.open("handshake");
    QFile small(kernel("f_zero_window"));
    REQUIRE(small.open(QIODevice::ReadOnly));
    const QByteArray bytes = small.readAll();
    QFile large(rig.folder.filePath(QStringLiteral("large.pcap")));
    REQUIRE(large.open(QIODevice::WriteOnly));
    large.write(bytes.left(24));
    for (int i = 0; i < 4000; ++i) // 60 MB
        large.write(bytes.mid(24));
    large.close();
    CaptureLoader& loader = rig.window->files().captures();
    rig.window->openAny(large.fileName());
    REQUIRE(loader.isBusy());
    CHECK(loader.words().contains(QLatin1String("large.pcap")));
    loader.stop();
    wait(rig);
    CHECK_FALSE(rig.session.isCaptured());
    CHECK(rig.window->notices().isVisible());
    // And now to its end.
    rig.window->openAny(large.fileName());
    wait(rig);
    REQUIRE(rig.session.isCaptured());
    CHECK(rig.session.trace().packets().size() <= CaptureLimits().packets);
}

TEST_CASE("a run goes out as a capture and comes back", "[window]")
{
    WindowRig rig;
    rig.open("teardown");
    const auto packets = rig.session.trace().packets().size();
    const QString path = rig.folder.filePath(QStringLiteral("out.pcapng"));
    REQUIRE(rig.window->files().exportCaptureTo(path, NodeId::none()));
    rig.window->openAny(path);
    wait(rig);
    REQUIRE(rig.session.isCaptured());
    CHECK(rig.session.trace().packets().size() == packets);
    // Without Wireshark its action says so.
    const QAction* wireshark = rig.window->actions().wireshark;
    CHECK(wireshark->isEnabled() == !wiresharkProgram().isEmpty());
    CHECK_FALSE(wireshark->toolTip().isEmpty());
    CHECK(wireshark->shortcut() == QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_W));
}

} // namespace packetarium::window_capture_test
