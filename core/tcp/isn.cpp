// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tcp/isn.h"

#include <bit>

namespace packetarium {

namespace {

struct SipState {
    std::uint64_t v0, v1, v2, v3;

    void round()
    {
        v0 += v1;
        v1 = std::rotl(v1, 13);
        v1 ^= v0;
        v0 = std::rotl(v0, 32);
        v2 += v3;
        v3 = std::rotl(v3, 16);
        v3 ^= v2;
        v0 += v3;
        v3 = std::rotl(v3, 21);
        v3 ^= v0;
        v2 += v1;
        v1 = std::rotl(v1, 17);
        v1 ^= v2;
        v2 = std::rotl(v2, 32);
    }
    void absorb(std::uint64_t word)
    {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
    }
};

} // namespace

std::uint64_t sipHash24(std::uint64_t word0, std::uint64_t word1, const IsnSecret& key)
{
    SipState s{key.k0 ^ 0x736f6d6570736575ULL, key.k1 ^ 0x646f72616e646f6dULL, key.k0 ^ 0x6c7967656e657261ULL,
               key.k1 ^ 0x7465646279746573ULL};
    s.absorb(word0);
    s.absorb(word1);
    s.absorb(std::uint64_t{16} << 56); // the message is 16 octets long
    s.v2 ^= 0xff;
    for (int i = 0; i < 4; ++i)
        s.round();
    return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}

Seq32 chooseIsn(SimTime now, const Endpoint& local, const Endpoint& remote, const IsnSecret& secret)
{
    constexpr std::int64_t kTickNs = 4'000;
    const auto clock = static_cast<std::uint32_t>(now.ns() / kTickNs);
    const std::uint64_t addresses = (std::uint64_t{local.address.value} << 32) | remote.address.value;
    const std::uint64_t ports = (std::uint64_t{local.port} << 16) | remote.port;
    return Seq32(clock + static_cast<std::uint32_t>(sipHash24(addresses, ports, secret)));
}

} // namespace packetarium
