// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Whole pictures of the stage as free functions: the same on the screen and
// in an exported PNG, SVG or PDF, with no widget behind them. Sizes are in
// device-independent pixels; the painter's origin is the picture's corner.

#include "ui/paint/stage_scene.h"

#include <QSizeF>

#include <memory>

class QPainter;

namespace packetarium {

class LayersLayout;
class NetworkLayout;
class PlotsLayout;
class SequenceLayout;
class StatesLayout;
class WindowsLayout;

enum class StageView { Sequence, States, Layers, Network, Windows, Plots };

/// The caption under the stage. number 0: no step number; count 0: no dots.
struct SlideCaption {
    int number = 0;
    int count = 0;
    QString heading, text;
};

/// The view alone, background included.
void paintStage(QPainter& painter, const StageScene& scene, StageView view, QSizeF size);

/// The view with one caption card below it. With the projector's theme it is the projector's slide: big state chips,
/// step dots and "2 / 5", laid out on a slide 1080 high and scaled to `size`, so it looks the same on every projector.
void paintSlide(QPainter& painter, const StageScene& scene, StageView view, const SlideCaption& caption, QSizeF size);
/// The same, keeping its layout from one picture to the next: for whoever paints slide after slide.
class SlidePainter {
public:
    SlidePainter();
    ~SlidePainter();
    void paint(QPainter& painter, const StageScene& scene, StageView view, const SlideCaption& caption, QSizeF size);
    /// How high the projector's slide is laid out before it is scaled: the higher, the more it has room for, and the smaller.
    void setSlideHeight(double height) { slideHeight_ = height; }
    static constexpr double kSlideHeight = 1080;
    /// To be called when the scene's trace has changed.
    void forget();

private:
    void paintView(QPainter& painter, const StageScene& scene, StageView view, QSizeF size);

    double slideHeight_ = kSlideHeight;
    struct Key;
    std::unique_ptr<Key> key_;
    std::unique_ptr<SequenceLayout> sequence_;
    std::unique_ptr<StatesLayout> states_;
    std::unique_ptr<NetworkLayout> network_;
    std::unique_ptr<WindowsLayout> windows_;
    std::unique_ptr<PlotsLayout> plots_;
};

/// paintSlide() with the projector's theme, whatever scene.theme says.
void paintProjectorSlide(QPainter& painter, StageScene scene, StageView view, const SlideCaption& caption, QSizeF size);

} // namespace packetarium
