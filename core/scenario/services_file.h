// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A host's `services` in and out of files.

#include "core/scenario/input_reader.h"

namespace packetarium {

constexpr std::uint32_t kMaxTtl = 0x7FFFFFFF; ///< seconds, RFC 2181 §8
constexpr std::uint32_t kMaxTransferOctets = 16 << 20;
constexpr std::size_t kMaxHttpPath = 1'000;     ///< characters of a path or a media type
constexpr std::size_t kMaxServiceItems = 1'000; ///< zones, records, roots, files, ports: of each

/// `octetsLeft` is how much the files of all hosts and all sends together may still hold.
void readServices(InputReader& in, const YamlMap& host, std::uint64_t& octetsLeft, ServicesSpec& out);
/// The lines of `services:` below a host, or nothing if there are none.
std::string writeServices(const ServicesSpec& services);
/// The key under which a record of that type holds its data: "a", "aaaa", "cname", "ns".
std::string_view recordKey(std::string_view type);

} // namespace packetarium
