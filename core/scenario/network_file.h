// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The nodes and links of a scenario in and out of files.

#include "core/scenario/input_reader.h"

namespace packetarium {

/// Whether the file describes a network: it has one of these keys at the top.
bool saysNetwork(const YamlMap& top);
/// `hosts`; in a network with prefixes, gateways, services and so on.
void readHosts(InputReader& in, const YamlMap& top, bool network, std::uint64_t& octetsLeft, Scenario& scenario);
/// `routers`, `switches`, `hubs`, `links`. The hosts are known already.
void readNetwork(InputReader& in, const YamlMap& top, Scenario& scenario);
/// The keys of a link over what `out` holds already.
void readLinkSpec(InputReader& in, const YamlMap& map, LinkSpec& out);
std::span<const std::string_view> linkKeys();

/// Texts in languages, `{en: "...", zh: "..."}`, or one text for both.
std::string writeTexts(const LocalizedText& text);
std::string writeHosts(const Scenario& scenario);
std::string writeNetwork(const Scenario& scenario);
/// "key: value" for what differs from `usual`.
std::vector<std::string> writeLinkSpec(const LinkSpec& link, const LinkSpec& usual);
/// "{a: 1, b: 2}"
std::string inBraces(const std::vector<std::string>& parts);

} // namespace packetarium
