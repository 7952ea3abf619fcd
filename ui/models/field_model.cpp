// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/field_model.h"

#include "ui/i18n/from_utf8.h"

#include <algorithm>

namespace packetarium {
FieldModel::FieldModel(QObject* parent)
    : QAbstractItemModel(parent)
{}

void FieldModel::setFrame(ByteView frame, FieldContext context)
{
    context_ = std::move(context);
    if (!nodes_.empty() && std::ranges::equal(frame, frame_)) {
        describe();
        for (std::size_t i = 0; i < nodes_.size(); ++i) {
            const QModelIndex first = indexOf(static_cast<int>(i));
            emit dataChanged(first, first.siblingAtColumn(MeaningColumn));
        }
        return;
    }
    beginResetModel();
    frame_.assign(frame.begin(), frame.end());
    nodes_.clear();
    top_.clear();
    std::vector<Field> fields = dissect(frame_);
    std::ranges::reverse(fields); // innermost first
    for (std::size_t i = 0; i < fields.size(); ++i)
        top_.push_back(add(fields[i], -1, static_cast<int>(i)));
    fields_ = std::move(fields);
    describe();
    endResetModel();
}

void FieldModel::clear()
{
    if (nodes_.empty() && frame_.empty())
        return;
    beginResetModel();
    frame_.clear();
    nodes_.clear();
    top_.clear();
    fields_.clear();
    endResetModel();
}

int FieldModel::add(const Field& field, int parent, int row)
{
    const int self = static_cast<int>(nodes_.size());
    Node node;
    node.field = {field.id, field.layer, field.bitOffset, field.bitLength, field.value, {}};
    node.parent = parent;
    node.row = row;
    nodes_.push_back(std::move(node));
    std::vector<int> children;
    for (std::size_t i = 0; i < field.children.size(); ++i)
        children.push_back(add(field.children[i], self, static_cast<int>(i)));
    nodes_[static_cast<std::size_t>(self)].children = std::move(children);
    return self;
}

void FieldModel::describe()
{
    for (Node& node : nodes_)
        node.text = fieldText(node.field, frame_, context_);
    for (std::size_t i = 0; i < top_.size(); ++i)
        nodes_[static_cast<std::size_t>(top_[i])].text.meaning = headerSizeText(fields_[i], context_.language);
}

QModelIndex FieldModel::headerIndex(FieldId header) const
{
    for (const int node : top_)
        if (nodes_[static_cast<std::size_t>(node)].field.id == header)
            return indexOf(node);
    return {};
}

QModelIndex FieldModel::indexForField(FieldId id) const
{
    for (std::size_t i = 0; i < nodes_.size(); ++i)
        if (nodes_[i].field.id == id)
            return indexOf(static_cast<int>(i));
    return {};
}

QModelIndex FieldModel::indexForBits(std::uint32_t offset, std::uint32_t length) const
{
    int smallest = -1;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
        const Field& field = nodes_[i].field;
        if (field.bitOffset <= offset && field.bitOffset + field.bitLength >= offset + length && length > 0 &&
            (smallest < 0 || field.bitLength < nodes_[static_cast<std::size_t>(smallest)].field.bitLength))
            smallest = static_cast<int>(i);
    }
    return smallest < 0 ? QModelIndex() : indexOf(smallest);
}

QModelIndex FieldModel::indexForByte(std::uint32_t byte) const
{
    const std::uint32_t from = byte * 8;
    const std::uint32_t to = from + 8;
    int smallest = -1;
    int beginning = -1;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
        const Field& field = nodes_[i].field;
        const std::uint32_t end = field.bitOffset + field.bitLength;
        const bool isTop = nodes_[i].parent < 0;
        if (field.bitOffset <= from && end >= to &&
            (smallest < 0 || field.bitLength <= nodes_[static_cast<std::size_t>(smallest)].field.bitLength))
            smallest = static_cast<int>(i);
        if (beginning < 0 && !isTop && field.bitOffset < to && end > from)
            beginning = static_cast<int>(i);
    }
    // A header holds every byte of its own; one of its fields says more, even if it holds only part of the byte.
    if (smallest >= 0 && nodes_[static_cast<std::size_t>(smallest)].parent < 0 && beginning >= 0)
        smallest = beginning;
    return smallest < 0 ? QModelIndex() : indexOf(smallest);
}

const FieldModel::Node* FieldModel::nodeAt(const QModelIndex& index) const
{
    return index.isValid() ? &nodes_[index.internalId()] : nullptr;
}

QModelIndex FieldModel::indexOf(int node) const
{
    return createIndex(nodes_[static_cast<std::size_t>(node)].row, NameColumn, static_cast<quintptr>(node));
}

QModelIndex FieldModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    const Node* above = nodeAt(parent);
    const std::vector<int>& rows = above ? above->children : top_;
    return createIndex(row, column, static_cast<quintptr>(rows[static_cast<std::size_t>(row)]));
}

QModelIndex FieldModel::parent(const QModelIndex& child) const
{
    const Node* node = nodeAt(child);
    return !node || node->parent < 0 ? QModelIndex() : indexOf(node->parent);
}

int FieldModel::rowCount(const QModelIndex& parent) const
{
    if (parent.column() > 0)
        return 0;
    const Node* node = nodeAt(parent);
    return static_cast<int>(node ? node->children.size() : top_.size());
}

int FieldModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

QString FieldModel::spoken(const Node& node) const
{
    QString said = fromUtf8(labelOf(node.field.id, context_.language));
    if (!node.text.value.isEmpty())
        said += QStringLiteral(": ") + node.text.value;
    if (!node.text.meaning.isEmpty())
        said += QStringLiteral(", ") + node.text.meaning;
    return said;
}

QVariant FieldModel::data(const QModelIndex& index, int role) const
{
    const Node* node = nodeAt(index);
    if (!node)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == NameColumn    ? fromUtf8(labelOf(node->field.id, context_.language))
               : index.column() == ValueColumn ? node->text.value
                                               : node->text.meaning;
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole: return fromUtf8(explain(node->field.id, context_.language));
    case Qt::AccessibleTextRole: return index.column() == NameColumn ? spoken(*node) : QVariant();
    case IsHeaderRole: return node->parent < 0;
    case LayerRole: return static_cast<int>(node->field.layer);
    case BitOffsetRole: return node->field.bitOffset;
    case BitLengthRole: return node->field.bitLength;
    case FieldIdRole: return static_cast<int>(node->field.id);
    case ToneRole: return static_cast<int>(node->text.tone);
    default: return {};
    }
}

QVariant FieldModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == NameColumn ? tr("Field") : section == ValueColumn ? tr("Value") : tr("Meaning");
}

} // namespace packetarium
