// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Text through what OSI calls the presentation layer, on the connections that
// the script has opened. On the way out: characters become octets (charset),
// then gzip, then four octets in front that say how many follow, then records
// shaped as TLS 1.3's; each step only if it is asked for, but for the length,
// which is always there because TCP has no ends of messages. On the way in the
// same is undone in the reverse order, as this host's reader is set: if that
// is not what the sender did, the reader sees nonsense, as it would.
//
// The key is made from the run's secret, both initial sequence numbers and the
// direction, so that no key is used twice. There is no handshake
// (docs/protocols.md).
//
// Half duplex: who connected speaks first, then the turn goes to and fro with
// each text that has been read; what is said out of turn waits.

#include "core/apps/app_context.h"
#include "core/presentation/presentation.h"
#include "core/scenario/scenario.h"

#include <deque>
#include <map>

namespace packetarium {

class Texts {
public:
    explicit Texts(Bytes secret)
        : secret_(std::move(secret))
    {}

    /// On the current connection; if it is not open yet, as soon as it is.
    void send(const AppContext& app, const DoSendText& asked);
    void onOpened(const AppContext& app, ConnId conn);
    void read(const DoReadText& how) { reader_ = how; }
    bool reads() const { return reader_.has_value(); }
    void onData(const AppContext& app, ConnId conn, ByteView data);
    void onEnd(ConnId conn);
    /// Power off: who reads, and how, is as it was.
    void forget();

    static constexpr std::size_t kLengthSize = 4;
    static constexpr std::size_t kMostOctets = 1024 * 1024; ///< of one text, before and after gzip

private:
    struct Channel {
        std::optional<RecordProtection> sealing, opening;
        Bytes stream;      ///< what came and is not opened yet
        Bytes plain;       ///< opened, but not a whole text yet
        bool lost = false; ///< what comes can no longer be taken apart
        bool myTurn = false;
        std::deque<DoSendText> waiting; ///< for the turn
    };
    void sendOn(const AppContext& app, ConnId conn, const DoSendText& asked);
    Channel& channelOf(const AppContext& app, ConnId conn);
    Bytes keyFor(const Connection& tcp, bool fromActive) const;
    void transmit(const AppContext& app, ConnId conn, Channel& channel, const DoSendText& text);
    void speak(const AppContext& app, ConnId conn, Channel& channel);
    bool openRecords(const AppContext& app, ConnId conn, Channel& channel);
    void show(const AppContext& app, ConnId conn, Bytes text);
    void decode(const AppContext& app, ConnId conn, ByteView text, bool fits);

    Bytes secret_;
    std::optional<DoReadText> reader_;
    std::map<ConnId, Channel> channels_; ///< of open connections: the key needs both initial sequence numbers
    std::vector<std::pair<ConnId, DoSendText>> early_;
};

} // namespace packetarium
