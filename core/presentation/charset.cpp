// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/utf8.h"
#include "core/presentation/presentation.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>

namespace packetarium {

namespace {

constexpr std::string_view kUtf8 = "UTF-8";
constexpr std::string_view kGbk = "GBK";
constexpr std::string_view kReplacement = "\xef\xbf\xbd"; // U+FFFD

class Converter {
public:
    Converter(std::string_view to, std::string_view from)
        : handle_(iconv_open(std::string(to).c_str(), std::string(from).c_str()))
    {
        if (handle_ == reinterpret_cast<iconv_t>(-1))
            throw std::runtime_error("the C library has no converter for GBK");
    }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;
    ~Converter() { iconv_close(handle_); }

    /// Appends what it makes of `in` up to the first octet that does not fit, and takes that much off `in`.
    template <typename Out>
    void convert(std::string_view& in, Out& out)
    {
        std::array<char, 4096> buffer{};
        char* from = const_cast<char*>(in.data()); // iconv does not write there (POSIX)
        std::size_t left = in.size();
        for (bool full = true; full;) {
            char* to = buffer.data();
            std::size_t space = buffer.size();
            full = iconv(handle_, &from, &left, &to, &space) == static_cast<std::size_t>(-1) && errno == E2BIG;
            out.insert(out.end(), buffer.data(), to);
        }
        in.remove_prefix(in.size() - left);
    }

private:
    iconv_t handle_;
};

std::string_view asText(ByteView octets)
{
    return {reinterpret_cast<const char*>(octets.data()), octets.size()};
}

/// How many octets one U+FFFD stands for: as much of a character as there is (Unicode 15 §3.9, "maximal subpart").
std::size_t brokenLength(std::string_view text)
{
    for (std::size_t size = std::min<std::size_t>(text.size(), 3); size > 1; --size)
        if (utf8Length(std::string(text.substr(0, size)) + "\x80\x80") > size) // it could have become a character
            return size;
    return 1;
}

DecodedText decodeUtf8(std::string_view octets)
{
    DecodedText text;
    while (!octets.empty()) {
        std::size_t length = utf8Length(octets);
        if (length == 0) {
            length = brokenLength(octets);
            text.utf8 += kReplacement;
            text.clean = false;
        } else {
            text.utf8 += octets.substr(0, length);
        }
        octets.remove_prefix(length);
    }
    return text;
}

DecodedText decodeGbk(std::string_view octets)
{
    DecodedText text;
    Converter converter(kUtf8, kGbk);
    converter.convert(octets, text.utf8);
    while (!octets.empty()) {
        text.utf8 += kReplacement;
        text.clean = false;
        octets.remove_prefix(1);
        converter.convert(octets, text.utf8);
    }
    return text;
}

} // namespace

std::optional<Bytes> encodeText(std::string_view utf8, std::string_view charset)
{
    if (!isUtf8(utf8))
        return std::nullopt;
    if (charset == kUtf8)
        return Bytes(utf8.begin(), utf8.end());
    if (charset != kGbk)
        return std::nullopt;
    Bytes octets;
    Converter(kGbk, kUtf8).convert(utf8, octets);
    if (!utf8.empty())
        return std::nullopt;
    return octets;
}

DecodedText decodeText(ByteView octets, std::string_view charset)
{
    if (charset == kGbk)
        return decodeGbk(asText(octets));
    return decodeUtf8(asText(octets));
}

} // namespace packetarium
