// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For tests about many segments of one size: a program that has written a long
// stream, cut into segments of 1,000 octets from number 101 on.

#include "tests/support/tcp_rig.h"

namespace packetarium::testing {

/// A buffer of 65,535 octets and acknowledgments at once; else as the profile has it.
inline TcpConfig bulkConfig(int initialWindow = 0, Profile profile = Profile::Rfc)
{
    TcpConfig config = TcpRig::config(profile);
    config.receiveBuffer = 65535;
    config.initialWindow = initialWindow;
    config.delayedAck = false;
    return config;
}

class Bulk {
public:
    explicit Bulk(TcpRig& rig)
        : rig_(rig)
    {}
    Bulk(TcpRig& rig, std::size_t octets, TcpRig::Where where = TcpRig::Where::current())
        : rig_(rig)
    {
        write(octets, where);
    }
    void write(std::size_t octets, TcpRig::Where where = TcpRig::Where::current())
    {
        const std::string more = octetsOf(written_.size() + octets).substr(written_.size());
        written_ += more;
        rig_.send(more, where);
    }
    /// `count` segments of `size` octets from `from` on; the last that was written carries PSH.
    void expectSent(std::uint32_t from, int count = 1, std::uint32_t size = 1000, bool again = false,
                    TcpRig::Where where = TcpRig::Where::current())
    {
        for (int i = 0; i < count; ++i, from += size)
            expectOne(from, size, again, where);
    }
    void expectSentAgain(std::uint32_t from, int count = 1, std::uint32_t size = 1000,
                         TcpRig::Where where = TcpRig::Where::current())
    {
        expectSent(from, count, size, true, where);
    }
    void duplicates(std::uint32_t number, int count, TcpRig::Where where = TcpRig::Where::current())
    {
        for (int i = 0; i < count; ++i)
            rig_.receive("ACK", seq(301), ack(number), {}, {}, {}, {}, {}, where);
    }

private:
    void expectOne(std::uint32_t from, std::uint32_t size, bool again, TcpRig::Where where)
    {
        const std::string octets = written_.substr(from - 101, size);
        const bool last = from - 101 + size >= written_.size();
        rig_.expectSent(last ? "PSH,ACK" : "ACK", seq(from), data(octets), ack(301),
                        again ? testing::again() : SegmentField{}, {}, {}, {}, where);
    }

    TcpRig& rig_;
    std::string written_;
};

} // namespace packetarium::testing
