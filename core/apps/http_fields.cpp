// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apps/http_fields.h"

#include "core/base/ascii.h"

#include <algorithm>

namespace packetarium {

namespace {

constexpr std::string_view kSpaces = " \t\r\n";

std::vector<std::string_view> split(std::string_view text, char at)
{
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t end = text.find(at);
        parts.push_back(trimmed(text.substr(0, end), kSpaces));
        if (end == std::string_view::npos)
            return parts;
        text.remove_prefix(end + 1);
    }
}

/// "q=0", "q=0.0", "q=0.000": not acceptable.
bool isZeroQuality(std::string_view parameter)
{
    if (parameter.size() < 3 || lower(parameter[0]) != 'q' || parameter[1] != '=')
        return false;
    return parameter.substr(2).find_first_not_of("0.") == std::string_view::npos;
}

/// The value of the attribute src in what stands between "<img" and ">".
std::string_view sourceIn(std::string_view tag)
{
    for (std::size_t i = 0; i + 4 <= tag.size(); ++i) {
        if (!sameToken(tag.substr(i, 4), "src=") || (i > 0 && trimmed(tag.substr(i - 1, 1), kSpaces).size() == 1))
            continue;
        std::string_view value = tag.substr(i + 4);
        if (value.starts_with('"') || value.starts_with('\'')) {
            const char quote = value.front();
            value.remove_prefix(1);
            return value.substr(0, value.find(quote));
        }
        return value.substr(0, value.find_first_of(" \t\r\n>"));
    }
    return {};
}

} // namespace

bool sameToken(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

bool acceptsGzip(const HttpHeaders& headers)
{
    const std::optional<std::string_view> field = headers.get("Accept-Encoding");
    if (!field)
        return false;
    for (const std::string_view coding : split(*field, ',')) {
        const std::vector<std::string_view> parts = split(coding, ';');
        if (!sameToken(parts[0], "gzip") && !sameToken(parts[0], "x-gzip"))
            continue;
        return std::none_of(parts.begin() + 1, parts.end(), isZeroQuality);
    }
    return false;
}

bool closesConnection(const HttpMessage& message)
{
    bool close = false, keep = false;
    for (const auto& [name, value] : message.headers.fields) {
        if (!sameToken(name, "Connection"))
            continue;
        for (const std::string_view option : split(value, ',')) {
            close = close || sameToken(option, "close");
            keep = keep || sameToken(option, "keep-alive");
        }
    }
    return close || (message.version == "HTTP/1.0" && !keep);
}

std::vector<std::string> imagesIn(std::string_view html)
{
    std::vector<std::string> images;
    for (std::size_t i = 0; i + 5 <= html.size(); ++i) {
        if (!sameToken(html.substr(i, 4), "<img") || trimmed(html.substr(i + 4, 1), kSpaces).size() == 1)
            continue;
        const std::string source(trimmed(sourceIn(html.substr(i + 4, html.find('>', i) - (i + 4))), kSpaces));
        if (!source.empty() && std::find(images.begin(), images.end(), source) == images.end())
            images.push_back(source);
    }
    return images;
}

} // namespace packetarium
