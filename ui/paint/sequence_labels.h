// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Finds a place for the words of every packet, so that no text covers another.

#include "ui/paint/sequence_layout.h"

namespace packetarium {

/// What a packet is, for its label: "DNS" and "A? www.example.com".
struct PacketTitle {
    QString protocol, words;
    bool isEmpty() const { return protocol.isEmpty(); }
};
/// Of anything but a TCP segment that begins no message: that one is told by its flags and numbers. Between two hosts, who
/// speak TCP, every segment is.
PacketTitle titleOf(const StageScene& scene, const PacketInfo& packet);

class LabelPlacer {
public:
    LabelPlacer(const SequenceLayout& layout, SequencePart& part, int number);
    void place();
    /// Whose label travels; once the neighbours have their words.
    void chooseCapsules();

private:
    /// From everything worth saying (0) to the flags alone (3).
    static constexpr int kForms = 4;
    static constexpr int kFlagsOnly = 3;

    PacketLabel wording(int index, int form) const;
    bool wasShutBefore(const PacketInfo& p) const;
    void sayTcp(PacketLabel& label, const PacketInfo& packet, int form) const;
    void sayTitle(PacketLabel& label, int index, int form) const;
    void placeNotes();
    void placeNote(ArrowNote note, const QStringList& wordings);
    void layTravels(const std::vector<int>& order);
    void placeLabel(int index);
    bool travelsFreely(int index) const;
    bool meetsOther(int a, int b) const;
    bool insideLadder(const TurnedBox& box) const;
    bool isNamedByFlags(int index) const;
    double travelEnd(int index) const;

    // Arrows are meant by their place in the part.
    const LadderArrow& model(int place) const;
    SequenceArrow& arrow(int place) const { return part_.arrows[static_cast<std::size_t>(place)]; }
    int idOf(int place) const { return part_.ids[static_cast<std::size_t>(place)]; }

    const SequenceLayout& layout_;
    SequencePart& part_;
    int number_;
    const StageScene& scene_;
    std::vector<PacketTitle> titles_; ///< by arrow; empty for a bare TCP segment
    BoxIndex lines_;                  ///< the arrows themselves, by place
    BoxIndex travels_;                ///< where travelling labels pass
};

Role flagRole(const PacketInfo& packet);
/// "SYN,ACK"; "-" for none.
QString flagText(const PacketInfo& packet);

} // namespace packetarium
