// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/sandbox_card.h"

#include "ui/i18n/catalogue_network.h"
#include "ui/i18n/from_utf8.h"
#include "ui/session/network_scene.h"
#include "ui/session/session.h"
#include "ui/widgets/pill_button.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>

namespace packetarium {
namespace {

constexpr int kLongestField = 2000;

/// A mistake of the whole that lies at this field.
bool isAbout(const InputError& error, const std::string& path)
{
    return !path.empty() && (error.path == path || error.path.starts_with(path + "."));
}

void colour(QWidget* widget, const QColor& ink)
{
    QPalette palette = widget->palette();
    palette.setColor(QPalette::WindowText, ink);
    palette.setColor(QPalette::Text, ink);
    widget->setPalette(palette);
}

} // namespace

SandboxCard::SandboxCard(Session* session, QWidget* parent)
    : QScrollArea(parent)
    , session_(session)
    , page_(new QWidget(this))
    , column_(new QVBoxLayout(page_))
    , title_(new QLabel(page_))
    , remove_(new PillButton(page_))
{
    setWidget(page_);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAutoFillBackground(true);
    page_->setAutoFillBackground(true);
    column_->setContentsMargins(14, 12, 14, 12);
    column_->setSpacing(3);
    column_->addWidget(title_);
    column_->addStretch(1);
    column_->addWidget(remove_, 0, Qt::AlignLeft);
    title_->setWordWrap(true);
    remove_->setCompact(true);
    remove_->setTone(PillButton::Tone::Danger);
    connect(remove_, &QPushButton::clicked, this, &SandboxCard::removeWanted);
    retranslate();
}

void SandboxCard::setSubject(const SandboxSubject& subject)
{
    if (subject == subject_)
        return;
    subject_ = subject;
    rebuild(fieldsOf(session_->draft(), subject_));
    refresh();
    verticalScrollBar()->setValue(0);
}

void SandboxCard::setTheme(const Theme& theme)
{
    theme_ = theme;
    dress();
}

void SandboxCard::retranslate()
{
    remove_->setText(tr("Delete"));
    remove_->setToolTip(tr("Delete it (Del)"));
    setAccessibleName(tr("What is chosen"));
    rebuild(fieldsOf(session_->draft(), subject_));
    refresh();
}

void SandboxCard::rebuild(std::vector<SandboxField> fields)
{
    for (const Row& row : rows_)
        for (QWidget* widget : {static_cast<QWidget*>(row.label), static_cast<QWidget*>(row.edit),
                                static_cast<QWidget*>(row.box), static_cast<QWidget*>(row.message)})
            if (widget != nullptr) {
                widget->disconnect(this);
                widget->hide();
                widget->deleteLater();
            }
    rows_.clear();
    for (SandboxField& field : fields)
        addRow(std::move(field));
    dress();
}

void SandboxCard::addRow(SandboxField field)
{
    Row row;
    int at = column_->count() - 2; // before the stretch and the button
    const auto put = [&](QWidget* widget) { column_->insertWidget(at++, widget); };
    const QString key = field.key;
    if (field.kind == SandboxField::Kind::Switch) {
        row.box = new QCheckBox(field.label, page_);
        put(row.box);
        connect(row.box, &QCheckBox::clicked, this,
                [this, key](bool on) { commit(key, on ? QStringLiteral("1") : QString()); });
    } else {
        row.label = new QLabel(field.label, page_);
        put(row.label);
    }
    if (field.kind == SandboxField::Kind::Text) {
        row.edit = new QLineEdit(field.value, page_);
        row.edit->setMaxLength(kLongestField);
        row.edit->setPlaceholderText(field.placeholder);
        row.edit->setToolTip(field.tip);
        row.edit->setAccessibleName(field.label);
        row.label->setBuddy(row.edit);
        put(row.edit);
        row.message = new QLabel(page_);
        row.message->setWordWrap(true);
        row.message->hide();
        put(row.message);
        connect(row.edit, &QLineEdit::textEdited, this, [this, key] {
            if (const Row* edited = find(key))
                check(*edited);
        });
        connect(row.edit, &QLineEdit::editingFinished, this, [this, key] {
            if (const Row* edited = find(key); edited && edited->edit->isModified())
                commit(key, edited->edit->text());
        });
    }
    row.field = std::move(field);
    rows_.push_back(std::move(row));
}

SandboxCard::Row* SandboxCard::find(const QString& key)
{
    const auto found = std::find_if(rows_.begin(), rows_.end(), [&](const Row& row) { return row.field.key == key; });
    return found == rows_.end() ? nullptr : &*found;
}

QLineEdit* SandboxCard::line(const QString& key) const
{
    Row* row = const_cast<SandboxCard*>(this)->find(key);
    return row ? row->edit : nullptr;
}

QCheckBox* SandboxCard::box(const QString& key) const
{
    Row* row = const_cast<SandboxCard*>(this)->find(key);
    return row ? row->box : nullptr;
}

QString SandboxCard::messageOf(const QString& key) const
{
    const Row* row = const_cast<SandboxCard*>(this)->find(key);
    return row && row->message && !row->message->isHidden() ? row->message->text() : QString();
}

void SandboxCard::say(const Row& row, const QString& text)
{
    if (row.message == nullptr)
        return;
    row.message->setText(text);
    row.message->setVisible(!text.isEmpty());
    row.edit->setAccessibleDescription(text.isEmpty() ? row.field.tip : text);
}

/// What would be wrong if this were taken over now.
void SandboxCard::check(const Row& row)
{
    Scenario edited = session_->draft();
    const auto said = [&](const InputError& error) {
        say(row, QString::fromStdString(sentenceFor(error, session_->language())));
    };
    if (const auto wrong = row.field.apply(edited, row.edit->text().toStdString())) {
        said(*wrong);
        return;
    }
    const auto trouble = checkNetwork(edited);
    // What this very change would break is said here, wherever it shows.
    if (trouble && (isAbout(*trouble, row.field.path) || !session_->draftTrouble()))
        said(*trouble);
    else
        say(row, {});
}

void SandboxCard::commit(const QString& key, const QString& text)
{
    Row* row = find(key);
    if (row == nullptr || committing_)
        return;
    const QScopedValueRollback<bool> once(committing_, true);
    Scenario edited = session_->draft();
    if (const auto wrong = row->field.apply(edited, text.toStdString())) {
        say(*row, QString::fromStdString(sentenceFor(*wrong, session_->language())));
        return;
    }
    if (row->edit != nullptr)
        row->edit->setModified(false);
    if (key == QLatin1String("name")) {
        subject_.node = text.trimmed().toStdString();
        emit renamed(subject_.node);
    }
    session_->editScenario(std::move(edited));
    refresh();
}

void SandboxCard::refresh()
{
    const Scenario& draft = session_->draft();
    std::vector<SandboxField> fields = fieldsOf(draft, subject_);
    const bool same =
        std::equal(fields.begin(), fields.end(), rows_.begin(), rows_.end(), [](const SandboxField& a, const Row& b) {
            return a.key == b.field.key && a.kind == b.field.kind && a.label == b.field.label;
        });
    if (!same)
        rebuild(std::move(fields));
    else
        for (std::size_t i = 0; i < fields.size(); ++i) {
            Row& row = rows_[i];
            row.field = std::move(fields[i]);
            if (row.box != nullptr)
                row.box->setChecked(row.field.on);
            // What is being typed stays as it is typed.
            if (row.edit != nullptr && !(row.edit->hasFocus() && row.edit->isModified()) &&
                row.edit->text() != row.field.value)
                row.edit->setText(row.field.value);
        }
    for (const Row& row : rows_) {
        if (row.box != nullptr)
            row.box->setChecked(row.field.on);
        if (row.edit == nullptr || row.edit->isModified())
            continue;
        const auto& trouble = session_->draftTrouble();
        say(row, trouble && isAbout(*trouble, row.field.path)
                     ? QString::fromStdString(sentenceFor(*trouble, session_->language()))
                     : QString());
    }
    const Language language = session_->language();
    QString title;
    if (subject_.link && subject_.link.value() < draft.links.size()) {
        const NetworkLink& link = draft.links[subject_.link.value()];
        title = tr("Cable: %1 – %2")
                    .arg(QString::fromStdString(toString(link.a)), QString::fromStdString(toString(link.b)));
    } else if (const NodeId node = nodeNamed(draft, subject_.node)) {
        title = nodeLabel(draft, subject_.node, language) + QStringLiteral(" · ") +
                fromUtf8(labelOf(kindOf(draft, node), language));
    } else {
        title = tr("Nothing is chosen");
    }
    title_->setText(title);
    remove_->setVisible(!rows_.empty());
}

void SandboxCard::dress()
{
    QPalette palette = this->palette();
    palette.setColor(QPalette::Window, theme_.color(Role::Card));
    setPalette(palette);
    page_->setPalette(palette);
    viewport()->setPalette(palette);
    title_->setFont(theme_.font(TextStyle::Heading));
    colour(title_, theme_.color(Role::Ink));
    for (const Row& row : rows_) {
        const bool heading = row.field.kind == SandboxField::Kind::Heading;
        if (row.label != nullptr) {
            row.label->setFont(theme_.font(heading ? TextStyle::Label : TextStyle::Small));
            colour(row.label, theme_.color(heading ? Role::Ink : Role::Muted));
            row.label->setContentsMargins(0, static_cast<int>(theme_.px(heading ? 10 : 4)), 0, 0);
        }
        if (row.edit != nullptr)
            row.edit->setFont(theme_.font(TextStyle::MonoSmall));
        if (row.box != nullptr)
            row.box->setFont(theme_.font(TextStyle::Small));
        if (row.message != nullptr) {
            row.message->setFont(theme_.font(TextStyle::Small));
            colour(row.message, theme_.color(Role::Rst));
        }
    }
}

} // namespace packetarium
