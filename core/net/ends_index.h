// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Which connection has these two ends: asked for each segment that comes in.

#include "core/tcp/isn.h"

#include <optional>
#include <unordered_map>
#include <utility>

namespace packetarium {

using FourTuple = std::pair<Endpoint, Endpoint>; ///< local, remote

/// By hash, so it is looked things up in and never walked.
class EndsIndex {
public:
    std::optional<std::size_t> find(const FourTuple& ends) const
    {
        return find(ends.first.address, ends.first.port, ends.second.address, ends.second.port);
    }
    std::optional<std::size_t> find(const IpAddress& local, std::uint16_t localPort, const IpAddress& remote,
                                    std::uint16_t remotePort) const
    {
        // Segments of a connection follow each other.
        if (last_ && last_->first.second.port == remotePort && last_->first.first.port == localPort &&
            last_->first.second.address == remote && last_->first.first.address == local)
            return last_->second;
        const auto found = slots_.find({Endpoint{local, localPort}, Endpoint{remote, remotePort}});
        if (found == slots_.end())
            return std::nullopt;
        last_ = *found;
        return found->second;
    }
    bool contains(const FourTuple& ends) const { return slots_.count(ends) != 0; }
    void set(const FourTuple& ends, std::size_t slot)
    {
        slots_[ends] = slot;
        last_.reset();
    }
    void erase(const FourTuple& ends)
    {
        slots_.erase(ends);
        last_.reset();
    }

private:
    struct Hash {
        std::size_t operator()(const FourTuple& ends) const
        {
            return static_cast<std::size_t>(mixed(mixed(0, ends.first), ends.second));
        }
        static std::uint64_t mixed(std::uint64_t hash, const Endpoint& end)
        {
            const auto add = [&](std::uint64_t word) {
                hash = (hash ^ word) * 0x9fb21c651e98df25; // odd, its bits well mixed
                hash ^= hash >> 32;
            };
            if (end.address.isV6()) {
                std::uint64_t word = 0;
                for (const std::uint8_t octet : end.address.v6().octets)
                    word = (word << 8 | word >> 56) ^ octet;
                add(word);
            } else {
                add(end.address.v4().value);
            }
            add(end.port);
            return hash;
        }
    };
    std::unordered_map<FourTuple, std::size_t, Hash> slots_;
    mutable std::optional<std::pair<FourTuple, std::size_t>> last_; ///< that was found
};

} // namespace packetarium
