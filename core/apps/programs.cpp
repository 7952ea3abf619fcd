// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apps/programs.h"

#include "core/apps/browser.h"
#include "core/apps/bulk.h"
#include "core/apps/datagrams.h"
#include "core/apps/dns_server.h"
#include "core/apps/http_server.h"
#include "core/apps/ping.h"
#include "core/apps/stub_resolver.h"
#include "core/apps/texts.h"
#include "core/apps/traceroute.h"
#include "core/apps/transfer.h"

#include <algorithm>

namespace packetarium {

namespace {

template <class... Kinds>
bool isOneOf(const Action& action)
{
    return (std::holds_alternative<Kinds>(action) || ...);
}

/// Where an action goes to, as the script names it. Empty for those that go nowhere else.
std::string_view destinationOf(const Action& action)
{
    if (const auto* ping = std::get_if<DoPing>(&action))
        return ping->to;
    if (const auto* trace = std::get_if<DoTraceroute>(&action))
        return trace->to;
    if (const auto* datagram = std::get_if<DoSendDatagram>(&action))
        return datagram->to;
    if (const auto* transfer = std::get_if<DoTransfer>(&action))
        return transfer->to;
    return {};
}

} // namespace

struct Programs::State {
    /// Whose connection it is.
    enum class Owner { Script, Web, Transfers, Client };
    /// What waits for a name to be resolved.
    struct Waiting {
        StubResolver::Ticket ticket = 0;
        Action action;
        Url url; ///< of DoOpen
    };

    State(std::shared_ptr<const HostSpec> hostSpec, std::uint64_t seed, Bytes textSecret)
        : spec(std::move(hostSpec))
        , rng(seed)
        , resolver(spec->nameServer)
        , texts(std::move(textSecret))
    {
        if (spec->services.dns)
            names.emplace(*spec->services.dns);
    }

    void begin(const AppContext& app, const Action& action, const Url& url, const IpAddress& to);
    void resolve(const AppContext& app, const Action& action, const Url& url, const std::string& name, bool v6);
    void settle(const AppContext& app);
    Owner ownerOf(const AppContext& app, ConnId conn);
    std::optional<IpAddress> find(std::string_view name, const NodeDirectory& nodes) const;
    bool prefersV6() const { return spec->address == Ipv4Address{} && spec->address6.has_value(); }

    std::shared_ptr<const HostSpec> spec; ///< never changed
    Rng rng;
    DnsCache cache;
    StubResolver resolver;
    std::optional<DnsServer> names;
    HttpServer web;
    TransferServer transfers;
    Browser browser;
    TransferClient transfer;
    Ping ping;
    Traceroute traceroute;
    Datagrams datagrams;
    Bulk bulk;
    Texts texts;
    std::vector<Waiting> waiting;
    std::map<ConnId, Owner> owners; ///< of connections that are not closed
};

// --- value -------------------------------------------------------------------------------------------------------------

Programs::Programs(const HostSpec& spec, NodeId, std::uint64_t seed, Bytes textSecret)
    : state_(std::make_unique<State>(std::make_shared<const HostSpec>(spec), seed, std::move(textSecret)))
{}
Programs::Programs(const Programs& other)
    : state_(std::make_unique<State>(*other.state_))
{}
Programs::Programs(Programs&&) noexcept = default;
Programs& Programs::operator=(const Programs& other)
{
    if (this != &other)
        state_ = std::make_unique<State>(*other.state_);
    return *this;
}
Programs& Programs::operator=(Programs&&) noexcept = default;
Programs::~Programs() = default;

void Programs::forget()
{
    State& s = *state_;
    State fresh(s.spec, s.rng.next(), {});
    fresh.texts = std::move(s.texts);
    fresh.texts.forget();
    fresh.transfer = std::move(s.transfer);
    fresh.transfer.forget();
    s = std::move(fresh);
}

// --- what is asked -----------------------------------------------------------------------------------------------------

void Programs::start(const NodeContext& cx, Host& host)
{
    State& s = *state_;
    const AppContext app{cx, host, s.rng};
    const ServicesSpec& services = s.spec->services;
    if (s.names)
        s.names->start(app);
    if (services.http)
        s.web.start(app, *services.http);
    if (services.transfer)
        s.transfers.start(app, *services.transfer);
    s.datagrams.start(app, services);
    if (services.bulk)
        s.bulk.start(app, *services.bulk);
}

bool Programs::hearsData() const
{
    return !state_->spec->services.bulk;
}

bool Programs::call(const NodeContext& cx, Host& host, const Action& action, const NodeDirectory& nodes)
{
    if (!isOneOf<DoPing, DoTraceroute, DoResolve, DoOpen, DoSendDatagram, DoSendText, DoReadText, DoTransfer>(action))
        return false;
    State& s = *state_;
    const AppContext app{cx, host, s.rng};
    if (const auto* text = std::get_if<DoSendText>(&action)) {
        s.texts.send(app, *text);
    } else if (const auto* reader = std::get_if<DoReadText>(&action)) {
        s.texts.read(*reader);
    } else if (const auto* resolve = std::get_if<DoResolve>(&action)) {
        s.resolve(app, action, {}, resolve->name, resolve->v6);
    } else {
        std::string name(destinationOf(action));
        Url url;
        if (const auto* open = std::get_if<DoOpen>(&action)) {
            noteProgram(app, ProgramEvent::UrlOpened, {.text = open->url});
            const UrlParsed parsed = parseUrl(open->url);
            if (parsed.error != UrlError::None) {
                noteProgram(app, ProgramEvent::UrlFailed, {.text = open->url, .trouble = ProgramTrouble::NoSuchName});
                return true;
            }
            url = parsed.url;
            name = url.host;
        }
        if (const std::optional<IpAddress> to = s.find(name, nodes))
            s.begin(app, action, url, *to);
        else
            s.resolve(app, action, url, name, s.prefersV6());
    }
    s.settle(app);
    return true;
}

std::optional<IpAddress> Programs::State::find(std::string_view name, const NodeDirectory& nodes) const
{
    if (const std::optional<IpAddress> address = IpAddress::parse(name))
        return address;
    if (const std::optional<IpAddress> address = nodes.addressOf(name, prefersV6()))
        return address;
    return nodes.addressOf(name, !prefersV6());
}

void Programs::State::resolve(const AppContext& app, const Action& action, const Url& url, const std::string& name,
                              bool v6)
{
    const DnsName asked = name.ends_with('.') ? name.substr(0, name.size() - 1) : name;
    if (checkName(asked) != DnsNameError::None) {
        noteProgram(app, ProgramEvent::ResolveFailed, {.text = name, .trouble = ProgramTrouble::NoSuchName});
        if (const auto* open = std::get_if<DoOpen>(&action))
            noteProgram(app, ProgramEvent::UrlFailed, {.text = open->url, .trouble = ProgramTrouble::NoSuchName});
        return;
    }
    const StubResolver::Ticket ticket = resolver.ask(app, cache, {asked, typeOfAddress(v6)});
    waiting.push_back({ticket, action, url});
}

/// Goes on with what a name was resolved for.
void Programs::State::settle(const AppContext& app)
{
    for (const StubResolver::Done& done : resolver.takeDone()) {
        const auto entry =
            std::find_if(waiting.begin(), waiting.end(), [&](const Waiting& w) { return w.ticket == done.ticket; });
        const Waiting ready = std::move(*entry);
        waiting.erase(entry);
        if (done.address)
            begin(app, ready.action, ready.url, *done.address);
        else if (const auto* open = std::get_if<DoOpen>(&ready.action))
            noteProgram(app, ProgramEvent::UrlFailed, {.text = open->url, .trouble = done.trouble});
    }
}

void Programs::State::begin(const AppContext& app, const Action& action, const Url& url, const IpAddress& to)
{
    if (const auto* asked = std::get_if<DoPing>(&action))
        ping.begin(app, *asked, to);
    else if (const auto* trace = std::get_if<DoTraceroute>(&action))
        traceroute.begin(app, *trace, to);
    else if (const auto* datagram = std::get_if<DoSendDatagram>(&action))
        datagrams.send(app, *datagram, to);
    else if (const auto* open = std::get_if<DoOpen>(&action))
        browser.begin(app, *open, url, to);
    else if (const auto* file = std::get_if<DoTransfer>(&action))
        transfer.begin(app, *file, to);
}

// --- what the host tells -----------------------------------------------------------------------------------------------

Programs::State::Owner Programs::State::ownerOf(const AppContext& app, ConnId conn)
{
    if (const auto known = owners.find(conn); known != owners.end())
        return known->second;
    const Connection* tcp = app.host.connection(conn);
    if (tcp == nullptr || !tcp->openedPassively() || tcp->state() == TcpState::Listen)
        return Owner::Script;
    Owner owner = Owner::Script;
    if (spec->services.http && tcp->local().port == spec->services.http->port)
        owner = Owner::Web;
    else if (spec->services.transfer && tcp->local().port == spec->services.transfer->port)
        owner = Owner::Transfers;
    owners[conn] = owner;
    return owner;
}

void Programs::onData(const NodeContext& cx, Host& host, ConnId conn, ByteView data)
{
    State& s = *state_;
    const AppContext app{cx, host, s.rng};
    if (s.browser.onData(app, conn, data) || s.transfer.onData(app, conn, data)) {
        s.owners[conn] = State::Owner::Client;
        return;
    }
    switch (s.ownerOf(app, conn)) {
    case State::Owner::Web: s.web.onData(app, *s.spec->services.http, conn, data); break;
    case State::Owner::Transfers: s.transfers.onData(app, *s.spec->services.transfer, conn, data); break;
    case State::Owner::Script: s.texts.onData(app, conn, data); break;
    case State::Owner::Client: break; // it has ended with it
    }
}

void Programs::onNews(const NodeContext& cx, Host& host, ConnId conn, AppCall what, AppResult result)
{
    State& s = *state_;
    const AppContext app{cx, host, s.rng};
    if (s.spec->services.bulk) {
        s.bulk.onNews(app, *s.spec->services.bulk, conn, what);
        return;
    }
    if (s.browser.onNews(app, conn, what, result) || s.transfer.onNews(app, conn, what, result)) {
        s.owners[conn] = State::Owner::Client;
    } else {
        switch (s.ownerOf(app, conn)) {
        case State::Owner::Web: s.web.onNews(app, conn, what); break;
        case State::Owner::Transfers: s.transfers.onNews(app, conn, what); break;
        case State::Owner::Script:
            if (what == AppCall::Opened)
                s.texts.onOpened(app, conn);
            break;
        case State::Owner::Client: break;
        }
    }
    if (what == AppCall::Failed || what == AppCall::Closed) {
        s.texts.onEnd(conn);
        s.owners.erase(conn);
    }
}

void Programs::onDatagram(const NodeContext& cx, Host& host, const UdpDelivery& delivery)
{
    State& s = *state_;
    const AppContext app{cx, host, s.rng};
    const bool taken = (s.names && s.names->onDatagram(app, s.cache, delivery)) ||
                       s.resolver.onDatagram(app, s.cache, delivery) || s.traceroute.onDatagram(app, delivery);
    if (!taken)
        s.datagrams.onDatagram(app, delivery, s.spec->services);
    s.settle(app);
}

void Programs::onIcmp(const NodeContext& cx, Host& host, const IcmpDelivery& delivery)
{
    State& s = *state_;
    const AppContext app{cx, host, s.rng};
    const bool taken = (s.names && s.names->onIcmp(app, s.cache, delivery)) || s.resolver.onIcmp(app, delivery) ||
                       s.ping.onIcmp(app, delivery) || s.traceroute.onIcmp(app, delivery) ||
                       s.browser.onIcmp(app, delivery) || s.transfer.onIcmp(app, delivery);
    if (!taken)
        s.datagrams.onIcmp(app, delivery);
    s.settle(app);
}

void Programs::onTimer(const NodeContext& cx, Host& host, const NodeDirectory& nodes)
{
    State& s = *state_;
    const AppContext app{cx, host, s.rng};
    if (const auto& bulk = s.spec->services.bulk)
        s.bulk.onTimer(app, *bulk, nodes.addressOf(bulk->to, s.prefersV6()).value_or(IpAddress()));
    s.resolver.onTimer(app);
    if (s.names)
        s.names->onTimer(app, s.cache);
    s.ping.onTimer(app);
    s.traceroute.onTimer(app);
    s.browser.onTimer(app);
    s.transfer.onTimer(app);
    s.settle(app);
}

SimTime Programs::nextDeadline() const
{
    const State& s = *state_;
    if (s.spec->services.bulk)
        return s.bulk.nextDeadline();
    SimTime next = s.names ? s.names->nextDeadline() : SimTime::never();
    for (const SimTime deadline : {s.resolver.nextDeadline(), s.ping.nextDeadline(), s.traceroute.nextDeadline(),
                                   s.browser.nextDeadline(), s.transfer.nextDeadline()})
        next = earlier(next, deadline);
    return next;
}

} // namespace packetarium
