// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/tcp_options.h"

namespace packetarium {

TcpOption tcpOptionAt(ByteView options, std::size_t at)
{
    constexpr std::size_t kMssSize = 4;
    TcpOption option{options[at], 1, false};
    if (option.kind == TcpOption::End || option.kind == TcpOption::Nop)
        return option;
    const std::size_t left = options.size() - at;
    option.size = left >= 2 ? options[at + 1] : 0;
    option.malformed =
        option.size < 2 || option.size > left || (option.kind == TcpOption::Mss && option.size != kMssSize);
    if (option.malformed)
        option.size = left;
    return option;
}

} // namespace packetarium
