// SPDX-License-Identifier: GPL-3.0-or-later
// Predicting: with it on, a step first asks what comes next.
#include "ui/i18n/catalogue_predictions.h"
#include "ui/session/session_impl.h"

namespace packetarium {

bool Session::predicting() const
{
    return impl_->predicting;
}

void Session::setPredicting(bool on)
{
    if (impl_->predicting == on)
        return;
    impl_->predicting = on;
    withdrawQuestion();
    emit presentationChanged();
}

const std::optional<Prediction>& Session::prediction() const
{
    return impl_->prediction;
}

std::optional<std::size_t> Session::predicted() const
{
    return impl_->predicted;
}

void Session::answerPrediction(std::size_t choice)
{
    Impl& d = *impl_;
    if (!d.prediction || d.predicted || choice >= d.prediction->choices.size())
        return;
    d.predicted = choice;
    emit predictionChanged();
}

/// True: there is a question now, and the step waits for it. Stepping again passes it over.
bool Session::askFirst()
{
    Impl& d = *impl_;
    if (d.prediction) {
        withdrawQuestion();
        return false;
    }
    const auto next = static_cast<std::size_t>(d.stop + 1);
    // Beside another run the next thing may be that one's.
    if (!d.predicting || d.beside || next >= d.stops.size())
        return false;
    d.prediction = predictionFor(trace(), symbols(), d.numbers, d.now, d.stops[next].at);
    if (!d.prediction)
        return false;
    emit predictionChanged();
    return true;
}

void Session::withdrawQuestion()
{
    Impl& d = *impl_;
    if (!d.prediction)
        return;
    d.prediction.reset();
    d.predicted.reset();
    emit predictionChanged();
}

/// The question in the caption's place: on the projector the class answers aloud.
Caption Session::questionCaption() const
{
    const Impl& d = *impl_;
    Caption caption;
    caption.number = d.stop + 1;
    caption.count = static_cast<int>(d.stops.size());
    const std::string host = hostLabel(d.prediction->host).toStdString();
    caption.heading = QString::fromStdString(questionText(*d.prediction, host, d.language));
    QStringList choices;
    for (const std::string& choice : d.prediction->choices)
        choices << QString::fromStdString(choice);
    caption.text = d.predicted ? QString::fromStdString(verdictText(*d.prediction, *d.predicted, d.language))
                               : choices.join(QStringLiteral("    "));
    return caption;
}

} // namespace packetarium
