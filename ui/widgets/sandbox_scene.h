// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A network that is being built as a scene in which nothing happens, so that
// it looks as it will when it runs.

#include "core/scenario/network_edit.h"
#include "ui/paint/stage_scene.h"

namespace packetarium {

class SketchScene {
public:
    explicit SketchScene(const Scenario& scenario);
    SketchScene(const SketchScene&) = delete;
    SketchScene& operator=(const SketchScene&) = delete;

    StageScene scene(const Theme& theme, Language language) const;

private:
    Scenario scenario_;
    Trace trace_;
    StoryTime story_;
    Symbols symbols_;
    Moment moment_;
};

} // namespace packetarium
