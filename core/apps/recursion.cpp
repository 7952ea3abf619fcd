// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apps/recursion.h"

#include <algorithm>

namespace packetarium {

namespace {

void append(std::vector<DnsRecord>& to, const std::vector<DnsRecord>& more)
{
    to.insert(to.end(), more.begin(), more.end());
}

} // namespace

void Recursion::begin(const AppContext& app, DnsCache& cache, std::uint32_t ticket, const DnsQuestion& question)
{
    Task task;
    task.ticket = ticket;
    task.type = question.type;
    task.name = question.name;
    task.giveUp = app.now() + kPatience;
    start(app, cache, std::move(task));
}

void Recursion::start(const AppContext& app, DnsCache& cache, Task task)
{
    const std::uint32_t id = ++lastId_;
    task.id = id;
    task.ask.localPort = app.host.ephemeralUdpPort();
    app.host.openUdp(task.ask.localPort);
    tasks_.push_back(std::move(task));
    advance(app, cache, id);
}

Recursion::Task* Recursion::task(std::uint32_t id)
{
    const auto found = std::find_if(tasks_.begin(), tasks_.end(), [&](const Task& t) { return t.id == id; });
    return found == tasks_.end() ? nullptr : &*found;
}

void Recursion::advance(const AppContext& app, DnsCache& cache, std::uint32_t id)
{
    Task& t = *task(id);
    const DnsCache::Answer known = cache.find(app, {t.name, t.type});
    append(t.aliases, known.records);
    t.name = known.name;
    if (known.found != DnsCache::Found::Nothing) {
        if (!t.asked && t.parent == 0)
            noteProgram(app, ProgramEvent::ResolveCached, {.text = t.name});
        const bool no = known.found == DnsCache::Found::NoSuchName;
        finish(app, cache, id, no ? DnsCode::NameError : DnsCode::NoError, t.aliases, known.authorities);
        return;
    }
    if (t.aliases.size() > kMaxAliases) {
        fail(app, cache, id);
        return;
    }
    chooseServers(app, cache, t);
    askNext(app, cache, id);
}

void Recursion::chooseServers(const AppContext& app, DnsCache& cache, Task& t)
{
    t.next = 0;
    t.tries = 0;
    t.zone.clear();
    t.unresolved.clear();
    t.servers = reachable(app, roots_);
    if (std::optional<DnsCache::Delegation> closest = cache.closest(app, t.name)) {
        t.zone = closest->zone;
        t.servers = reachable(app, closest->addresses);
        t.unresolved = std::move(closest->unresolved);
    }
}

std::vector<IpAddress> Recursion::reachable(const AppContext& app, const std::vector<IpAddress>& servers) const
{
    std::vector<IpAddress> some;
    std::copy_if(servers.begin(), servers.end(), std::back_inserter(some),
                 [&](const IpAddress& server) { return app.host.ip().sourceFor(server).has_value(); });
    return some;
}

void Recursion::askNext(const AppContext& app, DnsCache& cache, std::uint32_t id)
{
    Task& t = *task(id);
    if (t.servers.empty() && !t.unresolved.empty()) {
        resolveServer(app, cache, id);
        return;
    }
    if (t.servers.empty() || t.tries >= kDnsTries * t.servers.size() || t.queriesLeft == 0) {
        fail(app, cache, id);
        return;
    }
    const IpAddress server = t.servers[t.next];
    const DnsQuestion question{t.name, t.type};
    if (!t.asked || t.ask.server != server || t.ask.question != question)
        t.ask.id = static_cast<std::uint16_t>(app.rng.next());
    t.ask.server = server;
    t.ask.question = question;
    t.asked = true;
    ++t.tries;
    --t.queriesLeft;
    t.deadline = app.now() + kDnsQueryTime;
    if (sendQuery(app, t.ask) != ProgramTrouble::None)
        dropServer(app, cache, id);
}

void Recursion::resolveServer(const AppContext& app, DnsCache& cache, std::uint32_t id)
{
    Task& t = *task(id);
    if (t.depth >= kMostDepth) {
        fail(app, cache, id);
        return;
    }
    Task within;
    within.parent = id;
    within.depth = t.depth + 1;
    within.type = typeOfAddress(app.host.address().isV6());
    within.name = t.unresolved.front();
    within.queriesLeft = t.queriesLeft;
    within.giveUp = t.giveUp;
    t.unresolved.erase(t.unresolved.begin());
    t.deadline = SimTime::never();
    start(app, cache, std::move(within));
}

void Recursion::dropServer(const AppContext& app, DnsCache& cache, std::uint32_t id)
{
    Task& t = *task(id);
    t.servers.erase(t.servers.begin() + static_cast<std::ptrdiff_t>(t.next));
    if (t.next >= t.servers.size())
        t.next = 0;
    askNext(app, cache, id);
}

bool Recursion::onDatagram(const AppContext& app, DnsCache& cache, const UdpDelivery& delivery)
{
    for (const Task& t : tasks_) {
        if (t.ask.localPort != delivery.localPort)
            continue;
        const std::optional<DnsMessage> message = answerTo(t.ask, delivery);
        if (message && t.asked && !t.deadline.isNever())
            take(app, cache, t.id, *message);
        return true;
    }
    return false;
}

void Recursion::take(const AppContext& app, DnsCache& cache, std::uint32_t id, const DnsMessage& message)
{
    Task& t = *task(id);
    const bool understood = message.code == DnsCode::NoError || message.code == DnsCode::NameError;
    if (!understood || message.truncated) {
        dropServer(app, cache, id);
        return;
    }
    const DnsChain chain = followAliases(message.answers, {t.name, t.type}, t.zone);
    append(t.aliases, chain.records);
    if (chain.loop || t.aliases.size() > kMaxAliases + chain.records.size()) {
        fail(app, cache, id);
        return;
    }
    cache.learn(app, chain.records, false);
    if (chain.complete) {
        finish(app, cache, id, DnsCode::NoError, t.aliases, {});
        return;
    }
    const bool alias = !sameName(chain.name, t.name);
    t.name = chain.name;
    const bool authority = negativeAuthority(message.authorities, t.name, t.zone).has_value();
    if (authority || (!alias && (message.code == DnsCode::NameError)))
        takeNo(app, cache, id, message, {t.name, t.type});
    else if (alias)
        advance(app, cache, id);
    else if (takeReferral(app, cache, t, message))
        askNext(app, cache, id);
    else if (message.authoritative)
        takeNo(app, cache, id, message, {t.name, t.type});
    else
        dropServer(app, cache, id); // it neither knows nor points on
}

void Recursion::takeNo(const AppContext& app, DnsCache& cache, std::uint32_t id, const DnsMessage& message,
                       const DnsQuestion& question)
{
    Task& t = *task(id);
    std::vector<DnsRecord> authorities;
    if (std::optional<DnsRecord> authority = negativeAuthority(message.authorities, question.name, t.zone)) {
        cache.learnNegative(app, question, message.code == DnsCode::NameError, *authority);
        authorities.push_back(std::move(*authority));
    }
    finish(app, cache, id, message.code, t.aliases, std::move(authorities));
}

bool Recursion::takeReferral(const AppContext& app, DnsCache& cache, Task& t, const DnsMessage& message)
{
    // Only downwards: else two servers could send us back and forth.
    std::vector<DnsRecord> servers;
    for (const DnsRecord& record : message.authorities) {
        if (record.type == DnsType::NS && std::holds_alternative<DnsName>(record.data) &&
            isWithin(record.name, t.zone) && !sameName(record.name, t.zone) && isWithin(t.name, record.name))
            servers.push_back(record);
    }
    if (servers.empty())
        return false;
    const std::string_view child = servers.front().name;
    std::vector<DnsRecord> glue;
    std::vector<IpAddress> addresses;
    t.unresolved.clear();
    for (const DnsRecord& server : servers) {
        const DnsName& name = std::get<DnsName>(server.data);
        std::size_t known = 0;
        for (const DnsRecord& record : message.additionals) {
            const std::optional<IpAddress> address = addressIn({record});
            if (!address || !sameName(record.name, name) || !isWithin(record.name, t.zone))
                continue;
            glue.push_back(record);
            addresses.push_back(*address);
            ++known;
        }
        if (known > 0)
            continue;
        const std::vector<IpAddress> cached = cache.serverAddresses(app, name);
        addresses.insert(addresses.end(), cached.begin(), cached.end());
        if (cached.empty() && !isWithin(name, child))
            t.unresolved.push_back(name);
    }
    cache.learn(app, servers, false);
    cache.learn(app, glue, true);
    t.zone = child;
    t.servers = reachable(app, addresses);
    t.next = 0;
    t.tries = 0;
    return true;
}

bool Recursion::onIcmp(const AppContext& app, DnsCache& cache, const IcmpDelivery& error)
{
    for (const Task& t : tasks_) {
        if (!t.asked || t.deadline.isNever() || !isAbout(t.ask, error))
            continue;
        dropServer(app, cache, t.id);
        return true;
    }
    return false;
}

void Recursion::onTimer(const AppContext& app, DnsCache& cache)
{
    std::vector<std::uint32_t> due;
    for (const Task& t : tasks_) {
        if (earlier(t.deadline, t.giveUp) <= app.now())
            due.push_back(t.id);
    }
    for (const std::uint32_t id : due) {
        Task* t = task(id);
        if (t == nullptr)
            continue;
        if (t->giveUp <= app.now()) {
            fail(app, cache, id);
            continue;
        }
        t->next = (t->next + 1) % t->servers.size();
        askNext(app, cache, id);
    }
}

SimTime Recursion::nextDeadline() const
{
    SimTime next = SimTime::never();
    for (const Task& t : tasks_)
        next = earlier(next, earlier(t.deadline, t.giveUp));
    return next;
}

void Recursion::finish(const AppContext& app, DnsCache& cache, std::uint32_t id, DnsCode code,
                       std::vector<DnsRecord> answers, std::vector<DnsRecord> authorities)
{
    const auto ended = std::find_if(tasks_.begin(), tasks_.end(), [&](const Task& t) { return t.id == id; });
    const Task t = std::move(*ended);
    tasks_.erase(ended);
    app.host.closeUdp(t.ask.localPort);
    if (t.parent == 0) {
        done_.push_back({t.ticket, code, std::move(answers), std::move(authorities)});
        return;
    }
    Task* parent = task(t.parent);
    if (parent == nullptr)
        return; // it has given up meanwhile
    parent->queriesLeft = t.queriesLeft;
    if (const std::optional<IpAddress> address = addressIn(answers)) {
        parent->servers = reachable(app, {*address});
        parent->next = 0;
        parent->tries = 0;
    }
    askNext(app, cache, t.parent);
}

} // namespace packetarium
