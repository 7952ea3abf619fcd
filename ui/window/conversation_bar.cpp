// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/conversation_bar.h"

#include "ui/i18n/catalogue_capture.h"
#include "ui/session/session.h"
#include "ui/theme/theme_manager.h"
#include "ui/widgets/pill_button.h"

#include <QBoxLayout>
#include <QFileInfo>
#include <QMessageBox>
#include <QPainter>

namespace packetarium {

ConversationBar::ConversationBar(Session& session, QWidget* parent)
    : QWidget(parent)
    , session_(&session)
{
    setObjectName(QStringLiteral("conversation-bar"));
    choose_ = new PillButton(this);
    notes_ = new PillButton(this);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(18, 6, 12, 6);
    row->setSpacing(8);
    row->addStretch(1);
    for (PillButton* button : {notes_, choose_}) {
        button->setCompact(true);
        row->addWidget(button, 0, Qt::AlignVCenter);
    }
    connect(choose_, &QPushButton::clicked, this, &ConversationBar::chooseWanted);
    connect(notes_, &QPushButton::clicked, this, &ConversationBar::showNotes);
    connect(session_, &Session::runChanged, this, &ConversationBar::follow);
    connect(&ThemeManager::current(), &ThemeManager::themeChanged, this, qOverload<>(&QWidget::update));
    follow();
}

void ConversationBar::follow()
{
    setVisible(session_->isCaptured());
    if (session_->isCaptured())
        retranslate();
}

QString ConversationBar::words() const
{
    const CaptureIndex* index = session_->captureIndex();
    const CapturedRun* run = session_->captured();
    if (index == nullptr || run == nullptr)
        return {};
    const QString file = QFileInfo(session_->filePath()).fileName();
    if (!run->choice.conversation)
        return tr("%1: all of %n conversation(s)", "", static_cast<int>(index->conversations.size())).arg(file);
    return file + QStringLiteral(": ") +
           QString::fromStdString(lineFor(index->conversations[*run->choice.conversation], session_->language()));
}

QString ConversationBar::notesText() const
{
    QStringList lines;
    if (const CapturedRun* run = session_->captured()) {
        lines << QString::fromStdString(textIn(run->scenario.summary, session_->language()));
        for (const CaptureNote& note : run->notes)
            if (note.kind != CaptureNote::Kind::Inferred)
                lines << QString::fromStdString(sentenceFor(note, session_->language()));
    }
    return lines.join(QLatin1Char('\n'));
}

void ConversationBar::showNotes()
{
    session_->pause();
    auto* box = new QMessageBox(this);
    box->setObjectName(QStringLiteral("capture-notes"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("About this capture"));
    box->setText(QFileInfo(session_->filePath()).fileName());
    box->setInformativeText(notesText());
    box->addButton(tr("&Close"), QMessageBox::RejectRole);
    box->open();
}

void ConversationBar::retranslate()
{
    const CaptureIndex* index = session_->captureIndex();
    choose_->setText(tr("Conversations (%1)").arg(index == nullptr ? 0 : index->conversations.size()));
    choose_->setToolTip(tr("Choose which conversation of the capture is shown"));
    choose_->setEnabled(index != nullptr && index->conversations.size() > 1);
    notes_->setText(tr("About this capture"));
    notes_->setToolTip(tr("What is left out, computed or inferred"));
    setAccessibleName(words());
    update();
}

void ConversationBar::paintEvent(QPaintEvent*)
{
    const Theme& theme = ThemeManager::current().theme();
    QPainter p(this);
    p.fillRect(rect(), theme.color(Role::Sunken));
    p.fillRect(QRect(0, height() - 1, width(), 1), theme.color(Role::Line));
    p.setFont(theme.font(TextStyle::Small));
    p.setPen(theme.color(Role::Ink));
    const QRect box(18, 0, std::max(0, notes_->x() - 30), height());
    p.drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
               QFontMetrics(p.font()).elidedText(words(), Qt::ElideRight, box.width()));
}

} // namespace packetarium
