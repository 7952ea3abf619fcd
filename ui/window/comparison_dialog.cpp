// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/comparison_dialog.h"

#include "ui/i18n/catalogue.h"
#include "ui/session/library.h"
#include "ui/session/partners.h"
#include "ui/session/session.h"

#include <QBoxLayout>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QStyle>
#include <algorithm>

namespace packetarium {
namespace {

constexpr int kName = Qt::UserRole;      ///< of the scenario; empty: a heading
constexpr int kWords = Qt::UserRole + 1; ///< in both languages: what typing looks for

} // namespace

ComparisonDialog::ComparisonDialog(Session& session, QWidget* parent)
    : QDialog(parent)
    , session_(&session)
{
    setObjectName(QStringLiteral("comparison-dialog"));
    filter_ = new QLineEdit(this);
    filter_->setClearButtonEnabled(true);
    list_ = new QListWidget(this);
    list_->setUniformItemSizes(true);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setTextElideMode(Qt::ElideRight);
    buttons_ = new QDialogButtonBox(QDialogButtonBox::Open | QDialogButtonBox::Cancel, this);
    file_ = buttons_->addButton(QString(), QDialogButtonBox::ResetRole);
    QPushButton* compare = buttons_->button(QDialogButtonBox::Open);
    compare->setProperty("look", QStringLiteral("primary"));
    compare->style()->unpolish(compare); // the box has asked for its size already
    compare->style()->polish(compare);
    auto* column = new QVBoxLayout(this);
    column->addWidget(filter_);
    column->addWidget(list_, 1);
    column->addWidget(buttons_);
    connect(filter_, &QLineEdit::textChanged, this, &ComparisonDialog::filter);
    connect(list_, &QListWidget::itemDoubleClicked, this, &ComparisonDialog::take);
    connect(buttons_, &QDialogButtonBox::accepted, this, &ComparisonDialog::take);
    connect(buttons_, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(file_, &QPushButton::clicked, this, [this] {
        accept();
        emit fileWanted();
    });
    filter_->installEventFilter(this);
    resize(std::min(parent->width() - 60, 520), std::min(parent->height() - 60, 600));
    retranslate();
    filter_->setFocus();
}

void ComparisonDialog::fill()
{
    const Language language = session_->language();
    const QString current = list_->currentItem() ? list_->currentItem()->data(kName).toString() : QString();
    list_->clear();
    const auto addHeading = [this](const QString& text) {
        auto* item = new QListWidgetItem(text, list_);
        item->setFlags(Qt::NoItemFlags);
        QFont font = list_->font();
        font.setBold(true);
        item->setFont(font);
    };
    const auto add = [&](const LibraryScenario& scenario) {
        auto* item = new QListWidgetItem(
            QStringLiteral("    ") + QString::fromStdString(textIn(scenario.title, language)), list_);
        item->setData(kName, scenario.name);
        item->setData(kWords, scenario.name + QLatin1Char(' ') +
                                  QString::fromStdString(textIn(scenario.title, Language::English)) + QLatin1Char(' ') +
                                  QString::fromStdString(textIn(scenario.title, Language::Chinese)));
        item->setToolTip(QString::fromStdString(textIn(scenario.summary, language)));
    };
    const auto& all = libraryScenarios();
    const QStringList partners = partnersOf(QString::fromStdString(session_->scenario().name));
    if (!partners.isEmpty()) {
        addHeading(tr("Goes well with this one"));
        for (const QString& name : partners)
            for (const LibraryScenario& scenario : all)
                if (scenario.name == name)
                    add(scenario);
    }
    std::vector<std::string> groups;
    for (const LibraryScenario& scenario : all)
        if (std::ranges::find(groups, scenario.group) == groups.end())
            groups.push_back(scenario.group);
    for (const std::string& group : groups) {
        addHeading(QString::fromStdString(groupName(group, language)));
        for (const LibraryScenario& scenario : all)
            if (scenario.group == group)
                add(scenario);
    }
    for (int i = 0; i < list_->count(); ++i)
        if (const QString name = list_->item(i)->data(kName).toString();
            !name.isEmpty() && (current.isEmpty() || name == current)) {
            list_->setCurrentRow(i);
            break;
        }
    filter();
}

/// A heading stays as long as something below it does.
void ComparisonDialog::filter()
{
    const QString wanted = filter_->text().trimmed();
    QListWidgetItem* heading = nullptr;
    QListWidgetItem* first = nullptr;
    for (int i = 0; i < list_->count(); ++i) {
        QListWidgetItem* item = list_->item(i);
        if (item->data(kName).toString().isEmpty()) {
            heading = item;
            heading->setHidden(true);
            continue;
        }
        const bool fits = item->data(kWords).toString().contains(wanted, Qt::CaseInsensitive);
        item->setHidden(!fits);
        if (!fits)
            continue;
        first = first ? first : item;
        if (heading)
            heading->setHidden(false);
    }
    if (!list_->currentItem() || list_->currentItem()->isHidden())
        list_->setCurrentItem(first);
    buttons_->button(QDialogButtonBox::Open)->setEnabled(first != nullptr);
}

void ComparisonDialog::take()
{
    const QListWidgetItem* item = list_->currentItem();
    const QString name = item && !item->isHidden() ? item->data(kName).toString() : QString();
    if (name.isEmpty())
        return;
    accept();
    emit chosen(name);
}

bool ComparisonDialog::eventFilter(QObject* watched, QEvent* event)
{
    // While one types, the arrows go through what is left.
    if (watched == filter_ && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_PageUp || key == Qt::Key_PageDown) {
            QCoreApplication::sendEvent(list_, event);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void ComparisonDialog::retranslate()
{
    setWindowTitle(tr("Compare with"));
    filter_->setPlaceholderText(tr("Search scenarios"));
    filter_->setAccessibleName(tr("Search scenarios"));
    list_->setAccessibleName(tr("Scenarios"));
    buttons_->button(QDialogButtonBox::Open)->setText(tr("C&ompare"));
    buttons_->button(QDialogButtonBox::Cancel)->setText(tr("&Cancel"));
    file_->setText(tr("&From a file..."));
    fill();
}

void ComparisonDialog::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QDialog::changeEvent(event);
}

} // namespace packetarium
