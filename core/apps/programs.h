// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The programs of one host beyond what the script says call by call: name
// server and resolver, web server and browser, ping, traceroute, echo, file
// transfer, text through a presentation layer. A copyable value, driven by
// what its host tells and by time; it acts through its host's sockets.

#include "core/base/rng.h"
#include "core/net/host.h"
#include "core/scenario/scenario.h"

#include <memory>

namespace packetarium {

/// How names that are no addresses and no domain names are found: a node of the scenario by its name.
class NodeDirectory {
public:
    virtual std::optional<IpAddress> addressOf(std::string_view nodeName, bool v6) const = 0;

protected:
    ~NodeDirectory() = default;
};

class Programs {
public:
    /// `seed`: for identifiers and keys; two hosts of one run share `textSecret`.
    Programs(const HostSpec& spec, NodeId host, std::uint64_t seed, Bytes textSecret);
    Programs(const Programs&);
    Programs(Programs&&) noexcept;
    Programs& operator=(const Programs&);
    Programs& operator=(Programs&&) noexcept;
    ~Programs();

    /// Opens the services' ports; to be called once at the start of the run, and again after power has come back.
    void start(const NodeContext& cx, Host& host);
    /// Carries out a call of the script if it is one of DoPing .. DoTransfer (false otherwise).
    bool call(const NodeContext& cx, Host& host, const Action& action, const NodeDirectory& nodes);

    // What the host told.
    /// False: onData() and news of it need not be given.
    bool hearsData() const;
    void onData(const NodeContext& cx, Host& host, ConnId conn, ByteView data);
    void onNews(const NodeContext& cx, Host& host, ConnId conn, AppCall what, AppResult result);
    void onDatagram(const NodeContext& cx, Host& host, const UdpDelivery& delivery);
    void onIcmp(const NodeContext& cx, Host& host, const IcmpDelivery& delivery);

    void onTimer(const NodeContext& cx, Host& host, const NodeDirectory& nodes);
    SimTime nextDeadline() const;
    /// Power off: everything under way is forgotten; what a transfer made sure of is kept.
    void forget();

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace packetarium
