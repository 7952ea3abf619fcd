// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/application_bar.h"

#include "ui/widgets/flow_layout.h"
#include "ui/widgets/pill_button.h"
#include "ui/widgets/segmented_switch.h"

#include <QFontMetricsF>
#include <QLineEdit>
#include <algorithm>

namespace packetarium {
namespace {

constexpr std::uint16_t kFirstDynamicPort = 49152; // RFC 6335 §6
constexpr std::uint16_t kUsualPort = 80;
constexpr int kLongestText = 65535;

bool isUp(const Session& session, NodeId host)
{
    return session.hasRun() && host && host.value() < session.moment().hosts.size();
}

NodeId peerOf(const Session& session, NodeId host)
{
    for (const HostMoment& each : session.moment().hosts)
        if (each.id != host)
            return each.id;
    return {};
}

/// Where the peer listens now, or the port that the scenario's programs use, or the usual one.
std::uint16_t portToReach(const Session& session, NodeId peer)
{
    for (const ConnMoment& conn : session.moment().conns)
        if (conn.host == peer && conn.state == TcpState::Listen)
            return conn.localPort;
    for (const Command& command : session.scenario().script) {
        if (const auto* connect = std::get_if<DoConnect>(&command.action))
            return connect->port;
        if (const auto* listen = std::get_if<DoListen>(&command.action))
            return listen->port;
    }
    return kUsualPort;
}

/// The first dynamic port that no connection of this host has had yet.
std::uint16_t freshPort(const Session& session, NodeId host)
{
    std::uint16_t port = kFirstDynamicPort;
    for (const ConnMoment& conn : session.moment().conns)
        if (conn.host == host && conn.localPort >= port && conn.localPort < 65535)
            port = static_cast<std::uint16_t>(conn.localPort + 1);
    return port;
}

bool listens(const Session& session, NodeId host, std::uint16_t port)
{
    return std::ranges::any_of(session.moment().conns, [&](const ConnMoment& conn) {
        return conn.host == host && conn.state == TcpState::Listen && conn.localPort == port;
    });
}

bool hasConnection(const Session& session, NodeId host)
{
    return std::ranges::any_of(session.moment().conns, [&](const ConnMoment& conn) {
        return conn.host == host && conn.state != TcpState::Closed;
    });
}

QString labelOfCall(AppCall call, Language language)
{
    QString label = fromCore(labelOf(call, language));
    label[0] = label[0].toUpper();
    return label;
}

} // namespace

QString whyNotCall(const Session& session, NodeId host, AppCall call)
{
    if (!isUp(session, host))
        return ApplicationBar::tr("Nothing is open.");
    const TcpState state = session.moment().hosts[host.value()].state;
    const QString stateName = fromCore(toString(state));
    const bool closing =
        state != TcpState::Closed && !findTransition(state, TcpEvent::Close) && state != TcpState::Listen;
    switch (call) {
    case AppCall::Listen:
        return listens(session, host, portToReach(session, host)) ? ApplicationBar::tr("It is listening already.")
               : findTransition(state, TcpEvent::PassiveOpen) || state == TcpState::TimeWait
                   ? QString()
                   : ApplicationBar::tr("In %1 there is a connection already.").arg(stateName);
    case AppCall::Connect:
        return findTransition(state, TcpEvent::ActiveOpen) || state == TcpState::TimeWait
                   ? QString()
                   : ApplicationBar::tr("In %1 there is a connection already.").arg(stateName);
    case AppCall::Send:
        if (state == TcpState::Closed || state == TcpState::Listen)
            return ApplicationBar::tr("In %1 there is no one to send to yet.").arg(stateName);
        return closing ? ApplicationBar::tr("In %1 this end has closed: it may not send any more.").arg(stateName)
                       : QString();
    case AppCall::Close:
    case AppCall::Shutdown:
        if (state == TcpState::Closed)
            return ApplicationBar::tr("In CLOSED there is nothing to close.");
        if (call == AppCall::Shutdown && state == TcpState::Listen)
            return ApplicationBar::tr("In LISTEN there is no direction to shut down.");
        return closing ? ApplicationBar::tr("In %1 this end has closed already.").arg(stateName) : QString();
    case AppCall::Abort:
        return findTransition(state, TcpEvent::Abort)
                   ? QString()
                   : ApplicationBar::tr("In %1 there is nothing to abort.").arg(stateName);
    case AppCall::Crash:
        return hasConnection(session, host) ? QString() : ApplicationBar::tr("There is no connection to forget.");
    case AppCall::Receive:
    case AppCall::Opened:
    case AppCall::Delivered:
    case AppCall::PeerClosed:
    case AppCall::Failed:
    case AppCall::Closed: return ApplicationBar::tr("This is not a call of the program.");
    }
    return {};
}

void makeCall(Session& session, NodeId host, AppCall call, const QString& text)
{
    if (!whyNotCall(session, host, call).isEmpty())
        return;
    const QString name = QString::fromStdString(session.trace().nodes()[host.value()].name);
    switch (call) {
    case AppCall::Listen: session.apply(DoListen{portToReach(session, host)}, name); break;
    case AppCall::Connect: {
        const NodeId peer = peerOf(session, host);
        if (peer)
            session.apply(DoConnect{session.trace().nodes()[peer.value()].name, portToReach(session, peer),
                                    freshPort(session, host)},
                          name);
        break;
    }
    case AppCall::Send: {
        const QByteArray octets = text.toUtf8();
        if (!octets.isEmpty())
            session.apply(DoSend{Bytes(octets.begin(), octets.end())}, name);
        break;
    }
    case AppCall::Close: session.apply(DoClose{}, name); break;
    case AppCall::Shutdown: session.apply(DoShutdown{}, name); break;
    case AppCall::Abort: session.apply(DoAbort{}, name); break;
    case AppCall::Crash: session.apply(DoCrash{}, name); break;
    case AppCall::Receive:
    case AppCall::Opened:
    case AppCall::Delivered:
    case AppCall::PeerClosed:
    case AppCall::Failed:
    case AppCall::Closed: break;
    }
}

ApplicationBar::ApplicationBar(Session* session, QWidget* parent)
    : Panel(session, parent)
    , fold_(new PillButton(this))
    , sides_(new SegmentedSwitch(this))
    , text_(new QLineEdit(this))
{
    auto* flow = new FlowLayout(this, 4);
    fold_->setCompact(true);
    flow->addWidget(fold_);
    connect(fold_, &QPushButton::clicked, this, [this] { setOpen(!isOpen()); });
    sides_->setCompact(true);
    flow->addWidget(sides_);
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
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(text_, &QLineEdit::returnPressed, this, [this] { perform(AppCall::Send); });
    connect(text_, &QLineEdit::textChanged, this, &ApplicationBar::refresh);
    connect(sides_, &SegmentedSwitch::chosen, this,
            [this](int index) { setHost(NodeId(static_cast<std::uint8_t>(index))); });
    connect(session, &Session::selectionChanged, this, [this, session] {
        const Selection selection = session->selection();
        if (selection.kind == Selection::Kind::Host && selection.host)
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

void ApplicationBar::restyle()
{
    const Theme now = theme();
    text_->setFont(now.font(TextStyle::Small));
    text_->setPlaceholderText(tr("hello"));
    text_->setAccessibleName(tr("Text to send"));
    text_->setToolTip(tr("The text to send; Enter sends it"));
    text_->setFixedHeight(static_cast<int>(now.px(28)));
    sides_->setAccessibleName(tr("Whose program acts"));
    setAccessibleName(tr("What the programs do"));
}

void ApplicationBar::refresh()
{
    const Language language = session().language();
    std::vector<SegmentedSwitch::Segment> sides;
    if (session().hasRun())
        for (const HostMoment& host : session().moment().hosts)
            sides.push_back(
                {session().hostLabel(host.id), tr("The program of: %1").arg(session().hostLabel(host.id)), {}});
    sides_->setSegments(sides);
    if (host_.value() >= std::max<std::size_t>(1, sides.size()))
        host_ = NodeId(0);
    sides_->setCurrentIndex(host_.value());
    const bool open = isOpen();
    fold_->setGlyph(open ? Glyph::Fold : Glyph::Unfold);
    fold_->setText(open ? QString() : tr("Programs"));
    fold_->setAccessibleName(open ? tr("Hide what the programs do") : tr("Show what the programs do"));
    fold_->setToolTip(open ? tr("Hide what the programs do") : tr("Show what the programs do"));
    sides_->setVisible(open);
    text_->setVisible(open);
    for (std::size_t i = 0; i < kProgramCalls.size(); ++i) {
        const AppCall call = kProgramCalls[i];
        buttons_[i]->setVisible(open);
        const QString reason = whyNotCall(session(), host_, call);
        const QString tip =
            fromCore(explain(call, language)) + (reason.isEmpty() ? QString() : QLatin1Char('\n') + reason);
        buttons_[i]->setText(labelOfCall(call, language));
        buttons_[i]->setAccessibleName(labelOfCall(call, language));
        buttons_[i]->setToolTip(tip);
        buttons_[i]->setAccessibleDescription(tip);
        buttons_[i]->setEnabled(reason.isEmpty());
        if (call == AppCall::Send)
            text_->setEnabled(reason.isEmpty());
    }
}

} // namespace packetarium
