// SPDX-License-Identifier: GPL-3.0-or-later
// The tree of fields and the bytes under it.
#include "core/base/rng.h"
#include "tests/ui/panels_support.h"
#include "ui/models/field_model.h"
#include "ui/widgets/byte_view.h"

#include <QScrollBar>

namespace packetarium::panels_fields_test {

using namespace test;

namespace {

/// The second segment of the handshake of RFC 9293 Figure 6 (SEQ 300, ACK 101), from port 80 to 49152, with an MSS option.
Bytes synAck()
{
    EthernetHeader eth;
    eth.destination = {{0x02, 0, 0, 0, 0, 0x01}};
    eth.source = {{0x02, 0, 0, 0, 0, 0x02}};
    Ipv4Header ip;
    ip.source = *Ipv4Address::parse("93.184.216.34");
    ip.destination = *Ipv4Address::parse("192.168.1.25");
    TcpSegment tcp;
    tcp.sourcePort = 80;
    tcp.destinationPort = 49152;
    tcp.seq = Seq32(300);
    tcp.ack = Seq32(101);
    tcp.flags = {TcpFlags::Syn | TcpFlags::Ack};
    tcp.window = 65160;
    tcp.mss = 1460;
    return encodeTcpFrame(eth, ip, tcp);
}

QString cell(const FieldModel& model, FieldId field, int column)
{
    return model.indexForField(field).siblingAtColumn(column).data().toString();
}

/// Every index of the model below `parent`, checked to know its parent.
int countRows(const FieldModel& model, const QModelIndex& parent = {})
{
    int rows = 0;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex child = model.index(row, 0, parent);
        REQUIRE(child.isValid());
        REQUIRE(model.parent(child) == parent);
        REQUIRE(child.row() == row);
        rows += 1 + countRows(model, child);
    }
    return rows;
}

struct Resets {
    int count = 0;
    explicit Resets(const FieldModel& model)
    {
        QObject::connect(&model, &QAbstractItemModel::modelReset, [this] { ++count; });
    }
};

} // namespace

TEST_CASE("a frame is told header by header, innermost first", "[panels][models]")
{
    FieldModel model;
    FieldContext context;
    context.sequence = "y";
    context.acknowledgment = "x+1";
    model.setFrame(synAck(), context);

    REQUIRE(model.rowCount() == 3);
    CHECK(model.index(0, 0) == model.headerIndex(FieldId::Tcp));
    CHECK(model.index(1, 0) == model.headerIndex(FieldId::Ipv4));
    CHECK(model.index(2, 0) == model.headerIndex(FieldId::Ethernet));
    CHECK(model.index(0, 0).data(FieldModel::IsHeaderRole).toBool());
    CHECK(model.index(0, 0).data(FieldModel::LayerRole).toInt() == static_cast<int>(Layer::Transport));

    CHECK(cell(model, FieldId::TcpSourcePort, FieldModel::ValueColumn) == "80");
    CHECK(cell(model, FieldId::TcpSourcePort, FieldModel::MeaningColumn) == "HTTP");
    CHECK(cell(model, FieldId::TcpDestinationPort, FieldModel::MeaningColumn) == "dynamic"); // RFC 6335 §6: 49152-65535
    CHECK(cell(model, FieldId::TcpSequence, FieldModel::ValueColumn) == "300");
    CHECK(cell(model, FieldId::TcpSequence, FieldModel::MeaningColumn) == "y");
    CHECK(cell(model, FieldId::TcpAcknowledgment, FieldModel::MeaningColumn) == "x+1");
    CHECK(cell(model, FieldId::TcpFlagBits, FieldModel::ValueColumn) == "SYN ACK");
    CHECK(cell(model, FieldId::TcpFlagBits, FieldModel::MeaningColumn) == "0x12");
    CHECK(cell(model, FieldId::TcpDataOffset, FieldModel::ValueColumn) == "6");
    CHECK(cell(model, FieldId::TcpDataOffset, FieldModel::MeaningColumn) == "24 B");
    CHECK(cell(model, FieldId::TcpOptionMss, FieldModel::ValueColumn) == "1460");
    CHECK(cell(model, FieldId::EthType, FieldModel::MeaningColumn) == "IPv4");
    CHECK(cell(model, FieldId::IpProtocol, FieldModel::MeaningColumn) == "TCP");
    CHECK(cell(model, FieldId::TcpChecksum, FieldModel::MeaningColumn) == QString::fromUtf8("✓ good"));

    // 20 octets and an MSS option of 4; 14 + 44 octets are 2 short of the least payload of 46, and the FCS has 4.
    CHECK(cell(model, FieldId::Tcp, FieldModel::MeaningColumn) == "20 B + 4 B options");
    CHECK(cell(model, FieldId::Ipv4, FieldModel::MeaningColumn) == "20 B");
    CHECK(cell(model, FieldId::Ethernet, FieldModel::MeaningColumn) == "14 B + 2 B padding + 4 B FCS");
}

TEST_CASE("a flipped bit shows in the checksums that cover it", "[panels][models]")
{
    Bytes frame = synAck();
    frame[14 + 20 + 4] ^= 0x80; // the sequence number's first bit
    FieldModel model;
    model.setFrame(frame, {});
    const QModelIndex tcp = model.indexForField(FieldId::TcpChecksum);
    CHECK(tcp.data(FieldModel::ToneRole).toInt() == static_cast<int>(FieldText::Tone::Bad));
    CHECK_THAT(cell(model, FieldId::TcpChecksum, FieldModel::MeaningColumn).toStdString(),
               containsText("should be 0x"));
    CHECK(model.indexForField(FieldId::EthFcs).data(FieldModel::ToneRole).toInt() ==
          static_cast<int>(FieldText::Tone::Bad));
    CHECK(model.indexForField(FieldId::IpHeaderChecksum).data(FieldModel::ToneRole).toInt() ==
          static_cast<int>(FieldText::Tone::Good));
    CHECK(cell(model, FieldId::TcpSequence, FieldModel::ValueColumn) ==
          QString::fromUtf8("2\u00a0147\u00a0483\u00a0948")); // 2^31 + 300
}

TEST_CASE("every byte leads to a field that holds it, and back", "[panels][models]")
{
    const Bytes frame = synAck();
    FieldModel model;
    model.setFrame(frame, {});
    for (std::uint32_t byte = 0; byte < frame.size(); ++byte) {
        const QModelIndex index = model.indexForByte(byte);
        INFO("byte " << byte);
        REQUIRE(index.isValid());
        const std::uint32_t first = index.data(FieldModel::BitOffsetRole).toUInt();
        const std::uint32_t length = index.data(FieldModel::BitLengthRole).toUInt();
        CHECK(first < byte * 8 + 8);
        CHECK(first + length > byte * 8);
        CHECK_FALSE(index.data(FieldModel::IsHeaderRole).toBool());
    }
    // The byte of data offset and reserved bits leads to the first of them, the flags to their own row, not to one bit.
    CHECK(model.indexForByte(14 + 20 + 12) == model.indexForField(FieldId::TcpDataOffset));
    CHECK(model.indexForByte(14 + 20 + 13) == model.indexForField(FieldId::TcpFlagBits));
    CHECK_FALSE(model.indexForByte(static_cast<std::uint32_t>(frame.size())).isValid());
}

TEST_CASE("another language changes words, not rows", "[panels][models]")
{
    FieldModel model;
    model.setFrame(synAck(), {});
    const Resets resets(model);
    const int rows = countRows(model);
    const QString before = cell(model, FieldId::TcpSequence, FieldModel::NameColumn);
    FieldContext chinese;
    chinese.language = Language::Chinese;
    model.setFrame(synAck(), chinese);
    CHECK(resets.count == 0);
    CHECK(countRows(model) == rows);
    CHECK(cell(model, FieldId::TcpSequence, FieldModel::NameColumn) != before);
    model.setFrame(Bytes(5, 0), chinese);
    CHECK(resets.count == 1);
}

TEST_CASE("any bytes at all make a consistent tree", "[panels][models]")
{
    Rng random(7);
    const Bytes good = synAck();
    FieldModel model;
    for (int round = 0; round < 300; ++round) {
        Bytes frame(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(random.below(good.size() + 1)));
        for (std::uint64_t flips = random.below(20); flips > 0 && !frame.empty(); --flips)
            frame[random.below(frame.size())] = static_cast<std::uint8_t>(random.next());
        model.setFrame(frame, {});
        countRows(model);
        for (std::uint32_t byte = 0; byte < frame.size(); ++byte)
            CHECK(model.indexForByte(byte).isValid());
        for (int row = 0; row < model.rowCount(); ++row)
            for (int column = 0; column < FieldModel::ColumnCount; ++column)
                (void)model.index(row, column).data().toString();
    }
    model.clear();
    CHECK(model.rowCount() == 0);
}

TEST_CASE("bytes stand eight or sixteen to a row, by the room there is", "[panels][widgets]")
{
    HexView view;
    view.setBytes(synAck());
    showAt(view, {300, 140});
    CHECK(view.bytesPerRow() == 8);
    showAt(view, {640, 140});
    CHECK(view.bytesPerRow() == 16);
    showAt(view, {190, 140});
    CHECK(view.bytesPerRow() == 8);
}

TEST_CASE("bytes are walked with the keyboard and picked with the mouse", "[panels][widgets]")
{
    HexView view;
    const Bytes frame = synAck();
    view.setBytes(frame);
    showAt(view, {320, 140});
    std::vector<std::uint32_t> picked;
    QObject::connect(&view, &HexView::bytePicked, [&](std::uint32_t byte) { picked.push_back(byte); });

    press(view, Qt::Key_Right);
    press(view, Qt::Key_Down);
    press(view, Qt::Key_Left);
    press(view, Qt::Key_Up);
    press(view, Qt::Key_End);
    press(view, Qt::Key_Right);
    press(view, Qt::Key_Home);
    const auto last = static_cast<std::uint32_t>(frame.size() - 1);
    CHECK(picked == std::vector<std::uint32_t>{1, 9, 8, 0, last, last, 0});
    CHECK(view.verticalScrollBar()->value() == 0);

    // Somewhere in the first row lies each of its eight bytes, in order; past the text lies none.
    picked.clear();
    for (int x = 0; x < view.viewport()->width(); x += 3)
        clickAt(*view.viewport(), QPointF(x, 16));
    picked.erase(std::unique(picked.begin(), picked.end()), picked.end());
    CHECK(picked == std::vector<std::uint32_t>{0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7});
}

TEST_CASE("what is copied are the marked bytes, or all of them", "[panels][widgets]")
{
    HexView view;
    const Bytes frame = synAck();
    view.setBytes(frame);
    view.setMarked((14 + 20 + 8) * 8, 32); // the acknowledgment number, 101
    CHECK(view.textToCopy() == "00 00 00 65");
    CHECK(view.cursor() == 14 + 20 + 8);
    view.setMarked(0, 0);
    const QStringList lines = view.textToCopy().split('\n', Qt::SkipEmptyParts);
    CHECK(lines.size() == static_cast<int>((frame.size() + 15) / 16));
    CHECK(lines.first().startsWith("0000  02 00 00 00 00 01 02 00"));
}

} // namespace packetarium::panels_fields_test
