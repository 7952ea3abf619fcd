// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apps/dns_ask.h"

#include "core/wire/ip.h"

namespace packetarium {

ProgramTrouble sendQuery(const AppContext& app, const DnsAsk& ask)
{
    DnsMessage query;
    query.id = ask.id;
    query.recursionDesired = ask.recursionDesired;
    query.questions.push_back(ask.question);
    Host::UdpSend how;
    how.localPort = ask.localPort;
    how.to = Endpoint{ask.server, kDnsPort};
    how.cause = Reason::SentDnsQuery;
    switch (app.host.sendUdp(app.cx, how, encodeDns(query))) {
    case IpStack::Sent::NoRoute: return ProgramTrouble::NotReachable;
    case IpStack::Sent::TooBig: return ProgramTrouble::FragmentationNeeded;
    case IpStack::Sent::Yes: break;
    }
    return ProgramTrouble::None;
}

std::optional<DnsMessage> answerTo(const DnsAsk& ask, const UdpDelivery& delivery)
{
    if (delivery.localPort != ask.localPort || delivery.from != Endpoint{ask.server, kDnsPort})
        return std::nullopt;
    std::optional<DnsMessage> message = decodeDns(delivery.data);
    if (!message || !message->response || message->id != ask.id || message->questions.size() != 1 ||
        message->questions[0].type != ask.question.type || !sameName(message->questions[0].name, ask.question.name))
        return std::nullopt;
    return message;
}

bool isAbout(const DnsAsk& ask, const IcmpDelivery& error)
{
    return error.trouble != ProgramTrouble::None && error.protocol == kProtocolUdp &&
           error.originalFrom.port == ask.localPort && error.originalTo == Endpoint{ask.server, kDnsPort};
}

} // namespace packetarium
