// SPDX-License-Identifier: GPL-3.0-or-later
// The desktop program. With nothing or a file it opens its window; `packetarium render` makes a picture.
#include "ui/session/session.h"
#include "ui/theme/theme_manager.h"
#include "ui/window/main_window.h"
#include "ui/window/render_command.h"

#include <QApplication>
#include <QIcon>
#include <QTimer>
#include <cstdio>

namespace {

using namespace packetarium;

constexpr int kBadInput = 2;

int fail(const std::string& sentence)
{
    std::fprintf(stderr, "packetarium: %s\n", sentence.c_str());
    return kBadInput;
}

bool hasDisplay()
{
#ifdef Q_OS_LINUX
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
           qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
#else
    return true;
#endif
}

void nameApplication()
{
    QApplication::setApplicationName(QStringLiteral("packetarium"));
    QApplication::setApplicationVersion(QStringLiteral(PACKETARIUM_VERSION));
    QApplication::setDesktopFileName(QStringLiteral(PACKETARIUM_APP_ID));
}

/// Without a display Qt remarks on the lack of one; what goes wrong with the picture is said by fail().
void keepQuiet(QtMsgType type, const QMessageLogContext&, const QString& message)
{
    if (type == QtCriticalMsg || type == QtFatalMsg)
        std::fprintf(stderr, "packetarium: %s\n", message.toUtf8().constData());
}

int renderPicture(int argc, char** argv, const RenderOptions& options, Language language)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    qInstallMessageHandler(keepQuiet);
    const QApplication application(argc, argv);
    if (const auto error = render(options))
        return fail(sentenceFor(*error, language));
    return 0;
}

int openWindow(int argc, char** argv, const QString& file, Language language)
{
    if (!hasDisplay())
        return fail(
            language == Language::Chinese
                ? "没有可用的显示器；要画一张图，请用 packetarium render handshake --out picture.png。"
                : "there is no display; to make a picture, use packetarium render handshake --out picture.png.");
    const QApplication application(argc, argv);
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/packetarium.svg")));
    const ThemeManager themes;
    Session session;
    MainWindow window(session);
    if (file.isEmpty() || !window.openAny(file))
        window.showHome();
    window.show();
    QTimer::singleShot(0, &window, [&] { window.recover(file.isEmpty()); });
    return QApplication::exec();
}

} // namespace

int main(int argc, char** argv)
{
    const Language language = environmentLanguage();
    const auto options = parseArguments({argv + 1, argv + argc}, language);
    if (!options)
        return fail(sentenceFor(options.error(), language));
    nameApplication();
    switch (options.value().deed) {
    case StartOptions::Deed::Help: std::fputs(helpText(language).c_str(), stdout); return 0;
    case StartOptions::Deed::Version: std::puts("packetarium " PACKETARIUM_VERSION); return 0;
    case StartOptions::Deed::Render: return renderPicture(argc, argv, options.value().render, language);
    case StartOptions::Deed::Open: return openWindow(argc, argv, options.value().file, language);
    }
    return 0;
}
