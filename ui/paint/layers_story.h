// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the layers view tells at an instant, without any geometry: the act on
// stage (a record of kind Layer), the way of its packet from node to node, how
// far each node opens it, the unit block by block, and the header that is
// opened into its fields, each as it was before where a router rewrote it.

#include "ui/i18n/catalogue_layers.h"
#include "ui/i18n/field_words.h"
#include "ui/paint/stage_scene.h"

#include <map>

namespace packetarium {

/// In Selection::index of kind Layer, OSI's two layers that TCP/IP has not: behind the values of Layer.
constexpr int kSessionIndex = 5, kPresentationIndex = 6;

constexpr std::size_t kNoAct = static_cast<std::size_t>(-1);

struct StackLayer {
    OsiLayer osi{};
    int index = 0;  ///< for Selection: a Layer, kSessionIndex or kPresentationIndex
    int number = 0; ///< in the model shown; 0: none (the cable in TCP/IP)
    QString name, protocol;
    bool opened = true;   ///< this packet gets so far here; otherwise the layer is there, and has nothing to do
    bool current = false; ///< the act is here
    bool done = false;    ///< something happened here before, to this packet on its way
    Layer layer() const { return tcpIpLayer(osi); }
};

struct StackNode {
    NodeId node;
    NodeKind kind{};
    int side = 2; ///< 0 client, 1 server, 2 neither
    QString label;
    std::vector<StackLayer> layers; ///< upwards, physical first
    int top() const;                ///< index of the highest one opened
};

/// A piece of the frame: a header, data, padding, the check sequence.
struct UnitPart {
    FieldId id{};
    Layer layer{};
    QString name;
    std::uint32_t offset = 0, length = 0; ///< octets of the frame
    bool there = false;                   ///< part of the unit now
    bool framed = false;                  ///< the act is about it
};

struct OpenField {
    FieldId id{};
    Layer layer{};
    BitRange bits;
    QString name, value, meaning, explanation;
    QString before; ///< what it said in the frame that came in, if that is something else
    FieldText::Tone tone = FieldText::Tone::Plain;
    int weight = 0; ///< where room is short, higher ones stay
    bool changed() const { return !before.isEmpty(); }
};

struct LayersStory {
    /// `openPicked`: the header in which a field is picked is opened instead of the act's.
    explicit LayersStory(const StageScene& scene, bool openPicked = false);

    std::size_t act = kNoAct; ///< record; kNoAct: nothing has been told yet, or nothing ever is
    Record record;
    PacketId packet;
    std::vector<StackNode> nodes;  ///< the client's side first
    std::vector<PacketId> hops;    ///< the packet's on each cable, from the maker on
    std::vector<std::size_t> way;  ///< nodes in the order in which they are passed: indices into nodes
    std::size_t here = 0;          ///< where on the way the act is
    bool arriving = false;         ///< the act is about what came in, not about what goes out
    std::vector<UnitPart> unit;    ///< outermost first, the check sequence last
    std::uint32_t unitSize = 0;    ///< octets of the unit now
    std::vector<OpenField> fields; ///< of the header the act is about, or of the one in which a field is picked
    std::size_t openPart = 0;      ///< of the unit: the (first) one whose fields these are
    Layer openLayer = Layer::Link;
    QString title, sum;            ///< "Adding the IP header: 20 octets", "20 + 20 + 78 = 118 B"
    QString journey;               ///< "Client → Server · GET /image.png"
    std::size_t previous = kNoAct; ///< the act before, of the same journey
    bool hasLayers = false;        ///< the run has layer records at all

    bool physical() const { return act != kNoAct && record.layer() == Layer::Physical; }

private:
    void findWay(const StageScene& scene);
    void buildStacks(const StageScene& scene);
    void buildUnit(const StageScene& scene, const std::vector<Field>& tree);
    void openHeader(const StageScene& scene, const std::vector<Field>& tree, bool openPicked);
    void say(const StageScene& scene);
    QString partName(const Field& node, ByteView frame, Language language) const;
};

/// The act that is on stage, a record's index, or kNoAct: the last one told, or the one that is being told now, which `moving` (0..1)
/// says how far; 1 when it has been.
std::size_t actOnStage(const StageScene& scene, double* moving = nullptr);
/// The packet of the act on stage, or none.
PacketId packetOfAct(const StageScene& scene);

} // namespace packetarium
