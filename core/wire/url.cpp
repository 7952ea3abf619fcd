// SPDX-License-Identifier: GPL-3.0-or-later
// The http URLs that people type: RFC 9110 §4.2.1, RFC 3986 §3.
#include "core/base/ascii.h"
#include "core/wire/dns.h"
#include "core/wire/http.h"
#include "core/wire/http_grammar.h"

#include <algorithm>

namespace packetarium {

namespace {

bool isHexDigit(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// Visible ASCII without what RFC 3986 leaves out; each '%' before two hexadecimal digits.
bool hasOnlyUrlCharacters(std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c <= 0x20 || c >= 0x7f || std::string_view("\"<>\\^`{|}").find(c) != std::string_view::npos)
            return false;
        if (c == '%' && (text.size() - i < 3 || !isHexDigit(text[i + 1]) || !isHexDigit(text[i + 2])))
            return false;
    }
    return true;
}

bool isSchemeCharacter(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' || c == '-' || c == '.';
}

/// Takes "http://" off the front of `text`.
UrlError takeScheme(std::string_view& text)
{
    const std::size_t end = text.find("://");
    if (end == std::string_view::npos || !std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end),
                                                      isSchemeCharacter)) // it stands in the path or query
        return sameWithoutCase(text.substr(0, 5), "http:") ? UrlError::NoHost : UrlError::None;
    if (end == 0)
        return UrlError::NoScheme;
    if (!sameWithoutCase(text.substr(0, end), "http"))
        return UrlError::UnknownScheme;
    text.remove_prefix(end + 3);
    return UrlError::None;
}

/// A last label of digits can only be an IPv4 address (there is no such top-level domain, RFC 1123 §2.1).
bool looksLikeIpv4(std::string_view host)
{
    const std::string_view last = host.substr(host.rfind('.') + 1);
    return !last.empty() && std::all_of(last.begin(), last.end(), isDigit);
}

bool isHost(std::string_view host)
{
    return looksLikeIpv4(host) ? Ipv4Address::parse(host).has_value() : checkName(host) == DnsNameError::None;
}

/// A port may be missing behind its colon (RFC 3986 §3.2.3).
bool readPort(std::string_view text, std::uint16_t& port)
{
    if (text.empty())
        return true;
    std::uint32_t value = 0;
    for (const char c : text) {
        if (!isDigit(c))
            return false;
        value = std::min(value * 10 + static_cast<std::uint32_t>(c - '0'), std::uint32_t{65536});
    }
    port = static_cast<std::uint16_t>(value);
    return value >= 1 && value <= 65535;
}

UrlError readAuthority(std::string_view authority, Url& url)
{
    std::string_view host = authority;
    std::string_view port;
    if (authority.starts_with('[')) {
        const std::size_t close = authority.find(']');
        if (close == std::string_view::npos)
            return UrlError::BadHost;
        host = authority.substr(1, close - 1);
        port = authority.substr(close + 1);
        if (!Ipv6Address::parse(host) || (!port.empty() && port[0] != ':'))
            return UrlError::BadHost;
    } else {
        host = authority.substr(0, authority.find(':'));
        port = authority.substr(host.size());
        if (host.empty())
            return UrlError::NoHost;
        if (!isHost(host)) // a user's name before the host is an error too (RFC 9110 §4.2.4)
            return UrlError::BadHost;
    }
    if (!port.empty() && !readPort(port.substr(1), url.port))
        return UrlError::BadPort;
    url.host = host;
    for (char& c : url.host)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return UrlError::None;
}

} // namespace

UrlParsed parseUrl(std::string_view text)
{
    if (!hasOnlyUrlCharacters(text))
        return {UrlError::BadCharacter, {}};
    text = text.substr(0, text.find('#')); // for the browser alone
    if (const UrlError error = takeScheme(text); error != UrlError::None)
        return {error, {}};
    const std::string_view authority = text.substr(0, text.find_first_of("/?"));
    Url url;
    if (const UrlError error = readAuthority(authority, url); error != UrlError::None)
        return {error, {}};
    const std::string_view path = text.substr(authority.size());
    if (!path.empty())
        url.path = (path[0] == '?' ? "/" : "") + std::string(path);
    return {UrlError::None, std::move(url)};
}

} // namespace packetarium
