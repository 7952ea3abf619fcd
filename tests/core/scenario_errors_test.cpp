// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever is wrong with a scenario file: which mistake, at which line and column, with which words.
#include "core/base/rng.h"
#include "core/scenario/scenario_file.h"
#include "core/scenario/yaml_tree.h"
#include "tests/support/catch.h"

namespace packetarium::scenario_errors_test {

namespace {

struct Mistake {
    const char* yaml;
    InputErrorId id;
    int line, column;
    std::vector<std::string> args; ///< the first ones; the rest is not looked at
};

// Lines 1-5 of the files that begin with it.
#define HEAD "packetarium: scenario\nversion: 1\nhosts:\n  client: {address: 10.0.0.1}\n  server: {address: 10.0.0.2}\n"

const std::vector<Mistake>& mistakes()
{
    using Id = InputErrorId;
    static const std::vector<Mistake> list{
        // The whole file
        {"", Id::WrongType, 0, 0, {"", "map"}},
        {"just text", Id::WrongType, 1, 1, {"", "map", "just text"}},
        {"- a\n- b\n", Id::WrongType, 1, 1, {"", "map", "[...]"}},
        {"a: 1\nb: \xFF\n", Id::NotUtf8, 2, 4, {}},
        {"a: \"\xC3\xA9\x01\"", Id::NotUtf8, 1, 6, {}},
        {"a: [1, 2\n", Id::NotYaml, 2, 1, {}},
        {"packetarium: scenario\nversion: 1\nversion: 1\n", Id::DuplicateKey, 3, 1, {"version"}},
        {"packetarium: lesson\nversion: 1\n", Id::NotOneOf, 1, 14, {"packetarium", "lesson", "scenario"}},
        {"packetarium: scenario\nversion: 2\n", Id::WrongVersion, 2, 10, {"2", "1"}},
        {"packetarium: scenario\n", Id::MissingKey, 1, 1, {"version", ""}},
        {"packetarium: scenario\nversion: 1\n", Id::MissingKey, 1, 1, {"hosts", ""}},
        {"a: &x 1\nb: *x\n", Id::YamlFeature, 1, 4, {"anchor"}},
        {"a: !!int 1\n", Id::YamlFeature, 1, 4, {"tag"}},
        {"? [a]\n: b\n", Id::YamlFeature, 1, 3, {"complex-key"}},
        {"a: \"\\N\"\n", Id::YamlFeature, 1, 4, {"escape"}},
        {HEAD "title: \"\\x1b[31mred\"\n", Id::WrongType, 6, 8, {"title", "texts"}},
        {HEAD "title: {en: \"\\0\"}\n", Id::WrongType, 6, 13, {"title.en", "text"}},
        {"a: 1\n---\nb: 1\n", Id::YamlFeature, 2, 1, {"documents"}},
        // The top level
        {HEAD "colour: red\n", Id::UnknownKey, 6, 1, {"colour", ""}},
        {HEAD "group: fun\n", Id::NotOneOf, 6, 8, {"group", "fun"}},
        {HEAD "profile: bsd\n", Id::NotOneOf, 6, 10, {"profile", "bsd", "rfc, linux"}},
        {HEAD "seed: -1\n", Id::OutOfRange, 6, 7, {"seed", "-1"}},
        {HEAD "seed: many\n", Id::WrongType, 6, 7, {"seed", "number", "many"}},
        {HEAD "seed: \"1\"\n", Id::WrongType, 6, 7, {"seed", "number", "1"}},
        {HEAD "seed: 18446744073709551616\n", Id::OutOfRange, 6, 7, {"seed"}},
        {HEAD "until: 5\n", Id::NotADuration, 6, 8, {"until", "5"}},
        {HEAD "until: 25 min 1 s\n", Id::NotADuration, 6, 8, {"until"}},
        {HEAD "until: 86401 s\n", Id::OutOfRange, 6, 8, {"until", "86401 s", "0 ms", "86400 s"}},
        {HEAD "view: map\n", Id::NotOneOf, 6, 7, {"view", "map", "sequence, states, layers, network, windows, plots"}},
        {HEAD "title: [a]\n", Id::WrongType, 6, 8, {"title", "texts", "[...]"}},
        {HEAD "title: {de: Hallo}\n", Id::UnknownKey, 6, 9, {"de", "title", "en, zh"}},
        {HEAD "title: {en: {a: b}}\n", Id::WrongType, 6, 13, {"title.en", "text", "{...}"}},
        {HEAD "title:\n", Id::WrongType, 6, 1, {"title", "texts", ""}},
        // Hosts
        {"packetarium: scenario\nversion: 1\nhosts: 2\n", Id::WrongType, 3, 8, {"hosts", "map", "2"}},
        {"packetarium: scenario\nversion: 1\nhosts:\n  client: {address: 10.0.0.1}\n",
         Id::OutOfRange,
         4,
         3,
         {"hosts", "1", "2", "2"}},
        {"packetarium: scenario\nversion: 1\nhosts: {a: {address: 10.0.0.1}, b c: {address: 10.0.0.2}}\n",
         Id::WrongType,
         3,
         33,
         {"hosts", "name", "b c"}},
        {"packetarium: scenario\nversion: 1\nhosts: {a: {address: 10.0.0.1}, b: {address: 10.0.0.1}}\n",
         Id::DuplicateName,
         3,
         46,
         {"10.0.0.1"}},
        {"packetarium: scenario\nversion: 1\nhosts: {a: {address: 10.0.0.1}, b: {}}\n",
         Id::MissingKey,
         3,
         36,
         {"address", "hosts.b"}},
        {"packetarium: scenario\nversion: 1\nhosts: {a: {address: 10.0.0.1}, b: {address: 10.0.0.256}}\n",
         Id::NotAnAddress,
         3,
         46,
         {"hosts.b.address", "10.0.0.256"}},
        {"packetarium: scenario\nversion: 1\nhosts: {a: {address: 10.0.0.1}, b: {address: 224.0.0.1}}\n",
         Id::NotAnAddress,
         3,
         46,
         {"hosts.b.address", "224.0.0.1"}},
        {"packetarium: scenario\nversion: 1\nhosts: {a: {address: 10.0.0.1}, b: {address: 10.0.0.2, mac: nonsense}}\n",
         Id::NotAMac,
         3,
         61,
         {"hosts.b.mac", "nonsense"}},
        {"packetarium: scenario\nversion: 1\nhosts: {a: {address: 10.0.0.1}, b: {address: 10.0.0.2, mac: "
         "\"ff:ff:ff:ff:ff:ff\"}}\n",
         Id::NotAMac,
         3,
         61,
         {"hosts.b.mac"}},
        {"packetarium: scenario\nversion: 1\nhosts: {a: {address: 10.0.0.1}, b: {address: 10.0.0.2, mac: "
         "\"02:00:00:00:00:01\"}}\n",
         Id::DuplicateName,
         3,
         61,
         {"02:00:00:00:00:01"}},
        {"packetarium: scenario\nversion: 1\nhosts: {a: {address: 10.0.0.1}, b: {address: 10.0.0.2, iss: "
         "4294967296}}\n",
         Id::OutOfRange,
         3,
         61,
         {"hosts.b.iss", "4294967296", "0", "4294967295"}},
        {"packetarium: scenario\nversion: 1\nhosts: {a: {address: 10.0.0.1}, b: {address: 10.0.0.2, filtered: "
         "maybe}}\n",
         Id::WrongType,
         3,
         66,
         {"hosts.b.filtered", "yes/no", "maybe"}},
        {"packetarium: scenario\nversion: 1\nhosts: {a: {address: 10.0.0.1}, b: {address: 10.0.0.2, tcp: {mss: 27}}}\n",
         Id::OutOfRange,
         3,
         67,
         {"hosts.b.tcp.mss", "27", "28", "65495"}},
        {"packetarium: scenario\nversion: 1\nhosts: {a: {address: 10.0.0.1}, b: {address: 10.0.0.2, tcp: "
         "{delayed-ack-time: 500 ms}}}\n",
         Id::OutOfRange,
         3,
         80,
         {"hosts.b.tcp.delayed-ack-time", "500 ms", "1 ms", "499 ms"}},
        {"packetarium: scenario\nversion: 1\nhosts: {a: {address: 10.0.0.1}, b: {address: 10.0.0.2, tcp: "
         "{receive-buffer: 2000000000}}}\n",
         Id::OutOfRange,
         3,
         78,
         {"hosts.b.tcp.receive-buffer"}},
        {"packetarium: scenario\nversion: 1\nhosts: {a: {address: 10.0.0.1}, b: {address: 10.0.0.2, tcp: {rto-max: 10 "
         "ms}}}\n",
         Id::OutOfRange,
         3,
         71,
         {"hosts.b.tcp.rto-min", "1 s", "1 ms", "10 ms"}},
        {"packetarium: scenario\nversion: 1\nhosts: {a: {address: 10.0.0.1}, b: {address: 10.0.0.2, tcp: {nagel: "
         "on}}}\n",
         Id::UnknownKey,
         3,
         62,
         {"nagel", "hosts.b.tcp"}},
        // The link
        {HEAD "link: {delay: 601 s}\n", Id::OutOfRange, 6, 15, {"link.delay", "601 s", "0 ms", "600 s"}},
        {HEAD "link: {bandwidth: 10}\n", Id::NotABandwidth, 6, 19, {"link.bandwidth", "10"}},
        {HEAD "link: {bandwidth: 0 bit/s}\n",
         Id::OutOfRange,
         6,
         19,
         {"link.bandwidth", "0 bit/s", "1 kbit/s", "400 Gbit/s"}},
        {HEAD "link: {loss: 101 %}\n", Id::OutOfRange, 6, 14, {"link.loss", "101 %", "0 %", "100 %"}},
        {HEAD "link: {loss: 0.1}\n", Id::WrongType, 6, 14, {"link.loss", "percentage", "0.1"}},
        // The script
        {HEAD "script: {}\n", Id::WrongType, 6, 9, {"script", "list", "{...}"}},
        {HEAD "script:\n  - listen\n", Id::WrongType, 7, 5, {"script[1]", "map", "listen"}},
        {HEAD "script:\n  - {at: 0 ms, host: client}\n", Id::NotExactlyOne, 7, 5, {"script[1]"}},
        {HEAD "script:\n  - {at: 0 ms, host: client, do: close, listen: 80}\n", Id::NotExactlyOne, 7, 5, {"script[1]"}},
        {HEAD "script:\n  - {host: client, do: close}\n", Id::NotExactlyOne, 7, 5, {"script[1]", "at, on", ""}},
        {HEAD "script:\n  - {at: 0 ms, on: {host: client, received: 1}, host: client, do: close}\n",
         Id::NotExactlyOne,
         7,
         5,
         {"script[1]", "at, on", "at, on"}},
        {HEAD "script:\n  - {at: 0 ms, do: close}\n", Id::MissingKey, 7, 5, {"host", "script[1]"}},
        {HEAD "script:\n  - {at: 0 ms, host: nobody, do: close}\n",
         Id::UnknownHost,
         7,
         22,
         {"nobody", "client, server"}},
        {HEAD "script:\n  - {at: 0 ms, host: client, do: explode}\n",
         Id::NotOneOf,
         7,
         34,
         {"script[1].do", "explode", "close, shutdown, abort, crash"}},
        {HEAD "script:\n  - {at: 0 ms, host: client, listen: 0}\n",
         Id::OutOfRange,
         7,
         38,
         {"script[1].listen", "0", "1", "65535"}},
        {HEAD "script:\n  - {at: 0 ms, host: client, listen: 65536}\n", Id::OutOfRange, 7, 38, {"script[1].listen"}},
        {HEAD "script:\n  - {at: 0 ms, host: client, listen: {port: 80}}\n",
         Id::MissingKey,
         7,
         38,
         {"backlog", "script[1].listen"}},
        {HEAD "script:\n  - {at: 0 ms, host: client, listen: {backlog: 65536}}\n",
         Id::OutOfRange,
         7,
         48,
         {"script[1].listen.backlog"}},
        {HEAD "script:\n  - {at: 0 ms, host: client, accept: 0}\n", Id::OutOfRange, 7, 38, {"script[1].accept"}},
        {HEAD "script:\n  - {at: 0 ms, host: client, connect: {port: 80}}\n",
         Id::MissingKey,
         7,
         39,
         {"to", "script[1].connect"}},
        {HEAD "script:\n  - {at: 0 ms, host: client, connect: {to: client}}\n",
         Id::NotOneOf,
         7,
         44,
         {"script[1].connect.to", "client", "server"}},
        {HEAD "script:\n  - {at: 0 ms, host: client, send: \"\"}\n",
         Id::OutOfRange,
         7,
         36,
         {"script[1].send", "0", "1", "1048576"}},
        {HEAD "script:\n  - {at: 0 ms, host: client, send: {octets: 1048577}}\n",
         Id::OutOfRange,
         7,
         45,
         {"script[1].send.octets"}},
        {HEAD "script:\n  - {at: 0 ms, host: client, send: {hex: 0g}}\n",
         Id::WrongType,
         7,
         42,
         {"script[1].send.hex", "hex", "0g"}},
        {HEAD "script:\n  - {at: 0 ms, host: client, send: {hex: 000}}\n",
         Id::WrongType,
         7,
         42,
         {"script[1].send.hex", "hex", "000"}},
        {HEAD "script:\n  - {at: 0 ms, host: client, send: {octets: 1, hex: 00}}\n",
         Id::NotExactlyOne,
         7,
         36,
         {"script[1].send", "octets, hex", "octets, hex"}},
        {HEAD "script:\n  - {on: {host: client, state: OPEN}, host: client, do: close}\n",
         Id::NotOneOf,
         7,
         32,
         {"script[1].on.state", "OPEN"}},
        {HEAD "script:\n  - {on: {host: client, received: 1, nth: 2}, host: client, do: close}\n",
         Id::UnknownKey,
         7,
         38,
         {"nth", "script[1].on"}},
        {HEAD "script:\n  - {on: {host: client, peer-closed: no}, host: client, do: close}\n",
         Id::NotOneOf,
         7,
         38,
         {"script[1].on.peer-closed", "no", "yes"}},
        {HEAD "script:\n  - {at: 0 ms, host: client, drop: {from: client}}\n",
         Id::UnknownKey,
         7,
         16,
         {"host", "script[1]"}},
        {HEAD "script:\n  - {at: 0 ms, drop: {from: client, nth: 0}}\n",
         Id::OutOfRange,
         7,
         42,
         {"script[1].drop.nth", "0"}},
        {HEAD "script:\n  - {at: 0 ms, delay: {from: client}}\n", Id::MissingKey, 7, 23, {"by", "script[1].delay"}},
        {HEAD "script:\n  - {at: 0 ms, delay: {from: client, by: 11 min}}\n",
         Id::OutOfRange,
         7,
         42,
         {"script[1].delay.by", "11 min", "0 ms", "600 s"}},
        {HEAD "script:\n  - {at: 0 ms, inject: {from: client, to: server, flags: \"SYN,WAT\", seq: 1}}\n",
         Id::NotOneOf,
         7,
         58,
         {"script[1].inject.flags", "WAT"}},
        {HEAD "script:\n  - {at: 0 ms, inject: {from: client, to: client, flags: SYN, seq: 1}}\n",
         Id::NotOneOf,
         7,
         43,
         {"script[1].inject.to", "client", "server"}},
        {HEAD "script:\n  - {at: 0 ms, inject: {from: client, to: server, flags: SYN}}\n",
         Id::MissingKey,
         7,
         24,
         {"seq", "script[1].inject"}},
        {HEAD "commands:\n  - {on: {host: client, received: 1}, host: client, do: close}\n",
         Id::UnknownKey,
         7,
         6,
         {"on", "commands[1]"}},
        {HEAD "commands:\n  - {host: client, do: close}\n", Id::MissingKey, 7, 5, {"at", "commands[1]"}},
        // Columns are counted in characters, not in bytes
        {HEAD "title: {en: \"你好\", zh: \"你好\", fr: \"x\"}\n", Id::UnknownKey, 6, 29, {"fr", "title"}},
    };
    return list;
}

} // namespace

TEST_CASE("each mistake in a scenario file is named with its place and its words", "[scenario]")
{
    for (const Mistake& mistake : mistakes()) {
        INFO(mistake.yaml);
        const auto parsed = parseScenario(mistake.yaml, "file.yaml");
        REQUIRE_FALSE(parsed.ok());
        const InputError& error = parsed.error();
        CHECK(static_cast<int>(error.id) == static_cast<int>(mistake.id));
        CHECK(error.file == "file.yaml");
        CHECK(error.line == mistake.line);
        CHECK(error.column == mistake.column);
        REQUIRE(error.args.size() >= mistake.args.size());
        for (std::size_t i = 0; i < mistake.args.size(); ++i)
            CHECK(error.args[i] == mistake.args[i]);
    }
}

TEST_CASE("scenario files have their limits", "[scenario]")
{
    const auto idOf = [](const std::string& yaml) {
        const auto parsed = parseScenario(yaml, "f.yaml");
        return parsed.ok() ? -1 : static_cast<int>(parsed.error().id);
    };
    std::string script = HEAD "script:\n";
    for (std::size_t i = 0; i < kMaxCommands; ++i)
        script += "  - {at: 1 s, host: client, do: close}\n";
    CHECK(idOf(script) == -1);
    CHECK(idOf(script + "  - {at: 1 s, host: client, do: close}\n") == static_cast<int>(InputErrorId::TooMany));

    std::string sends = HEAD "script:\n";
    for (int i = 0; i < 4; ++i)
        sends += "  - {at: 1 s, host: client, send: {octets: 1048576}}\n";
    CHECK(idOf(sends) == -1);
    CHECK(idOf(sends + "  - {at: 1 s, host: client, send: {octets: 1}}\n") == static_cast<int>(InputErrorId::TooMany));

    CHECK(idOf(HEAD + std::string(kMaxInputFile, '#')) == static_cast<int>(InputErrorId::FileTooLarge));
}

TEST_CASE("a file made to hurt the parser ends with a mistake, soon", "[scenario]")
{
    const auto repeated = [](const std::string& unit, std::size_t size) {
        std::string text;
        while (text.size() + unit.size() <= size)
            text += unit;
        return text;
    };
    for (const char* unit : {"[",   "{",   "- ", "? ",  "a: ",    "[a,",       "{a: ",      "\"", "'",  "&a ",
                             "*a ", "!t ", "%",  "|\n", ">\n",    "- - - a\n", "[]",        "{}", ",",  "---\n",
                             "{a,", "[?",  "!<", "[{",  "{\"a\"", "[*a,",      "a: &b c\n", ":",  "{:", "\\"})
        CHECK_FALSE(parseScenario(repeated(unit, 100'000), "hurt.yaml").ok());
    // One long line, and keys in great number, take no longer than anything else of their size.
    CHECK_FALSE(parseScenario("[" + repeated("a,", 500'000) + "]", "long.yaml").ok());
    std::string keys;
    for (int i = 0; i < 40'000; ++i)
        keys += "k" + std::to_string(i) + ": 1\n";
    CHECK_FALSE(parseScenario(keys, "keys.yaml").ok());

    std::string deep = "a: ";
    for (int i = 0; i < kMaxYamlDepth; ++i)
        deep += "[";
    deep += std::string(kMaxYamlDepth, ']');
    const auto tooDeep = parseYamlTree(deep, "deep.yaml");
    REQUIRE_FALSE(tooDeep.ok());
    CHECK(tooDeep.error().id == InputErrorId::TooDeep);
}

TEST_CASE("a valid file cut short or with changed bytes never crashes the parser", "[scenario]")
{
    const std::string whole =
        writeScenario(sandboxScenario()) +
        "script:\n  - {at: 0 ms, host: server, listen: 80}\n  - {at: 10 ms, drop: {from: client, nth: 2}}\n";
    REQUIRE(parseScenario(whole, "f.yaml").ok());
    const auto look = [](const std::string& yaml) {
        const auto parsed = parseScenario(yaml, "f.yaml");
        if (parsed.ok())
            CHECK(parseScenario(writeScenario(parsed.value()), "f.yaml").ok());
        else
            CHECK(parsed.error().file == "f.yaml");
    };
    for (std::size_t size = 0; size < whole.size(); ++size)
        look(whole.substr(0, size));
    Rng rng(5);
    for (int i = 0; i < 1'000; ++i) {
        std::string changed = whole;
        for (std::uint64_t n = 1 + rng.below(3); n > 0; --n)
            changed[rng.below(changed.size())] = static_cast<char>(rng.below(256));
        look(changed);
    }
}

} // namespace packetarium::scenario_errors_test
