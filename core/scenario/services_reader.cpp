// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/network_check.h"
#include "core/scenario/node_reader.h"
#include "core/scenario/scenario_file.h"
#include "core/scenario/script_file.h"
#include "core/scenario/services_file.h"

#include <array>

namespace packetarium {
namespace {

constexpr std::array<std::string_view, 4> kRecordTypes{"A", "AAAA", "CNAME", "NS"};
constexpr std::array<std::string_view, 4> kRecordKeys{"a", "aaaa", "cname", "ns"};

class ServicesReader {
public:
    ServicesReader(InputReader& in, std::uint64_t& octetsLeft)
        : in_(in)
        , octetsLeft_(octetsLeft)
    {}

    void read(const YamlMap& host, ServicesSpec& out)
    {
        const YamlMap map = in_.map(host, "services", {"dns", "http", "transfer", "udp-echo", "udp-open"});
        if (map.find("dns"))
            dns(in_.map(map, "dns", {"zones", "records", "recursive", "roots"}), out.dns.emplace());
        if (map.find("http"))
            http(in_.map(map, "http", {"port", "keep-alive", "files"}), out.http.emplace());
        if (map.find("transfer")) {
            const YamlMap transfer = in_.map(map, "transfer", {"port", "octets"});
            TransferServiceSpec& spec = out.transfer.emplace();
            in_.number(transfer, "port", spec.port, 1, kMaxPort);
            in_.require(transfer, "octets");
            in_.number(transfer, "octets", spec.octets, 1, kMaxTransferOctets);
        }
        ports(map, "udp-echo", out.udpEcho);
        ports(map, "udp-open", out.udpOpen);
    }

private:
    void ports(const YamlMap& map, std::string_view key, std::vector<std::uint16_t>& out)
    {
        if (in_.failed() || !map.find(key))
            return;
        for (const std::uint64_t port : in_.numbers(map, key, 1, kMaxPort, kMaxServiceItems))
            out.push_back(static_cast<std::uint16_t>(port));
    }

    /// "www.example.com", "www.example.com." or "." for the root, kept without the last dot.
    void name(const std::string& path, const YamlNode& node, bool rootToo, std::string& out)
    {
        if (in_.failed())
            return;
        if (node.kind != YamlNode::Kind::Scalar) {
            in_.fail(InputErrorId::WrongType, {path, "text", foundText(node)}, node);
            return;
        }
        const bool isRoot = rootToo && node.text == ".";
        if (const auto wrong = isRoot ? std::nullopt : checkDomainName(path, node.text))
            in_.fail(*wrong, node);
        out = node.text.ends_with('.') ? node.text.substr(0, node.text.size() - 1) : node.text;
    }

    void dns(const YamlMap& map, DnsServiceSpec& out)
    {
        const auto zones = in_.list(map, "zones", kMaxServiceItems);
        for (std::size_t i = 0; i < zones.size(); ++i)
            name(map.pathOf("zones") + "[" + std::to_string(i + 1) + "]", zones[i], true, out.zones.emplace_back());
        const auto records = in_.list(map, "records", kMaxServiceItems);
        for (std::size_t i = 0; i < records.size() && !in_.failed(); ++i)
            record(records[i], map.pathOf("records") + "[" + std::to_string(i + 1) + "]", out.records.emplace_back());
        in_.yesNo(map, "recursive", out.recursive);
        const auto roots = in_.list(map, "roots", kMaxServiceItems);
        for (std::size_t i = 0; i < roots.size() && !in_.failed(); ++i) {
            const auto address =
                parseAnyNodeAddress(map.pathOf("roots") + "[" + std::to_string(i + 1) + "]", foundText(roots[i]));
            if (address)
                out.roots.push_back(address.value());
            else
                in_.fail(address.error(), roots[i]);
        }
    }

    void record(const YamlNode& node, std::string path, DnsRecordSpec& out)
    {
        const YamlMap map = in_.map(node, std::move(path), {"name", "a", "aaaa", "cname", "ns", "ttl"});
        in_.require(map, "name");
        if (!in_.failed())
            name(map.pathOf("name"), *map.find("name"), true, out.name);
        const std::string_view key = in_.exactlyOne(map, kRecordKeys);
        for (std::size_t i = 0; i < kRecordKeys.size(); ++i)
            if (kRecordKeys[i] == key)
                out.type = kRecordTypes[i];
        if (key == "a") {
            if (const auto address = readField(in_, map, key, parseNodeAddress))
                out.data = address->toString();
        } else if (key == "aaaa") {
            if (const auto address = readField(in_, map, key, parseNodeAddress6))
                out.data = address->toString();
        } else if (!in_.failed()) {
            name(map.pathOf(key), *map.find(key), false, out.data);
        }
        ttl(map, out.ttl);
    }

    void ttl(const YamlMap& map, std::uint32_t& out)
    {
        if (!map.find("ttl"))
            return;
        SimDuration value;
        in_.duration(map, "ttl", value, SimDuration(), SimDuration::seconds(kMaxTtl));
        constexpr std::int64_t second = 1'000'000'000;
        if (!in_.failed() && value.ns() % second != 0)
            in_.fail(InputErrorId::WrongType, {map.pathOf("ttl"), "seconds", foundText(*map.find("ttl"))},
                     *map.find("ttl"));
        out = static_cast<std::uint32_t>(value.ns() / second);
    }

    void http(const YamlMap& map, HttpServiceSpec& out)
    {
        in_.number(map, "port", out.port, 1, kMaxPort);
        in_.yesNo(map, "keep-alive", out.keepAlive);
        const YamlNode* files = map.find("files");
        if (in_.failed() || !files)
            return;
        if (files->kind != YamlNode::Kind::Map)
            in_.fail(InputErrorId::WrongType, {map.pathOf("files"), "map", foundText(*files)}, *files);
        else if (files->entries.size() > kMaxServiceItems)
            in_.fail(InputErrorId::TooMany, {map.pathOf("files"), std::to_string(kMaxServiceItems)}, *files);
        for (const YamlEntry& entry : files->entries)
            if (!in_.failed())
                file(entry, map.pathOf("files"), out.files.emplace_back());
    }

    void file(const YamlEntry& entry, const std::string& path, HttpFileSpec& out)
    {
        out.path = entry.key.text;
        const YamlMap map = in_.map(entry.value, path + "." + out.path, {"type", "content", "gzip", "chunked"});
        in_.text(map, "type", out.type);
        in_.require(map, "content");
        out.content = readData(in_, map, "content", 0, kMaxSendOctets, octetsLeft_);
        in_.yesNo(map, "gzip", out.gzip);
        in_.yesNo(map, "chunked", out.chunked);
    }

    InputReader& in_;
    std::uint64_t& octetsLeft_;
};

} // namespace

void readServices(InputReader& in, const YamlMap& host, std::uint64_t& octetsLeft, ServicesSpec& out)
{
    if (!in.failed() && host.find("services"))
        ServicesReader(in, octetsLeft).read(host, out);
}

} // namespace packetarium
