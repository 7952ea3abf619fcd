// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Wireshark's opinion of a capture, where it is installed.

#include <string>

namespace packetarium {

bool hasTshark();

/// What `tshark -r <capture>` says with these arguments, on both outputs, all checksums being checked.
std::string tshark(const std::string& capture, const std::string& arguments);

/// Numbers of the frames in which something is wrong: malformed, a bad checksum, or a warning other than those that a capture
/// of a lossy link must bring (gaps, retransmissions, windows that are full, echo requests without an answer) and that a RST
/// was seen. Frames that the capture itself marks as damaged are left out.
std::string framesWithProblems(const std::string& capture);

} // namespace packetarium
