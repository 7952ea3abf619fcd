// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/atomic_file.h"

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace packetarium {
namespace {

/// 0, or the errno of what failed.
int writeAll(int fd, std::string_view content)
{
    while (!content.empty()) {
        const ssize_t written = write(fd, content.data(), content.size());
        if (written < 0 && errno != EINTR)
            return errno;
        if (written > 0)
            content.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

/// Where a chain of symbolic links leads, so that the link stays and its target is replaced.
std::string targetOf(const std::string& path)
{
    char resolved[PATH_MAX];
    return realpath(path.c_str(), resolved) ? std::string(resolved) : path;
}

std::string folderOf(const std::string& path)
{
    const std::size_t slash = path.find_last_of('/');
    return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

int writeDevice(const std::string& path, std::string_view content)
{
    const int fd = open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return errno;
    const int failed = writeAll(fd, content);
    return close(fd) != 0 && failed == 0 ? errno : failed;
}

/// Permissions for a file that was not there: what open() would have given.
mode_t newFileMode()
{
    const mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

int replaceFile(const std::string& target, mode_t mode, std::string_view content)
{
    std::string temporary = target + ".XXXXXX";
    const int fd = mkostemp(temporary.data(), O_CLOEXEC);
    if (fd < 0)
        return errno;
    int failed = writeAll(fd, content);
    if (failed == 0 && fchmod(fd, mode) != 0)
        failed = errno;
    if (failed == 0 && fsync(fd) != 0)
        failed = errno;
    if (close(fd) != 0 && failed == 0)
        failed = errno;
    if (failed == 0 && rename(temporary.c_str(), target.c_str()) != 0)
        failed = errno;
    if (failed != 0) {
        unlink(temporary.c_str());
        return failed;
    }
    // The new name, too, should survive a power cut; that some file systems cannot promise it is no failure.
    if (const int folder = open(folderOf(target).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); folder >= 0) {
        fsync(folder);
        close(folder);
    }
    return 0;
}

int writeTo(const std::string& path, std::string_view content)
{
    const std::string target = targetOf(path);
    struct stat status {};
    const bool exists = stat(target.c_str(), &status) == 0;
    if (exists && S_ISDIR(status.st_mode))
        return EISDIR;
    if (exists && access(target.c_str(), W_OK) != 0)
        return errno;
    if (exists && !S_ISREG(status.st_mode))
        return writeDevice(target, content);
    return replaceFile(target, exists ? status.st_mode & 07777 : newFileMode(), content);
}

} // namespace

std::optional<InputError> writeFileAtomically(const std::string& path, std::string_view content)
{
    const int failed = path.empty() ? ENOENT : writeTo(path, content);
    if (failed == 0)
        return std::nullopt;
    const std::string reason = failed == ENOENT ? "the folder does not exist" : std::strerror(failed);
    return InputError{InputErrorId::FileUnwritable, {reason}, path};
}

} // namespace packetarium
