// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the readers of hosts, routers and services have in common.

#include "core/scenario/input_reader.h"

namespace packetarium {

/// The value of a key by one of the functions of network_check.h; nullopt if it is absent or wrong (which is noted).
template <class T>
std::optional<T> readField(InputReader& in, const YamlMap& map, std::string_view key,
                           Result<T, InputError> (*parse)(std::string_view, std::string_view))
{
    std::string text;
    in.text(map, key, text);
    const YamlNode* node = map.find(key);
    if (in.failed() || !node)
        return std::nullopt;
    auto result = parse(map.pathOf(key), text);
    if (result)
        return std::move(result).value();
    in.fail(result.error(), *node);
    return std::nullopt;
}

void readPlace(InputReader& in, const YamlMap& map, std::optional<NodePlace>& out);
void readMtu(InputReader& in, const YamlMap& map, bool v6, std::uint16_t& out);

} // namespace packetarium
