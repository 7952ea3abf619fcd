// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A file transfer that can be cut and go on where it was: what OSI calls the
// session layer's synchronization points. Over TCP, in lines of ASCII:
//
//   client:  GET <offset> CR LF
//   server:  OK <offset> <octets of the whole file> CR LF, then the octets from
//            the offset on, then it closes; or NO CR LF, and it closes
//
// The client makes sure of what has come at every multiple of its checkpoint.
// A connection that is reset, refused, gives up, or is silent for 10 s cuts the
// transfer: what is safe is kept, even over a power failure, and the next
// transfer from the same place asks for the rest. What came after the last
// checkpoint is sent again. The file's i-th octet is i modulo 251, so that both
// sides know it without being told.

#include "core/apps/app_context.h"
#include "core/scenario/scenario.h"

#include <map>

namespace packetarium {

class TransferServer {
public:
    void start(const AppContext& app, const TransferServiceSpec& service) { app.host.listenOn(app.cx, service.port); }
    void onData(const AppContext& app, const TransferServiceSpec& service, ConnId conn, ByteView data);
    void onNews(const AppContext& app, ConnId conn, AppCall what);

private:
    std::map<ConnId, std::string> asking_; ///< as much of the request as has come; only until it is answered
};

class TransferClient {
public:
    static constexpr SimDuration kPatience = SimDuration::seconds(10);

    void begin(const AppContext& app, const DoTransfer& asked, const IpAddress& address);
    // Each returns true if it is about a connection of this client.
    bool onData(const AppContext& app, ConnId conn, ByteView data);
    bool onNews(const AppContext& app, ConnId conn, AppCall what, AppResult result);
    bool onIcmp(const AppContext& app, const IcmpDelivery& error);
    void onTimer(const AppContext& app);
    SimTime nextDeadline() const;
    /// Power off: only what is safe stays.
    void forget() { jobs_.clear(); }

private:
    using From = std::pair<std::string, std::uint16_t>; ///< as the script names it, and the port
    struct Job {
        From from;
        std::uint32_t checkpoint = 0;
        ConnId conn;
        std::string answer; ///< its first line, until it is whole
        bool begun = false; ///< the first line has been read
        std::uint32_t received = 0, total = 0;
        SimTime deadline = SimTime::never();
    };
    // Each may end the job: a Job& does not outlive them.
    bool readAnswer(const AppContext& app, Job& job, ByteView& data);
    void store(const AppContext& app, Job& job, ByteView data);
    void cut(const AppContext& app, Job& job, ProgramTrouble trouble);
    void end(Job& job);
    Job* jobOn(ConnId conn);

    std::vector<Job> jobs_;
    std::map<From, std::uint32_t> safe_; ///< octets of files that are not whole yet
};

} // namespace packetarium
