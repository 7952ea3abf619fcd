// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/prediction_card.h"

#include "ui/i18n/catalogue_predictions.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/pill_button.h"
#include "ui/widgets/text_block.h"

#include <QBoxLayout>
#include <QPainter>
#include <QShortcut>

namespace packetarium {

PredictionCard::PredictionCard(Session* session, QWidget* parent)
    : Panel(session, parent)
    , question_(new TextBlock(this))
    , verdict_(new TextBlock(this))
{
    auto* buttons = new QWidget(this);
    auto* flow = new FlowLayout(buttons, 8);
    for (std::size_t i = 0; i < choices_.size(); ++i) {
        choices_.at(i) = new PillButton(buttons);
        choices_.at(i)->setCompact(true);
        flow->addWidget(choices_.at(i));
        const auto answer = [this, i] { this->session().answerPrediction(i); };
        connect(choices_.at(i), &QPushButton::clicked, this, answer);
        // Only while the card is there: a digit typed into a field is the field's.
        keys_.at(i) = new QShortcut(QKeySequence(Qt::Key_1 + static_cast<int>(i)), this);
        connect(keys_.at(i), &QShortcut::activated, this, answer);
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(6);
    column->addWidget(question_);
    column->addWidget(buttons);
    column->addWidget(verdict_);
    column->addStretch();
    connect(session, &Session::predictionChanged, this, &PredictionCard::refresh);
    start();
}

void PredictionCard::restyle()
{
    const Theme now = theme();
    QFont strong = now.font(TextStyle::Heading);
    strong.setWeight(QFont::Bold);
    question_->setLook(strong, now.color(Role::Ink));
}

void PredictionCard::refresh()
{
    const auto& prediction = session().prediction();
    if (!prediction)
        return;
    const Language language = session().language();
    const auto predicted = session().predicted();
    question_->setText(
        fromUtf8(questionText(*prediction, session().hostLabel(prediction->host).toStdString(), language)));
    for (std::size_t i = 0; i < choices_.size(); ++i) {
        PillButton* button = choices_.at(i);
        const bool there = i < prediction->choices.size();
        button->setVisible(there);
        keys_.at(i)->setEnabled(there && !predicted);
        if (!there)
            continue;
        button->setText(QStringLiteral("%1  %2").arg(i + 1).arg(fromUtf8(prediction->choices[i])));
        const bool mark = predicted && i == prediction->answer;
        button->setTone(mark ? PillButton::Tone::Primary : PillButton::Tone::Normal);
    }
    const std::string prompt = promptText(predicted.has_value(), language);
    verdict_->setText(fromUtf8(predicted ? verdictText(*prediction, *predicted, language) + " " + prompt : prompt));
    const bool wrong = predicted && *predicted != prediction->answer;
    const Theme now = theme();
    verdict_->setLook(now.font(TextStyle::Body), now.color(!predicted ? Role::Muted : wrong ? Role::Rst : Role::Good));
    setAccessibleName(question_->text());
    setAccessibleDescription(verdict_->text());
}

void PredictionCard::paintEvent(QPaintEvent*)
{
    const Theme now = theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(now.color(Role::Accent), now.px(1.5)));
    painter.setBrush(now.color(Role::Card));
    const double inset = now.px(1);
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), now.px(12), now.px(12));
}

} // namespace packetarium
