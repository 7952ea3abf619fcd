// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the program remembers about its user: language, theme, speed, how
// numbers are written, where the window was, recent files, and how far each
// lesson was followed. One INI file. Whatever stands in that file, reading it
// gives a usable value; a damaged file is kept aside and said so.

#include "ui/paint/stage_scene.h"

#include <QByteArray>
#include <QHash>
#include <QMap>
#include <QString>
#include <QStringList>
#include <QTimer>
#include <QVariant>
#include <memory>
#include <optional>

class QSettings;

namespace packetarium {

class Settings {
public:
    /// Default file: packetarium.ini in the user's configuration folder.
    explicit Settings(const QString& file = {});
    ~Settings();

    QString fileName() const;
    /// Where the unreadable file was kept, if the one found was damaged; the values are the defaults then.
    const std::optional<QString>& damagedCopy() const { return damagedCopy_; }
    /// A value in the file made no sense and was replaced by its default.
    bool hadBadValues() const { return badValues_; }
    /// Writes now what is otherwise written within a second. False: it could not be written.
    bool flush();

    std::optional<Language> language() const { return language_; } ///< none chosen yet: follow the system
    void setLanguage(Language language);
    ThemeChoice themeChoice() const { return themeChoice_; }
    void setThemeChoice(ThemeChoice choice);
    double speed() const { return speed_; } ///< 0.125 .. 8
    void setSpeed(double speed);
    NumberStyle numberStyle() const { return numberStyle_; }
    void setNumberStyle(NumberStyle style);
    const LayersLook& layersLook() const { return layersLook_; }
    void setLayersLook(const LayersLook& look);
    const std::array<bool, kPlotKindCount>& plotsShown() const { return plotsShown_; }
    void setPlotsShown(const std::array<bool, kPlotKindCount>& shown);
    bool reducedMotion() const { return reducedMotion_; }
    void setReducedMotion(bool on);
    QByteArray geometry() const { return geometry_; } ///< QWidget::saveGeometry()
    void setGeometry(const QByteArray& geometry);
    QByteArray panels() const { return panels_; } ///< QSplitter::saveState()
    void setPanels(const QByteArray& panels);

    static constexpr int kMostRecentFiles = 8;
    const QStringList& recentFiles() const { return recentFiles_; } ///< newest first, absolute
    void addRecentFile(const QString& path);
    void removeRecentFile(const QString& path);
    void clearRecentFiles();

    struct LessonEntry {
        int step = 0; ///< stood at last, from 1; 0: never opened
        int furthest = 0;
        int count = 0; ///< steps the lesson had then
        bool operator==(const LessonEntry&) const = default;
    };
    LessonEntry lesson(const QString& name) const;
    void setLesson(const QString& name, const LessonEntry& entry);
    QString lastLesson() const { return lastLesson_; } ///< empty: none
    void setLastLesson(const QString& name);

private:
    void read();
    void readLessons();
    void write(const QString& key, const QVariant& value);

    std::unique_ptr<QSettings> store_;
    QMap<QString, QVariant> unwritten_; ///< written together, at most once a second: a step must not wait for a disk
    QTimer writeSoon_;
    std::optional<QString> damagedCopy_;
    bool badValues_ = false;
    std::optional<Language> language_;
    ThemeChoice themeChoice_ = ThemeChoice::System;
    double speed_ = 1.0;
    NumberStyle numberStyle_ = NumberStyle::Symbolic;
    LayersLook layersLook_;
    std::array<bool, kPlotKindCount> plotsShown_ = PlotsLook().shown;
    bool reducedMotion_ = false;
    QByteArray geometry_, panels_;
    QStringList recentFiles_;
    QString lastLesson_;
    QHash<QString, LessonEntry> lessons_;
};

} // namespace packetarium
