// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One Connection on a bench. A test is a script of what is done to it and what
// is expected of it; whatever it says has to be expected before the next thing
// is done, so that nothing is sent, delivered or told behind a test's back.
// When a step fails, the exception's text is the script up to there.
//
// The end on the bench: 10.0.0.1 port 49152, ISN 100, a receive buffer of 1,000
// octets, so that a window's edges are easy to hit. The peer: 10.0.0.2 port 80.

#include "core/tcp/connection.h"
#include "tests/support/tcp_words.h"

#include <map>
#include <source_location>
#include <stdexcept>
#include <string>
#include <vector>

namespace packetarium::testing {

/// The text says which step failed, and all steps before it.
class StepFailed : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

class TcpRig final : private TcpSink {
public:
    using Where = std::source_location;
    using Field = SegmentField;

    static constexpr Ipv4Address kLocal{0x0a000001}, kRemote{0x0a000002};
    static constexpr std::uint16_t kLocalPort = 49152, kRemotePort = 80;
    /// ISN 100 and a receive buffer of 1,000 octets; else as the profile has it.
    static TcpConfig config(Profile profile = Profile::Rfc);

    explicit TcpRig(const TcpConfig& config = TcpRig::config());

    // What the program does
    AppResult openActive(Where where = Where::current());
    AppResult openPassive(std::optional<Endpoint> remote = std::nullopt, Where where = Where::current());
    AppResult send(const std::string& octets, Where where = Where::current());
    AppResult read(std::uint32_t most = 0, Where where = Where::current());
    void autoRead(bool on, Where where = Where::current());
    AppResult shutdown(Where where = Where::current());
    AppResult close(Where where = Where::current());
    AppResult abort(Where where = Where::current());
    void configure(const TcpConfig& config, Where where = Where::current());
    std::size_t sendRoom() const { return tcp_.sendRoom(); }

    // What the network says
    void onIcmpError(std::uint32_t seq, bool soft, AppResult meaning, Where where = Where::current());
    void onPathMtu(std::uint16_t mss, Where where = Where::current());

    // What the peer and the clock do
    /// A window of 65535 unless win() is given. "SYN,ACK", "FIN,ACK", ...; "" for a segment without control bits.
    void receive(const std::string& flags, Field a = {}, Field b = {}, Field c = {}, Field d = {}, Field e = {},
                 Field f = {}, Field g = {}, Where where = Where::current());
    /// Timers run when they are due on the way.
    void pass(SimDuration time, Where where = Where::current());
    /// To one nanosecond before the deadline of `timer`, where nothing may happen, and then to the deadline.
    void passToTimer(Timer timer, Where where = Where::current());

    // What is expected
    /// The next segment, with exactly these fields: payload none unless data() is given; window and MSS as given or any.
    /// Options as tests/support/tcp_words.h has it; TSval, if there is one, is always the clock of this end.
    void expectSent(const std::string& flags, Field a = {}, Field b = {}, Field c = {}, Field d = {}, Field e = {},
                    Field f = {}, Field g = {}, Where where = Where::current());
    void expectSentBecause(Reason reason, Where where = Where::current()); ///< of the segment expected last
    void expectState(const std::string& state, Where where = Where::current());
    void expectDelivered(const std::string& octets, Where where = Where::current());
    void expectTold(AppCall what, AppResult result = AppResult::Ok, Where where = Where::current());
    void expectIgnored(Reason reason, Where where = Where::current());
    /// Nothing sent, delivered, told or ignored that was not expected.
    void expectNothing(Where where = Where::current());
    /// The timer runs and is due so long from now.
    void expectTimer(Timer timer, SimDuration fromNow, Where where = Where::current());
    void expectNoTimer(Timer timer, Where where = Where::current());
    void expectResult(AppResult got, AppResult expected, Where where = Where::current());
    /// What the connection last published for whoever follows the trace.
    void expectVariable(Variable variable, std::uint64_t value, Where where = Where::current());
    /// cwnd and ssthresh, in octets.
    void expectWindows(std::uint32_t cwnd, std::uint32_t ssthresh, Where where = Where::current());
    /// Forgets what was said and not yet expected; for the way to where a test begins.
    void skipWhatWasSaid() { news_.clear(); }

    /// ESTABLISHED by an active open: ISS 100, IRS 300, nothing outstanding.
    static TcpRig established(const TcpConfig& config = TcpRig::config());
    /// So, but the peer has never offered more than this.
    static TcpRig establishedWithPeerWindow(std::uint32_t octets, const TcpConfig& config = TcpRig::config());
    /// So, with everything agreed on that `config` offers: the peer's MSS is 1000, its shift `shift`, its first TSval 5000, and
    /// its SYN,ACK came at once.
    static TcpRig agreed(const TcpConfig& config, std::uint32_t peerWindow = 65535, std::uint32_t shift = 0);
    /// In any state, by the shortest way; the peer's ISN is 300. SYN-RECEIVED: by a passive open.
    static TcpRig inState(TcpState state, const TcpConfig& config = TcpRig::config());

    const Connection& tcp() const { return tcp_; }
    Connection& tcp() { return tcp_; }
    SimTime now() const { return now_; }
    /// The rows of tcpTransitions() that were taken, oldest first.
    const std::vector<int>& rowsTaken() const { return rows_; }
    std::optional<SimTime> deadlineOf(Timer timer) const;
    /// Everything said and not yet expected, one line each, for tests that compare it themselves: "ACK 101 301", ...
    std::vector<std::string> takeNews();
    TcpSink& sink() { return *this; }

private:
    struct News {
        enum class Kind : std::uint8_t { Sent, Delivered, Told, Ignored } kind{};
        TcpSegment segment;
        Reason reason = Reason::None;
        bool retransmission = false;
        std::string octets;
        AppCall call{};
        AppResult result{};
    };
    void sendSegment(const TcpSegment& segment, Reason cause, bool retransmission) override;
    void deliver(ByteView octets) override;
    void tell(AppCall what, AppResult result) override;
    void stateChanged(const TcpTransition& row) override;
    void variableChanged(Variable variable, std::uint64_t value) override { variables_[variable] = value; }
    void timerChanged(Timer timer, TimerChange change, SimTime deadline) override;
    void ignored(Reason why) override;

    void step(const std::string& what, const Where& where);
    void requireNoNews(const char* before);
    void requireInvariants();
    News next(News::Kind kind, const std::string& expected);
    [[noreturn]] void fail(const std::string& why) const;
    static std::string describe(const News& news);

    Connection tcp_;
    SimTime now_;
    std::vector<News> news_;
    Reason lastReason_ = Reason::None;
    std::vector<int> rows_;
    std::array<SimTime, kTimerCount> deadlines_;
    std::vector<std::string> steps_;
    std::map<Variable, std::uint64_t> variables_;
    std::optional<std::uint32_t> clockAtStart_; ///< TSval as it would have been when the script began
};

} // namespace packetarium::testing
