// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/input_reader.h"

#include "core/scenario/quantities.h"

#include <algorithm>
#include <charconv>

namespace packetarium {
namespace {

std::string lowerCase(std::string text)
{
    for (char& c : text)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return text;
}

bool hasControlCharacter(std::string_view text)
{
    return std::any_of(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
    });
}

} // namespace

const YamlNode* YamlMap::find(std::string_view key) const
{
    if (!node)
        return nullptr;
    const auto it =
        std::find_if(node->entries.begin(), node->entries.end(), [&](const YamlEntry& e) { return e.key.text == key; });
    return it == node->entries.end() ? nullptr : &it->value;
}

const YamlNode& YamlMap::key(std::string_view key) const
{
    return std::find_if(node->entries.begin(), node->entries.end(),
                        [&](const YamlEntry& e) { return e.key.text == key; })
        ->key;
}

std::string YamlMap::pathOf(std::string_view key) const
{
    return path.empty() ? std::string(key) : path + "." + std::string(key);
}

const YamlNode& nodeAt(const YamlNode& root, std::string_view path)
{
    const YamlNode* at = &root; // where the way has led
    const YamlNode* blame = at; // what to show if it ends here
    while (!path.empty()) {
        if (path.front() == '.')
            path.remove_prefix(1);
        if (path.starts_with('[')) {
            std::size_t index = 0;
            const auto [end, error] = std::from_chars(path.data() + 1, path.data() + path.size(), index);
            if (error != std::errc() || index < 1 || index > at->items.size())
                break;
            path.remove_prefix(std::min(path.size(), static_cast<std::size_t>(end - path.data()) + 1));
            at = blame = &at->items[index - 1];
            continue;
        }
        // Keys may have dots in them: the longest that fits.
        const YamlEntry* found = nullptr;
        for (const YamlEntry& entry : at->entries) {
            const std::string_view key = entry.key.text;
            const bool fits = path.starts_with(key) &&
                              (path.size() == key.size() || path[key.size()] == '.' || path[key.size()] == '[');
            if (fits && (!found || key.size() > found->key.text.size()))
                found = &entry;
        }
        if (!found)
            break;
        path.remove_prefix(found->key.text.size());
        at = &found->value;
        blame = path.empty() && at->kind == YamlNode::Kind::Scalar ? at : &found->key;
    }
    return *blame;
}

std::string foundText(const YamlNode& node)
{
    switch (node.kind) {
    case YamlNode::Kind::Null: return {};
    case YamlNode::Kind::Scalar: return node.text;
    case YamlNode::Kind::List: return "[...]";
    case YamlNode::Kind::Map: return "{...}";
    }
    return {};
}

std::string joined(std::span<const std::string_view> words)
{
    std::string text;
    for (const std::string_view word : words) {
        if (!text.empty())
            text += ", ";
        text += word;
    }
    return text;
}

void InputReader::fail(InputErrorId id, std::vector<std::string> args, const YamlNode& node)
{
    if (!error_)
        error_ = InputError{id, std::move(args), file_, node.line, node.column};
}

YamlMap InputReader::map(const YamlNode& node, std::string path, std::span<const std::string_view> keys)
{
    if (failed())
        return {};
    if (node.kind != YamlNode::Kind::Map) {
        fail(InputErrorId::WrongType, {path, "map", foundText(node)}, node);
        return {};
    }
    for (const YamlEntry& entry : node.entries)
        if (std::find(keys.begin(), keys.end(), entry.key.text) == keys.end())
            fail(InputErrorId::UnknownKey, {entry.key.text, path, joined(keys)}, entry.key);
    return {&node, std::move(path)};
}

YamlMap InputReader::map(const YamlNode& node, std::string path, std::initializer_list<std::string_view> keys)
{
    return map(node, std::move(path), std::span(keys.begin(), keys.size()));
}

YamlMap InputReader::map(const YamlMap& in, std::string_view key, std::initializer_list<std::string_view> keys)
{
    const YamlNode* node = in.find(key);
    return node ? map(*node, in.pathOf(key), keys) : YamlMap{};
}

std::span<const YamlNode> InputReader::list(const YamlMap& in, std::string_view key, std::size_t most)
{
    const YamlNode* node = in.find(key);
    if (failed() || !node)
        return {};
    if (node->kind != YamlNode::Kind::List)
        fail(InputErrorId::WrongType, {in.pathOf(key), "list", foundText(*node)}, *node);
    else if (node->items.size() > most)
        fail(InputErrorId::TooMany, {in.pathOf(key), std::to_string(most)}, node->items[most]);
    return failed() ? std::span<const YamlNode>() : std::span(node->items);
}

void InputReader::require(const YamlMap& in, std::string_view key)
{
    if (!failed() && in.node && !in.find(key))
        fail(InputErrorId::MissingKey, {std::string(key), in.path}, *in.node);
}

std::string_view InputReader::exactlyOne(const YamlMap& in, std::span<const std::string_view> keys)
{
    if (failed() || !in.node)
        return {};
    std::vector<std::string_view> found;
    std::copy_if(keys.begin(), keys.end(), std::back_inserter(found),
                 [&](std::string_view key) { return in.find(key) != nullptr; });
    if (found.size() == 1)
        return found.front();
    fail(InputErrorId::NotExactlyOne, {in.path, joined(keys), joined(found)}, *in.node);
    return {};
}

const YamlNode* InputReader::scalar(const YamlMap& in, std::string_view key, std::string_view expected)
{
    const YamlNode* node = in.find(key);
    if (failed() || !node)
        return nullptr;
    if (node->kind == YamlNode::Kind::Scalar)
        return node;
    fail(InputErrorId::WrongType, {in.pathOf(key), std::string(expected), foundText(*node)}, *node);
    return nullptr;
}

void InputReader::text(const YamlMap& in, std::string_view key, std::string& out)
{
    if (const YamlNode* node = scalar(in, key, "text"))
        out = node->text;
}

void InputReader::texts(const YamlMap& in, std::string_view key, LocalizedText& out)
{
    const YamlNode* node = in.find(key);
    if (failed() || !node)
        return;
    if (node->kind == YamlNode::Kind::Scalar) { // the same in every language
        out = {node->text, node->text};
        if (hasControlCharacter(node->text))
            fail(InputErrorId::WrongType, {in.pathOf(key), "texts", node->text}, *node);
    } else if (node->kind == YamlNode::Kind::Map) {
        const YamlMap languages = map(*node, in.pathOf(key), {"en", "zh"});
        text(languages, "en", out.en);
        text(languages, "zh", out.zh);
        if (hasControlCharacter(out.en))
            fail(InputErrorId::WrongType, {languages.pathOf("en"), "text", out.en}, *languages.find("en"));
        else if (hasControlCharacter(out.zh))
            fail(InputErrorId::WrongType, {languages.pathOf("zh"), "text", out.zh}, *languages.find("zh"));
    } else {
        fail(InputErrorId::WrongType, {in.pathOf(key), "texts", foundText(*node)}, *node);
    }
}

void InputReader::yesNo(const YamlMap& in, std::string_view key, bool& out)
{
    const YamlNode* node = scalar(in, key, "yes/no");
    if (!node)
        return;
    const std::string word = lowerCase(node->text);
    if (word == "on" || word == "yes" || word == "true")
        out = true;
    else if (word == "off" || word == "no" || word == "false")
        out = false;
    else
        fail(InputErrorId::WrongType, {in.pathOf(key), "yes/no", node->text}, *node);
}

void InputReader::duration(const YamlMap& in, std::string_view key, SimDuration& out, SimDuration least,
                           SimDuration most)
{
    const YamlNode* node = in.find(key);
    if (failed() || !node)
        return;
    const auto value = node->kind == YamlNode::Kind::Scalar ? parseDuration(node->text) : std::nullopt;
    if (!value)
        fail(InputErrorId::NotADuration, {in.pathOf(key), foundText(*node)}, *node);
    else if (*value < least || *value > most)
        fail(InputErrorId::OutOfRange, {in.pathOf(key), node->text, writeDuration(least), writeDuration(most)}, *node);
    else
        out = *value;
}

void InputReader::percentage(const YamlMap& in, std::string_view key, std::uint32_t& outPpm)
{
    const YamlNode* node = scalar(in, key, "percentage");
    if (!node)
        return;
    const auto value = parsePercentage(node->text);
    if (!value)
        fail(InputErrorId::WrongType, {in.pathOf(key), "percentage", node->text}, *node);
    else if (*value > 1'000'000)
        fail(InputErrorId::OutOfRange, {in.pathOf(key), node->text, "0 %", "100 %"}, *node);
    else
        outPpm = *value;
}

int InputReader::oneOf(const YamlMap& in, std::string_view key, std::span<const std::string_view> values)
{
    const YamlNode* node = in.find(key);
    if (failed() || !node)
        return -1;
    if (node->kind == YamlNode::Kind::Scalar) {
        const auto it = std::find(values.begin(), values.end(), node->text);
        if (it != values.end())
            return static_cast<int>(it - values.begin());
    }
    fail(InputErrorId::NotOneOf, {in.pathOf(key), foundText(*node), joined(values)}, *node);
    return -1;
}

std::optional<std::uint64_t> InputReader::wholeNumber(const YamlMap& in, std::string_view key, std::uint64_t least,
                                                      std::uint64_t most)
{
    const YamlNode* node = in.find(key);
    return failed() || !node ? std::nullopt : wholeNumber(*node, in.pathOf(key), least, most);
}

std::vector<std::uint64_t> InputReader::numbers(const YamlMap& in, std::string_view key, std::uint64_t least,
                                                std::uint64_t greatest, std::size_t most)
{
    const YamlNode& node = *in.find(key);
    const bool several = node.kind == YamlNode::Kind::List && !node.items.empty();
    const std::span<const YamlNode> items = several ? list(in, key, most) : std::span(&node, 1);
    std::vector<std::uint64_t> values;
    for (const YamlNode& item : items)
        if (const auto value = failed() ? std::nullopt : wholeNumber(item, in.pathOf(key), least, greatest))
            values.push_back(*value);
    return failed() ? std::vector<std::uint64_t>() : values;
}

std::optional<std::uint64_t> InputReader::wholeNumber(const YamlNode& node, const std::string& path,
                                                      std::uint64_t least, std::uint64_t most)
{
    if (node.kind != YamlNode::Kind::Scalar) {
        fail(InputErrorId::WrongType, {path, "number", foundText(node)}, node);
        return std::nullopt;
    }
    std::string_view digits = node.text;
    const bool negative = digits.starts_with('-');
    if (negative)
        digits.remove_prefix(1);
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    const bool isNumber =
        !node.quoted && !digits.empty() && end == digits.data() + digits.size() && error != std::errc::invalid_argument;
    if (!isNumber) {
        fail(InputErrorId::WrongType, {path, "number", node.text}, node);
        return std::nullopt;
    }
    if (error == std::errc::result_out_of_range || (negative && value != 0) || value < least || value > most) {
        fail(InputErrorId::OutOfRange, {path, node.text, std::to_string(least), std::to_string(most)}, node);
        return std::nullopt;
    }
    return value;
}

} // namespace packetarium
