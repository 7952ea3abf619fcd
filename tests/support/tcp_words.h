// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Segments in the words of a test: seq(101), ack(301), data("hello"). For
// tests/support/tcp_rig.h, which brings them along.

#include "core/base/sim_time.h"
#include "core/wire/tcp_segment.h"

#include <initializer_list>
#include <string>
#include <utility>

namespace packetarium::testing {

/// One field of a segment, by name: seq(101), ack(301), data("hello"), win(500), mss(1460).
struct SegmentField {
    enum class Kind : std::uint8_t { Nothing, Seq, Ack, Data, Window, Mss, Again } kind = Kind::Nothing;
    std::uint32_t number = 0;
    std::string text;
};
inline SegmentField seq(std::uint32_t n)
{
    return {SegmentField::Kind::Seq, n, {}};
}
inline SegmentField ack(std::uint32_t n)
{
    return {SegmentField::Kind::Ack, n, {}};
}
inline SegmentField win(std::uint32_t n)
{
    return {SegmentField::Kind::Window, n, {}};
}
inline SegmentField mss(std::uint32_t n)
{
    return {SegmentField::Kind::Mss, n, {}};
}
inline SegmentField data(std::string octets)
{
    return {SegmentField::Kind::Data, 0, std::move(octets)};
}
/// Expected as a retransmission; without it a segment is expected to be sent for the first time.
inline SegmentField again()
{
    return {SegmentField::Kind::Again, 0, {}};
}

/// `size` octets that differ from their neighbours.
std::string octetsOf(std::size_t size);

std::string seconds(SimTime t);                ///< "1.500000000 s"
std::string quoted(const std::string& octets); ///< in quotation marks if short, else how many there are

/// From the peer on the bench to the end on the bench, with a window of 65535 unless win() is given. Throws
/// std::invalid_argument if TcpFlags::toString() never writes `flags` so.
TcpSegment segmentFrom(const std::string& flags, std::initializer_list<SegmentField> fields);
std::string describeFields(const std::string& flags, std::initializer_list<SegmentField> fields);
/// What differs between a segment that was sent and the one expected; empty: nothing.
std::string difference(const TcpSegment& sent, bool retransmission, const std::string& flags,
                       std::initializer_list<SegmentField> fields);

} // namespace packetarium::testing
