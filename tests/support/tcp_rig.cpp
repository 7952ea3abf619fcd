// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/tcp_rig.h"

#include "tests/support/catch.h"

namespace packetarium::testing {

TcpConfig TcpRig::config(Profile profile)
{
    TcpConfig config = TcpConfig::forProfile(profile);
    config.iss = Seq32(100);
    config.receiveBuffer = 1000;
    return config;
}

TcpRig::TcpRig(const TcpConfig& config)
    : tcp_(config, IsnSecret{1, 2}, kLocal)
{
    deadlines_.fill(SimTime::never());
}

// --- what the program does ---

AppResult TcpRig::openActive(Where where)
{
    step("the program opens actively", where);
    const AppResult result = tcp_.openActive(now_, kLocalPort, Endpoint{kRemote, kRemotePort}, *this);
    requireInvariants();
    return result;
}

AppResult TcpRig::openPassive(std::optional<Endpoint> remote, Where where)
{
    step("the program opens passively", where);
    const AppResult result = tcp_.openPassive(now_, kLocalPort, remote, *this);
    requireInvariants();
    return result;
}

AppResult TcpRig::send(const std::string& octets, Where where)
{
    step("the program sends " + quoted(octets), where);
    const Bytes bytes(octets.begin(), octets.end());
    const AppResult result = tcp_.send(now_, ByteView(bytes), *this);
    requireInvariants();
    return result;
}

AppResult TcpRig::read(std::uint32_t most, Where where)
{
    step(most == 0 ? "the program reads what is there" : "the program reads up to " + std::to_string(most) + " octets",
         where);
    const AppResult result = tcp_.receive(now_, most, *this);
    requireInvariants();
    return result;
}

void TcpRig::autoRead(bool on, Where where)
{
    step(on ? "the program reads at once from now on" : "the program stops reading", where);
    tcp_.setAutoRead(now_, on, *this);
    requireInvariants();
}

AppResult TcpRig::shutdown(Where where)
{
    step("the program shuts down its sending side", where);
    const AppResult result = tcp_.shutdown(now_, *this);
    requireInvariants();
    return result;
}

AppResult TcpRig::close(Where where)
{
    step("the program closes", where);
    const AppResult result = tcp_.close(now_, *this);
    requireInvariants();
    return result;
}

AppResult TcpRig::abort(Where where)
{
    step("the program aborts", where);
    const AppResult result = tcp_.abort(now_, *this);
    requireInvariants();
    return result;
}

void TcpRig::configure(const TcpConfig& config, Where where)
{
    step("other settings from now on", where);
    tcp_.configure(now_, config, *this);
    requireInvariants();
}

void TcpRig::onIcmpError(std::uint32_t seq, bool soft, AppResult meaning, Where where)
{
    step(std::string(soft ? "a soft" : "a hard") + " ICMP error comes about seq " + std::to_string(seq), where);
    tcp_.onIcmpError(now_, Seq32(seq), soft, meaning, *this);
    requireInvariants();
}

void TcpRig::onPathMtu(std::uint16_t mss, Where where)
{
    step("a router says that a segment may carry " + std::to_string(mss) + " octets", where);
    tcp_.onPathMtu(now_, mss, *this);
    requireInvariants();
}

// --- what the peer and the clock do ---

void TcpRig::receive(const std::string& flags, Field a, Field b, Field c, Field d, Field e, Field f, Field g,
                     Where where)
{
    step("there arrives " + describeFields(flags, {a, b, c, d, e, f, g}), where);
    if (tcp_.state() == TcpState::Listen)
        tcp_.hearFrom(kRemote);
    TcpSegment segment = segmentFrom(flags, {a, b, c, d, e, f, g});
    if (segment.timestamps && segment.flags.ack())
        segment.timestamps->echo += clockAtStart_.value_or(0);
    tcp_.onSegment(now_, segment, *this);
    requireInvariants();
}

void TcpRig::pass(SimDuration time, Where where)
{
    const SimTime until = now_ + time;
    step("time passes to " + seconds(until), where);
    while (tcp_.nextDeadline() <= until) {
        now_ = std::max(now_, tcp_.nextDeadline());
        tcp_.onTimer(now_, *this);
        requireInvariants();
    }
    now_ = until;
}

void TcpRig::passToTimer(Timer timer, Where where)
{
    const SimTime due = deadlines_[static_cast<std::size_t>(timer)];
    step("time passes to the deadline of the " + std::string(toString(timer)) + " timer", where);
    if (due.isNever() || tcp_.nextDeadline() != due)
        fail("it is not the next to be due");
    now_ = due - SimDuration::nanoseconds(1);
    tcp_.onTimer(now_, *this);
    requireNoNews("one nanosecond before the deadline");
    now_ = due;
    tcp_.onTimer(now_, *this);
    requireInvariants();
}

// --- what is expected ---

void TcpRig::expectSent(const std::string& flags, Field a, Field b, Field c, Field d, Field e, Field f, Field g,
                        Where where)
{
    const std::string expected = describeFields(flags, {a, b, c, d, e, f, g});
    steps_.push_back("expected to be sent: " + expected + "  (line " + std::to_string(where.line()) + ")");
    News news = next(News::Kind::Sent, expected);
    if (news.segment.timestamps)
        news.segment.timestamps->value -= clockAtStart_.value_or(0);
    const std::string wrong = difference(news.segment, news.retransmission, flags, {a, b, c, d, e, f, g});
    if (!wrong.empty())
        fail("what was sent instead: " + describe(news) + " (" + wrong + ")");
    lastReason_ = news.reason;
    SUCCEED(expected);
}

void TcpRig::expectSentBecause(Reason reason, Where where)
{
    steps_.push_back("expected as its reason: " + std::string(toString(reason)) + "  (line " +
                     std::to_string(where.line()) + ")");
    if (lastReason_ != reason)
        fail("its reason is " + std::string(toString(lastReason_)));
}

void TcpRig::expectState(const std::string& state, Where where)
{
    steps_.push_back("expected state: " + state + "  (line " + std::to_string(where.line()) + ")");
    if (toString(tcp_.state()) != state)
        fail("the state is " + std::string(toString(tcp_.state())));
    SUCCEED(state);
}

void TcpRig::expectDelivered(const std::string& octets, Where where)
{
    steps_.push_back("expected to be delivered: " + quoted(octets) + "  (line " + std::to_string(where.line()) + ")");
    const News news = next(News::Kind::Delivered, quoted(octets));
    if (news.octets != octets)
        fail("what was delivered instead: " + quoted(news.octets));
    SUCCEED(octets);
}

void TcpRig::expectTold(AppCall what, AppResult result, Where where)
{
    const std::string expected = std::string(toString(what)) + " " + std::string(toString(result));
    steps_.push_back("expected to be told to the program: " + expected + "  (line " + std::to_string(where.line()) +
                     ")");
    const News news = next(News::Kind::Told, expected);
    if (news.call != what || news.result != result)
        fail("what was told instead: " + describe(news));
    SUCCEED(expected);
}

void TcpRig::expectIgnored(Reason reason, Where where)
{
    steps_.push_back("expected to be ignored: " + std::string(toString(reason)) + "  (line " +
                     std::to_string(where.line()) + ")");
    const News news = next(News::Kind::Ignored, std::string(toString(reason)));
    if (news.reason != reason)
        fail("the reason is " + std::string(toString(news.reason)));
    SUCCEED();
}

void TcpRig::expectNothing(Where where)
{
    steps_.push_back("expected: nothing more  (line " + std::to_string(where.line()) + ")");
    requireNoNews("here");
    SUCCEED();
}

void TcpRig::expectTimer(Timer timer, SimDuration fromNow, Where where)
{
    const SimTime expected = now_ + fromNow;
    steps_.push_back("expected: the " + std::string(toString(timer)) + " timer is due at " + seconds(expected) +
                     "  (line " + std::to_string(where.line()) + ")");
    const SimTime due = deadlines_[static_cast<std::size_t>(timer)];
    if (due != expected)
        fail(due.isNever() ? "it does not run" : "it is due at " + seconds(due));
    SUCCEED();
}

void TcpRig::expectNoTimer(Timer timer, Where where)
{
    steps_.push_back("expected: the " + std::string(toString(timer)) + " timer does not run  (line " +
                     std::to_string(where.line()) + ")");
    const SimTime due = deadlines_[static_cast<std::size_t>(timer)];
    if (!due.isNever())
        fail("it is due at " + seconds(due));
    SUCCEED();
}

void TcpRig::expectResult(AppResult got, AppResult expected, Where where)
{
    steps_.push_back("expected as the call's result: " + std::string(toString(expected)) + "  (line " +
                     std::to_string(where.line()) + ")");
    if (got != expected)
        fail("it returned " + std::string(toString(got)));
    SUCCEED();
}

void TcpRig::expectVariable(Variable variable, std::uint64_t value, Where where)
{
    steps_.push_back("expected: " + std::string(toString(variable)) + " is " + std::to_string(value) + "  (line " +
                     std::to_string(where.line()) + ")");
    const auto found = variables_.find(variable);
    if (found == variables_.end())
        fail("it was never published");
    if (found->second != value)
        fail("it is " + std::to_string(found->second));
    SUCCEED();
}

void TcpRig::expectWindows(std::uint32_t cwnd, std::uint32_t ssthresh, Where where)
{
    steps_.push_back("expected: cwnd is " + std::to_string(cwnd) + ", ssthresh " + std::to_string(ssthresh) +
                     "  (line " + std::to_string(where.line()) + ")");
    if (tcp_.cwnd() != cwnd || tcp_.ssthresh() != ssthresh)
        fail("cwnd is " + std::to_string(tcp_.cwnd()) + ", ssthresh " + std::to_string(tcp_.ssthresh()));
    SUCCEED();
}

std::optional<SimTime> TcpRig::deadlineOf(Timer timer) const
{
    const SimTime due = deadlines_[static_cast<std::size_t>(timer)];
    return due.isNever() ? std::nullopt : std::optional(due);
}

std::vector<std::string> TcpRig::takeNews()
{
    std::vector<std::string> lines;
    for (const News& news : news_)
        lines.push_back(describe(news));
    news_.clear();
    return lines;
}

// --- what the connection says ---

void TcpRig::sendSegment(const TcpSegment& segment, Reason cause, bool retransmission)
{
    if (segment.timestamps) { // RFC 7323 §5.4: here a clock of milliseconds
        const std::uint32_t start = segment.timestamps->value - static_cast<std::uint32_t>(now_.ns() / 1'000'000);
        if (clockAtStart_.value_or(start) != start)
            fail("the timestamp clock has jumped");
        clockAtStart_ = start;
    }
    News news;
    news.kind = News::Kind::Sent;
    news.segment = segment;
    news.reason = cause;
    news.retransmission = retransmission;
    news_.push_back(news);
}

void TcpRig::deliver(ByteView octets)
{
    News news;
    news.kind = News::Kind::Delivered;
    news.octets.assign(octets.begin(), octets.end());
    news_.push_back(news);
}

void TcpRig::tell(AppCall what, AppResult result)
{
    News news;
    news.kind = News::Kind::Told;
    news.call = what;
    news.result = result;
    news_.push_back(news);
}

void TcpRig::stateChanged(const TcpTransition& row)
{
    rows_.push_back(transitionIndex(row));
    if (row.to != tcp_.state())
        fail("the row that was told does not lead to the state");
}

void TcpRig::timerChanged(Timer timer, TimerChange change, SimTime deadline)
{
    deadlines_[static_cast<std::size_t>(timer)] = change == TimerChange::Started ? deadline : SimTime::never();
    if (change == TimerChange::Fired && deadline > now_)
        fail("the " + std::string(toString(timer)) + " timer fired before its deadline");
}

void TcpRig::ignored(Reason why)
{
    News news;
    news.kind = News::Kind::Ignored;
    news.reason = why;
    news_.push_back(news);
}

// --- the script ---

void TcpRig::step(const std::string& what, const Where& where)
{
    steps_.push_back(seconds(now_) + ": " + what + "  (line " + std::to_string(where.line()) + ")");
    // What was ignored is a remark for the trace; a test that cares about it expects it.
    std::erase_if(news_, [](const News& news) { return news.kind == News::Kind::Ignored; });
    requireNoNews("before this step");
}

void TcpRig::requireNoNews(const char* before)
{
    for (const News& news : news_) {
        if (news.kind != News::Kind::Ignored)
            fail(std::string(before) + " this had not been expected: " + describe(news));
    }
}

void TcpRig::requireInvariants()
{
    try {
        tcp_.checkInvariants();
    } catch (const std::logic_error& broken) {
        fail(std::string("this no longer holds: ") + broken.what());
    }
}

TcpRig::News TcpRig::next(News::Kind kind, const std::string& expected)
{
    for (auto news = news_.begin(); news != news_.end(); ++news) {
        // Each kind keeps its own order; how kinds interleave is free.
        if (news->kind == kind) {
            News found = *news;
            news_.erase(news);
            return found;
        }
    }
    std::string said;
    for (const News& news : news_)
        said += "; " + describe(news);
    fail("there was none: " + expected + said);
}

void TcpRig::fail(const std::string& why) const
{
    std::string text;
    for (std::size_t i = 0; i < steps_.size(); ++i)
        text += "\n  " + std::to_string(i + 1) + ". " + steps_[i];
    throw StepFailed("the last step failed: " + why + "\nthe steps were:" + text);
}

std::string TcpRig::describe(const News& news)
{
    switch (news.kind) {
    case News::Kind::Sent: {
        const TcpSegment& s = news.segment;
        std::string text = (news.retransmission ? "sent again " : "sent ") + s.flags.toString() + " seq " +
                           std::to_string(s.seq.value());
        if (s.flags.ack())
            text += " ack " + std::to_string(s.ack.value());
        if (!s.sack.empty())
            text += " SACK " + written(s.sack);
        if (!s.payload.empty())
            text += " data " + quoted(std::string(s.payload.begin(), s.payload.end()));
        return text;
    }
    case News::Kind::Delivered: return "delivered " + quoted(news.octets);
    case News::Kind::Told: return "told " + std::string(toString(news.call)) + " " + std::string(toString(news.result));
    case News::Kind::Ignored: return "ignored " + std::string(toString(news.reason));
    }
    return {};
}

} // namespace packetarium::testing
