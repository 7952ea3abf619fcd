// SPDX-License-Identifier: GPL-3.0-or-later
//
// What Wireshark makes of a frame by looking at the numbers alone, and why the engine sent it: each retransmission, duplicate ACK,
// probe and window update that the one sees has its cause in the trace, and what the trace calls so the other finds.
#include "core/capture/pcapng_writer.h"
#include "core/engine/engine.h"
#include "core/scenario/scenario_file.h"
#include "tests/support/catch.h"
#include "tests/support/tshark.h"

#include <set>
#include <sstream>

namespace packetarium::capture_causes_test {

namespace {

struct Frame {
    std::string number, cause;
    bool again = false, repeatedAck = false, probe = false, update = false, shut = false, tcpWindowIsZero = false;
};

/// At the scenario's client.
std::vector<Frame> framesOf(const std::string& name)
{
    auto scenario = builtinScenario(name);
    REQUIRE(scenario.ok());
    Engine engine(std::move(scenario).value());
    engine.runToEnd();
    std::ostringstream capture;
    writePcapng(capture, engine.trace(), NodeId(0));
    std::istringstream lines(
        tshark(capture.str(),
               "-o tcp.desegment_tcp_streams:FALSE -Y tcp -T fields -E separator='|' -e frame.number -e frame.comment "
               "-e tcp.analysis.retransmission -e tcp.analysis.out_of_order -e tcp.analysis.duplicate_ack "
               "-e tcp.analysis.zero_window_probe -e tcp.analysis.window_update -e tcp.analysis.zero_window "
               "-e tcp.window_size_value -e tcp.flags.reset"));
    std::vector<Frame> frames;
    for (std::string line; std::getline(lines, line);) {
        std::vector<std::string> fields(1);
        for (const char c : line)
            if (c == '|')
                fields.emplace_back();
            else
                fields.back() += c;
        if (fields.size() != 10)
            continue; // tshark's own remarks
        Frame frame;
        frame.number = fields[0];
        frame.cause = fields[1].substr(0, fields[1].find(';'));
        frame.again = !fields[2].empty() || !fields[3].empty();
        frame.repeatedAck = !fields[4].empty();
        frame.probe = !fields[5].empty();
        frame.update = !fields[6].empty();
        frame.shut = !fields[7].empty();
        frame.tcpWindowIsZero = fields[8] == "0" && fields[9] != "1" && fields[9] != "True";
        frames.push_back(frame);
    }
    REQUIRE_FALSE(frames.empty());
    return frames;
}

} // namespace

TEST_CASE("tshark's analysis and the causes in the trace agree, frame by frame, both ways", "[capture]")
{
    if (!hasTshark()) {
        WARN("tshark is not installed");
        return;
    }
    const std::set<std::string> again{"sent-retransmission",  "sent-fast-retransmit",   "sent-recovery",
                                      "sent-after-timeout",   "sent-simultaneous-open", "sent-smaller-segment",
                                      "sent-rack-retransmit", "sent-tail-loss-probe"};
    int retransmissions = 0, repeated = 0, probes = 0, updates = 0, shut = 0;
    for (const char* name : {"fast-retransmit",
                             "fast-retransmit-sack",
                             "congestion-avoidance",
                             "slow-start",
                             "tail-loss",
                             "tail-loss-probe",
                             "rack",
                             "zero-window",
                             "sliding-window",
                             "window-update-lost",
                             "silly-window",
                             "syn-lost",
                             "syn-ack-lost",
                             "third-segment-lost-data",
                             "simultaneous-open",
                             "time-wait-last-ack-lost",
                             "karn",
                             "rto-measured",
                             "path-mtu-tcp",
                             "teardown",
                             "half-close",
                             "bulk-transfer"}) {
        for (const Frame& f : framesOf(name)) {
            INFO(name << ", frame " << f.number << ": " << f.cause);
            CHECK(f.again == again.contains(f.cause));
            if (f.repeatedAck)
                CHECK((f.cause.starts_with("sent-ack-") || f.cause.starts_with("sent-challenge-")));
            if (f.cause == "sent-ack-out-of-order")
                CHECK(f.repeatedAck);
            CHECK(f.probe == (f.cause == "sent-zero-window-probe"));
            CHECK(f.update == (f.cause == "sent-ack-window-update"));
            CHECK(f.shut == f.tcpWindowIsZero);
            retransmissions += f.again ? 1 : 0;
            repeated += f.repeatedAck ? 1 : 0;
            probes += f.probe ? 1 : 0;
            updates += f.update ? 1 : 0;
            shut += f.shut ? 1 : 0;
        }
    }
    CHECK(retransmissions > 50); // none of the kinds has been left out
    CHECK(repeated > 50);
    CHECK(probes > 0);
    CHECK(updates > 0);
    CHECK(shut > 0);
}

} // namespace packetarium::capture_causes_test
