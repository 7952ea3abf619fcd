// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The tools with which a network is built: an arrow to choose and move, one
// for each kind of node, and a cable. As buttons of which one is down.

#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <array>

class QButtonGroup;

namespace packetarium {

enum class SandboxTool { Choose, Host, Switch, Router, Hub, Cable };
constexpr std::array kSandboxTools = {SandboxTool::Choose, SandboxTool::Host, SandboxTool::Switch,
                                      SandboxTool::Router, SandboxTool::Hub,  SandboxTool::Cable};

class ToolPalette : public QWidget {
    Q_OBJECT
public:
    explicit ToolPalette(QWidget* parent);

    SandboxTool tool() const { return tool_; }
    void setTool(SandboxTool tool);
    QAbstractButton* button(SandboxTool tool) const { return buttons_[static_cast<std::size_t>(tool)]; }
    void setTheme(const Theme& theme);
    /// Words beside the drawings, where there is room.
    void setWordy(bool on);
    void retranslate();
    /// What a click does now, in one sentence.
    QString hint() const;

signals:
    void toolChosen(SandboxTool tool);

private:
    SandboxTool tool_ = SandboxTool::Choose;
    QButtonGroup* group_;
    std::array<QAbstractButton*, kSandboxTools.size()> buttons_{};
};

} // namespace packetarium
