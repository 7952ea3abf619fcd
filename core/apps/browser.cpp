// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apps/browser.h"

#include "core/apps/http_fields.h"
#include "core/presentation/presentation.h"

#include <algorithm>

namespace packetarium {

namespace {

constexpr std::size_t kMostInflated = 64 * 1024 * 1024;

/// The path of an image on the page's own server, or nothing if it is elsewhere.
std::optional<std::string> targetOf(const std::string& source, const Url& page)
{
    if (source.starts_with("//"))
        return std::nullopt;
    if (source.starts_with('/'))
        return source;
    if (const std::size_t colon = source.find(':'); colon != std::string::npos && colon < source.find('/')) {
        const UrlParsed absolute = parseUrl(source);
        if (absolute.error != UrlError::None || absolute.url.host != page.host || absolute.url.port != page.port)
            return std::nullopt;
        return absolute.url.path;
    }
    const std::string path = page.path.substr(0, page.path.find('?'));
    return path.substr(0, path.rfind('/') + 1) + source;
}

std::string hostField(const Url& url)
{
    const std::string host = url.host.find(':') == std::string::npos ? url.host : "[" + url.host + "]";
    return url.port == 80 ? host : host + ":" + std::to_string(url.port);
}

} // namespace

void Browser::begin(const AppContext& app, const DoOpen& asked, const Url& url, const IpAddress& address)
{
    Page page;
    page.asked = asked;
    page.url = url;
    page.address = address;
    page.targets.push_back(url.path);
    pages_.push_back(std::move(page));
    connect(app, pages_.back());
}

void Browser::connect(const AppContext& app, Page& page)
{
    const Endpoint to{page.address, page.url.port};
    noteProgram(app, ProgramEvent::UrlConnecting, {.text = endpointText(to)});
    page.parser = HttpParser(HttpParser::Kind::Responses);
    page.requested = false;
    if (!app.host.ip().sourceFor(page.address)) {
        fail(app, page, ProgramTrouble::NotReachable);
        return;
    }
    const Host::Opened opened = app.host.connectTo(app.cx, 0, to);
    page.conn = opened.conn;
    if (opened.result != AppResult::Ok)
        fail(app, page, troubleOf(opened.result));
}

void Browser::request(const AppContext& app, Page& page)
{
    HttpMessage get;
    get.method = "GET";
    get.target = page.targets[page.next];
    get.headers.add("Host", hostField(page.url));
    get.headers.add("User-Agent", "Packetarium");
    get.headers.add("Accept", "*/*");
    if (page.asked.acceptGzip)
        get.headers.add("Accept-Encoding", "gzip");
    noteProgram(app, ProgramEvent::UrlRequested, {.text = "GET " + get.target, .conn = page.conn});
    page.requested = true;
    page.deadline = app.now() + kPatience;
    app.host.sendOn(app.cx, page.conn, encodeHttp(get));
}

bool Browser::onData(const AppContext& app, ConnId conn, ByteView data)
{
    Page* page = pageOn(conn);
    if (page == nullptr)
        return false;
    page->deadline = app.now() + kPatience;
    const std::vector<HttpMessage> whole = page->parser.feed(data);
    const bool bad = page->parser.error() != HttpError::None;
    for (const HttpMessage& response : whole) {
        page = pageOn(conn);
        if (page == nullptr || !page->requested)
            return true; // more answers than requests
        take(app, *page, response);
    }
    if (page = pageOn(conn); bad && page != nullptr) {
        app.host.abortConn(app.cx, conn);
        fail(app, *page, ProgramTrouble::BadAnswer);
    }
    return true;
}

void Browser::take(const AppContext& app, Page& page, const HttpMessage& response)
{
    if (response.status < 200)
        return; // an interim response: the one that counts is still to come (RFC 9110 §15.2)
    noteProgram(app, ProgramEvent::UrlAnswered,
                {.value = static_cast<std::uint64_t>(response.status),
                 .text = std::to_string(response.status) + " " + response.reason,
                 .conn = page.conn});
    page.requested = false;
    page.deadline = SimTime::never();
    Bytes body = response.body;
    if (const auto coding = response.headers.get("Content-Encoding"); coding && sameToken(*coding, "gzip")) {
        std::optional<Bytes> inflated = gunzip(body, kMostInflated);
        if (!inflated) {
            app.host.abortConn(app.cx, page.conn);
            fail(app, page, ProgramTrouble::BadAnswer);
            return;
        }
        body = std::move(*inflated);
        noteProgram(app, ProgramEvent::TextInflated, {.value = body.size(), .text = "gzip", .conn = page.conn});
    }
    const std::string type(response.headers.get("Content-Type").value_or("application/octet-stream"));
    noteProgram(app, ProgramEvent::UrlShown, {.value = body.size(), .text = type, .conn = page.conn});
    if (page.next == 0 && response.status == 200 && sameToken(type.substr(0, type.find(';')), "text/html")) {
        for (const std::string& source : imagesIn(std::string(body.begin(), body.end()))) {
            const std::optional<std::string> target = targetOf(source, page.url);
            if (target && std::find(page.targets.begin(), page.targets.end(), *target) == page.targets.end())
                page.targets.push_back(*target);
        }
    }
    const bool last = ++page.next == page.targets.size();
    const bool closes = closesConnection(response);
    if (last || closes)
        app.host.closeConn(app.cx, page.conn);
    if (last)
        end(page);
    else if (closes)
        connect(app, page);
    else
        request(app, page);
}

bool Browser::onNews(const AppContext& app, ConnId conn, AppCall what, AppResult result)
{
    Page* page = pageOn(conn);
    if (page == nullptr)
        return false;
    switch (what) {
    case AppCall::Opened: request(app, *page); break;
    case AppCall::PeerClosed:
        if (const std::optional<HttpMessage> response = page->parser.finish()) {
            HttpMessage last = *response;
            last.headers.add("Connection", "close");
            take(app, *page, last);
            break;
        }
        app.host.closeConn(app.cx, conn);
        if (page->requested)
            fail(app, *page, ProgramTrouble::BadAnswer);
        else
            connect(app, *page);
        break;
    case AppCall::Failed:
    case AppCall::Closed: fail(app, *page, troubleOf(result)); break;
    default: break;
    }
    return true;
}

bool Browser::onIcmp(const AppContext& app, const IcmpDelivery& error)
{
    if (error.trouble == ProgramTrouble::None || error.protocol != kProtocolTcp)
        return false;
    for (Page& page : pages_) {
        const Connection* tcp = app.host.connection(page.conn);
        if (tcp == nullptr || tcp->state() != TcpState::SynSent || tcp->local() != error.originalFrom ||
            tcp->remote() != error.originalTo)
            continue;
        app.host.abortConn(app.cx, page.conn);
        fail(app, page, error.trouble);
        return true;
    }
    return false;
}

void Browser::onTimer(const AppContext& app)
{
    for (std::size_t i = pages_.size(); i-- > 0;) {
        if (pages_[i].deadline > app.now())
            continue;
        app.host.abortConn(app.cx, pages_[i].conn);
        fail(app, pages_[i], ProgramTrouble::NoAnswer);
    }
}

SimTime Browser::nextDeadline() const
{
    SimTime next = SimTime::never();
    for (const Page& page : pages_)
        next = earlier(next, page.deadline);
    return next;
}

void Browser::fail(const AppContext& app, Page& page, ProgramTrouble trouble)
{
    if (trouble == ProgramTrouble::None)
        trouble = ProgramTrouble::ConnectionReset; // the script has ended the connection under it
    noteProgram(app, ProgramEvent::UrlFailed, {.text = page.asked.url, .trouble = trouble, .conn = page.conn});
    end(page);
}

void Browser::end(Page& page)
{
    pages_.erase(pages_.begin() + (&page - pages_.data()));
}

Browser::Page* Browser::pageOn(ConnId conn)
{
    const auto found = std::find_if(pages_.begin(), pages_.end(), [&](const Page& page) { return page.conn == conn; });
    return found == pages_.end() ? nullptr : &*found;
}

} // namespace packetarium
