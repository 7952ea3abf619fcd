// SPDX-License-Identifier: GPL-3.0-or-later
//
// Wireshark's reading of DNS and HTTP, field by field, against the field tree that the inspector shows.
#include "tests/core/app_frames.h"
#include "tests/core/tshark_compare.h"
#include "tests/support/catch.h"

namespace packetarium::capture_app_test {

using namespace test;

namespace {

const std::vector<Pair> kDnsPairs{
    {"dns.id", FieldId::DnsId},
    {"dns.flags", FieldId::DnsFlags},
    {"dns.flags.response", FieldId::DnsResponse},
    {"dns.flags.opcode", FieldId::DnsOpcode},
    {"dns.flags.truncated", FieldId::DnsTruncated},
    {"dns.flags.recdesired", FieldId::DnsRecursionDesired},
    {"dns.count.queries", FieldId::DnsQuestionCount},
    {"dns.count.answers", FieldId::DnsAnswerCount},
    {"dns.count.auth_rr", FieldId::DnsAuthorityCount},
    {"dns.count.add_rr", FieldId::DnsAdditionalCount},
};

std::vector<Pair> with(std::vector<Pair> pairs, const std::vector<Pair>& more)
{
    pairs.insert(pairs.end(), more.begin(), more.end());
    return pairs;
}

std::string joined(const std::vector<std::string>& parts)
{
    std::string all;
    for (const std::string& part : parts)
        all += (all.empty() ? "" : ",") + part;
    return all;
}

} // namespace

TEST_CASE("tshark reads a DNS question as the inspector does", "[capture]")
{
    if (withoutTshark())
        return;
    DnsMessage m;
    m.id = 0x1234;
    m.recursionDesired = true;
    m.questions = {{"www.example.com", DnsType::AAAA}};
    const std::vector<Pair> pairs = with(kDnsPairs, {{"dns.qry.name", FieldId::DnsDomainName},
                                                     {"dns.qry.type", FieldId::DnsType},
                                                     {"dns.qry.class", FieldId::DnsClass}});
    compare(udpFrame(49152, 53, encodeDns(m)), "dns", pairs);
    compare(udpFrame6(49152, 53, encodeDns(m)), "dns", pairs);
}

TEST_CASE("tshark reads a DNS answer with every type as the inspector does", "[capture]")
{
    if (withoutTshark())
        return;
    const Bytes frame = udpFrame(53, 49152, encodeDns(fullAnswer()));
    compare(frame, "dns",
            with(kDnsPairs, {{"dns.flags.authoritative", FieldId::DnsAuthoritative},
                             {"dns.flags.recavail", FieldId::DnsRecursionAvailable},
                             {"dns.flags.rcode", FieldId::DnsCode},
                             {"dns.resp.ttl", FieldId::DnsTtl},
                             {"dns.resp.len", FieldId::DnsDataLength}}));

    // Names, types and data stand under other names in questions, answers and each type.
    const std::string capture = captureOf({frame});
    const std::vector<Field> nodes = dissect(frame);
    const auto theirs = tsharkFields(
        capture, "dns",
        {"dns.qry.name", "dns.resp.name", "dns.qry.type", "dns.resp.type", "dns.qry.class", "dns.resp.class"});
    CHECK(joined({theirs[0], theirs[1]}) == treeValues(nodes, FieldId::DnsDomainName));
    CHECK(joined({theirs[2], theirs[3]}) == treeValues(nodes, FieldId::DnsType));
    CHECK(normal(joined({theirs[4], theirs[5]})) == treeValues(nodes, FieldId::DnsClass));

    const auto data = tsharkFields(capture, "dns",
                                   {"dns.cname", "dns.a", "dns.aaaa", "dns.ns", "dns.soa.mname", "dns.soa.rname",
                                    "dns.soa.serial_number", "dns.soa.refresh_interval", "dns.soa.retry_interval",
                                    "dns.soa.expire_limit", "dns.soa.minimum_ttl"});
    const std::size_t comma = data[1].find(','); // two addresses: one in the answers, one in the additional records
    REQUIRE(comma != std::string::npos);
    std::string soa;
    for (std::size_t i = 4; i < data.size(); ++i)
        soa += (soa.empty() ? "" : " ") + data[i];
    CHECK(joined({data[0], data[1].substr(0, comma), data[2], data[3], soa, data[1].substr(comma + 1)}) ==
          treeValues(nodes, FieldId::DnsData));
}

TEST_CASE("tshark reads an answer that there is no such name", "[capture]")
{
    if (withoutTshark())
        return;
    DnsMessage m;
    m.response = true;
    m.code = DnsCode::NameError;
    m.questions = {{"nosuch.example.com", DnsType::A}};
    compare(udpFrame(53, 49152, encodeDns(m)), "dns",
            with(kDnsPairs, {{"dns.flags.rcode", FieldId::DnsCode}, {"dns.qry.name", FieldId::DnsDomainName}}));
}

TEST_CASE("tshark reads HTTP as the inspector does", "[capture]")
{
    if (withoutTshark())
        return;
    HttpMessage asked;
    asked.method = "GET";
    asked.target = "/image.png?size=2";
    asked.headers.fields = {{"Host", "www.example.com"}, {"User-Agent", "Packetarium"}, {"Accept", "*/*"}};
    const Bytes request = encodeHttp(asked);
    compare(tcpFrame(49152, 80, {reinterpret_cast<const char*>(request.data()), request.size()}), "http.request",
            {{"http.request.method", FieldId::HttpMethod},
             {"http.request.uri", FieldId::HttpTarget},
             {"http.request.version", FieldId::HttpVersion}});

    HttpMessage found;
    found.isRequest = false;
    found.status = 404;
    found.reason = reasonPhrase(404);
    found.headers.fields = {{"Content-Type", "text/plain"}, {"Content-Length", "9"}};
    found.body = bytesOf("not here\n");
    const Bytes response = encodeHttp(found);
    const Bytes frame = tcpFrame(80, 49152, {reinterpret_cast<const char*>(response.data()), response.size()});
    compare(frame, "http.response",
            {{"http.response.code", FieldId::HttpStatus},
             {"http.response.version", FieldId::HttpVersion},
             {"http.response.phrase", FieldId::HttpReason}});
    const auto theirs = tsharkFields(captureOf({frame}), "http.response",
                                     {"http.content_type", "http.content_length", "http.response.line"});
    const std::vector<Field> nodes = dissect(frame);
    CHECK(joined({theirs[0], theirs[1]}) == treeValues(nodes, FieldId::HttpFieldValue));
    CHECK(theirs[2] == "Content-Type: text/plain\\r\\n,Content-Length: 9\\r\\n");
    CHECK(treeValues(nodes, FieldId::HttpField) == "Content-Type: text/plain,Content-Length: 9");
    CHECK(get(nodes, FieldId::HttpBody).byteLength() == 9);
}

TEST_CASE("tshark puts our chunks together", "[capture]")
{
    if (withoutTshark())
        return;
    HttpMessage ok;
    ok.isRequest = false;
    ok.status = 200;
    ok.reason = "OK";
    ok.headers.fields = {{"Content-Type", "text/plain"}, {"Transfer-Encoding", "chunked"}};
    ok.body = bytesOf("one two three four");
    const Bytes response = encodeHttp(ok, 7);
    const std::string capture =
        captureOf({tcpFrame(80, 49152, {reinterpret_cast<const char*>(response.data()), response.size()})});
    CHECK(framesWithProblems(capture).empty());
    const auto theirs = tsharkFields(capture, "http", {"http.chunk_size", "http.file_data"});
    CHECK(theirs[0] == "7,7,4,0");
    // Text in some versions of tshark, hexadecimal in others.
    std::string hex;
    for (const std::uint8_t octet : ok.body)
        for (const int shift : {4, 0})
            hex += "0123456789abcdef"[octet >> shift & 0xf];
    CHECK((theirs[1] == std::string(ok.body.begin(), ok.body.end()) || theirs[1] == hex));
}

} // namespace packetarium::capture_app_test
