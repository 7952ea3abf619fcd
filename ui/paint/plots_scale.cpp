// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/plots_scale.h"

#include "ui/i18n/catalogue_plots.h"
#include "ui/paint/text_ruler.h"

#include <algorithm>
#include <cmath>

namespace packetarium {
namespace {

/// The next of 1, 2, 5, 10, 20 ... that is at least `least`.
double niceStep(double least)
{
    const double power = std::pow(10.0, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= least * (1 - 1e-9))
            return factor * power;
    return 10 * power;
}

std::int64_t niceStep(std::int64_t least)
{
    for (std::int64_t power = 1;; power *= 10) {
        for (const std::int64_t factor : {1, 2, 5})
            if (factor * power >= least)
                return factor * power;
        if (power > 1'000'000'000'000'000'000 / 10)
            return power;
    }
}

int decimalsFor(double step)
{
    int decimals = 0;
    for (; decimals < 6 && std::abs(step - std::round(step)) > 1e-6 * std::max(1.0, std::abs(step)); ++decimals)
        step *= 10;
    return decimals;
}

PlotScale unitFor(PlotUnit unit, double largest, Language language)
{
    const auto ladder = [largest](std::initializer_list<const char*> names, double first = 1) {
        PlotScale scale;
        scale.divisor = first;
        for (const char* name : names) {
            scale.unit = QString::fromUtf8(name);
            if (largest < scale.divisor * 1000)
                break;
            if (name != *std::prev(names.end()))
                scale.divisor *= 1000;
        }
        return scale;
    };
    switch (unit) {
    case PlotUnit::Octets: return ladder({"B", "kB", "MB", "GB"});
    case PlotUnit::Rate: return ladder({"bit/s", "kbit/s", "Mbit/s", "Gbit/s"});
    case PlotUnit::Duration: return ladder({"ns", "µs", "ms", "s"});
    case PlotUnit::Packets: return {1, fromUtf8(word(PlotWord::Packets, language)), 0};
    }
    return {};
}

} // namespace

QString PlotScale::number(double value) const
{
    return QString::number(value / divisor, 'f', decimals);
}

QString PlotScale::text(double value) const
{
    return number(value) + QChar(0x00a0) + unit;
}

std::vector<double> niceTicks(double from, double to, int most, bool whole)
{
    std::vector<double> ticks;
    if (!(to > from) || most < 1)
        return ticks;
    double step = niceStep((to - from) / std::max(1, most));
    if (whole)
        step = std::max(1.0, step);
    for (double k = std::ceil(from / step - 1e-9); k * step <= to + step * 1e-9; k += 1)
        ticks.push_back(k * step);
    return ticks;
}

PlotScale scaleFor(PlotUnit unit, double to, double step, Language language)
{
    PlotScale scale = unitFor(unit, to, language);
    scale.decimals = decimalsFor(step / scale.divisor);
    return scale;
}

QString plotValue(PlotUnit unit, double value, Language language)
{
    PlotScale scale = unitFor(unit, std::abs(value), language);
    const double shown = std::abs(value / scale.divisor);
    if (scale.divisor > 1)
        scale.decimals = shown < 10 ? 2 : shown < 100 ? 1 : 0;
    return scale.text(value);
}

QString TimeTicks::text(SimTime t) const
{
    // Seconds as soon as the times are seconds; the decimals say how fine the ticks are.
    const std::int64_t last = at.empty() ? t.ns() : at.back().ns();
    const std::int64_t unit = last >= 1'000'000'000 ? 1'000'000'000 : last >= 1'000'000 ? 1'000'000 : 1'000;
    int decimals = 0;
    for (std::int64_t part = unit; part > 1 && step.ns() % part != 0; part /= 10)
        ++decimals;
    return QString::number(static_cast<double>(t.ns()) / static_cast<double>(unit), 'f', decimals) + QChar(0x00a0) +
           (unit == 1'000'000'000 ? QStringLiteral("s")
            : unit == 1'000'000   ? QStringLiteral("ms")
                                  : QStringLiteral("µs"));
}

TimeTicks timeTicks(SimTime from, SimTime to, int most)
{
    TimeTicks ticks;
    const std::int64_t length = (to - from).ns();
    if (length <= 0 || most < 1)
        return ticks;
    const std::int64_t step = niceStep(std::max<std::int64_t>(1, length / most));
    ticks.step = SimDuration::nanoseconds(step);
    for (std::int64_t at = (std::max<std::int64_t>(0, from.ns()) + step - 1) / step * step; at <= to.ns(); at += step)
        ticks.at.push_back(SimTime::fromNs(at));
    return ticks;
}

} // namespace packetarium
