// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What one connection of a host says while it is called: written into the
// trace, told to the program, and handed to the internet layer. For host*.cpp.

#include "core/net/host.h"

namespace packetarium {

Record hostRecord(const NodeContext& cx, RecordKind kind, NodeId host, ConnId conn);
void recordCall(const NodeContext& cx, NodeId host, ConnId conn, AppCall call, AppResult result, std::uint64_t octets);

class Host::Sink final : public TcpSink {
public:
    Sink(Host& host, const NodeContext& cx, ConnId conn, const Connection& tcp)
        : host_(host)
        , cx_(cx)
        , conn_(conn)
        , tcp_(tcp)
    {}
    Sink(Host& host, const NodeContext& cx, std::size_t slot)
        : Sink(host, cx, host.slots_[slot].id, host.slots_.edit(slot).tcp) // not the one that copies share
    {
        ttl_ = host.slots_[slot].ttl;
    }

    /// The segment that is about to be given to the connection came in this datagram. Where it is from is where an answer goes
    /// if the connection does not know yet.
    void causedBy(const Datagram& datagram, std::size_t dataAt, std::size_t dataOctets);

    void sendSegment(const TcpSegment& segment, Reason why, bool retransmission) override;
    void deliver(ByteView data) override;
    void tell(AppCall what, AppResult result) override { news(what, result, 0); }
    void stateChanged(const TcpTransition& row) override;
    void variableChanged(Variable variable, std::uint64_t value) override;
    bool follows() const override { return cx_.trace.isRecording(); }
    void timerChanged(Timer timer, TimerChange change, SimTime deadline) override;
    void ignored(Reason why) override;
    std::optional<Seq32> fixedIss(const TcpConfig& config) override;

private:
    void news(AppCall what, AppResult result, std::uint64_t octets);

    Host& host_;
    const NodeContext& cx_;
    ConnId conn_;
    const Connection& tcp_;
    const Datagram* cause_ = nullptr;
    std::size_t dataAt_ = 0, dataOctets_ = 0; ///< what the segment carries, within its frame
    bool dataShown_ = false;
    std::uint8_t ttl_ = kDefaultTtl;
};

} // namespace packetarium
