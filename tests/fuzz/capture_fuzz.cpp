// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a capture file: a sentence, or a trace in which every view can find its way.
#include "core/capture/capture_run.h"
#include "core/tcp/transition_table.h"
#include "core/trace/moment.h"

#include <cstdlib>

namespace {

using namespace packetarium;

void require(bool condition)
{
    if (!condition)
        std::abort();
}

/// A stream over the input; nullptr if there is nothing.
std::FILE* streamOf(const std::uint8_t* data, std::size_t size)
{
    return size == 0 ? nullptr : fmemopen(const_cast<std::uint8_t*>(data), size, "rb"); // NOLINT: it is only read
}

void checkTrace(const Trace& trace)
{
    std::vector<TcpState> states(trace.conns().size(), TcpState::Closed);
    SimTime before;
    for (const Record& r : trace.records()) {
        require(before <= r.at && r.at <= trace.end());
        before = r.at;
        require(!r.packet || r.packet.value() < trace.packets().size());
        require(!r.conn || r.conn.value() < trace.conns().size());
        require(!r.host || r.host.value() < trace.nodes().size());
        if (r.kind == RecordKind::StateChange) {
            require(states[r.conn.value()] == r.from());
            states[r.conn.value()] = r.to();
            // Either a transition of the table, or said to be none.
            const auto rows = tcpTransitions();
            require(r.value < rows.size() ? rows[r.value].from == r.from() && rows[r.value].to == r.to()
                                          : r.reason == Reason::CapturedMidway);
        }
    }
    for (const auto& packet : trace.packets()) {
        require(packet.sentAt <= packet.endAt && packet.endAt <= trace.end());
        require(packet.from != packet.to && packet.link.value() < trace.links().size());
        require(packet.fate == Fate::Arrived || packet.fate == Fate::Lost);
    }
    const MomentIndex moments(trace);
    require(moments.at(trace.end()).inFlight.empty());
    static_cast<void>(moments.at(SimTime::fromNs(trace.end().ns() / 2)));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto open = [&]() -> std::optional<CaptureReader> {
        std::FILE* stream = streamOf(data, size);
        if (stream == nullptr)
            return std::nullopt;
        auto reader = CaptureReader::open(stream, "fuzz");
        return reader ? std::optional(std::move(reader).value()) : std::nullopt;
    };
    auto reader = open();
    if (!reader)
        return 0;
    CaptureProgress progress;
    const auto index = indexCapture(std::move(*reader), "fuzz", progress);
    if (!index)
        return 0;
    CaptureLimits limits;
    limits.packets = 500;
    std::vector<CaptureChoice> choices{CaptureChoice{}, firstChoice(index.value())};
    choices.push_back({static_cast<std::uint32_t>(index.value().conversations.size() - 1)});
    for (const CaptureChoice& choice : choices) {
        const auto run = readCapture(std::move(*open()), index.value(), choice, progress, limits);
        require(run.ok());
        checkTrace(run.value().trace);
    }
    return 0;
}
