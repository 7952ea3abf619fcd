// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the layers view tells: which blocks, which sizes, which fields, how far each node opens a packet.
#include "tests/support/catch.h"
#include "tests/ui/layers_scene.h"

#include "ui/i18n/catalogue_parcel.h"
#include "ui/paint/layers_painter.h"

#include <algorithm>
#include <set>

namespace packetarium::layers_story_test {

using test::LayersBox;

namespace {

/// "[Ethernet 14] IP header 20 ...": blocks in brackets are not there, those with a star are framed.
std::string unitOf(const LayersStory& story)
{
    std::string text;
    for (const UnitPart& part : story.unit) {
        std::string one = std::string(labelOf(part.id, Language::English)) + " " + std::to_string(part.length);
        if (part.framed)
            one += "*";
        text += (text.empty() ? "" : ", ") + (part.there ? one : "[" + one + "]");
    }
    return text;
}

const OpenField* fieldOf(const LayersStory& story, FieldId id)
{
    const auto found = std::ranges::find_if(story.fields, [id](const OpenField& f) { return f.id == id; });
    return found == story.fields.end() ? nullptr : &*found;
}

std::size_t heightOf(const LayersStory& story, NodeId node)
{
    for (const StackNode& stack : story.nodes)
        if (stack.node == node)
            return stack.layers.size();
    return 0;
}

} // namespace

TEST_CASE("a request gets header after header, and the sizes add up", "[paint][layers]")
{
    LayersBox box(imageRequestTrace());
    // RFC 9112 §3: the request as text; 20 octets of TCP, 20 of IP, 14 + 4 of Ethernet.
    const std::size_t data = imageRequestText().size();
    REQUIRE(data == 69);
    const std::string http = "HTTP 69", tcp = "TCP 20", ip = "IPv4 20", eth = "Ethernet II 14",
                      fcs = "Frame check sequence 4";
    const auto at = [&](std::size_t act) { return LayersStory(box.atAct(act)); };

    CHECK(unitOf(at(0)) == "[" + eth + "], [" + ip + "], [" + tcp + "], " + http + "*, [" + fcs + "]");
    CHECK(at(0).sum == "69 B");
    CHECK(unitOf(at(1)) == "[" + eth + "], [" + ip + "], " + tcp + "*, " + http + ", [" + fcs + "]");
    CHECK(at(1).sum == "20 + 69 = 89 B");
    CHECK(unitOf(at(2)) == "[" + eth + "], " + ip + "*, " + tcp + ", " + http + ", [" + fcs + "]");
    CHECK(at(2).sum == "20 + 20 + 69 = 109 B");
    CHECK(at(2).title == "Adding the IP header: 20 octets");
    CHECK(unitOf(at(3)) == eth + "*, " + ip + ", " + tcp + ", " + http + ", " + fcs + "*");
    CHECK(at(3).sum == "14 + 20 + 20 + 69 + 4 = 127 B");
    CHECK(unitOf(at(4)) == eth + ", " + ip + ", " + tcp + ", " + http + ", " + fcs);
    CHECK(at(4).title == QStringLiteral("Becoming a signal: %1 bits").arg((127 + 8) * 8));

    // At the server everything comes off again, the last on first.
    const std::size_t removed = box.find(kNetServer, LayerAct::Removed, Layer::Link);
    CHECK(at(removed).sum == "20 + 20 + 69 = 109 B");
    CHECK(at(removed + 1).sum == "20 + 69 = 89 B");
    CHECK(at(removed + 2).sum == "69 B");
    CHECK(unitOf(at(removed + 2)) == "[" + eth + "], [" + ip + "], [" + tcp + "*], " + http + ", [" + fcs + "]");
}

TEST_CASE("each node's stack is as tall as it opens the packet", "[paint][layers]")
{
    LayersBox box(longWayTrace());
    const LayersStory story(box.atAct(0));
    REQUIRE(story.nodes.size() == 7);
    CHECK(story.nodes.front().node == NodeId(0));
    CHECK(story.nodes.back().node == NodeId(1));
    for (const StackNode& node : story.nodes) {
        const std::size_t tall = node.kind == NodeKind::Host     ? 5u
                                 : node.kind == NodeKind::Router ? 3u
                                 : node.kind == NodeKind::Switch ? 2u
                                                                 : 1u;
        CHECK(node.layers.size() == tall);
        CHECK(node.layers[static_cast<std::size_t>(node.top())].opened);
        CHECK(node.top() == static_cast<int>(tall) - 1);
    }
}

TEST_CASE("ARP is opened at the link layer only; what a host has above has nothing to do", "[paint][layers]")
{
    LayersBox box(miscellanyTrace());
    const LayersStory story(box.atAct(0));
    CHECK(heightOf(story, NodeId(0)) == 5);
    CHECK(story.nodes.front().top() == 1);
    CHECK_FALSE(story.nodes.front().layers[2].opened);
    // The flooded request leads to the one who took it.
    CHECK(story.nodes.back().node == NodeId(3));
    REQUIRE(fieldOf(story, FieldId::ArpTargetIp) != nullptr);
    CHECK(fieldOf(story, FieldId::ArpTargetIp)->value == "192.168.1.1");
}

TEST_CASE("the client stands at the left also when the server speaks", "[paint][layers]")
{
    LayersBox box(imageRequestTrace());
    const std::size_t answer = box.find(kNetServer, LayerAct::Made, Layer::Application);
    const LayersStory story(box.atAct(answer));
    CHECK(story.nodes.front().node == kNetClient);
    CHECK(story.nodes.back().node == kNetServer);
    CHECK(story.way.front() == story.nodes.size() - 1);
    CHECK(story.journey.startsWith(QStringLiteral("Server \u2192 Client")));
}

TEST_CASE("what a router rewrites is shown before and after, and nothing else", "[paint][layers]")
{
    LayersBox box(imageRequestTrace());
    const LayersStory story(box.atAct(box.find(kNetRouter, LayerAct::Rewritten, Layer::Internet)));
    std::set<FieldId> changed;
    for (const OpenField& field : story.fields)
        if (field.changed())
            changed.insert(field.id);
    CHECK(changed == std::set<FieldId>{FieldId::IpTtl, FieldId::IpHeaderChecksum});
    CHECK(fieldOf(story, FieldId::IpTtl)->before == "64");
    CHECK(fieldOf(story, FieldId::IpTtl)->value == "63");

    // RFC 1812 §5.3.1: TTL one less is 0x0100 less in the word it stands in, so the checksum is 0x0100 more (RFC 1624).
    const auto& before = box.trace().packets()[1];
    const auto& after = box.trace().packets()[2];
    const auto sum = [&](const PacketInfo& p) {
        const FrameBytes bytes = box.trace().bytes(p.id);
        return bytes[24] << 8 | bytes[25];
    };
    const int expected = (sum(before) + 0x0100) % 0xffff;
    CHECK(sum(after) % 0xffff == expected);
    CHECK(fieldOf(story, FieldId::IpHeaderChecksum)->before ==
          QStringLiteral("0x%1").arg(sum(before), 4, 16, QLatin1Char('0')));
    CHECK(fieldOf(story, FieldId::IpHeaderChecksum)->value ==
          QStringLiteral("0x%1 \u2713").arg(sum(after), 4, 16, QLatin1Char('0')));

    // The new frame: both MAC addresses, and so the check sequence.
    const LayersStory framed(box.atAct(box.find(kNetRouter, LayerAct::Added, Layer::Link)));
    changed.clear();
    for (const OpenField& field : framed.fields)
        if (field.changed())
            changed.insert(field.id);
    CHECK(changed == std::set<FieldId>{FieldId::EthDestination, FieldId::EthSource, FieldId::EthFcs});
    CHECK(fieldOf(framed, FieldId::EthDestination)->before == "02:00:00:00:00:11");
    CHECK(fieldOf(framed, FieldId::EthDestination)->value == "02:00:00:00:00:02");

    // At the server nothing has been rewritten.
    const LayersStory server(box.atAct(box.find(kNetServer, LayerAct::Removed, Layer::Internet)));
    CHECK(std::ranges::none_of(server.fields, [](const OpenField& f) { return f.changed(); }));
}

TEST_CASE("seven layers and four tell the same act", "[paint][layers]")
{
    LayersBox box(imageRequestTrace());
    for (std::size_t act = 0; act < box.acts.size(); ++act) {
        box.scene.layers.osi = false;
        const LayersStory four(box.atAct(act));
        box.scene.layers.osi = true;
        const LayersStory seven(box.atAct(act));
        CHECK(four.act == seven.act);
        CHECK(unitOf(four) == unitOf(seven));
        CHECK(four.here == seven.here);
        for (std::size_t n = 0; n < seven.nodes.size(); ++n) {
            const auto current = [](const StackNode& node) {
                std::set<Layer> layers;
                for (const StackLayer& layer : node.layers)
                    if (layer.current)
                        layers.insert(layer.layer());
                return layers;
            };
            CHECK(current(four.nodes[n]) == current(seven.nodes[n]));
        }
    }
    const LayersStory seven(box.atAct(0));
    REQUIRE(seven.nodes.front().layers.size() == 7);
    // ISO/IEC 7498-1's numbers, from the top.
    for (int i = 0; i < 7; ++i)
        CHECK(seven.nodes.front().layers[static_cast<std::size_t>(i)].number == i + 1);
    CHECK(seven.nodes.front().layers[6].name == "Application");
    CHECK(seven.nodes.front().layers[4].name == "Session");
    CHECK(seven.nodes.front().layers[1].name == "Data link");
    CHECK(std::ranges::count_if(seven.nodes.front().layers, [](const StackLayer& l) { return l.current; }) == 3);
}

TEST_CASE("every act has words, in both languages, and the parcel's too", "[paint][layers]")
{
    for (Trace trace : {imageRequestTrace(), longWayTrace(), miscellanyTrace()}) {
        for (const Record& r : trace.records()) {
            for (const Language language : {Language::English, Language::Chinese}) {
                const LayerWords words = layerSentence(trace, r, language);
                const ParcelWords parcel = parcelSentence(trace, r, language);
                CHECK(words.empty() == (r.kind != RecordKind::Layer));
                CHECK(parcel.text.empty() == (r.kind != RecordKind::Layer));
                CHECK(words.text.empty() == words.heading.empty());
                CHECK(words.text.find("{}") == std::string::npos);
                CHECK(words.text.find("  ") == std::string::npos);
            }
        }
    }
}

TEST_CASE("the signal is that of the frame's bytes", "[paint][layers]")
{
    LayersBox box(imageRequestTrace());
    StageScene& scene = box.atAct(4);
    const FrameBytes frame = box.trace().bytes(LayersStory(scene).packet);
    const auto at = [&](LineCode code) {
        scene.layers.lineCode = code;
        return LayersLayout(scene, {836, 560});
    };
    const LayersLayout manchester = at(LineCode::Manchester);
    REQUIRE(manchester.signal().size() == (frame.size() + 8) * 16);
    // IEEE 802.3 clause 3.2.1-2: seven octets 10101010, then 10101011, as they are sent; then the destination's first octet 0x02,
    // lowest bit first.
    for (std::size_t bit = 0; bit < 64; ++bit)
        CHECK(manchester.bitValues()[bit] == (bit % 2 == 0 || bit == 63));
    CHECK_FALSE(manchester.bitValues()[64]);
    CHECK(manchester.bitValues()[65]);
    // Clause 7.3.1.1: a 1 rises in the middle of the bit, a 0 falls.
    for (std::size_t bit = 0; bit < manchester.bitValues().size(); ++bit) {
        const int rise = manchester.signal()[2 * bit + 1] - manchester.signal()[2 * bit];
        CHECK(rise == (manchester.bitValues()[bit] ? 2 : -2));
    }
    const LayersLayout nrz = at(LineCode::Nrz);
    for (std::size_t bit = 0; bit < 80; ++bit) {
        CHECK(nrz.signal()[2 * bit] == nrz.signal()[2 * bit + 1]);
        CHECK((nrz.signal()[2 * bit] > 0) == nrz.bitValues()[bit]);
    }
    const LayersLayout mlt3 = at(LineCode::Mlt3);
    for (std::size_t bit = 1; bit < 80; ++bit) {
        const int step = mlt3.signal()[2 * bit] - mlt3.signal()[2 * bit - 1];
        CHECK(std::abs(step) == (mlt3.bitValues()[bit] ? 1 : 0));
    }
}

TEST_CASE("bits of a field stand on the wire octet by octet, lowest first", "[paint][layers]")
{
    using Stretches = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
    // IHL is the low half of the first octet of IP (octet 14): on the wire it comes first.
    CHECK(LayersLayout::onWire({PacketId(0), 14 * 8 + 4, 4}) == Stretches{{64 + 112, 64 + 116}});
    CHECK(LayersLayout::onWire({PacketId(0), 14 * 8, 4}) == Stretches{{64 + 116, 64 + 120}});
    CHECK(LayersLayout::onWire({PacketId(0), 16, 16}) == Stretches{{64 + 16, 64 + 32}});
    // 13 bits of fragment offset: the low five of octet 20, and octet 21.
    CHECK(LayersLayout::onWire({PacketId(0), 20 * 8 + 3, 13}) == Stretches{{64 + 160, 64 + 165}, {64 + 168, 64 + 176}});

    LayersBox box(imageRequestTrace());
    const LayersStory story(box.atAct(4));
    const FrameBytes frame = box.trace().bytes(story.packet);
    CHECK_FALSE(fieldOnWire(frame, story.packet, 10));
    const auto ihl = fieldOnWire(frame, story.packet, 64 + 112);
    REQUIRE(ihl);
    CHECK(*ihl == BitRange{story.packet, 14 * 8 + 4, 4});
    for (std::uint32_t bit = 64; bit < 64 + frame.size() * 8; ++bit)
        CHECK(fieldOnWire(frame, story.packet, bit));
}

TEST_CASE("a header slides on shortly before it is there, and not with reduced motion", "[paint][layers]")
{
    LayersBox box(imageRequestTrace());
    StageScene& scene = box.atAct(1);
    double moving = 0;
    CHECK(actOnStage(scene, &moving) == box.acts[1]);
    CHECK(moving == 1);
    scene.shown = box.story().shownOf(box.acts[2]) - 0.2;
    CHECK(actOnStage(scene, &moving) == box.acts[2]);
    CHECK(moving > 0.5);
    CHECK(moving < 1);
    scene.reducedMotion = true;
    CHECK(actOnStage(scene, &moving) == box.acts[1]);
    CHECK(moving == 1);
    CHECK(packetOfAct(box.beforeAll()) == PacketId());
}

} // namespace packetarium::layers_story_test
