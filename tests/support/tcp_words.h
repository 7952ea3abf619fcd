// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Segments in the words of a test: seq(101), ack(301), data("hello"). For
// tests/support/tcp_rig.h, which brings them along.
//
// What a test says nothing about: an option that the handshake settles (MSS,
// window scale, SACK permitted, timestamps) may be there or not, and the
// window may be any. What tells of the moment (SACK blocks, the ECN bits of the
// IP header) must not be there unless it is said, like data and every flag.

#include "core/base/sim_time.h"
#include "core/wire/tcp_segment.h"

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace packetarium::testing {

/// One field of a segment, by name: seq(101), ack(301), data("hello"), win(500), mss(1460), sack({{401, 501}}).
struct SegmentField {
    enum class Kind : std::uint8_t {
        Nothing,
        Seq,
        Ack,
        Data,
        Window,
        Mss,
        Again,
        WindowScale,
        SackPermitted,
        Sack,
        Timestamps,
        TimestampEcho,
        IpEcn,
        Without
    } kind = Kind::Nothing;
    std::uint32_t number = 0;
    std::string text;
    std::uint32_t second = 0;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> blocks;
};
inline SegmentField seq(std::uint32_t n)
{
    return {SegmentField::Kind::Seq, n, {}, 0, {}};
}
inline SegmentField ack(std::uint32_t n)
{
    return {SegmentField::Kind::Ack, n, {}, 0, {}};
}
inline SegmentField win(std::uint32_t n)
{
    return {SegmentField::Kind::Window, n, {}, 0, {}};
}
inline SegmentField mss(std::uint32_t n)
{
    return {SegmentField::Kind::Mss, n, {}, 0, {}};
}
inline SegmentField data(std::string octets)
{
    return {SegmentField::Kind::Data, 0, std::move(octets), 0, {}};
}
/// Expected as a retransmission; without it a segment is expected to be sent for the first time.
inline SegmentField again()
{
    return {SegmentField::Kind::Again, 0, {}, 0, {}};
}
inline SegmentField wscale(std::uint32_t shift)
{
    return {SegmentField::Kind::WindowScale, shift, {}, 0, {}};
}
inline SegmentField sackPermitted()
{
    return {SegmentField::Kind::SackPermitted, 0, {}, 0, {}};
}
/// Exactly these blocks in this order: from the left edge up to but not including the right one.
inline SegmentField sack(std::vector<std::pair<std::uint32_t, std::uint32_t>> blocks)
{
    return {SegmentField::Kind::Sack, 0, {}, 0, std::move(blocks)};
}
/// TSval and TSecr. Both clocks count from what the test begins them with: that of the end on the bench is 0 when the script
/// begins, and goes on by one each millisecond.
inline SegmentField ts(std::uint32_t value, std::uint32_t echo = 0)
{
    return {SegmentField::Kind::Timestamps, value, {}, echo, {}};
}
/// Expected: timestamps that echo this, whatever the clock of their sender says.
inline SegmentField tsEcho(std::uint32_t echo)
{
    return {SegmentField::Kind::TimestampEcho, echo, {}, 0, {}};
}
/// The two ECN bits of the IP header (RFC 3168 §5): 2 is ECT(0), 3 congestion experienced.
inline SegmentField ipEcn(std::uint32_t bits)
{
    return {SegmentField::Kind::IpEcn, bits, {}, 0, {}};
}
/// Expected: this option is not there. "MSS", "window scale", "SACK permitted" or "timestamps".
inline SegmentField without(std::string option)
{
    return {SegmentField::Kind::Without, 0, std::move(option), 0, {}};
}

/// `size` octets that differ from their neighbours.
std::string octetsOf(std::size_t size);

std::string seconds(SimTime t);                ///< "1.500000000 s"
std::string quoted(const std::string& octets); ///< in quotation marks if short, else how many there are

std::string written(const SackBlocks& blocks); ///< "401-501 601-701"

/// From the peer on the bench to the end on the bench, with a window of 65535 unless win() is given. Throws
/// std::invalid_argument if TcpFlags::toString() never writes `flags` so.
TcpSegment segmentFrom(const std::string& flags, std::initializer_list<SegmentField> fields);
std::string describeFields(const std::string& flags, std::initializer_list<SegmentField> fields);
/// What differs between a segment that was sent and the one expected; empty: nothing.
std::string difference(const TcpSegment& sent, bool retransmission, const std::string& flags,
                       std::initializer_list<SegmentField> fields);

} // namespace packetarium::testing
