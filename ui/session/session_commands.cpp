// SPDX-License-Identifier: GPL-3.0-or-later
// What the user does to the run: inputs with an instant, undone and redone by running again.
#include "ui/i18n/from_utf8.h"
#include "ui/session/session_impl.h"

#include <algorithm>

namespace packetarium {
namespace {

/// The packet that an action is about, or nullptr.
const PacketSelector* selectorOf(const Action& action)
{
    return std::visit(
        [](const auto& a) -> const PacketSelector* {
            if constexpr (requires { a.packet; })
                return &a.packet;
            else
                return nullptr;
        },
        action);
}

std::optional<PacketInfo> findPacket(const Trace& trace, const PacketSelector& selector)
{
    const PacketStore& packets = trace.packetStore();
    for (std::size_t i = 0; i < packets.size(); ++i) {
        const PacketId id(static_cast<std::uint32_t>(i));
        if (packets.nth(id) == selector.nth && trace.nodes()[packets.from(id).value()].name == selector.from)
            return trace.packet(id);
    }
    return std::nullopt;
}

/// Now; for a packet that is through with its journey, just after it was sent.
SimTime instantFor(const Action& action, const Trace& trace, SimTime now)
{
    const PacketSelector* selector = selectorOf(action);
    const std::optional<PacketInfo> packet = selector ? findPacket(trace, *selector) : std::nullopt;
    if (!packet || now < packet->endAt)
        return now;
    const SimTime justAfter = packet->sentAt + SimDuration::nanoseconds(1);
    return justAfter < packet->endAt ? justAfter : packet->sentAt;
}

} // namespace

bool Session::canActOn(PacketId packet) const
{
    const auto packets = trace().packets();
    return !isCaptured() && packet && packet.value() < packets.size() && packets[packet.value()].nth > 0;
}

void Session::apply(Action action, const QString& host)
{
    if (!hasRun())
        return;
    pause();
    if (isCaptured()) {
        emit notice(whyReadOnly());
        return;
    }
    const SimTime at = instantFor(action, trace(), now());
    std::vector<Command> commands = scenario().commands;
    commands.push_back(Command{AtTime{at}, host.toStdString(), std::move(action)});
    impl_->undone.clear();
    impl_->undoneEdits.clear();
    setCommands(std::move(commands), true);
}

void Session::undo()
{
    if (!canUndo())
        return;
    pause();
    if (undoEdit())
        return;
    std::vector<Command> commands = scenario().commands;
    impl_->undone.push_back(std::move(commands.back()));
    commands.pop_back();
    setCommands(std::move(commands), false);
}

void Session::redo()
{
    if (!canRedo())
        return;
    pause();
    if (redoEdit())
        return;
    std::vector<Command> commands = scenario().commands;
    commands.push_back(std::move(impl_->undone.back()));
    impl_->undone.pop_back();
    setCommands(std::move(commands), false);
}

bool Session::canUndo() const
{
    return scenario().commands.size() > impl_->undoFloor || !impl_->edits.empty();
}
bool Session::canRedo() const
{
    return !impl_->undone.empty() || !impl_->undoneEdits.empty();
}

void Session::setCommands(std::vector<Command> commands, bool say)
{
    Impl& d = *impl_;
    const SimTime oldEnd = trace().end();
    if (d.awaited || (!d.lesson && d.engine->eventsDone() / Impl::kManyTimes > d.atOnce)) {
        runElsewhere(std::move(commands), say);
        return;
    }
    const SimTime wanted = wantedInstant();
    const SimTime forgotten = d.engine->setCommands(std::move(commands), SimTime::zero()); // no further than need be
    const RunEnd end = runOn();
    d.derive();
    d.comesBackTo.reset();
    if (isGrowing() && wanted > trace().end())
        d.comesBackTo = wanted;
    showChangedRun();

    if (end == RunEnd::TooManyEvents)
        sayRunWasCut();
    else if (say)
        sayWhatChanged(forgotten, oldEnd);
}

/// The last command was added: that it was refused, or from when on the run is another.
void Session::sayWhatChanged(SimTime from, SimTime oldEnd)
{
    if (scenario().commands.empty())
        return;
    const std::uint64_t last = scenario().commands.size() - 1;
    const auto records = trace().records();
    const auto refused = std::find_if(records.begin(), records.end(), [last](const Record& r) {
        return r.kind == RecordKind::Command && r.value == last && r.reason != Reason::None;
    });
    if (refused != records.end()) {
        emit notice(fromUtf8(explain(refused->reason, impl_->language)));
    } else if (from < oldEnd) {
        emit notice(tr("Changed: everything from %1 on has been run again.")
                        .arg(QString::fromStdString(durationText(from - SimTime::zero(), impl_->language))));
    }
}

/// After another run: what was picked may not be in it.
void Session::Impl::forgetWhatIsGone()
{
    const auto packets = trace().packets().size();
    const auto isGone = [&] {
        switch (selection.kind) {
        case Selection::Kind::Packet: return selection.packet.value() >= packets;
        case Selection::Kind::Timer: return trace().conns().empty();
        case Selection::Kind::Row: return selection.index >= static_cast<int>(trace().tableRows().size());
        case Selection::Kind::Layer: return selection.packet && selection.packet.value() >= packets;
        case Selection::Kind::None:
        case Selection::Kind::Host:
        case Selection::Kind::State:
        case Selection::Kind::Transition:
        case Selection::Kind::Window:
        case Selection::Kind::Link: return false;
        }
        return false;
    };
    if (isGone())
        selection = {};
    if (field && field->packet.value() >= packets)
        field.reset();
}

void Session::sayRunWasCut()
{
    const InputError error{InputErrorId::RunTooLong, {std::to_string(trace().records().size())}, scenario().name};
    emit notice(QString::fromStdString(sentenceFor(error, impl_->language)));
}

} // namespace packetarium
