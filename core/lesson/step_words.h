// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a step's packet and record say beyond TCP: addresses, layers, tables,
// programs. The words are those of docs/lesson-format.md.

#include "core/lesson/lesson.h"

#include <span>

namespace packetarium {

/// Of the packet, from its frame.
enum class PacketWord : std::uint8_t {
    Protocol,
    Source,
    Destination,
    SourceMac,
    DestinationMac,
    SourcePort,
    DestinationPort,
    Ttl,
    TtlBefore, ///< of the packet that a router passed on as this one; so are the other ...Before
    IpChecksum,
    IpChecksumBefore,
    SourceMacBefore,
    DestinationMacBefore,
    FrameLength,
    Identification,
    FragmentOffset,
    MoreFragments,
    IcmpType,
    IcmpCode,
    Http,
    DnsQuestion,
    DnsAnswer,
    From, ///< the node at the beginning of the packet's link
    To,
};
/// Of the record that the step waits for.
enum class RecordWord : std::uint8_t {
    UnitLength,    ///< of a layer act: octets of the unit after it
    HeaderLength,  ///< octets of the headers of that layer in the frame
    TrailerLength, ///< octets behind the data: padding and FCS
    Text,          ///< what a program event says
    Value,
    Rtt,
    Status,
    RowName, ///< of a table
    RowAddress,
    RowMac,
    RowPort,
    RowVia,
    RowData,
    Node, ///< the step's node
};

template <class Word>
struct NamedWord {
    std::string_view name;
    Word word;
};
std::span<const NamedWord<PacketWord>> packetWords();
std::span<const NamedWord<RecordWord>> recordWords();

/// Whether sequence numbers, flags and window are of use: nothing but TCP has them.
bool speaksTcp(const PacketInfo& packet);
/// Empty if it has none.
std::string packetWord(PacketWord word, const PacketInfo& packet, const Trace& trace);
std::string recordWord(RecordWord word, const BoundStep& step, const Trace& trace);

} // namespace packetarium
