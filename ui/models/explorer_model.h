// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Everything built in that can be opened: lessons by chapter, then scenarios
// by group, each under a heading that cannot be chosen. Titles are kept in
// both languages, so that typing in either finds them. The lists come from
// ui/session/library.h, which parses files when first asked: the caller says
// when, lessons first.

#include "core/scenario/scenario.h"
#include "ui/i18n/catalogue.h"

#include <QAbstractListModel>
#include <functional>
#include <vector>

namespace packetarium {

class ExplorerModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum class Kind { Heading, Lesson, Scenario };
    enum Role {
        KindRole = Qt::UserRole + 1, ///< int: Kind
        NameRole,                    ///< the lesson's or scenario's name; empty for headings
        ProgressRole,                ///< double 0 .. 1 of a lesson
        OpenRole,                    ///< bool: this one is open now
    };

    explicit ExplorerModel(QObject* parent = nullptr);

    /// How far a lesson has been followed, 0 .. 1; asked whenever a row is painted.
    void setProgress(std::function<double(QString)> progress);
    /// Reads the lessons, then the scenarios; false when there is no more to read. show() lists what has been read.
    bool loadNext();
    bool isLoaded() const { return loaded_ == 2; }
    void show(Language language, const QString& filter);
    /// Which one is open; empty names: none. True if that is another than before.
    bool setOpen(Kind kind, const QString& name);
    void progressChanged();
    /// The first row that can be chosen, or an invalid index.
    QModelIndex firstChoice() const;
    QModelIndex indexOf(Kind kind, const QString& name) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Entry {
        Kind kind = Kind::Lesson;
        QString name;
        std::string group;
        LocalizedText title, summary;
    };
    struct Row {
        Kind kind = Kind::Heading;
        QString text;   ///< of a heading
        int entry = -1; ///< of the others
    };
    bool matches(const Entry& entry, const QStringList& words) const;
    void addGroup(Kind kind, const std::string& group, const QString& heading, const QStringList& words);

    std::vector<Entry> entries_;
    std::vector<Row> rows_;
    int loaded_ = 0; ///< kinds read so far
    Language language_ = Language::English;
    std::function<double(QString)> progress_;
    Kind openKind_ = Kind::Heading;
    QString openName_;
};

} // namespace packetarium
