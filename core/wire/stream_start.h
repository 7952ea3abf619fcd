// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the payload of a TCP segment begins with, as far as that can be told
// without the segments before it.

#include "core/wire/tcp_segment.h"

namespace packetarium {

enum class StreamStart { Other, HttpRequest, HttpResponse, TlsRecord };
/// A request or status line (or as much of one as there is, once method and target, or the version, have begun), or the five
/// octets before a record of RFC 8446 §5.1.
StreamStart streamStart(ByteView payload);
constexpr std::size_t kTlsRecordHeaderSize = 5;
/// Its first line without the line end, or all there is of it.
std::string_view firstLine(ByteView payload);
/// Visible ASCII, spaces and whole UTF-8 characters as they are, U+FFFD for every other octet: to be shown.
std::string shownText(std::string_view octets);

} // namespace packetarium
