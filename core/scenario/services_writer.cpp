// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/network_file.h"
#include "core/scenario/script_file.h"
#include "core/scenario/services_file.h"

#include <fmt/format.h>

namespace packetarium {
namespace {

template <class Item, class Write>
std::string listOf(const std::vector<Item>& items, Write write)
{
    std::string text;
    for (const Item& item : items)
        text += (text.empty() ? "" : ", ") + write(item);
    return "[" + text + "]";
}

std::string writeName(const std::string& name)
{
    return name.empty() ? "\".\"" : quotedText(name);
}

std::string writeDns(const DnsServiceSpec& dns)
{
    std::string text;
    if (!dns.zones.empty())
        text += fmt::format("        zones: {}\n", listOf(dns.zones, writeName));
    if (dns.recursive)
        text += "        recursive: yes\n";
    if (!dns.roots.empty())
        text += fmt::format("        roots: {}\n",
                            listOf(dns.roots, [](const IpAddress& root) { return "\"" + root.toString() + "\""; }));
    if (!dns.records.empty())
        text += "        records:\n";
    for (const DnsRecordSpec& record : dns.records)
        text += fmt::format("          - {{name: {}, {}: {}, ttl: {} s}}\n", writeName(record.name),
                            recordKey(record.type), quotedText(record.data), record.ttl);
    return text.empty() ? "      dns: {}\n" : "      dns:\n" + text;
}

std::string writeHttp(const HttpServiceSpec& http)
{
    std::string text = fmt::format("      http:\n        port: {}\n", http.port);
    if (!http.keepAlive)
        text += "        keep-alive: no\n";
    if (!http.files.empty())
        text += "        files:\n";
    for (const HttpFileSpec& file : http.files)
        text +=
            fmt::format("          {}: {{type: {}, content: {}{}{}}}\n", quotedText(file.path), quotedText(file.type),
                        writeData(file.content), file.gzip ? ", gzip: yes" : "", file.chunked ? ", chunked: yes" : "");
    return text;
}

std::string port(std::uint16_t number)
{
    return std::to_string(number);
}

} // namespace

std::string writeServices(const ServicesSpec& services)
{
    std::string text;
    if (services.dns)
        text += writeDns(*services.dns);
    if (services.http)
        text += writeHttp(*services.http);
    if (services.transfer)
        text += fmt::format("      transfer: {{port: {}, octets: {}}}\n", services.transfer->port,
                            services.transfer->octets);
    if (!services.udpEcho.empty())
        text += fmt::format("      udp-echo: {}\n", listOf(services.udpEcho, port));
    if (!services.udpOpen.empty())
        text += fmt::format("      udp-open: {}\n", listOf(services.udpOpen, port));
    return text.empty() ? text : "    services:\n" + text;
}

} // namespace packetarium
