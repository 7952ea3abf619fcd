// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The bytes of one frame as a tree for people: what each field is called, what
// it says, and what that means ("HTTP", "dynamic", "x + 1", "✓ good"). The
// innermost header comes first, as on the inspector. Built from
// core/wire/fields.h; which bits a row stands for is a role of its first
// column, so that rows and bytes can be linked both ways.

#include "ui/i18n/field_words.h"

#include <QAbstractItemModel>
#include <vector>

namespace packetarium {

class FieldModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { NameColumn, ValueColumn, MeaningColumn, ColumnCount };
    enum Role {
        IsHeaderRole = Qt::UserRole + 1, ///< bool: a header, not a field
        LayerRole,                       ///< int: Layer
        BitOffsetRole,
        BitLengthRole, ///< from the frame's first bit
        FieldIdRole,   ///< int: FieldId
        ToneRole,      ///< int: FieldText::Tone of the meaning
    };

    explicit FieldModel(QObject* parent = nullptr);

    /// Takes the frame apart. The same bytes again only change the words: rows and what is expanded stay.
    void setFrame(ByteView frame, FieldContext context);
    void clear();
    ByteView frame() const { return frame_; }
    /// The row for a header, or an invalid index.
    QModelIndex headerIndex(FieldId header) const;
    /// The smallest field that holds the whole of this byte, else the first one that begins in it.
    QModelIndex indexForByte(std::uint32_t byte) const;
    QModelIndex indexForField(FieldId id) const;
    /// The field of exactly these bits, else the smallest that holds them all, else an invalid index.
    QModelIndex indexForBits(std::uint32_t offset, std::uint32_t length) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Node {
        Field field; ///< its children are nodes of their own
        FieldText text;
        int parent = -1; ///< -1: a top row
        int row = 0;
        std::vector<int> children;
    };
    int add(const Field& field, int parent, int row);
    void describe();
    const Node* nodeAt(const QModelIndex& index) const;
    QModelIndex indexOf(int node) const;
    QString spoken(const Node& node) const;

    Bytes frame_;
    FieldContext context_;
    std::vector<Field> fields_;
    std::vector<Node> nodes_;
    std::vector<int> top_;
};

} // namespace packetarium
