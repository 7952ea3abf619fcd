// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A pill of two or more choices of which one is on: 中 | EN, Client | Server.
// Each choice is a radio button in everything but its looks, so that the arrow
// keys move between them and a screen reader reads them.

#include <QWidget>
#include <vector>

class QButtonGroup;

namespace packetarium {

class SegmentedSwitch : public QWidget {
    Q_OBJECT
public:
    struct Segment {
        QString text;
        QString spokenName; ///< for screen readers; empty: the text
        QString toolTip;
        bool operator==(const Segment&) const = default;
    };

    explicit SegmentedSwitch(QWidget* parent = nullptr);

    /// Keeps the current index where there still is such a segment. Same texts: nothing happens.
    void setSegments(const std::vector<Segment>& segments);
    int count() const;
    int currentIndex() const;
    /// Emits nothing.
    void setCurrentIndex(int index);
    void setCompact(bool on);

signals:
    /// The user chose.
    void chosen(int index);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QButtonGroup* group_;
    std::vector<Segment> segments_;
    bool compact_ = false;
};

} // namespace packetarium
