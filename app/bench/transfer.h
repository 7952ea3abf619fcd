// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Bulk transfers and many connections: what a segment costs, and what memory.

#include "core/scenario/scenario.h"

#include <string>

namespace packetarium::bench {

struct TransferOptions {
    std::uint64_t octets = 100ULL << 20; ///< over all connections
    std::uint64_t rate = 10'000'000;     ///< bits per second; 0: without limit
    std::int64_t delayMs = 20;           ///< each way
    std::uint32_t lossPpm = 0;
    std::uint32_t queue = 1000; ///< packets that may wait for the link
    std::string congestionControl = "newreno";
    std::uint64_t seed = 1;
    std::uint32_t connections = 1;
    std::int64_t apartUs = 0; ///< between one opening and the next
    bool trace = true;
    bool checkpoints = true;
    bool delayedAck = true, byteCounting = false, sack = false, rack = false;
    bool closes = true;
    std::string pcap; ///< where to write a capture; empty: nowhere
};

struct TransferResult {
    std::uint64_t segments = 0; ///< on the wire, both ways
    double runSeconds = 0;      ///< wall clock
    double cpuSeconds = 0;      ///< of this process, for machines that do something else as well
    double floorNs = 0;         ///< floorPerSegment(), measured just before
    double simSeconds = 0;      ///< until the last octet was delivered
    double goodput = 0;         ///< bits per second of simulated time
    std::uint64_t retransmissions = 0;
    double peakMiB = 0;
    double traceOctetsPerPacket = 0, recordOctetsPerPacket = 0;
    double pcapSeconds = 0;
    bool complete = false; ///< all of it arrived, and is what was sent
};

Scenario transferScenario(const TransferOptions& options);
TransferResult runTransfer(const TransferOptions& options);
/// One line of JSON.
std::string toJson(const TransferOptions& options, const TransferResult& result);
/// Nanoseconds per segment of a loop that does nothing but plan events and copy and sum the octets, at both ends.
double floorPerSegment(std::uint64_t segments, bool withRecords);
/// How much memory runs take, as a report; `self` is this program. Before everything else: a child's peak includes what its
/// parent had when it began.
void runTransferMemoryBenches(const std::string& self);
/// All the rest as a report.
void runTransferBenches();

} // namespace packetarium::bench
