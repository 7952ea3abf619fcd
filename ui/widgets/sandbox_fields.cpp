// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/sandbox_fields.h"

#include "core/scenario/quantities.h"

#include <QCoreApplication>
#include <algorithm>
#include <charconv>

namespace packetarium {
namespace {

using Wrong = std::optional<InputError>;
using Apply = std::function<Wrong(Scenario&, const std::string&)>;

/// Whose words these are, for the translators.
class SandboxFields {
    Q_DECLARE_TR_FUNCTIONS(SandboxFields)
};

Wrong mistake(InputErrorId id, std::vector<std::string> args)
{
    return InputError{id, std::move(args), {}};
}

std::string trimmed(const std::string& text)
{
    const auto from = text.find_first_not_of(" \t");
    return from == std::string::npos ? std::string() : text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

Wrong readNumber(const std::string& key, const std::string& text, std::uint32_t least, std::uint32_t most,
                 std::uint32_t& to)
{
    std::uint32_t number = 0;
    const std::string digits = trimmed(text);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || end != digits.data() + digits.size() || number < least || number > most)
        return mistake(InputErrorId::OutOfRange, {key, digits, std::to_string(least), std::to_string(most)});
    to = number;
    return std::nullopt;
}

/// Fields of one host, router ...; `find` gives it in whichever scenario is being changed.
class FieldList {
public:
    SandboxField& text(const char* key, const std::string& path, const QString& label, const std::string& value,
                       Apply apply)
    {
        SandboxField field;
        field.key = QLatin1String(key);
        field.path = path;
        field.label = label;
        field.value = QString::fromStdString(value);
        field.apply = std::move(apply);
        fields.push_back(std::move(field));
        return fields.back();
    }
    void toggle(const char* key, const QString& label, bool on, Apply apply)
    {
        SandboxField& field = text(key, {}, label, {}, std::move(apply));
        field.kind = SandboxField::Kind::Switch;
        field.on = on;
    }
    void heading(const char* key, const QString& label)
    {
        SandboxField& field = text(key, {}, label, {}, {});
        field.kind = SandboxField::Kind::Heading;
    }
    std::vector<SandboxField> fields;
};

HostSpec* hostIn(Scenario& s, const std::string& name)
{
    const auto found = std::find_if(s.hosts.begin(), s.hosts.end(), [&](const HostSpec& h) { return h.name == name; });
    return found == s.hosts.end() ? nullptr : &*found;
}

RouterSpec* routerIn(Scenario& s, const std::string& name)
{
    const auto found =
        std::find_if(s.routers.begin(), s.routers.end(), [&](const RouterSpec& r) { return r.name == name; });
    return found == s.routers.end() ? nullptr : &*found;
}

/// "192.168.1.10/24" into an address and a length; nothing typed: no address.
template <class Set, class Clear>
Wrong setPrefix(const std::string& key, const std::string& text, bool v6, Set set, Clear clear)
{
    const std::string typed = trimmed(text);
    if (typed.empty()) {
        clear();
        return std::nullopt;
    }
    const auto prefix = v6 ? parseInterfaceAddress6(key, typed) : parseInterfaceAddress(key, typed);
    if (!prefix)
        return prefix.error();
    set(prefix.value());
    return std::nullopt;
}

std::string written(const Ipv4Address& address, std::uint8_t length)
{
    return address == Ipv4Address{} ? std::string() : IpPrefix{address, length}.toString();
}
template <class Address>
std::string written(const std::optional<Address>& address, std::uint8_t length)
{
    return address ? IpPrefix{*address, length}.toString() : std::string();
}

void nameField(FieldList& list, const std::string& name)
{
    list.text("name", {}, SandboxFields::tr("Name"), name, [name](Scenario& s, const std::string& text) {
        return renameNode(s, nodeNamed(s, name), trimmed(text));
    });
}

/// "www.example.com 192.168.1.20, mail.example.com 192.168.1.21"
Wrong readNames(const std::string& key, const std::string& text, DnsServiceSpec& dns)
{
    DnsServiceSpec read = dns;
    read.records.clear();
    read.zones.clear();
    std::size_t from = 0;
    while (from <= text.size()) {
        const std::size_t comma = std::min(text.find(',', from), text.size());
        const std::string entry = trimmed(text.substr(from, comma - from));
        from = comma + 1;
        if (entry.empty())
            continue;
        const std::size_t space = entry.find_first_of(" \t=");
        const std::string name = entry.substr(0, space);
        const std::string data = space == std::string::npos ? std::string() : trimmed(entry.substr(space + 1));
        if (auto wrong = checkDomainName(key, name))
            return wrong;
        const auto address = parseAnyNodeAddress(key, data);
        if (!address)
            return address.error();
        read.records.push_back({name, address.value().isV6() ? "AAAA" : "A", data, 3600});
        // It answers for the last two labels of each name.
        std::size_t dot = name.rfind('.');
        dot = dot == std::string::npos || dot == 0 ? std::string::npos : name.rfind('.', dot - 1);
        const std::string zone = dot == std::string::npos ? name : name.substr(dot + 1);
        if (std::find(read.zones.begin(), read.zones.end(), zone) == read.zones.end())
            read.zones.push_back(zone);
    }
    if (read.records.empty())
        return checkDomainName(key, "");
    dns = std::move(read);
    return std::nullopt;
}

std::string writtenNames(const DnsServiceSpec& dns)
{
    std::string all;
    for (const DnsRecordSpec& record : dns.records)
        all += (all.empty() ? "" : ", ") + record.name + " " + record.data;
    return all;
}

void services(FieldList& list, const HostSpec& host)
{
    const std::string name = host.name;
    const std::string path = "hosts." + name + ".services";
    const ServicesSpec& has = host.services;
    const auto in = [name](Scenario& s) { return &hostIn(s, name)->services; };
    list.heading("services", SandboxFields::tr("Programs that wait"));
    list.toggle("http", SandboxFields::tr("Web server"), has.http.has_value(),
                [in](Scenario& s, const std::string& on) -> Wrong {
                    HttpServiceSpec web;
                    const std::string_view page = "<!doctype html>\n<title>Hello</title>\n<p>Hello.</p>\n";
                    web.files.push_back({"/", "text/html", Bytes(page.begin(), page.end()), false, false});
                    in(s)->http = on.empty() ? std::nullopt : std::optional(web);
                    return std::nullopt;
                });
    if (has.http)
        list.text("http-port", path + ".http.port", SandboxFields::tr("Its port"), std::to_string(has.http->port),
                  [in](Scenario& s, const std::string& text) -> Wrong {
                      std::uint32_t port = 0;
                      auto wrong = readNumber(SandboxFields::tr("Port").toStdString(), text, 1, 65535, port);
                      if (!wrong)
                          in(s)->http->port = static_cast<std::uint16_t>(port);
                      return wrong;
                  });
    list.toggle("echo", SandboxFields::tr("UDP echo"), !has.udpEcho.empty(),
                [in](Scenario& s, const std::string& on) -> Wrong {
                    in(s)->udpEcho = on.empty() ? std::vector<std::uint16_t>() : std::vector<std::uint16_t>{7};
                    return std::nullopt;
                });
    if (!has.udpEcho.empty())
        list.text("echo-port", path + ".udp-echo", SandboxFields::tr("Its port"), std::to_string(has.udpEcho.front()),
                  [in](Scenario& s, const std::string& text) -> Wrong {
                      std::uint32_t port = 0;
                      auto wrong = readNumber(SandboxFields::tr("Port").toStdString(), text, 1, 65535, port);
                      if (!wrong)
                          in(s)->udpEcho.front() = static_cast<std::uint16_t>(port);
                      return wrong;
                  });
    list.toggle("transfer", SandboxFields::tr("File transfer"), has.transfer.has_value(),
                [in](Scenario& s, const std::string& on) -> Wrong {
                    in(s)->transfer = on.empty() ? std::nullopt : std::optional(TransferServiceSpec{2121, 10'000});
                    return std::nullopt;
                });
    list.toggle("dns", SandboxFields::tr("Name server"), has.dns.has_value(),
                [in, address = host.address](Scenario& s, const std::string& on) -> Wrong {
                    DnsServiceSpec dns;
                    dns.zones = {"example.com"};
                    dns.records = {{"www.example.com", "A",
                                    (address == Ipv4Address{} ? Ipv4Address{0xC0A8010A} : address).toString(), 3600}};
                    in(s)->dns = on.empty() ? std::nullopt : std::optional(dns);
                    return std::nullopt;
                });
    if (has.dns) {
        list.text("dns-names", path + ".dns", SandboxFields::tr("Its names"), writtenNames(*has.dns),
                  [in](Scenario& s, const std::string& text) {
                      return readNames(SandboxFields::tr("Its names").toStdString(), text, *in(s)->dns);
                  })
            .tip = SandboxFields::tr(
            "Names with their addresses: www.example.com 192.168.1.20, mail.example.com 192.168.1.21");
    }
}

void hostFields(FieldList& list, const HostSpec& host)
{
    const std::string name = host.name, path = "hosts." + name;
    nameField(list, name);
    list.text("address", path + ".address", SandboxFields::tr("IPv4 address"), written(host.address, host.prefixLength),
              [name](Scenario& s, const std::string& text) {
                  HostSpec& h = *hostIn(s, name);
                  return setPrefix(
                      SandboxFields::tr("IPv4 address").toStdString(), text, false,
                      [&h](const IpPrefix& p) {
                          h.address = p.address.v4();
                          h.prefixLength = p.length;
                      },
                      [&h] { h.address = {}; });
              })
        .placeholder = QStringLiteral("192.168.1.10/24");
    list.text("gateway", path + ".gateway", SandboxFields::tr("Gateway"),
              host.gateway ? host.gateway->toString() : std::string(),
              [name](Scenario& s, const std::string& text) -> Wrong {
                  HostSpec& h = *hostIn(s, name);
                  if (trimmed(text).empty()) {
                      h.gateway.reset();
                      return std::nullopt;
                  }
                  const auto read = parseNodeAddress(SandboxFields::tr("Gateway").toStdString(), trimmed(text));
                  if (!read)
                      return read.error();
                  h.gateway = read.value();
                  return std::nullopt;
              })
        .placeholder = QStringLiteral("192.168.1.1");
    list.text("name-server", path + ".name-server", SandboxFields::tr("Name server"),
              host.nameServer ? host.nameServer->toString() : std::string(),
              [name](Scenario& s, const std::string& text) -> Wrong {
                  HostSpec& h = *hostIn(s, name);
                  if (trimmed(text).empty()) {
                      h.nameServer.reset();
                      return std::nullopt;
                  }
                  const auto read = parseAnyNodeAddress(SandboxFields::tr("Name server").toStdString(), trimmed(text));
                  if (!read)
                      return read.error();
                  h.nameServer = read.value();
                  return std::nullopt;
              })
        .placeholder = QStringLiteral("192.168.1.53");
    list.text("address6", path + ".address6", SandboxFields::tr("IPv6 address"),
              written(host.address6, host.prefixLength6),
              [name](Scenario& s, const std::string& text) {
                  HostSpec& h = *hostIn(s, name);
                  return setPrefix(
                      SandboxFields::tr("IPv6 address").toStdString(), text, true,
                      [&h](const IpPrefix& p) {
                          h.address6 = p.address.v6();
                          h.prefixLength6 = p.length;
                      },
                      [&h] { h.address6.reset(); });
              })
        .placeholder = QStringLiteral("2001:db8:1::10/64");
    list.text("gateway6", path + ".gateway6", SandboxFields::tr("IPv6 gateway"),
              host.gateway6 ? host.gateway6->toString() : std::string(),
              [name](Scenario& s, const std::string& text) -> Wrong {
                  HostSpec& h = *hostIn(s, name);
                  if (trimmed(text).empty()) {
                      h.gateway6.reset();
                      return std::nullopt;
                  }
                  const auto read = parseNodeAddress6(SandboxFields::tr("IPv6 gateway").toStdString(), trimmed(text));
                  if (!read)
                      return read.error();
                  h.gateway6 = read.value();
                  return std::nullopt;
              })
        .placeholder = QStringLiteral("2001:db8:1::1");
    list.text("mtu", path + ".mtu", QStringLiteral("MTU"), std::to_string(host.mtu),
              [name](Scenario& s, const std::string& text) -> Wrong {
                  std::uint32_t mtu = 0;
                  auto wrong = readNumber("MTU", text, kMinMtu, kMaxMtu, mtu);
                  if (!wrong)
                      hostIn(s, name)->mtu = static_cast<std::uint16_t>(mtu);
                  return wrong;
              });
    services(list, host);
}

/// "10.1.0.0/16 via 192.168.1.2"; nothing typed: no such route.
Wrong readRoute(const std::string& text, std::optional<RouteSpec>& route)
{
    const std::string typed = trimmed(text);
    if (typed.empty()) {
        route.reset();
        return std::nullopt;
    }
    const std::string key = SandboxFields::tr("Route").toStdString();
    const std::size_t space = typed.find_first_of(" \t");
    const auto to = parseRouteTarget(key, typed.substr(0, space));
    if (!to)
        return to.error();
    std::string rest = space == std::string::npos ? std::string() : trimmed(typed.substr(space));
    if (rest.starts_with("via "))
        rest = trimmed(rest.substr(4));
    const auto via = parseAnyNodeAddress(key, rest);
    if (!via)
        return via.error();
    route = RouteSpec{to.value(), via.value()};
    return std::nullopt;
}

void routerFields(FieldList& list, const RouterSpec& router)
{
    const std::string name = router.name, path = "routers." + name;
    nameField(list, name);
    for (std::size_t i = 0; i < router.interfaces.size(); ++i) {
        const RouterInterfaceSpec& spec = router.interfaces[i];
        const std::string at = path + ".interfaces." + spec.name;
        const std::string key = "interface-" + std::to_string(i);
        list.text((key + "-4").c_str(), at + ".address",
                  SandboxFields::tr("%1: IPv4").arg(QString::fromStdString(spec.name)),
                  written(spec.address, spec.prefixLength),
                  [name, i](Scenario& s, const std::string& text) {
                      RouterInterfaceSpec& one = routerIn(s, name)->interfaces[i];
                      return setPrefix(
                          SandboxFields::tr("IPv4 address").toStdString(), text, false,
                          [&one](const IpPrefix& p) {
                              one.address = p.address.v4();
                              one.prefixLength = p.length;
                          },
                          [&one] { one.address.reset(); });
                  })
            .placeholder = QStringLiteral("192.168.1.1/24");
        list.text((key + "-6").c_str(), at + ".address6",
                  SandboxFields::tr("%1: IPv6").arg(QString::fromStdString(spec.name)),
                  written(spec.address6, spec.prefixLength6),
                  [name, i](Scenario& s, const std::string& text) {
                      RouterInterfaceSpec& one = routerIn(s, name)->interfaces[i];
                      return setPrefix(
                          SandboxFields::tr("IPv6 address").toStdString(), text, true,
                          [&one](const IpPrefix& p) {
                              one.address6 = p.address.v6();
                              one.prefixLength6 = p.length;
                          },
                          [&one] { one.address6.reset(); });
                  })
            .placeholder = QStringLiteral("2001:db8:1::1/64");
        list.text((key + "-mtu").c_str(), at + ".mtu",
                  SandboxFields::tr("%1: MTU").arg(QString::fromStdString(spec.name)), std::to_string(spec.mtu),
                  [name, i](Scenario& s, const std::string& text) -> Wrong {
                      std::uint32_t mtu = 0;
                      auto wrong = readNumber("MTU", text, kMinMtu, kMaxMtu, mtu);
                      if (!wrong)
                          routerIn(s, name)->interfaces[i].mtu = static_cast<std::uint16_t>(mtu);
                      return wrong;
                  });
    }
    list.heading("routes", SandboxFields::tr("Routes"));
    for (std::size_t i = 0; i <= router.routes.size(); ++i) {
        const bool fresh = i == router.routes.size();
        const std::string value =
            fresh ? std::string() : router.routes[i].to.toString() + " via " + router.routes[i].via.toString();
        list.text(("route-" + std::to_string(i)).c_str(), path + ".routes[" + std::to_string(i + 1) + "]",
                  fresh ? SandboxFields::tr("New route") : SandboxFields::tr("Route"), value,
                  [name, i](Scenario& s, const std::string& text) -> Wrong {
                      std::vector<RouteSpec>& routes = routerIn(s, name)->routes;
                      std::optional<RouteSpec> route;
                      if (auto wrong = readRoute(text, route))
                          return wrong;
                      if (i < routes.size() && route)
                          routes[i] = *route;
                      else if (i < routes.size())
                          routes.erase(routes.begin() + static_cast<std::ptrdiff_t>(i));
                      else if (route)
                          routes.push_back(*route);
                      return std::nullopt;
                  })
            .placeholder = QStringLiteral("10.1.0.0/16 via 192.168.1.2");
    }
}

void linkFields(FieldList& list, const Scenario& draft, std::size_t index)
{
    const LinkSpec& spec = draft.links[index].spec;
    const auto in = [index](Scenario& s) { return &s.links[index].spec; };
    list.text("delay", {}, SandboxFields::tr("Delay"), writeDuration(spec.delay),
              [in](Scenario& s, const std::string& text) -> Wrong {
                  const auto delay = parseDuration(trimmed(text));
                  if (!delay || *delay > SimDuration::seconds(60))
                      return mistake(InputErrorId::NotADuration, {SandboxFields::tr("Delay").toStdString(), text});
                  in(s)->delay = *delay;
                  return std::nullopt;
              });
    list.text("bandwidth", {}, SandboxFields::tr("Rate"), writeBandwidth(spec.bitsPerSecond),
              [in](Scenario& s, const std::string& text) -> Wrong {
                  const auto rate = parseBandwidth(trimmed(text));
                  if (!rate)
                      return mistake(InputErrorId::NotABandwidth, {SandboxFields::tr("Rate").toStdString(), text});
                  in(s)->bitsPerSecond = *rate;
                  return std::nullopt;
              });
    list.text(
        "loss", {}, SandboxFields::tr("Loss"), writePercentage(spec.lossPpm),
        [in](Scenario& s, const std::string& text) -> Wrong {
            const auto loss = parsePercentage(trimmed(text));
            if (!loss)
                return mistake(InputErrorId::WrongType, {SandboxFields::tr("Loss").toStdString(), "percentage", text});
            in(s)->lossPpm = *loss;
            return std::nullopt;
        });
    list.text("queue", {}, SandboxFields::tr("Queue, packets"), std::to_string(spec.queueLimit),
              [in](Scenario& s, const std::string& text) {
                  return readNumber(SandboxFields::tr("Queue").toStdString(), text, 0, 100'000, in(s)->queueLimit);
              });
    list.text("mark-from", {}, SandboxFields::tr("ECN mark from, packets"), std::to_string(spec.markFrom),
              [in](Scenario& s, const std::string& text) {
                  return readNumber(SandboxFields::tr("ECN mark").toStdString(), text, 0, 100'000, in(s)->markFrom);
              });
}

} // namespace

std::vector<SandboxField> fieldsOf(const Scenario& draft, const SandboxSubject& subject)
{
    FieldList list;
    if (subject.link) {
        if (subject.link.value() < draft.links.size())
            linkFields(list, draft, subject.link.value());
        return list.fields;
    }
    const NodeId node = nodeNamed(draft, subject.node);
    if (!node)
        return list.fields;
    switch (kindOf(draft, node)) {
    case NodeKind::Host: hostFields(list, draft.hosts[node.value()]); break;
    case NodeKind::Router: routerFields(list, draft.routers[node.value() - draft.hosts.size()]); break;
    case NodeKind::Switch: {
        nameField(list, subject.node);
        const std::size_t index = node.value() - draft.hosts.size() - draft.routers.size();
        list.text("aging", {}, SandboxFields::tr("Forgets after"), writeDuration(draft.switches[index].aging),
                  [index](Scenario& s, const std::string& text) -> Wrong {
                      const auto aging = parseDuration(trimmed(text));
                      if (!aging || aging->ns() <= 0)
                          return mistake(InputErrorId::NotADuration,
                                         {SandboxFields::tr("Forgets after").toStdString(), text});
                      s.switches[index].aging = *aging;
                      return std::nullopt;
                  });
        break;
    }
    case NodeKind::Hub: nameField(list, subject.node); break;
    }
    return list.fields;
}

} // namespace packetarium
