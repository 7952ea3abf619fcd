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

std::string_view toString(CongestionControl algorithm)
{
    switch (algorithm) {
    case CongestionControl::None: return "none";
    case CongestionControl::Tahoe: return "tahoe";
    case CongestionControl::Reno: return "reno";
    case CongestionControl::NewReno: return "newreno";
    case CongestionControl::Cubic: return "cubic";
    }
    return {};
}

std::optional<CongestionControl> parseCongestionControl(std::string_view text)
{
    for (int i = 0; i < kCongestionControlCount; ++i)
        if (toString(static_cast<CongestionControl>(i)) == text)
            return static_cast<CongestionControl>(i);
    return std::nullopt;
}

std::string_view toString(Handshake handshake)
{
    switch (handshake) {
    case Handshake::ThreeWay: return "three-way";
    case Handshake::TwoWay: return "two-way";
    case Handshake::FourWay: return "four-way";
    }
    return {};
}

std::optional<Handshake> parseHandshake(std::string_view text)
{
    for (int i = 0; i < kHandshakeCount; ++i)
        if (toString(static_cast<Handshake>(i)) == text)
            return static_cast<Handshake>(i);
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
        config.compressSack = true;
        config.growWindow = true;
        config.rtoMin = SimDuration::milliseconds(200);
        config.rtoMinOnVariation = true;
        config.sampleEveryAck = true;
        config.rtoMax = SimDuration::seconds(120);
        config.rtoAfterSynLoss = SimDuration::seconds(1); // not raised: what it was at the start
        config.synRetries = 6;
        config.synAckRetries = 5;
        config.dataRetries = 15;
        config.msl = SimDuration::seconds(30);
        config.synAckOnDuplicateSyn = true;
        config.windowScaling = true;
        config.windowShift = 7;
        config.timestamps = true;
        config.sack = true;
        config.congestionControl = CongestionControl::Cubic;
        config.initialWindow = 10;
        config.byteCounting = true;
        config.slowStartLimit = 0;
        config.thresholdFromWindow = true;
        config.windowValidation = true;
        config.proportionalReduction = true;
        config.rack = true;
        config.tailLossProbe = true;
        config.pushBursts = true;
        config.fillWindow = true;
        config.nagleAfterSmall = true;
        config.acknowledgeCrossedSyn = true;
        config.probeWithoutData = true;
        config.strictTimestamps = false;
        config.acknowledgeInAbort = true;
        config.abortOpenOnSoftError = true;
        break;
    }
    return config;
}

} // namespace packetarium
