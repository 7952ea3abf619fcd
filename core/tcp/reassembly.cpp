// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tcp/reassembly.h"

#include <algorithm>

namespace packetarium {

void Reassembly::insert(Seq32 first, ByteView data, Seq32 next)
{
    if (seqLt(first, next)) {
        const auto before = static_cast<std::size_t>(next - first);
        if (before >= data.size())
            return;
        data = data.subspan(before);
        first = next;
    }
    // What is here already stays; the new octets fill the room between.
    auto at = std::find_if(pieces_.begin(), pieces_.end(), [&](const Piece& p) { return seqGt(p.end(), first); });
    while (!data.empty()) {
        if (at != pieces_.end() && seqLe(at->first, first)) {
            const auto covered = std::min(static_cast<std::size_t>(at->end() - first), data.size());
            data = data.subspan(covered);
            first += static_cast<std::uint32_t>(covered);
            ++at;
            continue;
        }
        std::size_t room = data.size();
        if (at != pieces_.end())
            room = std::min(room, static_cast<std::size_t>(at->first - first));
        at =
            pieces_.insert(at, Piece{first, Bytes(data.begin(), data.begin() + static_cast<std::ptrdiff_t>(room))}) + 1;
        data = data.subspan(room);
        first += static_cast<std::uint32_t>(room);
    }
}

Bytes Reassembly::take(Seq32 next)
{
    Bytes out;
    auto piece = pieces_.begin();
    while (piece != pieces_.end() && seqLe(piece->first, next)) {
        if (seqGt(piece->end(), next)) {
            const auto skip = static_cast<std::ptrdiff_t>(next - piece->first);
            out.insert(out.end(), piece->data.begin() + skip, piece->data.end());
            next = piece->end();
        }
        ++piece;
    }
    pieces_.erase(pieces_.begin(), piece);
    return out;
}

std::size_t Reassembly::octets() const
{
    std::size_t n = 0;
    for (const Piece& p : pieces_)
        n += p.data.size();
    return n;
}

} // namespace packetarium
