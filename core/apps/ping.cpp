// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apps/ping.h"

#include <algorithm>

namespace packetarium {

namespace {

bool isReply(const IcmpMessage& message, bool v6)
{
    return message.type == (v6 ? IcmpMessage::V6EchoReply : IcmpMessage::EchoReply);
}

/// 0, 1, 2 ...: easy to know again on the wire.
Bytes pattern(std::size_t octets)
{
    Bytes data(octets);
    for (std::size_t i = 0; i < octets; ++i)
        data[i] = static_cast<std::uint8_t>(i);
    return data;
}

} // namespace

void Ping::begin(const AppContext& app, const DoPing& asked, const IpAddress& to)
{
    if (asked.count == 0)
        return;
    Job job;
    job.asked = asked;
    job.to = to;
    job.identifier = static_cast<std::uint16_t>(app.rng.next());
    send(app, job);
    jobs_.push_back(std::move(job));
    forgetEnded();
}

void Ping::send(const AppContext& app, Job& job)
{
    ++job.sent;
    job.nextAt = job.sent < job.asked.count ? app.now() + job.asked.interval : SimTime::never();
    const auto sequence = static_cast<std::uint16_t>(job.sent);
    noteProgram(app, ProgramEvent::PingSent, {.value = sequence, .text = job.to.toString()});
    Host::EchoSend how;
    how.to = job.to;
    how.identifier = job.identifier;
    how.sequence = sequence;
    how.ttl = job.asked.ttl;
    how.dontFragment = job.asked.dontFragment;
    const IpStack::Sent sent = app.host.sendEcho(app.cx, how, pattern(job.asked.octets));
    if (sent == IpStack::Sent::Yes)
        job.waiting.push_back({sequence, app.now()});
    else
        noteProgram(app, ProgramEvent::PingRefused,
                    {.value = sequence,
                     .trouble = sent == IpStack::Sent::NoRoute ? ProgramTrouble::NotReachable
                                                               : ProgramTrouble::FragmentationNeeded});
}

bool Ping::onIcmp(const AppContext& app, const IcmpDelivery& delivery)
{
    const bool reply = isReply(delivery.message, delivery.from.isV6());
    if (!reply && (delivery.trouble == ProgramTrouble::None || delivery.protocol == kProtocolUdp ||
                   delivery.protocol == kProtocolTcp))
        return false;
    const std::uint16_t identifier = reply ? delivery.message.echoIdentifier() : delivery.echoIdentifier;
    const std::uint16_t sequence = reply ? delivery.message.echoSequence() : delivery.echoSequence;
    for (Job& job : jobs_) {
        if (job.identifier != identifier)
            continue;
        const auto one = std::find_if(job.waiting.begin(), job.waiting.end(),
                                      [&](const Waiting& w) { return w.sequence == sequence; });
        if (one == job.waiting.end())
            return true; // too late, or answered already
        const std::string from = delivery.from.toString();
        if (reply)
            noteProgram(app, ProgramEvent::PingAnswered,
                        {.value = static_cast<std::uint64_t>((app.now() - one->sentAt).ns()), .text = from});
        else
            noteProgram(app, ProgramEvent::PingRefused, {.value = sequence, .text = from, .trouble = delivery.trouble});
        job.waiting.erase(one);
        forgetEnded();
        return true;
    }
    return false;
}

void Ping::onTimer(const AppContext& app)
{
    for (Job& job : jobs_) {
        while (!job.waiting.empty() && job.waiting.front().sentAt + kPatience <= app.now()) {
            noteProgram(app, ProgramEvent::PingTimedOut, {.value = job.waiting.front().sequence});
            job.waiting.erase(job.waiting.begin());
        }
        if (job.nextAt <= app.now())
            send(app, job);
    }
    forgetEnded();
}

void Ping::forgetEnded()
{
    std::erase_if(jobs_, [](const Job& job) { return job.nextAt.isNever() && job.waiting.empty(); });
}

SimTime Ping::nextDeadline() const
{
    SimTime next = SimTime::never();
    for (const Job& job : jobs_) {
        next = earlier(next, job.nextAt);
        if (!job.waiting.empty())
            next = earlier(next, job.waiting.front().sentAt + kPatience);
    }
    return next;
}

} // namespace packetarium
