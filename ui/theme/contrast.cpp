// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/contrast.h"

#include <algorithm>
#include <cmath>

namespace packetarium {

namespace {

constexpr TextPair kPairs[] = {
    {Role::Ink, Role::Background},
    {Role::Ink, Role::Card},
    {Role::Ink, Role::Sunken},
    {Role::Ink, Role::AccentTint},
    {Role::Ink, Role::Hover},
    {Role::Ink, Role::ClientTint},
    {Role::Ink, Role::ServerTint},
    {Role::Muted, Role::Background},
    {Role::Muted, Role::Card},
    {Role::Muted, Role::Sunken},
    {Role::Muted, Role::AccentTint},
    {Role::Muted, Role::Hover},
    {Role::Disabled, Role::Background},
    {Role::Disabled, Role::Card},
    {Role::Accent, Role::Background},
    {Role::Accent, Role::Card},
    {Role::Accent, Role::Sunken},
    {Role::Accent, Role::AccentTint},
    {Role::OnAccent, Role::Accent},
    {Role::Good, Role::Background},
    {Role::Good, Role::Card},
    {Role::Good, Role::Sunken},
    {Role::Client, Role::Background},
    {Role::Client, Role::Card},
    {Role::OnClient, Role::Client},
    {Role::Server, Role::Background},
    {Role::Server, Role::Card},
    {Role::OnServer, Role::Server},
    {Role::Syn, Role::Background},
    {Role::Syn, Role::Card},
    {Role::OnFlag, Role::Syn},
    {Role::Ack, Role::Background},
    {Role::Ack, Role::Card},
    {Role::OnFlag, Role::Ack},
    {Role::Fin, Role::Background},
    {Role::Fin, Role::Card},
    {Role::OnFlag, Role::Fin},
    {Role::Data, Role::Background},
    {Role::Data, Role::Card},
    {Role::OnFlag, Role::Data},
    {Role::Rst, Role::Background},
    {Role::Rst, Role::Card},
    {Role::Rst, Role::Sunken},
    {Role::OnFlag, Role::Rst},
    {Role::OnNow, Role::Now},
    {Role::LayerApplication, Role::Card},
    {Role::LayerApplication, Role::Sunken},
    {Role::LayerTransport, Role::Card},
    {Role::LayerTransport, Role::Sunken},
    {Role::LayerInternet, Role::Card},
    {Role::LayerInternet, Role::Sunken},
    {Role::LayerLink, Role::Card},
    {Role::LayerLink, Role::Sunken},
    {Role::LayerPhysical, Role::Card},
    {Role::LayerPhysical, Role::Sunken},
};

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& c)
{
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}

} // namespace

std::span<const TextPair> textPairs()
{
    return kPairs;
}

double contrastRatio(const QColor& a, const QColor& b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

} // namespace packetarium
