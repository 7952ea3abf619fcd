// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A trace of a network with all that a scene of the layers view points to.

#include "tests/support/network_trace.h"
#include "ui/paint/layers_story.h"

namespace packetarium::test {

class LayersBox {
public:
    explicit LayersBox(Trace trace)
        : trace_(std::move(trace))
        , index_(trace_)
        , story_(trace_, 1.2)
        , symbols_(trace_)
    {
        scene.trace = &trace_;
        scene.story = &story_;
        scene.symbols = &symbols_;
        for (std::size_t i = 0; i < trace_.records().size(); ++i)
            if (trace_.records()[i].kind == RecordKind::Layer)
                acts.push_back(i);
        setLanguage(Language::English);
        beforeAll();
    }

    void setLanguage(Language language)
    {
        scene.language = language;
        scene.hostLabels.clear();
        for (const TraceNode& node : trace_.nodes())
            scene.hostLabels.push_back(QString::fromStdString(hostWord(node.name, language)));
    }
    /// The act has just been told.
    StageScene& atAct(std::size_t nth)
    {
        const std::size_t record = acts.at(nth);
        scene.recordsDone = record + 1;
        scene.shown = story_.shownOf(record);
        moment_ = index_.at(trace_.records()[record].at);
        scene.moment = &moment_;
        return scene;
    }
    StageScene& beforeAll()
    {
        scene.recordsDone = 0;
        scene.shown = 0;
        moment_ = index_.at(SimTime::zero());
        scene.moment = &moment_;
        return scene;
    }
    /// The nth act, by what it is.
    std::size_t find(NodeId node, LayerAct act, Layer layer, std::size_t from = 0) const
    {
        for (std::size_t i = from; i < acts.size(); ++i) {
            const Record& r = trace_.records()[acts[i]];
            if (r.host == node && r.layerAct() == act && r.layer() == layer)
                return i;
        }
        return acts.size();
    }

    StageScene scene;
    std::vector<std::size_t> acts;
    const Trace& trace() const { return trace_; }
    const StoryTime& story() const { return story_; }

private:
    Trace trace_;
    MomentIndex index_;
    StoryTime story_;
    Symbols symbols_;
    Moment moment_;
};

} // namespace packetarium::test
