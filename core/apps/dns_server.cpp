// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apps/dns_server.h"

#include <algorithm>

namespace packetarium {

namespace {

constexpr std::size_t kMostOctets = 512;

DnsMessage answerWith(const DnsMessage& query, DnsCode code)
{
    DnsMessage answer;
    answer.id = query.id;
    answer.response = true;
    answer.opcode = query.opcode;
    answer.recursionDesired = query.recursionDesired;
    answer.code = code;
    answer.questions = query.questions;
    return answer;
}

ProgramTrouble troubleIn(const DnsMessage& answer)
{
    if (answer.code == DnsCode::NameError)
        return ProgramTrouble::NoSuchName;
    if (answer.code != DnsCode::NoError)
        return ProgramTrouble::ServerFailed;
    return answer.answers.empty() ? ProgramTrouble::NoSuchName : ProgramTrouble::None;
}

} // namespace

DnsServer::DnsServer(const DnsServiceSpec& spec)
    : zones_(std::make_shared<const DnsZones>(spec))
    , recursive_(spec.recursive)
    , recursion_(spec.roots)
{}

bool DnsServer::onDatagram(const AppContext& app, DnsCache& cache, const UdpDelivery& delivery)
{
    if (delivery.localPort != kDnsPort) {
        if (!recursion_.onDatagram(app, cache, delivery))
            return false;
        respondToDone(app);
        return true;
    }
    const std::optional<DnsMessage> query = decodeDns(delivery.data);
    // What is no query is not answered, or two servers could keep each other busy for ever.
    if (!query || query->response)
        return true;
    if (query->opcode != 0)
        respond(app, delivery.from, answerWith(*query, DnsCode::NotImplemented));
    else if (query->questions.size() != 1)
        respond(app, delivery.from, answerWith(*query, DnsCode::FormatError));
    else
        serve(app, cache, delivery.from, *query);
    return true;
}

void DnsServer::serve(const AppContext& app, DnsCache& cache, const Endpoint& from, const DnsMessage& query)
{
    const DnsQuestion& question = query.questions[0];
    DnsZones::Reply reply = zones_->answer(question);
    const bool ours = reply.kind == DnsZones::Kind::Answer || reply.kind == DnsZones::Kind::NoSuchName ||
                      reply.kind == DnsZones::Kind::NoData;
    if (!ours && recursive_ && query.recursionDesired) {
        const auto asksAgain = [&](const Client& client) { return client.from == from && client.query == query; };
        if (std::any_of(clients_.begin(), clients_.end(), asksAgain))
            return; // the same try again: the answer is being looked for
        clients_.push_back({++lastTicket_, from, query});
        recursion_.begin(app, cache, lastTicket_, question);
        respondToDone(app);
        return;
    }
    DnsMessage answer = answerWith(query, DnsCode::NoError);
    answer.recursionAvailable = recursive_;
    answer.authoritative = ours;
    answer.answers = std::move(reply.answers);
    answer.authorities = std::move(reply.authorities);
    answer.additionals = std::move(reply.additionals);
    if (reply.kind == DnsZones::Kind::NoSuchName)
        answer.code = DnsCode::NameError;
    else if (reply.kind == DnsZones::Kind::NotOurs)
        answer.code = DnsCode::Refused;
    if (reply.kind == DnsZones::Kind::Referral) {
        const DnsRecord& first = answer.authorities.front();
        const std::string zone = first.name.empty() ? "." : first.name;
        noteProgram(app, ProgramEvent::NameReferred, {.text = zone + " " + std::get<DnsName>(first.data)});
    } else {
        noteProgram(app, ProgramEvent::NameServed, {.text = question.name, .trouble = troubleIn(answer)});
    }
    respond(app, from, std::move(answer));
}

void DnsServer::respond(const AppContext& app, const Endpoint& to, DnsMessage answer) const
{
    Bytes bytes = encodeDns(answer);
    while (bytes.size() > kMostOctets) {
        // Additional records may be left out; without others the answer is not whole (RFC 2181 §9).
        if (!answer.additionals.empty()) {
            answer.additionals.pop_back();
        } else {
            std::vector<DnsRecord>& last = answer.authorities.empty() ? answer.answers : answer.authorities;
            last.pop_back();
            answer.truncated = true;
        }
        bytes = encodeDns(answer);
    }
    Host::UdpSend how;
    how.localPort = kDnsPort;
    how.to = to;
    how.cause = Reason::SentDnsAnswer;
    app.host.sendUdp(app.cx, how, bytes);
}

void DnsServer::respondToDone(const AppContext& app)
{
    for (Recursion::Done& done : recursion_.takeDone()) {
        const auto client =
            std::find_if(clients_.begin(), clients_.end(), [&](const Client& c) { return c.ticket == done.ticket; });
        DnsMessage answer = answerWith(client->query, done.code);
        answer.recursionAvailable = true;
        answer.answers = std::move(done.answers);
        answer.authorities = std::move(done.authorities);
        const Endpoint to = client->from;
        clients_.erase(client);
        noteProgram(app, ProgramEvent::NameServed, {.text = answer.questions[0].name, .trouble = troubleIn(answer)});
        respond(app, to, std::move(answer));
    }
}

bool DnsServer::onIcmp(const AppContext& app, DnsCache& cache, const IcmpDelivery& error)
{
    if (!recursion_.onIcmp(app, cache, error))
        return false;
    respondToDone(app);
    return true;
}

void DnsServer::onTimer(const AppContext& app, DnsCache& cache)
{
    recursion_.onTimer(app, cache);
    respondToDone(app);
}

} // namespace packetarium
