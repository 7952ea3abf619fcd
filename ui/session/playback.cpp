// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/playback.h"

#include <algorithm>
#include <cmath>

namespace packetarium {

void Playback::setSpeed(double speed)
{
    speed_ = std::clamp(speed, kSlowest, kFastest);
}

void Playback::standAt(double position)
{
    position_ = position;
    mode_ = Mode::Standing;
}

void Playback::travelTo(double position)
{
    from_ = position_;
    to_ = position;
    elapsed_ = 0;
    duration_ = std::clamp(std::abs(to_ - from_), kShortestTravel, kLongestTravel) / speed_;
    mode_ = Mode::Travelling;
}

void Playback::advance(double seconds, double length)
{
    switch (mode_) {
    case Mode::Standing: break;
    case Mode::Playing:
        position_ = std::min(position_ + seconds * speed_, length);
        if (position_ >= length)
            mode_ = Mode::Standing;
        break;
    case Mode::Travelling: {
        elapsed_ += seconds;
        if (elapsed_ >= duration_) {
            standAt(to_);
            break;
        }
        const double u = elapsed_ / duration_;
        position_ = from_ + (to_ - from_) * u * u * (3 - 2 * u); // starts and ends gently
        break;
    }
    }
}

} // namespace packetarium
