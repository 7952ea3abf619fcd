// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Octets that are passed on without being copied. What a program writes is
// kept once, in a block that everybody shares who still needs a part of it:
// the send queue, a segment under way, a checkpoint. What has just come off
// the wire is only borrowed for as long as a call lasts; who copies it gets
// octets of its own, so that nothing kept can point at what is gone.

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace packetarium {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

class Octets {
public:
    using value_type = std::uint8_t;
    using Block = std::shared_ptr<const Bytes>;

    Octets() = default;
    Octets(Bytes bytes)
        : Octets(std::make_shared<const Bytes>(std::move(bytes)))
    {}
    Octets(std::initializer_list<std::uint8_t> bytes)
        : Octets(Bytes(bytes))
    {}
    /// All of a block.
    explicit Octets(Block block)
        : block_(std::move(block))
        , view_(*block_)
    {}
    /// A part of a block. Precondition: offset + size <= block->size().
    Octets(Block block, std::size_t offset, std::size_t size)
        : block_(std::move(block))
        , view_(ByteView(*block_).subspan(offset, size))
    {}
    /// Good while what it looks at is; copies of it own their octets.
    static Octets borrow(ByteView view)
    {
        Octets octets;
        octets.view_ = view;
        return octets;
    }

    Octets(const Octets& other) { *this = other; }
    Octets& operator=(const Octets& other)
    {
        if (this == &other)
            return *this;
        if (other.block_ || other.empty()) {
            block_ = other.block_;
            view_ = other.view_;
        } else {
            *this = Octets(Bytes(other.begin(), other.end()));
        }
        return *this;
    }
    Octets(Octets&& other) noexcept
        : block_(std::move(other.block_))
        , view_(std::exchange(other.view_, {}))
    {}
    Octets& operator=(Octets&& other) noexcept
    {
        block_ = std::move(other.block_);
        view_ = std::exchange(other.view_, {});
        return *this;
    }
    ~Octets() = default;

    const std::uint8_t* data() const { return view_.data(); }
    std::size_t size() const { return view_.size(); }
    bool empty() const { return view_.empty(); }
    ByteView::iterator begin() const { return view_.begin(); }
    ByteView::iterator end() const { return view_.end(); }
    std::uint8_t operator[](std::size_t i) const { return view_[i]; }
    ByteView view() const { return view_; }
    bool owned() const { return block_ != nullptr; }
    const Block& block() const { return block_; } ///< nullptr: borrowed, or nothing

    template <std::input_iterator From>
    void assign(From first, From last)
    {
        *this = Octets(Bytes(first, last));
    }
    void assign(std::size_t count, std::uint8_t value) { *this = Octets(Bytes(count, value)); }
    /// Precondition: n <= size().
    void dropFront(std::size_t n) { view_ = view_.subspan(n); }
    void keepFront(std::size_t n) { view_ = view_.first(n); }
    Octets part(std::size_t offset, std::size_t size) const
    {
        Octets some;
        some.block_ = block_;
        some.view_ = view_.subspan(offset, size);
        return some;
    }

    friend bool operator==(const Octets& a, const Octets& b)
    {
        return std::equal(a.begin(), a.end(), b.begin(), b.end());
    }

private:
    Block block_;
    ByteView view_;
};

} // namespace packetarium
