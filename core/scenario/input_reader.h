// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Reads values out of a YAML tree and remembers the first thing wrong. After
// a mistake every call does nothing, so that a reader of files is a plain list
// of what there is to read, and asks once at the end whether all was well.

#include "core/scenario/scenario.h"
#include "core/scenario/yaml_tree.h"

#include <initializer_list>
#include <optional>
#include <span>

namespace packetarium {

constexpr std::uint64_t kMaxPort = 65535;

/// A map being read, with its place in the file as a path for messages: "hosts.client.tcp"; empty at the top.
struct YamlMap {
    const YamlNode* node = nullptr;
    std::string path;
    /// nullptr: the key is not there.
    const YamlNode* find(std::string_view key) const;
    /// The key itself, to blame it. Precondition: it is there.
    const YamlNode& key(std::string_view key) const;
    std::string pathOf(std::string_view key) const;
};

class InputReader {
public:
    explicit InputReader(std::string_view fileName)
        : file_(fileName)
    {}

    bool failed() const { return error_.has_value(); }
    const InputError& error() const { return *error_; }
    /// Notes a mistake at `node`, unless there was one before.
    void fail(InputErrorId id, std::vector<std::string> args, const YamlNode& node);
    /// The same for a mistake that someone else found; its place becomes the node's.
    void fail(const InputError& error, const YamlNode& node) { fail(error.id, error.args, node); }

    /// `node` as a map that holds no key but these.
    YamlMap map(const YamlNode& node, std::string path, std::span<const std::string_view> keys);
    YamlMap map(const YamlNode& node, std::string path, std::initializer_list<std::string_view> keys);
    /// The same for a value of a map; an absent one gives an empty map.
    YamlMap map(const YamlMap& in, std::string_view key, std::initializer_list<std::string_view> keys);
    /// The items of a list; none if the key is absent. At most `most` of them.
    std::span<const YamlNode> list(const YamlMap& in, std::string_view key, std::size_t most);
    /// Fails with MissingKey if the key is absent.
    void require(const YamlMap& in, std::string_view key);
    /// Which of `keys` stands in the map; exactly one must. Empty after a mistake.
    std::string_view exactlyOne(const YamlMap& in, std::span<const std::string_view> keys);

    // Each leaves `out` as it is when the key is absent or something is wrong.
    void text(const YamlMap& in, std::string_view key, std::string& out);
    /// For people's eyes, so without control characters but line breaks and tabs: a title must not steer a terminal.
    void texts(const YamlMap& in, std::string_view key, LocalizedText& out);
    void yesNo(const YamlMap& in, std::string_view key, bool& out);
    void duration(const YamlMap& in, std::string_view key, SimDuration& out, SimDuration least, SimDuration most);
    void percentage(const YamlMap& in, std::string_view key, std::uint32_t& outPpm);
    /// One of `values`; the index of the one found, or -1.
    int oneOf(const YamlMap& in, std::string_view key, std::span<const std::string_view> values);
    template <class T>
    void number(const YamlMap& in, std::string_view key, T& out, std::uint64_t least, std::uint64_t most)
    {
        if (const auto found = wholeNumber(in, key, least, most))
            out = static_cast<T>(*found);
    }

    /// One number, or a list of 1 to `most` of them; empty if something is wrong. Precondition: the key is there.
    std::vector<std::uint64_t> numbers(const YamlMap& in, std::string_view key, std::uint64_t least,
                                       std::uint64_t greatest, std::size_t most);

private:
    std::optional<std::uint64_t> wholeNumber(const YamlNode& node, const std::string& path, std::uint64_t least,
                                             std::uint64_t most);
    std::optional<std::uint64_t> wholeNumber(const YamlMap& in, std::string_view key, std::uint64_t least,
                                             std::uint64_t most);
    /// The scalar at a key, or nullptr (absent, or WrongType was noted).
    const YamlNode* scalar(const YamlMap& in, std::string_view key, std::string_view expected);

    std::string file_;
    std::optional<InputError> error_;
};

/// The value that a path such as "links[2].between[1]" leads to; where it ends early, the last key or value on the way.
const YamlNode& nodeAt(const YamlNode& root, std::string_view path);
/// What to show of a value that was not expected: its text, or "[...]", "{...}", or nothing.
std::string foundText(const YamlNode& node);
/// "a, b, c"
std::string joined(std::span<const std::string_view> words);

} // namespace packetarium
