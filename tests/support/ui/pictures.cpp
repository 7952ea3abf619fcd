// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ui/pictures.h"

#include <cstdlib>

namespace packetarium::test {
namespace {

bool isOther(QRgb a, QRgb b)
{
    constexpr int kRounding = 4; // of 255
    return std::abs(qRed(a) - qRed(b)) > kRounding || std::abs(qGreen(a) - qGreen(b)) > kRounding ||
           std::abs(qBlue(a) - qBlue(b)) > kRounding;
}

} // namespace

std::string difference(const QImage& a, const QImage& b, int allowed)
{
    if (a.isNull() || a.size() != b.size())
        return "size";
    int count = 0;
    QPoint first;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x)
            if (isOther(a.pixel(x, y), b.pixel(x, y)) && count++ == 0)
                first = {x, y};
    if (count <= allowed)
        return {};
    return std::to_string(count) + " pixels, the first at " + std::to_string(first.x()) + "," +
           std::to_string(first.y());
}

} // namespace packetarium::test
