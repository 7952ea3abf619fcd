// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the programs on either side do: listen, connect, send a text, close,
// shut one direction down, abort, crash. A call that the state does not permit
// is off and says why. Each is a command of the run, so it can be undone. In a
// lesson the bar is folded to one row until one wants to try something.

#include "ui/widgets/panel.h"

#include <array>
#include <optional>

class QLineEdit;

namespace packetarium {

class PillButton;
class SegmentedSwitch;

constexpr std::array kProgramCalls = {AppCall::Listen,   AppCall::Connect, AppCall::Send, AppCall::Close,
                                      AppCall::Shutdown, AppCall::Abort,   AppCall::Crash};

/// Why `host`'s program cannot make the call at the instant shown, in the current language; empty: it can.
QString whyNotCall(const Session& session, NodeId host, AppCall call);
/// Makes it; `text` is what Send sends. Nothing happens where whyNotCall() has a reason.
void makeCall(Session& session, NodeId host, AppCall call, const QString& text = {});

class ApplicationBar : public Panel {
    Q_OBJECT
public:
    explicit ApplicationBar(Session* session, QWidget* parent = nullptr);

    NodeId host() const { return host_; }
    void setHost(NodeId host);
    bool isOpen() const;
    void setOpen(bool open);

protected:
    void restyle() override;
    void refresh() override;

private:
    void perform(AppCall call);

    NodeId host_{0};
    std::optional<bool> open_; ///< what the user chose
    PillButton* fold_;
    SegmentedSwitch* sides_;
    QLineEdit* text_;
    std::array<PillButton*, kProgramCalls.size()> buttons_{};
};

} // namespace packetarium
