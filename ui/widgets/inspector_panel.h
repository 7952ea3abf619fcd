// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is selected, in full. A packet: its fields by layer and its bytes,
// linked both ways. A state, an edge, an end, a timer: a card in words. With
// nothing selected, the packet sent last; before the first, what can be clicked.

#include "ui/models/field_model.h"
#include "ui/widgets/panel.h"

#include <optional>

class QLabel;

namespace packetarium {

class DetailCard;
class FieldTree;
class HexView;
class TextBlock;

class InspectorPanel : public Panel {
    Q_OBJECT
public:
    explicit InspectorPanel(Session* session, QWidget* parent = nullptr);

    FieldModel& model() const { return *model_; }
    FieldTree& tree() const { return *tree_; }
    HexView& bytes() const { return *bytes_; }

protected:
    void restyle() override;
    void refresh() override;

private:
    struct Shown {
        PacketId packet;
        int run = -1;
        NumberStyle numbers{};
        Language language{};
        bool operator==(const Shown&) const = default;
    };
    void showPacket(const PacketInfo& packet, bool selected);
    void showFrame(const PacketInfo& packet);
    QString journeyOf(const PacketInfo& packet) const;
    FieldContext contextFor(const PacketInfo& packet) const;
    void fieldChosen();
    void followPacket();
    void tellPicked(); ///< the session: the row that is current now
    void showPicked(); ///< what the session says is picked
    void byteChosen(std::uint32_t byte);
    void mark();

    FieldModel* model_;
    QLabel* title_;
    QLabel* badge_;
    TextBlock* journey_;
    FieldTree* tree_;
    HexView* bytes_;
    DetailCard* card_;
    TextBlock* hint_;
    std::optional<Shown> shown_;
    int run_ = 0;
    bool linking_ = false; ///< one side follows the other: don't answer
};

} // namespace packetarium
