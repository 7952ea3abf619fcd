// SPDX-License-Identifier: GPL-3.0-or-later
// The programs that wait on a host: their ports, their names, their files.
#include "core/scenario/findings.h"
#include "core/scenario/input_reader.h"
#include "core/scenario/services_file.h"
#include "core/wire/dns.h"

#include <algorithm>
#include <set>

namespace packetarium {
namespace {

std::string item(const std::string& path, std::string_view list, std::size_t index)
{
    return path + "." + std::string(list) + "[" + std::to_string(index + 1) + "]";
}

void checkZoneName(const std::string& name, const std::string& path, Findings& findings)
{
    if (!name.empty()) // "" is the root
        findings.add(checkDomainName(path, name), path);
}

void checkRecord(const DnsServiceSpec& dns, const DnsRecordSpec& record, const std::string& path, Findings& findings)
{
    checkZoneName(record.name, path + ".name", findings);
    const auto isInZone = [&](const std::string& zone) { return isWithin(record.name, zone); };
    if (std::none_of(dns.zones.begin(), dns.zones.end(), isInZone)) {
        std::string zones;
        for (const std::string& zone : dns.zones)
            zones += (zones.empty() ? "" : ", ") + (zone.empty() ? "." : zone);
        findings.add(InputErrorId::NotInZone, {path + ".name", record.name.empty() ? "." : record.name, zones},
                     path + ".name");
    }
    const std::string key = path + "." + std::string(recordKey(record.type));
    if (record.type == "A")
        findings.add(parseNodeAddress(key, record.data), key);
    else if (record.type == "AAAA")
        findings.add(parseNodeAddress6(key, record.data), key);
    else if (record.type == "CNAME" || record.type == "NS")
        findings.add(checkDomainName(key, record.data), key);
    else
        findings.add(InputErrorId::NotOneOf, {path + ".type", record.type, "A, AAAA, CNAME, NS"}, path);
    if (record.ttl > kMaxTtl)
        findings.add(InputErrorId::OutOfRange,
                     {path + ".ttl", std::to_string(record.ttl) + " s", "0 s", std::to_string(kMaxTtl) + " s"},
                     path + ".ttl");
}

void checkDns(const DnsServiceSpec& dns, const std::string& path, Findings& findings)
{
    for (std::size_t i = 0; i < dns.zones.size(); ++i)
        checkZoneName(dns.zones[i], item(path, "zones", i), findings);
    for (std::size_t i = 0; i < dns.records.size(); ++i)
        checkRecord(dns, dns.records[i], item(path, "records", i), findings);
    for (std::size_t i = 0; i < dns.roots.size(); ++i)
        findings.add(parseAnyNodeAddress(item(path, "roots", i), dns.roots[i].toString()), item(path, "roots", i));
}

bool isPrintable(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

void checkHttp(const HttpServiceSpec& http, const std::string& path, Findings& findings)
{
    std::set<std::string> paths;
    for (const HttpFileSpec& file : http.files) {
        const std::string at = path + ".files." + file.path;
        if (!file.path.starts_with('/') || !isPrintable(file.path) || file.path.size() > kMaxHttpPath)
            findings.add(InputErrorId::WrongType, {path + ".files", "path", file.path}, at);
        if (!paths.insert(file.path).second)
            findings.add(InputErrorId::DuplicateKey, {file.path}, at);
        const std::size_t slash = file.type.find('/');
        if (slash == 0 || slash >= file.type.size() - 1 || file.type.size() > kMaxHttpPath ||
            !std::all_of(file.type.begin(), file.type.end(), [](char c) { return c >= 0x20 && c < 0x7F; }))
            findings.add(InputErrorId::WrongType, {at + ".type", "media-type", file.type}, at + ".type");
    }
}

} // namespace

std::string_view recordKey(std::string_view type)
{
    return type == "A" ? "a" : type == "AAAA" ? "aaaa" : type == "CNAME" ? "cname" : "ns";
}

void checkServices(const HostSpec& host, const std::string& hostPath, Findings& findings)
{
    const ServicesSpec& services = host.services;
    const std::string path = hostPath + ".services";
    std::set<std::uint16_t> tcp, udp;
    const auto port = [&](std::set<std::uint16_t>& taken, std::uint16_t number, const std::string& at) {
        if (number == 0)
            findings.add(InputErrorId::OutOfRange, {at, "0", "1", "65535"}, at);
        else if (!taken.insert(number).second)
            findings.add(InputErrorId::DuplicatePort, {at, std::to_string(number)}, at);
    };
    if (services.dns) {
        port(udp, kDnsPort, path + ".dns");
        checkDns(*services.dns, path + ".dns", findings);
    }
    if (services.http) {
        port(tcp, services.http->port, path + ".http.port");
        checkHttp(*services.http, path + ".http", findings);
    }
    if (services.transfer) {
        port(tcp, services.transfer->port, path + ".transfer.port");
        if (services.transfer->octets < 1 || services.transfer->octets > kMaxTransferOctets)
            findings.add(InputErrorId::OutOfRange,
                         {path + ".transfer.octets", std::to_string(services.transfer->octets), "1",
                          std::to_string(kMaxTransferOctets)},
                         path + ".transfer.octets");
    }
    for (const std::uint16_t number : services.udpEcho)
        port(udp, number, path + ".udp-echo");
    for (const std::uint16_t number : services.udpOpen)
        port(udp, number, path + ".udp-open");
}

} // namespace packetarium
