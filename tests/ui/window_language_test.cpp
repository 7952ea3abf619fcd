// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/support/ui/window_rig.h"
#include "ui/i18n/language.h"
#include "ui/widgets/lesson_explorer.h"
#include "ui/window/comparison_desk.h"
#include "ui/window/file_desk.h"
#include "ui/window/help_dialogs.h"
#include "ui/window/notice_bar.h"
#include "ui/window/projector_window.h"
#include "ui/window/unsaved_question.h"
#include "ui/window/workbench.h"

#include <QAbstractButton>
#include <QRegularExpression>
#include <QSet>
#include <algorithm>
#include <ctime>

namespace packetarium::window_language_test {

using namespace test;
using namespace literals;

namespace {

/// Words that are the same in both languages: protocol names, states, flags, fields' RFC names, keys, units, file kinds.
const QSet<QString>& termsOfBoth()
{
    static const QSet<QString> terms = [] {
        const char* list =
            "OSI ICMPv6 NXDOMAIN com example GET UTF-8 GBK gzip ping traceroute NRZ MLT-3 TCP IP IPv4 IPv6 UDP ICMP "
            "ARP DNS HTTP HTTPS Ethernet II MAC FCS TTL MSS MTU DF MF DSCP ECN IHL RFC "
            "Figure ISN ISS IRS TCB Nagle Wireshark Tahoe Reno NewReno SACK CUBIC PAWS pcap pcapng cap csv CSV cwnd "
            "ssthresh "
            "SYN ACK FIN RST PSH URG ECE CWR NS SYN-SENT SYN-RECEIVED SYN-RCVD CLOSED LISTEN ESTABLISHED FIN-WAIT-1 "
            "FIN-WAIT-2 "
            "CLOSE-WAIT CLOSING LAST-ACK TIME-WAIT FIN-WAIT WAIT SND RCV UNA NXT WND WL1 WL2 MSL 2MSL SRTT RTTVAR RTO "
            "RTT SEG SEQ "
            "LISTEN Linux linux rfc Karn MUST SHOULD MAY CLOSE OPEN SEND RECEIVE ABORT STATUS BUF BUFFERED ACKs SYNs "
            "seq ack win len rto ms us ns min syn fin rst Ctrl Shift Alt Space Del Esc Home End PgUp PgDown PgDn Left "
            "Right Return Enter Tab "
            "Delete EN English yaml yml png svg pdf Qt GNU JSON for Modern CLI11 fmt yaml-cpp C++ hello connect close "
            "listen send accept cookie "
            "receive shutdown abort crash FIFO x01 bit Mbit CRC CRC-32 octets B F1 F5 F11 RST,ACK SYN,ACK R2 R1 PDF "
            "PNG SVG";
        QSet<QString> set;
        for (const QString& word : QString::fromLatin1(list).split(' ', Qt::SkipEmptyParts))
            set.insert(word);
        return set;
    }();
    return terms;
}

bool hasHan(const QString& text)
{
    static const QRegularExpression han(QStringLiteral("\\p{Han}"));
    return text.contains(han);
}

/// English words of a text that are no term of both languages.
QStringList englishIn(QString text)
{
    static const QRegularExpression tag(QStringLiteral("<[^>]*>"));
    // Placeholders of paths, numbers in hexadecimal, and variables have letters too.
    static const QRegularExpression noise(QStringLiteral(
        "0[x\\x{D7}][0-9a-fA-F]+|\\b[xy](\\+\\d+)?\\b|/\\S+|\\b[0-9a-f]{2}\\b|([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}"));
    static const QRegularExpression word(QStringLiteral("[A-Za-z][A-Za-z0-9-]+"));
    text.remove(tag).remove(noise);
    QStringList found;
    for (auto it = word.globalMatch(text); it.hasNext();) {
        const QString each = it.next().captured();
        if (!termsOfBoth().contains(each))
            found << each;
    }
    return found;
}

/// Everything that is in the wrong language, one a line.
QStringList wrongWords(QWidget* root, Language language)
{
    QStringList wrong;
    for (const Word& word : wordsOf(root)) {
        if (language == Language::Chinese) {
            if (const QStringList english = englishIn(word.text); !english.isEmpty())
                wrong << word.where + ": " + word.text + "  [" + english.join(' ') + "]";
        } else if (hasHan(word.text) && word.text != QString::fromUtf8("中") &&
                   word.text != QString::fromUtf8("中文") && !word.text.startsWith(QString::fromUtf8("中文 ("))) {
            wrong << word.where + ": " + word.text;
        }
    }
    wrong.removeDuplicates();
    return wrong;
}

void checkAll(WindowRig& rig, Language language)
{
    WindowRig::settle();
    const QStringList wrong = wrongWords(rig.window.get(), language);
    INFO(wrong.join('\n').toStdString());
    CHECK(wrong.isEmpty());
}

} // namespace

TEST_CASE("with everything open, switching leaves no word of the other language, forth and back", "[window]")
{
    const Language first = GENERATE(Language::English, Language::Chinese);
    WindowRig rig(first);
    checkAll(rig, first);
    rig.key(Qt::Key_L, Qt::ControlModifier);
    checkAll(rig, LanguageManager::other(first));

    rig.open("three-way-handshake");
    rig.window->workbench().explorer().loadAll();
    rig.key(Qt::Key_Space);
    rig.session.apply(DoDrop{{"client", 1}});
    const PacketId syn(0);
    rig.session.select({Selection::Kind::Packet, syn, {}, -1});
    rig.window->notices().hide();
    Language now = LanguageManager::other(first);
    for (int i = 0; i < 2; ++i) {
        checkAll(rig, now);
        rig.key(Qt::Key_L, Qt::ControlModifier);
        now = LanguageManager::other(now);
        REQUIRE(rig.session.language() == now);
    }
    for (const Selection& what :
         {Selection{Selection::Kind::Host, {}, NodeId(0), -1}, Selection{Selection::Kind::State, {}, {}, 4},
          Selection{Selection::Kind::Transition, {}, {}, 2}, Selection{}}) {
        rig.session.select(what);
        checkAll(rig, now);
        rig.session.setStopView(rig.session.stopView() == StopView::States ? StopView::Sequence : StopView::States);
        rig.session.setLanguage(LanguageManager::other(now));
        now = LanguageManager::other(now);
        checkAll(rig, now);
    }
}

TEST_CASE("two runs side by side, and the dialog that chooses them, have no word of the other language",
          "[window][compare]")
{
    WindowRig rig(Language::English);
    rig.open("two-way-handshake");
    REQUIRE(rig.window->comparison().compareWith("old-duplicate-syn"));
    rig.key(Qt::Key_End); // one of the two has ended, and says so
    rig.window->actions().compare->trigger();
    WindowRig::settle();
    auto* dialog = rig.window->findChild<QWidget*>("comparison-dialog");
    REQUIRE(dialog);
    for (const Language language : {Language::Chinese, Language::English}) {
        rig.session.setLanguage(language);
        checkAll(rig, language);
        const QStringList wrong = wrongWords(dialog, language);
        INFO(wrong.join('\n').toStdString());
        CHECK(wrong.isEmpty());
        CHECK(hasHan(dialog->windowTitle()) == (language == Language::Chinese));
    }
}

TEST_CASE("dialogs and the projector follow the language while they are open", "[window]")
{
    WindowRig rig(Language::English);
    rig.open("handshake");
    rig.window->actions().keys->trigger();
    rig.window->actions().about->trigger();
    rig.window->actions().projector->trigger();
    UnsavedQuestion question(rig.session.title(), rig.window.get());
    question.show();
    WindowRig::settle();
    for (const Language language : {Language::Chinese, Language::English}) {
        rig.session.setLanguage(language);
        WindowRig::settle();
        QList<QWidget*> windows = rig.window->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly);
        windows.append(&question);
        int dialogs = 0;
        for (QWidget* each : windows) {
            if (!each->isWindow() || !each->isVisible())
                continue;
            ++dialogs;
            if (each == &question)
                continue;
            const QStringList wrong = wrongWords(each, language);
            INFO(wrong.join('\n').toStdString());
            CHECK(wrong.isEmpty());
        }
        CHECK(dialogs >= 3);
        CHECK(hasHan(question.windowTitle()) == (language == Language::Chinese));
        CHECK(hasHan(question.button(QMessageBox::Discard)->text()) == (language == Language::Chinese));
    }
    question.hide();
}

TEST_CASE("switching the language loses nothing and takes less than a tenth of a second", "[window]")
{
    WindowRig rig;
    rig.open("three-way-handshake");
    rig.key(Qt::Key_Space);
    rig.key(Qt::Key_Space);
    const SimTime at = rig.session.now();
    const auto fingerprint = rig.session.trace().fingerprint();
    rig.session.select({Selection::Kind::Packet, PacketId(0), {}, -1});
    rig.key(Qt::Key_L, Qt::ControlModifier);
    // Processor time, and the least of three: what else the machine does is not the window's fault.
    double milliseconds = 1e9;
    for (int i = 0; i < 3; ++i) {
        const std::clock_t before = std::clock();
        rig.key(Qt::Key_L, Qt::ControlModifier);
        milliseconds = std::min(milliseconds, 1000.0 * static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC);
    }
    WARN("language switch with the window open: " << milliseconds << " ms");
#if !defined(__SANITIZE_ADDRESS__)
    CHECK(milliseconds < 100);
#endif
    CHECK(rig.session.now() == at);
    CHECK(rig.session.trace().fingerprint() == fingerprint);
    CHECK(rig.session.selection().packet == PacketId(0));
}

TEST_CASE("the language chosen is remembered, and both buttons of the switch set it", "[window]")
{
    const QTemporaryDir folder;
    const QString file = folder.filePath("s.ini");
    {
        Session session;
        session.setSettingsFile(file);
        session.settings().setLanguage(Language::English);
        ThemeManager themes;
        MainWindow window(session);
        window.actions().language->trigger();
        window.close();
    }
    Session session;
    session.setSettingsFile(file);
    ThemeManager themes;
    MainWindow window(session);
    CHECK(session.language() == Language::Chinese);
    CHECK(window.actions().next->text().startsWith(QString::fromUtf8("下一步")));
}

TEST_CASE("Qt's own buttons speak Chinese too, where the translation is there", "[window]")
{
    if (!QFile::exists(":/qt-translations/qtbase_zh_CN.qm"))
        return;
    LanguageManager manager;
    manager.setLanguage(Language::Chinese);
    CHECK(hasHan(QCoreApplication::translate("QPlatformTheme", "Cancel")));
    manager.setLanguage(Language::English);
    CHECK(QCoreApplication::translate("QPlatformTheme", "Cancel") == "Cancel");
}

} // namespace packetarium::window_language_test
