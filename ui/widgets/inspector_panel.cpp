// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/inspector_panel.h"

#include "ui/widgets/byte_view.h"
#include "ui/widgets/detail_card.h"
#include "ui/widgets/field_tree.h"
#include "ui/widgets/text_block.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace packetarium {

InspectorPanel::InspectorPanel(Session* session, QWidget* parent)
    : Panel(session, parent)
    , model_(new FieldModel(this))
    , title_(new QLabel(this))
    , badge_(new QLabel(this))
    , journey_(new TextBlock(this))
    , tree_(new FieldTree(this))
    , bytes_(new HexView(this))
    , card_(new DetailCard(this))
    , hint_(new TextBlock(this))
{
    auto* head = new QHBoxLayout;
    head->addWidget(title_, 1);
    head->addWidget(badge_);
    badge_->setAlignment(Qt::AlignCenter);
    badge_->setAutoFillBackground(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addLayout(head);
    column->addWidget(journey_);
    column->addWidget(tree_);
    column->addWidget(bytes_);
    column->addWidget(card_);
    column->addWidget(hint_);
    column->addStretch(1);
    tree_->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    bytes_->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);

    tree_->setModel(model_);
    connect(tree_->selectionModel(), &QItemSelectionModel::currentChanged, this, &InspectorPanel::fieldChosen);
    connect(bytes_, &HexView::bytePicked, this, &InspectorPanel::byteChosen);
    connect(session, &Session::runChanged, this, [this] { ++run_; });
    connect(session, &Session::fieldChanged, this, &InspectorPanel::showPicked);
    start();
}

void InspectorPanel::restyle()
{
    const Theme now = theme();
    const auto color = [](QWidget* widget, const QColor& ink) {
        QPalette colors = widget->palette();
        colors.setColor(QPalette::WindowText, ink);
        widget->setPalette(colors);
    };
    QFont strong = now.font(TextStyle::Small);
    strong.setWeight(QFont::DemiBold);
    title_->setFont(strong);
    color(title_, now.color(Role::Muted));
    badge_->setFont(strong);
    color(badge_, now.color(Role::Ink));
    badge_->setMinimumHeight(static_cast<int>(now.px(22)));
    journey_->setLook(now.font(TextStyle::Small), now.color(Role::Muted));
    hint_->setLook(now.font(TextStyle::Body), now.color(Role::Muted));
    tree_->setLook(now);
    bytes_->setLook(now);
    card_->setLook(now);

    hint_->setText(tr(
        "Click a segment, a state, an arrow between states, an end or a running timer: what it says is shown here."));
    tree_->setAccessibleName(tr("Fields"));
    tree_->setAccessibleDescription(
        tr("The headers of the frame, field by field. The field chosen here is marked among the bytes."));
    bytes_->setAccessibleName(tr("Bytes"));
    bytes_->setToolTip(tr("Click a byte to find its field. Ctrl+C copies."));
    setAccessibleName(tr("Inspector"));
    shown_.reset(); // the fields' words too
}

void InspectorPanel::refresh()
{
    Detail detail = session().hasRun() ? detailOf(session(), session().selection()) : Detail{};
    // The states view is about edges: with nothing selected, the one just taken.
    const bool nothingSelected = session().selection().kind == Selection::Kind::None;
    if (nothingSelected && session().hasRun() && session().stopView() == StopView::States)
        detail = lastEdgeOf(session());
    const PacketId id = inspectedPacket(session());
    const bool hasPacket = static_cast<bool>(id);
    journey_->setVisible(hasPacket);
    tree_->setVisible(hasPacket);
    bytes_->setVisible(hasPacket);
    badge_->setVisible(hasPacket);
    card_->setVisible(!hasPacket && !detail.empty());
    hint_->setVisible(!hasPacket && detail.empty());
    if (hasPacket) {
        showPacket(session().trace().packet(id), session().selection().kind == Selection::Kind::Packet);
        return;
    }
    shown_.reset();
    model_->clear();
    title_->setText(detail.empty() ? tr("Inspector") : detail.title);
    card_->setDetail(detail);
}

void InspectorPanel::showPacket(const PacketInfo& packet, bool selected)
{
    const bool onStage = !selected && session().stopView() == StopView::Layers;
    title_->setText(selected ? tr("Selected packet") : onStage ? tr("Packet on stage") : tr("Latest packet"));
    badge_->setText(packetName(packet));
    journey_->setText(journeyOf(packet));
    const Shown wanted{packet.id, run_, session().numberStyle(), session().language()};
    if (shown_ != wanted) {
        shown_ = wanted;
        showFrame(packet);
    }
}

void InspectorPanel::showFrame(const PacketInfo& packet)
{
    // The same field stays chosen from packet to packet, so that one can follow it while stepping.
    const QModelIndex current = tree_->currentIndex();
    const QVariant chosen = current.isValid() ? current.siblingAtColumn(0).data(FieldModel::FieldIdRole) : QVariant();
    bool fresh = false;
    const auto reset = connect(model_, &QAbstractItemModel::modelReset, this, [&fresh] { fresh = true; });
    linking_ = true;
    const FrameBytes frame = session().trace().bytes(packet.id);
    model_->setFrame(frame, contextFor(packet));
    disconnect(reset);
    if (!fresh) {
        linking_ = false;
        followPacket();
        return;
    }
    bytes_->setBytes(model_->frame());
    std::vector<HexView::LayerRun> layers;
    for (int row = 0; row < model_->rowCount(); ++row) {
        const QModelIndex top = model_->index(row, 0);
        layers.push_back({top.data(FieldModel::BitOffsetRole).toUInt() / 8,
                          top.data(FieldModel::BitLengthRole).toUInt() / 8,
                          static_cast<Layer>(top.data(FieldModel::LayerRole).toInt())});
    }
    bytes_->setLayers(std::move(layers));
    tree_->expandUsual();
    const QModelIndex again =
        chosen.isValid() ? model_->indexForField(static_cast<FieldId>(chosen.toInt())) : QModelIndex();
    if (again.isValid())
        tree_->setCurrentIndex(again);
    linking_ = false;
    followPacket();
    mark();
}

void InspectorPanel::followPacket()
{
    // What was picked in another packet is picked in this one, if it has such a field.
    const std::optional<BitRange>& picked = session().field();
    if (!picked)
        return;
    if (picked->packet == shown_->packet)
        showPicked();
    else if (tree_->currentIndex().isValid())
        tellPicked();
}

QString InspectorPanel::journeyOf(const PacketInfo& packet) const
{
    const Language language = session().language();
    const SimTime now = session().now();
    QString state;
    if (now < packet.sentAt)
        state = tr("not sent yet");
    else if (now < packet.endAt || packet.fate == Fate::InFlight)
        state = fromUtf8(labelOf(Fate::InFlight, language));
    else
        state = fromUtf8(labelOf(packet.fate, language));
    for (const PacketMoment& flying : session().moment().inFlight)
        if (flying.id == packet.id && flying.held)
            state = tr("held");
    if (packet.fate == Fate::Lost && now >= packet.endAt)
        state += QStringLiteral(": ") + fromUtf8(labelOf(packet.lossReason, language));
    return tr("%1 \u2192 %2 \u00b7 %3").arg(session().hostLabel(packet.from), session().hostLabel(packet.to), state);
}

FieldContext InspectorPanel::contextFor(const PacketInfo& packet) const
{
    FieldContext context;
    context.language = session().language();
    const NumberStyle style = session().numberStyle();
    const auto inStyle = [style](const std::string& number) {
        const QString text = QString::fromStdString(number);
        // Raw is what the value says already.
        return style == NumberStyle::Raw || text.isEmpty() ? QString()
               : style == NumberStyle::Relative            ? tr("relative %1").arg(text)
                                                           : text;
    };
    context.sequence = inStyle(session().symbols().packetSeq(packet, style));
    context.acknowledgment = inStyle(session().symbols().packetAck(packet, style));
    const auto nodes = session().trace().nodes();
    std::vector<QString> labels;
    for (std::size_t i = 0; i < nodes.size(); ++i)
        labels.push_back(session().hostLabel(NodeId(static_cast<std::uint8_t>(i))));
    context.hostOf = [nodes, labels](const IpAddress& address) { return labelOfAddress(nodes, labels, address); };
    context.hostOfMac = [nodes, labels](const MacAddress& address) { return labelOfAddress(nodes, labels, address); };
    return context;
}

void InspectorPanel::fieldChosen()
{
    if (linking_)
        return;
    mark();
    tellPicked();
}

void InspectorPanel::tellPicked()
{
    const QModelIndex current = tree_->currentIndex().siblingAtColumn(0);
    if (!shown_ || !current.isValid())
        return;
    linking_ = true;
    session().selectField(BitRange{shown_->packet, current.data(FieldModel::BitOffsetRole).toUInt(),
                                   current.data(FieldModel::BitLengthRole).toUInt()});
    linking_ = false;
}

void InspectorPanel::showPicked()
{
    if (linking_ || !shown_)
        return;
    const std::optional<BitRange>& picked = session().field();
    if (picked && picked->packet != shown_->packet)
        return;
    const QModelIndex index = picked ? model_->indexForBits(picked->offset, picked->length) : QModelIndex();
    linking_ = true;
    tree_->setCurrentIndex(index);
    if (index.isValid()) {
        for (QModelIndex above = index.parent(); above.isValid(); above = above.parent())
            tree_->expand(above);
        tree_->scrollTo(index);
    }
    linking_ = false;
    mark();
    if (picked && picked->length > 0)
        bytes_->setMarked(picked->offset, picked->length);
}

void InspectorPanel::byteChosen(std::uint32_t byte)
{
    const QModelIndex index = model_->indexForByte(byte);
    if (!index.isValid())
        return;
    linking_ = true;
    tree_->setCurrentIndex(index);
    tree_->scrollTo(index);
    linking_ = false;
    mark();
    tellPicked();
}

void InspectorPanel::mark()
{
    const QModelIndex current = tree_->currentIndex().siblingAtColumn(0);
    QModelIndex top = current;
    while (top.parent().isValid())
        top = top.parent();
    for (int row = 0; !top.isValid() && row < model_->rowCount(); ++row)
        if (model_->rowCount(model_->index(row, 0)) > 0)
            top = model_->index(row, 0);
    bytes_->setEmphasis(top.data(FieldModel::BitOffsetRole).toUInt() / 8,
                        top.data(FieldModel::BitLengthRole).toUInt() / 8);
    bytes_->setMarked(current.data(FieldModel::BitOffsetRole).toUInt(),
                      current.data(FieldModel::BitLengthRole).toUInt());
}

} // namespace packetarium
