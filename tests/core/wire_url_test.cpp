// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/http.h"
#include "tests/support/catch.h"

namespace packetarium::wire_url_test {

namespace {

Url urlOf(std::string_view text)
{
    const UrlParsed parsed = parseUrl(text);
    INFO(text);
    REQUIRE(parsed.error == UrlError::None);
    return parsed.url;
}

UrlError errorOf(std::string_view text)
{
    return parseUrl(text).error;
}

} // namespace

TEST_CASE("A URL falls into host, port and path", "[wire]")
{
    CHECK(urlOf("http://www.example.com:8080/image.png") == Url{"www.example.com", 8080, "/image.png"});
    CHECK(urlOf("http://www.example.com") == Url{"www.example.com", 80, "/"});
    CHECK(urlOf("http://www.example.com/") == Url{"www.example.com", 80, "/"});
    CHECK(urlOf("www.example.com/a/b?c=d&e=%20") == Url{"www.example.com", 80, "/a/b?c=d&e=%20"});
    CHECK(urlOf("server:81") == Url{"server", 81, "/"});
    CHECK(urlOf("http://server:/x") == Url{"server", 80, "/x"}); // RFC 3986 §3.2.3
    CHECK(urlOf("http://server?q") == Url{"server", 80, "/?q"});
    CHECK(urlOf("http://server/a#part") == Url{"server", 80, "/a"});                    // the fragment is not sent
    CHECK(urlOf("HTTP://WWW.Example.COM/CaSe") == Url{"www.example.com", 80, "/CaSe"}); // RFC 9110 §4.2.3
    CHECK(urlOf("server/?next=http://other/") == Url{"server", 80, "/?next=http://other/"});
    CHECK(urlOf("10.0.0.2:8080") == Url{"10.0.0.2", 8080, "/"});
    CHECK(urlOf("http://[2001:db8::1]:81/x") == Url{"2001:db8::1", 81, "/x"});
    CHECK(urlOf("[2001:DB8::1]") == Url{"2001:db8::1", 80, "/"});
    CHECK(urlOf("http://server:65535/").port == 65535);
}

TEST_CASE("What is no http URL says why", "[wire]")
{
    CHECK(errorOf("") == UrlError::NoHost);
    CHECK(errorOf("http://") == UrlError::NoHost);
    CHECK(errorOf("http:///path") == UrlError::NoHost);
    CHECK(errorOf("http://:80/") == UrlError::NoHost);
    CHECK(errorOf("/path") == UrlError::NoHost);
    CHECK(errorOf("http:/server/x") == UrlError::NoHost);
    CHECK(errorOf("://server") == UrlError::NoScheme);
    CHECK(errorOf("https://server/") == UrlError::UnknownScheme);
    CHECK(errorOf("ftp://server/") == UrlError::UnknownScheme);
    CHECK(errorOf("http://user@server/") == UrlError::BadHost); // RFC 9110 §4.2.4
    CHECK(errorOf("http://a..b/") == UrlError::BadHost);
    CHECK(errorOf("http://-a/") == UrlError::BadHost);
    CHECK(errorOf("http://10.0.0.256/") == UrlError::BadHost);
    CHECK(errorOf("http://10.0.0/") == UrlError::BadHost);
    CHECK(errorOf("http://1.2.3.4.5/") == UrlError::BadHost);
    CHECK(errorOf("http://[2001:db8::1/") == UrlError::BadHost);
    CHECK(errorOf("http://[2001:db8::g]/") == UrlError::BadHost);
    CHECK(errorOf("http://[::1]x/") == UrlError::BadHost);
    CHECK(errorOf("http://2001:db8::1/") == UrlError::BadHost);
    CHECK(errorOf("http://server:0/") == UrlError::BadPort);
    CHECK(errorOf("http://server:65536/") == UrlError::BadPort);
    CHECK(errorOf("http://server:99999999999999999999/") == UrlError::BadPort);
    CHECK(errorOf("http://server:8o/") == UrlError::BadPort);
    CHECK(errorOf("http://ser ver/") == UrlError::BadCharacter);
    CHECK(errorOf("http://server/a b") == UrlError::BadCharacter);
    CHECK(errorOf("http://server/\r\nHost: x") == UrlError::BadCharacter);
    CHECK(errorOf("http://server/%2") == UrlError::BadCharacter);
    CHECK(errorOf("http://server/%zz") == UrlError::BadCharacter);
    CHECK(errorOf("http://例子/") == UrlError::BadCharacter);
    CHECK(errorOf("http://server/<x>") == UrlError::BadCharacter);
}

} // namespace packetarium::wire_url_test
