// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/stage_picture.h"

#include "ui/i18n/stage_words.h"
#include "ui/paint/text_ruler.h"
#include "ui/session/session.h"
#include "ui/window/projector_window.h"
#include "ui/window/stage_area.h"

namespace packetarium {
namespace {

ComparedRun comparedRun(const Session& session, const Theme& theme)
{
    ComparedRun run{session.scene(), runHeading(session), slideCaption(session)};
    run.scene.theme = theme;
    // The step is that whose words these are; how many there are concerns both.
    run.caption.number = session.caption().told;
    run.caption.count = 0;
    return run;
}

} // namespace

void StagePicture::paint(QPainter& painter, const Session& session, const Theme& theme, QSizeF size)
{
    const StageView view = stageViewOf(session.stopView());
    if (const Session* beside = session.beside()) {
        const Theme halves = theme.grownFor({size.width() / 2, size.height()});
        compared_.paint(painter, comparedRun(session, halves), comparedRun(*beside, halves), view, size);
        return;
    }
    StageScene scene = session.scene();
    scene.theme = theme.grownFor(size);
    alone_.paint(painter, scene, view, slideCaption(session), size);
}

void StagePicture::forget()
{
    alone_.forget();
    compared_.forget();
}

RunHeading runHeading(const Session& session)
{
    if (!session.hasRun())
        return {};
    const Language language = session.language();
    RunHeading heading;
    const Scenario& scenario = session.scenario(); // a lesson's title would say what is taught, not what is run
    heading.title = QString::fromStdString(scenario.title.empty() ? scenario.name : textIn(scenario.title, language));
    if (!session.isTcp())
        heading.mark = fromUtf8(notTcpLabel(language));
    if (const SimTime end = session.trace().end(); end < session.now())
        heading.note =
            fromUtf8(sentence(StageWord::EndedAt, language, {durationText(end - SimTime::zero(), language)}));
    return heading;
}

} // namespace packetarium
