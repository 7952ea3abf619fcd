// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A frame as nodes hand it on. What a host sends is kept in parts: its headers,
// and the octets behind them, which are shared with the sender's queue and with
// whoever else needs them and are never copied. Padding and frame check
// sequence follow from the parts and are computed when somebody looks at them:
// a frame in parts is by its nature an undamaged one. What was damaged on its
// way, or came from elsewhere, is kept whole, and its FCS is checked for real.

#include "core/wire/ethernet.h"
#include "core/wire/ip.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace packetarium {

class WireFrame {
public:
    /// Ethernet, IP and TCP with all options that fit.
    static constexpr std::size_t kMostHead = kEthernetHeaderSize + kIpv6HeaderSize + kMostTcpHeader;

    /// Nothing at all.
    WireFrame() = default;
    /// As it is on the cable, FCS included.
    WireFrame(Bytes whole)
        : body_(std::move(whole))
    {}
    WireFrame(ByteView whole)
        : WireFrame(Bytes(whole.begin(), whole.end()))
    {}
    /// In parts, with room for an Ethernet header that is to be filled in, and nothing else yet.
    static WireFrame inParts()
    {
        WireFrame frame;
        frame.head_.size = kEthernetHeaderSize;
        std::fill_n(frame.head_.octets.begin(), kEthernetHeaderSize, std::uint8_t{0});
        return frame;
    }
    /// In parts that are known already. Precondition: kEthernetHeaderSize <= head.size() <= kMostHead.
    static WireFrame inParts(ByteView head, Octets body)
    {
        WireFrame frame;
        frame.appendHead(head);
        frame.body_ = std::move(body);
        return frame;
    }

    bool isWhole() const { return head_.size == 0; }
    /// The headers; nothing of a whole frame.
    ByteView head() const { return ByteView(head_.octets).first(head_.size); }
    std::span<std::uint8_t> head() { return std::span(head_.octets).first(head_.size); }
    void appendHead(ByteView octets)
    {
        assert(head_.size + octets.size() <= kMostHead);
        std::copy(octets.begin(), octets.end(), head_.octets.begin() + head_.size);
        head_.size = static_cast<std::uint8_t>(head_.size + octets.size());
    }
    /// What follows the headers; of a whole frame all of it.
    const Octets& body() const { return body_; }
    void setBody(Octets body) { body_ = std::move(body); }
    void setEthernet(const EthernetHeader& header);
    bool markCongestion();           ///< as of the datagram in it (wire/ecn.h), with the FCS redone
    bool bearsMark() const;          ///< the datagram in it bears CE
    EthernetHeader ethernet() const; ///< of a frame in parts

    /// Octets on the cable, from the destination address to the FCS.
    std::size_t size() const
    {
        if (isWhole())
            return body_.size();
        return std::max(head_.size + body_.size(), kEthernetHeaderSize + kEthernetMinPayload) + kFcsSize;
    }
    /// All of them, padding and FCS included.
    Bytes octets() const;
    /// The same into a place of size() octets.
    void writeTo(std::uint8_t* out) const;
    /// Of a frame in parts: what the Ethernet header carries, without padding.
    Bytes payload() const;

    bool operator==(const WireFrame& other) const { return octets() == other.octets(); }

private:
    /// Behind `size` is nothing: a frame is made and handed on so often that clearing and copying that would show.
    struct Head {
        Head() {} // NOLINT: octets are not cleared
        Head(const Head& other) { *this = other; }
        Head& operator=(const Head& other)
        {
            size = other.size;
            std::copy_n(other.octets.begin(), size, octets.begin());
            return *this;
        }
        std::array<std::uint8_t, kMostHead> octets;
        std::uint8_t size = 0; ///< 0: the frame is whole
    };
    Head head_;
    Octets body_;
};

} // namespace packetarium
