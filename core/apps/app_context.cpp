// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apps/app_context.h"

namespace packetarium {

void noteProgram(const AppContext& app, ProgramEvent event, const ProgramNote& note)
{
    Record record = nodeRecord(app.cx, RecordKind::Program, app.host.id());
    record.conn = note.conn;
    record.value = note.value;
    record.a = static_cast<std::uint8_t>(event);
    record.b = static_cast<std::uint8_t>(note.trouble);
    if (note.text.empty())
        app.cx.trace.append(record);
    else
        app.cx.trace.append(record, note.text);
}

std::string endpointText(const Endpoint& endpoint)
{
    const std::string address = endpoint.address.toString();
    return (endpoint.address.isV6() ? "[" + address + "]" : address) + ":" + std::to_string(endpoint.port);
}

ProgramTrouble troubleOf(AppResult result)
{
    switch (result) {
    case AppResult::Refused: return ProgramTrouble::ConnectionRefused;
    case AppResult::Reset: return ProgramTrouble::ConnectionReset;
    case AppResult::TimedOut: return ProgramTrouble::NoAnswer;
    case AppResult::NoSuchConnection:
    case AppResult::AlreadyExists:
    case AppResult::Closing:
    case AppResult::WouldBlock:
    case AppResult::NoPortLeft: return ProgramTrouble::NotReachable;
    case AppResult::Unreachable: return ProgramTrouble::HostUnreachable;
    case AppResult::Ok:
    case AppResult::Aborted: break;
    }
    return ProgramTrouble::None;
}

} // namespace packetarium
