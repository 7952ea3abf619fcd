// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Networks for tests of programs, and what their programs did as lines of
// text: "0.020 client ping-answered 20000000 10.0.0.2".

#include "core/engine/engine.h"
#include "core/trace/packet_summary.h"
#include "tests/support/two_hosts.h"

namespace packetarium::testing {

/// The host's address is `address`, its MAC address is made from it. Returns the spec, to be changed; valid until the next call.
HostSpec& addHost(Scenario& scenario, const std::string& name, const std::string& address);
/// A cable of `delay` each way without a limit of bandwidth. "name" or "router.interface".
void join(Scenario& scenario, const std::string& a, const std::string& b, SimDuration delay);
/// Router with interfaces "left" and "right", each with address and prefix: "10.0.1.1/24".
RouterSpec& addRouter(Scenario& scenario, const std::string& name, const std::string& left, const std::string& right);

/// client 10.0.0.1 and server 10.0.0.2 on one cable, and nothing happening.
Scenario twoOnACable(SimDuration delay);

/// All program records, or only those of one host: "<s> <host> <event> [<value>] [<text>] [<trouble>]". Seconds are exact.
/// A value of 0 is left out.
std::vector<std::string> doings(const Trace& trace, const std::string& host = {});
/// The same without those that end in no event of `events`.
std::vector<std::string> doings(const Trace& trace, std::initializer_list<ProgramEvent> events);
/// DNS messages in the order sent, each once however many links it crosses: "client > dns: www.example.com A?",
/// "dns > client: www.example.com A NOERROR aa www.example.com=10.0.0.9 ..." with answers, "/" authorities, "/" additionals.
std::vector<std::string> dnsMessages(const Trace& trace);
/// Rows of DNS caches that came, went or were used: "<s> <host> added www.example.com A 10.0.0.9".
std::vector<std::string> cacheChanges(const Trace& trace);
/// The octets of TCP data that the sender has put on the wire for the first time, from one host, in order of sequence numbers.
Bytes streamFrom(const Trace& trace, const std::string& host, std::uint16_t sourcePort);
/// "0.020", with as many digits after the point as are needed, at least one.
std::string shortSeconds(SimTime t);

std::string text(const Bytes& bytes);

} // namespace packetarium::testing
