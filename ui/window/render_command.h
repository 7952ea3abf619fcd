// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the program does when it is started: open its window, or render a
// picture without one. Arguments are read before there is a QApplication,
// because a picture needs another platform than a window.

#include "core/base/input_error.h"
#include "core/base/result.h"
#include "ui/i18n/catalogue.h"
#include "ui/paint/stage_scene.h"
#include "ui/theme/theme.h"

#include <QSize>
#include <QString>
#include <optional>
#include <string>
#include <vector>

namespace packetarium {

struct RenderOptions {
    enum class View { FromScenario, Sequence, States, Layers, Network, Windows, Plots, Window, Home };
    QString what;    ///< file, built-in lesson or scenario; may be empty for Home
    QString compare; ///< beside it: a file or a built-in scenario; empty: nothing
    View view = View::FromScenario;
    std::optional<int> step; ///< from 1
    std::optional<SimTime> at;
    Language language = Language::English;
    ThemeKind theme = ThemeKind::Light;
    NumberStyle numbers = NumberStyle::Symbolic;
    LayersLook layers;                                     ///< how the layers view looks
    std::optional<std::array<bool, kPlotKindCount>> plots; ///< which of them; none: the usual ones
    bool projector = false;
    std::optional<QSize> size;
    double scale = 1.0;
    QString out;
};

struct StartOptions {
    enum class Deed { Open, Render, Help, Version };
    Deed deed = Deed::Open;
    QString file; ///< Open: what to open, or empty
    RenderOptions render;
};

/// `arguments` without the program's name. Help and version win over everything else.
Result<StartOptions, InputError> parseArguments(const std::vector<std::string>& arguments, Language systemLanguage);
/// The language of the environment (LC_ALL, LC_MESSAGES, LANG); needs no QApplication.
Language environmentLanguage();
std::string helpText(Language language);

/// Renders; needs a QApplication, best of the platform "offscreen".
std::optional<InputError> render(const RenderOptions& options);

} // namespace packetarium
