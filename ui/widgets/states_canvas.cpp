// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/states_canvas.h"

#include "ui/i18n/stage_words.h"
#include "ui/paint/states_painter.h"
#include "ui/session/session.h"

#include <QPainter>

namespace packetarium {

StatesCanvas::StatesCanvas(Session* session, QWidget* parent)
    : StageCanvas(session, parent)
{}

StatesCanvas::~StatesCanvas() = default;

QSize StatesCanvas::minimumSizeHint() const
{
    return {320, 220};
}

const StatesLayout& StatesCanvas::layout() const
{
    if (!layout_)
        layout_ = std::make_unique<StatesLayout>(currentScene(), QSizeF(size()));
    return *layout_;
}

const std::vector<StageItem>& StatesCanvas::items() const
{
    if (itemsStale_ && session()->hasRun()) {
        items_ = statesItems(currentScene(), layout());
        itemsStale_ = false;
    }
    return items_;
}

Selection StatesCanvas::hit(QPointF at) const
{
    return statesHit(currentScene(), layout(), at);
}

void StatesCanvas::invalidateLayout()
{
    layout_.reset();
    items_.clear();
    itemsStale_ = true;
    setAccessibleName(fromUtf8(word(StageWord::StatesView, session()->language())));
}

void StatesCanvas::onMomentChanged()
{
    // Nothing moves here between two records.
    const std::size_t done = session()->hasRun() ? session()->moment().recordsDone : 0;
    if (done == recordsShown_)
        return;
    recordsShown_ = done;
    itemsStale_ = true;
    update();
}

void StatesCanvas::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    if (!session()->hasRun()) {
        p.fillRect(rect(), theme().color(Role::Background));
        return;
    }
    paintStates(p, currentScene(), layout());
    drawFocus(p);
}

} // namespace packetarium
