// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A list whose copies share their elements until one is changed: a host has
// had thousands of connections, a checkpoint is a copy of the world, and
// nearly all of them stay as they were. For one thread at a time.

#include <compare>
#include <cstddef>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace packetarium {

template <class T>
class SharedList {
public:
    std::size_t size() const { return elements_.size(); }
    bool empty() const { return elements_.empty(); }
    const T& operator[](std::size_t i) const { return *elements_[i]; }
    const T& back() const { return *elements_.back(); }
    /// The element, no longer shared with any copy. The reference stays good until the list is copied or assigned to.
    T& edit(std::size_t i)
    {
        std::shared_ptr<T>& element = elements_[i];
        if (element.use_count() > 1)
            element = std::make_shared<T>(*element);
        return *element;
    }
    void push_back(T value) { elements_.push_back(std::make_shared<T>(std::move(value))); }

    class Iterator {
    public:
        using iterator_category = std::random_access_iterator_tag;
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using pointer = const T*;
        using reference = const T&;

        Iterator() = default;
        explicit Iterator(const std::shared_ptr<T>* at)
            : at_(at)
        {}
        reference operator*() const { return **at_; }
        pointer operator->() const { return at_->get(); }
        reference operator[](difference_type n) const { return *at_[n]; }
        Iterator& operator+=(difference_type n)
        {
            at_ += n;
            return *this;
        }
        Iterator& operator-=(difference_type n) { return *this += -n; }
        Iterator& operator++() { return *this += 1; }
        Iterator& operator--() { return *this += -1; }
        Iterator operator++(int) { return Iterator(at_++); }
        Iterator operator--(int) { return Iterator(at_--); }
        friend Iterator operator+(Iterator it, difference_type n) { return it += n; }
        friend Iterator operator+(difference_type n, Iterator it) { return it += n; }
        friend Iterator operator-(Iterator it, difference_type n) { return it -= n; }
        friend difference_type operator-(const Iterator& a, const Iterator& b) { return a.at_ - b.at_; }
        auto operator<=>(const Iterator&) const = default;

    private:
        const std::shared_ptr<T>* at_ = nullptr;
    };
    Iterator begin() const { return Iterator(elements_.data()); }
    Iterator end() const { return Iterator(elements_.data() + elements_.size()); }

private:
    std::vector<std::shared_ptr<T>> elements_;
};

} // namespace packetarium
