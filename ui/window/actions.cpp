// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/actions.h"

#include "ui/session/session.h"
#include "ui/window/file_desk.h"

#include <cmath>

namespace packetarium {

Actions::Actions(Session& session, QObject* parent)
    : QObject(parent)
    , session_(&session)
{
    home = add("home", {QKeySequence(Qt::ALT | Qt::Key_Home)});
    sandbox = add("sandbox", {QKeySequence(Qt::CTRL | Qt::Key_N)});
    newNetwork = add("new-network", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N)});
    open = add("open", {QKeySequence(Qt::CTRL | Qt::Key_O)});
    save = add("save", {QKeySequence(Qt::CTRL | Qt::Key_S)});
    saveAs = add("save-as", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)});
    exportPicture = add("export-picture", {QKeySequence(Qt::CTRL | Qt::Key_E)});
    exportCapture = add("export-capture", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E)});
    wireshark = add("wireshark", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_W)});
    conversations = add("conversations", {QKeySequence(Qt::CTRL | Qt::Key_J)});
    quit = add("quit", {QKeySequence(Qt::CTRL | Qt::Key_Q)});

    undo = add("undo", {QKeySequence(Qt::CTRL | Qt::Key_Z)});
    redo = add("redo", {QKeySequence(Qt::CTRL | Qt::Key_Y), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z)});
    search = add("search", {QKeySequence(Qt::CTRL | Qt::Key_K)});

    next = add("next", {QKeySequence(Qt::Key_Space), QKeySequence(Qt::Key_Right), QKeySequence(Qt::Key_PageDown)});
    previous = add("previous", {QKeySequence(Qt::Key_Left), QKeySequence(Qt::Key_PageUp)});
    nextFine = add("next-fine", {QKeySequence(Qt::SHIFT | Qt::Key_Right)});
    previousFine = add("previous-fine", {QKeySequence(Qt::SHIFT | Qt::Key_Left)});
    play = add("play", {QKeySequence(Qt::Key_K)}, true);
    toStart = add("to-start", {QKeySequence(Qt::Key_Home)});
    toEnd = add("to-end", {QKeySequence(Qt::Key_End)});
    slower = add("slower", {QKeySequence(Qt::Key_BracketLeft)});
    faster = add("faster", {QKeySequence(Qt::Key_BracketRight)});
    normalSpeed = add("normal-speed", {QKeySequence(Qt::Key_Equal)});
    predict = add("predict", {QKeySequence(Qt::Key_P)}, true);

    sequence = add("sequence", {QKeySequence(Qt::CTRL | Qt::Key_1)}, true);
    states = add("states", {QKeySequence(Qt::CTRL | Qt::Key_2)}, true);
    layers = add("layers", {QKeySequence(Qt::CTRL | Qt::Key_3)}, true);
    network = add("network", {QKeySequence(Qt::CTRL | Qt::Key_4)}, true);
    windows = add("windows", {QKeySequence(Qt::CTRL | Qt::Key_5)}, true);
    plots = add("plots", {QKeySequence(Qt::CTRL | Qt::Key_6)}, true);
    auto* views = new QActionGroup(this);
    for (QAction* view : {sequence, states, layers, network, windows, plots})
        views->addAction(view);
    sequence->setChecked(true);

    compare = add("compare", {QKeySequence(Qt::CTRL | Qt::Key_7)});
    endComparison = add("end-comparison", {QKeySequence(Qt::CTRL | Qt::Key_W)});
    auto* numberGroup = new QActionGroup(this);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        static constexpr std::array kNames = {"numbers-symbolic", "numbers-relative", "numbers-raw"};
        numbers.at(i) = add(kNames.at(i), {}, true);
        numberGroup->addAction(numbers.at(i));
    }
    numbersNext = add("numbers-next", {QKeySequence(Qt::Key_N)});
    auto* themeGroup = new QActionGroup(this);
    for (std::size_t i = 0; i < themes.size(); ++i) {
        static constexpr std::array kNames = {"theme-system", "theme-light", "theme-dark", "theme-high-contrast"};
        themes.at(i) = add(kNames.at(i), {}, true);
        themeGroup->addAction(themes.at(i));
    }
    themeNext = add("theme-next", {QKeySequence(Qt::CTRL | Qt::Key_T)});
    reducedMotion = add("reduced-motion", {}, true);
    projector = add("projector", {QKeySequence(Qt::Key_F5), QKeySequence(Qt::Key_F11)});
    // Presenters' remotes send either for "black screen".
    blank = add("blank", {QKeySequence(Qt::Key_Period), QKeySequence(Qt::Key_B)});
    leave = add("leave", {QKeySequence(Qt::Key_Escape)});
    language = add("language", {QKeySequence(Qt::CTRL | Qt::Key_L)});

    keys = add("keys", {QKeySequence(Qt::Key_F1)});
    about = add("about");

    connectSession();
    retranslate();
    followSession();
}

QAction* Actions::add(const char* name, const QList<QKeySequence>& shortcuts, bool checkable)
{
    auto* action = new QAction(this);
    action->setObjectName(QLatin1String(name));
    action->setShortcuts(shortcuts);
    action->setCheckable(checkable);
    all_.push_back(action);
    return action;
}

void Actions::connectSession()
{
    Session* s = session_;
    connect(undo, &QAction::triggered, s, &Session::undo);
    connect(redo, &QAction::triggered, s, &Session::redo);
    connect(next, &QAction::triggered, s, &Session::stepForward);
    connect(previous, &QAction::triggered, s, &Session::stepBack);
    connect(nextFine, &QAction::triggered, s, &Session::stepForwardFine);
    connect(previousFine, &QAction::triggered, s, &Session::stepBackFine);
    connect(play, &QAction::triggered, s, &Session::togglePlay);
    connect(toStart, &QAction::triggered, s, &Session::toStart);
    connect(toEnd, &QAction::triggered, s, &Session::toEnd);
    connect(slower, &QAction::triggered, s, [s] { s->setSpeed(s->speed() / 2); });
    connect(faster, &QAction::triggered, s, [s] { s->setSpeed(s->speed() * 2); });
    connect(normalSpeed, &QAction::triggered, s, [s] { s->setSpeed(1.0); });
    connect(predict, &QAction::triggered, s, &Session::setPredicting);
    for (std::size_t i = 0; i < numbers.size(); ++i)
        connect(numbers.at(i), &QAction::triggered, s, [s, i] { s->setNumberStyle(static_cast<NumberStyle>(i)); });
    connect(numbersNext, &QAction::triggered, s,
            [s] { s->setNumberStyle(static_cast<NumberStyle>((static_cast<int>(s->numberStyle()) + 1) % 3)); });
    connect(reducedMotion, &QAction::triggered, s, &Session::setReducedMotion);
    connect(sequence, &QAction::triggered, s, [s] { s->setStopView(StopView::Sequence); });
    connect(states, &QAction::triggered, s, [s] { s->setStopView(StopView::States); });
    connect(layers, &QAction::triggered, s, [s] { s->setStopView(StopView::Layers); });
    connect(network, &QAction::triggered, s, [s] { s->setStopView(StopView::Network); });
    connect(windows, &QAction::triggered, s, [s] { s->setStopView(StopView::Windows); });
    connect(plots, &QAction::triggered, s, [s] { s->setStopView(StopView::Plots); });

    for (const auto signal : {&Session::runChanged, &Session::stopsChanged, &Session::playingChanged,
                              &Session::presentationChanged, &Session::documentChanged})
        connect(s, signal, this, &Actions::followSession);
}

void Actions::followSession()
{
    const Session& s = *session_;
    const bool stage = stageShown_ && s.hasRun();
    play->setChecked(s.isPlaying());
    predict->setChecked(s.predicting());
    undo->setEnabled(stage && s.canUndo());
    redo->setEnabled(stage && s.canRedo());
    numbers.at(static_cast<std::size_t>(s.numberStyle()))->setChecked(true);
    reducedMotion->setChecked(s.reducedMotion());
    switch (s.stopView()) {
    case StopView::Sequence: sequence->setChecked(true); break;
    case StopView::States: states->setChecked(true); break;
    case StopView::Layers: layers->setChecked(true); break;
    case StopView::Network: network->setChecked(true); break;
    case StopView::Windows: windows->setChecked(true); break;
    case StopView::Plots: plots->setChecked(true); break;
    }
    slower->setEnabled(stage && s.speed() > 0.125);
    faster->setEnabled(stage && s.speed() < 8.0);
}

void Actions::enable(bool stageShown, bool projecting, bool comparing)
{
    stageShown_ = stageShown;
    const bool stage = stageShown && session_->hasRun();
    for (QAction* action :
         {save,    saveAs, exportPicture, next,       previous,   nextFine,   previousFine, play,
          toStart, toEnd,  normalSpeed,   predict,    sequence,   states,     layers,       network,
          windows, plots,  numbersNext,   numbers[0], numbers[1], numbers[2], compare,      projector})
        action->setEnabled(stage);
    predict->setEnabled(stage && !comparing);
    endComparison->setEnabled(stage && comparing);
    const bool captured = session_->isCaptured();
    for (QAction* action : {save, saveAs})
        action->setEnabled(stage && !captured);
    exportCapture->setEnabled(stage);
    wireshark->setEnabled(stage && !wiresharkProgram().isEmpty());
    conversations->setEnabled(stage && captured);
    home->setEnabled(stage);
    blank->setEnabled(projecting);
    leave->setEnabled(projecting);
    followSession();
}

void Actions::setWords(QAction* action, const QString& text, const QString& tip)
{
    action->setText(text);
    QString plain = plainText(action);
    action->setIconText(plain);
    action->setToolTip(tip.isEmpty() ? withKey(action) : tip);
    action->setStatusTip(tip);
}

void Actions::retranslate()
{
    setWords(home, tr("&Home page"));
    setWords(sandbox, tr("&New sandbox"));
    setWords(newNetwork, tr("New net&work"));
    setWords(open, tr("&Open..."));
    setWords(save, tr("&Save"));
    setWords(saveAs, tr("Save &as..."));
    setWords(exportPicture, tr("&Export picture..."));
    setWords(exportCapture, tr("Export &capture..."));
    setWords(wireshark, tr("Open in W&ireshark"),
             wiresharkProgram().isEmpty() ? tr("Wireshark is not installed on this computer.") : QString());
    setWords(conversations, tr("Con&versations of the capture..."));
    setWords(quit, tr("&Quit"));

    setWords(undo, tr("&Undo"));
    setWords(redo, tr("&Redo"));
    setWords(search, tr("&Search lessons"));

    setWords(next, tr("&Next step"));
    setWords(previous, tr("&Previous step"));
    setWords(nextFine, tr("Next &small step"));
    setWords(previousFine, tr("Previous s&mall step"));
    setWords(play, tr("P&lay or pause"));
    setWords(toStart, tr("To the s&tart"));
    setWords(toEnd, tr("To the &end"));
    setWords(slower, tr("Slo&wer"));
    setWords(faster, tr("&Faster"));
    setWords(normalSpeed, tr("Normal spee&d"));
    setWords(predict, tr("P&redict"),
             tr("Before each step, ask what comes next (%1)").arg(keyText(predict->shortcut())));

    setWords(sequence, tr("Se&quence"));
    setWords(states, tr("&States"));
    setWords(layers, tr("La&yers"));
    setWords(network, tr("Net&work"));
    setWords(windows, tr("W&indows"));
    setWords(plots, tr("Pl&ots"));
    setWords(compare, tr("&Compare with..."));
    setWords(endComparison, tr("&End the comparison"));
    setWords(numbers[0], tr("&Symbolic (x, y)"));
    setWords(numbers[1], tr("&Relative (from 0)"));
    setWords(numbers[2], tr("R&aw (as on the wire)"));
    setWords(numbersNext, tr("Next &number style"));
    setWords(themes[0], tr("As the &desktop"));
    setWords(themes[1], tr("&Light"));
    setWords(themes[2], tr("Dar&k"));
    setWords(themes[3], tr("&High contrast"));
    setWords(themeNext, tr("Next &theme"));
    setWords(reducedMotion, tr("&Reduced motion"));
    setWords(projector, tr("&Projector"));
    setWords(blank, tr("&Blank the projector"));
    setWords(leave, tr("Lea&ve the projector"));
    // Named in the language it leads to, for whoever cannot read the present one.
    setWords(language, session_->language() == Language::English ? QStringLiteral("中文") : QStringLiteral("English"));

    setWords(keys, tr("&Keys"));
    setWords(about, tr("&About Packetarium"));
}

QString plainText(const QAction* action)
{
    QString text = action->text();
    // Chinese menus put the mnemonic in brackets behind the word: 打开(&O)...
    text.remove(QStringLiteral("..."));
    if (const auto bracket = text.indexOf(QLatin1String("(&")); bracket >= 0)
        text.truncate(bracket);
    return text.remove(QLatin1Char('&')).trimmed();
}

QString keyText(const QKeySequence& key)
{
    // Arrows as they stand on the keys; Qt would spell them out.
    for (const Qt::KeyboardModifiers modifiers : {Qt::KeyboardModifiers(), Qt::KeyboardModifiers(Qt::ShiftModifier)}) {
        const QString prefix = modifiers ? QKeySequence(Qt::SHIFT).toString(QKeySequence::NativeText) : QString();
        if (key == QKeySequence(QKeyCombination(modifiers, Qt::Key_Left)))
            return prefix + QStringLiteral("\u2190");
        if (key == QKeySequence(QKeyCombination(modifiers, Qt::Key_Right)))
            return prefix + QStringLiteral("\u2192");
    }
    return key.toString(QKeySequence::NativeText);
}

QString withKey(const QAction* action)
{
    const QString key = keyText(action->shortcut());
    return key.isEmpty() ? plainText(action) : QStringLiteral("%1 (%2)").arg(plainText(action), key);
}

} // namespace packetarium
