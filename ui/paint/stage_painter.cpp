// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/stage_painter.h"

#include "ui/i18n/stage_words.h"
#include "ui/paint/layers_painter.h"
#include "ui/paint/network_painter.h"
#include "ui/paint/plots_painter.h"
#include "ui/paint/primitives.h"
#include "ui/paint/sequence_painter.h"
#include "ui/paint/states_painter.h"
#include "ui/paint/windows_painter.h"

#include <QPainter>

namespace packetarium {

namespace {

struct CaptionLayout {
    QRectF card;
    QStringList heading, text;
    double footer = 0;
};

/// A slide that is all of the picture has wide lines: two are enough.
CaptionLayout layoutCaption(const Theme& theme, const SlideCaption& caption, QSizeF size, bool whole)
{
    const TextRuler ruler(theme);
    const double side = theme.isProjector() ? size.width() * 0.0625 : theme.px(40);
    const double width = size.width() - 2 * side;
    const double badge = caption.number > 0 ? theme.px(50) : theme.px(16);
    const double words = std::max(theme.px(60), width - badge - theme.px(18));
    CaptionLayout layout;
    layout.heading = wrapped(theme, TextStyle::Title, caption.heading, words, 2);
    layout.text = wrapped(theme, TextStyle::Body, caption.text, words, theme.isProjector() && whole ? 2 : 3);
    layout.footer = theme.isProjector() ? theme.px(24) : theme.px(14);
    // Room for as much on every slide, so that the stage above does not move from step to step, and halves stay level.
    const qsizetype lines = whole ? 2 : 3;
    const double height = static_cast<double>(layout.heading.size()) * ruler.height(TextStyle::Title) +
                          static_cast<double>(std::max(lines, layout.text.size())) * ruler.height(TextStyle::Body) +
                          theme.px(theme.isProjector() ? 12 : 24);
    layout.card = QRectF(side, size.height() - layout.footer - height, width, height);
    return layout;
}

void drawCaption(QPainter& p, const Theme& theme, const SlideCaption& caption, const CaptionLayout& layout)
{
    const QRectF& card = layout.card;
    p.setPen(linePen(theme.color(Role::Line), theme.px(1.3)));
    p.setBrush(theme.color(Role::Card));
    p.drawRoundedRect(card, theme.px(10), theme.px(10));
    double left = card.left() + theme.px(16);
    if (caption.number > 0) {
        const double r = theme.px(14);
        const QPointF at(card.left() + theme.px(14) + r, card.center().y());
        drawStepNumber(p, QRectF(at.x() - r, at.y() - r, 2 * r, 2 * r), theme.font(TextStyle::Heading),
                       theme.color(Role::Accent), theme.color(Role::OnAccent), caption.number);
        left = at.x() + r + theme.px(12);
    }
    const TextRuler ruler(theme);
    const double words = static_cast<double>(layout.heading.size()) * ruler.height(TextStyle::Title) +
                         static_cast<double>(layout.text.size()) * ruler.height(TextStyle::Body);
    double y = card.center().y() - words / 2;
    const auto lines = [&](const QStringList& all, TextStyle style, Role role) {
        for (const QString& line : all) {
            const double height = ruler.height(style);
            drawText(p, theme, style, theme.color(role), QRectF(left, y, card.right() - left, height),
                     Qt::AlignLeft | Qt::AlignVCenter, line);
            y += height;
        }
    };
    lines(layout.heading, TextStyle::Title, Role::Ink);
    lines(layout.text, TextStyle::Body, Role::Muted);
}

void drawFooter(QPainter& p, const StageScene& scene, const SlideCaption& caption, const CaptionLayout& layout,
                QSizeF size)
{
    const Theme& theme = scene.theme;
    const TextRuler ruler(theme);
    const QRectF row(layout.card.left(), size.height() - layout.footer, layout.card.width(), layout.footer);
    const QString hint = fromUtf8(word(StageWord::ProjectorHint, scene.language));
    const QString count =
        caption.count > 0 ? QStringLiteral("%1 / %2").arg(std::max(1, caption.number)).arg(caption.count) : QString();
    const double taken = std::max(ruler.width(TextStyle::Small, hint), ruler.width(TextStyle::Label, count));
    drawText(p, theme, TextStyle::Small, theme.color(Role::Muted), row, Qt::AlignLeft | Qt::AlignVCenter, hint);
    drawText(p, theme, TextStyle::Label, theme.color(Role::Muted), row, Qt::AlignRight | Qt::AlignVCenter, count);
    // Dots only where they have room; "2 / 40" says the rest.
    const double room = row.width() - 2 * taken - theme.px(24);
    const double apart = std::min(theme.px(11), caption.count > 1 ? room / (caption.count - 1) : theme.px(11));
    if (caption.count < 1 || apart < theme.px(5))
        return;
    double x = row.center().x() - apart * (caption.count - 1) / 2;
    p.setPen(Qt::NoPen);
    for (int i = 1; i <= caption.count; ++i, x += apart) {
        p.setBrush(theme.color(i <= caption.number ? Role::Accent : Role::TimerTrack));
        const double r = theme.px(i == caption.number ? 3.6 : 2.5) * std::min(1.0, apart / theme.px(9));
        p.drawEllipse(QPointF(x, row.center().y()), r, r);
    }
}

} // namespace

/// Everything that a layout depends on.
struct SlidePainter::Key {
    const Trace* trace;
    std::size_t records, packets;
    double length; ///< of the story, which is another beside another run
    Theme theme;
    Language language;
    NumberStyle numbers;
    bool predicting;
    std::vector<QString> hostLabels;
    std::vector<std::optional<NodePlace>> places;
    std::vector<CableEnds> cableEnds;
    PlotsLook plots;
    StageView view;
    QSizeF size;
    bool operator==(const Key&) const = default;
};

SlidePainter::SlidePainter() = default;

SlidePainter::~SlidePainter() = default;

void SlidePainter::forget()
{
    key_.reset();
    sequence_.reset();
    states_.reset();
    network_.reset();
    windows_.reset();
    plots_.reset();
}

void SlidePainter::paintView(QPainter& painter, const StageScene& scene, StageView view, QSizeF size)
{
    const Key key{scene.trace,
                  scene.trace->records().size(),
                  scene.trace->packets().size(),
                  scene.story->length(),
                  scene.theme,
                  scene.language,
                  scene.numbers,
                  scene.predicting,
                  scene.hostLabels,
                  scene.places,
                  scene.cableEnds,
                  scene.plots,
                  view,
                  size};
    if (!key_ || !(*key_ == key)) {
        forget();
        key_ = std::make_unique<Key>(key);
    }
    switch (view) {
    case StageView::Sequence:
        if (!sequence_)
            sequence_ = std::make_unique<SequenceLayout>(scene, size);
        paintSequence(painter, scene, *sequence_);
        break;
    case StageView::States:
        if (!states_)
            states_ = std::make_unique<StatesLayout>(scene, size);
        paintStates(painter, scene, *states_);
        break;
    case StageView::Layers:
        // It opens another packet at each step, so nothing can be kept.
        paintLayers(painter, LayersLayout(scene, size), scene);
        break;
    case StageView::Network:
        if (!network_)
            network_ = std::make_unique<NetworkLayout>(scene, size);
        paintNetwork(painter, *network_, scene);
        break;
    case StageView::Windows:
        if (!windows_)
            windows_ = std::make_unique<WindowsLayout>(scene, size);
        paintWindows(painter, scene, *windows_);
        break;
    case StageView::Plots:
        if (!plots_)
            plots_ = std::make_unique<PlotsLayout>(scene, size);
        paintPlots(painter, scene, *plots_);
        break;
    }
}

void paintStage(QPainter& painter, const StageScene& scene, StageView view, QSizeF size)
{
    switch (view) {
    case StageView::Sequence: paintSequence(painter, scene, SequenceLayout(scene, size)); break;
    case StageView::States: paintStates(painter, scene, StatesLayout(scene, size)); break;
    case StageView::Layers: paintLayers(painter, LayersLayout(scene, size), scene); break;
    case StageView::Network: paintNetwork(painter, NetworkLayout(scene, size), scene); break;
    case StageView::Windows: paintWindows(painter, scene, WindowsLayout(scene, size)); break;
    case StageView::Plots: paintPlots(painter, scene, PlotsLayout(scene, size)); break;
    }
}

void paintSlide(QPainter& painter, const StageScene& scene, StageView view, const SlideCaption& caption, QSizeF size)
{
    SlidePainter().paint(painter, scene, view, caption, size);
}

void SlidePainter::paint(QPainter& p, const StageScene& scene, StageView view, const SlideCaption& caption, QSizeF size)
{
    const Theme& theme = scene.theme;
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    p.fillRect(QRectF(QPointF(), size), theme.color(Role::Background));
    if (theme.isProjector() && size.height() > 0) {
        const double scale = size.height() / slideHeight_;
        p.scale(scale, scale);
        size /= scale;
    }
    const CaptionLayout layout = layoutCaption(theme, caption, size, slideHeight_ == kSlideHeight);
    const bool hasCaption = !caption.heading.isEmpty() || !caption.text.isEmpty();
    const double bottom = (hasCaption ? layout.card.top() - theme.px(6) : size.height() - layout.footer);
    paintView(p, scene, view, QSizeF(size.width(), std::max(theme.px(80), bottom)));
    p.fillRect(QRectF(0, bottom, size.width(), size.height() - bottom), theme.color(Role::Background));
    if (hasCaption)
        drawCaption(p, theme, caption, layout);
    if (theme.isProjector())
        drawFooter(p, scene, caption, layout, size);
    p.restore();
}

void paintProjectorSlide(QPainter& painter, StageScene scene, StageView view, const SlideCaption& caption, QSizeF size)
{
    scene.theme = Theme::make(scene.theme.kind(), true);
    paintSlide(painter, scene, view, caption, size);
}

} // namespace packetarium
