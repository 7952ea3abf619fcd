// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/tcp_settings.h"

#include "core/scenario/quantities.h"

#include <array>
#include <type_traits>

namespace packetarium {
namespace {

constexpr std::int64_t ms(std::int64_t n)
{
    return SimDuration::milliseconds(n).ns();
}
constexpr std::int64_t kHour = ms(3'600'000);

constexpr std::array kSettings{
    TcpSetting{"mss", &TcpConfig::mss, 64, 1460}, // 1460: what fits an Ethernet frame, 1500 - 20 - 20
    TcpSetting{"receive-buffer", &TcpConfig::receiveBuffer, 1, 65535},
    TcpSetting{"delayed-ack", &TcpConfig::delayedAck},
    TcpSetting{"delayed-ack-time", &TcpConfig::delayedAckTime, ms(1),
               ms(499)}, // RFC 9293 §3.8.6.3: MUST be less than 0.5 s
    TcpSetting{"quick-acks", &TcpConfig::quickAcks, 0, 1000},
    TcpSetting{"rto-initial", &TcpConfig::rtoInitial, ms(1), ms(600'000)},
    TcpSetting{"rto-min", &TcpConfig::rtoMin, ms(1), ms(600'000)},
    TcpSetting{"rto-max", &TcpConfig::rtoMax, ms(1), kHour},
    TcpSetting{"rto-after-syn-loss", &TcpConfig::rtoAfterSynLoss, ms(1), ms(600'000)},
    TcpSetting{"clock-granularity", &TcpConfig::clockGranularity, 1, ms(1'000)},
    TcpSetting{"syn-retries", &TcpConfig::synRetries, 0, 20},
    TcpSetting{"data-retries", &TcpConfig::dataRetries, 0, 20},
    TcpSetting{"msl", &TcpConfig::msl, ms(1), ms(600'000)},
    TcpSetting{"time-wait", &TcpConfig::timeWait},
    TcpSetting{"reopen-from-time-wait", &TcpConfig::reopenFromTimeWait},
    TcpSetting{"syn-ack-on-duplicate-syn", &TcpConfig::synAckOnDuplicateSyn},
    TcpSetting{"reset-on-unread-data", &TcpConfig::resetOnUnreadData},
};

template <class T>
std::string written(T value)
{
    if constexpr (std::is_same_v<T, bool>)
        return value ? "on" : "off";
    else if constexpr (std::is_same_v<T, SimDuration>)
        return writeDuration(value);
    else
        return std::to_string(value);
}

void readSetting(InputReader& in, const YamlMap& tcp, const TcpSetting& setting, TcpConfig& config)
{
    std::visit(
        [&](auto member) {
            auto& value = config.*member;
            using T = std::remove_reference_t<decltype(value)>;
            if constexpr (std::is_same_v<T, bool>)
                in.yesNo(tcp, setting.key, value);
            else if constexpr (std::is_same_v<T, SimDuration>)
                in.duration(tcp, setting.key, value, SimDuration::nanoseconds(setting.least),
                            SimDuration::nanoseconds(setting.most));
            else
                in.number(tcp, setting.key, value, static_cast<std::uint64_t>(setting.least),
                          static_cast<std::uint64_t>(setting.most));
        },
        setting.member);
}

} // namespace

std::span<const TcpSetting> tcpSettings()
{
    return kSettings;
}

void readTcpSettings(InputReader& in, const YamlMap& host, TcpConfig& config)
{
    const YamlNode* node = host.find("tcp");
    if (!node)
        return;
    std::vector<std::string_view> keys;
    for (const TcpSetting& setting : kSettings)
        keys.push_back(setting.key);
    const YamlMap tcp = in.map(*node, host.pathOf("tcp"), keys);
    for (const TcpSetting& setting : kSettings)
        readSetting(in, tcp, setting, config);
    if (!in.failed() && config.rtoMin > config.rtoMax) {
        const YamlNode* blamed = tcp.find("rto-min") ? tcp.find("rto-min") : tcp.find("rto-max");
        in.fail(InputErrorId::OutOfRange,
                {tcp.pathOf("rto-min"), writeDuration(config.rtoMin), writeDuration(SimDuration::milliseconds(1)),
                 writeDuration(config.rtoMax)},
                blamed ? *blamed : *node);
    }
}

std::vector<std::string> writeTcpSettings(const TcpConfig& config, const TcpConfig& defaults)
{
    std::vector<std::string> lines;
    for (const TcpSetting& setting : kSettings)
        std::visit(
            [&](auto member) {
                if (config.*member != defaults.*member)
                    lines.push_back(std::string(setting.key) + ": " + written(config.*member));
            },
            setting.member);
    return lines;
}

void changeDefaults(TcpConfig& config, const TcpConfig& from, const TcpConfig& to)
{
    for (const TcpSetting& setting : kSettings)
        std::visit(
            [&](auto member) {
                if (config.*member == from.*member)
                    config.*member = to.*member;
            },
            setting.member);
}

} // namespace packetarium
