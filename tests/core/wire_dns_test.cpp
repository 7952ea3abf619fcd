// SPDX-License-Identifier: GPL-3.0-or-later
//
// The DNS codec: octets from RFC 1035 and counted by hand, and messages that lie.
#include "core/wire/dns.h"

#include "tests/core/wire_bytes.h"
#include "tests/support/catch.h"

#include <stdexcept>

namespace packetarium::wire_dns_test {

using test::fromHex;

namespace {

const Ipv4Address kWww{0x5db8d822}; // 93.184.216.34

DnsMessage query(const std::string& name)
{
    DnsMessage m;
    m.id = 0x1234;
    m.recursionDesired = true;
    m.questions = {{name, DnsType::A}};
    return m;
}

/// www.example.com asked for, and answered.
DnsMessage answer()
{
    DnsMessage m = query("www.example.com");
    m.response = m.recursionAvailable = true;
    m.answers = {{"www.example.com", DnsType::A, 3600, kWww}};
    return m;
}

const std::string kQueryHex = "1234 0100 0001 0000 0000 0000" // id, RD, one question
                              "03777777 076578616d706c65 03636f6d 00 0001 0001";
const std::string kAnswerHex = "1234 8180 0001 0001 0000 0000" // QR, RD, RA
                               "03777777 076578616d706c65 03636f6d 00 0001 0001"
                               "c00c 0001 0001 00000e10 0004 5db8d822";

std::string repeated(const std::string& part, int times)
{
    std::string text;
    while (times-- > 0)
        text += part;
    return text;
}

} // namespace

TEST_CASE("A DNS question is the octets of RFC 1035 section 4.1", "[wire]")
{
    CHECK(encodeDns(query("www.example.com")) == fromHex(kQueryHex));
    CHECK(decodeDns(fromHex(kQueryHex)) == query("www.example.com"));
}

TEST_CASE("A DNS answer points back to the name in the question", "[wire]")
{
    CHECK(encodeDns(answer()) == fromHex(kAnswerHex));
    CHECK(decodeDns(fromHex(kAnswerHex)) == answer());
}

TEST_CASE("Names are compressed as in the example of RFC 1035 section 4.1.4", "[wire]")
{
    // The RFC's example has F.ISI.ARPA at octet 20, FOO and a pointer to 20 at 40, a pointer to 26 (ARPA) at 64, and the
    // root at 92. Here the first name stands where the first name of a message must, at 12.
    DnsMessage m;
    m.questions = {{"F.ISI.ARPA", DnsType::A}, {"FOO.F.ISI.ARPA", DnsType::A}, {"ARPA", DnsType::A}, {"", DnsType::NS}};
    const Bytes octets = fromHex("0000 0000 0004 0000 0000 0000"
                                 "0146 03495349 0441525041 00 0001 0001"
                                 "03464f4f c00c 0001 0001"
                                 "c012 0001 0001"
                                 "00 0002 0001");
    CHECK(encodeDns(m) == octets);
    CHECK(decodeDns(octets) == m);
}

TEST_CASE("Every type of record keeps what it says", "[wire]")
{
    DnsMessage m = query("alias.example.com");
    m.response = m.authoritative = m.truncated = true;
    m.opcode = 2;
    m.code = DnsCode::NameError;
    m.answers = {{"alias.example.com", DnsType::CNAME, 60, DnsName("www.example.com")},
                 {"www.example.com", DnsType::AAAA, 60, *Ipv6Address::parse("2001:db8::1")}};
    m.authorities = {
        {"example.com", DnsType::NS, 86400, DnsName("ns.example.com")},
        {"example.com", DnsType::SOA, 1, encodeSoa({"ns.example.com", "admin.example.com", 1, 2, 3, 4, 5})}};
    m.additionals = {{"ns.example.com", DnsType::A, 0xffffffff, Ipv4Address{1}},
                     {"", static_cast<DnsType>(99), 0, fromHex("00ff10")}};
    CHECK(decodeDns(encodeDns(m)) == m);

    const auto soa = decodeSoa(std::get<Bytes>(decodeDns(encodeDns(m))->authorities[1].data));
    CHECK(soa == DnsSoa{"ns.example.com", "admin.example.com", 1, 2, 3, 4, 5});
}

TEST_CASE("An SOA whose names are compressed is read without pointers", "[wire]")
{
    const auto m = decodeDns(fromHex("0000 8003 0001 0000 0001 0000"
                                     "076578616d706c65 03636f6d 00 0001 0001"
                                     "c00c 0006 0001 00000384 001c"
                                     "026e73 c00c 0161 00 00000001 00000002 00000003 00000004 00000005"));
    REQUIRE(m);
    CHECK(m->code == DnsCode::NameError);
    CHECK(decodeSoa(std::get<Bytes>(m->authorities.at(0).data)) == DnsSoa{"ns.example.com", "a", 1, 2, 3, 4, 5});
    CHECK(decodeDns(encodeDns(*m)) == m);
}

TEST_CASE("The letters' case is kept, and does not matter", "[wire]")
{
    CHECK(decodeDns(encodeDns(query("WWW.Example.com")))->questions[0].name == "WWW.Example.com");
    CHECK(sameName("WWW.Example.com", "www.eXAMPLE.COM"));
    CHECK_FALSE(sameName("www.example.com", "www.example.co"));
    CHECK_FALSE(sameName("a[", "a{")); // apart by 32, and no letters
}

TEST_CASE("Octets in a label that are no text are escaped, and survive", "[wire]")
{
    const Bytes octets = fromHex("0000 0000 0001 0000 0000 0000 05612e5c0020 00 0001 0001");
    const auto m = decodeDns(octets);
    REQUIRE(m);
    CHECK(m->questions[0].name == "a\\.\\\\\\000\\032"); // RFC 1035 §5.1
    CHECK(encodeDns(*m) == octets);
}

TEST_CASE("A name is within its own zone, those above it, and the root", "[wire]")
{
    CHECK(isWithin("www.example.com", "example.com"));
    CHECK(isWithin("www.example.com", "COM"));
    CHECK(isWithin("example.com", "example.com"));
    CHECK(isWithin("example.com", ""));
    CHECK(isWithin("", ""));
    CHECK_FALSE(isWithin("badexample.com", "example.com"));
    CHECK_FALSE(isWithin("com", "example.com"));
    CHECK_FALSE(isWithin("", "com"));
    CHECK_FALSE(isWithin("a\\.com", "com")); // one label with a dot in it
}

TEST_CASE("Names that people type are checked", "[wire]")
{
    const std::string label63(63, 'a');
    CHECK(checkName("www.example.com") == DnsNameError::None);
    CHECK(checkName("a") == DnsNameError::None);
    CHECK(checkName("_dmarc.x-1.com") == DnsNameError::None);
    CHECK(checkName(label63) == DnsNameError::None);
    CHECK(checkName(label63 + "." + label63 + "." + label63 + "." + std::string(61, 'b')) == DnsNameError::None); // 253
    CHECK(checkName(label63 + "." + label63 + "." + label63 + "." + std::string(62, 'b')) == DnsNameError::TooLong);
    CHECK(checkName(label63 + "a.com") == DnsNameError::LabelTooLong);
    CHECK(checkName("") == DnsNameError::Empty);
    CHECK(checkName(".") == DnsNameError::LabelEmpty);
    CHECK(checkName("a..b") == DnsNameError::LabelEmpty);
    CHECK(checkName("a.") == DnsNameError::LabelEmpty);
    CHECK(checkName("-a.com") == DnsNameError::HyphenAtEnd);
    CHECK(checkName("a-.com") == DnsNameError::HyphenAtEnd);
    CHECK(checkName("a b.com") == DnsNameError::BadCharacter);
    CHECK(checkName("例子.com") == DnsNameError::BadCharacter);
    CHECK(checkName("a/b") == DnsNameError::BadCharacter);
}

TEST_CASE("A name that cannot be written is refused", "[wire]")
{
    const std::string label63(63, 'a');
    const std::string fits = label63 + "." + label63 + "." + label63 + "." + std::string(61, 'b');
    CHECK(decodeDns(encodeDns(query(fits)))->questions[0].name == fits);
    for (const std::string& name :
         {label63 + "a", fits + "b", std::string("a..b"), std::string("."), std::string("a.")})
        CHECK_THROWS_AS(encodeDns(query(name)), std::invalid_argument);
    // Too long also where its end is written as a pointer.
    DnsMessage m = query(fits);
    m.questions.push_back({"b." + fits, DnsType::A});
    CHECK_THROWS_AS(encodeDns(m), std::invalid_argument);
}

TEST_CASE("A message beyond 16,384 octets goes on without pointers that could not reach", "[wire]")
{
    DnsMessage m;
    m.response = true;
    for (int i = 0; i < 1500; ++i)
        m.answers.push_back({"host" + std::to_string(i) + ".example.com", DnsType::A, 1, kWww});
    m.answers.push_back({"late.example.org", DnsType::NS, 1, DnsName("ns.late.example.org")});
    m.answers.push_back({"late.example.org", DnsType::A, 1, kWww});
    const Bytes octets = encodeDns(m);
    CHECK(octets.size() > 0x4000);
    CHECK(decodeDns(octets) == m);
    for (int i = 0; i < 3000; ++i)
        m.answers.push_back({"more" + std::to_string(i) + ".example.com", DnsType::A, 1, kWww});
    CHECK_THROWS_AS(encodeDns(m), std::length_error);
}

TEST_CASE("A DNS message that is cut anywhere is malformed", "[wire]")
{
    const Bytes whole = fromHex(kAnswerHex);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        INFO(size);
        CHECK_FALSE(decodeDns(ByteView(whole).first(size)));
    }
    Bytes longer = whole;
    longer.push_back(0);
    CHECK_FALSE(decodeDns(longer));
}

TEST_CASE("Pointers lead backwards and nowhere else", "[wire]")
{
    const std::string header = "0000 0000 0001 0000 0000 0000";
    for (const char* name : {
             "c00c",         // to itself
             "c00d",         // into itself
             "0161 c00c",    // to its own start: aaaa...
             "c00e",         // forwards
             "c00e 0161 00", // forwards, to a name
             "ffff",         // far forwards
             "c000", "c00b", // into the header
             "c0",           // cut
             "40", "80 00",  // lengths that do not exist (RFC 1035 §4.1.4)
             "3f 61",        // a label longer than the message
         }) {
        INFO(name);
        CHECK_FALSE(decodeDns(fromHex(header + name + "0001 0001")));
    }
    // Two names that point at each other.
    CHECK_FALSE(decodeDns(fromHex("0000 0000 0002 0000 0000 0000 0161 c012 0001 0001 0162 c00c 0001 0001")));
    // A pointer to a pointer is fine as long as both lead back.
    const auto m = decodeDns(fromHex("0000 0000 0003 0000 0000 0000 0161 00 0001 0001 c00c 0001 0001 c013 0001 0001"));
    REQUIRE(m);
    CHECK(m->questions[2].name == "a");
}

TEST_CASE("A name made longer than 255 octets by pointers is malformed", "[wire]")
{
    // Each question's name is a label of 63 octets and a pointer to the one before: the fourth has 1 + 4 * 64 octets.
    const auto chain = [](int names) {
        std::string hex = "0000 0000 000" + std::to_string(names) + " 0000 0000 0000";
        for (int i = 0; i < names; ++i) {
            const int before = 12 + (i < 2 ? 0 : 69 + (i - 2) * 70);
            const std::string pointer{'c', '0', "0123456789abcdef"[before / 16 % 16], "0123456789abcdef"[before % 16]};
            hex += "3f" + repeated("61", 63) + (i == 0 ? "00" : pointer) + "00010001";
        }
        return fromHex(hex);
    };
    REQUIRE(decodeDns(chain(3)));
    CHECK(decodeDns(chain(3))->questions[2].name.size() == 3 * 63 + 2);
    CHECK_FALSE(decodeDns(chain(4)));
}

TEST_CASE("Counts and lengths that lie are malformed", "[wire]")
{
    Bytes m = fromHex(kAnswerHex);
    for (const std::size_t count : {4u, 6u, 8u, 10u}) { // more entries than there are
        Bytes lying = m;
        lying[count] = 0xff;
        CHECK_FALSE(decodeDns(lying));
    }
    for (const std::uint8_t length : Bytes{0, 3, 5, 255}) { // of an IPv4 address
        Bytes lying = m;
        lying[lying.size() - 5] = length;
        CHECK_FALSE(decodeDns(lying));
    }
    // A name that ends before its record's data does, or after.
    for (const char* data : {"0003 c00c 00", "0001 c00c"})
        CHECK_FALSE(decodeDns(fromHex(std::string("0000 8000 0001 0001 0000 0000 0161 00 0001 0001"
                                                  "c00c 0002 0001 00000001") +
                                      data)));
}

TEST_CASE("Only the class Internet is read", "[wire]")
{
    CHECK_FALSE(decodeDns(fromHex("0000 0000 0001 0000 0000 0000 0161 00 0001 0003"))); // CHAOS
    // The OPT record of EDNS (RFC 6891 §6.1.2) has a size where the class stands.
    const auto m = decodeDns(fromHex("1234 0100 0001 0000 0000 0001 03777777 076578616d706c65 03636f6d 00 0001 0001"
                                     "00 0029 1000 00000000 0000"));
    CHECK(m == query("www.example.com"));
}

TEST_CASE("Types and codes have the names that people use", "[wire]")
{
    CHECK(toString(DnsType::AAAA) == "AAAA");
    CHECK(toString(static_cast<DnsType>(99)) == "TYPE99"); // RFC 3597 §5
    CHECK(toString(DnsCode::NameError) == "NXDOMAIN");
    CHECK(toString(DnsCode::NoError) == "NOERROR");
    CHECK(toString(static_cast<DnsCode>(9)) == "RCODE9");
}

} // namespace packetarium::wire_dns_test
