// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/capture/capture_index.h"

#include <algorithm>
#include <set>

namespace packetarium {
namespace {

constexpr std::uint64_t kFcsSample = 64;
constexpr std::size_t kHostsCounted = 1000;

} // namespace

Result<CaptureIndex, InputError> indexCapture(const std::string& file, CaptureProgress& progress)
{
    auto reader = CaptureReader::open(file);
    if (!reader)
        return reader.error();
    return indexCapture(std::move(reader).value(), file, progress);
}

Result<CaptureIndex, InputError> indexCapture(CaptureReader reader, const std::string& name, CaptureProgress& progress)
{
    CaptureIndex index;
    index.file = name;
    progress.total = reader.size();
    ConversationTable table;
    std::set<IpAddress> hosts;
    std::uint64_t cut = 0, other = 0, tagged = 0, beyond = 0, backwards = 0, sampled = 0, withFcs = 0;
    bool headless = false;
    std::int64_t before = 0;
    while (const auto packet = reader.next()) {
        if (index.packets % CaptureProgress::kEvery == 0) {
            progress.done = reader.position();
            if (progress.cancelled)
                return InputError{InputErrorId::CaptureCancelled, {}, name};
        }
        if (index.packets == 0)
            index.firstNs = index.lastNs = before = packet->ns;
        ++index.packets;
        index.octets += packet->wireLength;
        index.firstNs = std::min(index.firstNs, packet->ns);
        index.lastNs = std::max(index.lastNs, packet->ns);
        if (packet->ns < before)
            ++backwards;
        before = packet->ns;
        headless = headless || packet->link != CaptureLink::Ethernet;
        if (!packet->complete())
            ++cut;
        else if (packet->link == CaptureLink::Ethernet && sampled < kFcsSample) {
            ++sampled;
            withFcs += endsWithFcs(packet->bytes) ? 1 : 0;
        }
        const auto located = locate(packet->link, packet->bytes);
        if (!located) {
            ++other;
            continue;
        }
        tagged += located->tagged ? 1 : 0;
        const FrameFacts facts = factsOf(packet->bytes, *located, packet->wireLength);
        const std::size_t known = table.all().size();
        if (table.add(facts, packet->wireLength, packet->ns) == ConversationTable::kNone)
            ++beyond;
        if (table.all().size() != known && hosts.size() < kHostsCounted) {
            hosts.insert(facts.source);
            hosts.insert(facts.destination);
        }
    }
    progress.done = progress.total.load();
    index.hosts = hosts.size();
    index.conversations = table.take();
    index.hasFcs = withFcs * 2 > sampled;

    using Kind = CaptureNote::Kind;
    const auto note = [&index](Kind kind, std::uint64_t count, std::string text = {}) {
        if (count > 0)
            index.notes.push_back({kind, count, std::move(text)});
    };
    if (!reader.trouble().empty())
        index.notes.push_back({Kind::Broken, index.packets, reader.trouble()});
    note(Kind::Cut, cut);
    note(Kind::NeitherIpNorArp, other);
    note(Kind::TooManyTalks, beyond);
    note(Kind::Untagged, tagged);
    note(Kind::Backwards, backwards);
    if (index.conversations.empty())
        return reader.trouble().empty() ? InputError{InputErrorId::CaptureEmpty, {std::to_string(index.packets)}, name}
                                        : InputError{InputErrorId::CaptureBroken, {reader.trouble()}, name};
    note(Kind::NoLinkHeader, headless ? 1 : 0);
    note(Kind::NoFcs, index.hasFcs ? 0 : 1);
    return index;
}

} // namespace packetarium
