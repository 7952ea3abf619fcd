// SPDX-License-Identifier: GPL-3.0-or-later
//
// A line before it is read: the library takes a key that stands twice without
// a word, looks each key up among all others, and goes down as deep as a line
// is nested. So what a line holds is looked at first, piece by piece.
#include "core/endpoint/session_parts.h"

#include <set>

namespace packetarium::endpoint {

namespace {

constexpr std::size_t kDeepest = 100;    // a request needs 5
constexpr std::size_t kMostKeys = 10000; // in one object; the host has about a hundred settings

class Pieces final : public nlohmann::json_sax<Json> {
public:
    LineCheck check;

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t&) override { return true; }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }
    bool start_object(std::size_t) override
    {
        objects_.emplace_back();
        return enter();
    }
    bool key(string_t& name) override
    {
        if (!objects_.back().insert(name).second && check.twice.empty())
            check.twice = "given twice: " + name;
        if (objects_.back().size() <= kMostKeys)
            return true;
        check.broken = "an object has more than " + std::to_string(kMostKeys) + " keys";
        return false;
    }
    bool end_object() override
    {
        objects_.pop_back();
        --depth_;
        return true;
    }
    bool start_array(std::size_t) override { return enter(); }
    bool end_array() override
    {
        --depth_;
        return true;
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override
    {
        check.broken = "not JSON";
        return false;
    }

private:
    bool enter()
    {
        if (++depth_ <= kDeepest)
            return true;
        check.broken = "nested deeper than " + std::to_string(kDeepest);
        return false;
    }

    std::vector<std::set<std::string>> objects_; ///< the keys of those that are open
    std::size_t depth_ = 0;
};

} // namespace

LineCheck checkLine(std::string_view line)
{
    Pieces pieces;
    if (line.find('\0') != std::string_view::npos) { // the parser would take it for the end
        pieces.check.broken = "there is an octet of value 0 in the line";
        return pieces.check;
    }
    pieces.check.json = Json::sax_parse(line.begin(), line.end(), &pieces);
    return pieces.check;
}

} // namespace packetarium::endpoint
