// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apps/transfer.h"
#include "core/apps/transfer_lines.h"

namespace packetarium {

void TransferServer::onData(const AppContext& app, const TransferServiceSpec& service, ConnId conn, ByteView data)
{
    std::string& line = asking_[conn];
    if (line.ends_with('\n'))
        return; // answered already
    for (const std::uint8_t octet : data) {
        line.push_back(static_cast<char>(octet));
        if (octet == '\n' || line.size() > kMostLine)
            break;
    }
    if (!line.ends_with('\n') && line.size() <= kMostLine)
        return;
    const std::optional<std::vector<std::uint32_t>> numbers = numbersAfter("GET", line, 1);
    line = "\n";
    const std::uint32_t total = service.octets;
    if (!numbers || (*numbers)[0] > total) {
        const std::string no = "NO\r\n";
        app.host.sendOn(app.cx, conn, Bytes(no.begin(), no.end()));
    } else {
        const std::uint32_t offset = (*numbers)[0];
        noteProgram(app, ProgramEvent::TransferServed, {.value = offset, .conn = conn});
        const std::string ok = "OK " + std::to_string(offset) + " " + std::to_string(total) + "\r\n";
        Bytes answer(ok.begin(), ok.end());
        answer.reserve(answer.size() + total - offset);
        for (std::uint32_t i = offset; i < total; ++i)
            answer.push_back(fileOctet(i));
        app.host.sendOn(app.cx, conn, answer);
    }
    app.host.closeConn(app.cx, conn);
}

void TransferServer::onNews(const AppContext& app, ConnId conn, AppCall what)
{
    if (what == AppCall::PeerClosed)
        app.host.closeConn(app.cx, conn);
    else if (what == AppCall::Failed || what == AppCall::Closed)
        asking_.erase(conn);
}

} // namespace packetarium
