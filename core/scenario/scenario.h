// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A scenario is everything a run depends on: nodes, the links between them,
// what the programs do, what is done to packets, and the seed. Same scenario,
// same trace. Its file format is docs/scenario-format.md.
//
// Two kinds: two hosts on one `link`, which know each other's MAC addresses
// and speak TCP; or a network, with `links`, in which everything is found out
// by ARP, routing tables and name servers.

#include "core/base/sim_time.h"
#include "core/net/link_spec.h"
#include "core/tcp/config.h"
#include "core/tcp/state.h"
#include "core/wire/tcp_segment.h"

#include <map>
#include <optional>
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

/// Where a node stands in the network view, in thousandths of its width and height.
struct NodePlace {
    std::uint16_t x = 500, y = 500; ///< 0..1000
    bool operator==(const NodePlace&) const = default;
};

/// What one resource record says (RFC 1035 §3.6).
struct DnsRecordSpec {
    std::string name;         ///< "www.example.com"; "" is the root
    std::string type = "A";   ///< "A", "AAAA", "CNAME", "NS"
    std::string data;         ///< an address or a name
    std::uint32_t ttl = 3600; ///< seconds
    bool operator==(const DnsRecordSpec&) const = default;
};
/// A name server: authoritative for its zones, and if `recursive` it asks on behalf of its clients, from the root on.
struct DnsServiceSpec {
    std::vector<std::string> zones; ///< "example.com", "com", "" for the root
    std::vector<DnsRecordSpec> records;
    bool recursive = false;
    std::vector<IpAddress> roots; ///< where a recursive server begins
    bool operator==(const DnsServiceSpec&) const = default;
};
struct HttpFileSpec {
    std::string path; ///< "/image.png"
    std::string type = "text/html";
    Bytes content;
    bool gzip = false;    ///< Content-Encoding: gzip, for who accepts it
    bool chunked = false; ///< Transfer-Encoding: chunked instead of Content-Length
    bool operator==(const HttpFileSpec&) const = default;
};
struct HttpServiceSpec {
    std::uint16_t port = 80;
    bool keepAlive = true; ///< several requests on one connection
    std::vector<HttpFileSpec> files;
    bool operator==(const HttpServiceSpec&) const = default;
};
/// Serves one file from any octet on, so that a cut transfer can go on where it was (DoTransfer).
struct TransferServiceSpec {
    std::uint16_t port = 2121;
    std::uint32_t octets = 0;
    bool operator==(const TransferServiceSpec&) const = default;
};
/// Connections that carry octets of a pattern and nothing else, to measure with: they are made while they are sent, and
/// nobody keeps them. Not in scenario files.
struct BulkServiceSpec {
    std::uint16_t port = 0;
    std::string to; ///< the host that connections are opened to; empty: waits on the port
    std::uint32_t connections = 1;
    SimDuration apart;        ///< between one opening and the next
    std::uint64_t octets = 0; ///< of each connection
    bool closes = true;       ///< false: stays open when all is sent
    bool operator==(const BulkServiceSpec&) const = default;
};
/// Programs that wait on a host from the start of the run.
struct ServicesSpec {
    std::optional<DnsServiceSpec> dns; ///< UDP port 53
    std::optional<HttpServiceSpec> http;
    std::optional<TransferServiceSpec> transfer;
    std::vector<std::uint16_t> udpEcho; ///< ports on which datagrams are sent back
    std::vector<std::uint16_t> udpOpen; ///< ports on which they are taken
    std::optional<BulkServiceSpec> bulk;
    bool operator==(const ServicesSpec&) const = default;
};

struct HostSpec {
    std::string name;        ///< "client"; unique over all nodes; letters, digits, - and _
    LocalizedText label;     ///< shown; empty: the ui's own word for its side, or the name
    bool activeSide = false; ///< left and blue; exactly the first host
    Ipv4Address address;     ///< 0.0.0.0: none
    MacAddress mac;
    bool filtered = false; ///< a firewall drops whatever arrives, silently
    TcpConfig tcp;
    // In a network:
    std::uint8_t prefixLength = 24;
    std::optional<Ipv4Address> gateway;
    std::optional<Ipv6Address> address6; ///< beside it every host with one has its link-local address
    std::uint8_t prefixLength6 = 64;
    std::optional<Ipv6Address> gateway6;
    std::optional<IpAddress> nameServer;
    std::uint16_t mtu = 1500; ///< octets of an IP datagram; 68 (IPv6: 1280) to 1500
    ServicesSpec services;
    std::optional<NodePlace> place;
    bool operator==(const HostSpec&) const = default;
};

struct RouterInterfaceSpec {
    std::string name; ///< "lan"; unique within the router
    MacAddress mac;
    std::optional<Ipv4Address> address;
    std::uint8_t prefixLength = 24;
    std::optional<Ipv6Address> address6;
    std::uint8_t prefixLength6 = 64;
    std::uint16_t mtu = 1500;
    bool operator==(const RouterInterfaceSpec&) const = default;
};
struct RouteSpec {
    IpPrefix to;
    IpAddress via; ///< on one of the router's own prefixes
    bool operator==(const RouteSpec&) const = default;
};
struct RouterSpec {
    std::string name;
    LocalizedText label;
    std::vector<RouterInterfaceSpec> interfaces;
    std::vector<RouteSpec> routes; ///< beside those to its own prefixes
    std::optional<NodePlace> place;
    bool operator==(const RouterSpec&) const = default;
};
struct SwitchSpec {
    std::string name;
    LocalizedText label;
    SimDuration aging = SimDuration::seconds(300); ///< a learnt address is forgotten so long after it was last seen
    std::optional<NodePlace> place;
    bool operator==(const SwitchSpec&) const = default;
};
struct HubSpec {
    std::string name;
    LocalizedText label;
    std::optional<NodePlace> place;
    bool operator==(const HubSpec&) const = default;
};
/// One end of a link: a node, and of a router which interface.
struct LinkEnd {
    std::string node, interface;
    bool operator==(const LinkEnd&) const = default;
};
struct NetworkLink {
    LinkEnd a, b;
    LinkSpec spec;
    bool operator==(const NetworkLink&) const = default;
};

/// Names one packet of a run: the nth frame that a node puts on its links (from 1; copies and injected ones do not count).
struct PacketSelector {
    std::string from; ///< empty: counted over all nodes, in the order sent
    std::uint32_t nth = 1;
    bool operator==(const PacketSelector&) const = default;
};

// What can be done. The program's calls ...
struct DoListen {
    std::uint16_t port = 80;
    /// Given: a listening socket as POSIX has it. One connection more than this may wait for accept(); without, the first
    /// connection that comes is the program's at once, and no other is taken.
    std::optional<std::uint16_t> backlog = std::nullopt;
    bool operator==(const DoListen&) const = default;
};
/// Takes the connection that has waited longest on a port that listens with a backlog, or waits for one.
struct DoAccept {
    std::uint16_t port = 80;
    bool operator==(const DoAccept&) const = default;
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

// What programs do in a network. `to` is a host's or router's name, an address, or a domain name to be resolved.
struct DoPing {
    std::string to;
    std::uint32_t count = 3;
    SimDuration interval = SimDuration::seconds(1);
    std::uint16_t octets = 56; ///< of data
    std::uint8_t ttl = 64;
    bool dontFragment = false;
    bool operator==(const DoPing&) const = default;
};
struct DoTraceroute {
    std::string to;
    std::uint8_t maxHops = 30;
    bool operator==(const DoTraceroute&) const = default;
};
struct DoResolve {
    std::string name;
    bool v6 = false; ///< AAAA instead of A
    bool operator==(const DoResolve&) const = default;
};
/// What a browser does with a URL: http://host[:port]/path.
struct DoOpen {
    std::string url;
    bool acceptGzip = true;
    bool operator==(const DoOpen&) const = default;
};
struct DoSendDatagram {
    std::string to;
    std::uint16_t port = 7;
    std::uint16_t localPort = 0; ///< 0: an ephemeral one
    Bytes data;
    bool dontFragment = false;
    bool operator==(const DoSendDatagram&) const = default;
};
/// Text through the presentation layer, on the current connection: encoded, then compressed, then encrypted, as asked.
struct DoSendText {
    std::string text;              ///< UTF-8
    std::string charset = "UTF-8"; ///< or "GBK"
    bool gzip = false;
    bool encrypt = false; ///< in records shaped as TLS 1.3's; docs/protocols.md says what they are not
    /// Waits for its turn: the side that connected speaks first, then each after it has read the other's text.
    bool halfDuplex = false;
    bool operator==(const DoSendText&) const = default;
};
/// How this host's program reads what DoSendText sends: undone in the reverse order.
struct DoReadText {
    std::string charset = "UTF-8";
    bool gzip = false;
    bool encrypt = false;
    bool operator==(const DoReadText&) const = default;
};
/// Fetches the file of a TransferServiceSpec, making sure of what has come every `checkpoint` octets. Done again after a cut
/// it asks for the rest only, unless `resume` is off.
struct DoTransfer {
    std::string to;
    std::uint16_t port = 2121;
    std::uint32_t checkpoint = 1000;
    bool resume = true;
    bool operator==(const DoTransfer&) const = default;
};
// ... and what happens to the network.
struct DoUnplug {
    LinkEnd a, b;
    bool operator==(const DoUnplug&) const = default;
};
struct DoPlug {
    LinkEnd a, b;
    bool operator==(const DoPlug&) const = default;
};
/// Command::host is the node. What it had learnt is forgotten; its program's connections as with DoCrash.
struct DoPowerOff {
    bool operator==(const DoPowerOff&) const = default;
};
struct DoPowerOn {
    bool operator==(const DoPowerOn&) const = default;
};

using Action =
    std::variant<DoListen, DoAccept, DoConnect, DoSend, DoReceive, DoAutoRead, DoClose, DoShutdown, DoAbort, DoCrash,
                 DoDrop, DoDelay, DoHold, DoLetGo, DoDuplicate, DoCorrupt, DoInject, DoPing, DoTraceroute, DoResolve,
                 DoOpen, DoSendDatagram, DoSendText, DoReadText, DoTransfer, DoUnplug, DoPlug, DoPowerOff, DoPowerOn>;

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
    std::string host; ///< whose program acts, or which node is switched; empty for what is done to packets and cables
    Action action;
    bool operator==(const Command&) const = default;
};

struct ViewHints {
    std::string view = "sequence"; ///< "sequence", "states", "layers", "network", "windows" or "plots"
    bool operator==(const ViewHints&) const = default;
};

struct Scenario {
    int version = 1;
    std::string name; ///< file stem or built-in name
    LocalizedText title, summary;
    std::string group =
        "connections"; ///< where it is listed: "connections", "teardown", "trouble", "attacks", "layers", "network", "sandbox"
    int order = 0; ///< place within its group, 0..9999; equal ones by name
    Profile profile = Profile::Rfc;
    std::uint64_t seed = 1;
    SimTime until = SimTime::never(); ///< never: until nothing is left to happen
    std::vector<HostSpec> hosts;      ///< two on a link, or up to 200 in a network
    LinkSpec link;                    ///< between the two hosts, where `links` is empty
    std::vector<RouterSpec> routers;
    std::vector<SwitchSpec> switches;
    std::vector<HubSpec> hubs;
    std::vector<NetworkLink> links;
    bool unlinked = false; ///< a network although nothing is joined yet: a file that says `links: []`
    bool isNetwork() const
    {
        return unlinked || !links.empty() || !routers.empty() || !switches.empty() || !hubs.empty() || hosts.size() > 2;
    }
    std::vector<Command> script;   ///< what belongs to the scenario
    std::vector<Command> commands; ///< what the user did since, in the order done; each at an instant
    ViewHints hints;
    bool operator==(const Scenario&) const = default;
};

} // namespace packetarium
