// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The card beside a node that is selected: its addresses and its tables as
// they are at the instant shown, the rows just used lit up. It never gets
// smaller than the theme's type size, however small the sheet's scale is.

#include "ui/paint/network_moment.h"

class QPainter;

namespace packetarium {

class NetworkCard {
public:
    /// Nothing is open where the selection opens no node.
    NetworkCard(const StageScene& scene, const NetworkLayout& layout);

    bool isOpen() const { return static_cast<bool>(node_); }
    NodeId node() const { return node_; }
    struct Row {
        std::vector<QString> cells;
        std::size_t rowIndex = 0;
        bool lit = false, missed = false, added = false;
        QRectF box; ///< on the card's own scale
        QString spoken;
    };
    // In the picture's coordinates.
    QRectF box() const { return onPicture(box_); }
    QRectF boxOf(const Row& row) const { return onPicture(row.box); }
    struct Table {
        TableKind kind{};
        std::size_t all = 0; ///< rows, also those for which there is no room
        QString title;
        std::vector<QString> heads;
        std::vector<double> widths; ///< of columns
        std::vector<Row> rows;
        QString after; ///< "12 more", "no rows yet"
        double top = 0;
    };
    const std::vector<Table>& tables() const { return tables_; }
    void paint(QPainter& p) const;
    /// The row's index in Trace::tableRows(), or -1.
    int rowAt(QPointF at) const;

private:
    void fill();
    void limitRows(double room);
    void limitWidth(double room);
    void arrange();
    QRectF onPicture(const QRectF& box) const { return {box.topLeft() * scale_, box.size() * scale_}; }
    double tablesHeight() const;
    double headHeight() const;

    const StageScene& scene_;
    const NetworkLayout& layout_;
    NodeId node_;
    QString title_, kind_;
    std::vector<QString> lines_; ///< addresses
    std::vector<Table> tables_;
    double scale_ = 1;
    QSizeF picture_; ///< on the card's own scale, as are the next two
    double width_ = 0;
    QRectF box_;
};

} // namespace packetarium
