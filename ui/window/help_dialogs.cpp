// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/help_dialogs.h"

#include "ui/theme/theme_manager.h"
#include "ui/window/actions.h"
#include "ui/window/logo.h"

#include <QBoxLayout>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QTableWidget>

namespace packetarium {

KeysDialog::KeysDialog(const QList<QAction*>& actions, QWidget* parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("keys-dialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    for (QAction* action : actions)
        if (!action->shortcuts().isEmpty())
            actions_.append(action);
    table_ = new QTableWidget(static_cast<int>(actions_.size()), 2, this);
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setSelectionMode(QAbstractItemView::NoSelection);
    table_->setShowGrid(false);
    table_->verticalHeader()->hide();
    table_->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    table_->horizontalHeader()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    buttons_ = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons_, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->addWidget(table_);
    column->addWidget(buttons_);
    resize(520, 640);
    retranslate();
}

void KeysDialog::retranslate()
{
    setWindowTitle(tr("Keys"));
    table_->setAccessibleName(tr("Keys"));
    table_->setHorizontalHeaderLabels({tr("Action"), tr("Keys")});
    for (int row = 0; row < actions_.size(); ++row) {
        QStringList keys;
        for (const QKeySequence& key : actions_[row]->shortcuts())
            keys << keyText(key);
        table_->setItem(row, 0, new QTableWidgetItem(plainText(actions_[row])));
        table_->setItem(row, 1, new QTableWidgetItem(keys.join(QStringLiteral("   "))));
    }
    buttons_->button(QDialogButtonBox::Close)->setText(tr("&Close"));
}

void KeysDialog::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QDialog::changeEvent(event);
}

AboutDialog::AboutDialog(QWidget* parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("about-dialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    name_ = new QLabel(this);
    name_->setFont(ThemeManager::current().theme().font(TextStyle::Title));
    text_ = new QLabel(this);
    text_->setWordWrap(true);
    text_->setTextInteractionFlags(Qt::TextBrowserInteraction);
    text_->setOpenExternalLinks(true);
    buttons_ = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons_, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(104, 24, 28, 20);
    column->setSpacing(12);
    column->addWidget(name_);
    column->addWidget(text_, 1);
    column->addWidget(buttons_);
    setFixedWidth(520);
    retranslate();
}

void AboutDialog::retranslate()
{
    setWindowTitle(tr("About Packetarium"));
    name_->setText(tr("Packetarium %1").arg(QCoreApplication::applicationVersion()));
    text_->setText(
        QStringLiteral("<p>%1</p><p>%2</p><p>%3</p>")
            .arg(tr("A planetarium for packets: watch TCP/IP happen, step it, rewind it, break it on purpose."),
                 tr("Free software under the GNU General Public License, version 3 or later: you may use, study, "
                    "share and change it. It comes without any warranty."),
                 tr("Made with Qt %1, fmt, yaml-cpp, JSON for Modern C++ and CLI11.").arg(QLatin1String(qVersion()))));
    buttons_->button(QDialogButtonBox::Close)->setText(tr("&Close"));
}

void AboutDialog::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QDialog::changeEvent(event);
}

void AboutDialog::paintEvent(QPaintEvent* event)
{
    QDialog::paintEvent(event);
    QPainter painter(this);
    paintLogo(painter, QRectF(24, 24, 60, 60), ThemeManager::current().theme());
}

} // namespace packetarium
