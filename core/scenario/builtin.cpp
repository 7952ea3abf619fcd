// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/builtin.h"

#include "core/scenario/builtin_files.h"
#include "core/scenario/scenario_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

namespace packetarium {
namespace {

/// A file descriptor that closes itself.
class Descriptor {
public:
    explicit Descriptor(int fd)
        : fd_(fd)
    {}
    ~Descriptor()
    {
        if (fd_ >= 0)
            close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return fd_; }

private:
    int fd_;
};

InputError unreadable(const std::string& path, int reason)
{
    const bool missing = reason == ENOENT || reason == ENOTDIR;
    if (missing)
        return {InputErrorId::FileNotFound, {}, path};
    return {InputErrorId::FileUnreadable, {std::strerror(reason)}, path};
}

} // namespace

Result<std::string, InputError> readInputFile(const std::string& path)
{
    // Without waiting: a named pipe given by mistake must not hang the program.
    const Descriptor file(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (file.get() < 0)
        return unreadable(path, errno);
    struct stat status {};
    if (fstat(file.get(), &status) != 0)
        return unreadable(path, errno);
    if (S_ISDIR(status.st_mode))
        return unreadable(path, EISDIR);
    if (!S_ISREG(status.st_mode) && !S_ISCHR(status.st_mode))
        return unreadable(path, EINVAL);
    if (status.st_size > static_cast<off_t>(kMaxInputFile))
        return InputError{
            InputErrorId::FileTooLarge, {std::to_string(status.st_size), std::to_string(kMaxInputFile)}, path};
    std::string text(kMaxInputFile + 1, '\0'); // one more, to notice a device that has no size and no end
    std::size_t size = 0;
    while (size < text.size()) {
        const ssize_t got = read(file.get(), text.data() + size, text.size() - size);
        if (got < 0 && errno != EINTR)
            return unreadable(path, errno);
        if (got == 0)
            break;
        size += got > 0 ? static_cast<std::size_t>(got) : 0;
    }
    text.resize(size);
    if (size > kMaxInputFile)
        return InputError{InputErrorId::FileTooLarge, {std::to_string(size), std::to_string(kMaxInputFile)}, path};
    return text;
}

std::optional<std::string_view> builtinText(std::string_view kind, std::string_view name)
{
    for (const BuiltinFile& file : builtinFiles())
        if (file.kind == kind && file.name == name)
            return file.text;
    return std::nullopt;
}

bool looksLikePath(std::string_view pathOrName)
{
    return pathOrName.find('/') != std::string_view::npos || pathOrName.ends_with(".yaml") ||
           pathOrName.ends_with(".yml");
}

bool fileExists(const std::string& path)
{
    struct stat status {};
    return stat(path.c_str(), &status) == 0 && !S_ISDIR(status.st_mode);
}

} // namespace packetarium
