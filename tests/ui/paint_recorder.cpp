// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/paint_recorder.h"

#include <QFontMetricsF>
#include <QPainterPath>
#include <QTransform>
#include <algorithm>
#include <cmath>

namespace packetarium::test {

namespace {

/// Smaller shapes (a packet's dot, an arrow's head) are no plates.
constexpr double kPlateArea = 300;
constexpr double kSharedArea = 1.0;

double areaOf(const QPolygonF& polygon)
{
    double twice = 0;
    for (qsizetype i = 0; i < polygon.size(); ++i) {
        const QPointF a = polygon[i];
        const QPointF b = polygon[(i + 1) % polygon.size()];
        twice += a.x() * b.y() - b.x() * a.y();
    }
    return std::abs(twice) / 2;
}

double shared(const QPolygonF& a, const QPolygonF& b)
{
    return a.boundingRect().intersects(b.boundingRect()) ? areaOf(a.intersected(b)) : 0;
}

bool isSame(const RecordedText& a, const RecordedText& b)
{
    const QRectF x = a.ink.boundingRect(), y = b.ink.boundingRect();
    return a.text == b.text && (x.center() - y.center()).manhattanLength() < 0.5 &&
           std::abs(x.width() - y.width()) < 0.5;
}

} // namespace

class TextRecorder::Engine : public QPaintEngine {
public:
    explicit Engine(QSize size)
        : QPaintEngine(QPaintEngine::AllFeatures)
        , size_(size)
    {}

    bool begin(QPaintDevice*) override { return true; }
    bool end() override { return true; }
    Type type() const override { return QPaintEngine::User; }
    void updateState(const QPaintEngineState& s) override
    {
        if (s.state() & QPaintEngine::DirtyTransform)
            transform_ = s.transform();
        if (s.state() & QPaintEngine::DirtyBrush)
            brush_ = s.brush();
        if (s.state() & QPaintEngine::DirtyPen)
            pen_ = s.pen();
        if (s.state() & QPaintEngine::DirtyOpacity)
            opacity_ = s.opacity();
    }

    void drawTextItem(const QPointF& at, const QTextItem& item) override
    {
        const QRectF ink = QFontMetricsF(item.font()).tightBoundingRect(item.text()).translated(at);
        // A text in two scripts comes in pieces, one after the other; they are one text.
        const bool continued = transform_ == lastTransform_ && std::abs(at.y() - lastEnd_.y()) < 0.01 &&
                               std::abs(at.x() - lastEnd_.x()) < 1.5;
        lastTransform_ = transform_;
        lastEnd_ = at + QPointF(item.width(), 0);
        if (ink.isEmpty() || item.text().trimmed().isEmpty())
            return;
        if (continued && !texts.empty()) {
            lastInk_ = lastInk_.united(ink);
            texts.back().ink = QPolygonF(transform_.map(QPolygonF(lastInk_)).toList().mid(0, 4));
            texts.back().text += item.text();
            return;
        }
        lastInk_ = ink;
        texts.push_back({transform_.map(QPolygonF(ink)), item.text(), pen_.color(), false});
        texts.back().ink = QPolygonF(texts.back().ink.toList().mid(0, 4));
    }

    void drawRects(const QRectF* rects, int count) override
    {
        for (int i = 0; i < count; ++i)
            plate(transform_.map(QPolygonF(rects[i])));
    }
    void drawRects(const QRect* rects, int count) override
    {
        for (int i = 0; i < count; ++i)
            plate(transform_.map(QPolygonF(QRectF(rects[i]))));
    }
    void drawPath(const QPainterPath& path) override { plate(transform_.map(path.toFillPolygon())); }
    void drawPolygon(const QPointF* points, int count, PolygonDrawMode mode) override
    {
        QPolygonF polygon;
        for (int i = 0; i < count; ++i)
            polygon << points[i];
        if (mode != PolylineMode)
            plate(transform_.map(polygon));
    }
    void drawLines(const QLineF*, int) override {}
    void drawPixmap(const QRectF&, const QPixmap&, const QRectF&) override {}

    std::vector<RecordedText> texts;

private:
    void plate(const QPolygonF& shape)
    {
        const bool opaque = brush_.style() == Qt::SolidPattern && brush_.color().alpha() == 255 && opacity_ == 1.0;
        if (!opaque || areaOf(shape) < kPlateArea)
            return;
        // A fill across the whole width starts a new part of the picture (the header over what has scrolled below it).
        const bool newPart = shape.boundingRect().width() > size_.width() * 0.98;
        for (RecordedText& t : texts) {
            if (shared(t.ink, shape) < kSharedArea)
                continue;
            if (newPart)
                t.ink = t.ink.subtracted(shape);
            else
                t.covered = true;
        }
        std::erase_if(texts, [](const RecordedText& t) { return t.ink.size() < 3; });
    }

    QSize size_;
    QTransform transform_;
    QBrush brush_;
    QPen pen_;
    double opacity_ = 1;
    QTransform lastTransform_;
    QPointF lastEnd_{-1e9, -1e9};
    QRectF lastInk_;
};

TextRecorder::TextRecorder(QSize size)
    : size_(size)
    , engine_(std::make_unique<Engine>(size))
{}

TextRecorder::~TextRecorder() = default;

QPaintEngine* TextRecorder::paintEngine() const
{
    return engine_.get();
}

const std::vector<RecordedText>& TextRecorder::texts() const
{
    return engine_->texts;
}

std::vector<std::string> TextRecorder::collisions() const
{
    std::vector<std::string> found;
    std::vector<RecordedText> texts;
    for (const RecordedText& text : engine_->texts) {
        std::erase_if(texts, [&text](const RecordedText& earlier) { return isSame(earlier, text); });
        texts.push_back(text);
    }
    for (const RecordedText& text : texts)
        if (text.covered)
            found.push_back("\"" + text.text.toStdString() + "\" is covered");
    for (std::size_t i = 0; i < texts.size(); ++i)
        for (std::size_t k = i + 1; k < texts.size(); ++k)
            if (shared(texts[i].ink, texts[k].ink) >= kSharedArea)
                found.push_back("\"" + texts[i].text.toStdString() + "\" on \"" + texts[k].text.toStdString() + "\"");
    return found;
}

int TextRecorder::metric(PaintDeviceMetric metric) const
{
    switch (metric) {
    case PdmWidth: return size_.width();
    case PdmHeight: return size_.height();
    case PdmWidthMM: return size_.width() / 4;
    case PdmHeightMM: return size_.height() / 4;
    case PdmDpiX:
    case PdmDpiY:
    case PdmPhysicalDpiX:
    case PdmPhysicalDpiY: return 96;
    case PdmDevicePixelRatio: return 1;
    default: return QPaintDevice::metric(metric);
    }
}

} // namespace packetarium::test
