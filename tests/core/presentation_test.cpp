// SPDX-License-Identifier: GPL-3.0-or-later
//
// The presentation layer against what others publish: GBK code points, a gzip made elsewhere, the vectors of RFC 8448.
#include "core/presentation/presentation.h"

#include "tests/core/wire_bytes.h"
#include "tests/support/catch.h"

namespace packetarium::presentation_test {

using test::fromHex;

namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";

ByteView view(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string times(std::string_view part, int count)
{
    std::string text;
    while (count-- > 0)
        text += part;
    return text;
}

} // namespace

TEST_CASE("Characters have their code points in GBK", "[presentation]")
{
    CHECK(encodeText("中", "GBK") == fromHex("d6d0"));
    CHECK(encodeText("你好", "GBK") == fromHex("c4e3bac3"));
    CHECK(encodeText("hi 中!", "GBK") == fromHex("686920d6d021"));
    CHECK(encodeText("中", "UTF-8") == fromHex("e4b8ad"));
    CHECK(decodeText(fromHex("c4e3bac3"), "GBK").utf8 == "你好");
    CHECK(decodeText(fromHex("c4e3bac3"), "GBK").clean);
    CHECK(decodeText(fromHex("e4b8ad"), "UTF-8").utf8 == "中");
    CHECK(encodeText("", "GBK") == Bytes());
    CHECK(decodeText({}, "GBK").clean);

    const std::string longText = times("包罗网象，Packetarium。", 1000); // longer than any buffer
    const auto octets = encodeText(longText, "GBK");
    REQUIRE(octets);
    CHECK(octets->size() == (6 * 2 + 11) * 1000);
    CHECK(decodeText(*octets, "GBK").utf8 == longText);
}

TEST_CASE("What a charset does not have is not encoded", "[presentation]")
{
    CHECK_FALSE(encodeText("a\U0001F600", "GBK")); // an emoji
    CHECK_FALSE(encodeText("\xff", "UTF-8"));
    CHECK_FALSE(encodeText("\xff", "GBK"));
    CHECK_FALSE(encodeText("a", "EBCDIC"));
    CHECK_FALSE(encodeText("a", "GBK//TRANSLIT"));
    CHECK_FALSE(encodeText("a", ""));
}

TEST_CASE("Text read in the wrong charset is what a reader would see", "[presentation]")
{
    // UTF-8 taken for GBK: two Chinese characters become three other ones, and nothing looks broken to the machine.
    const DecodedText wrong = decodeText(*encodeText("你好", "UTF-8"), "GBK");
    CHECK(wrong.utf8 == "浣犲ソ");
    CHECK(wrong.clean);
    // GBK taken for UTF-8: C4 and C3 begin what does not follow, E3 BA begins a character of three octets.
    const DecodedText broken = decodeText(*encodeText("你好", "GBK"), "UTF-8");
    CHECK(broken.utf8 == times(kReplacement, 3));
    CHECK_FALSE(broken.clean);
}

TEST_CASE("Each broken part of UTF-8 is one U+FFFD", "[presentation]")
{
    // The examples of The Unicode Standard 15.0, §3.9, tables 3-8 to 3-11.
    const auto shown = [](std::string_view hex) {
        const DecodedText text = decodeText(fromHex(hex), "UTF-8");
        CHECK_FALSE(text.clean);
        return text.utf8;
    };
    CHECK(shown("c0af e080bf f0818241") == times(kReplacement, 8) + "A");
    CHECK(shown("eda080 edbfbf edaf41") == times(kReplacement, 8) + "A");
    CHECK(shown("f4919293 ff41 80bf42") == times(kReplacement, 5) + "A" + times(kReplacement, 2) + "B");
    CHECK(shown("e180e2 f09192 f1bf41") == times(kReplacement, 4) + "A");
    CHECK(shown("e4b8") == kReplacement);
}

TEST_CASE("Broken GBK goes on after what is broken", "[presentation]")
{
    const DecodedText text = decodeText(fromHex("ff61 d6d0 d6"), "GBK");
    CHECK_FALSE(text.clean);
    CHECK(text.utf8 == std::string(kReplacement) + "a中" + std::string(kReplacement));
}

TEST_CASE("gzip gives the same octets each time, and they are gzip", "[presentation]")
{
    const std::string page = times("<p>Hello, network.</p>\n", 200);
    const Bytes packed = gzip(view(page));
    CHECK(packed == gzip(view(page)));
    CHECK(packed.size() < page.size() / 10);
    // RFC 1952 §2.3: magic, deflate, no flags, no time, (speed), system unknown.
    CHECK(Bytes(packed.begin(), packed.begin() + 8) == fromHex("1f8b0800 00000000"));
    CHECK(packed[9] == 255);
    const auto unpacked = gunzip(packed, page.size());
    REQUIRE(unpacked);
    CHECK(std::string(unpacked->begin(), unpacked->end()) == page);
    CHECK(gunzip(gzip({}), 0) == Bytes());
}

TEST_CASE("A gzip made elsewhere is read", "[presentation]")
{
    // printf hello | gzip -n: one block with the fixed codes (RFC 1951 §3.2.6), CRC 3610a686, length 5.
    const Bytes hello = fromHex("1f8b080000000000 0003 cb48cdc9c90700 86a61036 05000000");
    const Bytes text{'h', 'e', 'l', 'l', 'o'};
    CHECK(gunzip(hello, 5) == text);
    // RFC 1952 §2.2: members one after another are one text.
    Bytes twice = hello;
    twice.insert(twice.end(), hello.begin(), hello.end());
    CHECK(gunzip(twice, 10) == Bytes{'h', 'e', 'l', 'l', 'o', 'h', 'e', 'l', 'l', 'o'});
    CHECK_FALSE(gunzip(twice, 9));
}

TEST_CASE("What is no gzip, is damaged or too large is refused", "[presentation]")
{
    const std::string page = times("0123456789", 100);
    const Bytes packed = gzip(view(page));
    for (std::size_t size = 0; size < packed.size(); ++size) {
        INFO(size);
        CHECK_FALSE(gunzip(ByteView(packed).first(size), 1 << 20));
    }
    Bytes damaged = packed;
    damaged[damaged.size() - 6] ^= 1; // in the CRC
    CHECK_FALSE(gunzip(damaged, 1 << 20));
    Bytes trailing = packed;
    trailing.push_back('x');
    CHECK_FALSE(gunzip(trailing, 1 << 20));
    CHECK_FALSE(gunzip(view(page), 1 << 20));
    CHECK_FALSE(gunzip({}, 1 << 20));
    CHECK(gunzip(packed, 1000));
    CHECK_FALSE(gunzip(packed, 999));
    // A bomb: 16 MiB of zeros in some 16 KiB, stopped at the limit.
    const Bytes bomb = gzip(Bytes(std::size_t{16} << 20));
    CHECK(bomb.size() < 20000);
    CHECK_FALSE(gunzip(bomb, 100000));
}

namespace {

// RFC 8448 §3: application traffic secrets, and the records that both sides send under them.
const Bytes kClientSecret = fromHex("9e40646ce79a7f9dc05af8889bce6552875afa0b06df0087f792ebb7c17504a5");
const Bytes kServerSecret = fromHex("a11af9f05531f856ad47116b45a950328204b4f44bfb6b3a4b4f1f3fcb631643");
const Bytes kClientRecord =
    fromHex("1703030043a23f7054b62c94d0affafe8228ba55cbefacea42f914aa66bcab3f2b9819a8a5b46b395bd5"
            "4a9a20441e2b62974e1f5a6292a2977014bd1e3deae63aeebb21694915e4");
const Bytes kServerRecord =
    fromHex("17030300432e937e11ef4ac740e538ad36005fc4a46932fc3225d05f82aa1b36e30efaf97d90e6dffc60"
            "2dcb501a59a8fcc49c4bf2e5f0a21c0047c2abf332540dd032e167c2955d");

Bytes numbered(std::size_t count)
{
    Bytes octets(count);
    for (std::size_t i = 0; i < count; ++i)
        octets[i] = static_cast<std::uint8_t>(i);
    return octets;
}

} // namespace

TEST_CASE("Records are those of RFC 8448 section 3", "[presentation]")
{
    using Outcome = RecordProtection::Outcome;
    RecordProtection client(kClientSecret);
    CHECK(client.protect(numbered(50)) == kClientRecord);

    RecordProtection reader(kClientSecret);
    const RecordProtection::Opened opened = reader.open(kClientRecord);
    CHECK(opened.outcome == Outcome::Whole);
    CHECK(opened.used == kClientRecord.size());
    CHECK(opened.content == numbered(50));

    // The server's is its second record under its key: the first carried a session ticket.
    RecordProtection server(kServerSecret);
    server.protect(numbered(1));
    CHECK(server.protect(numbered(50)) == kServerRecord);
}

TEST_CASE("A stream of records is opened in order, however it is cut", "[presentation]")
{
    using Outcome = RecordProtection::Outcome;
    RecordProtection writer(kClientSecret);
    Bytes stream = writer.protect(numbered(10));
    const std::size_t first = stream.size();
    CHECK(first == 5 + 10 + 1 + 16);
    const Bytes second = writer.protect({});
    CHECK(second.size() == 5 + 1 + 16);
    stream.insert(stream.end(), second.begin(), second.end());

    RecordProtection reader(kClientSecret);
    for (std::size_t size = 0; size < first; ++size)
        CHECK(reader.open(ByteView(stream).first(size)).outcome == Outcome::NeedMore);
    CHECK(reader.open(stream).content == numbered(10));
    const RecordProtection::Opened last = reader.open(ByteView(stream).subspan(first));
    CHECK(last.outcome == Outcome::Whole);
    CHECK(last.content.empty());
    CHECK(reader.open({}).outcome == Outcome::NeedMore);
}

TEST_CASE("Content over 16,384 octets makes several records", "[presentation]")
{
    RecordProtection writer(kClientSecret);
    const Bytes content = numbered(16384 + 1);
    const Bytes stream = writer.protect(content);
    CHECK(stream.size() == content.size() + 2 * (5 + 1 + 16));
    RecordProtection reader(kClientSecret);
    const auto first = reader.open(stream);
    const auto second = reader.open(ByteView(stream).subspan(first.used));
    CHECK(first.content.size() == 16384);
    CHECK(second.content == Bytes{content.back()});
    CHECK(first.used + second.used == stream.size());
}

TEST_CASE("A record that was touched, repeated or is under another key is bad", "[presentation]")
{
    using Outcome = RecordProtection::Outcome;
    for (std::size_t bit = 0; bit < kClientRecord.size() * 8; ++bit) {
        Bytes touched = kClientRecord;
        touched[bit / 8] = static_cast<std::uint8_t>(touched[bit / 8] ^ (0x80u >> bit % 8));
        RecordProtection reader(kClientSecret);
        INFO(bit);
        const Outcome outcome = reader.open(touched).outcome;
        // A length that became larger waits for the rest; everything else shows at once.
        CHECK((outcome == Outcome::Bad || (outcome == Outcome::NeedMore && (bit / 8 == 3 || bit / 8 == 4))));
    }
    RecordProtection other(kServerSecret);
    CHECK(other.open(kClientRecord).outcome == Outcome::Bad);
    RecordProtection reader(kClientSecret);
    CHECK(reader.open(kClientRecord).outcome == Outcome::Whole);
    CHECK(reader.open(kClientRecord).outcome == Outcome::Bad);         // it is not the next one
    CHECK(reader.open(fromHex("1703030010")).outcome == Outcome::Bad); // shorter than a tag and a type
    CHECK(reader.open(fromHex("1703034101")).outcome == Outcome::Bad); // longer than RFC 8446 §5.2 allows
    CHECK(reader.open(fromHex("16")).outcome == Outcome::Bad);         // a handshake: there is none here
}

} // namespace packetarium::presentation_test
