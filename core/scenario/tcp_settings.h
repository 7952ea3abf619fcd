// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The settings under a host's `tcp`: their keys in files, their bounds, and
// where TcpConfig keeps them. One table, so that what is read, what is
// written and what a profile changes can never differ.

#include "core/scenario/input_reader.h"

#include <variant>

namespace packetarium {

struct TcpSetting {
    std::string_view key;
    std::variant<bool TcpConfig::*, int TcpConfig::*, std::uint16_t TcpConfig::*, std::uint32_t TcpConfig::*,
                 SimDuration TcpConfig::*, CongestionControl TcpConfig::*, Handshake TcpConfig::*>
        member;
    std::int64_t least = 0, most = 0; ///< durations in nanoseconds; of no meaning for yes/no and for names
};

std::span<const TcpSetting> tcpSettings();

/// Reads host.tcp over what `config` holds already.
void readTcpSettings(InputReader& in, const YamlMap& host, TcpConfig& config);
/// "key: value" for each setting that differs from `defaults`.
std::vector<std::string> writeTcpSettings(const TcpConfig& config, const TcpConfig& defaults);
/// Settings equal to `from`'s become `to`'s. The initial sequence number stays.
void changeDefaults(TcpConfig& config, const TcpConfig& from, const TcpConfig& to);

} // namespace packetarium
