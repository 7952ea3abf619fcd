// SPDX-License-Identifier: GPL-3.0-or-later
//
// Single values of JSON, forgiving in how they are spelt.
#include "core/endpoint/session_parts.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace packetarium::endpoint {

Mistake missing(std::string_view key)
{
    return {"there is no \"" + std::string(key) + "\"", Errno::Invalid};
}

Mistake unusable(std::string_view key, std::string_view range)
{
    return {"\"" + std::string(key) + "\" cannot be read" + std::string(range.empty() ? "" : "; it is ") +
                std::string(range),
            Errno::Invalid};
}

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

Arguments::Arguments(const Json& request)
    : outer_(request.is_object() ? &request : nullptr)
{
    if (outer_ == nullptr)
        return;
    if (const auto args = request.find("args"); args != request.end() && args->is_object())
        inner_ = &*args;
}

const Json* Arguments::find(std::initializer_list<std::string_view> keys) const
{
    const Json* first = nullptr;
    for (const Json* where : {inner_, outer_}) {
        if (where == nullptr)
            continue;
        for (const std::string_view key : keys) {
            const auto found = where->find(key);
            if (found == where->end() || found->is_null())
                continue;
            if (first != nullptr)
                twice_ = "given twice: " + pathOf(first) + " and " + pathOf(&*found);
            else
                first = &*found;
        }
    }
    return first;
}

std::string Arguments::pathOf(const Json* found) const
{
    for (const Json* where : {inner_, outer_}) {
        if (where == nullptr)
            continue;
        for (const auto& [key, value] : where->items()) {
            if (&value == found)
                return (where == inner_ ? "args." : "") + key;
        }
    }
    return {};
}

std::optional<std::string> strangeIn(const Json& request, std::initializer_list<std::string_view> beside,
                                     std::span<const std::string_view> arguments)
{
    const auto isArgument = [&](std::string_view key) {
        return std::find(arguments.begin(), arguments.end(), key) != arguments.end();
    };
    for (const auto& [key, value] : request.items()) {
        if (key == "op" || key == "id" || isArgument(key) || isOneOf(key, beside))
            continue;
        if (key != "args" || arguments.empty())
            return "unknown key: " + key;
        if (!value.is_object() && !value.is_null())
            return "\"args\" is not an object";
        for (const auto& [inner, argument] : value.items()) {
            if (!isArgument(inner))
                return "unknown key: args." + inner;
        }
    }
    return std::nullopt;
}

std::optional<Mistake> strangeInside(const Json& object, const std::string& path,
                                     std::initializer_list<std::string_view> known)
{
    for (const auto& [key, value] : object.items()) {
        if (!isOneOf(key, known))
            return Mistake{"unknown key: " + path + "." + key};
    }
    return std::nullopt;
}

std::optional<std::int64_t> integerOf(const Json& value)
{
    if (value.is_boolean())
        return value.get<bool>() ? 1 : 0;
    if (value.is_number_unsigned() && value.get<std::uint64_t>() > std::uint64_t{INT64_MAX})
        return std::nullopt;
    if (value.is_number_integer())
        return value.get<std::int64_t>();
    if (value.is_number_float()) {
        const double number = value.get<double>();
        if (!(std::fabs(number) < 9e18) || std::floor(number) != number)
            return std::nullopt;
        return static_cast<std::int64_t>(number);
    }
    if (value.is_string()) {
        const std::string& text = value.get_ref<const std::string&>();
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error == std::errc() && end == text.data() + text.size() && !text.empty())
            return number;
    }
    return std::nullopt;
}

std::optional<bool> flagOf(const Json& value)
{
    if (value.is_boolean())
        return value.get<bool>();
    if (value.is_string()) {
        const std::string word = lowerCase(value.get<std::string>());
        if (isOneOf(word, {"on", "yes", "true", "1"}))
            return true;
        if (isOneOf(word, {"off", "no", "false", "0"}))
            return false;
        return std::nullopt;
    }
    const auto number = integerOf(value);
    return number ? std::optional(*number != 0) : std::nullopt;
}

std::string lowerCase(std::string_view text)
{
    std::string lower;
    for (const char c : text)
        lower.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
    return lower;
}

std::optional<Bytes> bytesOfHex(std::string_view hex)
{
    Bytes bytes;
    bytes.reserve(hex.size() / 2);
    int high = -1;
    for (const char c : hex) {
        if (high < 0 && (c == ' ' || c == ':' || c == '\n' || c == '\t'))
            continue;
        const int digit = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (digit < 0)
            return std::nullopt;
        if (high < 0) {
            high = digit;
        } else {
            bytes.push_back(static_cast<std::uint8_t>(high * 16 + digit));
            high = -1;
        }
    }
    return high < 0 ? std::optional(std::move(bytes)) : std::nullopt;
}

std::optional<Mistake> readHex(const Json& hex, Bytes& bytes)
{
    if (!hex.is_string())
        return Mistake{"\"hex\" is not a text"};
    auto read = bytesOfHex(hex.get_ref<const std::string&>());
    if (!read)
        return Mistake{"\"hex\" is not an even number of hexadecimal digits"};
    bytes = std::move(*read);
    return std::nullopt;
}

std::string hexOf(ByteView bytes)
{
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hex;
    hex.reserve(2 * bytes.size());
    for (const std::uint8_t octet : bytes) {
        hex.push_back(kDigits[octet >> 4]);
        hex.push_back(kDigits[octet & 15]);
    }
    return hex;
}

Json microseconds(SimTime time)
{
    return time.ns() / 1000;
}

std::optional<std::int64_t> microsecondsOf(const Json& value)
{
    const auto number = integerOf(value);
    return number && *number >= 0 && *number <= kLastMicrosecond ? number : std::nullopt;
}

} // namespace packetarium::endpoint
