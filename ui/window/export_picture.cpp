// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export_picture.h"

#include "core/base/atomic_file.h"

#include <QBuffer>
#include <QFileInfo>
#include <QImage>
#include <QPageLayout>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>

namespace packetarium {
namespace {

std::optional<InputError> writeFile(const QString& path, const QByteArray& bytes)
{
    return writeFileAtomically(path.toStdString(), {bytes.data(), static_cast<std::size_t>(bytes.size())});
}

void paintPdf(QIODevice& out, const PictureOptions& options, const std::function<void(QPainter&)>& paint)
{
    // One point per device-independent pixel, so that the page has exactly the picture's shape.
    QPdfWriter pdf(&out);
    pdf.setPageSize(QPageSize(options.size, QPageSize::Point));
    pdf.setPageMargins(QMarginsF());
    pdf.setTitle(QStringLiteral("Packetarium"));
    pdf.setCreator(QStringLiteral("Packetarium"));
    QPainter painter(&pdf);
    const double perPoint = pdf.resolution() / 72.0;
    painter.scale(perPoint, perPoint);
    paint(painter);
}

void paintSvg(QIODevice& out, const PictureOptions& options, const std::function<void(QPainter&)>& paint)
{
    QSvgGenerator svg;
    svg.setOutputDevice(&out);
    svg.setSize(options.size.toSize());
    svg.setViewBox(QRectF(QPointF(), options.size));
    // Fonts are sized in pixels; at another resolution the file would state them in other points.
    svg.setResolution(96);
    svg.setTitle(QStringLiteral("Packetarium"));
    QPainter painter(&svg);
    paint(painter);
}

} // namespace

QString pictureFormat(const QString& path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    return suffix == QLatin1String("png") || suffix == QLatin1String("svg") || suffix == QLatin1String("pdf")
               ? suffix
               : QString();
}

std::optional<InputError> exportPictureTo(const QString& path, const PictureOptions& options,
                                          const std::function<void(QPainter&)>& paint)
{
    const QString format = pictureFormat(path);
    if (format.isEmpty())
        return InputError{InputErrorId::NotOneOf, {"--out", path.toStdString(), "*.png, *.svg, *.pdf"}, {}};
    if (format == QLatin1String("png")) {
        QImage image((options.size * options.scale).toSize(), QImage::Format_ARGB32_Premultiplied);
        if (image.isNull())
            return InputError{InputErrorId::OutOfRange, {"--size", "", "1", "16384"}, {}};
        image.setDevicePixelRatio(options.scale);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
        paint(painter);
        painter.end();
        return exportImageTo(path, image);
    }
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    (format == QLatin1String("svg") ? paintSvg : paintPdf)(buffer, options, paint);
    return writeFile(path, buffer.data());
}

std::optional<InputError> exportImageTo(const QString& path, const QImage& image)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return writeFile(path, buffer.data());
}

} // namespace packetarium
