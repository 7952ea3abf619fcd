// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Intervals found by what they overlap, without looking at all of them: a long
// run has hundreds of thousands, and a picture shows a few.

#include <algorithm>
#include <bit>
#include <vector>

namespace packetarium {

template <class Key>
class IntervalIndex {
public:
    struct Entry {
        Key from, to;
        int id;
    };

    IntervalIndex() = default;
    explicit IntervalIndex(std::vector<Entry> entries)
        : entries_(std::move(entries))
    {
        const auto earlier = [](const Entry& a, const Entry& b) { return a.from < b.from; };
        if (!std::is_sorted(entries_.begin(), entries_.end(), earlier))
            std::stable_sort(entries_.begin(), entries_.end(), earlier);
        // The greatest end below each node of a binary tree over the entries.
        leaves_ = std::bit_ceil(std::max<std::size_t>(1, entries_.size()));
        if (entries_.empty())
            return;
        latest_.assign(2 * leaves_, entries_.front().to);
        for (std::size_t i = 0; i < leaves_; ++i)
            latest_[leaves_ + i] = entries_[std::min(i, entries_.size() - 1)].to;
        for (std::size_t i = leaves_; i-- > 1;)
            latest_[i] = std::max(latest_[2 * i], latest_[2 * i + 1]);
    }

    const std::vector<Entry>& entries() const { return entries_; }

    /// Calls `see(entry)` for all that begin before `to` and end at or after `from`, in the order in which they begin.
    template <class See>
    void each(Key from, Key to, See see) const
    {
        const auto before =
            std::partition_point(entries_.begin(), entries_.end(), [&to](const Entry& e) { return e.from < to; });
        if (before != entries_.begin())
            descend(1, 0, leaves_, static_cast<std::size_t>(before - entries_.begin()), from, see);
    }

private:
    template <class See>
    void descend(std::size_t node, std::size_t first, std::size_t size, std::size_t end, Key from, See& see) const
    {
        if (first >= end || latest_[node] < from)
            return;
        if (size == 1) {
            see(entries_[first]);
            return;
        }
        descend(2 * node, first, size / 2, end, from, see);
        descend(2 * node + 1, first + size / 2, size / 2, end, from, see);
    }

    std::vector<Entry> entries_;
    std::vector<Key> latest_;
    std::size_t leaves_ = 1;
};

} // namespace packetarium
