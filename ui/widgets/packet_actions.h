// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What one may do to a packet: drop, delay, duplicate, corrupt, hold, let go.
// The buttons under the inspector, the actions behind them (with their keys,
// for the window's menu), and the same as a context menu for the stage.

#include "ui/widgets/panel.h"

#include <array>

class QAction;
class QGridLayout;
class QMenu;

namespace packetarium {

class PillButton;

enum class PacketDeed { Drop, Delay, Duplicate, Corrupt, Hold, LetGo };
constexpr std::array kPacketDeeds = {PacketDeed::Drop,    PacketDeed::Delay, PacketDeed::Duplicate,
                                     PacketDeed::Corrupt, PacketDeed::Hold,  PacketDeed::LetGo};
/// How long a packet may be delayed from the buttons and the menu.
constexpr std::array kPacketDelays = {SimDuration::milliseconds(50), SimDuration::milliseconds(200),
                                      SimDuration::seconds(1), SimDuration::seconds(3)};
/// How long after the packet its copy follows.
constexpr SimDuration kCopyAfter = SimDuration::milliseconds(10);

/// Why it cannot be done to this packet at the instant shown, in the current language; empty: it can.
QString whyNot(const Session& session, PacketId packet, PacketDeed deed);
/// Does it; `delay` is for PacketDeed::Delay. Nothing happens where whyNot() has a reason.
void doTo(Session& session, PacketId packet, PacketDeed deed, SimDuration delay = kPacketDelays[1]);

/// What can be done to a cable or a node of a network at the instant shown.
enum class NetworkDeed { Unplug, Plug, PowerOff, PowerOn };
/// Why it cannot be done; empty: it can.
QString whyNot(const Session& session, const Selection& what, NetworkDeed deed);
void doTo(Session& session, const Selection& what, NetworkDeed deed);

/// For a packet, a cable or a node of a network: what can be done to it. For anything else: what it is, and nothing to do. The
/// caller owns the menu.
QMenu* makePacketMenu(Session* session, const Selection& selection, QWidget* parent);

class PacketActions : public Panel {
    Q_OBJECT
public:
    explicit PacketActions(Session* session, QWidget* parent = nullptr);

    /// For the menu bar, in the order of the buttons; they act on what the inspector shows.
    QList<QAction*> menuActions() const;
    QAction* action(PacketDeed deed) const { return actions_[static_cast<std::size_t>(deed)]; }

protected:
    void restyle() override;
    void refresh() override;
    bool isFollowing() const override { return true; } // its actions are in the menu, too

private:
    void perform(PacketDeed deed);
    void showDelays(bool on);

    std::array<QAction*, kPacketDeeds.size()> actions_{};
    std::array<PillButton*, kPacketDeeds.size()> buttons_{};
    std::array<PillButton*, kPacketDelays.size()> delays_{};
    QWidget* delayRow_;
};

} // namespace packetarium
