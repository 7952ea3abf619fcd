// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a few header fields mean, for both ends of HTTP.

#include "core/wire/http.h"

namespace packetarium {

/// Field names and most of their words have no case.
bool sameToken(std::string_view a, std::string_view b);
/// Whether gzip is among the codings accepted, and not with q=0 (RFC 9110 §12.5.3).
bool acceptsGzip(const HttpHeaders& headers);
/// After this message its sender wants no more of the connection (RFC 9112 §9.3, §9.6).
bool closesConnection(const HttpMessage& message);

/// The sources of the images of a page, in order, each once: src="..." of <img>. As a browser would without knowing more of
/// HTML than that; comments and scripts are not looked at in any other way.
std::vector<std::string> imagesIn(std::string_view html);

} // namespace packetarium
