// SPDX-License-Identifier: GPL-3.0-or-later
//
// Segments in any order and with any overlap: each octet is delivered once and
// in its place, and each segment gets the acknowledgment it deserves (RFC 9293
// §3.10.7.4, seventh; RFC 5681 §4.2).
#include "tests/support/catch.h"
#include "tests/support/tcp_bulk.h"

#include <algorithm>

namespace packetarium::tcp_order_test {

using namespace literals;
using namespace testing;

namespace {

/// What a receiver must do, by an array of the octets it has.
class Expected {
public:
    explicit Expected(std::string stream)
        : stream_(std::move(stream))
        , has_(stream_.size())
    {}
    /// Octets [from, to) arrive; what can be delivered now.
    std::string arrive(std::size_t from, std::size_t to)
    {
        std::fill(has_.begin() + static_cast<std::ptrdiff_t>(from), has_.begin() + static_cast<std::ptrdiff_t>(to),
                  true);
        const std::size_t before = next_;
        while (next_ < has_.size() && has_[next_])
            ++next_;
        return stream_.substr(before, next_ - before);
    }
    std::uint32_t ack() const { return 301 + static_cast<std::uint32_t>(next_); }
    std::vector<std::pair<std::uint32_t, std::uint32_t>> stretches() const
    {
        std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
        for (std::size_t i = next_; i < has_.size(); ++i) {
            if (!has_[i])
                continue;
            const std::size_t from = i;
            while (i < has_.size() && has_[i])
                ++i;
            found.emplace_back(301 + from, 301 + i);
        }
        return found;
    }

private:
    std::string stream_;
    std::vector<bool> has_;
    std::size_t next_ = 0;
};

} // namespace

TEST_CASE("all 120 orders of five segments: delivered once, in order, each arrival acknowledged", "[tcp]")
{
    const std::string stream = octetsOf(500);
    for (const bool withSack : {false, true}) {
        std::array<std::size_t, 5> order{0, 1, 2, 3, 4};
        int orders = 0;
        do {
            ++orders;
            TcpConfig config = bulkConfig();
            config.sack = withSack;
            TcpRig rig = TcpRig::agreed(config);
            Expected expected(stream);
            std::vector<std::pair<std::uint32_t, std::uint32_t>> recent; // RFC 2018 §4: what grew last first
            for (const std::size_t n : order) {
                const std::size_t from = n * 100;
                rig.receive("ACK", seq(301 + static_cast<std::uint32_t>(from)), ack(101),
                            data(stream.substr(from, 100)));
                if (const std::string delivered = expected.arrive(from, from + 100); !delivered.empty())
                    rig.expectDelivered(delivered);
                const auto now = expected.stretches();
                const auto number = 301 + static_cast<std::uint32_t>(from);
                std::vector<std::pair<std::uint32_t, std::uint32_t>> blocks;
                for (const auto& stretch : now)
                    if (stretch.first <= number && number < stretch.second)
                        blocks.push_back(stretch);
                for (const auto& old : recent)
                    for (const auto& stretch : now)
                        if (stretch.first <= old.first && old.second <= stretch.second &&
                            std::find(blocks.begin(), blocks.end(), stretch) == blocks.end())
                            blocks.push_back(stretch);
                recent = blocks;
                rig.expectSent("ACK", seq(101), ack(expected.ack()), withSack ? sack(blocks) : SegmentField{});
                rig.expectNothing();
            }
            CHECK(rig.tcp().rcvNxt() == Seq32(801));
        } while (std::next_permutation(order.begin(), order.end()));
        CHECK(orders == 120);
    }
}

TEST_CASE("two segments behind a gap that overlap in every way, and the one that fills it", "[tcp]")
{
    const std::string stream = octetsOf(40);
    int ways = 0;
    for (std::size_t a = 10; a < 34; a += 3) {
        for (std::size_t b = a + 3; b <= 37; b += 3) {
            for (std::size_t c = 1; c < 34; c += 3) { // also before the gap, over it, within, around and behind
                for (std::size_t d = c + 3; d <= 37; d += 3) {
                    ++ways;
                    TcpRig rig = TcpRig::agreed(bulkConfig());
                    Expected expected(stream);
                    const auto arrives = [&](std::size_t from, std::size_t to) {
                        rig.receive("ACK", seq(301 + static_cast<std::uint32_t>(from)), ack(101),
                                    data(stream.substr(from, to - from)));
                        if (const std::string delivered = expected.arrive(from, to); !delivered.empty())
                            rig.expectDelivered(delivered);
                        rig.expectSent("ACK", seq(101), ack(expected.ack()));
                    };
                    arrives(a, b);
                    arrives(c, d);
                    arrives(a, b); // again
                    arrives(0, 40);
                    rig.expectNothing();
                }
            }
        }
    }
    CHECK(ways > 1000);
}

TEST_CASE("a FIN that comes before its data is taken in its turn, whatever arrives last", "[tcp]")
{
    const std::string stream = octetsOf(300);
    std::array<std::size_t, 4> order{0, 1, 2, 3}; // three segments and the FIN
    do {
        TcpRig rig = TcpRig::agreed(bulkConfig());
        Expected expected(stream);
        std::array<bool, 4> here{};
        for (const std::size_t n : order) {
            here[n] = true;
            const auto number = 301 + static_cast<std::uint32_t>(100 * n);
            if (n == 3)
                rig.receive("FIN,ACK", seq(number), ack(101));
            else
                rig.receive("ACK", seq(number), ack(101), data(stream.substr(100 * n, 100)));
            const std::string delivered = n == 3 ? "" : expected.arrive(100 * n, 100 * n + 100);
            if (!delivered.empty())
                rig.expectDelivered(delivered);
            const bool closed = here[3] && expected.ack() == 601;
            if (closed)
                rig.expectTold(AppCall::PeerClosed);
            rig.expectSent("ACK", seq(101), ack(expected.ack() + (closed ? 1 : 0)));
            rig.expectState(closed ? "CLOSE-WAIT" : "ESTABLISHED");
        }
    } while (std::next_permutation(order.begin(), order.end()));
}

} // namespace packetarium::tcp_order_test
