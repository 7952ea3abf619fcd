// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tcp/config.h"

namespace packetarium {

std::string_view toString(Profile profile)
{
    switch (profile) {
    case Profile::Rfc: return "rfc";
    case Profile::Linux: return "linux";
    }
    return {};
}

std::optional<Profile> parseProfile(std::string_view text)
{
    for (const Profile profile : {Profile::Rfc, Profile::Linux})
        if (toString(profile) == text)
            return profile;
    return std::nullopt;
}

TcpConfig TcpConfig::forProfile(Profile profile)
{
    TcpConfig config;
    switch (profile) {
    case Profile::Rfc: break; // the members' own initial values
    case Profile::Linux:
        // Where each number comes from: docs/profiles.md.
        config.delayedAckTime = SimDuration::milliseconds(40);
        config.quickAcks = 16;
        config.rtoMin = SimDuration::milliseconds(200);
        config.rtoMax = SimDuration::seconds(120);
        config.rtoAfterSynLoss = SimDuration::seconds(1); // not raised: what it was at the start
        config.synRetries = 6;
        config.dataRetries = 15;
        config.msl = SimDuration::seconds(30);
        config.synAckOnDuplicateSyn = true;
        config.receiveBuffer = 65535;
        break;
    }
    return config;
}

} // namespace packetarium
