// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The hand that makes a WindowsPlan; for windows_*.cpp only.

#include "ui/paint/primitives.h"
#include "ui/paint/windows_plan.h"

namespace packetarium {

/// How a stretch looks. Hatching tells them apart without colour.
struct StretchLook {
    QColor fill, border, ink;
    bool dashed = false;
    WindowsShape::Hatch hatch = WindowsShape::Hatch::None;
    QColor hatchInk{};
};

class WindowsPlanner {
public:
    WindowsPlanner(const StageScene& scene, const WindowsLayout& layout, const WindowsLook& look);
    WindowsPlan make();

private:
    // windows_plan.cpp: the whole, the lines above and below, the legend
    ConnId pickedConn() const;
    void planEmpty();
    void placePanels();
    void layOut(WindowsPanel& panel, const QRectF& box);
    void planFolded(const WindowsPanel& panel);
    void planPanel(const WindowsPanel& panel);
    void planHeader(const WindowsPanel& panel);
    void planReceiverLine(const WindowsPanel& panel);
    void planGutter(const WindowsPanel& panel);
    void planLegend(const QRectF& box);
    struct Word {
        QString text;
        TextStyle style = TextStyle::Small;
        QColor ink, fill, border; ///< fill valid: a chip
        Selection what;
        QString name, description; ///< of the item; no name: it is not one
    };
    void flow(const QRectF& box, int lines, const std::vector<Word>& words);

    // windows_rulers.cpp: stretches, marks, the axis
    void planRulers(const WindowsPanel& panel);
    struct Mark {
        WindowPart part;
        std::int64_t offset;
        Seq32 number;
    };
    void planMarks(const WindowsPanel& panel, const QRectF& ruler, std::vector<Mark> marks, NodeId host, bool above);
    void planMark(const WindowsPanel& panel, const QRectF& ruler, const std::vector<Mark>& together, NodeId host,
                  bool above, double nextX);
    void drawMark(const WindowsPanel& panel, const QRectF& ruler, const Mark& mark, bool above);
    void planAxis(const WindowsPanel& panel);
    struct Stretch {
        WindowPart part;
        std::int64_t from, to; ///< offsets
    };
    std::vector<Stretch> sendStretches(const WindowsPanel& panel) const;
    std::vector<Stretch> receiveStretches(const WindowsPanel& panel) const;
    void planStretches(const WindowsPanel& panel, const QRectF& ruler, const std::vector<Stretch>& stretches,
                       std::optional<Seq32> finNumber, NodeId host);

    // windows_flight.cpp: what is between the rulers
    void planFlight(const WindowsPanel& panel);
    void planSegment(const WindowsPanel& panel, const SegmentOnWay& segment, bool lost);
    struct Beside {
        QRectF bar;
        QColor ink;
        QStringList candidates;
        bool special; ///< it is not an ordinary one: the words are never left out for want of order
    };
    void planBesides(const WindowsPanel& panel, std::size_t crowd);
    void planAck(const WindowsPanel& panel, const SegmentOnWay& segment, bool lost);

    // Small things
    const WindowDirection& directionOf(const WindowsPanel& panel) const
    {
        return plan_.moment->directions[static_cast<std::size_t>(panel.direction)];
    }
    int sideOf(NodeId host) const; ///< 0 the client's, 1 the server's
    QString hostName(NodeId host) const;
    std::string hostText(NodeId host) const { return hostName(host).toStdString(); }
    QString number(NodeId sender, Seq32 n) const;
    std::int64_t offsetOf(const WindowDirection& direction, Seq32 n) const;
    StretchLook lookOf(WindowPart part, int side) const;
    QColor color(Role role) const { return scene_.theme.color(role); }
    double px(double p) const { return scene_.theme.px(p); }
    double rowHeight() const { return row_; }
    Selection part(WindowPart part, NodeId host) const;
    bool isMeant(const Selection& what) const { return scene_.selection == what || scene_.hover == what; }
    void outline(const QRectF& box, const Selection& what, double radius);
    /// Places a text if it touches no other; `plate` as in WindowsText.
    bool place(TextStyle style, const QColor& colour, const QRectF& box, int alignment, const QString& text,
               const QColor& plate = {});
    bool isFree(const QRectF& box) const;
    void take(const QRectF& box) { taken_.push_back(box); }
    void line(QPointF a, QPointF b, const QColor& colour, double width, bool dashed = false);
    void item(const Selection& what, const QRectF& box, const QString& name, const QString& description);
    QString timeLeft(const TimerMoment& timer) const;

    const StageScene& scene_;
    const WindowsLayout& layout_;
    const WindowsLook& look_;
    const TextRuler& ruler_;
    const Language language_;
    double row_ = 0; ///< the height of a line of small text
    int headerLines_ = 2;
    WindowsPlan plan_;
    std::array<bool, kWindowPartCount> drawn_{}; ///< on the rulers
    std::vector<QRectF> taken_;                  ///< by texts, and what they must not touch
    std::vector<Beside> besides_;
};

} // namespace packetarium
