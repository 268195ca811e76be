#include "engine/base/plain_file.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "engine/base/text.h"

namespace cascadelab {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kEverybody = 0666;  // what the user's mask leaves of it
constexpr auto kRoom = "a folder with room and permission";

Problem unreadable(const std::string& name, std::string found, const std::string& wanted) {
    return {name, "", std::move(found), wanted, ExitCode::input_output};
}

std::string kind_text(mode_t mode) {
    if (S_ISDIR(mode)) return "a directory";
    return S_ISFIFO(mode) ? "a pipe" : "something that is no file";
}

std::string missing_text(int error) {
    if (error == ENOENT || error == ENOTDIR) return "no such file";
    return std::string("a file that cannot be opened: ") + std::strerror(error);
}

// The neighbour's ending: 48 bits that nobody can foresee.
std::string random_ending() {
    std::uint64_t bits = 0;
    // Only a kernel that is just starting gives fewer; then O_EXCL alone keeps us apart.
    (void)!::getrandom(&bits, sizeof bits, GRND_NONBLOCK);
    std::string ending = ".";
    for (int i = 0; i < 8; ++i, bits >>= 6)
        ending += "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"[bits & 63];
    return ending + ".part";
}

std::string folder_of(const std::string& name) {
    const std::string folder = fs::path(name).parent_path().string();
    return folder.empty() ? "." : folder;
}

}  // namespace

Descriptor::~Descriptor() {
    if (m_number >= 0) ::close(m_number);
}

std::string plain_name(const std::string& name) {
    return name.starts_with('/') ? name : "./" + name;
}

Status check_readable(const std::string& name, const std::string& wanted) {
    if (name.empty()) return unreadable(name, "an empty name", wanted);
    struct stat found {};
    if (::stat(name.c_str(), &found) != 0) return unreadable(name, missing_text(errno), wanted);
    if (!S_ISREG(found.st_mode)) return unreadable(name, kind_text(found.st_mode), wanted);
    return Done{};
}

Result<Descriptor> open_readable(const std::string& name, const std::string& wanted) {
    if (const Status there = check_readable(name, wanted); !there) return there.problem();
    Descriptor descriptor(::open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (descriptor.number() < 0) return unreadable(name, missing_text(errno), wanted);
    // Asked again of what is open: the name may mean something else by now.
    struct stat found {};
    if (::fstat(descriptor.number(), &found) != 0 || !S_ISREG(found.st_mode))
        return unreadable(name, kind_text(found.st_mode), wanted);
    return descriptor;
}

Result<std::string> read_whole(const std::string& name, std::size_t most,
                               const std::string& wanted) {
    auto opened = open_readable(name, wanted);
    if (!opened) return opened.problem();
    std::string text;
    while (text.size() <= most) {
        const std::size_t before = text.size();
        text.resize(before + std::min<std::size_t>(1u << 16, most + 1 - before));
        const ssize_t got =
            ::read(opened.value().number(), text.data() + before, text.size() - before);
        if (got < 0 && errno == EINTR) {
            text.resize(before);
            continue;
        }
        if (got < 0) return unreadable(name, "a file that breaks off while it is read", wanted);
        text.resize(before + static_cast<std::size_t>(got));
        if (got == 0) return text;
    }
    struct stat found {};
    ::fstat(opened.value().number(), &found);
    return Problem{name, "", "a file of " + std::to_string(found.st_size >> 20) + " MiB",
                   wanted + " of at most " + std::to_string(most >> 20) + " MiB"};
}

Result<std::string> writable_name(const std::string& name) {
    const auto refused = [&](std::string found) {
        return Problem{name, "", std::move(found), "the name of a file to write",
                       ExitCode::input_output};
    };
    if (name.empty() || name.ends_with('/')) {
        Problem problem = refused(name.empty() ? "an empty name" : "the name of a folder");
        problem.code = ExitCode::usage;
        return problem;
    }
    struct stat found {};
    if (::lstat(name.c_str(), &found) != 0) {
        if (errno == ENOENT && identity_of(folder_of(name)) != FileIdentity{}) return name;
        return refused(errno == ENOENT ? "no such folder" : std::strerror(errno));
    }
    if (S_ISLNK(found.st_mode)) {
        std::error_code error;
        const std::string target = fs::canonical(name, error).string();
        if (error || ::stat(target.c_str(), &found) != 0)
            return refused("a link that leads nowhere");
        if (!S_ISREG(found.st_mode)) return refused(kind_text(found.st_mode));
        return target;
    }
    if (!S_ISREG(found.st_mode)) return refused(kind_text(found.st_mode));
    if (::access(name.c_str(), W_OK) != 0) return refused("a file that may not be written");
    return name;
}

NewFile::NewFile(std::string name, std::string neighbour, Descriptor descriptor)
    : m_name(std::move(name)),
      m_neighbour(std::move(neighbour)),
      m_descriptor(std::move(descriptor)) {}

NewFile::~NewFile() {
    if (!m_neighbour.empty()) ::unlink(m_neighbour.c_str());
}

Problem NewFile::failure(int error) const {
    return {m_name, "", std::string("a place that cannot be written: ") + std::strerror(error),
            kRoom, ExitCode::input_output};
}

Result<NewFile> NewFile::beside(const std::string& name) {
    constexpr int kTries = 100;
    // As open to others as the file that it replaces.
    struct stat old {};
    const bool replaces = ::stat(name.c_str(), &old) == 0;
    int error = EEXIST;
    for (int i = 0; i < kTries && error == EEXIST; ++i) {
        std::string neighbour = name + random_ending();
        Descriptor made(
            ::open(neighbour.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, kEverybody));
        error = errno;
        if (made.number() < 0) continue;
        if (replaces) (void)!::fchmod(made.number(), old.st_mode & 07777);
        return NewFile(name, std::move(neighbour), std::move(made));
    }
    return NewFile(name, "", Descriptor()).failure(error);
}

Status NewFile::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t put = ::write(m_descriptor.number(), bytes.data(), bytes.size());
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return failure(errno);
        bytes.remove_prefix(static_cast<std::size_t>(put));
    }
    return Done{};
}

// Some file systems know no fsync; that is no failure of the file.
Status NewFile::to_disk() const {
    const bool unknown = ::fsync(m_descriptor.number()) != 0 && errno != EINVAL && errno != ENOTSUP;
    if (unknown) return failure(errno);
    return Done{};
}

namespace {

void folder_to_disk(const std::string& name) {
    const Descriptor folder(::open(folder_of(name).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.number() >= 0) ::fsync(folder.number());
}

}  // namespace

Status NewFile::publish() {
    if (const Status safe = to_disk(); !safe) return safe;
    if (::rename(m_neighbour.c_str(), m_name.c_str()) != 0) return failure(errno);
    m_neighbour.clear();
    folder_to_disk(m_name);
    return Done{};
}

Result<bool> NewFile::publish_if_free() {
    if (const Status safe = to_disk(); !safe) return safe.problem();
    int error =
        ::renameat2(AT_FDCWD, m_neighbour.c_str(), AT_FDCWD, m_name.c_str(), RENAME_NOREPLACE) == 0
            ? 0
            : errno;
    if (error == EINVAL || error == ENOSYS) {
        // A file system without it: a second name, then one less.
        error = ::link(m_neighbour.c_str(), m_name.c_str()) == 0 ? 0 : errno;
        if (error == 0) ::unlink(m_neighbour.c_str());
    }
    if (error == EEXIST) return false;
    if (error != 0) return failure(error);
    m_neighbour.clear();
    folder_to_disk(m_name);
    return true;
}

Status write_whole(const std::string& name, std::string_view bytes) {
    const auto place = writable_name(name);
    if (!place) return place.problem();
    auto file = NewFile::beside(place.value());
    if (!file) return file.problem();
    if (const Status written = file.value().write(bytes); !written) return written;
    return file.value().publish();
}

FileIdentity identity_of(const std::string& name) {
    struct stat found {};
    if (::stat(name.c_str(), &found) != 0) return {};
    return {static_cast<std::uint64_t>(found.st_dev), static_cast<std::uint64_t>(found.st_ino)};
}

FileIdentity identity_of(const Descriptor& descriptor) {
    struct stat found {};
    if (::fstat(descriptor.number(), &found) != 0) return {};
    return {static_cast<std::uint64_t>(found.st_dev), static_cast<std::uint64_t>(found.st_ino)};
}

}  // namespace cascadelab
