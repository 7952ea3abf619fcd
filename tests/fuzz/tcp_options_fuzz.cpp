// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any octets as the options of segments that are otherwise in place: the decoder must stay inside them, and a connection to which
// they come, from the SYN on, must keep its invariants whatever was agreed on, and rest in the end.
//
// The first octet chooses the settings. Then for each segment: flags, how far its number and its acknowledgment are from what is
// expected, a window, milliseconds since the one before, octets of data, how many octets of options, and those.
#include "core/tcp/connection.h"
#include "core/wire/checksum.h"
#include "tests/fuzz/frame_checks.h"

using namespace packetarium;

namespace {

using fuzz::must;

constexpr Ipv4Address kHere{0x0a000001}, kThere{0x0a000002};
constexpr std::uint16_t kPort = 80, kPeerPort = 40000;

class Silent final : public TcpSink {
public:
    void sendSegment(const TcpSegment& segment, Reason, bool) override
    {
        const Bytes octets = encodeTcp(segment, kHere, kThere);
        must(decodeTcp(octets, kHere, kThere).error == TcpDecodeError::None, "what is sent does not decode");
    }
    void deliver(ByteView data) override { delivered += data.size(); }
    void tell(AppCall, AppResult) override {}
    void stateChanged(const TcpTransition&) override {}
    void variableChanged(Variable, std::uint64_t) override {}
    void timerChanged(Timer, TimerChange, SimTime) override {}
    void ignored(Reason) override {}

    std::size_t delivered = 0;
};

/// Octets from the front, zeros when there are no more.
class Input {
public:
    Input(const std::uint8_t* data, std::size_t size)
        : left_(data, size)
    {}
    bool empty() const { return left_.empty(); }
    std::uint8_t octet()
    {
        if (left_.empty())
            return 0;
        const std::uint8_t first = left_.front();
        left_ = left_.subspan(1);
        return first;
    }
    ByteView octets(std::size_t most)
    {
        const ByteView some = left_.first(std::min(most, left_.size()));
        left_ = left_.subspan(some.size());
        return some;
    }

private:
    ByteView left_;
};

Bytes segmentFrom(Input& in, const Connection& tcp, SimTime& now)
{
    constexpr std::size_t kMostOptions = 40;
    const std::uint8_t flags = in.octet();
    const auto near = [&] { return static_cast<std::uint32_t>(static_cast<std::int8_t>(in.octet())) * 4; };
    const bool listening = tcp.state() == TcpState::Listen;
    const Seq32 seq = (listening ? Seq32(5000) : tcp.rcvNxt()) + near();
    const Seq32 ack = tcp.sndNxt() + near();
    const std::uint32_t window = in.octet() * 257u;
    now = now + SimDuration::milliseconds(in.octet() * 4);
    const std::size_t data = in.octet();
    const ByteView options = in.octets(in.octet() % (kMostOptions + 1));

    Bytes octets;
    const auto put = [&octets](std::uint32_t value, int size) {
        for (int i = size - 1; i >= 0; --i)
            octets.push_back(static_cast<std::uint8_t>(value >> (8 * i) & 0xff));
    };
    put(kPeerPort, 2);
    put(kPort, 2);
    put(seq.value(), 4);
    put(ack.value(), 4);
    put(static_cast<std::uint32_t>((5 + (options.size() + 3) / 4) << 4), 1);
    put(flags, 1);
    put(window, 2);
    put(0, 4);
    octets.insert(octets.end(), options.begin(), options.end());
    octets.resize((octets.size() + 3) / 4 * 4);
    octets.resize(octets.size() + data, 'x');
    return fuzz::withChecksum(octets, 16, pseudoHeaderSum(kThere, kHere, kProtocolTcp, octets.size()));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    constexpr std::size_t kLongest = 4096;
    Input in(data, std::min(size, kLongest));
    const std::uint8_t choice = in.octet();
    TcpConfig config = TcpConfig::forProfile((choice & 1) != 0 ? Profile::Linux : Profile::Rfc);
    config.timestamps = (choice & 2) != 0;
    config.sack = (choice & 4) != 0;
    config.windowScaling = (choice & 8) != 0;
    config.ecn = (choice & 16) != 0;
    config.iss = Seq32((choice & 32) != 0 ? 0xffffff00u : 100);
    Connection tcp(config, IsnSecret{}, kHere);
    tcp.limitMss(1460);
    Silent out;
    SimTime now;
    tcp.setAutoRead(now, (choice & 64) == 0, out);
    tcp.openPassive(now, kPort, std::nullopt, out);
    const Bytes written(3000, std::uint8_t{'y'});
    std::size_t sent = 0;
    while (!in.empty()) {
        const Bytes octets = segmentFrom(in, tcp, now);
        if (tcp.nextDeadline() <= now)
            tcp.onTimer(now, out);
        const TcpDecoded decoded = decodeTcp(octets, kThere, kHere);
        if (decoded.error != TcpDecodeError::None)
            continue;
        must(decoded.segment.sack.size() <= SackBlocks::kMost, "more SACK blocks than there is room for");
        if (tcp.state() == TcpState::Listen)
            tcp.hearFrom(kThere);
        tcp.onSegment(now, decoded.segment, out);
        if (tcp.state() == TcpState::Established && sent < 40'000) {
            tcp.send(now, ByteView(written), out);
            sent += written.size();
        }
        tcp.checkInvariants();
    }
    for (int steps = 0; !tcp.nextDeadline().isNever(); ++steps) { // nobody answers any more
        must(steps < 1000, "the timers never come to rest");
        now = std::max(now, tcp.nextDeadline());
        tcp.onTimer(now, out);
        tcp.checkInvariants();
    }
    return 0;
}
