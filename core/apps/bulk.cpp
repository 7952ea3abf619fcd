// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apps/bulk.h"

namespace packetarium {

void Bulk::start(const AppContext& app, const BulkServiceSpec& spec)
{
    if (spec.to.empty())
        app.host.listenOn(app.cx, spec.port);
    else if (spec.connections > 0)
        next_ = app.now();
}

void Bulk::onTimer(const AppContext& app, const BulkServiceSpec& spec, const IpAddress& to)
{
    while (next_ <= app.now()) {
        ++opened_;
        next_ = opened_ < spec.connections ? next_ + spec.apart : SimTime::never();
        app.host.connectTo(app.cx, 0, Endpoint{to, spec.port});
    }
}

void Bulk::onNews(const AppContext& app, const BulkServiceSpec& spec, ConnId conn, AppCall what)
{
    if (what == AppCall::Opened && !spec.to.empty())
        app.host.sendPattern(app.cx, conn, spec.octets, spec.closes);
    else if (what == AppCall::PeerClosed)
        app.host.closeConn(app.cx, conn);
}

} // namespace packetarium
