// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apps/traceroute.h"

#include <numeric>

namespace packetarium {

void Traceroute::begin(const AppContext& app, const DoTraceroute& asked, const IpAddress& to)
{
    Job job;
    job.to = to;
    job.localPort = app.host.ephemeralUdpPort();
    job.maxHops = asked.maxHops;
    app.host.openUdp(job.localPort);
    jobs_.push_back(job);
    goOn(app, jobs_.size() - 1);
}

void Traceroute::goOn(const AppContext& app, std::size_t place)
{
    Job& job = jobs_[place];
    if (job.ttl >= job.maxHops) {
        end(app, place, ProgramTrouble::NoAnswer);
        return;
    }
    ++job.ttl;
    probe(app, place);
}

void Traceroute::probe(const AppContext& app, std::size_t place)
{
    Job& job = jobs_[place];
    job.deadline = app.now() + kPatience;
    noteProgram(app, ProgramEvent::TraceProbed, {.value = job.ttl});
    Host::UdpSend how;
    how.localPort = job.localPort;
    how.to = Endpoint{job.to, static_cast<std::uint16_t>(kFirstPort + job.ttl - 1)};
    how.ttl = job.ttl;
    how.cause = Reason::SentTraceProbe;
    Bytes data(kProbeOctets);
    std::iota(data.begin(), data.end(), std::uint8_t{'@'});
    if (app.host.sendUdp(app.cx, how, data) != IpStack::Sent::Yes)
        end(app, place, ProgramTrouble::NotReachable);
}

bool Traceroute::onIcmp(const AppContext& app, const IcmpDelivery& delivery)
{
    if (delivery.trouble == ProgramTrouble::None || delivery.protocol != kProtocolUdp)
        return false;
    for (std::size_t i = 0; i < jobs_.size(); ++i) {
        const Job& job = jobs_[i];
        if (delivery.originalFrom.port != job.localPort || delivery.originalTo.address != job.to)
            continue;
        if (delivery.originalTo.port != kFirstPort + job.ttl - 1)
            return true; // about an earlier probe, too late
        const std::string from = delivery.from.toString();
        noteProgram(app, ProgramEvent::TraceHop, {.value = job.ttl, .text = from});
        if (delivery.trouble == ProgramTrouble::TtlExceeded)
            goOn(app, i);
        else if (delivery.trouble == ProgramTrouble::PortUnreachable && delivery.from == job.to)
            end(app, i, ProgramTrouble::None);
        else
            end(app, i, delivery.trouble);
        return true;
    }
    return false;
}

bool Traceroute::onDatagram(const AppContext& app, const UdpDelivery& delivery)
{
    for (std::size_t i = 0; i < jobs_.size(); ++i) {
        const Job& job = jobs_[i];
        if (delivery.localPort != job.localPort)
            continue;
        if (delivery.from == Endpoint{job.to, static_cast<std::uint16_t>(kFirstPort + job.ttl - 1)}) {
            noteProgram(app, ProgramEvent::TraceHop, {.value = job.ttl, .text = delivery.from.address.toString()});
            end(app, i, ProgramTrouble::None);
        }
        return true;
    }
    return false;
}

void Traceroute::onTimer(const AppContext& app)
{
    for (std::size_t i = jobs_.size(); i-- > 0;) {
        if (jobs_[i].deadline > app.now())
            continue;
        noteProgram(app, ProgramEvent::TraceNoAnswer, {.value = jobs_[i].ttl});
        goOn(app, i);
    }
}

SimTime Traceroute::nextDeadline() const
{
    SimTime next = SimTime::never();
    for (const Job& job : jobs_)
        next = earlier(next, job.deadline);
    return next;
}

void Traceroute::end(const AppContext& app, std::size_t place, ProgramTrouble trouble)
{
    const Job job = jobs_[place];
    jobs_.erase(jobs_.begin() + static_cast<std::ptrdiff_t>(place));
    app.host.closeUdp(job.localPort);
    noteProgram(app, ProgramEvent::TraceDone, {.value = job.ttl, .text = job.to.toString(), .trouble = trouble});
}

} // namespace packetarium
