// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A paint device that writes down where every text goes, as it is really
// drawn (ink, turned and scaled as the painter was), and what opaque plates
// are laid over texts afterwards.

#include <QPaintDevice>
#include <QPaintEngine>
#include <QPolygonF>
#include <QString>
#include <memory>
#include <vector>

namespace packetarium::test {

struct RecordedText {
    QPolygonF ink;
    QString text;
    QColor colour;
    bool covered = false; ///< by a plate that was laid over it afterwards
};

class TextRecorder : public QPaintDevice {
public:
    explicit TextRecorder(QSize size);
    ~TextRecorder() override;
    QPaintEngine* paintEngine() const override;

    const std::vector<RecordedText>& texts() const;
    /// Each pair of texts that share ink area, and each text that a plate covers: one line per finding, for a failing test. What is
    /// written once more at the same place stands there once.
    std::vector<std::string> collisions() const;

protected:
    int metric(PaintDeviceMetric metric) const override;

private:
    class Engine;
    QSize size_;
    std::unique_ptr<Engine> engine_;
};

} // namespace packetarium::test
