// SPDX-License-Identifier: GPL-3.0-or-later
// Building: changes of the scenario itself, each undone by the scenario that was there before.
#include "core/scenario/network_edit.h"
#include "ui/session/session_impl.h"

#include <limits>

namespace packetarium {
namespace {

/// The scenario as a run sees it: without places.
Scenario withoutPlaces(Scenario scenario)
{
    const auto clear = [](auto& specs) {
        for (auto& spec : specs)
            spec.place.reset();
    };
    clear(scenario.hosts);
    clear(scenario.routers);
    clear(scenario.switches);
    clear(scenario.hubs);
    return scenario;
}

/// A whole without links is two hosts on one; only in a network does the link between them count.
std::optional<InputError> troubleWith(const Scenario& edited, const Scenario& before)
{
    return before.isNetwork() || edited.isNetwork() ? checkNetwork(edited) : std::nullopt;
}

} // namespace

void Session::Impl::forgetEdits()
{
    edits.clear();
    undoneEdits.clear();
    savedEdits = 0;
    draft.reset();
    trouble.reset();
}

const Scenario& Session::draft() const
{
    return impl_->draft ? *impl_->draft : scenario();
}

const std::optional<InputError>& Session::draftTrouble() const
{
    return impl_->trouble;
}

void Session::editScenario(Scenario edited)
{
    if (!hasRun() || isCaptured() || edited == draft())
        return;
    pause();
    rememberForUndo();
    setDraft(std::move(edited));
}

void Session::placeNode(NodeId node, NodePlace place)
{
    if (!hasRun())
        return;
    Scenario edited = draft();
    setPlace(edited, node, place);
    editScenario(std::move(edited));
}

void Session::rememberForUndo()
{
    Impl& d = *impl_;
    // What was saved lies on a branch that can no longer be reached.
    if (d.edits.size() < d.savedEdits)
        d.savedEdits = std::numeric_limits<std::size_t>::max();
    d.edits.push_back({draft(), scenario().commands.size()});
    d.undone.clear();
    d.undoneEdits.clear();
}

void Session::setDraft(Scenario edited)
{
    Impl& d = *impl_;
    d.trouble = troubleWith(edited, scenario());
    if (d.trouble) {
        d.draft = std::move(edited);
        emit documentChanged();
        return;
    }
    d.draft.reset();
    if (withoutPlaces(edited) == withoutPlaces(scenario())) {
        d.engine->setPlaces(edited);
        if (d.awaited)
            d.awaited = edited;
        d.describeNetwork();
        emit presentationChanged();
        emit documentChanged();
        return;
    }
    // Another run of the same document.
    const StopView view = d.view;
    const QString file = d.filePath;
    auto edits = std::move(d.edits), undoneEdits = std::move(d.undoneEdits);
    const std::size_t savedEdits = d.savedEdits, floor = d.undoFloor;
    auto undone = std::move(d.undone);
    auto saved = std::move(d.savedCommands);
    const bool recovered = d.recovered;
    openRun(std::move(edited), std::nullopt, file);
    d.edits = std::move(edits);
    d.undoneEdits = std::move(undoneEdits);
    d.savedEdits = savedEdits;
    d.undoFloor = std::min(floor, scenario().commands.size());
    d.undone = std::move(undone);
    d.savedCommands = std::move(saved);
    d.recovered = recovered;
    setStopView(view);
    emit documentChanged();
}

bool Session::undoEdit()
{
    Impl& d = *impl_;
    if (d.edits.empty() || d.edits.back().commands < scenario().commands.size())
        return false;
    d.undoneEdits.push_back({draft(), d.undone.size()});
    Scenario before = std::move(d.edits.back().scenario);
    d.edits.pop_back();
    setDraft(std::move(before));
    return true;
}

bool Session::redoEdit()
{
    Impl& d = *impl_;
    if (d.undoneEdits.empty() || d.undoneEdits.back().commands < d.undone.size())
        return false;
    d.edits.push_back({draft(), scenario().commands.size()});
    Scenario again = std::move(d.undoneEdits.back().scenario);
    d.undoneEdits.pop_back();
    setDraft(std::move(again));
    return true;
}

} // namespace packetarium
