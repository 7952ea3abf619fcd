// SPDX-License-Identifier: GPL-3.0-or-later
//
// What of the sequence view changes with which record.
#include "ui/paint/sequence_model.h"

namespace packetarium {

void indexLadder(LadderModel& model)
{
    model.touches.clear();
    const auto touch = [&model](std::size_t record, LadderTouch::What what, std::size_t subject) {
        if (record != kNoRecord)
            model.touches.push_back({static_cast<std::uint32_t>(record), what, static_cast<int>(subject)});
    };
    std::vector<IntervalIndex<std::size_t>::Entry> arrows, timers;
    for (std::size_t i = 0; i < model.arrows.size(); ++i) {
        LadderArrow& a = model.arrows[i];
        a.special = a.special || a.lost || a.ignored != Reason::None || a.hold >= 0 || a.startPart > 0;
        for (const std::size_t record : {a.sentRecord, a.endRecord, a.ignoredRecord})
            touch(record, LadderTouch::What::Arrow, i);
        if (a.sentRecord != kNoRecord)
            arrows.push_back({a.sentRecord, a.endRecord, static_cast<int>(i)});
    }
    for (std::size_t i = 0; i < model.states.size(); ++i)
        for (const std::size_t record : {model.states[i].fromRecord, model.states[i].toRecord})
            touch(record, LadderTouch::What::State, i);
    for (std::size_t i = 0; i < model.timers.size(); ++i) {
        const LadderTimer& t = model.timers[i];
        for (const std::size_t record : {t.fromRecord, t.toRecord})
            touch(record, LadderTouch::What::Timer, i);
        timers.push_back({t.fromRecord, t.toRecord, static_cast<int>(i)});
    }
    for (std::size_t i = 0; i < model.calls.size(); ++i)
        touch(model.calls[i].record, LadderTouch::What::Call, i);
    for (std::size_t i = 0; i < model.commands.size(); ++i)
        touch(model.commands[i].record, LadderTouch::What::Command, i);
    std::stable_sort(model.touches.begin(), model.touches.end(),
                     [](const LadderTouch& a, const LadderTouch& b) { return a.record < b.record; });
    model.arrowLives = IntervalIndex<std::size_t>(std::move(arrows));
    model.timerLives = IntervalIndex<std::size_t>(std::move(timers));
}

} // namespace packetarium
