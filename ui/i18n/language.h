// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Puts the words of Qt's widgets and of tr() into a language, at any moment.
// The sentences about packets come from the catalogue, which is asked with a
// Language each time; this is for everything else.

#include "ui/i18n/catalogue.h"

#include <QObject>
#include <QTranslator>
#include <memory>
#include <optional>

namespace packetarium {

class LanguageManager : public QObject {
    Q_OBJECT
public:
    explicit LanguageManager(QObject* parent = nullptr);
    ~LanguageManager() override;

    /// The language of the desktop; English where it is neither.
    static Language systemLanguage();
    static Language other(Language language);
    /// Each language's own name for itself; the same in both.
    static QString nameOf(Language language);

    std::optional<Language> language() const { return language_; } ///< none before the first setLanguage()
    /// Every window gets a LanguageChange. Calling it again with the same language does nothing.
    void setLanguage(Language language);

private:
    struct Words {
        QTranslator program, qt; ///< qt: Qt's own buttons; empty in English
        bool loaded = false;
    };
    Words& wordsOf(Language language);

    std::optional<Language> language_;
    Words english_, chinese_;
};

} // namespace packetarium
