// SPDX-License-Identifier: GPL-3.0-or-later
// The left side, the caption, the switch, and what holds for every panel.
#include "tests/ui/panels_support.h"
#include "ui/i18n/language.h"
#include "ui/models/explorer_model.h"
#include "ui/theme/theme_manager.h"
#include "ui/widgets/application_bar.h"
#include "ui/widgets/caption_card.h"
#include "ui/widgets/control_block_panel.h"
#include "ui/widgets/inspector_panel.h"
#include "ui/widgets/lesson_explorer.h"
#include "ui/widgets/packet_actions.h"
#include "ui/widgets/segmented_switch.h"
#include "ui/widgets/text_block.h"
#include "ui/widgets/why_panel.h"

#include <QAbstractButton>
#include <QLineEdit>
#include <QListView>

namespace packetarium::panels_explorer_test {

using namespace test;

namespace {

std::vector<QString> names(const ExplorerModel& model, ExplorerModel::Kind kind)
{
    std::vector<QString> found;
    for (int row = 0; row < model.rowCount(); ++row)
        if (model.index(row).data(ExplorerModel::KindRole).toInt() == static_cast<int>(kind))
            found.push_back(model.index(row).data(ExplorerModel::NameRole).toString());
    return found;
}

} // namespace

TEST_CASE("everything built in is listed, and nothing else", "[panels][models]")
{
    ExplorerModel model;
    while (model.loadNext()) {}
    model.show(Language::English, {});
    const auto lessons = names(model, ExplorerModel::Kind::Lesson);
    const auto scenarios = names(model, ExplorerModel::Kind::Scenario);
    CHECK(lessons.size() == builtinLessonNames().size());
    CHECK(scenarios.size() == builtinScenarioNames().size());
    for (const QString& name : lessons)
        CHECK(loadLesson(name.toStdString()).ok());
    for (const QString& name : scenarios)
        CHECK(builtinScenario(name.toStdString()).ok());
    // A heading cannot be chosen, and the first row is one.
    CHECK_FALSE(model.flags(model.index(0)).testFlag(Qt::ItemIsSelectable));
    CHECK(model.firstChoice().row() == 1);
}

TEST_CASE("typing in either language finds a lesson in either language", "[panels][models]")
{
    ExplorerModel model;
    while (model.loadNext()) {}
    for (const Language language : {Language::English, Language::Chinese})
        for (const char* typed : {"handshake", "HANDSHAKE", "三次握手", "  three   handshake "}) {
            model.show(language, QString::fromUtf8(typed));
            const auto lessons = names(model, ExplorerModel::Kind::Lesson);
            INFO(typed);
            CHECK(std::find(lessons.begin(), lessons.end(), "three-way-handshake") != lessons.end());
        }
    model.show(Language::English, "no such thing at all");
    CHECK(model.rowCount() == 0);
    CHECK_FALSE(model.firstChoice().isValid());
}

TEST_CASE("the explorer is used from the keyboard", "[panels][widgets]")
{
    Session session;
    LessonExplorer explorer(&session);
    CHECK(explorer.model().rowCount() == 0); // nothing is read before the first painting
    showAt(explorer, {236, 600});
    QStringList lessons, scenarios;
    QObject::connect(&explorer, &LessonExplorer::lessonChosen, [&](const QString& name) { lessons << name; });
    QObject::connect(&explorer, &LessonExplorer::scenarioChosen, [&](const QString& name) { scenarios << name; });

    explorer.search().setText(QString::fromUtf8("三次握手"));
    press(explorer.search(), Qt::Key_Return);
    REQUIRE(lessons.size() == 1);
    CHECK(lessons.front() == "three-way-handshake");

    press(explorer.search(), Qt::Key_Down);
    CHECK(explorer.list().currentIndex() == explorer.model().firstChoice());
    press(explorer.list(), Qt::Key_Return);
    CHECK(lessons.size() == 2);

    press(explorer.search(), Qt::Key_Escape);
    CHECK(explorer.search().text().isEmpty());
    const QModelIndex scenario = explorer.model().indexOf(ExplorerModel::Kind::Scenario, "handshake");
    REQUIRE(scenario.isValid());
    explorer.list().setCurrentIndex(scenario);
    press(explorer.list(), Qt::Key_Return);
    CHECK(scenarios == QStringList{"handshake"});
}

TEST_CASE("titles wrap at once when the explorer gets narrower", "[panels][widgets]")
{
    Session session;
    LessonExplorer explorer(&session);
    showAt(explorer, {236, 900});
    explorer.loadAll();
    for (const int width : {360, 190, 236, 200}) {
        explorer.resize(width, 900);
        explorer.grab();
        for (int row = 1; row < explorer.model().rowCount(); ++row) {
            INFO("width " << width << " row " << row);
            CHECK(explorer.list().visualRect(explorer.model().index(row)).top() >
                  explorer.list().visualRect(explorer.model().index(row - 1)).bottom());
        }
    }
}

TEST_CASE("progress and the open lesson show in the list", "[panels][widgets]")
{
    Session session;
    LessonExplorer explorer(&session);
    explorer.setProgress([](const QString& lesson) { return lesson == "three-way-handshake" ? 0.5 : 0.0; });
    showAt(explorer, {236, 600});
    explorer.loadAll();
    const auto lesson = [&] { return explorer.model().indexOf(ExplorerModel::Kind::Lesson, "three-way-handshake"); };
    CHECK(lesson().data(ExplorerModel::ProgressRole).toDouble() == 0.5);
    CHECK_THAT(lesson().data(Qt::AccessibleTextRole).toString().toStdString(), containsText("begun"));
    CHECK_FALSE(lesson().data(ExplorerModel::OpenRole).toBool());
    openBuiltinLesson(session, "three-way-handshake");
    CHECK(lesson().data(ExplorerModel::OpenRole).toBool());
    openBuiltin(session, "handshake");
    CHECK_FALSE(lesson().data(ExplorerModel::OpenRole).toBool());
    CHECK(explorer.model().indexOf(ExplorerModel::Kind::Scenario, "handshake").data(ExplorerModel::OpenRole).toBool());
}

TEST_CASE("no caption of any lesson is cut in the smallest window, in either language", "[panels][widgets]")
{
    // 1024 wide: 190 for the explorer, 292 for the details, 24 on either side of the card.
    constexpr int kSmallest = 1024 - 190 - 292 - 2 * 24 - 2;
    for (const std::string& name : builtinLessonNames())
        for (const Language language : {Language::English, Language::Chinese}) {
            Session session;
            session.setLanguage(language);
            openBuiltinLesson(session, name);
            CaptionCard card(&session);
            showAt(card, {kSmallest, 120});
            int height = 0;
            for (std::size_t i = 0; i < session.stops().size(); ++i) {
                session.goToStop(static_cast<int>(i));
                card.resize(kSmallest, card.heightForWidth(kSmallest));
                INFO(name << " step " << i + 1 << ": " << card.accessibleDescription().toStdString());
                CHECK_FALSE(card.accessibleName().isEmpty());
                for (const TextBlock* block : card.findChildren<TextBlock*>()) {
                    CHECK(card.rect().contains(block->geometry()));
                    CHECK(block->height() >= block->heightForWidth(block->width()));
                }
                CHECK(card.findChildren<TextBlock*>().last()->lineCount(kSmallest - 68) <= 3);
                CHECK(card.height() >= height); // it never shrinks while one steps
                height = card.height();
            }
        }
}

TEST_CASE("outside lessons the caption says what has just happened", "[panels][widgets]")
{
    Session session;
    openBuiltin(session, "handshake");
    CaptionCard card(&session);
    showAt(card, {600, 120});
    session.toEnd();
    CHECK_FALSE(card.accessibleDescription().isEmpty());
    const QString last = card.accessibleName();
    session.toStart();
    CHECK(card.accessibleName() != last);
}

TEST_CASE("a segmented switch is a group of radio buttons", "[panels][widgets]")
{
    SegmentedSwitch pill;
    pill.setSegments({{"中", "Chinese", {}}, {"EN", "English", {}}, {"x", {}, {}}});
    showAt(pill, pill.sizeHint());
    std::vector<int> chosen;
    QObject::connect(&pill, &SegmentedSwitch::chosen, [&](int index) { chosen.push_back(index); });
    CHECK(pill.currentIndex() == 0);
    pill.setCurrentIndex(1);
    CHECK(chosen.empty()); // only people choose

    auto buttons = pill.findChildren<QAbstractButton*>();
    REQUIRE(buttons.size() == 3);
    CHECK(buttons[0]->accessibleName() == "Chinese");
    CHECK(buttons[2]->accessibleName() == "x");
    buttons[0]->click();
    CHECK(pill.currentIndex() == 0);
    CHECK(chosen == std::vector<int>{0});
    pill.setSegments({{"only", {}, {}}});
    CHECK(pill.count() == 1);
    CHECK(pill.currentIndex() == 0);
}

TEST_CASE("every panel paints in every theme and language, open or empty", "[panels][widgets]")
{
    const ThemeChoice before = ThemeManager::current().choice();
    Session session;
    const std::vector<std::unique_ptr<Panel>> panels = [&] {
        std::vector<std::unique_ptr<Panel>> made;
        made.push_back(std::make_unique<CaptionCard>(&session));
        made.push_back(std::make_unique<InspectorPanel>(&session));
        made.push_back(std::make_unique<WhyPanel>(&session));
        made.push_back(std::make_unique<ControlBlockPanel>(&session));
        made.push_back(std::make_unique<PacketActions>(&session));
        made.push_back(std::make_unique<ApplicationBar>(&session));
        made.push_back(std::make_unique<LessonExplorer>(&session));
        return made;
    }();
    for (const auto& panel : panels)
        showAt(*panel, {300, 400});
    for (const bool open : {false, true}) {
        if (open) {
            openBuiltin(session, "teardown");
            session.toEnd();
        }
        for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark, ThemeChoice::HighContrast})
            for (const Language language : {Language::English, Language::Chinese}) {
                ThemeManager::current().setChoice(theme);
                session.setLanguage(language);
                for (const auto& panel : panels) {
                    const QImage picture = panel->grab().toImage();
                    CHECK_FALSE(picture.isNull());
                }
            }
    }
    ThemeManager::current().setChoice(before);
}

TEST_CASE("the panels' words follow the language at once", "[panels][widgets]")
{
    LanguageManager language;
    language.setLanguage(Language::English);
    Session session;
    openBuiltin(session, "handshake");
    session.seek(ms(130));
    PacketActions actions(&session);
    InspectorPanel inspector(&session);
    showAt(actions, {330, 80});
    showAt(inspector, {330, 560});
    const QString drop = actions.action(PacketDeed::Drop)->text();
    const auto good = [&] {
        return inspector.model()
            .indexForField(FieldId::TcpChecksum)
            .siblingAtColumn(FieldModel::MeaningColumn)
            .data()
            .toString();
    };
    const QString meaning = good();

    session.setLanguage(Language::Chinese);
    language.setLanguage(Language::Chinese);
    settle();
    CHECK(actions.action(PacketDeed::Drop)->text() == QString::fromUtf8("丢弃"));
    CHECK(good() == QString::fromUtf8("✓ 正确"));
    session.setLanguage(Language::English);
    language.setLanguage(Language::English);
    settle();
    CHECK(actions.action(PacketDeed::Drop)->text() == drop);
    CHECK(good() == meaning);
}

} // namespace packetarium::panels_explorer_test
