// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/builtin_heads.h"

#include "core/scenario/builtin_files.h"
#include "core/scenario/groups.h"
#include "core/scenario/yaml_tree.h"

#include <algorithm>

namespace packetarium {
namespace {

/// How the files of one kind begin.
struct HeadShape {
    std::string_view kind;
    std::string_view body; ///< the line with which the rest begins
    std::string_view groupKey;
    std::span<const std::string_view> groups;
};

struct PlacedHead {
    std::ptrdiff_t group = 0;
    int order = 0;
    BuiltinHead head;
};

PlacedHead readOne(const BuiltinFile& file, const HeadShape& shape)
{
    PlacedHead placed{std::ssize(shape.groups), 0, {std::string(file.name), {}, {}, {}}};
    placed.head.title = {placed.head.name, placed.head.name};
    const auto tree = parseYamlTree(file.text.substr(0, file.text.find(shape.body) + 1), file.name);
    if (!tree || tree.value().kind != YamlNode::Kind::Map)
        return placed;
    InputReader in(file.name);
    const YamlMap top{&tree.value(), {}};
    in.texts(top, "title", placed.head.title);
    in.texts(top, "summary", placed.head.summary);
    in.number(top, "order", placed.order, 0, 9999);
    if (const int group = in.oneOf(top, shape.groupKey, shape.groups); group >= 0) {
        placed.group = group;
        placed.head.group = shape.groups[static_cast<std::size_t>(group)];
    }
    return placed;
}

std::vector<BuiltinHead> readHeads(const HeadShape& shape)
{
    std::vector<PlacedHead> placed;
    for (const BuiltinFile& file : builtinFiles())
        if (file.kind == shape.kind)
            placed.push_back(readOne(file, shape));
    std::stable_sort(placed.begin(), placed.end(), [](const PlacedHead& a, const PlacedHead& b) {
        return std::pair(a.group, a.order) < std::pair(b.group, b.order);
    });
    std::vector<BuiltinHead> heads;
    for (PlacedHead& one : placed)
        heads.push_back(std::move(one.head));
    return heads;
}

} // namespace

const std::vector<BuiltinHead>& builtinScenarioHeads()
{
    static const auto heads = readHeads({"scenario", "\nhosts:", "group", kScenarioGroups});
    return heads;
}

const std::vector<BuiltinHead>& builtinLessonHeads()
{
    static const auto heads = readHeads({"lesson", "\nsteps:", "chapter", kLessonChapters});
    return heads;
}

} // namespace packetarium
