// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/render_command.h"

#include "ui/session/comparison.h"
#include "ui/session/documents.h"
#include "ui/session/session.h"
#include "ui/session/settings.h"
#include "ui/theme/theme_manager.h"
#include "ui/window/comparison_desk.h"
#include "ui/window/export_picture.h"
#include "ui/window/home_page.h"
#include "ui/window/main_window.h"
#include "ui/window/stage_picture.h"

#include <QApplication>
#include <QPainter>
#include <QTemporaryDir>
#include <limits>

namespace packetarium {
namespace {

using View = RenderOptions::View;

std::optional<InputError> goThere(Session& session, const RenderOptions& options)
{
    if (options.view == View::Sequence)
        session.setStopView(StopView::Sequence);
    else if (options.view == View::States)
        session.setStopView(StopView::States);
    else if (options.view == View::Layers)
        session.setStopView(StopView::Layers);
    else if (options.view == View::Network)
        session.setStopView(StopView::Network);
    else if (options.view == View::Windows)
        session.setStopView(StopView::Windows);
    else if (options.view == View::Plots)
        session.setStopView(StopView::Plots);
    if (options.plots) {
        PlotsLook look = session.plotsLook();
        look.shown = *options.plots;
        session.setPlotsLook(look);
    }
    if (options.step) {
        const auto count = static_cast<int>(session.stops().size());
        if (*options.step > count)
            return InputError{
                InputErrorId::OutOfRange, {"--step", std::to_string(*options.step), "1", std::to_string(count)}, {}};
        session.goToStop(*options.step - 1);
    }
    if (options.at)
        session.seek(*options.at);
    return std::nullopt;
}

ThemeChoice choiceOf(ThemeKind kind)
{
    switch (kind) {
    case ThemeKind::Light: return ThemeChoice::Light;
    case ThemeKind::Dark: return ThemeChoice::Dark;
    case ThemeKind::HighContrast: return ThemeChoice::HighContrast;
    }
    return ThemeChoice::Light;
}

std::optional<InputError> renderStage(const Session& session, const RenderOptions& options)
{
    const QSize size = options.size.value_or(options.projector ? QSize(1920, 1080) : QSize(1440, 900));
    return exportPictureTo(options.out, {size, options.scale}, [&](QPainter& painter) {
        StagePicture().paint(painter, session, Theme::make(options.theme, options.projector), size);
    });
}

std::optional<InputError> renderWindow(Session& session, const RenderOptions& options, std::optional<Scenario> compared)
{
    MainWindow window(session);
    window.resize(options.size.value_or(QSize(1440, 900)));
    if (options.view == View::Home) {
        window.showHome();
        window.home().makeAll();
    } else
        window.showStage();
    if (compared) {
        window.comparison().begin(std::move(*compared));
        if (auto error = goThere(session, options))
            return error;
    }
    window.show();
    // What is made after the first picture is made now: lists below the fold, layouts that ask twice.
    for (int i = 0; i < 50; ++i)
        QApplication::processEvents();
    return exportPictureTo(options.out, {QSizeF(window.size()), options.scale}, [&](QPainter& painter) {
        window.render(&painter, QPoint(), QRegion(), QWidget::DrawWindowBackground | QWidget::DrawChildren);
    });
}

} // namespace

std::optional<InputError> render(const RenderOptions& options)
{
    if (pictureFormat(options.out).isEmpty())
        return InputError{InputErrorId::NotOneOf, {"--out", options.out.toStdString(), "*.png, *.svg, *.pdf"}, {}};
    // The picture depends on its arguments alone, not on who is at this machine.
    const QTemporaryDir scratch;
    Session session;
    session.setEventsAtOnce(std::numeric_limits<std::uint64_t>::max()); // a picture is of the whole run
    session.setSettingsFile(scratch.filePath(QStringLiteral("settings.ini")));
    session.settings().setLanguage(options.language);
    session.settings().setThemeChoice(choiceOf(options.theme));
    session.settings().setNumberStyle(options.numbers);
    session.setLanguage(options.language);
    session.setNumberStyle(options.numbers);
    session.setLayersLook(options.layers);
    ThemeManager themes;
    themes.setChoice(choiceOf(options.theme));
    if (!options.what.isEmpty()) {
        if (auto error = openAny(session, options.what))
            return error;
    }
    std::optional<Scenario> compared;
    if (!options.compare.isEmpty()) {
        auto scenario = scenarioToCompare(options.compare);
        if (!scenario)
            return scenario.error();
        compared = std::move(scenario).value();
    }
    const bool isWindow = options.view == View::Window || options.view == View::Home;
    std::unique_ptr<Comparison> comparison;
    if (compared && !isWindow)
        comparison = std::make_unique<Comparison>(session, std::move(*compared));
    if (!options.what.isEmpty() && !(compared && isWindow))
        if (auto error = goThere(session, options))
            return error;
    return isWindow ? renderWindow(session, options, std::move(compared)) : renderStage(session, options);
}

} // namespace packetarium
