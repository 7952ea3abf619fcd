// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apps/http_server.h"

#include "core/apps/http_fields.h"
#include "core/presentation/presentation.h"

#include <algorithm>

namespace packetarium {

namespace {

constexpr std::string_view kServerName = "Packetarium";

HttpMessage responseOf(int status)
{
    HttpMessage response;
    response.isRequest = false;
    response.status = status;
    response.reason = reasonPhrase(status);
    response.headers.add("Server", std::string(kServerName));
    return response;
}

void setBody(HttpMessage& response, std::string type, Bytes body, bool chunked)
{
    response.headers.add("Content-Type", std::move(type));
    if (chunked)
        response.headers.add("Transfer-Encoding", "chunked");
    else
        response.headers.add("Content-Length", std::to_string(body.size()));
    response.body = std::move(body);
}

/// A page that says what went wrong.
HttpMessage errorPage(int status)
{
    HttpMessage response = responseOf(status);
    const std::string page = "<h1>" + std::to_string(status) + " " + response.reason + "</h1>\n";
    setBody(response, "text/html", Bytes(page.begin(), page.end()), false);
    return response;
}

/// The path of a request target, in either of the forms that a server without a proxy gets (RFC 9112 §3.2).
std::string pathOf(const std::string& target)
{
    std::string path = target;
    if (!path.starts_with('/')) {
        const UrlParsed absolute = parseUrl(target);
        if (absolute.error != UrlError::None)
            return {};
        path = absolute.url.path;
    }
    return path.substr(0, path.find('?'));
}

} // namespace

HttpMessage HttpServer::respondTo(const HttpServiceSpec& service, const HttpMessage& request)
{
    // RFC 9112 §3.2: HTTP/1.1 without Host, or with two, is 400.
    const auto isHost = [](const auto& field) { return sameToken(field.first, "Host"); };
    const auto hosts = std::count_if(request.headers.fields.begin(), request.headers.fields.end(), isHost);
    if (hosts > 1 || (hosts == 0 && request.version != "HTTP/1.0"))
        return errorPage(400);
    if (request.method != "GET" && request.method != "HEAD") {
        HttpMessage response = errorPage(405);
        response.headers.add("Allow", "GET, HEAD");
        return response;
    }
    const std::string path = pathOf(request.target);
    const auto file =
        std::find_if(service.files.begin(), service.files.end(), [&](const HttpFileSpec& f) { return f.path == path; });
    if (file == service.files.end())
        return errorPage(path.empty() ? 400 : 404);
    HttpMessage response = responseOf(200);
    Bytes body = file->content;
    if (file->gzip) {
        response.headers.add("Vary", "Accept-Encoding");
        if (acceptsGzip(request.headers)) {
            body = gzip(body);
            response.headers.add("Content-Encoding", "gzip");
        }
    }
    // HTTP/1.0 knows no chunks (RFC 9112 §6.1).
    setBody(response, file->type, std::move(body), file->chunked && request.version != "HTTP/1.0");
    return response;
}

void HttpServer::onData(const AppContext& app, const HttpServiceSpec& service, ConnId conn, ByteView data)
{
    Client& client = clients_[conn];
    if (client.closing)
        return;
    for (const HttpMessage& request : client.parser.feed(data)) {
        if (!client.closing)
            serve(app, service, conn, request);
    }
    if (client.parser.error() != HttpError::None && !client.closing)
        send(app, conn, errorPage(400), false, true);
}

void HttpServer::serve(const AppContext& app, const HttpServiceSpec& service, ConnId conn, const HttpMessage& request)
{
    noteProgram(app, ProgramEvent::RequestReceived, {.text = request.method + " " + request.target, .conn = conn});
    HttpMessage response = respondTo(service, request);
    const bool close = !service.keepAlive || closesConnection(request) || response.status == 400;
    send(app, conn, std::move(response), request.method == "HEAD", close);
}

void HttpServer::send(const AppContext& app, ConnId conn, HttpMessage response, bool headOnly, bool close)
{
    if (close)
        response.headers.add("Connection", "close");
    if (headOnly) {
        // The same fields as for GET, but that nothing follows in chunks (RFC 9110 §9.3.2).
        response.body.clear();
        std::erase_if(response.headers.fields, [](const auto& f) { return sameToken(f.first, "Transfer-Encoding"); });
    }
    noteProgram(app, ProgramEvent::ResponseSent,
                {.value = static_cast<std::uint64_t>(response.status),
                 .text = std::to_string(response.status) + " " + response.reason,
                 .conn = conn});
    app.host.sendOn(app.cx, conn, encodeHttp(response));
    if (close) {
        clients_[conn].closing = true;
        app.host.closeConn(app.cx, conn);
    }
}

void HttpServer::onNews(const AppContext& app, ConnId conn, AppCall what)
{
    if (what == AppCall::PeerClosed) {
        if (!clients_[conn].closing)
            app.host.closeConn(app.cx, conn);
        clients_[conn].closing = true;
    } else if (what == AppCall::Failed || what == AppCall::Closed) {
        clients_.erase(conn);
    }
}

} // namespace packetarium
