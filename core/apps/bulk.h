// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A program that sends octets of a pattern over as many connections as it is
// told, and one that takes them: see BulkServiceSpec.

#include "core/apps/app_context.h"
#include "core/scenario/scenario.h"

namespace packetarium {

class Bulk {
public:
    void start(const AppContext& app, const BulkServiceSpec& spec);
    void onNews(const AppContext& app, const BulkServiceSpec& spec, ConnId conn, AppCall what);
    void onTimer(const AppContext& app, const BulkServiceSpec& spec, const IpAddress& to);
    SimTime nextDeadline() const { return next_; }

private:
    std::uint32_t opened_ = 0;
    SimTime next_ = SimTime::never(); ///< when the next connection is opened
};

} // namespace packetarium
