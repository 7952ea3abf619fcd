// SPDX-License-Identifier: GPL-3.0-or-later
// Saving: either all of the new content is there, or the old file is untouched.
#include "core/base/atomic_file.h"
#include "tests/support/catch.h"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/resource.h>
#include <unistd.h>

namespace packetarium::atomic_file_test {

namespace fs = std::filesystem;

namespace {

class Folder {
public:
    Folder()
        : path_(fs::temp_directory_path() / ("packetarium-atomic-" + std::to_string(getpid())))
    {
        fs::remove_all(path_);
        fs::create_directory(path_);
    }
    ~Folder()
    {
        fs::permissions(path_, fs::perms::owner_all);
        fs::remove_all(path_);
    }
    std::string operator/(const char* name) const { return (path_ / name).string(); }
    const fs::path& path() const { return path_; }
    std::size_t files() const
    {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(path_), fs::directory_iterator()));
    }

private:
    fs::path path_;
};

std::string contentOf(const std::string& path)
{
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

} // namespace

TEST_CASE("a file is written, and written again", "[base]")
{
    const Folder folder;
    CHECK_FALSE(writeFileAtomically(folder / "a.yaml", "one"));
    CHECK(contentOf(folder / "a.yaml") == "one");
    CHECK_FALSE(writeFileAtomically(folder / "a.yaml", std::string("t\0wo", 4)));
    CHECK(contentOf(folder / "a.yaml") == std::string("t\0wo", 4));
    CHECK(folder.files() == 1);
}

TEST_CASE("permissions and symbolic links stay", "[base]")
{
    const Folder folder;
    CHECK_FALSE(writeFileAtomically(folder / "real", "one"));
    fs::permissions(folder / "real", fs::perms::owner_read | fs::perms::owner_write);
    fs::create_symlink("real", folder / "link");
    CHECK_FALSE(writeFileAtomically(folder / "link", "two"));
    CHECK(fs::is_symlink(folder / "link"));
    CHECK(contentOf(folder / "real") == "two");
    CHECK(fs::status(folder / "real").permissions() == (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("what cannot be written is said, and what was there stays", "[base]")
{
    const Folder folder;
    const auto error = writeFileAtomically(folder / "none/a.yaml", "x");
    REQUIRE(error);
    CHECK(error->id == InputErrorId::FileUnwritable);
    CHECK(error->file == folder / "none/a.yaml");
    CHECK_FALSE(error->args.at(0).empty());
    CHECK(writeFileAtomically(folder.path().string(), "x"));
    CHECK(writeFileAtomically("", "x"));
    CHECK(writeFileAtomically("/dev/full", "x"));
    CHECK(fs::is_character_file("/dev/full"));
    CHECK(folder.files() == 0);

    if (geteuid() == 0)
        return; // whom no permission stops
    REQUIRE_FALSE(writeFileAtomically(folder / "a.yaml", "old"));
    fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec);
    CHECK(writeFileAtomically(folder / "a.yaml", "new"));
    CHECK(contentOf(folder / "a.yaml") == "old");
    CHECK(folder.files() == 1);
}

TEST_CASE("a disk that fills up leaves the old file and no rubbish", "[base]")
{
    const Folder folder;
    REQUIRE_FALSE(writeFileAtomically(folder / "a.yaml", "old"));
    // The limit on a file's size stands in for the disk: writing beyond it fails half way.
    rlimit before{};
    REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
    rlimit small = before;
    small.rlim_cur = 4096;
    const auto oldHandler = std::signal(SIGXFSZ, SIG_IGN);
    REQUIRE(setrlimit(RLIMIT_FSIZE, &small) == 0);
    const auto error = writeFileAtomically(folder / "a.yaml", std::string(100'000, 'x'));
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, oldHandler);
    REQUIRE(error);
    CHECK(contentOf(folder / "a.yaml") == "old");
    CHECK(folder.files() == 1);
}

} // namespace packetarium::atomic_file_test
