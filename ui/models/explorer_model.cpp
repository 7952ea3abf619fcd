// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/explorer_model.h"

#include "ui/i18n/from_utf8.h"
#include "ui/session/library.h"

#include <algorithm>

namespace packetarium {

ExplorerModel::ExplorerModel(QObject* parent)
    : QAbstractListModel(parent)
{}

void ExplorerModel::setProgress(std::function<double(QString)> progress)
{
    progress_ = std::move(progress);
}

bool ExplorerModel::loadNext()
{
    if (loaded_ == 0) {
        for (const LibraryLesson& lesson : libraryLessons())
            entries_.push_back({Kind::Lesson, lesson.name, lesson.chapter, lesson.title, lesson.summary});
        loaded_ = 1;
    } else if (loaded_ == 1) {
        for (const LibraryScenario& scenario : libraryScenarios())
            entries_.push_back({Kind::Scenario, scenario.name, scenario.group, scenario.title, scenario.summary});
        loaded_ = 2;
    }
    return !isLoaded();
}

bool ExplorerModel::matches(const Entry& entry, const QStringList& words) const
{
    return std::ranges::all_of(words, [&](const QString& word) {
        const auto in = [&](const std::string& text) { return fromUtf8(text).contains(word, Qt::CaseInsensitive); };
        return in(entry.title.en) || in(entry.title.zh) || in(entry.summary.en) || in(entry.summary.zh) ||
               entry.name.contains(word, Qt::CaseInsensitive) || in(groupName(entry.group, Language::English)) ||
               in(groupName(entry.group, Language::Chinese));
    });
}

void ExplorerModel::addGroup(Kind kind, const std::string& group, const QString& heading, const QStringList& words)
{
    bool headed = false;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        const Entry& entry = entries_[i];
        if (entry.kind != kind || entry.group != group || !matches(entry, words))
            continue;
        if (!headed)
            rows_.push_back({Kind::Heading, heading, -1});
        headed = true;
        rows_.push_back({kind, {}, static_cast<int>(i)});
    }
}

void ExplorerModel::show(Language language, const QString& filter)
{
    beginResetModel();
    language_ = language;
    rows_.clear();
    const QStringList words = filter.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const Kind kind : {Kind::Lesson, Kind::Scenario}) {
        std::vector<std::string> groups; // in the order in which the names come
        for (const Entry& entry : entries_)
            if (entry.kind == kind && std::ranges::find(groups, entry.group) == groups.end())
                groups.push_back(entry.group);
        for (std::size_t i = 0; i < groups.size(); ++i) {
            const QString name = fromUtf8(groupName(groups[i], language));
            addGroup(kind, groups[i],
                     kind == Kind::Lesson ? tr("%1 \u00b7 %2").arg(i + 1).arg(name)
                                          : tr("Scenarios \u00b7 %1").arg(name),
                     words);
        }
    }
    endResetModel();
}

bool ExplorerModel::setOpen(Kind kind, const QString& name)
{
    if (kind == openKind_ && name == openName_)
        return false;
    openKind_ = kind;
    openName_ = name;
    progressChanged();
    return true;
}

void ExplorerModel::progressChanged()
{
    if (!rows_.empty())
        emit dataChanged(index(0), index(rowCount() - 1));
}

QModelIndex ExplorerModel::firstChoice() const
{
    for (int row = 0; row < rowCount(); ++row)
        if (rows_[static_cast<std::size_t>(row)].kind != Kind::Heading)
            return index(row);
    return {};
}

QModelIndex ExplorerModel::indexOf(Kind kind, const QString& name) const
{
    for (int row = 0; row < rowCount(); ++row) {
        const Row& each = rows_[static_cast<std::size_t>(row)];
        if (each.kind == kind && each.entry >= 0 && entries_[static_cast<std::size_t>(each.entry)].name == name)
            return index(row);
    }
    return {};
}

int ExplorerModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant ExplorerModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Row& row = rows_[static_cast<std::size_t>(index.row())];
    if (role == KindRole)
        return static_cast<int>(row.kind);
    if (row.kind == Kind::Heading)
        return role == Qt::DisplayRole ? QVariant(row.text) : QVariant();

    const Entry& entry = entries_[static_cast<std::size_t>(row.entry)];
    const QString title = entry.title.empty() ? entry.name : fromUtf8(textIn(entry.title, language_));
    const QString& name = entry.name;
    const double done = row.kind == Kind::Lesson && progress_ ? std::clamp(progress_(name), 0.0, 1.0) : 0.0;
    switch (role) {
    case Qt::DisplayRole: return title;
    case Qt::ToolTipRole:
        // The row may be too narrow for its title.
        return QStringList{title, fromUtf8(textIn(entry.summary, language_))}.join(QLatin1Char('\n')).trimmed();
    case Qt::AccessibleDescriptionRole: return fromUtf8(textIn(entry.summary, language_));
    case Qt::AccessibleTextRole:
        if (row.kind == Kind::Scenario)
            return tr("Scenario: %1").arg(title);
        return done <= 0  ? tr("Lesson: %1, not begun").arg(title)
               : done < 1 ? tr("Lesson: %1, begun").arg(title)
                          : tr("Lesson: %1, finished").arg(title);
    case NameRole: return name;
    case ProgressRole: return done;
    case OpenRole: return row.kind == openKind_ && name == openName_;
    default: return {};
    }
}

Qt::ItemFlags ExplorerModel::flags(const QModelIndex& index) const
{
    const bool heading = index.isValid() && rows_[static_cast<std::size_t>(index.row())].kind == Kind::Heading;
    return heading ? Qt::ItemNeverHasChildren : Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

} // namespace packetarium
