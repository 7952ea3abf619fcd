// SPDX-License-Identifier: GPL-3.0-or-later
//
// Field trees of DNS, HTTP and TLS-shaped records.
#include "core/wire/field_builder.h"
#include "tests/core/app_frames.h"
#include "tests/core/wire_tree.h"

namespace packetarium::wire_fields_app_test {

using namespace test;

namespace {

using Ids = std::vector<FieldId>;

constexpr std::size_t kUdpData = 14 + 20 + 8;
constexpr std::size_t kTcpData = 14 + 20 + 20;

const Field& last(const std::vector<Field>& nodes)
{
    REQUIRE_FALSE(nodes.empty());
    return nodes.back();
}

/// What stands behind the TCP header.
std::vector<Field> streamNodes(std::string_view payload)
{
    const Bytes frame = tcpFrame(49152, 80, payload);
    requireCovered(frame);
    std::vector<Field> nodes = dissect(frame);
    REQUIRE(nodes.size() > 3);
    return {nodes.begin() + 3, nodes.end()};
}

std::string textOf(const Field& field)
{
    REQUIRE(std::holds_alternative<std::string>(field.value));
    return std::get<std::string>(field.value);
}

void requireRange(const Field& field, std::size_t begin, std::size_t size)
{
    CHECK(field.byteOffset() == begin);
    CHECK(field.byteLength() == size);
}

} // namespace

TEST_CASE("A DNS question is a field of each part of it", "[wire]")
{
    DnsMessage m;
    m.id = 0x1234;
    m.recursionDesired = true;
    m.questions = {{"www.example.com", DnsType::A}};
    const Bytes frame = udpFrame(49152, 53, encodeDns(m));
    requireCovered(frame);
    const std::vector<Field> nodes = dissect(frame);
    REQUIRE(idsOf(nodes) == Ids{FieldId::Ethernet, FieldId::Ipv4, FieldId::Udp, FieldId::Dns});
    CHECK(nodes[3].layer == Layer::Application);
    requireRange(nodes[3], kUdpData, 12 + 17 + 4);
    CHECK(get(nodes, FieldId::DnsId).value == number(0x1234));
    requireRange(get(nodes, FieldId::DnsId), kUdpData, 2);
    CHECK(get(nodes, FieldId::DnsFlags).value == number(0x0100));
    CHECK(get(nodes, FieldId::DnsFlags).children.size() == 8);
    CHECK(get(nodes, FieldId::DnsRecursionDesired).value == number(1));
    CHECK(get(nodes, FieldId::DnsRecursionDesired).bitOffset == kUdpData * 8 + 23);
    CHECK(get(nodes, FieldId::DnsQuestionCount).value == number(1));
    const Field& question = get(nodes, FieldId::DnsQuestion);
    CHECK(textOf(question) == "www.example.com A");
    CHECK(idsOf(question.children) == Ids{FieldId::DnsDomainName, FieldId::DnsType, FieldId::DnsClass});
    CHECK(textOf(question.children[0]) == "www.example.com");
    requireRange(question.children[0], kUdpData + 12, 17);
}

TEST_CASE("Names that are pointers are shown whole, and take two octets", "[wire]")
{
    const Bytes frame = udpFrame(53, 49152, encodeDns(fullAnswer()));
    requireCovered(frame);
    const std::vector<Field> nodes = dissect(frame);
    const Field& dns = last(nodes);
    std::vector<std::string> shown;
    std::vector<const Field*> entries;
    for (const Field& field : dns.children)
        if (field.id >= FieldId::DnsQuestion && field.id <= FieldId::DnsAdditional) {
            shown.push_back(textOf(field));
            entries.push_back(&field);
        }
    CHECK(shown == std::vector<std::string>{
                       "www.example.com A",
                       "www.example.com CNAME web.example.com",
                       "web.example.com A 93.184.216.34",
                       "web.example.com AAAA 2606:2800:220:1::1",
                       "example.com NS ns1.example.com",
                       "example.com SOA ns1.example.com admin.example.com 2026 7200 3600 1209600 300",
                       "ns1.example.com A 10.0.0.53",
                   });
    REQUIRE(entries.size() == 7);
    CHECK(entries[6]->id == FieldId::DnsAdditional);
    const Field& cname = *entries[1];
    REQUIRE(idsOf(cname.children) == Ids{FieldId::DnsDomainName, FieldId::DnsType, FieldId::DnsClass, FieldId::DnsTtl,
                                         FieldId::DnsDataLength, FieldId::DnsData});
    requireRange(cname.children[0], kUdpData + 12 + 17 + 4, 2);
    CHECK(cname.children[3].value == number(300));
    CHECK(cname.children[4].value == number(6)); // 3 "web" and a pointer to example.com
    CHECK(textOf(cname.children[5]) == "web.example.com");
    CHECK(entries[2]->children[5].value == FieldValue(Ipv4Address{0x5db8d822}));
    CHECK(std::holds_alternative<Ipv6Address>(entries[3]->children[5].value));
}

TEST_CASE("DNS octets that lie are shown as far as they can be read", "[wire]")
{
    const Bytes whole = encodeDns(fullAnswer());
    for (std::size_t size = 1; size <= whole.size(); ++size) {
        const Bytes frame =
            udpFrame(53, 49152, Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)));
        INFO(size);
        requireCovered(frame);
        CHECK(last(dissect(frame)).id == (size < 12 ? FieldId::Undecoded : FieldId::Dns));
    }
    for (std::size_t at = 0; at < whole.size(); ++at)
        for (const std::uint8_t octet : Bytes{0x00, 0xc0, 0xff}) {
            Bytes touched = whole;
            touched[at] = octet;
            requireCovered(udpFrame(53, 49152, touched));
        }
    // A data length that does not fit its type: the octets stand there, but say nothing.
    Bytes odd = fromHex("0000 8000 0000 0001 0000 0000 00 0001 0001 00000001 0003 0a0000");
    const std::vector<Field> nodes = dissect(udpFrame(53, 49152, odd));
    CHECK(textOf(get(nodes, FieldId::DnsAnswer)) == ". A");
    CHECK(std::holds_alternative<std::monostate>(get(nodes, FieldId::DnsData).value));
    // A name without end: all from there on.
    const std::vector<Field> loop =
        dissect(udpFrame(53, 49152, fromHex("0000 0000 0001 0000 0000 0000 c00c 0001 0001")));
    CHECK(idsOf(last(loop).children).back() == FieldId::Undecoded);
    requireRange(last(loop).children.back(), kUdpData + 12, 6);
}

TEST_CASE("An HTTP request is lines, and lines have parts", "[wire]")
{
    const std::string_view request = "GET /image.png HTTP/1.1\r\nHost: www.example.com\r\nX:\r\n\r\n";
    const std::vector<Field> nodes = streamNodes(request);
    REQUIRE(idsOf(nodes) == Ids{FieldId::Http});
    const Field& http = nodes[0];
    requireRange(http, kTcpData, request.size());
    REQUIRE(idsOf(http.children) ==
            Ids{FieldId::HttpStartLine, FieldId::HttpField, FieldId::HttpField, FieldId::HttpEmptyLine});
    const Field& line = http.children[0];
    CHECK(textOf(line) == "GET /image.png HTTP/1.1");
    REQUIRE(idsOf(line.children) == Ids{FieldId::HttpMethod, FieldId::HttpTarget, FieldId::HttpVersion});
    CHECK(textOf(line.children[0]) == "GET");
    CHECK(textOf(line.children[1]) == "/image.png");
    CHECK(textOf(line.children[2]) == "HTTP/1.1");
    requireRange(line.children[0], kTcpData, 4); // with its space
    requireRange(line.children[1], kTcpData + 4, 11);
    requireRange(line.children[2], kTcpData + 15, 10); // with CR LF
    const Field& host = http.children[1];
    CHECK(textOf(host) == "Host: www.example.com");
    CHECK(textOf(host.children[0]) == "Host");
    CHECK(textOf(host.children[1]) == "www.example.com");
    requireRange(host.children[0], kTcpData + 25, 6);
    CHECK(textOf(http.children[2].children[1]).empty());
}

TEST_CASE("An HTTP response has a status and a body", "[wire]")
{
    const std::vector<Field> nodes =
        streamNodes("HTTP/1.1 404 Not Found\r\nContent-Length:  4 \r\nX: \xe4\xbd\xa0\xff\r\n\r\nbody");
    REQUIRE(idsOf(nodes) == Ids{FieldId::Http});
    CHECK(textOf(get(nodes, FieldId::HttpVersion)) == "HTTP/1.1");
    CHECK(get(nodes, FieldId::HttpStatus).value == number(404));
    CHECK(textOf(get(nodes, FieldId::HttpReason)) == "Not Found");
    CHECK(textOf(nodes[0].children[1].children[1]) == "4");
    CHECK(textOf(nodes[0].children[2].children[1]) == "\xe4\xbd\xa0\xef\xbf\xbd"); // what is no UTF-8 is U+FFFD
    const Field& body = get(nodes, FieldId::HttpBody);
    CHECK(body.byteLength() == 4);
    // Without a reason, with and without the space before it.
    for (const char* start : {"HTTP/1.1 200 \r\n\r\n", "HTTP/1.1 200\r\n\r\n"})
        CHECK(get(streamNodes(start), FieldId::HttpStatus).value == number(200));
}

TEST_CASE("Messages one after another in a segment are told apart", "[wire]")
{
    CHECK(idsOf(streamNodes("GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n")) == Ids{FieldId::Http, FieldId::Http});
    CHECK(idsOf(streamNodes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabHTTP/1.1 200 OK\r\n\r\n")) ==
          Ids{FieldId::Http, FieldId::Http});
    CHECK(idsOf(streamNodes("HTTP/1.1 204 No Content\r\n\r\nodd")) == Ids{FieldId::Http, FieldId::Payload});
    // Chunks, a body until the end, and lengths that lie take all there is.
    for (const char* field : {"Transfer-Encoding: chunked", "Content-Length: 9999", "Content-Length: x", "A: b"}) {
        const auto nodes = streamNodes(std::string("HTTP/1.1 200 OK\r\n") + field + "\r\n\r\n4\r\nGET \r\n");
        CHECK(idsOf(nodes) == Ids{FieldId::Http});
        CHECK(get(nodes, FieldId::HttpBody).byteLength() == 9);
    }
}

TEST_CASE("A message cut by the segment's end is shown as far as it goes", "[wire]")
{
    const std::string whole = "POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab";
    for (std::size_t size = 1; size <= whole.size(); ++size) {
        INFO(size);
        const auto nodes = streamNodes(whole.substr(0, size));
        CHECK(idsOf(nodes) == Ids{size < 6 ? FieldId::Payload : FieldId::Http}); // "POST /" tells
        if (size == 20 || size == 29)                                            // cut between CR and LF
            CHECK(textOf(nodes[0].children.back()) == (size == 20 ? "POST /form HTTP/1.1" : "Host: a"));
    }
    const std::string response = "HTTP/1.1 200 OK\r\nServer: a\r\n\r\nab";
    for (std::size_t size = 1; size <= response.size(); ++size) {
        INFO(size);
        const auto nodes = streamNodes(response.substr(0, size));
        CHECK(idsOf(nodes) == Ids{size < 9 ? FieldId::Payload : FieldId::Http});
    }
    const auto odd = streamNodes("GET / HTTP/1.1\r\nno colon\r\nHost: a\r\n\r\n");
    CHECK(idsOf(odd[0].children) == Ids{FieldId::HttpStartLine, FieldId::Undecoded});
}

TEST_CASE("Data that begins no message is data", "[wire]")
{
    for (const char* text : {"hello", "GET", "GET ", "GETTING / HTTP/1.1 ready", "get / HTTP/1.1\r\n\r\n",
                             "GET / HTTP/2.0\r\n\r\n", "HTTP", "HTTP/1.1 abc\r\n", "\r\nGET / HTTP/1.1\r\n\r\n"}) {
        INFO(text);
        CHECK(idsOf(streamNodes(text)) == Ids{FieldId::Payload});
    }
}

TEST_CASE("TLS-shaped records show their header and what is protected", "[wire]")
{
    const std::string one("\x17\x03\x03\x00\x05hello", 10);
    const auto nodes = streamNodes(one + one + one.substr(0, 7) + "");
    REQUIRE(idsOf(nodes) == Ids{FieldId::TlsRecord, FieldId::TlsRecord, FieldId::TlsRecord});
    REQUIRE(idsOf(nodes[0].children) ==
            Ids{FieldId::TlsContentType, FieldId::TlsVersion, FieldId::TlsLength, FieldId::TlsProtected});
    CHECK(nodes[0].children[0].value == number(23));
    CHECK(nodes[0].children[1].value == number(0x0303));
    CHECK(nodes[0].children[2].value == number(5));
    requireRange(nodes[0].children[3], kTcpData + 5, 5);
    CHECK(nodes[2].children[3].byteLength() == 2); // the rest is in the next segment
    for (const char* other : {"\x17\x03\x02", "\x18\x03\x03", "\x17\x02\x03"}) {
        const std::string stream = std::string(other) + std::string("\x00\x05hello", 7);
        CHECK(idsOf(streamNodes(stream)) == Ids{FieldId::Payload});
    }
    CHECK(idsOf(streamNodes(std::string("\x17\x03\x03\x41\x01zz", 7))) == Ids{FieldId::Payload}); // over 2^14 + 256
}

} // namespace packetarium::wire_fields_app_test
