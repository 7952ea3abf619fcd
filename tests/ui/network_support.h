// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Networks for the tests of the network view: run by the engine, with
// everything a scene points to.

#include "core/engine/engine.h"
#include "core/scenario/network_edit.h"
#include "tests/support/catch.h"
#include "ui/paint/network_painter.h"
#include "ui/session/network_scene.h"

#include <memory>

namespace packetarium::test {

inline NodeId named(const Scenario& s, const char* name)
{
    return nodeNamed(s, name);
}

/// client - switch-1 - router-1 - server with a page, and `more` hosts behind further switches; something to see on every cable.
inline Scenario routedNetwork(int more = 0)
{
    Scenario s;
    addNode(s, NodeKind::Host, {100, 500});
    addNode(s, NodeKind::Host, {900, 500});
    REQUIRE_FALSE(renameNode(s, NodeId(0), "client"));
    REQUIRE_FALSE(renameNode(s, NodeId(1), "server"));
    addNode(s, NodeKind::Switch, {400, 500});
    addNode(s, NodeKind::Router, {650, 500});
    REQUIRE_FALSE(join(s, named(s, "client"), named(s, "switch-1")));
    REQUIRE_FALSE(join(s, named(s, "switch-1"), named(s, "router-1")));
    REQUIRE_FALSE(join(s, named(s, "router-1"), named(s, "server")));
    for (int i = 0; i < more; ++i) {
        if (i % 5 == 0) {
            const NodeId fresh = addNode(s, i % 10 == 0 ? NodeKind::Hub : NodeKind::Switch, {});
            const std::string bridge = nameOf(s, fresh);
            REQUIRE_FALSE(join(s, fresh, named(s, "switch-1")));
            static_cast<void>(bridge);
        }
        const NodeId host = addNode(s, NodeKind::Host, {});
        const bool hub = i / 5 % 2 == 0;
        const std::string to = (hub ? "hub-" : "switch-") + std::to_string(hub ? i / 10 + 1 : i / 10 + 2);
        REQUIRE_FALSE(join(s, host, named(s, to.c_str())));
    }
    // With more than a few nodes the automatic places are tried.
    if (more > 0) {
        for (HostSpec& host : s.hosts)
            host.place.reset();
        for (RouterSpec& router : s.routers)
            router.place.reset();
        for (SwitchSpec& one : s.switches)
            one.place.reset();
        for (HubSpec& hub : s.hubs)
            hub.place.reset();
    }
    HttpFileSpec page;
    page.path = "/";
    page.content = Bytes(400, 'x');
    s.hosts[1].services.http = HttpServiceSpec{80, true, {page}};
    s.hosts[1].services.udpEcho = {7};
    for (NetworkLink& link : s.links)
        link.spec.bitsPerSecond = 10'000'000;
    s.script.push_back({AtTime{}, "client", DoOpen{"http://server/"}});
    for (std::size_t i = 2; i < s.hosts.size(); ++i)
        s.script.push_back(
            {AtTime{SimTime::fromNs(static_cast<std::int64_t>(i) * 300'000)}, s.hosts[i].name, DoPing{"server", 1}});
    REQUIRE_FALSE(checkNetwork(s));
    return s;
}

/// A run with all that a scene points to.
class NetworkBox {
public:
    explicit NetworkBox(const Scenario& s, Language language = Language::English)
        : scenario_(s)
        , engine_(s, {.layers = true})
    {
        engine_.runToEnd();
        index_ = std::make_unique<MomentIndex>(engine_.trace());
        story_ = StoryTime(engine_.trace());
        symbols_ = std::make_unique<Symbols>(engine_.trace());
        scene.trace = &engine_.trace();
        scene.story = &story_;
        scene.symbols = symbols_.get();
        scene.places = placesIn(s);
        scene.cableEnds = cableEndsIn(s);
        scene.serves = servesIn(s);
        speak(language);
        at(SimTime::zero());
    }
    void speak(Language language)
    {
        scene.language = language;
        scene.hostLabels.clear();
        for (const TraceNode& node : engine_.trace().nodes())
            scene.hostLabels.push_back(nodeLabel(scenario_, node.name, language));
    }
    StageScene& at(SimTime t)
    {
        moment_ = index_->at(t);
        scene.moment = &moment_;
        scene.recordsDone = moment_.recordsDone;
        return scene;
    }
    StageScene& atShown(double share) { return at(story_.simulated(story_.length() * share)); }
    void openTables(NodeId node)
    {
        scene.selection = {};
        scene.selection.kind = Selection::Kind::Host;
        scene.selection.host = node;
    }
    const Trace& trace() const { return engine_.trace(); }
    /// The instant of the first record that fits.
    template <class Fits>
    SimTime when(Fits fits) const
    {
        for (const Record& r : trace().records())
            if (fits(r))
                return r.at;
        FAIL("no such record");
        return {};
    }
    StageScene scene;

private:
    Scenario scenario_;
    Engine engine_;
    std::unique_ptr<MomentIndex> index_;
    StoryTime story_;
    std::unique_ptr<Symbols> symbols_;
    Moment moment_;
};

} // namespace packetarium::test
