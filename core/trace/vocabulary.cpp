// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/vocabulary.h"

namespace packetarium {

// No `default` in these switches: a new enumerator without a name does not compile.

std::string_view toString(Timer timer)
{
    switch (timer) {
    case Timer::Retransmission: return "retransmission";
    case Timer::DelayedAck: return "delayed-ack";
    case Timer::TimeWait: return "time-wait";
    case Timer::Persist: return "persist";
    case Timer::KeepAlive: return "keep-alive";
    case Timer::UserTimeout: return "user-timeout";
    case Timer::TailLossProbe: return "tail-loss-probe";
    case Timer::Reordering: return "reordering";
    }
    return {};
}

std::string_view toString(TimerChange change)
{
    switch (change) {
    case TimerChange::Started: return "started";
    case TimerChange::Stopped: return "stopped";
    case TimerChange::Fired: return "fired";
    }
    return {};
}

std::string_view toString(AppCall call)
{
    switch (call) {
    case AppCall::Listen: return "listen";
    case AppCall::Connect: return "connect";
    case AppCall::Send: return "send";
    case AppCall::Receive: return "receive";
    case AppCall::Close: return "close";
    case AppCall::Shutdown: return "shutdown";
    case AppCall::Abort: return "abort";
    case AppCall::Crash: return "crash";
    case AppCall::Opened: return "opened";
    case AppCall::Delivered: return "delivered";
    case AppCall::PeerClosed: return "peer-closed";
    case AppCall::Failed: return "failed";
    case AppCall::Closed: return "closed";
    case AppCall::Accept: return "accept";
    }
    return {};
}

std::string_view toString(AppResult result)
{
    switch (result) {
    case AppResult::Ok: return "ok";
    case AppResult::Refused: return "refused";
    case AppResult::Reset: return "reset";
    case AppResult::TimedOut: return "timed-out";
    case AppResult::NoSuchConnection: return "no-such-connection";
    case AppResult::AlreadyExists: return "already-exists";
    case AppResult::Closing: return "closing";
    case AppResult::Aborted: return "aborted";
    case AppResult::Unreachable: return "unreachable";
    case AppResult::WouldBlock: return "would-block";
    case AppResult::NoPortLeft: return "no-port-left";
    }
    return {};
}

std::string_view toString(NodeKind kind)
{
    switch (kind) {
    case NodeKind::Host: return "host";
    case NodeKind::Router: return "router";
    case NodeKind::Switch: return "switch";
    case NodeKind::Hub: return "hub";
    }
    return {};
}

std::string_view toString(Protocol protocol)
{
    switch (protocol) {
    case Protocol::Other: return "?";
    case Protocol::Arp: return "ARP";
    case Protocol::Icmp: return "ICMP";
    case Protocol::Icmpv6: return "ICMPv6";
    case Protocol::Udp: return "UDP";
    case Protocol::Tcp: return "TCP";
    case Protocol::Dns: return "DNS";
    case Protocol::Http: return "HTTP";
    case Protocol::Tls: return "TLS";
    }
    return {};
}

std::string_view toString(LayerAct act)
{
    switch (act) {
    case LayerAct::Made: return "made";
    case LayerAct::Added: return "added";
    case LayerAct::Signalled: return "signalled";
    case LayerAct::Received: return "received";
    case LayerAct::Read: return "read";
    case LayerAct::Rewritten: return "rewritten";
    case LayerAct::Removed: return "removed";
    case LayerAct::Delivered: return "delivered";
    case LayerAct::Refused: return "refused";
    }
    return {};
}

std::string_view toString(TableKind kind)
{
    switch (kind) {
    case TableKind::Arp: return "arp";
    case TableKind::Neighbor: return "neighbor";
    case TableKind::Switch: return "switch";
    case TableKind::Route: return "route";
    case TableKind::Dns: return "dns";
    case TableKind::SynQueue: return "syn-queue";
    case TableKind::AcceptQueue: return "accept-queue";
    }
    return {};
}

std::string_view toString(TableChange change)
{
    switch (change) {
    case TableChange::Added: return "added";
    case TableChange::Changed: return "changed";
    case TableChange::Used: return "used";
    case TableChange::Missed: return "missed";
    case TableChange::Expired: return "expired";
    case TableChange::Removed: return "removed";
    }
    return {};
}

std::string_view toString(ProgramEvent event)
{
    switch (event) {
    case ProgramEvent::DatagramSent: return "datagram-sent";
    case ProgramEvent::DatagramReceived: return "datagram-received";
    case ProgramEvent::DatagramRefused: return "datagram-refused";
    case ProgramEvent::PingSent: return "ping-sent";
    case ProgramEvent::PingAnswered: return "ping-answered";
    case ProgramEvent::PingTimedOut: return "ping-timed-out";
    case ProgramEvent::PingRefused: return "ping-refused";
    case ProgramEvent::TraceProbed: return "trace-probed";
    case ProgramEvent::TraceHop: return "trace-hop";
    case ProgramEvent::TraceNoAnswer: return "trace-no-answer";
    case ProgramEvent::TraceDone: return "trace-done";
    case ProgramEvent::ResolveAsked: return "resolve-asked";
    case ProgramEvent::ResolveCached: return "resolve-cached";
    case ProgramEvent::ResolveAnswered: return "resolve-answered";
    case ProgramEvent::ResolveFailed: return "resolve-failed";
    case ProgramEvent::NameServed: return "name-served";
    case ProgramEvent::NameReferred: return "name-referred";
    case ProgramEvent::UrlOpened: return "url-opened";
    case ProgramEvent::UrlConnecting: return "url-connecting";
    case ProgramEvent::UrlRequested: return "url-requested";
    case ProgramEvent::UrlAnswered: return "url-answered";
    case ProgramEvent::UrlShown: return "url-shown";
    case ProgramEvent::UrlFailed: return "url-failed";
    case ProgramEvent::RequestReceived: return "request-received";
    case ProgramEvent::ResponseSent: return "response-sent";
    case ProgramEvent::TextEncoded: return "text-encoded";
    case ProgramEvent::TextCompressed: return "text-compressed";
    case ProgramEvent::TextEncrypted: return "text-encrypted";
    case ProgramEvent::TextDecrypted: return "text-decrypted";
    case ProgramEvent::TextInflated: return "text-inflated";
    case ProgramEvent::TextDecoded: return "text-decoded";
    case ProgramEvent::TextGarbled: return "text-garbled";
    case ProgramEvent::TurnTaken: return "turn-taken";
    case ProgramEvent::TransferAsked: return "transfer-asked";
    case ProgramEvent::TransferServed: return "transfer-served";
    case ProgramEvent::TransferCheckpoint: return "transfer-checkpoint";
    case ProgramEvent::TransferCut: return "transfer-cut";
    case ProgramEvent::TransferDone: return "transfer-done";
    case ProgramEvent::Count_: return {};
    }
    return {};
}

std::string_view toString(ProgramTrouble trouble)
{
    switch (trouble) {
    case ProgramTrouble::None: return "none";
    case ProgramTrouble::NoSuchName: return "no-such-name";
    case ProgramTrouble::NoAnswer: return "no-answer";
    case ProgramTrouble::BadAnswer: return "bad-answer";
    case ProgramTrouble::ServerFailed: return "server-failed";
    case ProgramTrouble::NetworkUnreachable: return "network-unreachable";
    case ProgramTrouble::HostUnreachable: return "host-unreachable";
    case ProgramTrouble::PortUnreachable: return "port-unreachable";
    case ProgramTrouble::ProtocolUnreachable: return "protocol-unreachable";
    case ProgramTrouble::FragmentationNeeded: return "fragmentation-needed";
    case ProgramTrouble::TtlExceeded: return "ttl-exceeded";
    case ProgramTrouble::ConnectionRefused: return "connection-refused";
    case ProgramTrouble::ConnectionReset: return "connection-reset";
    case ProgramTrouble::NotReachable: return "not-reachable";
    case ProgramTrouble::BadKey: return "bad-key";
    case ProgramTrouble::NoNameServer: return "no-name-server";
    }
    return {};
}

} // namespace packetarium
