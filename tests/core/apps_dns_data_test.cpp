// SPDX-License-Identifier: GPL-3.0-or-later
// What a name server knows and what a resolver believes, without a network: RFC 1034 §4.3.2, RFC 2181 §5.4.1, RFC 2308.
#include "core/apps/dns_zones.h"
#include "tests/support/catch.h"

namespace packetarium::apps_dns_data_test {

namespace {

DnsRecord address(const DnsName& name, std::uint32_t value)
{
    return {name, DnsType::A, 60, Ipv4Address{value}};
}
DnsRecord alias(const DnsName& name, const DnsName& target)
{
    return {name, DnsType::CNAME, 60, target};
}

const DnsZones kZones(DnsServiceSpec{{"example.com", "deep.example.com"},
                                     {{"example.com", "NS", "ns.example.com", 3600},
                                      {"ns.example.com.", "A", "10.0.0.1", 3600},
                                      {"www.example.com", "A", "10.0.0.2", 60},
                                      {"www.example.com", "A", "10.0.0.3", 60},
                                      {"other.example.com", "CNAME", "www.example.com", 60},
                                      {"away.example.com", "CNAME", "www.example.org.", 60},
                                      {"child.example.com", "NS", "ns.child.example.com", 3600},
                                      {"ns.child.example.com", "A", "10.0.0.9", 3600},
                                      {"a.b.example.com", "A", "10.0.0.4", 60},
                                      {"x.deep.example.com", "A", "10.0.0.5", 60},
                                      {"bad name.example.com", "A", "10.0.0.6", 60},
                                      {"text.example.com", "A", "no address", 60}},
                                     false,
                                     {}});

DnsZones::Reply ask(const DnsName& name, DnsType type = DnsType::A)
{
    return kZones.answer({name, type});
}

} // namespace

TEST_CASE("a zone's own data, all records of the type", "[apps]")
{
    const DnsZones::Reply reply = ask("WWW.example.com");
    CHECK(reply.kind == DnsZones::Kind::Answer);
    REQUIRE(reply.answers.size() == 2);
    CHECK(dataText(reply.answers[0]) == "10.0.0.2");
    CHECK(dataText(reply.answers[1]) == "10.0.0.3");
    CHECK(ask("example.com", DnsType::NS).answers.size() == 1); // its own name servers are data, not a referral
    CHECK(ask("x.deep.example.com").kind == DnsZones::Kind::Answer);
}

TEST_CASE("what is below a zone cut is another's, its address included", "[apps]")
{
    for (const DnsName name : {"child.example.com", "www.child.example.com", "ns.child.example.com"}) {
        const DnsZones::Reply reply = ask(name);
        CHECK(reply.kind == DnsZones::Kind::Referral);
        CHECK(reply.answers.empty());
        REQUIRE(reply.authorities.size() == 1);
        CHECK(reply.authorities[0].name == "child.example.com");
        REQUIRE(reply.additionals.size() == 1);
        CHECK(dataText(reply.additionals[0]) == "10.0.0.9");
    }
}

TEST_CASE("no such name, and a name without such records", "[apps]")
{
    CHECK(ask("nope.example.com").kind == DnsZones::Kind::NoSuchName);
    CHECK(ask("www.example.com", DnsType::AAAA).kind == DnsZones::Kind::NoData);
    CHECK(ask("b.example.com").kind == DnsZones::Kind::NoData); // RFC 4592 §2.2.2: there is a.b.example.com
    CHECK(ask("deep.example.com").kind == DnsZones::Kind::NoData);
    CHECK(ask("example.org").kind == DnsZones::Kind::NotOurs);
    CHECK(ask("text.example.com").kind == DnsZones::Kind::NoSuchName);
    const DnsZones::Reply reply = ask("nope.deep.example.com");
    REQUIRE(reply.authorities.size() == 1);
    CHECK(reply.authorities[0].name == "deep.example.com"); // the zone, not the one above it
    const auto authority = negativeAuthority(reply.authorities, "nope.deep.example.com", "example.com");
    REQUIRE(authority.has_value());
    CHECK(authority->ttl == DnsZones::kNegativeTtl);
}

TEST_CASE("an alias is followed as far as the server knows", "[apps]")
{
    CHECK(ask("other.example.com").answers.size() == 3);
    const DnsZones::Reply away = ask("away.example.com");
    CHECK(away.kind == DnsZones::Kind::Answer);
    REQUIRE(away.answers.size() == 1);
    CHECK(dataText(away.answers[0]) == "CNAME www.example.org");
}

TEST_CASE("an answer is read along its aliases, and only as far as the server may speak", "[apps]")
{
    const std::vector<DnsRecord> records = {address("www.b.org", 2), alias("a.com", "A2.com"),
                                            alias("a2.com", "www.b.org"), address("a.com.evil.net", 3)};
    const DnsChain all = followAliases(records, {"a.com", DnsType::A}, "");
    CHECK(all.complete);
    CHECK(all.name == "www.b.org");
    CHECK(all.records.size() == 3);
    const DnsChain com = followAliases(records, {"a.com", DnsType::A}, "com");
    CHECK_FALSE(com.complete);
    CHECK(com.name == "www.b.org");
    CHECK(com.records.size() == 2);
    CHECK(followAliases(records, {"a.com", DnsType::A}, "org").records.empty());
    CHECK(followAliases(records, {"a.com", DnsType::CNAME}, "").complete);
    CHECK(followAliases({alias("a", "b"), alias("b", "a")}, {"a", DnsType::A}, "").loop);
}

TEST_CASE("no longer than 8 aliases", "[apps]")
{
    std::vector<DnsRecord> records;
    for (int i = 0; i < 8; ++i)
        records.push_back(alias("n" + std::to_string(i), "n" + std::to_string(i + 1)));
    records.push_back(address("n8", 1));
    CHECK(followAliases(records, {"n0", DnsType::A}, "").complete);
    records.push_back(alias("m", "n0"));
    CHECK(followAliases(records, {"m", DnsType::A}, "").loop);
}

TEST_CASE("a \"no\" is kept for the smaller of two times, and only on the zone's own word", "[apps]")
{
    // RFC 2308 §5: the SOA's TTL and its MINIMUM.
    DnsRecord soa = startOfAuthority("example.com", "ns.example.com", 300);
    CHECK(negativeAuthority({soa}, "x.example.com", "com")->ttl == 300);
    soa.ttl = 100;
    CHECK(negativeAuthority({soa}, "x.example.com", "com")->ttl == 100);
    CHECK_FALSE(negativeAuthority({soa}, "x.example.org", "").has_value());
    CHECK_FALSE(negativeAuthority({soa}, "x.example.com", "sub.example.com").has_value());
    CHECK_FALSE(negativeAuthority({address("example.com", 1)}, "x.example.com", "").has_value());
}

} // namespace packetarium::apps_dns_data_test
