// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/random_trace.h"

#include "core/tcp/transition_table.h"

namespace packetarium {

RandomTrace::RandomTrace(std::uint64_t seed)
    : rng_(seed)
{
    b_.conn(now_, kServer, 80);
    b_.conn(now_, kClient, 49152, 80);
}

void RandomTrace::grow(int steps)
{
    for (int i = 0; i < steps; ++i)
        step();
}

std::vector<PacketInfo> RandomTrace::underWay() const
{
    std::vector<PacketInfo> infos;
    for (const PacketId id : moving_)
        infos.push_back(b_.trace.packet(id));
    return infos;
}

void RandomTrace::rewind(const Trace::Mark& mark, const std::vector<PacketInfo>& inFlight, std::uint64_t seed)
{
    b_.trace.truncate(mark, inFlight);
    now_ = mark.records == 0 ? SimTime::zero() : b_.trace.records().back().at;
    b_.trace.setEnd(now_);
    moving_.clear();
    for (const PacketInfo& info : inFlight)
        moving_.push_back(info.id);
    rng_ = Rng(seed);
}

void RandomTrace::step()
{
    // Many at one instant, some a little apart, some far apart.
    static constexpr std::int64_t waits[] = {0, 0, 0, 1, 1'000, 3'000'000, 20'000'000, 400'000'000, 60'000'000'000};
    now_ = now_ + SimDuration::nanoseconds(waits[rng_.below(rng_.chance(20'000) ? 9 : 7)]);
    const auto deadline = now_ + SimDuration::milliseconds(200);
    switch (rng_.below(8)) {
    case 0: {
        const auto rows = tcpTransitions();
        const TcpTransition& row = rows[rng_.below(rows.size())];
        b_.state(now_, anyConn(), row.from, toString(row.event));
        break;
    }
    case 1:
        b_.variable(now_, anyConn(), static_cast<Variable>(rng_.below(kVariableCount)), rng_.below(1u << 31));
        break;
    case 2:
        b_.timer(now_, anyConn(), static_cast<Timer>(rng_.below(kTimerCount)), static_cast<TimerChange>(rng_.below(3)),
                 deadline);
        break;
    case 3: b_.app(now_, anyConn(), static_cast<AppCall>(rng_.below(13)), rng_.below(1000)); break;
    case 4:
        if (rng_.chance(100'000))
            b_.conn(now_, NodeId(static_cast<std::uint8_t>(rng_.below(2))), 80);
        break;
    default: networkStep(); break;
    }
}

void RandomTrace::networkStep()
{
    if (moving_.empty() || rng_.chance(300'000)) {
        moving_.push_back(b_.send(now_, anyConn(), {"PSH,ACK", 101, 301, static_cast<std::uint32_t>(rng_.below(50))}));
        return;
    }
    const std::size_t which = rng_.below(moving_.size());
    const PacketId packet = moving_[which];
    const PacketInfo& info = b_.trace.packet(packet);
    const auto forget = [&] { moving_.erase(moving_.begin() + static_cast<std::ptrdiff_t>(which)); };
    switch (rng_.below(6)) {
    case 0:
        b_.lose(now_, packet);
        forget();
        break;
    case 1:
        if (info.heldAt.isNever())
            b_.hold(now_, packet);
        else if (info.releasedAt.isNever())
            b_.letGo(now_, packet);
        break;
    case 2: moving_.push_back(b_.duplicate(now_, packet)); break;
    default:
        b_.arriveAt(now_, packet, anyConn());
        forget();
        break;
    }
}

} // namespace packetarium
