// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/host_sink.h"

#include <algorithm>

namespace packetarium {

namespace {

/// Some of what the segment brought was still of use.
bool isPartlyUsed(Reason why)
{
    return why == Reason::IgnoredOldAck || why == Reason::IgnoredDuplicateData;
}

} // namespace

Record hostRecord(const NodeContext& cx, RecordKind kind, NodeId host, ConnId conn)
{
    Record r = nodeRecord(cx, kind, host);
    r.conn = conn;
    return r;
}

void recordCall(const NodeContext& cx, NodeId host, ConnId conn, AppCall call, AppResult result, std::uint64_t octets)
{
    Record r = hostRecord(cx, RecordKind::App, host, conn);
    r.a = static_cast<std::uint8_t>(call);
    r.b = static_cast<std::uint8_t>(result);
    r.value = octets;
    cx.trace.append(r);
}

void Host::Sink::causedBy(const Datagram& datagram, std::size_t dataAt, std::size_t dataOctets)
{
    cause_ = &datagram;
    dataAt_ = dataAt;
    dataOctets_ = dataOctets;
}

void Host::Sink::sendSegment(const TcpSegment& segment, Reason why, bool retransmission)
{
    host_.segmentsSentAgain_ += retransmission ? 1 : 0;
    const bool answering = cause_ != nullptr && (!conn_ || tcp_.remote().address.isUnspecified());
    Datagram datagram;
    datagram.source = answering ? cause_->destination : tcp_.local().address;
    datagram.destination = answering ? cause_->source : tcp_.remote().address;
    datagram.protocol = kProtocolTcp;
    datagram.ttl = ttl_;
    datagram.dontFragment = true; // RFC 1191 §3
    datagram.dscpEcn = segment.ipEcn;
    std::array<std::uint8_t, kMostTcpHeader> header; // written as far as it goes
    datagram.upperHeader =
        ByteView(header).first(writeTcpHeader(header, segment, datagram.source, datagram.destination));
    datagram.payload = segment.payload;
    host_.ip_.send(cx_, datagram, SendNote{why, conn_, retransmission});
}

void Host::Sink::deliver(ByteView data)
{
    if (cause_ != nullptr && dataOctets_ > 0 && !dataShown_) {
        dataShown_ = true;
        noteLayer(cx_, host_.id(), cause_->packet, LayerAct::Delivered, Layer::Application, dataAt_, dataOctets_);
    }
    host_.read_.add(data);
    news(AppCall::Delivered, AppResult::Ok, data.size());
    cx_.out.dataArrived(host_.id(), conn_, data);
}

void Host::Sink::stateChanged(const TcpTransition& row)
{
    Record r = hostRecord(cx_, RecordKind::StateChange, host_.id(), conn_);
    r.a = static_cast<std::uint8_t>(row.from);
    r.b = static_cast<std::uint8_t>(row.to);
    r.value = static_cast<std::uint64_t>(transitionIndex(row));
    r.packet = cause_ == nullptr ? PacketId::none() : cause_->packet;
    cx_.trace.append(r);
    cx_.out.stateEntered(host_.id(), conn_, row.to);
}

void Host::Sink::variableChanged(Variable variable, std::uint64_t value)
{
    Record r = hostRecord(cx_, RecordKind::Variable, host_.id(), conn_);
    r.a = static_cast<std::uint8_t>(variable);
    r.value = value;
    cx_.trace.append(r);
}

void Host::Sink::timerChanged(Timer timer, TimerChange change, SimTime deadline)
{
    Record r = hostRecord(cx_, RecordKind::Timer, host_.id(), conn_);
    r.a = static_cast<std::uint8_t>(timer);
    r.b = static_cast<std::uint8_t>(change);
    r.value = static_cast<std::uint64_t>(deadline.ns());
    cx_.trace.append(r);
}

void Host::Sink::ignored(Reason why)
{
    const PacketId packet = cause_ == nullptr ? PacketId::none() : cause_->packet;
    if (cause_ != nullptr && !isPartlyUsed(why))
        noteLayer(cx_, host_.id(), packet, LayerAct::Refused, Layer::Transport, cause_->payloadAt,
                  cause_->payloadThere);
    noteIgnored(cx_, host_.id(), packet, why, conn_);
}

std::optional<Seq32> Host::Sink::fixedIss(const TcpConfig& config)
{
    const std::size_t place = std::min(host_.isnsChosen_++, config.laterIss.size());
    return place == 0 ? config.iss : config.laterIss[place - 1];
}

void Host::Sink::news(AppCall what, AppResult result, std::uint64_t octets)
{
    recordCall(cx_, host_.id(), conn_, what, result, octets);
    cx_.out.programNews(host_.id(), conn_, what, result, octets);
}

} // namespace packetarium
