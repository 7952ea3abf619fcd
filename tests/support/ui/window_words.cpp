// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ui/window_rig.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QTabBar>

namespace packetarium::test {
namespace {

class Collector {
public:
    void widget(QWidget* w)
    {
        const QString at = QString::fromLatin1(w->metaObject()->className()) + " " + w->objectName();
        add(w->toolTip(), at + " tip");
        add(w->accessibleName(), at + " name");
        add(w->accessibleDescription(), at + " description");
        if (w->isWindow())
            add(w->windowTitle(), at + " title");
        if (const auto* label = qobject_cast<QLabel*>(w))
            add(label->text(), at);
        if (const auto* button = qobject_cast<QAbstractButton*>(w))
            add(button->text(), at);
        if (const auto* edit = qobject_cast<QLineEdit*>(w))
            add(edit->placeholderText(), at + " placeholder");
        if (const auto* tabs = qobject_cast<QTabBar*>(w))
            for (int i = 0; i < tabs->count(); ++i) {
                add(tabs->tabText(i), at);
                add(tabs->tabToolTip(i), at + " tip");
            }
        if (const auto* menu = qobject_cast<QMenu*>(w))
            add(menu->title(), at);
        if (const auto* view = qobject_cast<QAbstractItemView*>(w); view && view->model())
            items(view->model(), {}, at);
        for (const QAction* action : w->actions()) {
            add(action->text(), at + " action " + action->objectName());
            add(action->toolTip(), at + " action tip " + action->objectName());
        }
    }
    std::vector<Word> words;

private:
    void add(const QString& text, const QString& where)
    {
        if (!text.isEmpty())
            words.push_back({text, where});
    }
    void items(const QAbstractItemModel* model, const QModelIndex& parent, const QString& at)
    {
        for (int row = 0; row < model->rowCount(parent); ++row)
            for (int column = 0; column < model->columnCount(parent); ++column) {
                const QModelIndex index = model->index(row, column, parent);
                for (const int role : {Qt::DisplayRole, Qt::ToolTipRole, Qt::AccessibleTextRole})
                    add(index.data(role).toString(), at + QStringLiteral(" item %1,%2").arg(row).arg(column));
                if (column == 0)
                    items(model, index, at);
            }
    }
};

} // namespace

std::vector<Word> wordsOf(QWidget* root)
{
    Collector collector;
    collector.widget(root);
    for (QWidget* w : root->findChildren<QWidget*>())
        if (w->isVisible() || qobject_cast<QMenu*>(w))
            collector.widget(w);
    return std::move(collector.words);
}

} // namespace packetarium::test
