// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tcp/isn.h"

#include <array>
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

std::array<std::uint64_t, 2> wordsOf(const Ipv6Address& address)
{
    std::array<std::uint64_t, 2> words{};
    for (std::size_t i = 0; i < address.octets.size(); ++i)
        words[i / 8] = words[i / 8] << 8 | address.octets[i];
    return words;
}

} // namespace

std::uint64_t sipHash24(std::span<const std::uint64_t> words, const IsnSecret& key)
{
    SipState s{key.k0 ^ 0x736f6d6570736575ULL, key.k1 ^ 0x646f72616e646f6dULL, key.k0 ^ 0x6c7967656e657261ULL,
               key.k1 ^ 0x7465646279746573ULL};
    for (const std::uint64_t word : words)
        s.absorb(word);
    s.absorb(std::uint64_t{words.size() * 8} << 56); // the message's length in octets, its lowest octet on top
    s.v2 ^= 0xff;
    for (int i = 0; i < 4; ++i)
        s.round();
    return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}

std::uint64_t sipHash24(std::uint64_t word0, std::uint64_t word1, const IsnSecret& key)
{
    return sipHash24(std::array{word0, word1}, key);
}

std::string toString(const Endpoint& endpoint)
{
    const std::string address = endpoint.address.toString();
    return (endpoint.address.isV6() ? "[" + address + "]" : address) + ":" + std::to_string(endpoint.port);
}

Seq32 chooseIsn(SimTime now, const Endpoint& local, const Endpoint& remote, const IsnSecret& secret)
{
    constexpr std::int64_t kTickNs = 4'000;
    const auto clock = static_cast<std::uint32_t>(now.ns() / kTickNs);
    const std::uint64_t ports = (std::uint64_t{local.port} << 16) | remote.port;
    std::uint64_t hash = 0;
    if (local.address.isV6()) {
        const auto [l0, l1] = wordsOf(local.address.v6());
        const auto [r0, r1] = wordsOf(remote.address.v6());
        hash = sipHash24(std::array{l0, l1, r0, r1, ports}, secret);
    } else {
        hash = sipHash24((std::uint64_t{local.address.v4().value} << 32) | remote.address.v4().value, ports, secret);
    }
    return Seq32(clock + static_cast<std::uint32_t>(hash));
}

} // namespace packetarium
