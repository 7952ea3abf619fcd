// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A vector for what a trace keeps: plain values, ever more of them. It grows
// by realloc, which moves large blocks by their page tables instead of
// copying them; with std::vector, copying and touching fresh memory again and
// again costs more than everything else that recording a packet takes. Fresh
// memory is asked for in stretches, because a page at a time costs a fault
// each.

#include "core/base/fresh_memory.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <new>
#include <span>
#include <type_traits>
#include <utility>

namespace packetarium {

template <class T>
class GrowingArray {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= alignof(std::max_align_t));

public:
    GrowingArray() = default;
    GrowingArray(const GrowingArray& other) { append(other); }
    GrowingArray(GrowingArray&& other) noexcept { swap(other); }
    GrowingArray& operator=(GrowingArray other) noexcept
    {
        swap(other);
        return *this;
    }
    ~GrowingArray() { std::free(data_); }

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    T* begin() { return data_; }
    T* end() { return data_ + size_; }
    const T* begin() const { return data_; }
    const T* end() const { return data_ + size_; }
    const T& back() const { return data_[size_ - 1]; }
    T& operator[](std::size_t i) { return data_[i]; }
    const T& operator[](std::size_t i) const { return data_[i]; }
    operator std::span<const T>() const { return {data_, size_}; }

    /// `value` may be an element of this array.
    void push_back(const T& value)
    {
        if (size_ == ready_) {
            const T copy = value;
            grow(1);
            data_[size_++] = copy;
            return;
        }
        data_[size_++] = value;
    }
    /// `values` may lie in this array.
    void append(std::span<const T> values)
    {
        if (values.empty())
            return;
        const bool own = values.data() >= data_ && values.data() < data_ + size_;
        const std::size_t at = own ? static_cast<std::size_t>(values.data() - data_) : 0;
        if (size_ + values.size() > ready_)
            grow(values.size());
        std::memcpy(static_cast<void*>(data_ + size_), own ? data_ + at : values.data(), values.size() * sizeof(T));
        size_ += values.size();
    }
    /// Keeps the first n; n <= size().
    void truncate(std::size_t n) { size_ = n; }

private:
    void swap(GrowingArray& other) noexcept
    {
        std::swap(data_, other.data_);
        std::swap(size_, other.size_);
        std::swap(ready_, other.ready_);
        std::swap(capacity_, other.capacity_);
    }
    /// Makes room for so many beside those that are there.
    [[gnu::noinline]] void grow(std::size_t more)
    {
        constexpr std::size_t kLeast = 4096 / sizeof(T) + 1, kStretch = kFreshStretch / sizeof(T);
        const std::size_t needed = size_ + more;
        if (needed > capacity_) {
            const std::size_t wanted = std::max({needed, 2 * capacity_, kLeast});
            void* const grown = std::realloc(static_cast<void*>(data_), wanted * sizeof(T));
            if (grown == nullptr)
                throw std::bad_alloc();
            data_ = static_cast<T*>(grown);
            capacity_ = wanted;
        }
        const std::size_t before = ready_;
        ready_ = std::min(std::max(needed, size_ + kStretch), capacity_);
        if (size_ >= kStretch) // small arrays need no haste
            touchFresh(static_cast<void*>(data_ + before), (ready_ - before) * sizeof(T));
    }

    T* data_ = nullptr;
    std::size_t size_ = 0;
    std::size_t ready_ = 0; ///< how many have room in memory that was asked for
    std::size_t capacity_ = 0;
};

} // namespace packetarium
