// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is going to happen, in a total order: by time, and at one instant by
// the order in which it was planned. Copyable.

#include "core/base/ids.h"
#include "core/base/sim_time.h"

#include <algorithm>
#include <vector>

namespace packetarium {

enum class EventKind : std::uint8_t {
    Script,     ///< index: into the scenario's script
    PacketEnds, ///< index: the packet's place; it arrives or is lost; void unless the version there is still this
    PacketReleased,
    NodeTimer, ///< index: node
};

struct Event {
    SimTime at;
    std::uint64_t order = 0;
    EventKind kind{};
    std::uint32_t index = 0;
    std::uint32_t version = 0;
};

class EventQueue {
public:
    void push(SimTime at, EventKind kind, std::uint32_t index, std::uint32_t version = 0)
    {
        // As std::push_heap, but the new event is written once, where it belongs: read again at once, its parts would stall the
        // processor.
        const Event event{at, nextOrder_++, kind, index, version};
        std::size_t place = heap_.size();
        heap_.emplace_back();
        for (; place > 0 && later(heap_[(place - 1) / 2], event); place = (place - 1) / 2)
            heap_[place] = heap_[(place - 1) / 2];
        heap_[place] = event;
    }
    bool empty() const { return heap_.empty(); }
    const Event& top() const { return heap_.front(); }
    Event pop()
    {
        std::pop_heap(heap_.begin(), heap_.end(), [](const Event& a, const Event& b) { return later(a, b); });
        const Event e = heap_.back();
        heap_.pop_back();
        return e;
    }

private:
    static bool later(const Event& a, const Event& b) { return a.at != b.at ? a.at > b.at : a.order > b.order; }

    std::vector<Event> heap_;
    std::uint64_t nextOrder_ = 0;
};

} // namespace packetarium
