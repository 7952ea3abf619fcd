// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/i18n/catalogue_parcel.h"

#include "ui/i18n/catalogue_words.h"

#include <array>

namespace packetarium {
namespace {

int placeInRow(OsiLayer layer)
{
    return 8 - static_cast<int>(layer);
}

Words work(OsiLayer layer)
{
    switch (layer) {
    case OsiLayer::Application:
        return {
            "The first packer takes the fragile thing from its owner, wraps it and adds a slip saying what is asked "
            "for.",
            "第一位打包员从寄件人手里接过易碎品，包好，再附上一张字条，写明要办什么事。"};
    case OsiLayer::Presentation:
        return {"The second packer writes the slip in the language both sides have agreed on, presses the air out, and "
                "locks the box if it must stay secret.",
                "第二位打包员把字条写成双方约定的语言，压掉空隙，需要保密就上锁。"};
    case OsiLayer::Session:
        return {"The third packer adds a card: which exchange this belongs to, whose turn it is, and where to go on if "
                "it breaks off.",
                "第三位打包员放进一张卡片：属于哪一次往来，轮到谁说，万一中断从哪里接着来。"};
    case OsiLayer::Transport:
        return {"The fourth packer numbers the boxes and writes which desk at the other end they are for.",
                "第四位打包员给箱子编号，并写明交给对方哪个窗口。"};
    case OsiLayer::Network:
        return {"The fifth packer sticks the full addresses of sender and receiver on the box, and never opens it.",
                "第五位打包员在箱子上贴好寄件人和收件人的完整地址，从不打开箱子。"};
    case OsiLayer::DataLink:
        return {"The sixth packer puts the box into a crate labelled for the next station only, and seals it so that "
                "damage shows.",
                "第六位打包员把箱子装进货箱，标签只写下一站，再贴上封条，损坏了一看便知。"};
    case OsiLayer::Physical:
        return {"The seventh packer loads the crate on the truck. What is in it, and for whom, is not his business.",
                "第七位打包员把货箱装上卡车。里面是什么、给谁，都与他无关。"};
    }
    return {};
}

Words undoing(OsiLayer layer)
{
    switch (layer) {
    case OsiLayer::Physical:
        return {"The truck is unloaded. The crate is handed on unopened.", "卸下卡车，货箱原样递给下一位。"};
    case OsiLayer::DataLink:
        return {"The label says this station and the seal is whole, so the crate comes off; the box inside goes on.",
                "标签写的就是本站，封条完好，于是拆掉货箱，把里面的箱子递下去。"};
    case OsiLayer::Network:
        return {"The full address is this house, so the address label comes off.",
                "完整地址就是这里，于是撕下地址标签。"};
    case OsiLayer::Transport:
        return {"The numbers tell the order of the boxes, and the desk they go to.",
                "按编号排好箱子，看清交给哪个窗口。"};
    case OsiLayer::Session: return {"The card tells which exchange this belongs to.", "看卡片就知道属于哪一次往来。"};
    case OsiLayer::Presentation:
        return {"The lock is opened, the slip read in the language agreed on.", "开锁，按约定的语言读懂字条。"};
    case OsiLayer::Application:
        return {"The last one unwraps the fragile thing and gives it to the one it is for.",
                "最后一位取出易碎品，交给收件人。"};
    }
    return {};
}

Words part(OsiLayer layer)
{
    switch (layer) {
    case OsiLayer::Application: return {"the thing itself", "物品"};
    case OsiLayer::Presentation: return {"language and lock", "语言和锁"};
    case OsiLayer::Session: return {"card of the exchange", "往来卡片"};
    case OsiLayer::Transport: return {"number and desk", "编号和窗口"};
    case OsiLayer::Network: return {"address label", "地址标签"};
    case OsiLayer::DataLink: return {"crate for the next station", "到下一站的货箱"};
    case OsiLayer::Physical: return {"truck", "卡车"};
    }
    return {};
}

OsiLayer osiOf(Layer layer)
{
    switch (layer) {
    case Layer::Physical: return OsiLayer::Physical;
    case Layer::Link: return OsiLayer::DataLink;
    case Layer::Internet: return OsiLayer::Network;
    case Layer::Transport: return OsiLayer::Transport;
    case Layer::Application: return OsiLayer::Application;
    }
    return OsiLayer::Physical;
}

struct Tale {
    Words heading, text;
};

/// On the way: stations that open the parcel only so far.
Tale onTheWay(LayerAct act, Layer layer, NodeKind kind)
{
    const Words depot{"At the transfer depot", "在中转站"};
    const Words office{"At the sorting office", "在分拣中心"};
    const Words yard{"In the yard", "在货场"};
    if (kind == NodeKind::Hub)
        return act == LayerAct::Received
                   ? Tale{yard, {"A truck drives in. Nobody here can read.", "一辆卡车开进来。这里没有人识字。"}}
                   : Tale{yard,
                          {"A truck with the same load drives out by every other gate.",
                           "其余每个大门都开出一辆装着同样货物的卡车。"}};
    if (kind == NodeKind::Switch) {
        if (act == LayerAct::Read)
            return {depot,
                    {"Only the crate's label is read, to know the gate. The crate stays shut.",
                     "只看货箱上的标签，确定走哪个门。货箱不打开。"}};
        return act == LayerAct::Received
                   ? Tale{depot, {"The truck is unloaded.", "卸下卡车。"}}
                   : Tale{depot, {"The same crate goes on the next truck.", "同一个货箱装上下一辆卡车。"}};
    }
    switch (act) {
    case LayerAct::Received: return {office, {"The truck is unloaded.", "卸下卡车。"}};
    case LayerAct::Removed:
        return {office,
                {"This was the station on the crate's label: the crate comes off and is not used again.",
                 "货箱标签写的正是这一站：货箱拆掉，不再使用。"}};
    case LayerAct::Read:
        return {office,
                {"The full address on the box is read to choose the next road. The box stays shut.",
                 "看箱子上的完整地址，决定走哪条路。箱子不打开。"}};
    case LayerAct::Rewritten:
        return {office,
                {"One stamp is crossed off: a parcel may pass so many offices and no more.",
                 "划掉一个戳：一件包裹最多经过这么多个分拣中心。"}};
    case LayerAct::Added:
        return {office,
                {"The box gets a new crate, labelled for the next station.", "箱子装进新的货箱，标签写着下一站。"}};
    case LayerAct::Signalled: return {office, {"The new crate goes on the next truck.", "新的货箱装上下一辆卡车。"}};
    case LayerAct::Made:
    case LayerAct::Delivered:
    case LayerAct::Refused: break;
    }
    static_cast<void>(layer);
    return {office, {"It goes no further.", "到此为止。"}};
}

} // namespace

std::string packerName(OsiLayer layer, Language language)
{
    static constexpr std::array<Words, 7> names{{{"1st packer", "第一位打包员"},
                                                 {"2nd packer", "第二位打包员"},
                                                 {"3rd packer", "第三位打包员"},
                                                 {"4th packer", "第四位打包员"},
                                                 {"5th packer", "第五位打包员"},
                                                 {"6th packer", "第六位打包员"},
                                                 {"7th packer", "第七位打包员"}}};
    return std::string(names[static_cast<std::size_t>(placeInRow(layer) - 1)].in(language));
}

std::string_view packerWork(OsiLayer layer, Language language)
{
    return work(layer).in(language);
}

std::string_view unpackerWork(OsiLayer layer, Language language)
{
    return undoing(layer).in(language);
}

std::string_view parcelPart(OsiLayer layer, Language language)
{
    return part(layer).in(language);
}

ParcelWords parcelSentence(const Trace& trace, const Record& record, Language language)
{
    if (record.kind != RecordKind::Layer || !record.host || !record.packet)
        return {};
    const NodeKind kind = trace.nodes()[record.host.value()].kind;
    const OsiLayer layer = osiOf(record.layer());
    const PacketInfo& packet = trace.packet(record.packet);
    const bool arriving = packet.to == record.host;
    if (record.layerAct() == LayerAct::Refused)
        return {
            packerName(layer, language),
            std::string(Words{"Something is wrong with the label, the seal or the address: the parcel is put aside.",
                              "标签、封条或地址不对：包裹被放到一边。"}
                            .in(language))};
    const bool passing =
        kind == NodeKind::Hub || kind == NodeKind::Switch ||
        (kind == NodeKind::Router &&
         (arriving ? record.layer() <= Layer::Link || record.layerAct() == LayerAct::Read : bool(packet.parent)));
    if (passing) {
        const Tale tale = onTheWay(record.layerAct(), record.layer(), kind);
        return {std::string(tale.heading.in(language)), std::string(tale.text.in(language))};
    }
    // One act of the real thing, three packers: TCP/IP has one layer where OSI has three.
    if (record.layerAct() == LayerAct::Made)
        return {std::string(Words{"Packers 1 to 3", "第一到第三位打包员"}.in(language)),
                std::string(
                    Words{"The first wraps the fragile thing, the second writes the slip in the language agreed on and "
                          "locks the box, the third adds the card of the exchange.",
                          "第一位包好易碎品，第二位按约定的语言写字条、上锁，第三位放进往来卡片。"}
                        .in(language))};
    if (record.layerAct() == LayerAct::Delivered)
        return {std::string(Words{"The last three", "最后三位"}.in(language)),
                std::string(
                    Words{"The card is read, the lock opened, and the fragile thing unwrapped for the one it is for.",
                          "看过卡片，打开锁，取出易碎品，交给收件人。"}
                        .in(language))};
    return {packerName(layer, language),
            std::string(arriving ? unpackerWork(layer, language) : packerWork(layer, language))};
}

} // namespace packetarium
