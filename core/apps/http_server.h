// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A web server with a few files (RFC 9110, RFC 9112): GET and HEAD; 404 for
// what it does not have, 405 for other methods, 400 for what is no request.
// A body goes out with Content-Length or in chunks, gzipped for who accepts it,
// as the scenario says for each file. Connections stay open for further
// requests unless either side says "Connection: close". There is no Date field:
// the host has no clock of the world (RFC 9110 §6.6.1).

#include "core/apps/app_context.h"
#include "core/scenario/scenario.h"
#include "core/wire/http.h"

#include <map>

namespace packetarium {

class HttpServer {
public:
    void start(const AppContext& app, const HttpServiceSpec& service) { app.host.listenOn(app.cx, service.port); }
    void onData(const AppContext& app, const HttpServiceSpec& service, ConnId conn, ByteView data);
    void onNews(const AppContext& app, ConnId conn, AppCall what);

    /// The response to one request, without what depends on the connection. For HEAD too it has the body: serve() leaves it out.
    static HttpMessage respondTo(const HttpServiceSpec& service, const HttpMessage& request);

private:
    struct Client {
        HttpParser parser{HttpParser::Kind::Requests};
        bool closing = false;
    };
    void serve(const AppContext& app, const HttpServiceSpec& service, ConnId conn, const HttpMessage& request);
    void send(const AppContext& app, ConnId conn, HttpMessage response, bool headOnly, bool close);

    std::map<ConnId, Client> clients_;
};

} // namespace packetarium
