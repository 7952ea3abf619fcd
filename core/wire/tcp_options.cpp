// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/tcp_options.h"

namespace packetarium {

namespace {

bool canHaveSize(std::uint8_t kind, std::size_t size)
{
    switch (kind) {
    case TcpOption::WindowScale: return size == 3;
    case TcpOption::SackPermitted: return size == 2;
    case TcpOption::Sack: return size > 2 && size % 8 == 2; // blocks of two sequence numbers
    case TcpOption::Timestamps: return size == 10;
    default: return true;
    }
}

} // namespace

TcpOption tcpOptionAt(ByteView options, std::size_t at)
{
    constexpr std::size_t kMssSize = 4;
    TcpOption option{options[at], 1, false, false};
    if (option.kind == TcpOption::End || option.kind == TcpOption::Nop)
        return option;
    const std::size_t left = options.size() - at;
    option.size = left >= 2 ? options[at + 1] : 0;
    option.malformed =
        option.size < 2 || option.size > left || (option.kind == TcpOption::Mss && option.size != kMssSize);
    if (option.malformed)
        option.size = left;
    else
        option.odd = !canHaveSize(option.kind, option.size);
    return option;
}

} // namespace packetarium
