// SPDX-License-Identifier: GPL-3.0-or-later
//
// The rules of the house, read from the source files themselves: which room may include which (ARCHITECTURE.md,
// "Rooms"), and a few habits that reviewers should not have to look for. To allow a new arrow, change the table.
#include "tests/support/catch.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace packetarium::house_test {

namespace {

namespace fs = std::filesystem;

enum class Qt { No, Yes };

/// A room is every file whose path begins with `prefix`; the longest prefix that fits is the file's room. A room may
/// always include itself, and besides that the files whose path begins with one of `mayInclude`.
struct Room {
    std::string_view prefix;
    Qt qt;
    std::vector<std::string_view> mayInclude;
};

// clang-format off
const std::vector<Room> kArrows{
    // core: each room sees those above it; Qt nowhere. trace/vocabulary is the words that tcp reports in; the rest of
    // trace stands on tcp. A scenario is the input of a run, so apps and engine read it and it knows neither.
    {"core/base/",            Qt::No,  {}},
    {"core/wire/",            Qt::No,  {"core/base/"}},
    {"core/trace/vocabulary", Qt::No,  {"core/base/"}},
    {"core/tcp/",             Qt::No,  {"core/base/", "core/wire/", "core/trace/vocabulary"}},
    {"core/trace/",           Qt::No,  {"core/base/", "core/wire/", "core/tcp/"}},
    {"core/net/",             Qt::No,  {"core/base/", "core/wire/", "core/tcp/", "core/trace/"}},
    {"core/presentation/",    Qt::No,  {"core/base/", "core/wire/"}},
    {"core/scenario/",        Qt::No,  {"core/base/", "core/wire/", "core/tcp/", "core/trace/", "core/net/"}},
    {"core/apps/",            Qt::No,  {"core/base/", "core/wire/", "core/tcp/", "core/trace/", "core/net/",
                                        "core/presentation/", "core/scenario/"}},
    {"core/engine/",          Qt::No,  {"core/base/", "core/wire/", "core/tcp/", "core/trace/", "core/net/",
                                        "core/scenario/", "core/apps/"}},
    {"core/endpoint/",        Qt::No,  {"core/base/", "core/wire/", "core/tcp/", "core/trace/", "core/net/",
                                        "core/scenario/"}},
    {"core/lesson/",          Qt::No,  {"core/base/", "core/wire/", "core/tcp/", "core/trace/", "core/net/",
                                        "core/scenario/", "core/apps/", "core/engine/"}},
    {"core/capture/",         Qt::No,  {"core/base/", "core/wire/", "core/tcp/", "core/trace/", "core/net/",
                                        "core/scenario/", "core/apps/", "core/engine/"}},
    // ui
    {"ui/theme/",             Qt::Yes, {}},
    {"ui/i18n/catalogue",     Qt::No,  {"core/"}},
    {"ui/i18n/",              Qt::Yes, {"core/"}},
    {"ui/paint/",             Qt::Yes, {"core/", "ui/theme/", "ui/i18n/"}},
    {"ui/session/",           Qt::Yes, {"core/", "ui/theme/", "ui/i18n/", "ui/paint/stage_scene"}},
    {"ui/models/",            Qt::Yes, {"core/", "ui/theme/", "ui/i18n/", "ui/session/"}},
    {"ui/widgets/",           Qt::Yes, {"core/", "ui/theme/", "ui/i18n/", "ui/session/", "ui/paint/", "ui/models/"}},
    {"ui/window/",            Qt::Yes, {"core/", "ui/"}},
    // programs and tests: nobody includes a program
    {"app/cli/",              Qt::No,  {"core/", "ui/i18n/catalogue"}},
    {"app/bench/ui_",         Qt::Yes, {"core/", "ui/", "app/bench/"}},
    {"app/bench/",            Qt::No,  {"core/", "ui/i18n/catalogue"}},
    {"app/desktop/",          Qt::Yes, {"core/", "ui/"}},
    {"tests/core/",           Qt::No,  {"core/", "ui/i18n/catalogue", "tests/support/"}},
    {"tests/fuzz/",           Qt::No,  {"core/"}},
    {"tests/support/ui/",     Qt::Yes, {"core/", "ui/", "tests/support/"}},
    {"tests/support/",        Qt::No,  {"core/", "ui/i18n/catalogue"}},
    {"tests/ui/",             Qt::Yes, {"core/", "ui/", "tests/support/"}},
};
// clang-format on

constexpr std::array<std::string_view, 4> kTopFolders{"core/", "ui/", "app/", "tests/"};
constexpr std::size_t kLongestFile = 600;

struct SourceFile {
    std::string path; ///< from the root, with '/'
    std::vector<std::string> lines;
};

using Problems = std::vector<std::string>;

bool startsWithAny(std::string_view text, const auto& prefixes)
{
    return std::ranges::any_of(prefixes, [&](std::string_view prefix) { return text.starts_with(prefix); });
}

std::string at(const SourceFile& file, std::size_t line, const std::string& what)
{
    return file.path + ":" + std::to_string(line + 1) + ": " + what;
}

const Room* roomOf(std::string_view path)
{
    const Room* found = nullptr;
    for (const Room& room : kArrows) {
        if (path.starts_with(room.prefix) && (!found || room.prefix.size() > found->prefix.size())) {
            found = &room;
        }
    }
    return found;
}

/// What is wrong with including `target` in a file of `room`; empty when it is allowed.
std::string whatIsWrong(const Room& room, const std::string& target, bool quoted)
{
    if (target.starts_with("Q")) {
        return room.qt == Qt::Yes ? "" : "includes Qt";
    }
    if (startsWithAny(target, kTopFolders)) {
        const bool allowed = target.starts_with(room.prefix) || startsWithAny(target, room.mayInclude);
        return allowed ? "" : "may not include " + target;
    }
    if (quoted && !target.ends_with(".moc")) {
        return "write the path from the root: " + target;
    }
    return "";
}

Problems checkArrows(const SourceFile& file)
{
    const Room* room = roomOf(file.path);
    if (!room) {
        return {at(file, 0, "is in no room; a new room needs a row in tests/core/house_test.cpp")};
    }
    static const std::regex include(R"re(^\s*#\s*include\s*([<"])([^>"]+)[>"])re");
    Problems problems;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        std::smatch match;
        if (std::regex_search(file.lines[i], match, include)) {
            const std::string wrong = whatIsWrong(*room, match[2], match[1] == "\"");
            if (!wrong.empty()) {
                problems.push_back(at(file, i, std::string(room->prefix) + " " + wrong));
            }
        }
    }
    return problems;
}

Problems checkHabits(const SourceFile& file)
{
    Problems problems;
    if (file.lines.empty() || file.lines[0] != "// SPDX-License-Identifier: GPL-3.0-or-later") {
        problems.push_back(at(file, 0, "the first line is not the SPDX line"));
    }
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        if (file.lines[i].find('\t') != std::string::npos) {
            problems.push_back(at(file, i, "a tab"));
        }
    }
    if (file.lines.size() > kLongestFile && !file.path.starts_with("tests/")) {
        problems.push_back(at(file, kLongestFile, "more than " + std::to_string(kLongestFile) + " lines"));
    }
    return problems;
}

/// Every test runs: none is hidden or allowed to fail by a tag, and none lies where no binary picks it up.
Problems checkNoTestIsLeftOut(const SourceFile& file)
{
    Problems problems;
    if (!file.path.starts_with("tests/")) {
        return problems;
    }
    if (file.path.ends_with("_test.cpp") && !std::regex_match(file.path, std::regex("tests/(core|ui)/[^/]+"))) {
        problems.push_back(at(file, 0, "tests are compiled from tests/core and tests/ui only"));
    }
    static const std::regex hidingTag(R"re(\[(\.[a-z-]*|![a-z]+)\])re");
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        if (std::regex_search(file.lines[i], hidingTag)) {
            problems.push_back(at(file, i, "a tag that hides a test or lets it fail"));
        }
    }
    return problems;
}

/// A name that a source file keeps to itself in an unnamed namespace; of a function with its parameters, as far as they stand in its
/// first line.
struct HiddenName {
    std::string name;
    std::size_t line = 0;
};

std::vector<HiddenName> hiddenNames(const SourceFile& file)
{
    static const std::regex type(R"re(^(?:struct|class|enum class|enum|using) (\w+)(?: .*|;)?$)re");
    static const std::regex function(R"re(^[\w:<>,&*\[\] ]*?\b(\w+\(.*)$)re");
    static const std::regex constant(R"re(\b(k[A-Z]\w*)(?=\s*(?:=|\{|\[)))re");
    std::vector<HiddenName> names;
    bool hidden = false;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        const std::string& line = file.lines[i];
        std::smatch match;
        if (line == "namespace {" || line == "} // namespace") {
            hidden = line.front() == 'n';
        } else if (!hidden || line.empty() || std::string_view(" }/#").find(line.front()) != std::string_view::npos) {
            continue;
        } else if (std::regex_match(line, match, type)) {
            if (!line.ends_with(";") || line.starts_with("using"))
                names.push_back({match[1], i});
        } else if (std::regex_search(line, match, constant) && match.prefix().str().find('(') == std::string::npos) {
            for (std::sregex_iterator c(line.begin(), line.end(), constant), none; c != none; ++c)
                names.push_back({(*c)[1], i});
        } else if (!line.starts_with("template") && std::regex_match(line, match, function)) {
            names.push_back({match[1], i});
        }
    }
    return names;
}

/// Several files are compiled as one (CONTRIBUTING.md, "Build"), any of a folder together.
Problems checkHiddenNames(const std::vector<SourceFile>& files)
{
    Problems problems;
    std::map<std::pair<std::string, std::string>, std::string> owners; // folder and name: the first file that has it
    for (const SourceFile& file : files) {
        if (!file.path.ends_with(".cpp") || file.path.starts_with("tests/fuzz/")) // each of those is compiled alone
            continue;
        const fs::path path(file.path);
        if (file.path.starts_with("tests/core/") || file.path.starts_with("tests/ui/")) {
            const std::string opening = "namespace packetarium::" + path.stem().string() + " {";
            if (file.path.ends_with("_test.cpp") && std::ranges::find(file.lines, opening) == file.lines.end())
                problems.push_back(at(file, 0, "has no " + opening));
            continue;
        }
        for (const HiddenName& hidden : hiddenNames(file)) {
            const auto [owner, isNew] = owners.try_emplace({path.parent_path().string(), hidden.name}, file.path);
            if (!isNew && owner->second != file.path)
                problems.push_back(at(file, hidden.line, hidden.name + " is in " + owner->second + " too"));
        }
    }
    return problems;
}

SourceFile readFile(const fs::path& path, std::string pathFromRoot)
{
    SourceFile file{std::move(pathFromRoot), {}};
    std::ifstream in(path, std::ios::binary);
    for (std::string line; std::getline(in, line);) {
        file.lines.push_back(line);
    }
    return file;
}

const fs::path root{PACKETARIUM_SOURCE_ROOT};

const std::vector<SourceFile>& allSources()
{
    static const std::vector<SourceFile> files = [] {
        std::vector<SourceFile> found;
        for (const std::string_view top : kTopFolders) {
            for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
                const fs::path extension = entry.path().extension();
                if (entry.is_regular_file() && (extension == ".h" || extension == ".cpp")) {
                    found.push_back(readFile(entry.path(), fs::relative(entry.path(), root).generic_string()));
                }
            }
        }
        std::ranges::sort(found, {}, &SourceFile::path);
        return found;
    }();
    return files;
}

void report(const Problems& problems)
{
    for (const std::string& problem : problems) {
        FAIL_CHECK(problem);
    }
}

Problems arrowsOf(std::string path, std::string line)
{
    return checkArrows({std::move(path), {std::move(line)}});
}

} // namespace

TEST_CASE("the check of arrows sees what it should", "[house]")
{
    CHECK(arrowsOf("core/tcp/a.h", "#include \"core/net/host.h\"") ==
          Problems{"core/tcp/a.h:1: core/tcp/ may not include core/net/host.h"});
    CHECK(arrowsOf("core/base/a.cpp", "  #  include <QString>") ==
          Problems{"core/base/a.cpp:1: core/base/ includes Qt"});
    CHECK(arrowsOf("core/base/a.cpp", "#include \"b.h\"").size() == 1);
    CHECK(arrowsOf("core/nowhere/a.cpp", "").size() == 1);
    CHECK(arrowsOf("ui/paint/a.cpp", "#include \"ui/session/session.h\"").size() == 1);
    CHECK(arrowsOf("ui/theme/a.h", "#include \"core/base/ids.h\"").size() == 1);
    CHECK(arrowsOf("ui/i18n/catalogue_en.cpp", "#include <QString>").size() == 1);
    CHECK(arrowsOf("ui/i18n/catalogue_en.cpp", "#include \"ui/i18n/language.h\"").size() == 1);
    CHECK(arrowsOf("ui/window/a.cpp", "#include \"app/desktop/options.h\"").size() == 1);

    CHECK(arrowsOf("core/tcp/a.h", "#include \"core/tcp/state.h\"").empty());
    CHECK(arrowsOf("core/net/a.h", "#include \"core/base/ids.h\"").empty());
    CHECK(arrowsOf("core/net/a.h", "#include <vector>").empty());
    CHECK(arrowsOf("ui/i18n/language.cpp", "#include \"ui/i18n/catalogue.h\"").empty());
    CHECK(arrowsOf("ui/widgets/a.cpp", "#include <QWidget>").empty());
}

TEST_CASE("rooms include only what the arrows allow", "[house]")
{
    REQUIRE(allSources().size() > 10);
    for (const SourceFile& file : allSources()) {
        report(checkArrows(file));
    }
}

TEST_CASE("every source file keeps the habits of the house", "[house]")
{
    for (const SourceFile& file : allSources()) {
        report(checkHabits(file));
    }
}

TEST_CASE("no two files of a folder keep the same name to themselves", "[house]")
{
    const SourceFile one{"core/tcp/one.cpp",
                         {"namespace {", "constexpr int kFirst = 1, kSecond = 2;", "struct Kept {", "};",
                          "bool is(int a)", "{", "}", "} // namespace", "constexpr int kShown = 3;"}};
    const auto with = [&](std::string path, std::string line) {
        return checkHiddenNames({one, {std::move(path), {"namespace {", std::move(line), "} // namespace"}}}).size();
    };
    CHECK(with("core/tcp/two.cpp", "constexpr double kSecond = 2;") == 1);
    CHECK(with("core/tcp/two.cpp", "class Kept : public Base {") == 1);
    CHECK(with("core/tcp/two.cpp", "std::optional<int> is(int a)") == 1);
    CHECK(with("core/tcp/two.cpp", "bool is(char a)") == 0);
    CHECK(with("core/tcp/two.cpp", "constexpr int kShown = 4;") == 0);
    CHECK(with("core/net/two.cpp", "constexpr int kFirst = 1;") == 0);
    CHECK(checkHiddenNames({{"tests/core/a_test.cpp", {"namespace packetarium::b_test {"}}}).size() == 1);

    report(checkHiddenNames(allSources()));
}

TEST_CASE("no test is hidden, excused or left out of the build", "[house]")
{
    CHECK(checkNoTestIsLeftOut({"tests/core/a_test.cpp",
                                {"TEST_CASE(\"a\", \"[tcp]["
                                 ".slow]\")"}})
              .size() == 1);
    CHECK(checkNoTestIsLeftOut({"tests/a_test.cpp", {}}).size() == 1);
    for (const SourceFile& file : allSources()) {
        report(checkNoTestIsLeftOut(file));
    }
}

TEST_CASE("every translation is finished", "[house]")
{
    for (const std::string name : {"translations/packetarium_zh_CN.ts", "translations/packetarium_en.ts"}) {
        const SourceFile file = readFile(root / name, name);
        REQUIRE_FALSE(file.lines.empty());
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            if (file.lines[i].find("type=\"unfinished\"") != std::string::npos) {
                report({at(file, i, i > 0 ? "not translated: " + file.lines[i - 1] : "not translated")});
            }
        }
    }
}

} // namespace packetarium::house_test
