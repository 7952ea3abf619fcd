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
    // what the least and the largest IPv4 datagram leave; the MTU bounds it too
    TcpSetting{"mss", &TcpConfig::mss, 28, 65495},
    TcpSetting{"mss-both-ways", &TcpConfig::mssBothWays},
    TcpSetting{"receive-buffer", &TcpConfig::receiveBuffer, 1, 1 << 30},
    TcpSetting{"send-buffer", &TcpConfig::sendBuffer, 0, 1 << 30},
    TcpSetting{"window-scaling", &TcpConfig::windowScaling},
    TcpSetting{"window-shift", &TcpConfig::windowShift, 0, 14}, // RFC 7323 §2.3
    TcpSetting{"timestamps", &TcpConfig::timestamps},
    TcpSetting{"sack", &TcpConfig::sack},
    TcpSetting{"ecn", &TcpConfig::ecn},
    TcpSetting{"congestion-control", &TcpConfig::congestionControl},
    TcpSetting{"initial-window", &TcpConfig::initialWindow, 0, 1000},
    TcpSetting{"byte-counting", &TcpConfig::byteCounting},
    TcpSetting{"slow-start-limit", &TcpConfig::slowStartLimit, 0, 1000},
    TcpSetting{"threshold-from-window", &TcpConfig::thresholdFromWindow},
    TcpSetting{"limited-transmit", &TcpConfig::limitedTransmit},
    TcpSetting{"duplicate-acks", &TcpConfig::duplicateAcks, 1, 255},
    TcpSetting{"rack", &TcpConfig::rack},
    TcpSetting{"tail-loss-probe", &TcpConfig::tailLossProbe},
    TcpSetting{"restart-after-idle", &TcpConfig::restartAfterIdle},
    TcpSetting{"window-validation", &TcpConfig::windowValidation},
    TcpSetting{"proportional-reduction", &TcpConfig::proportionalReduction},
    TcpSetting{"push-bursts", &TcpConfig::pushBursts},
    TcpSetting{"fill-window", &TcpConfig::fillWindow},
    TcpSetting{"nagle-after-small", &TcpConfig::nagleAfterSmall},
    TcpSetting{"acknowledge-crossed-syn", &TcpConfig::acknowledgeCrossedSyn},
    TcpSetting{"probe-without-data", &TcpConfig::probeWithoutData},
    TcpSetting{"strict-timestamps", &TcpConfig::strictTimestamps},
    TcpSetting{"acknowledge-in-abort", &TcpConfig::acknowledgeInAbort},
    TcpSetting{"abort-open-on-soft-error", &TcpConfig::abortOpenOnSoftError},
    TcpSetting{"nagle", &TcpConfig::nagle},
    TcpSetting{"cork", &TcpConfig::cork},
    TcpSetting{"delayed-ack", &TcpConfig::delayedAck},
    TcpSetting{"delayed-ack-time", &TcpConfig::delayedAckTime, ms(1),
               ms(499)}, // RFC 9293 §3.8.6.3: MUST be less than 0.5 s
    TcpSetting{"quick-acks", &TcpConfig::quickAcks, 0, 1000},
    TcpSetting{"compress-sack", &TcpConfig::compressSack},
    TcpSetting{"grow-window", &TcpConfig::growWindow},
    TcpSetting{"segment-memory", &TcpConfig::segmentMemory, 0, 65535},
    TcpSetting{"rto-initial", &TcpConfig::rtoInitial, ms(1), ms(600'000)},
    TcpSetting{"rto-min", &TcpConfig::rtoMin, ms(1), ms(600'000)},
    TcpSetting{"rto-min-on-variation", &TcpConfig::rtoMinOnVariation},
    TcpSetting{"sample-every-ack", &TcpConfig::sampleEveryAck},
    TcpSetting{"rto-max", &TcpConfig::rtoMax, ms(1), kHour},
    TcpSetting{"rto-after-syn-loss", &TcpConfig::rtoAfterSynLoss, ms(1), ms(600'000)},
    TcpSetting{"clock-granularity", &TcpConfig::clockGranularity, 1, ms(1'000)},
    TcpSetting{"syn-retries", &TcpConfig::synRetries, 0, 20},
    TcpSetting{"syn-linear-retries", &TcpConfig::synLinearRetries, 0, 20},
    TcpSetting{"syn-ack-retries", &TcpConfig::synAckRetries, 0, 20},
    TcpSetting{"data-retries", &TcpConfig::dataRetries, 0, 20},
    TcpSetting{"msl", &TcpConfig::msl, ms(1), ms(600'000)},
    TcpSetting{"time-wait", &TcpConfig::timeWait},
    TcpSetting{"reopen-from-time-wait", &TcpConfig::reopenFromTimeWait},
    TcpSetting{"syn-ack-on-duplicate-syn", &TcpConfig::synAckOnDuplicateSyn},
    TcpSetting{"reset-on-unread-data", &TcpConfig::resetOnUnreadData},
    TcpSetting{"keep-alive", &TcpConfig::keepAlive},
    TcpSetting{"keep-alive-idle", &TcpConfig::keepAliveIdle, ms(1), 24 * kHour},
    TcpSetting{"keep-alive-interval", &TcpConfig::keepAliveInterval, ms(1), 24 * kHour},
    TcpSetting{"keep-alive-probes", &TcpConfig::keepAliveProbes, 1, 100},
    TcpSetting{"user-timeout", &TcpConfig::userTimeout, 0, 24 * kHour},
    TcpSetting{"challenge-acks", &TcpConfig::challengeAcks, 0, 1'000'000},
    TcpSetting{"syn-backlog", &TcpConfig::synBacklog, 1, 65535},
    TcpSetting{"syn-cookies", &TcpConfig::synCookies},
    TcpSetting{"handshake", &TcpConfig::handshake},
    TcpSetting{"hold-ack-for-fin", &TcpConfig::holdAckForFin},
};

template <class T>
std::string written(T value)
{
    if constexpr (std::is_same_v<T, bool>)
        return value ? "on" : "off";
    else if constexpr (std::is_same_v<T, SimDuration>)
        return writeDuration(value);
    else if constexpr (std::is_enum_v<T>)
        return std::string(toString(value));
    else
        return std::to_string(value);
}

template <class Enum>
void readName(InputReader& in, const YamlMap& tcp, std::string_view key, Enum& value, int count)
{
    std::vector<std::string_view> names;
    for (int i = 0; i < count; ++i)
        names.push_back(toString(static_cast<Enum>(i)));
    if (const int found = in.oneOf(tcp, key, names); found >= 0)
        value = static_cast<Enum>(found);
}

void readSetting(InputReader& in, const YamlMap& tcp, const TcpSetting& setting, TcpConfig& config)
{
    std::visit(
        [&](auto member) {
            auto& value = config.*member;
            using T = std::remove_reference_t<decltype(value)>;
            if constexpr (std::is_same_v<T, bool>)
                in.yesNo(tcp, setting.key, value);
            else if constexpr (std::is_same_v<T, CongestionControl>)
                readName(in, tcp, setting.key, value, kCongestionControlCount);
            else if constexpr (std::is_same_v<T, Handshake>)
                readName(in, tcp, setting.key, value, kHandshakeCount);
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
