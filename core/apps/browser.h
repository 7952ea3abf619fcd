// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A browser: connects to where a URL's host has been found, asks for the page,
// shows it, and fetches the page's own images, one after another, on the same
// connection as long as the server keeps it open (RFC 9112 §9.3). Then it
// closes. Redirections are not followed, nothing is kept for another time.

#include "core/apps/app_context.h"
#include "core/scenario/scenario.h"
#include "core/wire/http.h"

namespace packetarium {

class Browser {
public:
    /// How long a server may be silent while an answer is due.
    static constexpr SimDuration kPatience = SimDuration::seconds(30);

    /// `url`: what `asked.url` says, taken apart.
    void begin(const AppContext& app, const DoOpen& asked, const Url& url, const IpAddress& address);
    // Each returns true if it is about a connection of this browser.
    bool onData(const AppContext& app, ConnId conn, ByteView data);
    bool onNews(const AppContext& app, ConnId conn, AppCall what, AppResult result);
    /// An error about a connection that is not open yet ends the attempt (RFC 5461 §4.1).
    bool onIcmp(const AppContext& app, const IcmpDelivery& error);
    void onTimer(const AppContext& app);
    SimTime nextDeadline() const;

private:
    struct Page {
        DoOpen asked;
        Url url;
        IpAddress address;
        ConnId conn;
        HttpParser parser{HttpParser::Kind::Responses};
        std::vector<std::string> targets; ///< the page, then its images
        std::size_t next = 0;             ///< of targets: the one under way
        bool requested = false;           ///< an answer to it is due
        SimTime deadline = SimTime::never();
    };
    // Each may end the page: a Page& does not outlive them.
    void connect(const AppContext& app, Page& page);
    void request(const AppContext& app, Page& page);
    void take(const AppContext& app, Page& page, const HttpMessage& response);
    void fail(const AppContext& app, Page& page, ProgramTrouble trouble);
    void end(Page& page);
    Page* pageOn(ConnId conn);

    std::vector<Page> pages_;
};

} // namespace packetarium
