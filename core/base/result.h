// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A value or an error. Errors from outside (files, flags, fields) are values;
// exceptions are for broken invariants only.

#include <utility>
#include <variant>

namespace packetarium {

template <class T, class E>
class [[nodiscard]] Result {
public:
    Result(T value)
        : v_(std::in_place_index<0>, std::move(value))
    {}
    Result(E error)
        : v_(std::in_place_index<1>, std::move(error))
    {}

    bool ok() const { return v_.index() == 0; }
    explicit operator bool() const { return ok(); }
    /// Precondition: ok().
    const T& value() const& { return std::get<0>(v_); }
    T& value() & { return std::get<0>(v_); }
    T&& value() && { return std::get<0>(std::move(v_)); }
    /// Precondition: !ok().
    const E& error() const { return std::get<1>(v_); }

private:
    std::variant<T, E> v_;
};

} // namespace packetarium
