// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/tables.h"
#include "tests/support/catch.h"

namespace packetarium::trace_tables_test {

namespace {

constexpr NodeId kHost{0}, kSwitch{1};

SimTime ms(std::int64_t n)
{
    return SimTime::fromNs(n * 1'000'000);
}

Record at(SimTime t, NodeId node, TableKind kind, TableChange change, PacketId packet = {})
{
    Record r;
    r.at = t;
    r.kind = RecordKind::Table;
    r.host = node;
    r.a = static_cast<std::uint8_t>(kind);
    r.b = static_cast<std::uint8_t>(change);
    r.packet = packet;
    return r;
}

struct Book {
    Trace trace;

    Book()
    {
        TraceNode host, bridge;
        host.name = "client";
        bridge.name = "switch";
        bridge.kind = NodeKind::Switch;
        trace.setNodes({host, bridge});
        trace.setLinks({{kHost, kSwitch, 0, 0, 0, {}}});
    }
    void arp(std::int64_t t, TableChange change, std::uint8_t last, std::uint8_t mac)
    {
        TableRow row;
        row.kind = TableKind::Arp;
        row.node = kHost;
        row.prefix = {Ipv4Address{0x0A000000u + last}, 32};
        row.mac = MacAddress{{2, 0, 0, 0, 0, mac}};
        trace.append(at(ms(t), kHost, TableKind::Arp, change), row);
    }
    void learnt(std::int64_t t, TableChange change, std::uint8_t mac, std::uint8_t port, PacketId cause = {})
    {
        TableRow row;
        row.kind = TableKind::Switch;
        row.node = kSwitch;
        row.mac = MacAddress{{2, 0, 0, 0, 0, mac}};
        row.port = port;
        trace.append(at(ms(t), kSwitch, TableKind::Switch, change, cause), row);
    }
    void route(std::int64_t t, TableChange change, std::string_view to, std::string_view via)
    {
        TableRow row;
        row.kind = TableKind::Route;
        row.node = kHost;
        row.prefix = *IpPrefix::parse(to);
        row.via = *IpAddress::parse(via);
        trace.append(at(ms(t), kHost, TableKind::Route, change), row);
    }
    std::vector<TableLine> lines(NodeId node) const { return TableHistory(trace).at(trace.records().size(), node); }
};

} // namespace

TEST_CASE("a table is what was added and not taken away", "[trace]")
{
    Book book;
    book.arp(1, TableChange::Added, 1, 9);
    book.arp(2, TableChange::Added, 2, 8);
    book.learnt(2, TableChange::Added, 8, 3);
    book.arp(3, TableChange::Changed, 1, 7);
    book.arp(4, TableChange::Expired, 2, 8);

    const auto rowsAfter = [&](std::size_t records) { return tablesAt(book.trace, records, kHost); };
    CHECK(rowsAfter(0).empty());
    REQUIRE(rowsAfter(1).size() == 1);
    CHECK(rowsAfter(1)[0].mac.toString() == "02:00:00:00:00:09");
    CHECK(rowsAfter(3).size() == 2); // the switch's row is not the host's
    REQUIRE(rowsAfter(5).size() == 1);
    CHECK(rowsAfter(5)[0].prefix.address.toString() == "10.0.0.1");
    CHECK(rowsAfter(5)[0].mac.toString() == "02:00:00:00:00:07");
    CHECK(tablesAt(book.trace, 5, kSwitch).size() == 1);
    CHECK(tablesAt(book.trace, 5, NodeId(77)).empty());
}

TEST_CASE("the rows of the last instant are lit, and only those", "[trace]")
{
    Book book;
    book.arp(1, TableChange::Added, 1, 9);
    book.arp(5, TableChange::Added, 2, 8);
    book.learnt(5, TableChange::Added, 8, 3);
    const auto host = book.lines(kHost);
    REQUIRE(host.size() == 2);
    CHECK_FALSE(host[0].lit);
    CHECK(host[1].lit);
    CHECK(book.lines(kSwitch)[0].lit);
    const auto lit = TableHistory(book.trace).litAt(3);
    REQUIRE(lit.size() == 2);
    CHECK(lit[0].row.prefix.address.toString() == "10.0.0.2");
    CHECK(lit[1].row.port == 3);
    // One record earlier the first row was the news.
    CHECK(TableHistory(book.trace).at(1, kHost)[0].lit);
}

TEST_CASE("a row stays lit while the frame that it sent on its way is under way", "[trace]")
{
    Book book;
    book.learnt(5, TableChange::Used, 8, 3);
    PacketInfo frame;
    frame.from = kSwitch;
    frame.to = kHost;
    frame.sentAt = ms(5);
    frame.endAt = ms(9);
    book.trace.addPacket(frame, Bytes(60, 0));
    book.arp(7, TableChange::Added, 1, 9);
    CHECK(book.lines(kSwitch)[0].lit);
    book.arp(9, TableChange::Used, 1, 9);
    CHECK_FALSE(book.lines(kSwitch)[0].lit);
}

TEST_CASE("a row that was missed shows for its instant, and gives way to the one that comes", "[trace]")
{
    Book book;
    book.arp(1, TableChange::Missed, 1, 0);
    REQUIRE(book.lines(kHost).size() == 1);
    CHECK(book.lines(kHost)[0].missed());
    CHECK(book.lines(kHost)[0].lit);
    CHECK(tablesAt(book.trace, 1, kHost).empty());
    book.arp(1, TableChange::Added, 1, 9);
    REQUIRE(book.lines(kHost).size() == 1);
    CHECK_FALSE(book.lines(kHost)[0].missed());
    book.arp(3, TableChange::Missed, 2, 0);
    CHECK(book.lines(kHost).size() == 2);
    book.arp(4, TableChange::Used, 1, 9);
    CHECK(book.lines(kHost).size() == 1); // nobody looks for the other one any more
}

TEST_CASE("routes stand with the longest prefix first; one destination may have two ways", "[trace]")
{
    Book book;
    book.route(0, TableChange::Added, "0.0.0.0/0", "10.0.0.1");
    book.route(0, TableChange::Added, "10.0.0.0/24", "0.0.0.0");
    book.route(0, TableChange::Added, "10.1.0.0/16", "10.0.0.2");
    book.route(0, TableChange::Added, "10.1.0.0/16", "10.0.0.3");
    const auto rows = tablesAt(book.trace, 4, kHost);
    REQUIRE(rows.size() == 4);
    CHECK(rows[0].prefix.length == 24);
    CHECK(rows[1].prefix.length == 16);
    CHECK(rows[2].prefix.length == 16);
    CHECK(rows[3].prefix.length == 0);
    CHECK_FALSE(sameLine(rows[1], rows[2]));
    CHECK(sameLine(rows[1], rows[1]));
}

TEST_CASE("a name with two answers has two rows", "[trace]")
{
    Book book;
    TableRow row;
    row.kind = TableKind::Dns;
    row.node = kHost;
    row.name = "www.example.com A";
    for (const char* data : {"10.0.0.1", "10.0.0.2", "10.0.0.1"}) {
        row.data = data;
        book.trace.append(at(ms(1), kHost, TableKind::Dns, TableChange::Added), row);
    }
    CHECK(tablesAt(book.trace, 3, kHost).size() == 2);
    const TableHistory history(book.trace);
    CHECK(history.kindsOf(kHost) == std::vector{TableKind::Dns});
    CHECK(history.changesAt(2, kHost) == 2);
    CHECK(history.kindsOf(kSwitch).empty());
}

} // namespace packetarium::trace_tables_test
