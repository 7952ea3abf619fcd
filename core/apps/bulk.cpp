// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apps/bulk.h"

namespace packetarium {

namespace {

/// It waits on so many ports in a row: for each of them the other end has 16,384 ephemeral ones (RFC 6335 §6).
constexpr std::uint16_t kPorts = 8;

} // namespace

void Bulk::start(const AppContext& app, const BulkServiceSpec& spec)
{
    for (std::uint16_t i = 0; i < kPorts && spec.to.empty(); ++i)
        app.host.listenOn(app.cx, static_cast<std::uint16_t>(spec.port + i));
    if (!spec.to.empty() && spec.connections > 0)
        next_ = app.now();
}

void Bulk::onTimer(const AppContext& app, const BulkServiceSpec& spec, const IpAddress& to)
{
    while (next_ <= app.now()) {
        const auto port = static_cast<std::uint16_t>(spec.port + opened_++ % kPorts);
        next_ = opened_ < spec.connections ? next_ + spec.apart : SimTime::never();
        app.host.connectTo(app.cx, 0, Endpoint{to, port});
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
