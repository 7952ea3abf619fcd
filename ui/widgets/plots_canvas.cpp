// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/plots_canvas.h"

#include "ui/i18n/catalogue_plots.h"
#include "ui/session/session.h"
#include "ui/widgets/pill_button.h"

#include <QActionGroup>
#include <QMenu>
#include <QPaintEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace packetarium {

namespace {

constexpr int kGap = 6;
constexpr std::int64_t kShortest = 1'000; ///< ns: no frame is shorter

} // namespace

PlotsCanvas::PlotsCanvas(Session* session, QWidget* parent)
    : StageCanvas(session, parent)
    , plots_(new PillButton(this))
    , flow_(new PillButton(this))
    , out_(new PillButton(this))
    , in_(new PillButton(this))
    , fit_(new PillButton(this))
    , up_(new PillButton(this))
    , down_(new PillButton(this))
{
    for (PillButton* each : {plots_, flow_, out_, in_, fit_, up_, down_})
        each->setCompact(true);
    const auto middle = [this] { return layout().plotArea().center().x(); };
    connect(plots_, &PillButton::clicked, this, [this] { popUp(makePlotsMenu(this), plots_); });
    connect(flow_, &PillButton::clicked, this, [this] { popUp(makeFlowMenu(this), flow_); });
    connect(in_, &PillButton::clicked, this, [this, middle] { zoom(1.5, middle()); });
    connect(out_, &PillButton::clicked, this, [this, middle] { zoom(1 / 1.5, middle()); });
    connect(fit_, &PillButton::clicked, this, &PlotsCanvas::showAll);
    connect(up_, &PillButton::clicked, this, [this] { scrollPlots(-1); });
    connect(down_, &PillButton::clicked, this, [this] { scrollPlots(1); });
    connect(session, &Session::runChanged, this, [this] {
        index_.reset();
        besideIndex_.reset();
        renew();
    });
    connect(session, &Session::presentationChanged, this, [this] {
        retranslate();
        renew();
    });
    connect(session, &Session::plotsLookChanged, this, &PlotsCanvas::renew);
    retranslate();
}

PlotsCanvas::~PlotsCanvas() = default;

QSize PlotsCanvas::minimumSizeHint() const
{
    return {320, 220};
}

void PlotsCanvas::retranslate()
{
    setAccessibleName(fromUtf8(word(PlotWord::View, session()->language())));
    const auto words = [](PillButton* button, const QString& text, const QString& name) {
        button->setText(text);
        button->setAccessibleName(name);
        button->setToolTip(name);
    };
    words(plots_, tr("Plots ▾"), tr("Which plots are shown"));
    words(flow_, tr("Flow ▾"), tr("Whose data are plotted"));
    words(in_, QStringLiteral("+"), tr("Shorter stretch of time (+)"));
    words(out_, QStringLiteral("−"), tr("Longer stretch of time (-)"));
    words(fit_, tr("All"), tr("The whole flow (0)"));
    words(up_, QStringLiteral("▲"), tr("The plots above (Alt+Up)"));
    words(down_, QStringLiteral("▼"), tr("The plots below (Alt+Down)"));
}

std::vector<PillButton*> PlotsCanvas::controls() const
{
    // The layout, which depends on the buttons, is not asked.
    const std::size_t flows = session()->hasRun() && index_ ? index_->flows().size() : 0;
    if (flows == 0)
        return {};
    std::vector<PillButton*> shown{plots_};
    if (flows > 1)
        shown.push_back(flow_);
    shown.insert(shown.end(), {out_, in_, fit_});
    return shown;
}

const PlotsLayout& PlotsCanvas::layout() const
{
    if (layout_)
        return *layout_;
    const StageScene scene = currentScene();
    if (!index_)
        index_ = std::make_shared<const SeriesIndex>(*scene.trace);
    PlotsFrame frame;
    frame.index = index_;
    if (scene.beside && !besideIndex_)
        besideIndex_ = std::make_shared<const SeriesIndex>(*scene.beside->trace);
    frame.beside = besideIndex_;
    frame.first = first_;
    const auto measure = [&](const std::vector<PillButton*>& buttons) {
        QSizeF room;
        for (const PillButton* each : buttons) {
            room.rwidth() += each->sizeHint().width() + (room.width() > 0 ? kGap : 0);
            room.setHeight(std::max(room.height(), static_cast<double>(each->sizeHint().height())));
        }
        return room;
    };
    std::vector<PillButton*> buttons = controls();
    frame.controls = measure(buttons);
    layout_ = std::make_unique<PlotsLayout>(scene, QSizeF(size()), frame);
    if (layout_->hidden() > 0 || layout_->first() > 0) {
        buttons.insert(buttons.end(), {up_, down_});
        frame.controls = measure(buttons);
        layout_ = std::make_unique<PlotsLayout>(scene, QSizeF(size()), frame);
    }
    return *layout_;
}

void PlotsCanvas::placeControls()
{
    std::vector<PillButton*> shown;
    if (session()->hasRun()) {
        const PlotsLayout& l = layout();
        first_ = l.first();
        shown = controls();
        if (!shown.empty() && (l.hidden() > 0 || l.first() > 0)) {
            shown.insert(shown.end(), {up_, down_});
            up_->setEnabled(l.first() > 0);
            down_->setEnabled(l.hidden() > 0);
        }
        double x = l.controls().left();
        for (PillButton* each : shown) {
            const QSize size = each->sizeHint();
            const QRect box(QPoint(static_cast<int>(std::lround(x)), static_cast<int>(std::lround(l.controls().top()))),
                            size);
            if (each->geometry() != box)
                each->setGeometry(box);
            x += size.width() + kGap;
        }
    }
    for (PillButton* each : {plots_, flow_, out_, in_, fit_, up_, down_}) {
        const bool on = std::ranges::find(shown, each) != shown.end();
        if (each->isVisibleTo(this) != on)
            each->setVisible(on);
    }
}

void PlotsCanvas::renew()
{
    invalidateLayout();
    update();
}

void PlotsCanvas::invalidateLayout()
{
    layout_.reset();
    settled_ = {};
    items_.clear();
    itemsStale_ = true;
}

const std::vector<StageItem>& PlotsCanvas::items() const
{
    if (itemsStale_ && session()->hasRun()) {
        items_ = plotsItems(currentScene(), layout());
        itemsStale_ = false;
    }
    return items_;
}

Selection PlotsCanvas::hit(QPointF at) const
{
    return plotsHit(currentScene(), layout(), at);
}

void PlotsCanvas::onMomentChanged()
{
    itemsStale_ = true;
    if (!session()->hasRun() || settled_.isNull() || layout().flow() == nullptr || session()->scene().predicting) {
        update();
        return;
    }
    // Only what the now-line passed over, and the row of its chip.
    const QRectF lane = layout().nowLane();
    update(QRectF(0, lane.top() - 1, width(), lane.height() + 2).toAlignedRect());
    update(passedOver(layout().x(session()->moment().at)));
}

/// From where the now-line was painted to here.
QRect PlotsCanvas::passedOver(double now) const
{
    const double left = std::min(now, nowX_), right = std::max(now, nowX_);
    const double top = layout().nowLane().top();
    return QRectF(left - 4, top, right - left + 8, layout().axis().bottom() - top).toAlignedRect().intersected(rect());
}

void PlotsCanvas::updateHighlights()
{
    itemsStale_ = true;
    update();
}

QMenu* PlotsCanvas::makePlotsMenu(QWidget* parent)
{
    auto* menu = new QMenu(parent);
    for (int i = 0; i < kPlotKindCount; ++i) {
        const auto kind = static_cast<PlotKind>(i);
        QAction* action = menu->addAction(titleOf(kind, session()->language()));
        action->setCheckable(true);
        action->setChecked(session()->plotsLook().shows(kind));
        connect(action, &QAction::triggered, this, [this, i](bool on) {
            PlotsLook look = session()->plotsLook();
            look.shown.at(static_cast<std::size_t>(i)) = on;
            // An empty page would only puzzle: the last one stays.
            if (std::ranges::find(look.shown, true) != look.shown.end())
                session()->setPlotsLook(look);
        });
    }
    return menu;
}

QMenu* PlotsCanvas::makeFlowMenu(QWidget* parent)
{
    auto* menu = new QMenu(parent);
    auto* group = new QActionGroup(menu);
    const StageScene scene = currentScene();
    constexpr std::size_t kMost = 40;
    for (const FlowSeries& flow : layout().index()->flows()) {
        if (group->actions().size() >= static_cast<qsizetype>(kMost))
            break;
        QAction* action = menu->addAction(flowTitle(flow, scene));
        action->setCheckable(true);
        action->setChecked(layout().flow() != nullptr && layout().flow()->conn == flow.conn);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, conn = flow.conn] {
            PlotsLook look = session()->plotsLook();
            look.flow = conn;
            look.from.reset();
            look.to.reset();
            session()->setPlotsLook(look);
        });
    }
    return menu;
}

void PlotsCanvas::popUp(QMenu* menu, PillButton* under)
{
    session()->pause();
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(under->mapToGlobal(QPoint(0, under->height())));
}

void PlotsCanvas::show(SimTime from, SimTime to)
{
    SimTime whole, wholeEnd;
    PlotsLayout::wholeOf(layout().flow(), whole, wholeEnd);
    // The run may go on after the flow: one may look there too.
    const SimTime end = std::max(wholeEnd, session()->trace().end());
    const std::int64_t length = std::clamp<std::int64_t>((to - from).ns(), kShortest, end.ns());
    std::int64_t begin = from.ns() + ((to - from).ns() - length) / 2;
    begin = std::clamp<std::int64_t>(begin, 0, end.ns() - length);
    PlotsLook look = session()->plotsLook();
    look.from = SimTime::fromNs(begin);
    look.to = SimTime::fromNs(begin + length);
    session()->setPlotsLook(look);
}

void PlotsCanvas::showAll()
{
    PlotsLook look = session()->plotsLook();
    look.from.reset();
    look.to.reset();
    session()->setPlotsLook(look);
}

void PlotsCanvas::zoom(double factor, double atX)
{
    const PlotsLayout& l = layout();
    if (l.flow() == nullptr || factor <= 0)
        return;
    const double x = std::clamp(atX, l.plotArea().left(), l.plotArea().right());
    const std::int64_t under = l.timeAt(x).ns();
    const auto scaled = [factor, under](SimTime t) {
        return SimTime::fromNs(under + std::llround(static_cast<double>(t.ns() - under) / factor));
    };
    show(scaled(l.from()), scaled(l.to()));
}

void PlotsCanvas::pan(SimDuration by)
{
    const PlotsLayout& l = layout();
    if (l.flow() != nullptr)
        show(l.from() + by, l.to() + by);
}

void PlotsCanvas::scrollPlots(int by)
{
    const int wanted = std::clamp(first_ + by, 0, std::max(0, layout().chosen() - 1));
    if (wanted == first_ || (by > 0 && layout().hidden() <= 0))
        return;
    first_ = wanted;
    renew();
}

void PlotsCanvas::paintEvent(QPaintEvent* event)
{
    QPainter p(this);
    if (!session()->hasRun()) {
        p.fillRect(rect(), theme().color(Role::Background));
        placeControls();
        return;
    }
    const StageScene scene = currentScene();
    if (settled_.isNull()) {
        const double ratio = devicePixelRatioF();
        settled_ =
            QPixmap(QSize(static_cast<int>(std::ceil(width() * ratio)), static_cast<int>(std::ceil(height() * ratio))));
        settled_.setDevicePixelRatio(ratio);
        QPainter into(&settled_);
        paintPlotsSettled(into, scene, layout());
        into.end();
        placeControls();
    }
    const double now = layout().flow() != nullptr ? layout().x(scene.moment->at) : 0;
    if (layout().flow() != nullptr && !QRegion(passedOver(now)).subtracted(event->region()).isEmpty())
        update(passedOver(now)); // something else asked for this picture
    nowX_ = now;
    p.drawPixmap(0, 0, settled_);
    paintPlotsMoving(p, scene, layout(), pointer_);
    drawFocus(p);
}

} // namespace packetarium
