// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/exchange.h"

#include "core/scenario/scenario_file.h"
#include "tests/support/catch.h"

#include <fmt/format.h>
#include <stdexcept>

namespace packetarium {

namespace {

Scenario loadBuiltin(const std::string& name)
{
    auto scenario = builtinScenario(name);
    if (!scenario) {
        const InputError& error = scenario.error();
        std::string args;
        for (const std::string& arg : error.args)
            args += " [" + arg + "]";
        throw std::runtime_error(fmt::format("scenario {}: line {}, column {}: error {}{}", name, error.line,
                                             error.column, static_cast<int>(error.id), args));
    }
    return std::move(scenario).value();
}

Engine runWhole(Scenario scenario)
{
    Engine engine(std::move(scenario));
    engine.runToEnd();
    return engine;
}

std::string seconds(SimTime t)
{
    return t.isNever() ? "never" : fmt::format("{:.6f} s", t.toSeconds());
}

std::string seconds(SimDuration d)
{
    return fmt::format("{:.6f} s", d.toSeconds());
}

std::string numbersOf(const std::string& flags, std::uint32_t seq, std::optional<std::uint32_t> ack, std::uint32_t len)
{
    std::string text = fmt::format("{} SEQ={}", flags, seq);
    if (ack)
        text += fmt::format(" ACK={}", *ack);
    if (len > 0)
        text += fmt::format(" with {} octets", len);
    return text;
}

} // namespace

Exchange::Exchange(const std::string& builtinName)
    : Exchange(loadBuiltin(builtinName))
{}

Exchange::Exchange(Scenario scenario)
    : engine_(runWhole(std::move(scenario)))
    , moments_(engine_.trace())
{
    story_ = "In the scenario \"" + engine_.scenario().name + "\":\n";
}

PacketInfo Exchange::current() const
{
    if (next_ == 0)
        throw std::logic_error("name a segment first");
    return trace().packets()[std::min(next_, trace().packets().size()) - 1];
}

bool Exchange::isNamed(NodeId id, std::string_view host) const
{
    const std::size_t index = host == "client" ? 0 : host == "server" ? 1 : 2;
    if (index == 2)
        throw std::logic_error("a host is \"client\" or \"server\"");
    return id.value() == index;
}

std::string Exchange::describe(const PacketInfo& p) const
{
    const std::optional<std::uint32_t> ack = p.flags.ack() ? std::optional(p.ack.value()) : std::nullopt;
    const std::string who = p.injected ? "out of nowhere comes" : p.from.value() == 0 ? "client sends" : "server sends";
    return who + " " + numbersOf(p.flags.toString(), p.seq.value(), ack, p.length);
}

Exchange& Exchange::expect(const std::string& step, const std::function<std::string()>& instead)
{
    if (!problem_.empty())
        return *this;
    const std::string line = fmt::format("  {:2}. {}\n", ++steps_, step);
    const std::string but = instead();
    if (but.empty()) {
        story_ += line;
        return *this;
    }
    problem_ = story_ + line + "      but: " + but + "\nThe whole run:\n";
    for (const PacketInfo& p : trace().packets())
        problem_ +=
            fmt::format("  {:>14}  {}{}\n", seconds(p.sentAt), describe(p), p.fate == Fate::Lost ? " (lost)" : "");
    return *this;
}

Exchange& Exchange::segment(std::size_t host, bool injected, const std::string& flags, const Numbers& numbers)
{
    const bool hasAck = flags.find("ACK") != std::string::npos;
    if (hasAck != numbers.ack.has_value())
        throw std::logic_error(flags + ": an ACK bit goes with an acknowledgment number");
    // Whether it had to arrive is known once the next segment is named.
    if (next_ > 0 && problem_.empty() && !mayBeLost_ && current().fate != Fate::Arrived)
        expect("it arrives", [&] { return "it is lost"; });
    mayBeLost_ = false;
    const std::string who = injected ? "out of nowhere comes" : host == 0 ? "client sends" : "server sends";
    const std::string wanted = who + " " + numbersOf(flags, numbers.seq, numbers.ack, numbers.len);
    return expect(wanted, [&]() -> std::string {
        if (next_ == trace().packets().size())
            return "nothing more is sent";
        const std::string found = describe(trace().packets()[next_++]);
        return found == wanted ? "" : found;
    });
}

Exchange& Exchange::lost()
{
    mayBeLost_ = true;
    return expect("it is lost", [&] { return current().fate == Fate::Lost ? "" : "it is not"; });
}

Exchange& Exchange::again()
{
    return expect("it is a retransmission", [&]() -> std::string {
        const PacketInfo& p = current();
        return p.retransmission && p.cause == Reason::SentRetransmission
                   ? ""
                   : "it is sent for another reason: " + std::string(toString(p.cause));
    });
}

Exchange& Exchange::sentAt(SimDuration sinceStart)
{
    return expect("at " + seconds(sinceStart), [&] {
        const SimTime at = current().sentAt;
        return at - SimTime::zero() == sinceStart ? "" : "at " + seconds(at);
    });
}

Exchange& Exchange::after(SimDuration sincePrevious)
{
    return expect(seconds(sincePrevious) + " after the one before", [&]() -> std::string {
        if (next_ < 2)
            return "there is none before";
        const SimDuration passed = current().sentAt - trace().packets()[next_ - 2].sentAt;
        return passed == sincePrevious ? "" : seconds(passed) + " after it";
    });
}

Exchange& Exchange::because(Reason cause)
{
    return expect("because: " + std::string(toString(cause)),
                  [&] { return current().cause == cause ? "" : "because: " + std::string(toString(current().cause)); });
}

Exchange& Exchange::ignored(Reason why)
{
    return expect("it is ignored: " + std::string(toString(why)), [&]() -> std::string {
        for (const Record& r : trace().records()) {
            if (r.kind == RecordKind::SegmentIgnored && r.packet == current().id)
                return r.reason == why ? "" : "it is ignored: " + std::string(toString(r.reason));
        }
        return "it is not ignored";
    });
}

std::string Exchange::statesInstead(SimTime t, std::string_view client, std::string_view server) const
{
    const Moment m = moments_.at(t);
    const std::string_view c = toString(m.hosts[0].state), s = toString(m.hosts[1].state);
    return c == client && s == server ? "" : fmt::format("client is in {}, server in {}", c, s);
}

Exchange& Exchange::states(std::string_view client, std::string_view server)
{
    return expect(fmt::format("then client is in {}, server in {}", client, server),
                  [&] { return statesInstead(current().endAt, client, server); });
}

Exchange& Exchange::statesAt(SimTime t, std::string_view client, std::string_view server)
{
    return expect(fmt::format("at {} ({} ns) client is in {}, server in {}", seconds(t), t.ns(), client, server),
                  [&] { return statesInstead(t, client, server); });
}

Exchange& Exchange::atFirst(std::string_view client, std::string_view server)
{
    return expect(fmt::format("at first client is in {}, server in {}", client, server),
                  [&] { return statesInstead(SimTime::zero(), client, server); });
}

Exchange& Exchange::atLast(std::string_view client, std::string_view server)
{
    return expect(fmt::format("at last client is in {}, server in {}", client, server),
                  [&] { return statesInstead(trace().end(), client, server); });
}

Exchange& Exchange::takes(std::string_view host, TcpEvent event)
{
    return expect(fmt::format("{} changes state because of {}", host, toString(event)), [&]() -> std::string {
        std::string others;
        for (const Record& r : trace().records()) {
            if (r.kind != RecordKind::StateChange || r.at != current().endAt || !isNamed(r.host, host) ||
                r.value >= tcpTransitions().size())
                continue;
            const TcpEvent taken = tcpTransitions()[r.value].event;
            if (taken == event)
                return "";
            others += " because of " + std::string(toString(taken));
        }
        return others.empty() ? "it does not change state" : "it does" + others;
    });
}

Exchange& Exchange::starts(std::string_view host, Timer timer, SimDuration lasting)
{
    return expect(fmt::format("{} starts its {} timer for {}", host, toString(timer), seconds(lasting)),
                  [&]() -> std::string {
                      std::string others;
                      for (const Record& r : trace().records()) {
                          if (r.kind != RecordKind::Timer || r.timer() != timer ||
                              r.timerChange() != TimerChange::Started || !isNamed(r.host, host))
                              continue;
                          const SimDuration set = SimTime::fromNs(static_cast<std::int64_t>(r.value)) - r.at;
                          if (r.at != current().sentAt && r.at != current().endAt)
                              continue;
                          if (set == lasting)
                              return "";
                          others += " for " + seconds(set);
                      }
                      return others.empty() ? "it does not" : "it starts it" + others;
                  });
}

std::string Exchange::toldInstead(SimTime t, std::string_view host, AppCall what, AppResult result) const
{
    std::string others;
    for (const Record& r : trace().records()) {
        if (r.kind != RecordKind::App || r.at != t || !isNamed(r.host, host))
            continue;
        if (r.call() == what && r.result() == result)
            return "";
        others += fmt::format(" {}/{}", toString(r.call()), toString(r.result()));
    }
    return others.empty() ? "nothing is told to it then" : "what happens is" + others;
}

Exchange& Exchange::tells(std::string_view host, AppCall what, AppResult result)
{
    return expect(fmt::format("{}'s program is told: {}/{}", host, toString(what), toString(result)),
                  [&] { return toldInstead(current().endAt, host, what, result); });
}

Exchange& Exchange::toldAt(SimTime t, std::string_view host, AppCall what, AppResult result)
{
    return expect(fmt::format("at {} {}'s program is told: {}/{}", seconds(t), host, toString(what), toString(result)),
                  [&] { return toldInstead(t, host, what, result); });
}

Exchange& Exchange::readInAll(std::string_view host, std::uint64_t octets)
{
    return expect(fmt::format("{}'s program has read {} octets in all", host, octets), [&]() -> std::string {
        const Moment m = moments_.at(trace().end());
        for (const HostMoment& h : m.hosts) {
            if (isNamed(h.id, host))
                return h.octetsRead == octets ? "" : fmt::format("it has read {}", h.octetsRead);
        }
        return "there is no such host";
    });
}

void Exchange::nothingElse()
{
    if (next_ > 0 && problem_.empty() && !mayBeLost_ && current().fate != Fate::Arrived)
        expect("it arrives", [&] { return "it is lost"; });
    expect("nothing else is sent", [&] {
        return next_ == trace().packets().size()
                   ? ""
                   : describe(trace().packets()[next_]) + " at " + seconds(trace().packets()[next_].sentAt);
    });
    if (!problem_.empty())
        FAIL(problem_);
    SUCCEED();
}

} // namespace packetarium
