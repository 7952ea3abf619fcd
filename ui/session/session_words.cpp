// SPDX-License-Identifier: GPL-3.0-or-later
// The session's words and what it hands to painters, in the current language.
#include "ui/session/network_scene.h"
#include "ui/session/session_impl.h"

#include <algorithm>

namespace packetarium {
namespace {

QString inLanguage(const LocalizedText& text, Language language)
{
    return QString::fromStdString(textIn(text, language));
}

} // namespace

QString Session::title() const
{
    if (!hasRun())
        return {};
    const LocalizedText& title = impl_->lesson ? impl_->lesson->title : scenario().title;
    return title.empty() ? QString::fromStdString(scenario().name) : inLanguage(title, impl_->language);
}

bool Session::isTcp() const
{
    const auto& hosts = scenario().hosts;
    return std::all_of(hosts.begin(), hosts.end(), [](const HostSpec& host) { return host.tcp.isTcp(); });
}

QString Session::hostLabel(NodeId host) const
{
    const auto nodes = trace().nodes();
    if (!host || host.value() >= nodes.size())
        return {};
    return nodeLabel(scenario(), nodes[host.value()].name, impl_->language);
}

Caption Session::caption() const
{
    const Impl& d = *impl_;
    if (d.prediction)
        return questionCaption();
    Caption caption;
    caption.count = static_cast<int>(d.stops.size());
    if (d.stop < 0)
        return caption;
    caption.number = d.stop + 1;
    const int told = d.ownStop(d.stop);
    caption.told = told + 1;
    if (told < 0)
        return caption;
    const Stop& stop = d.stops[static_cast<std::size_t>(told)];
    if (d.lesson && stop.lessonStep >= 0) {
        const auto index = static_cast<std::size_t>(stop.lessonStep);
        const LessonStep& step = d.lesson->steps[index];
        const auto filled = [&](const LocalizedText& text) {
            return QString::fromStdString(
                fillPlaceholders(textIn(text, d.language), d.steps[index], trace(), moments(), symbols(), d.numbers));
        };
        caption.heading = filled(step.heading);
        caption.text = filled(step.text);
        caption.why = filled(step.why);
        caption.rfc = QString::fromStdString(step.rfc);
        return caption;
    }
    if (told == 0) {
        caption.heading = title();
        caption.text = inLanguage(scenario().summary, d.language);
        return caption;
    }
    const EventCaption event = captionFor(trace(), symbols(), stop.firstRecord, d.numbers, d.language);
    caption.heading = QString::fromStdString(event.heading);
    caption.text = QString::fromStdString(event.text);
    caption.why = QString::fromStdString(event.why);
    caption.rfc = QString::fromStdString(event.rfc);
    return caption;
}

void Session::Impl::describeNetwork()
{
    places = placesIn(scenario());
    cableEnds = cableEndsIn(scenario());
    serves = servesIn(scenario());
}

StageScene Session::scene() const
{
    StageScene scene = ownScene();
    if (impl_->beside != nullptr) {
        scene.now = impl_->now;
        scene.beside = std::make_shared<StageScene>(impl_->beside->ownScene());
    }
    return scene;
}

StageScene Session::ownScene() const
{
    StageScene scene;
    scene.trace = &trace();
    scene.moment = &moment();
    scene.story = &story();
    scene.symbols = &symbols();
    scene.ladder = impl_->ladder;
    for (std::size_t i = 0; i < trace().nodes().size(); ++i)
        scene.hostLabels.push_back(hostLabel(NodeId(static_cast<std::uint8_t>(i))));
    scene.places = impl_->places;
    scene.cableEnds = impl_->cableEnds;
    scene.serves = impl_->serves;
    scene.plots = impl_->plots;
    scene.numbers = impl_->numbers;
    scene.language = impl_->language;
    scene.selection = impl_->selection;
    scene.field = impl_->field;
    scene.layers = impl_->look;
    scene.shown = impl_->playback.position();
    scene.recordsDone = std::min(impl_->recordsDone, moment().recordsDone);
    scene.reducedMotion = impl_->reducedMotion;
    scene.predicting = impl_->predicting && impl_->beside == nullptr;
    return scene;
}

} // namespace packetarium
