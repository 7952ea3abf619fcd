// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/sandbox_scene.h"

#include "ui/session/network_scene.h"

namespace packetarium {

SketchScene::SketchScene(const Scenario& scenario)
    : scenario_(scenario)
    , trace_(sketchOf(scenario))
    , story_(trace_)
    , symbols_(trace_)
    , moment_(MomentIndex(trace_).at(SimTime::zero()))
{}

StageScene SketchScene::scene(const Theme& theme, Language language) const
{
    StageScene scene;
    scene.trace = &trace_;
    scene.moment = &moment_;
    scene.story = &story_;
    scene.symbols = &symbols_;
    for (const TraceNode& node : trace_.nodes())
        scene.hostLabels.push_back(nodeLabel(scenario_, node.name, language));
    scene.places = placesIn(scenario_);
    scene.cableEnds = cableEndsIn(scenario_);
    scene.serves = servesIn(scenario_);
    scene.language = language;
    scene.theme = theme;
    return scene;
}

} // namespace packetarium
