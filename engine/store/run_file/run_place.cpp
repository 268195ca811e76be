#include "engine/store/run_file/run_place.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "engine/store/run_file/run_file.h"
#include "engine/store/run_file/run_tables.h"

namespace cascadelab {
namespace {

constexpr auto kWanted = "a path that is free, or a run file to replace";
constexpr int kTries = 100;  // others may place theirs at the same moment

Problem refused(const std::string& path, std::string found) {
    return {path, "", std::move(found), kWanted, ExitCode::input_output};
}

// A database without tables that is ours or nobody's: what a run leaves that could not begin.
bool holds_nothing(const std::string& name) {
    std::error_code error;
    if (std::filesystem::file_size(name, error) == 0 && !error) return true;
    auto database = Database::open(name, {.foreign = true});
    if (!database) return false;
    const auto id = database.value().application_id();
    if (!id || (id.value() != 0 && id.value() != kRunFileId)) return false;
    auto query = database.value().prepare("SELECT count(*) FROM sqlite_schema");
    if (!query) return false;
    const auto row = query.value().step();
    return row && row.value() && query.value().integer(0) == 0;
}

// What stands at the name, locked for us and ours to replace; -1: nothing stands there.
Result<Descriptor> claim(const std::string& path, const std::string& name) {
    for (int i = 0; i < kTries; ++i) {
        Descriptor lock(::open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
        if (lock.number() < 0 && errno == ENOENT) return lock;
        if (lock.number() < 0) return refused(path, std::strerror(errno));
        // A file system without locks is written without.
        if (::flock(lock.number(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
            return refused(path, "a run that is still being written");
        // Replaced between the two: ours is a file that has no name any more.
        if (identity_of(name) != identity_of(lock)) continue;
        const auto ours = open_run_file(name);
        if (ours || holds_nothing(name)) return lock;
        return refused(path, ours.problem().found);
    }
    return refused(path, "a file that others keep replacing");
}

// A log of another file under this name would be taken for the new one's.
void remove_logs(const std::string& name) {
    std::error_code error;
    for (const char* ending : {"-wal", "-shm", "-journal"})
        std::filesystem::remove(name + ending, error);
}

Result<PlacedRun> place(const std::string& path,
                        const std::function<Status(NewFile& file)>& write) {
    const auto name = writable_name(path);
    if (!name) return name.problem();
    auto file = NewFile::beside(name.value());
    if (!file) return file.problem();
    NewFile& made = file.value();
    bool written = false;
    for (int i = 0; i < kTries; ++i) {
        const auto old = claim(path, name.value());
        if (!old) return old.problem();
        if (!written) {
            if (const Status done = write(made); !done) return done.problem();
            written = true;
        }
        remove_logs(name.value());
        const bool is_free = old.value().number() < 0;
        Result<bool> placed = is_free ? made.publish_if_free() : Result<bool>(true);
        if (placed && !is_free) {
            if (const Status done = made.publish(); !done) placed = done.problem();
        }
        if (!placed) return placed.problem();
        if (placed.value()) return PlacedRun{name.value(), made.take_descriptor()};
    }
    return refused(path, "a file that others keep replacing");
}

}  // namespace

Result<PlacedRun> place_run_file(const std::string& path, std::string_view bytes) {
    return place(path, [&](NewFile& file) -> Status {
        const Descriptor& descriptor = file.descriptor();
        (void)!::flock(descriptor.number(), LOCK_EX | LOCK_NB);
        return file.write(bytes);
    });
}

Status place_run_copy(const std::string& path,
                      const std::function<Status(const std::string& neighbour)>& write) {
    const auto placed = place(path, [&](NewFile& file) { return write(file.neighbour()); });
    if (!placed) return placed.problem();
    return Done{};
}

}  // namespace cascadelab
