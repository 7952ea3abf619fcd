// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Fragments of datagrams that wait to be put together again (RFC 791 §3.2,
// RFC 815; RFC 8200 §4.5). Fragments that overlap are no honest sender's: the
// whole datagram is given up, with those that are still to come (RFC 5722 §4,
// which is about IPv6; RFC 1858 says why for IPv4). An exact copy of one that
// is there does no harm.

#include "core/base/ids.h"
#include "core/base/octets.h"
#include "core/base/sim_time.h"
#include "core/trace/vocabulary.h"
#include "core/wire/address.h"

#include <map>
#include <optional>
#include <tuple>
#include <vector>

namespace packetarium {

class Fragments {
public:
    /// RFC 1122 §3.3.2 wants 60 to 120 s; 30 s is what systems in use have (Linux), and RFC 791 had 15.
    static constexpr SimDuration kTimeout = SimDuration::seconds(30);
    static constexpr SimDuration kTimeoutV6 = SimDuration::seconds(60); ///< RFC 8200 §4.5
    static constexpr std::size_t kMaxDatagrams = 16;                    ///< being put together at a time
    static constexpr std::size_t kMaxOctets = 256 * 1024;               ///< of all fragments

    /// One fragment, of either version.
    struct Part {
        std::uint8_t ecn = 0; ///< RFC 3168 §5
        IpAddress source, destination;
        std::uint8_t protocol = 0; ///< of IPv6 it does not count: RFC 8200 §4.5
        std::uint32_t identification = 0;
        std::uint32_t begin = 0; ///< octets
        bool more = false;
        ByteView data;
        std::uint32_t most = 0; ///< octets that all parts together may have
    };
    struct Added {
        Reason refused = Reason::None; ///< why this fragment is of no use; nothing else is set then
        std::vector<PacketId> givenUp; ///< those of the same datagram that are thrown away with it
        bool complete = false;
        std::uint8_t ecn = 0; ///< of the whole: CE if any part bore it (RFC 3168 §5.3)
        Bytes payload;        ///< of the whole datagram
        Bytes firstHeader;    ///< the datagram's header and first octets, as its first fragment had them
    };
    /// `datagram` is the whole fragment, header included.
    Added add(SimTime now, PacketId packet, const Part& part, ByteView datagram);

    /// What is not complete in time.
    struct Expired {
        std::vector<PacketId> packets;
        Bytes firstFragment; ///< empty: it has not come
    };
    std::vector<Expired> expire(SimTime now);
    SimTime nextDeadline() const;
    void clear() { waiting_.clear(); }

private:
    using Key = std::tuple<IpAddress, IpAddress, std::uint8_t, std::uint32_t>;
    struct Piece {
        Bytes data;
        PacketId packet;
    };
    struct Waiting {
        SimTime due;
        std::map<std::uint32_t, Piece> pieces; ///< by offset, octets
        std::optional<std::uint32_t> total;    ///< known once the last one has come
        Bytes firstFragment;
        bool refused = false;                        ///< fragments overlapped
        bool marked = false, cannotBeMarked = false; ///< a part bore CE; one was Not-ECT
        std::size_t octets() const;
    };
    std::map<Key, Waiting> waiting_;
};

} // namespace packetarium
