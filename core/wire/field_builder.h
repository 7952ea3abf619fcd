// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Makes the fields of one header from bit positions counted as the RFCs draw
// them, from the header's first bit; and the parts of dissect(), one per layer.

#include "core/wire/bytes.h"
#include "core/wire/fields.h"

#include <utility>

namespace packetarium {

class FieldBuilder {
public:
    /// The header begins at octet `start` of `frame`.
    FieldBuilder(ByteView frame, std::size_t start, Layer layer)
        : frame_(frame)
        , start_(start)
        , layer_(layer)
    {}

    /// Up to 32 bits, the first one most significant.
    std::uint32_t bits(std::uint32_t offset, std::uint32_t length) const
    {
        std::uint32_t value = 0;
        for (std::uint32_t bit = offset; bit < offset + length; ++bit)
            value = value << 1 | (frame_[start_ + bit / 8] >> (7 - bit % 8) & 1u);
        return value;
    }
    Field field(FieldId id, std::uint32_t offset, std::uint32_t length, FieldValue value = {}) const
    {
        const auto begin = static_cast<std::uint32_t>(start_ * 8) + offset;
        return {id, layer_, begin, length, std::move(value), {}};
    }
    Field number(FieldId id, std::uint32_t offset, std::uint32_t length) const
    {
        return field(id, offset, length, std::uint64_t{bits(offset, length)});
    }
    Field seq(FieldId id, std::uint32_t offset) const { return field(id, offset, 32, Seq32(bits(offset, 32))); }
    Field address(FieldId id, std::uint32_t offset) const
    {
        return field(id, offset, 32, Ipv4Address{bits(offset, 32)});
    }
    Field mac(FieldId id, std::uint32_t offset) const
    {
        return field(id, offset, 48, readMac(frame_, start_ + offset / 8));
    }
    Field address6(FieldId id, std::uint32_t offset) const
    {
        return field(id, offset, 128, readIpv6(frame_, start_ + offset / 8));
    }

private:
    ByteView frame_;
    std::size_t start_;
    Layer layer_;
};

/// Octets begin .. end of a frame as one field.
inline Field octets(FieldId id, Layer layer, std::size_t begin, std::size_t end, FieldValue value = {})
{
    return {id,
            layer,
            static_cast<std::uint32_t>(begin * 8),
            static_cast<std::uint32_t>((end - begin) * 8),
            std::move(value),
            {}};
}

inline void appendOctets(std::vector<Field>& fields, FieldId id, Layer layer, std::size_t begin, std::size_t end)
{
    if (begin != end)
        fields.push_back(octets(id, layer, begin, end));
}

/// What a header must know of the packet it is in.
struct Surroundings {
    IpAddress source, destination;
    bool quoted = false; ///< within an ICMP error: data, and what is quoted there in turn, are not opened
    bool whole = true;   ///< false: the quotation ends early, so that no checksum can be verified
};

/// Appends the nodes of what stands in octets start .. end of `frame`; returns where the datagram ends (what follows
/// is padding).
std::size_t dissectIpv4(ByteView frame, std::size_t start, std::size_t end, std::vector<Field>& nodes,
                        bool quoted = false);
std::size_t dissectIpv6(ByteView frame, std::size_t start, std::size_t end, std::vector<Field>& nodes,
                        bool quoted = false);
std::size_t dissectArp(ByteView frame, std::size_t start, std::size_t end, std::vector<Field>& nodes);

/// Appends the nodes of what an IP packet carries, by its protocol number, in octets start .. end of `frame`.
void dissectCarried(ByteView frame, std::size_t start, std::size_t end, std::uint8_t protocol,
                    const Surroundings& around, std::vector<Field>& nodes);
void dissectTcp(ByteView frame, std::size_t start, std::size_t end, const Surroundings& around,
                std::vector<Field>& nodes);
void dissectUdp(ByteView frame, std::size_t start, std::size_t end, const Surroundings& around,
                std::vector<Field>& nodes);
/// ICMP, or ICMPv6 if the addresses are IPv6.
void dissectIcmp(ByteView frame, std::size_t start, std::size_t end, const Surroundings& around,
                 std::vector<Field>& nodes);

/// The value of the checksum `stored` of what stands in octets start .. end, `sum` being that of its pseudo-header. Only
/// a number where it cannot be verified.
FieldValue checksumValue(ByteView frame, std::size_t start, std::size_t end, std::uint32_t sum, std::uint16_t stored,
                         const Surroundings& around);

// The application layer's parts: append nodes for what stands in octets start .. end, of which there is at least one.
void dissectDns(ByteView frame, std::size_t start, std::size_t end, std::vector<Field>& nodes);
/// HTTP if a message begins here, a TLS-shaped record if one does, else Payload.
void dissectStream(ByteView frame, std::size_t start, std::size_t end, std::vector<Field>& nodes);

} // namespace packetarium
