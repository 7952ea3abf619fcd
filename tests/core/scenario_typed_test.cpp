// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/network_edit.h"
#include "core/scenario/typed_command.h"
#include "tests/support/catch.h"
#include "ui/i18n/catalogue_typed.h"

#include <algorithm>

namespace packetarium::scenario_typed_test {

namespace {

/// client 192.168.1.10, server 192.168.1.11, and a name for the server.
Scenario network()
{
    Scenario s = newNetwork();
    DnsServiceSpec dns;
    dns.zones = {"example.com"};
    dns.records = {{"www.example.com", "A", "192.168.1.11", 60}};
    s.hosts[1].services.dns = dns;
    return s;
}

template <class Do>
Do typed(std::string_view line)
{
    const auto parsed = parseTyped(line, network());
    REQUIRE(parsed);
    REQUIRE(std::holds_alternative<Do>(parsed.value()));
    return std::get<Do>(parsed.value());
}

TypedError wrong(std::string_view line)
{
    const auto parsed = parseTyped(line, network());
    REQUIRE_FALSE(parsed);
    return parsed.error();
}

bool has(const std::vector<std::string>& list, std::string_view text)
{
    return std::find(list.begin(), list.end(), text) != list.end();
}

} // namespace

TEST_CASE("typed commands become what programs do", "[scenario]")
{
    CHECK(typed<DoPing>("ping server") == DoPing{"server"});
    CHECK(typed<DoPing>("  PING   192.168.1.11  5 ").count == 5);
    CHECK(typed<DoPing>("ping www.example.com").to == "www.example.com");
    CHECK(typed<DoTraceroute>("traceroute 192.168.1.11").to == "192.168.1.11");
    CHECK(typed<DoResolve>("resolve www.example.com") == DoResolve{"www.example.com", false});
    CHECK(typed<DoResolve>("resolve www.example.com. AAAA") == DoResolve{"www.example.com", true});
    CHECK(typed<DoOpen>("open http://www.example.com/").url == "http://www.example.com/");
    CHECK(typed<DoOpen>("打开 http://server:8080/a.png").url == "http://server:8080/a.png");
    CHECK(typed<DoListen>("listen").port == 80);
    CHECK(typed<DoListen>("listen 8080").port == 8080);
    CHECK(typed<DoConnect>("connect server").port == 80);
    CHECK(typed<DoConnect>("connect 192.168.1.11:8080") == DoConnect{"server", 8080, 0});
    CHECK(typed<DoConnect>("connect server 81").port == 81);
    const std::string text = "hello";
    CHECK(typed<DoSend>("write hello").data == Bytes(text.begin(), text.end()));
    typed<DoClose>("close");
    typed<DoShutdown>("shutdown");
    typed<DoAbort>("abort");
    typed<DoCrash>("crash");

    const DoSendDatagram datagram = typed<DoSendDatagram>("send 192.168.1.11:7 hello there");
    CHECK(datagram.to == "192.168.1.11");
    CHECK(datagram.port == 7);
    CHECK(std::string(datagram.data.begin(), datagram.data.end()) == "hello there");
    CHECK(typed<DoSendDatagram>("send [2001:db8::1]:7 x").to == "2001:db8::1");
}

TEST_CASE("typed commands that make no sense say what is wrong", "[scenario]")
{
    CHECK(wrong("").mistake == TypedMistake::Empty);
    CHECK(wrong("   ").mistake == TypedMistake::Empty);
    CHECK(wrong("pign server").mistake == TypedMistake::UnknownVerb);
    CHECK(wrong("ping").mistake == TypedMistake::MissingTarget);
    CHECK(wrong("ping server 0").mistake == TypedMistake::BadNumber);
    CHECK(wrong("ping server many").mistake == TypedMistake::BadNumber);
    CHECK(wrong("send server hello").mistake == TypedMistake::MissingPort);
    CHECK(wrong("send server:0 hello").mistake == TypedMistake::BadPort);
    CHECK(wrong("send server:65536 hello").mistake == TypedMistake::BadPort);
    CHECK(wrong("send server:7").mistake == TypedMistake::MissingText);
    CHECK(wrong("listen port").mistake == TypedMistake::BadPort);
    CHECK(wrong("write").mistake == TypedMistake::MissingText);
    CHECK(wrong("close now").mistake == TypedMistake::TooMuch);
    CHECK(wrong("traceroute server client").mistake == TypedMistake::TooMuch);

    const auto input = [](std::string_view line) {
        const TypedError error = wrong(line);
        REQUIRE(error.mistake == TypedMistake::Input);
        return error.input->id;
    };
    CHECK(input("ping 192.168.1.256") == InputErrorId::NotADestination);
    CHECK(input("ping nobody") == InputErrorId::NotADestination);
    CHECK(input("connect www.example.com") == InputErrorId::NotADestination);
    CHECK(input("resolve -bad-.example") == InputErrorId::NotADomainName);
    CHECK(input("open ftp://server/") == InputErrorId::NotAUrl);
    CHECK(input("open http://server:99999/") == InputErrorId::NotAUrl);
    CHECK(input("open http://nobody/") == InputErrorId::NotADestination);
}

TEST_CASE("every mistake has a sentence in both languages, with what was found", "[scenario]")
{
    for (const char* line : {"", "pign server", "ping", "ping server 0", "send server hello", "send server:0 x",
                             "send server:7", "close now", "ping 192.168.1.256", "open ftp://server/"}) {
        const std::string en = sentenceFor(wrong(line), Language::English);
        const std::string zh = sentenceFor(wrong(line), Language::Chinese);
        INFO(line << ": " << en << " / " << zh);
        CHECK(en.ends_with('.'));
        CHECK(zh.ends_with("。"));
        CHECK(en != zh);
    }
    CHECK(sentenceFor(wrong("pign x"), Language::English).find("pign") != std::string::npos);
    CHECK(sentenceFor(wrong("pign x"), Language::English).find("traceroute") != std::string::npos);
    CHECK(sentenceFor(wrong("ping 300.1.1.1"), Language::Chinese).find("300.1.1.1") != std::string::npos);
}

TEST_CASE("a long or hostile line is shown cut, whole characters only", "[scenario]")
{
    std::string line;
    for (int i = 0; i < 200; ++i)
        line += "网";
    const std::string zh = sentenceFor(wrong(line), Language::Chinese);
    CHECK(zh.size() < 400);
    CHECK(zh.find("…") != std::string::npos);
}

TEST_CASE("completion offers verbs, then what there is", "[scenario]")
{
    const Scenario s = network();
    CHECK(completeTyped("", s, "client").size() == typedVerbs().size());
    CHECK(completeTyped("tr", s, "client") == std::vector<std::string>{"traceroute"});
    const auto pings = completeTyped("ping ", s, "client");
    CHECK(has(pings, "ping server"));
    CHECK(has(pings, "ping www.example.com"));
    CHECK_FALSE(has(pings, "ping client"));
    CHECK(has(completeTyped("open h", s, "client"), "open http://www.example.com/"));
    CHECK(has(completeTyped("resolve ", s, "client"), "resolve www.example.com"));
    CHECK(has(completeTyped("send ", s, "client"), "send server:7 hello"));
    // Whatever is offered can be done.
    for (const TypedVerb verb : typedVerbs())
        for (const std::string& target : targetsOf(verb, s, "client"))
            CHECK(parseTyped(std::string(toString(verb)) + " " + target, s).ok());
    // And whatever is shown as an example is understood as far as this network goes.
    for (const TypedVerb verb : typedVerbs())
        CHECK(parseTyped(usageOf(verb), s).ok());
}

} // namespace packetarium::scenario_typed_test
