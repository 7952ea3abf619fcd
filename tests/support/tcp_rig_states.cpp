// SPDX-License-Identifier: GPL-3.0-or-later
//
// Ways to where a test begins.
#include "tests/support/tcp_rig.h"

namespace packetarium::testing {

namespace {

constexpr std::uint32_t kPeerIsn = 300;

} // namespace

TcpRig TcpRig::agreed(const TcpConfig& config, std::uint32_t peerWindow, std::uint32_t shift)
{
    TcpRig rig(config);
    rig.openActive();
    rig.skipWhatWasSaid();
    rig.receive(config.ecn ? "SYN,ACK,ECE" : "SYN,ACK", testing::seq(kPeerIsn), testing::ack(101), testing::mss(1000),
                testing::win(peerWindow), config.sack ? testing::sackPermitted() : Field{},
                config.timestamps ? testing::ts(5000) : Field{},
                config.windowScaling ? testing::wscale(shift) : Field{});
    rig.skipWhatWasSaid();
    rig.expectState("ESTABLISHED");
    return rig;
}

TcpRig TcpRig::established(const TcpConfig& config)
{
    return inState(TcpState::Established, config);
}

TcpRig TcpRig::establishedWithPeerWindow(std::uint32_t octets, const TcpConfig& config)
{
    TcpRig rig(config);
    rig.openActive();
    rig.skipWhatWasSaid();
    rig.receive("SYN,ACK", testing::seq(kPeerIsn), testing::ack(101), testing::mss(1460), testing::win(octets));
    rig.skipWhatWasSaid();
    return rig;
}

TcpRig TcpRig::inState(TcpState state, const TcpConfig& config)
{
    TcpRig rig(config);
    const std::uint32_t iss = config.iss ? config.iss->value() : 0;
    const auto finArrives = [&](std::uint32_t acked) {
        rig.receive("FIN,ACK", testing::seq(kPeerIsn + 1), testing::ack(acked));
        rig.skipWhatWasSaid();
    };
    const auto close = [&] {
        rig.shutdown();
        rig.skipWhatWasSaid();
    };
    if (state == TcpState::Listen || state == TcpState::SynReceived) {
        rig.openPassive();
        if (state == TcpState::SynReceived)
            rig.receive("SYN", testing::seq(kPeerIsn), testing::mss(1460));
    } else if (state != TcpState::Closed) {
        rig.openActive();
        if (state != TcpState::SynSent) {
            rig.skipWhatWasSaid();
            rig.receive("SYN,ACK", testing::seq(kPeerIsn), testing::ack(iss + 1), testing::mss(1460));
        }
    }
    rig.skipWhatWasSaid();
    switch (state) {
    case TcpState::FinWait1: close(); break;
    case TcpState::FinWait2:
        close();
        rig.receive("ACK", testing::seq(kPeerIsn + 1), testing::ack(iss + 2));
        break;
    case TcpState::CloseWait: finArrives(iss + 1); break;
    case TcpState::Closing:
        close();
        finArrives(iss + 1);
        break;
    case TcpState::LastAck:
        finArrives(iss + 1);
        close();
        break;
    case TcpState::TimeWait:
        close();
        finArrives(iss + 2);
        break;
    default: break;
    }
    rig.skipWhatWasSaid();
    rig.expectState(std::string(toString(state)));
    return rig;
}

} // namespace packetarium::testing
