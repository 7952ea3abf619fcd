// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The form beside a node or a cable that is being built: one row per field,
// checked with every letter typed, its mistake beside it. What is right goes
// into the scenario when the field is left or Enter is pressed.

#include "ui/theme/theme.h"
#include "ui/widgets/sandbox_fields.h"

#include <QScrollArea>
#include <vector>

class QCheckBox;
class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace packetarium {

class PillButton;
class Session;

class SandboxCard : public QScrollArea {
    Q_OBJECT
public:
    SandboxCard(Session* session, QWidget* parent);

    void setSubject(const SandboxSubject& subject);
    const SandboxSubject& subject() const { return subject_; }
    void setTheme(const Theme& theme);
    void retranslate();
    /// Shows the draft as it is now.
    void refresh();
    /// The line for a field, by its key; nullptr: there is none.
    QLineEdit* line(const QString& key) const;
    QCheckBox* box(const QString& key) const;
    /// What stands beside it now; empty: nothing is wrong.
    QString messageOf(const QString& key) const;

signals:
    void removeWanted();
    /// The node is about to have another name.
    void renamed(const std::string& name);

private:
    struct Row {
        SandboxField field;
        QLabel* label = nullptr;
        QLineEdit* edit = nullptr;
        QCheckBox* box = nullptr;
        QLabel* message = nullptr;
    };
    void rebuild(std::vector<SandboxField> fields);
    void addRow(SandboxField field);
    void check(const Row& row);
    void commit(const QString& key, const QString& text);
    void say(const Row& row, const QString& text);
    Row* find(const QString& key);
    void dress();

    Session* session_;
    SandboxSubject subject_;
    Theme theme_ = Theme::make(ThemeKind::Light);
    QWidget* page_;
    QVBoxLayout* column_;
    QLabel* title_;
    PillButton* remove_;
    std::vector<Row> rows_;
    bool committing_ = false;
};

} // namespace packetarium
