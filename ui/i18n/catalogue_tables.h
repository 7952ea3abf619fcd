// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The network view's own words in both languages: columns of tables, and what
// it says of cables, queues and nodes. No Qt. Nodes, kinds of table and what
// happens to rows are named in catalogue_network.h.

#include "ui/i18n/catalogue.h"

#include <initializer_list>
#include <span>

namespace packetarium {

enum class TableColumn : std::uint8_t {
    Address,
    Mac,
    Port,
    LeadsTo,
    Destination,
    NextHop,
    Name,
    Data,
    Expires,
    Peer,
    ListensAt
};
std::string_view labelOf(TableColumn column, Language language);
/// The columns of a table, as they are shown.
std::span<const TableColumn> columnsOf(TableKind kind);
/// One cell as text; `leadsTo` names the node behind the row's port, `now` is the instant shown.
std::string cellText(const TableRow& row, TableColumn column, std::string_view leadsTo, SimTime now, Language language);
/// The row in one line: "10.0.0.1 → 02:00:00:00:00:01".
std::string rowText(const TableRow& row, std::string_view leadsTo, Language language);

enum class NetworkWord : std::uint8_t {
    NetworkView,
    Off,       ///< a node
    Unplugged, ///< a cable
    Waiting,   ///< {0} packets
    EmptyTable,
    NoTable,
    MoreRows, ///< {0}
    Direct,   ///< next hop: the link itself
    Port,     ///< {0}
    NodeOf,   ///< {0} name, {1} kind
    NodeOff,
    NodeAddresses, ///< {0} list
    Cable,         ///< {0} end, {1} end
    CableLike,     ///< {0} rate, {1} delay
    CableUnplugged,
    UnderWay, ///< {0} from, {1} to
    Queued,
    LostOn,   ///< {0} from, {1} to, {2} cause
    RowOf,    ///< {0} table, {1} node
    NotFound, ///< of a row that was looked for in vain
};
std::string_view word(NetworkWord word, Language language);
std::string sentence(NetworkWord word, Language language, std::initializer_list<std::string_view> arguments);

} // namespace packetarium
