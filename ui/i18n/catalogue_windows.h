// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The parts of the windows view and their words in both languages. No Qt.

#include "ui/i18n/catalogue.h"

#include <initializer_list>

namespace packetarium {

/// What one can point at on the rulers, but the segments. The order is stored nowhere.
enum class WindowPart : std::uint8_t {
    // Stretches of the sender's ruler
    Acknowledged,
    InFlight,
    Sacked,
    Ready,    ///< written, may be sent, not sent
    Usable,   ///< may be sent, nothing written
    Waiting,  ///< written, may not be sent yet
    HeldBack, ///< the receiver would take it, the congestion window does not allow it
    Outside,  ///< beyond the window
    // Stretches of the receiver's ruler
    Read,
    Unread,
    Gap,
    OutOfOrder,
    Open,
    Beyond, ///< beyond its window
    // Marks
    SndUna,
    SndNxt,
    SendEdge, ///< SND.UNA + SND.WND
    CwndEdge, ///< SND.UNA + cwnd
    RcvNxt,
    ReceiveEdge, ///< RCV.NXT + RCV.WND
    // In the lines above and below
    Limit,
    Phase,
    Closed, ///< the window is
    Numbers,
    ReceiveNumbers,
    Direction, ///< the other direction, folded to one line
};
constexpr int kWindowPartCount = 26;
/// A part of one connection's buffers as one number, which is not negative.
constexpr int packedPart(WindowPart part, ConnId conn)
{
    return static_cast<int>(part) | static_cast<int>(conn.value() & 0x7fffff) << 8;
}
constexpr WindowPart partIn(int packed)
{
    return static_cast<WindowPart>(packed & 0xff);
}
constexpr ConnId connIn(int packed)
{
    const auto conn = static_cast<std::uint32_t>(packed >> 8);
    return conn == 0x7fffff ? ConnId() : ConnId(conn);
}
/// A word or two: for a stretch, the legend, and a card's headline.
std::string_view labelOf(WindowPart part, Language language);
/// One or two sentences.
std::string_view explain(WindowPart part, Language language);
/// "RFC 9293 §3.3.1", or empty.
std::string_view clauseOf(WindowPart part);

enum class WindowsWord {
    View,  ///< accessible name
    Empty, ///< no connection yet
    Way,   ///< {0} from, {1} to
    Sends, ///< under a host's name, beside its ruler
    Receives,
    LimitedBy,   ///< {0} limit
    Closed,      ///< the window is closed
    ClosedProbe, ///< {0} time until the next probe
    TimerLeft,   ///< {0} timer, {1} time left
    InFlight,    ///< {0} octets, as are all below
    Rwnd,
    RwndScaled, ///< {0} octets, {1} factor
    Waiting,
    Unread,
    OutOfOrder,
    RcvWindow,
    RcvWindowScaled, ///< {0} octets, {1} factor
    NothingSent,     ///< folded line: {0} from, {1} to
    FoldedLine,      ///< folded line: {0} from, {1} to, {2} octets in the run
    Unfold,          ///< what a click on it does
    Again,
    Lost,
    Held,
    NoOctet,   ///< item's description: {0} SYN or FIN
    NoOctets,  ///< the same of both
    Octets,    ///< item's description: {0} octets, {1} from, {2} to
    SegmentTo, ///< {0} host
    AckTo,     ///< {0} host
    Keys,      ///< how to zoom and move, read aloud
};
std::string_view word(WindowsWord word, Language language);
std::string sentence(WindowsWord word, Language language, std::initializer_list<std::string_view> arguments);

/// "1,460": a number of octets where the unit is said elsewhere.
std::string groupedNumber(std::uint64_t n);

} // namespace packetarium
