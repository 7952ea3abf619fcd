// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A scenario is everything a run depends on: hosts, the link between them,
// what the programs do, what is done to packets, and the seed. Same scenario,
// same trace. Its file format is docs/scenario-format.md.

#include "core/base/sim_time.h"
#include "core/net/link_spec.h"
#include "core/tcp/config.h"
#include "core/tcp/state.h"
#include "core/wire/tcp_segment.h"

#include <map>
#include <string>
#include <variant>
#include <vector>

namespace packetarium {

/// One text in each language ("en", "zh"). Authors' words, never the program's.
struct LocalizedText {
    std::string en, zh;
    bool empty() const { return en.empty() && zh.empty(); }
    bool operator==(const LocalizedText&) const = default;
};

struct HostSpec {
    std::string name;        ///< "client"; unique; letters, digits, - and _
    LocalizedText label;     ///< shown; empty: the ui's own word for its side
    bool activeSide = false; ///< left and blue; exactly the first host
    Ipv4Address address;
    MacAddress mac;
    bool filtered = false; ///< a firewall drops whatever arrives, silently
    TcpConfig tcp;
    bool operator==(const HostSpec&) const = default;
};

/// Names one packet of a run: the nth that a host's TCP sends (from 1; copies and injected ones do not count).
struct PacketSelector {
    std::string from; ///< empty: counted over both hosts, in the order sent
    std::uint32_t nth = 1;
    bool operator==(const PacketSelector&) const = default;
};

// What can be done. The program's calls ...
struct DoListen {
    std::uint16_t port = 80;
    bool operator==(const DoListen&) const = default;
};
struct DoConnect {
    std::string to;
    std::uint16_t port = 80;
    std::uint16_t localPort = 49152;
    bool operator==(const DoConnect&) const = default;
};
struct DoSend {
    Bytes data;
    bool operator==(const DoSend&) const = default;
};
struct DoReceive {
    std::uint32_t octets = 0; ///< 0: all there is
    bool operator==(const DoReceive&) const = default;
};
/// Read all that arrives at once (the default), or only on receive.
struct DoAutoRead {
    bool on = true;
    bool operator==(const DoAutoRead&) const = default;
};
/// Both directions, as a program's close().
struct DoClose {
    bool operator==(const DoClose&) const = default;
};
/// No more data from here: RFC 9293's CLOSE.
struct DoShutdown {
    bool operator==(const DoShutdown&) const = default;
};
struct DoAbort {
    bool operator==(const DoAbort&) const = default;
};
/// The host forgets every connection without a word.
struct DoCrash {
    bool operator==(const DoCrash&) const = default;
};
// ... what happens to packets ...
struct DoDrop {
    PacketSelector packet;
    bool operator==(const DoDrop&) const = default;
};
struct DoDelay {
    PacketSelector packet;
    SimDuration by;
    bool operator==(const DoDelay&) const = default;
};
/// Until let go.
struct DoHold {
    PacketSelector packet;
    bool operator==(const DoHold&) const = default;
};
struct DoLetGo {
    PacketSelector packet;
    bool operator==(const DoLetGo&) const = default;
};
struct DoDuplicate {
    PacketSelector packet;
    SimDuration after;
    bool operator==(const DoDuplicate&) const = default;
};
struct DoCorrupt {
    PacketSelector packet;
    std::uint32_t bit = 0; ///< counted from the payload, or without one from the TCP header
    bool operator==(const DoCorrupt&) const = default;
};
/// ... and a segment out of nowhere: an old duplicate or a forgery. It appears on the wire, half way, towards `to`.
struct DoInject {
    std::string from, to;
    TcpSegment segment;
    bool operator==(const DoInject&) const = default;
};

using Action = std::variant<DoListen, DoConnect, DoSend, DoReceive, DoAutoRead, DoClose, DoShutdown, DoAbort, DoCrash,
                            DoDrop, DoDelay, DoHold, DoLetGo, DoDuplicate, DoCorrupt, DoInject>;

/// When: at an instant; or some time after `host` has entered `state` for the nth time; or after its program has got
/// `octets` octets in all; or after the peer's FIN was told to the program.
struct AtTime {
    SimTime at;
    bool operator==(const AtTime&) const = default;
};
struct OnState {
    std::string host;
    TcpState state{};
    std::uint32_t nth = 1;
    SimDuration after;
    bool operator==(const OnState&) const = default;
};
struct OnReceived {
    std::string host;
    std::uint64_t octets = 1;
    SimDuration after;
    bool operator==(const OnReceived&) const = default;
};
struct OnPeerClosed {
    std::string host;
    SimDuration after;
    bool operator==(const OnPeerClosed&) const = default;
};
using When = std::variant<AtTime, OnState, OnReceived, OnPeerClosed>;

struct Command {
    When when = AtTime{};
    std::string host; ///< whose program acts; empty for packet commands
    Action action;
    bool operator==(const Command&) const = default;
};

struct ViewHints {
    std::string view = "sequence"; ///< "sequence" or "states"
    bool operator==(const ViewHints&) const = default;
};

struct Scenario {
    int version = 1;
    std::string name; ///< file stem or built-in name
    LocalizedText title, summary;
    std::string group =
        "connections"; ///< where it is listed: "connections", "teardown", "trouble", "attacks", "sandbox"
    int order = 0;     ///< place within its group, 0..9999; equal ones by name
    Profile profile = Profile::Rfc;
    std::uint64_t seed = 1;
    SimTime until = SimTime::never(); ///< never: until nothing is left to happen
    std::vector<HostSpec> hosts;      ///< two
    LinkSpec link;
    std::vector<Command> script;   ///< what belongs to the scenario
    std::vector<Command> commands; ///< what the user did since, in the order done; each at an instant
    ViewHints hints;
    bool operator==(const Scenario&) const = default;
};

} // namespace packetarium
