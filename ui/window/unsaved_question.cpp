// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/unsaved_question.h"

#include <QEvent>
#include <QPushButton>

namespace packetarium {

UnsavedQuestion::UnsavedQuestion(const QString& title, QWidget* parent)
    : QMessageBox(parent)
    , title_(title)
{
    setObjectName(QStringLiteral("unsaved-question"));
    setIcon(QMessageBox::Question);
    setStandardButtons(QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel);
    setDefaultButton(QMessageBox::Save);
    setEscapeButton(QMessageBox::Cancel);
    retranslate();
}

UnsavedQuestion::Answer UnsavedQuestion::ask()
{
    switch (exec()) {
    case QMessageBox::Save: return Answer::Save;
    case QMessageBox::Discard: return Answer::Discard;
    default: return Answer::Cancel;
    }
}

void UnsavedQuestion::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QMessageBox::changeEvent(event);
}

void UnsavedQuestion::retranslate()
{
    setWindowTitle(tr("Unsaved changes"));
    setText(tr("Save what you did in \u201c%1\u201d?").arg(title_));
    setInformativeText(tr("Otherwise it is lost."));
    button(QMessageBox::Save)->setText(tr("&Save"));
    button(QMessageBox::Discard)->setText(tr("&Discard"));
    button(QMessageBox::Cancel)->setText(tr("&Cancel"));
}

} // namespace packetarium
