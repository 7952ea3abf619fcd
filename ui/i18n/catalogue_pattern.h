// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Sentences with places to be filled in: "{0} is behind port {1}".

#include <initializer_list>
#include <string>
#include <string_view>

namespace packetarium {

/// {0} to {9} become the arguments; a place without an argument stays as it is.
std::string filledPattern(std::string_view pattern, std::initializer_list<std::string_view> arguments);

} // namespace packetarium
