// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/i18n/catalogue_typed.h"
#include "ui/widgets/application_bar.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/pill_button.h"
#include "ui/widgets/segmented_switch.h"

#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QStringListModel>
#include <QVBoxLayout>
#include <algorithm>

namespace packetarium {
namespace {

constexpr int kLongestText = 65535;

QString labelOfCall(AppCall call, Language language)
{
    QString label = fromUtf8(labelOf(call, language));
    label[0] = label[0].toUpper();
    return label;
}

} // namespace

ApplicationBar::ApplicationBar(Session* session, QWidget* parent)
    : Panel(session, parent)
    , fold_(new PillButton(this))
    , sides_(new SegmentedSwitch(this))
    , text_(new QLineEdit(this))
    , hostButton_(new PillButton(this))
    , calls_(new PillButton(this))
    , message_(new QLabel(this))
    , completions_(new QStringListModel(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    auto* flow = new FlowLayout(nullptr, 4);
    column->addLayout(flow);
    column->addWidget(message_);
    column->addStretch(1);
    message_->setWordWrap(true);
    message_->hide();
    fold_->setCompact(true);
    flow->addWidget(fold_);
    connect(fold_, &QPushButton::clicked, this, [this] { setOpen(!isOpen()); });
    sides_->setCompact(true);
    flow->addWidget(sides_);
    hostButton_->setCompact(true);
    flow->addWidget(hostButton_);
    connect(hostButton_, &QPushButton::clicked, this, [this] { popUp(makeHostMenu(), hostButton_); });
    text_->setMaxLength(kLongestText);
    text_->setClearButtonEnabled(true);
    text_->setMinimumWidth(120);
    text_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    for (std::size_t i = 0; i < kProgramCalls.size(); ++i) {
        const AppCall call = kProgramCalls[i];
        if (call == AppCall::Send)
            flow->addWidget(text_);
        buttons_[i] = new PillButton(this);
        buttons_[i]->setCompact(true);
        flow->addWidget(buttons_[i]);
        connect(buttons_[i], &QPushButton::clicked, this, [this, call] { perform(call); });
    }
    for (std::size_t i = 0; i < kButtonVerbs.size(); ++i) {
        const TypedVerb verb = kButtonVerbs[i];
        verbs_[i] = new PillButton(this);
        verbs_[i]->setCompact(true);
        flow->addWidget(verbs_[i]);
        connect(verbs_[i], &QPushButton::clicked, this,
                [this, verb] { popUp(makeTargetMenu(verb, this), verbButton(verb)); });
    }
    calls_->setCompact(true);
    flow->addWidget(calls_);
    connect(calls_, &QPushButton::clicked, this, [this] { popUp(makeCallMenu(), calls_); });
    auto* completer = new QCompleter(completions_, this);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setCompletionMode(QCompleter::PopupCompletion);
    text_->setCompleter(completer);
    connect(text_, &QLineEdit::textEdited, this, &ApplicationBar::lineEdited);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(text_, &QLineEdit::returnPressed, this, &ApplicationBar::runLine);
    connect(text_, &QLineEdit::textChanged, this, &ApplicationBar::refresh);
    connect(sides_, &SegmentedSwitch::chosen, this,
            [this](int index) { setHost(NodeId(static_cast<std::uint8_t>(index))); });
    connect(session, &Session::selectionChanged, this, [this, session] {
        const Selection selection = session->selection();
        const auto nodes = session->trace().nodes();
        if (selection.kind == Selection::Kind::Host && selection.host && selection.host.value() < nodes.size() &&
            nodes[selection.host.value()].kind == NodeKind::Host)
            setHost(selection.host);
    });
    start();
}

void ApplicationBar::setHost(NodeId host)
{
    host_ = host;
    sides_->setCurrentIndex(host.value());
    refresh();
}

bool ApplicationBar::isOpen() const
{
    return open_.value_or(!session().hasRun() || !session().lesson());
}

void ApplicationBar::setOpen(bool open)
{
    open_ = open;
    refresh();
}

void ApplicationBar::perform(AppCall call)
{
    const QString text = text_->text().isEmpty() ? text_->placeholderText() : text_->text();
    makeCall(session(), host_, call, text);
}

bool ApplicationBar::isNetwork() const
{
    return session().hasRun() && session().scenario().isNetwork();
}

std::string ApplicationBar::hostName() const
{
    const auto nodes = session().trace().nodes();
    return host_ && host_.value() < nodes.size() ? nodes[host_.value()].name : std::string();
}

PillButton* ApplicationBar::verbButton(TypedVerb verb) const
{
    for (std::size_t i = 0; i < kButtonVerbs.size(); ++i)
        if (kButtonVerbs[i] == verb)
            return verbs_[i];
    return nullptr;
}

QString ApplicationBar::message() const
{
    return message_->isHidden() ? QString() : message_->text();
}

void ApplicationBar::say(const QString& message)
{
    message_->setText(message);
    message_->setVisible(!message.isEmpty());
    text_->setAccessibleDescription(message);
}

void ApplicationBar::runLine()
{
    if (!isNetwork()) {
        perform(AppCall::Send);
        return;
    }
    const QString line = text_->text().isEmpty() ? text_->placeholderText() : text_->text();
    const QString wrong = doTyped(session(), host_, line);
    say(wrong);
    if (wrong.isEmpty())
        text_->clear();
}

void ApplicationBar::lineEdited()
{
    if (!isNetwork())
        return;
    const std::string line = text_->text().toStdString();
    QStringList lines;
    for (const std::string& each : completeTyped(line, session().scenario(), hostName()))
        lines << QString::fromStdString(each);
    if (lines != completions_->stringList())
        completions_->setStringList(lines);
    // While a word is being typed it is only unfinished; from the second one on a mistake is said at once.
    const auto parsed = line.find(' ') == std::string::npos ? Result<Action, TypedError>(TypedError{})
                                                            : parseTyped(line, session().scenario());
    const bool unfinished =
        !parsed &&
        (parsed.error().mistake == TypedMistake::Empty || parsed.error().mistake == TypedMistake::MissingTarget ||
         parsed.error().mistake == TypedMistake::MissingText || parsed.error().mistake == TypedMistake::MissingPort);
    say(parsed || unfinished ? QString() : QString::fromStdString(sentenceFor(parsed.error(), session().language())));
}

void ApplicationBar::popUp(QMenu* menu, PillButton* under)
{
    session().pause();
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(under->mapToGlobal(QPoint(0, under->height() + 2)));
}

QMenu* ApplicationBar::makeTargetMenu(TypedVerb verb, QWidget* parent)
{
    auto* menu = new QMenu(parent);
    const QString word = fromUtf8(toString(verb)) + QLatin1Char(' ');
    for (const std::string& target : targetsOf(verb, session().scenario(), hostName())) {
        const QString line = word + QString::fromStdString(target);
        QAction* action =
            menu->addAction(QString::fromStdString(target).replace(QLatin1Char('&'), QLatin1String("&&")));
        connect(action, &QAction::triggered, this, [this, line] { say(doTyped(session(), host_, line)); });
    }
    if (!menu->isEmpty())
        menu->addSeparator();
    menu->addAction(tr("Type it..."), this, [this, word] {
        text_->setText(word);
        text_->setFocus();
        lineEdited();
    });
    return menu;
}

QMenu* ApplicationBar::makeHostMenu()
{
    auto* menu = new QMenu(this);
    for (const TraceNode& node : session().trace().nodes()) {
        if (node.kind != NodeKind::Host)
            continue;
        const NodeId id(static_cast<std::uint8_t>(&node - session().trace().nodes().data()));
        QAction* action = menu->addAction(session().hostLabel(id).replace(QLatin1Char('&'), QLatin1String("&&")), this,
                                          [this, id] { setHost(id); });
        action->setCheckable(true);
        action->setChecked(id == host_);
    }
    return menu;
}

QMenu* ApplicationBar::makeCallMenu()
{
    auto* menu = new QMenu(this);
    menu->setToolTipsVisible(true);
    for (const AppCall call : kProgramCalls) {
        const QString reason = whyNotCall(session(), host_, call);
        QAction* action = menu->addAction(labelOfCall(call, session().language()), this, [this, call] {
            if (call == AppCall::Send) {
                text_->setText(QStringLiteral("write "));
                text_->setFocus();
            } else {
                makeCall(session(), host_, call);
            }
        });
        action->setEnabled(reason.isEmpty());
        action->setToolTip(reason.isEmpty() ? fromUtf8(explain(call, session().language())) : reason);
    }
    return menu;
}

void ApplicationBar::restyle()
{
    const Theme now = theme();
    text_->setFont(now.font(TextStyle::Small));
    message_->setFont(now.font(TextStyle::Small));
    QPalette palette = message_->palette();
    palette.setColor(QPalette::WindowText, now.color(Role::Rst));
    message_->setPalette(palette);
    text_->setFixedHeight(static_cast<int>(now.px(28)));
    sides_->setAccessibleName(tr("Whose program acts"));
    setAccessibleName(tr("What the programs do"));
}

void ApplicationBar::refreshHosts(bool open)
{
    constexpr std::size_t kMostSegments = 3;
    std::vector<SegmentedSwitch::Segment> sides;
    if (session().hasRun())
        for (const HostMoment& host : session().moment().hosts)
            if (session().trace().nodes()[host.id.value()].kind == NodeKind::Host)
                sides.push_back(
                    {session().hostLabel(host.id), tr("The program of: %1").arg(session().hostLabel(host.id)), {}});
    if (!host_ || host_.value() >= std::max<std::size_t>(1, sides.size()))
        host_ = NodeId(0);
    const bool many = sides.size() > kMostSegments;
    hostButton_->setToolTip(tr("Whose program acts"));
    hostButton_->setVisible(open && many);
    sides_->setVisible(open && !many);
    if (many) {
        hostButton_->setText(session().hostLabel(host_) + QStringLiteral(" \u25be"));
        hostButton_->setAccessibleName(tr("The program of: %1").arg(session().hostLabel(host_)));
        return;
    }
    sides_->setSegments(sides);
    sides_->setCurrentIndex(host_.value());
}

void ApplicationBar::refresh()
{
    const Language language = session().language();
    const bool network = isNetwork();
    const bool open = isOpen();
    fold_->setGlyph(open ? Glyph::Fold : Glyph::Unfold);
    fold_->setText(open ? QString() : tr("Programs"));
    fold_->setAccessibleName(open ? tr("Hide what the programs do") : tr("Show what the programs do"));
    fold_->setToolTip(open ? tr("Hide what the programs do") : tr("Show what the programs do"));
    refreshHosts(open);
    text_->setVisible(open);
    if (network) {
        const auto targets = targetsOf(TypedVerb::Ping, session().scenario(), hostName());
        text_->setPlaceholderText(QStringLiteral("ping ") +
                                  QString::fromStdString(targets.empty() ? "10.0.0.1" : targets.front()));
    } else {
        text_->setPlaceholderText(tr("hello"));
    }
    text_->setAccessibleName(network ? tr("What the program shall do") : tr("Text to send"));
    text_->setToolTip(network ? tr("Type a command, such as: ping server, open http://www.example.com/, "
                                   "resolve www.example.com, traceroute 10.0.0.1, send 10.0.0.2:7 hello")
                              : tr("The text to send; Enter sends it"));
    if (network)
        text_->setEnabled(true);
    else
        message_->hide();
    for (std::size_t i = 0; i < kButtonVerbs.size(); ++i) {
        verbs_[i]->setVisible(open && network);
        verbs_[i]->setText(fromUtf8(labelOf(kButtonVerbs[i], language)));
        verbs_[i]->setToolTip(fromUtf8(explain(kButtonVerbs[i], language)));
        verbs_[i]->setAccessibleName(fromUtf8(labelOf(kButtonVerbs[i], language)));
    }
    calls_->setVisible(open && network);
    calls_->setText(QStringLiteral("TCP \u25be"));
    calls_->setToolTip(tr("Listen, connect, close ..."));
    calls_->setAccessibleName(tr("Calls of TCP"));
    for (std::size_t i = 0; i < kProgramCalls.size(); ++i) {
        const AppCall call = kProgramCalls[i];
        buttons_[i]->setVisible(open && !network);
        const QString reason = whyNotCall(session(), host_, call);
        const QString tip =
            fromUtf8(explain(call, language)) + (reason.isEmpty() ? QString() : QLatin1Char('\n') + reason);
        buttons_[i]->setText(labelOfCall(call, language));
        buttons_[i]->setAccessibleName(labelOfCall(call, language));
        buttons_[i]->setToolTip(tip);
        buttons_[i]->setAccessibleDescription(tip);
        buttons_[i]->setEnabled(reason.isEmpty());
        if (call == AppCall::Send && !network)
            text_->setEnabled(reason.isEmpty());
    }
}

} // namespace packetarium
