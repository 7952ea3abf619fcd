// SPDX-License-Identifier: GPL-3.0-or-later
//
// The home page's cards: each lesson is known by its picture.
#include "tests/support/catch.h"
#include "ui/paint/thumbnails.h"
#include "ui/session/library.h"

#include <QImage>
#include <QPainter>
#include <map>

namespace packetarium::paint_thumbnails_test {
namespace {

QImage painted(Thumbnail picture, const Theme& theme)
{
    QImage image(320, 128, QImage::Format_RGB32);
    image.fill(theme.color(Role::Card));
    QPainter painter(&image);
    paintThumbnail(painter, picture, QRectF(image.rect()), theme);
    return image;
}

} // namespace

TEST_CASE("every built-in lesson has a picture of its own", "[paint]")
{
    const Theme theme = Theme::make(ThemeKind::Light);
    std::map<QByteArray, QString> seen;
    for (const LibraryLesson& lesson : libraryLessons()) {
        const QImage image = painted(thumbnailFor(lesson.name.toStdString()), theme);
        const QByteArray pixels(reinterpret_cast<const char*>(image.constBits()), image.sizeInBytes());
        const auto [other, isNew] = seen.emplace(pixels, lesson.name);
        INFO(lesson.name.toStdString() << " and " << other->second.toStdString());
        CHECK(isNew);
    }
    CHECK(seen.size() == libraryLessons().size());
    CHECK_FALSE(seen.empty());
}

} // namespace packetarium::paint_thumbnails_test
