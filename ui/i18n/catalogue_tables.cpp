// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/i18n/catalogue_tables.h"

#include "ui/i18n/catalogue_network.h"
#include "ui/i18n/catalogue_pattern.h"
#include "ui/i18n/catalogue_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace packetarium {
namespace {

Words columnLabel(TableColumn column)
{
    switch (column) {
    case TableColumn::Address: return {"IP address", "IP 地址"};
    case TableColumn::Mac: return {"MAC address", "MAC 地址"};
    case TableColumn::Port: return {"Port", "端口"};
    case TableColumn::LeadsTo: return {"Leads to", "通往"};
    case TableColumn::Destination: return {"Destination", "目的网络"};
    case TableColumn::NextHop: return {"Next hop", "下一跳"};
    case TableColumn::Name: return {"Name", "名称"};
    case TableColumn::Data: return {"Answer", "回答"};
    case TableColumn::Expires: return {"Valid for", "剩余时间"};
    case TableColumn::Peer: return {"Peer", "对方"};
    case TableColumn::ListensAt: return {"At port", "本地端口"};
    }
    return {};
}

Words networkWords(NetworkWord word)
{
    switch (word) {
    case NetworkWord::NetworkView: return {"Network view", "网络图"};
    case NetworkWord::Off: return {"off", "已关机"};
    case NetworkWord::Unplugged: return {"unplugged", "已拔出"};
    case NetworkWord::Waiting: return {"{0} waiting", "{0} 个在排队"};
    case NetworkWord::EmptyTable: return {"no rows yet", "还没有内容"};
    case NetworkWord::NoTable: return {"keeps no table", "不保存任何表"};
    case NetworkWord::MoreRows: return {"{0} more", "另有 {0} 行"};
    case NetworkWord::Direct: return {"on the link", "直连"};
    case NetworkWord::Port: return {"port {0}", "端口 {0}"};
    case NetworkWord::NodeOf: return {"{0}, {1}", "{0}，{1}"};
    case NetworkWord::NodeOff: return {"It is powered off.", "它已关机。"};
    case NetworkWord::NodeAddresses: return {"Addresses: {0}.", "地址：{0}。"};
    case NetworkWord::Cable: return {"Cable {0} – {1}", "线缆 {0} – {1}"};
    case NetworkWord::CableLike: return {"{0}, {1} each way.", "{0}，单向时延 {1}。"};
    case NetworkWord::CableUnplugged: return {"It is unplugged: nothing passes.", "它已拔出，什么都过不去。"};
    case NetworkWord::UnderWay: return {"On the cable from {0} to {1}.", "在从 {0} 到 {1} 的线缆上。"};
    case NetworkWord::Queued: return {"It waits at {0} for the cable to {1}.", "它在 {0} 排队，等待通往 {1} 的线缆。"};
    case NetworkWord::LostOn: return {"Lost between {0} and {1}: {2}.", "在 {0} 与 {1} 之间丢失：{2}。"};
    case NetworkWord::RowOf: return {"{0} of {1}", "{1} 的{0}"};
    case NetworkWord::NotFound: return {"not found", "没有查到"};
    }
    return {};
}

using C = TableColumn;
constexpr std::array kAddressColumns{C::Address, C::Mac, C::Expires};
constexpr std::array kSwitchColumns{C::Mac, C::Port, C::LeadsTo, C::Expires};
constexpr std::array kRouteColumns{C::Destination, C::NextHop, C::LeadsTo};
constexpr std::array kDnsColumns{C::Name, C::Data, C::Expires};
constexpr std::array kQueueColumns{C::Peer, C::ListensAt};

bool known(const MacAddress& mac)
{
    return mac != MacAddress{};
}

} // namespace

std::string_view labelOf(TableColumn column, Language language)
{
    return columnLabel(column).in(language);
}

std::span<const TableColumn> columnsOf(TableKind kind)
{
    switch (kind) {
    case TableKind::Arp:
    case TableKind::Neighbor: return kAddressColumns;
    case TableKind::Switch: return kSwitchColumns;
    case TableKind::Route: return kRouteColumns;
    case TableKind::Dns: return kDnsColumns;
    case TableKind::SynQueue:
    case TableKind::AcceptQueue: return kQueueColumns;
    }
    return {};
}

std::string cellText(const TableRow& row, TableColumn column, std::string_view leadsTo, SimTime now, Language language)
{
    switch (column) {
    case TableColumn::Address: return row.prefix.address.toString();
    case TableColumn::Mac: return known(row.mac) ? row.mac.toString() : "?";
    case TableColumn::Port: return std::to_string(row.port + 1);
    case TableColumn::LeadsTo: return std::string(leadsTo);
    case TableColumn::Destination: return row.prefix.toString();
    case TableColumn::NextHop:
        return row.via.isUnspecified() ? std::string(word(NetworkWord::Direct, language)) : row.via.toString();
    case TableColumn::Name:
    case TableColumn::Peer: return row.name;
    case TableColumn::ListensAt: return std::to_string(row.localPort);
    case TableColumn::Data: return row.data;
    case TableColumn::Expires: {
        if (row.expires.isNever())
            return "–";
        // Whole seconds, rounded up: a row that is there is valid for some time yet.
        constexpr std::int64_t second = 1'000'000'000;
        const std::int64_t left = std::max<std::int64_t>(0, (row.expires - now).ns());
        return durationText(SimDuration::seconds((left + second - 1) / second), language);
    }
    }
    return {};
}

std::string rowText(const TableRow& row, std::string_view leadsTo, Language language)
{
    switch (row.kind) {
    case TableKind::Arp:
    case TableKind::Neighbor:
        return row.prefix.address.toString() + " → " + (known(row.mac) ? row.mac.toString() : std::string("?"));
    case TableKind::Switch:
        return fmt::format("{} → {}", row.mac.toString(),
                           sentence(NetworkWord::Port, language, {std::to_string(row.port + 1)}));
    case TableKind::Route:
        return fmt::format("{} → {}", row.prefix.toString(),
                           !row.via.isUnspecified() ? row.via.toString()
                           : leadsTo.empty()        ? std::string(word(NetworkWord::Direct, language))
                                                    : std::string(leadsTo));
    case TableKind::Dns: return row.name + " → " + (row.data.empty() ? std::string("?") : row.data);
    case TableKind::SynQueue:
    case TableKind::AcceptQueue: return fmt::format("{} ({})", row.name, labelOf(row.kind, language));
    }
    return {};
}

std::string_view word(NetworkWord w, Language language)
{
    return networkWords(w).in(language);
}

std::string sentence(NetworkWord w, Language language, std::initializer_list<std::string_view> arguments)
{
    return filledPattern(word(w, language), arguments);
}

} // namespace packetarium
