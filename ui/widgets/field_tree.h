// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The inspector's tree of fields: a QTreeView over FieldModel that draws its
// rows itself. A header has a bar in its layer's colour and its size on the
// right; a field has its name, its value in figures and what that means.

#include "ui/models/field_model.h"
#include "ui/theme/theme.h"

#include <QTreeView>

namespace packetarium {

class FieldTree : public QTreeView {
    Q_OBJECT
public:
    explicit FieldTree(QWidget* parent = nullptr);

    void setModel(QAbstractItemModel* model) override;
    void setLook(const Theme& theme);
    /// Opens the innermost header and closes the others, as for a new frame.
    void expandUsual();
    /// The height at which nothing has to be scrolled.
    int fullHeight() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void fullHeightChanged();

protected:
    bool event(QEvent* event) override;
    void drawRow(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void drawBranches(QPainter*, const QRect&, const QModelIndex&) const override {}
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    void paintHeader(QPainter& painter, const QRectF& row, const QModelIndex& index) const;
    void paintField(QPainter& painter, const QRectF& row, const QModelIndex& index) const;
    void paintChevron(QPainter& painter, const QPointF& center, bool open) const;
    QRectF chevronBox(const QModelIndex& index) const;
    double indentOf(const QModelIndex& index) const;
    void measure();
    int visibleRows(const QModelIndex& parent) const;

    Theme theme_ = Theme::make(ThemeKind::Light);
    double nameWidth_ = 120;
};

} // namespace packetarium
