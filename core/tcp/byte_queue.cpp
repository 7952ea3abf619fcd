// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tcp/byte_queue.h"

namespace packetarium {

void ByteQueue::append(Octets data)
{
    if (data.empty())
        return;
    if (!data.owned())
        data = Octets(data); // a copy owns what was only borrowed
    const std::uint64_t at = end_;
    end_ += data.size();
    pieces_.push_back(Piece{at, std::move(data)});
}

void ByteQueue::drop(std::size_t n)
{
    begin_ += n;
    while (first_ < pieces_.size() && pieces_[first_].at + pieces_[first_].data.size() <= begin_)
        pieces_[first_++].data = {};
    // Moving the rest up now and then costs each piece a constant amount of work.
    if (first_ > 16 && 2 * first_ > pieces_.size()) {
        pieces_.erase(pieces_.begin(), pieces_.begin() + static_cast<std::ptrdiff_t>(first_));
        first_ = 0;
    }
    if (empty()) {
        pieces_.clear();
        first_ = 0;
    }
}

std::size_t ByteQueue::pieceAt(std::uint64_t at) const
{
    // New data are nearly always taken from the last piece, what is lost from the first.
    if (pieces_.back().at <= at)
        return pieces_.size() - 1;
    const auto after = std::upper_bound(pieces_.begin() + static_cast<std::ptrdiff_t>(first_), pieces_.end(), at,
                                        [](std::uint64_t wanted, const Piece& piece) { return wanted < piece.at; });
    return static_cast<std::size_t>(after - pieces_.begin()) - 1;
}

Octets ByteQueue::slice(std::size_t offset, std::size_t length) const
{
    if (length == 0)
        return {};
    const std::uint64_t from = begin_ + offset;
    std::size_t i = pieceAt(from);
    const std::size_t skip = static_cast<std::size_t>(from - pieces_[i].at);
    if (skip + length <= pieces_[i].data.size())
        return pieces_[i].data.part(skip, length);
    Bytes together;
    together.reserve(length);
    for (std::size_t at = skip; together.size() < length; ++i, at = 0) {
        const ByteView data = pieces_[i].data.view().subspan(at);
        const ByteView some = data.first(std::min(data.size(), length - together.size()));
        together.insert(together.end(), some.begin(), some.end());
    }
    return Octets(std::move(together));
}

Octets ByteQueue::take(std::size_t n)
{
    n = std::min(n, size());
    Octets taken = slice(0, n);
    drop(n);
    return taken;
}

} // namespace packetarium
