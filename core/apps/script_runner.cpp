// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apps/script_runner.h"

namespace packetarium {

namespace {

NodeId hostNamed(const Scenario& scenario, const std::string& name)
{
    for (std::size_t i = 0; i < scenario.hosts.size(); ++i) {
        if (scenario.hosts[i].name == name)
            return NodeId(static_cast<std::uint8_t>(i));
    }
    return NodeId::none();
}

SimDuration delayOf(const When& when)
{
    if (const auto* state = std::get_if<OnState>(&when))
        return state->after;
    if (const auto* received = std::get_if<OnReceived>(&when))
        return received->after;
    if (const auto* closed = std::get_if<OnPeerClosed>(&when))
        return closed->after;
    return {};
}

} // namespace

ScriptRunner::ScriptRunner(const Scenario& scenario)
{
    for (std::size_t i = 0; i < scenario.script.size(); ++i) {
        const When& when = scenario.script[i].when;
        NodeId host;
        if (const auto* state = std::get_if<OnState>(&when))
            host = hostNamed(scenario, state->host);
        else if (const auto* received = std::get_if<OnReceived>(&when))
            host = hostNamed(scenario, received->host);
        else if (const auto* closed = std::get_if<OnPeerClosed>(&when))
            host = hostNamed(scenario, closed->host);
        else
            continue; // at an instant: the world plans it itself
        waiting_.push_back(Waiting{static_cast<std::uint32_t>(i), host, when, 0});
    }
}

template <class Match>
std::vector<DueEntry> ScriptRunner::collect(Match match)
{
    std::vector<DueEntry> due;
    for (auto entry = waiting_.begin(); entry != waiting_.end();) {
        if (match(*entry)) {
            due.push_back(DueEntry{entry->index, delayOf(entry->when)});
            entry = waiting_.erase(entry);
        } else {
            ++entry;
        }
    }
    return due;
}

std::vector<DueEntry> ScriptRunner::onState(NodeId host, TcpState state)
{
    return collect([&](Waiting& w) {
        const auto* when = std::get_if<OnState>(&w.when);
        return when != nullptr && w.host == host && when->state == state && ++w.seen >= when->nth;
    });
}

std::vector<DueEntry> ScriptRunner::onReceived(NodeId host, std::uint64_t octets)
{
    return collect([&](Waiting& w) {
        const auto* when = std::get_if<OnReceived>(&w.when);
        if (when == nullptr || w.host != host)
            return false;
        w.seen += octets;
        return w.seen >= when->octets;
    });
}

std::vector<DueEntry> ScriptRunner::onPeerClosed(NodeId host)
{
    return collect([&](Waiting& w) { return std::holds_alternative<OnPeerClosed>(w.when) && w.host == host; });
}

} // namespace packetarium
