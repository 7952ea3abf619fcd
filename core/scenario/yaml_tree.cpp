// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/yaml_tree.h"

#include "core/base/utf8.h"
#include "core/scenario/scenario_file.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <optional>
#include <sstream>

namespace packetarium {
namespace {

struct TextPlace {
    int line = 0, column = 0;
};

/// Where the text stops being UTF-8 without control characters, if it does.
std::optional<TextPlace> firstBadCharacter(std::string_view text)
{
    TextPlace place{1, 1};
    while (!text.empty()) {
        const unsigned char c = static_cast<unsigned char>(text.front());
        const std::size_t length = utf8Length(text);
        const bool control = c == 0x7F || (c < 0x20 && c != '\t' && c != '\n' && c != '\r');
        if (length == 0 || control)
            return place;
        ++place.column;
        if (c == '\n')
            place = {place.line + 1, 1};
        text.remove_prefix(length);
    }
    return std::nullopt;
}

/// Leaves the parser; never seen outside this file.
struct Stop {
    InputErrorId id;
    std::vector<std::string> args;
    YAML::Mark mark;
};

class TreeBuilder : public YAML::EventHandler {
public:
    explicit TreeBuilder(std::string_view text)
        : text_(text)
    {}

    YamlNode takeRoot() { return std::move(root_); }
    /// yaml-cpp counts bytes; people count characters. Counts on from the last place asked for on the same line, so that
    /// a file that is one long line takes no longer than any other.
    TextPlace placeOf(const YAML::Mark& mark)
    {
        if (mark.pos < 0 || mark.line < 0 || mark.column < 0)
            return {};
        const std::size_t end = std::min(text_.size(), static_cast<std::size_t>(mark.pos));
        if (mark.line != countedLine_ || end < countedTo_) {
            countedLine_ = mark.line;
            countedTo_ = end - std::min(end, static_cast<std::size_t>(mark.column));
            continuations_ = 0;
        }
        const std::string_view onward = text_.substr(countedTo_, end - countedTo_);
        continuations_ += static_cast<int>(std::count_if(onward.begin(), onward.end(), isUtf8Continuation));
        countedTo_ = end;
        return {mark.line + 1, mark.column + 1 - continuations_};
    }

    void OnDocumentStart(const YAML::Mark& mark) override
    {
        if (++documents_ > 1)
            throw Stop{InputErrorId::YamlFeature, {"documents"}, mark};
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        begin(mark, YamlNode::Kind::Null, {}, anchor);
        end();
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override
    {
        throw Stop{InputErrorId::YamlFeature, {"alias"}, mark};
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override
    {
        YamlNode& node = begin(mark, YamlNode::Kind::Scalar, tag, anchor);
        node.quoted = tag == "!";
        node.text = value;
        if (!isUtf8(value)) // what yaml-cpp 0.7 makes of "\N" and "\_"
            throw Stop{InputErrorId::YamlFeature, {"escape"}, mark};
        end();
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override
    {
        begin(mark, YamlNode::Kind::List, tag, anchor);
    }
    void OnSequenceEnd() override { end(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override
    {
        begin(mark, YamlNode::Kind::Map, tag, anchor);
    }
    void OnMapEnd() override { end(); }

private:
    /// An open list or map, with the key that waits for its value.
    struct Level {
        YamlNode node;
        std::optional<YamlNode> key;
    };

    YamlNode& begin(const YAML::Mark& mark, YamlNode::Kind kind, const std::string& tag, YAML::anchor_t anchor)
    {
        if (anchor != YAML::NullAnchor)
            throw Stop{InputErrorId::YamlFeature, {"anchor"}, mark};
        if (!tag.empty() && tag != "?" && tag != "!")
            throw Stop{InputErrorId::YamlFeature, {"tag"}, mark};
        if (open_.size() >= static_cast<std::size_t>(kMaxYamlDepth))
            throw Stop{InputErrorId::TooDeep, {std::to_string(kMaxYamlDepth)}, mark};
        const bool isKey = !open_.empty() && open_.back().node.kind == YamlNode::Kind::Map && !open_.back().key;
        if (isKey && kind != YamlNode::Kind::Scalar)
            throw Stop{InputErrorId::YamlFeature, {"complex-key"}, mark};
        const TextPlace place = placeOf(mark);
        Level level;
        level.node.kind = kind;
        level.node.line = place.line;
        level.node.column = place.column;
        open_.push_back(std::move(level));
        return open_.back().node;
    }

    void end()
    {
        YamlNode done = std::move(open_.back().node);
        open_.pop_back();
        if (open_.empty()) {
            root_ = std::move(done);
            return;
        }
        Level& parent = open_.back();
        if (parent.node.kind == YamlNode::Kind::List)
            parent.node.items.push_back(std::move(done));
        else if (!parent.key)
            parent.key = std::move(done);
        else {
            if (done.kind ==
                YamlNode::Kind::Null) { // the parser says where the next thing is; the key is what one looks for
                done.line = parent.key->line;
                done.column = parent.key->column;
            }
            parent.node.entries.push_back({std::move(*parent.key), std::move(done)});
            parent.key.reset();
        }
    }

    std::string_view text_;
    std::vector<Level> open_;
    YamlNode root_;
    int documents_ = 0;
    int countedLine_ = -1;
    std::size_t countedTo_ = 0;
    int continuations_ = 0;
};

/// The second of two equal keys anywhere in the tree, or nullptr.
const YamlNode* duplicateKey(const YamlNode& node)
{
    for (const YamlNode& item : node.items)
        if (const YamlNode* found = duplicateKey(item))
            return found;
    std::vector<const YamlNode*> keys;
    for (const YamlEntry& entry : node.entries) {
        if (const YamlNode* found = duplicateKey(entry.value))
            return found;
        keys.push_back(&entry.key);
    }
    std::stable_sort(keys.begin(), keys.end(), [](const YamlNode* a, const YamlNode* b) { return a->text < b->text; });
    const auto twin = std::adjacent_find(keys.begin(), keys.end(),
                                         [](const YamlNode* a, const YamlNode* b) { return a->text == b->text; });
    return twin == keys.end() ? nullptr : *(twin + 1);
}

} // namespace

Result<YamlNode, InputError> parseYamlTree(std::string_view text, std::string_view fileName)
{
    const std::string file(fileName);
    if (text.size() > kMaxInputFile)
        return InputError{
            InputErrorId::FileTooLarge, {std::to_string(text.size()), std::to_string(kMaxInputFile)}, file};
    if (text.starts_with("\xEF\xBB\xBF")) // a byte order mark, which some editors write
        text.remove_prefix(3);
    if (const auto bad = firstBadCharacter(text))
        return InputError{InputErrorId::NotUtf8, {}, file, bad->line, bad->column};

    TreeBuilder builder(text);
    const auto errorAt = [&](InputErrorId id, std::vector<std::string> args, const YAML::Mark& mark) {
        const TextPlace place = builder.placeOf(mark);
        return InputError{id, std::move(args), file, place.line, place.column};
    };
    try {
        std::istringstream stream{std::string(text)};
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(builder)) {}
    } catch (const Stop& stop) {
        return errorAt(stop.id, stop.args, stop.mark);
    } catch (const YAML::Exception& exception) {
        return errorAt(InputErrorId::NotYaml, {exception.msg}, exception.mark);
    }
    YamlNode root = builder.takeRoot();
    if (const YamlNode* twin = duplicateKey(root))
        return InputError{InputErrorId::DuplicateKey, {twin->text}, file, twin->line, twin->column};
    return root;
}

} // namespace packetarium
