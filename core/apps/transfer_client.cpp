// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apps/transfer.h"
#include "core/apps/transfer_lines.h"

#include <algorithm>
#include <charconv>

namespace packetarium {

std::optional<std::vector<std::uint32_t>> numbersAfter(std::string_view word, std::string_view line, std::size_t count)
{
    if (!line.starts_with(word) || !line.ends_with("\r\n"))
        return std::nullopt;
    line.remove_prefix(word.size());
    line.remove_suffix(2);
    std::vector<std::uint32_t> numbers;
    while (!line.empty()) {
        std::uint32_t number = 0;
        const char* end = line.data() + line.size();
        const auto [after, error] = std::from_chars(line.data() + 1, end, number);
        if (line.front() != ' ' || error != std::errc())
            return std::nullopt;
        numbers.push_back(number);
        line.remove_prefix(static_cast<std::size_t>(after - line.data()));
    }
    return numbers.size() == count ? std::optional(numbers) : std::nullopt;
}

void TransferClient::begin(const AppContext& app, const DoTransfer& asked, const IpAddress& address)
{
    const From from{asked.to, asked.port};
    const auto running = std::find_if(jobs_.begin(), jobs_.end(), [&](const Job& job) { return job.from == from; });
    if (running != jobs_.end()) { // begun again while it runs
        app.host.abortConn(app.cx, running->conn);
        cut(app, *running, ProgramTrouble::None);
    }
    if (!asked.resume)
        safe_.erase(from);
    Job job;
    job.from = from;
    job.checkpoint = std::max<std::uint32_t>(1, asked.checkpoint);
    job.received = safe_[from];
    jobs_.push_back(std::move(job));
    if (!app.host.ip().sourceFor(address)) {
        cut(app, jobs_.back(), ProgramTrouble::NotReachable);
        return;
    }
    const Host::Opened opened = app.host.connectTo(app.cx, 0, Endpoint{address, asked.port});
    jobs_.back().conn = opened.conn;
    if (opened.result != AppResult::Ok)
        cut(app, jobs_.back(), troubleOf(opened.result));
}

bool TransferClient::onNews(const AppContext& app, ConnId conn, AppCall what, AppResult result)
{
    Job* job = jobOn(conn);
    if (job == nullptr)
        return false;
    switch (what) {
    case AppCall::Opened: {
        noteProgram(app, ProgramEvent::TransferAsked, {.value = job->received, .conn = conn});
        job->deadline = app.now() + kPatience;
        const std::string line = "GET " + std::to_string(job->received) + "\r\n";
        app.host.sendOn(app.cx, conn, Bytes(line.begin(), line.end()));
        break;
    }
    case AppCall::PeerClosed:
        app.host.closeConn(app.cx, conn);
        cut(app, *job, ProgramTrouble::BadAnswer);
        break;
    case AppCall::Failed:
    case AppCall::Closed: cut(app, *job, troubleOf(result)); break;
    default: break;
    }
    return true;
}

bool TransferClient::onData(const AppContext& app, ConnId conn, ByteView data)
{
    Job* job = jobOn(conn);
    if (job == nullptr)
        return false;
    job->deadline = app.now() + kPatience;
    if (!job->begun && !readAnswer(app, *job, data))
        return true;
    store(app, *job, data);
    return true;
}

/// Takes the first line off the data. False if it is not whole yet, or refuses.
bool TransferClient::readAnswer(const AppContext& app, Job& job, ByteView& data)
{
    while (!data.empty() && !job.answer.ends_with('\n') && job.answer.size() <= kMostLine) {
        job.answer.push_back(static_cast<char>(data.front()));
        data = data.subspan(1);
    }
    if (!job.answer.ends_with('\n') && job.answer.size() <= kMostLine)
        return false;
    const auto numbers = numbersAfter("OK", job.answer, 2);
    if (!numbers || (*numbers)[0] != job.received || (*numbers)[1] < job.received) {
        app.host.closeConn(app.cx, job.conn);
        cut(app, job, ProgramTrouble::BadAnswer);
        return false;
    }
    job.total = (*numbers)[1];
    job.begun = true;
    return true;
}

void TransferClient::store(const AppContext& app, Job& job, ByteView data)
{
    std::uint32_t& safe = safe_[job.from];
    for (const std::uint8_t octet : data) {
        if (job.received == job.total || octet != fileOctet(job.received)) {
            app.host.abortConn(app.cx, job.conn);
            cut(app, job, ProgramTrouble::BadAnswer);
            return;
        }
        if (++job.received % job.checkpoint == 0) {
            safe = job.received;
            noteProgram(app, ProgramEvent::TransferCheckpoint, {.value = safe, .conn = job.conn});
        }
    }
    if (job.received < job.total)
        return;
    noteProgram(app, ProgramEvent::TransferDone, {.value = job.total, .conn = job.conn});
    app.host.closeConn(app.cx, job.conn);
    safe_.erase(job.from);
    end(job);
}

bool TransferClient::onIcmp(const AppContext& app, const IcmpDelivery& error)
{
    if (error.trouble == ProgramTrouble::None || error.protocol != kProtocolTcp)
        return false;
    for (Job& job : jobs_) {
        const Connection* tcp = app.host.connection(job.conn);
        if (tcp == nullptr || tcp->state() != TcpState::SynSent || tcp->local() != error.originalFrom ||
            tcp->remote() != error.originalTo)
            continue;
        app.host.abortConn(app.cx, job.conn);
        cut(app, job, error.trouble);
        return true;
    }
    return false;
}

void TransferClient::onTimer(const AppContext& app)
{
    for (std::size_t i = jobs_.size(); i-- > 0;) {
        if (jobs_[i].deadline > app.now())
            continue;
        app.host.abortConn(app.cx, jobs_[i].conn);
        cut(app, jobs_[i], ProgramTrouble::NoAnswer);
    }
}

SimTime TransferClient::nextDeadline() const
{
    SimTime next = SimTime::never();
    for (const Job& job : jobs_)
        next = earlier(next, job.deadline);
    return next;
}

void TransferClient::cut(const AppContext& app, Job& job, ProgramTrouble trouble)
{
    noteProgram(app, ProgramEvent::TransferCut, {.value = safe_[job.from], .trouble = trouble, .conn = job.conn});
    end(job);
}

void TransferClient::end(Job& job)
{
    jobs_.erase(jobs_.begin() + (&job - jobs_.data()));
}

TransferClient::Job* TransferClient::jobOn(ConnId conn)
{
    const auto found = std::find_if(jobs_.begin(), jobs_.end(), [&](const Job& job) { return job.conn == conn; });
    return found == jobs_.end() ? nullptr : &*found;
}

} // namespace packetarium
