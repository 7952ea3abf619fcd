// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apps/stub_resolver.h"

namespace packetarium {

StubResolver::Ticket StubResolver::ask(const AppContext& app, DnsCache& cache, const DnsQuestion& question)
{
    const Ticket ticket = ++lastTicket_;
    const DnsCache::Answer known = cache.find(app, question);
    if (known.found != DnsCache::Found::Nothing) {
        noteProgram(app, ProgramEvent::ResolveCached, {.text = question.name});
        finish(app, question, ticket, addressIn(known.records), ProgramTrouble::NoSuchName);
        return ticket;
    }
    noteProgram(app, ProgramEvent::ResolveAsked, {.text = question.name});
    if (!nameServer_) {
        finish(app, question, ticket, std::nullopt, ProgramTrouble::NoNameServer);
        return ticket;
    }
    Query query;
    query.ticket = ticket;
    query.ask.question = question;
    query.ask.server = *nameServer_;
    query.ask.localPort = app.host.ephemeralUdpPort();
    query.ask.id = static_cast<std::uint16_t>(app.rng.next());
    query.ask.recursionDesired = true;
    app.host.openUdp(query.ask.localPort);
    queries_.push_back(query);
    send(app, queries_.size() - 1);
    return ticket;
}

void StubResolver::send(const AppContext& app, std::size_t place)
{
    Query& query = queries_[place];
    ++query.tries;
    query.deadline = app.now() + kDnsQueryTime;
    if (const ProgramTrouble trouble = sendQuery(app, query.ask); trouble != ProgramTrouble::None)
        fail(app, place, trouble);
}

bool StubResolver::onDatagram(const AppContext& app, DnsCache& cache, const UdpDelivery& delivery)
{
    for (std::size_t i = 0; i < queries_.size(); ++i) {
        if (queries_[i].ask.localPort != delivery.localPort)
            continue;
        if (const std::optional<DnsMessage> message = answerTo(queries_[i].ask, delivery))
            take(app, i, cache, *message);
        return true; // what is no answer is as if it had not come
    }
    return false;
}

void StubResolver::take(const AppContext& app, std::size_t place, DnsCache& cache, const DnsMessage& message)
{
    const DnsQuestion question = queries_[place].ask.question;
    if (message.truncated) { // the rest would have to be fetched by TCP
        fail(app, place, ProgramTrouble::BadAnswer);
        return;
    }
    if (message.code != DnsCode::NoError && message.code != DnsCode::NameError) {
        fail(app, place, ProgramTrouble::ServerFailed);
        return;
    }
    const DnsChain chain = followAliases(message.answers, question, {});
    if (chain.loop) {
        fail(app, place, ProgramTrouble::BadAnswer);
        return;
    }
    cache.learn(app, chain.records, false);
    if (!chain.complete) {
        const DnsQuestion last{chain.name, question.type};
        if (const std::optional<DnsRecord> authority = negativeAuthority(message.authorities, chain.name, {}))
            cache.learnNegative(app, last, message.code == DnsCode::NameError, *authority);
        fail(app, place, ProgramTrouble::NoSuchName);
        return;
    }
    const Query query = queries_[place];
    queries_.erase(queries_.begin() + static_cast<std::ptrdiff_t>(place));
    app.host.closeUdp(query.ask.localPort);
    finish(app, question, query.ticket, addressIn(chain.records), ProgramTrouble::BadAnswer);
}

bool StubResolver::onIcmp(const AppContext& app, const IcmpDelivery& error)
{
    for (std::size_t i = 0; i < queries_.size(); ++i) {
        if (isAbout(queries_[i].ask, error)) {
            fail(app, i, error.trouble);
            return true;
        }
    }
    return false;
}

void StubResolver::onTimer(const AppContext& app)
{
    for (std::size_t i = queries_.size(); i-- > 0;) {
        if (queries_[i].deadline > app.now())
            continue;
        if (queries_[i].tries < kDnsTries)
            send(app, i);
        else
            fail(app, i, ProgramTrouble::NoAnswer);
    }
}

SimTime StubResolver::nextDeadline() const
{
    SimTime next = SimTime::never();
    for (const Query& query : queries_)
        next = earlier(next, query.deadline);
    return next;
}

void StubResolver::fail(const AppContext& app, std::size_t place, ProgramTrouble trouble)
{
    const Query query = queries_[place];
    queries_.erase(queries_.begin() + static_cast<std::ptrdiff_t>(place));
    app.host.closeUdp(query.ask.localPort);
    finish(app, query.ask.question, query.ticket, std::nullopt, trouble);
}

void StubResolver::finish(const AppContext& app, const DnsQuestion& question, Ticket ticket,
                          std::optional<IpAddress> address, ProgramTrouble trouble)
{
    if (address) {
        noteProgram(app, ProgramEvent::ResolveAnswered, {.text = question.name + " " + address->toString()});
        done_.push_back({ticket, address, ProgramTrouble::None});
    } else {
        noteProgram(app, ProgramEvent::ResolveFailed, {.text = question.name, .trouble = trouble});
        done_.push_back({ticket, std::nullopt, trouble});
    }
}

} // namespace packetarium
