// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/script_file.h"

#include "core/scenario/scenario_file.h"

#include <algorithm>
#include <array>

namespace packetarium {
namespace {

void readHex(InputReader& in, const YamlMap& form, Bytes& out)
{
    std::string text;
    in.text(form, "hex", text);
    if (in.failed())
        return;
    std::erase(text, ' ');
    const auto digit = [](char c) {
        return c >= '0' && c <= '9'   ? c - '0'
               : c >= 'a' && c <= 'f' ? c - 'a' + 10
               : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                      : -1;
    };
    if (text.size() % 2 != 0 || std::any_of(text.begin(), text.end(), [&](char c) { return digit(c) < 0; })) {
        in.fail(InputErrorId::WrongType, {form.pathOf("hex"), "hex", text}, *form.find("hex"));
        return;
    }
    for (std::size_t i = 0; i < text.size(); i += 2)
        out.push_back(static_cast<std::uint8_t>(digit(text[i]) * 16 + digit(text[i + 1])));
}

} // namespace

Bytes readData(InputReader& in, const YamlMap& map, std::string_view key, std::uint32_t least, std::uint32_t most,
               std::uint64_t& octetsLeft)
{
    const YamlNode* node = map.find(key);
    if (in.failed() || !node)
        return {};
    Bytes bytes;
    if (node->kind == YamlNode::Kind::Map) {
        static constexpr std::array<std::string_view, 2> forms{"octets", "hex"};
        const YamlMap form = in.map(*node, map.pathOf(key), forms);
        if (in.exactlyOne(form, forms) == "octets") {
            std::uint32_t count = 0;
            in.number(form, "octets", count, least, most);
            for (std::uint32_t i = 0; i < count; ++i)
                bytes.push_back(static_cast<std::uint8_t>('a' + i % 26));
        } else {
            readHex(in, form, bytes);
        }
    } else {
        std::string text;
        in.text(map, key, text);
        bytes.assign(text.begin(), text.end());
    }
    if (in.failed())
        return {};
    if (bytes.size() < least || bytes.size() > most)
        in.fail(InputErrorId::OutOfRange,
                {map.pathOf(key), std::to_string(bytes.size()), std::to_string(least), std::to_string(most)}, *node);
    else if (bytes.size() > octetsLeft)
        in.fail(InputErrorId::TooMany, {map.pathOf(key), std::to_string(kMaxAllSendOctets)}, *node);
    else
        octetsLeft -= bytes.size();
    return bytes;
}

} // namespace packetarium
