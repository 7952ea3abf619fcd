// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the programs on either side do: listen, connect, send a text, close,
// shut one direction down, abort, crash. A call that the state does not permit
// is off and says why. Each is a command of the run, so it can be undone. In a
// lesson the bar is folded to one row until one wants to try something.
//
// In a network the line takes whole commands ("ping server", "open
// http://www.example.com/") and says below itself what is wrong with them; the
// buttons offer what there is to ping, open or resolve, and TCP's calls are
// behind one of them.

#include "core/scenario/typed_command.h"
#include "ui/widgets/panel.h"

#include <array>
#include <optional>

class QLabel;
class QLineEdit;
class QMenu;
class QStringListModel;

namespace packetarium {

class PillButton;
class SegmentedSwitch;

constexpr std::array kProgramCalls = {AppCall::Listen,   AppCall::Connect, AppCall::Send, AppCall::Close,
                                      AppCall::Shutdown, AppCall::Abort,   AppCall::Crash};

/// Why `host`'s program cannot make the call at the instant shown, in the current language; empty: it can.
QString whyNotCall(const Session& session, NodeId host, AppCall call);
/// Makes it; `text` is what Send sends. Nothing happens where whyNotCall() has a reason.
void makeCall(Session& session, NodeId host, AppCall call, const QString& text = {});

/// In a network, those that have a button of their own.
constexpr std::array kButtonVerbs = {TypedVerb::Open, TypedVerb::Ping, TypedVerb::Traceroute, TypedVerb::Resolve,
                                     TypedVerb::Send};
/// Does what the line says, at the instant shown; what is wrong with it otherwise, and nothing is done.
QString doTyped(Session& session, NodeId host, const QString& line);

class ApplicationBar : public Panel {
    Q_OBJECT
public:
    explicit ApplicationBar(Session* session, QWidget* parent = nullptr);

    NodeId host() const { return host_; }
    void setHost(NodeId host);
    bool isOpen() const;
    void setOpen(bool open);

    QLineEdit* line() const { return text_; }
    PillButton* verbButton(TypedVerb verb) const;
    /// What a verb's button offers; the caller owns the menu.
    QMenu* makeTargetMenu(TypedVerb verb, QWidget* parent);
    /// What is wrong with the line; empty: nothing.
    QString message() const;

protected:
    void restyle() override;
    void refresh() override;

private:
    void perform(AppCall call);
    bool isNetwork() const;
    void runLine();
    void lineEdited();
    void say(const QString& message);
    void refreshHosts(bool open);
    QMenu* makeHostMenu();
    QMenu* makeCallMenu();
    void popUp(QMenu* menu, PillButton* under);
    std::string hostName() const;

    NodeId host_{0};
    std::optional<bool> open_; ///< what the user chose
    PillButton* fold_;
    SegmentedSwitch* sides_;
    QLineEdit* text_;
    std::array<PillButton*, kProgramCalls.size()> buttons_{};
    // Of a network:
    PillButton* hostButton_; ///< instead of sides_, where there are many
    std::array<PillButton*, kButtonVerbs.size()> verbs_{};
    PillButton* calls_;
    QLabel* message_;
    QStringListModel* completions_;
};

} // namespace packetarium
