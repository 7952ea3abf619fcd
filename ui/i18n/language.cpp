// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/i18n/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace packetarium {

LanguageManager::LanguageManager(QObject* parent)
    : QObject(parent)
{}

LanguageManager::~LanguageManager() = default;

Language LanguageManager::systemLanguage()
{
    // The list of languages the user reads, best first; the locale's name alone is only how dates look.
    for (const QString& name : QLocale::system().uiLanguages())
        if (const auto language = parseLanguage(name.toStdString()))
            return *language;
    return Language::English;
}

Language LanguageManager::other(Language language)
{
    return language == Language::English ? Language::Chinese : Language::English;
}

QString LanguageManager::nameOf(Language language)
{
    return language == Language::English ? QStringLiteral("English") : QStringLiteral("中文");
}

LanguageManager::Words& LanguageManager::wordsOf(Language language)
{
    Words& words = language == Language::English ? english_ : chinese_;
    if (words.loaded)
        return words;
    words.loaded = true;
    if (language == Language::English) {
        (void)words.program.load(QStringLiteral(":/i18n/packetarium_en.qm"));
        return words;
    }
    (void)words.program.load(QStringLiteral(":/i18n/packetarium_zh_CN.qm"));
    // Our own copy first; else the system's; else Qt's buttons stay English.
    if (!words.qt.load(QStringLiteral(":/qt-translations/qtbase_zh_CN.qm")))
        (void)words.qt.load(QStringLiteral("qtbase_zh_CN"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    return words;
}

void LanguageManager::setLanguage(Language language)
{
    if (language_ == language)
        return;
    // Load, remove, install: each of the last two sends LanguageChange to every window, which Qt joins into one.
    Words& next = wordsOf(language);
    if (language_) {
        Words& before = wordsOf(*language_);
        QCoreApplication::removeTranslator(&before.program);
        QCoreApplication::removeTranslator(&before.qt);
    }
    language_ = language;
    QLocale::setDefault(language == Language::English ? QLocale(QLocale::English, QLocale::UnitedStates)
                                                      : QLocale(QLocale::Chinese, QLocale::China));
    if (!next.qt.isEmpty())
        QCoreApplication::installTranslator(&next.qt);
    if (!next.program.isEmpty())
        QCoreApplication::installTranslator(&next.program);
}

} // namespace packetarium
