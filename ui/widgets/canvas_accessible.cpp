// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/canvas_accessible.h"

#include "ui/session/session.h"
#include "ui/widgets/stage_canvas.h"
#include "ui/widgets/timeline_bar.h"

#include <QAccessibleWidget>

namespace packetarium {

namespace {

/// One thing on a canvas. It holds a place in the list, not the thing: the list is made anew with each instant.
class ItemInterface : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    ItemInterface(StageCanvas* canvas, int index)
        : canvas_(canvas)
        , index_(index)
    {}

    bool isValid() const override { return item() != nullptr; }
    QObject* object() const override { return nullptr; }
    QWindow* window() const override { return canvas_->window()->windowHandle(); }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(canvas_); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::Button; }

    QString text(QAccessible::Text kind) const override
    {
        const StageItem* i = item();
        if (i == nullptr)
            return {};
        return kind == QAccessible::Name ? i->name : kind == QAccessible::Description ? i->description : QString();
    }
    void setText(QAccessible::Text, const QString&) override {}

    QRect rect() const override
    {
        const StageItem* i = item();
        if (i == nullptr)
            return {};
        const QRect box = i->box.toAlignedRect();
        return {canvas_->mapToGlobal(box.topLeft()), box.size()};
    }

    QAccessible::State state() const override
    {
        QAccessible::State s;
        const StageItem* i = item();
        if (i == nullptr) {
            s.invalid = true;
            return s;
        }
        s.focusable = s.selectable = true;
        s.focused = canvas_->hasFocus() && canvas_->focusedItem() == index_;
        s.selected = canvas_->session()->selection() == i->what;
        s.offscreen = !canvas_->rect().intersects(i->box.toAlignedRect());
        return s;
    }

    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }
    QStringList actionNames() const override { return {pressAction(), setFocusAction()}; }
    void doAction(const QString& name) override
    {
        if (name == pressAction())
            canvas_->activateItem(index_);
        else if (name == setFocusAction())
            canvas_->focusItem(index_);
    }
    QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    const StageItem* item() const
    {
        if (!canvas_->session()->hasRun())
            return nullptr;
        const auto& items = canvas_->items();
        return index_ < static_cast<int>(items.size()) ? &items[static_cast<std::size_t>(index_)] : nullptr;
    }

    StageCanvas* canvas_;
    int index_;
};

class CanvasInterface : public QAccessibleWidget {
public:
    explicit CanvasInterface(StageCanvas* canvas)
        : QAccessibleWidget(canvas, QAccessible::Canvas)
        , canvas_(canvas)
    {}
    ~CanvasInterface() override
    {
        for (const QAccessible::Id id : children_)
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override
    {
        return canvas_->session()->hasRun() ? static_cast<int>(canvas_->items().size()) : 0;
    }

    QAccessibleInterface* child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        while (static_cast<int>(children_.size()) <= index)
            children_.push_back(QAccessible::registerAccessibleInterface(
                new ItemInterface(canvas_, static_cast<int>(children_.size()))));
        return QAccessible::accessibleInterface(children_[static_cast<std::size_t>(index)]);
    }

    int indexOfChild(const QAccessibleInterface* child) const override
    {
        for (std::size_t i = 0; i < children_.size(); ++i)
            if (QAccessible::accessibleInterface(children_[i]) == child)
                return static_cast<int>(i);
        return -1;
    }

    QAccessibleInterface* childAt(int x, int y) const override
    {
        const QPoint at = canvas_->mapFromGlobal(QPoint(x, y));
        for (int i = 0; i < childCount(); ++i)
            if (canvas_->items()[static_cast<std::size_t>(i)].box.contains(at))
                return child(i);
        return nullptr;
    }

    QAccessibleInterface* focusChild() const override
    {
        return canvas_->hasFocus() && canvas_->focusedItem() >= 0 ? child(canvas_->focusedItem()) : nullptr;
    }

private:
    StageCanvas* canvas_;
    mutable std::vector<QAccessible::Id> children_;
};

class TimelineInterface : public QAccessibleWidget, public QAccessibleValueInterface {
public:
    explicit TimelineInterface(TimelineBar* bar)
        : QAccessibleWidget(bar, QAccessible::Slider)
        , bar_(bar)
    {}

    QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Value && hasRun() ? bar_->spokenValue() : QAccessibleWidget::text(kind);
    }
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::ValueInterface)
            return static_cast<QAccessibleValueInterface*>(this);
        return QAccessibleWidget::interface_cast(type);
    }
    QVariant currentValue() const override { return hasRun() ? bar_->session()->shownNow() : 0.0; }
    void setCurrentValue(const QVariant& value) override
    {
        if (hasRun())
            bar_->session()->seekShown(value.toDouble());
    }
    QVariant maximumValue() const override { return hasRun() ? bar_->session()->story().length() : 0.0; }
    QVariant minimumValue() const override { return 0.0; }
    QVariant minimumStepSize() const override { return 0.1; }

private:
    bool hasRun() const { return bar_->session()->hasRun(); }
    TimelineBar* bar_;
};

QAccessibleInterface* makeInterface(const QString& className, QObject* object)
{
    static_cast<void>(className); // asked for each base class in turn; the cast knows
    if (auto* canvas = qobject_cast<StageCanvas*>(object))
        return new CanvasInterface(canvas);
    if (auto* bar = qobject_cast<TimelineBar*>(object))
        return new TimelineInterface(bar);
    return nullptr;
}

} // namespace

void installCanvasAccessibility()
{
    static bool installed = false;
    if (!installed)
        QAccessible::installFactory(makeInterface);
    installed = true;
}

} // namespace packetarium
