// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Where an axis has its ticks and how they are written.

#include "core/base/sim_time.h"
#include "ui/i18n/catalogue.h"

#include <QString>
#include <vector>

namespace packetarium {

/// A window or a time that has not been set yet is 0, and no point of a curve.
constexpr bool isPositive(std::int64_t value)
{
    return value > 0;
}

enum class PlotUnit { Octets, Rate, Duration, Packets };

/// The values of an axis in a unit that suits them: 14600 octets are 14.6 kB.
struct PlotScale {
    double divisor = 1;
    QString unit;
    int decimals = 0;
    QString number(double value) const; ///< without the unit
    QString text(double value) const;   ///< with it
};

/// The multiples of 1, 2 or 5 times a power of ten that lie in [from, to]: at most `most` of them. Whole: no fractions.
std::vector<double> niceTicks(double from, double to, int most, bool whole = false);
/// For values up to `to`, written `step` apart.
PlotScale scaleFor(PlotUnit unit, double to, double step, Language language);
/// One value by itself, to three figures.
QString plotValue(PlotUnit unit, double value, Language language);

struct TimeTicks {
    std::vector<SimTime> at;
    SimDuration step;
    QString text(SimTime t) const; ///< "150 ms", "61.2 s"
};
TimeTicks timeTicks(SimTime from, SimTime to, int most);

} // namespace packetarium
