// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/comparison.h"

namespace packetarium {
namespace {

/// The same plots of the same time, each of its own run's flow.
PlotsLook looked(const PlotsLook& look, const PlotsLook& own)
{
    return {look.shown, own.flow, look.from, look.to};
}

} // namespace

Comparison::Comparison(Session& main, Scenario scenario, QString filePath, QObject* parent)
    : QObject(parent)
    , main_(&main)
{
    look();
    other_.setEventsAtOnce(main.eventsAtOnce());
    linking_ = true;
    other_.openScenario(std::move(scenario), std::move(filePath));
    connect(main_, &Session::presentationChanged, this, &Comparison::look);
    connect(main_, &Session::plotsLookChanged, this, &Comparison::look);
    connect(main_, &Session::stopsChanged, this, &Comparison::follow);
    connect(main_, &Session::momentChanged, this, &Comparison::follow);
    connect(main_, &Session::runChanged, this, [this] {
        if (main_->beside() == nullptr && !linking_) {
            part();
            emit ended();
        } else {
            link();
        }
    });
    // What one may do to the right one on its own, such as moving a node of its network.
    connect(&other_, &Session::runChanged, this, &Comparison::link);
    connect(&other_, &Session::plotsLookChanged, this, [this] {
        if (!linking_)
            main_->setPlotsLook(looked(other_.plotsLook(), main_->plotsLook()));
    });
    connect(&other_, &Session::momentChanged, this, [this] {
        if (!linking_ && !other_.runHasOnlyGrown())
            main_->seek(other_.now()); // a pointer on its plot
    });
    linking_ = false;
    link();
}

Comparison::~Comparison()
{
    part();
}

/// Each of the two stories needs both traces.
void Comparison::link()
{
    if (linking_)
        return;
    linking_ = true;
    const bool playing = main_->isPlaying();
    main_->setBeside(&other_);
    other_.setBeside(main_);
    linking_ = false;
    follow();
    if (playing)
        main_->play();
}

void Comparison::part()
{
    // Another comparison may lead the same session before this one is gone.
    disconnect(main_, nullptr, this, nullptr);
    disconnect(&other_, nullptr, this, nullptr);
    linking_ = true;
    if (main_->beside() == &other_)
        main_->setBeside(nullptr);
    other_.setBeside(nullptr);
    linking_ = false;
}

void Comparison::look()
{
    if (linking_)
        return;
    linking_ = true;
    other_.setLanguage(main_->language());
    other_.setNumberStyle(main_->numberStyle());
    other_.setReducedMotion(main_->reducedMotion());
    other_.setLayersLook(main_->layersLook());
    other_.setPlotsLook(looked(main_->plotsLook(), other_.plotsLook()));
    linking_ = false;
}

void Comparison::follow()
{
    if (linking_ || main_->beside() != &other_)
        return;
    linking_ = true;
    other_.setStopView(main_->stopView());
    other_.standBeside(*main_);
    linking_ = false;
}

} // namespace packetarium
