#include "engine/sweep/cells/sweep_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "engine/base/plain_file.h"

namespace cascadelab {
namespace {

namespace fs = std::filesystem;
constexpr const char* kPlanName = "/plan.sweep.json";
constexpr const char* kCellEnding = ".json";

Problem unusable(const std::string& path, std::string found, std::string expected) {
    return {path, "", std::move(found), std::move(expected), ExitCode::input_output};
}

// The plan as it stands in its folder: with the scenario beside it.
std::string plan_text(const SweepPlan& plan) {
    Json out(Json::Object{});
    for (const auto& [key, value] : *plan.document.object())
        out.add(key, key == "scenario" ? Json(plan.original.name + ".cascade.json") : value);
    return json_pages(out);
}

// What stands in a folder as its plan; empty when it cannot be read.
std::string text_of_plan(const std::string& path) {
    auto text = read_whole(path + kPlanName, kLargestPlan, "a sweep's plan");
    return text ? std::move(text.value()) : std::string();
}

// Whether there is nothing but what a sweep leaves that was killed before its plan stood: a folder
// for cells without any, the scenario, drafts.
bool is_only_begun(const std::string& path, const std::string& scenario) {
    std::error_code error;
    return std::ranges::all_of(fs::directory_iterator(path, error), [&](const auto& entry) {
        const std::string name = entry.path().filename().string();
        if (name == "cells") return entry.is_directory(error) && fs::is_empty(entry.path(), error);
        return entry.is_regular_file(error) && (name == scenario || name.ends_with(".part"));
    });
}

struct flock byte_of(std::size_t cell) {
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = static_cast<off_t>(cell);
    lock.l_len = 1;
    return lock;
}

}  // namespace

SweepFolder::SweepFolder(std::string path, SweepPlan plan)
    : m_path(std::move(path)), m_plan(std::move(plan)), m_cells(sweep_cells(m_plan)) {}

Result<SweepFolder> SweepFolder::make(const std::string& path, const SweepPlan& plan) {
    std::error_code error;
    fs::create_directory(path, error);
    if (error || !fs::is_directory(path))
        return unusable(path, error ? error.message() : "something that is no folder",
                        "a folder, or a name for one in a folder that exists");
    if (!fs::exists(path + kPlanName)) {
        if (!is_only_begun(path, plan.original.name + ".cascade.json"))
            return unusable(path, "a folder with something else in it",
                            "an empty folder, or one of the same sweep");
        fs::create_directory(path + "/cells", error);
        const std::string scenario = path + "/" + plan.original.name + ".cascade.json";
        if (const Status done = write_scenario(plan.original, scenario); !done)
            return done.problem();
        // With the plan in it the folder is one of a sweep: last.
        if (const Status done = write_whole(path + kPlanName, plan_text(plan)); !done)
            return done.problem();
    }
    auto folder = open(path);
    if (!folder) return folder.problem();
    const bool is_same = std::ranges::equal(folder.value().cells(), sweep_cells(plan), {},
                                            &SweepCell::id, &SweepCell::id) &&
                         text_of_plan(path) == plan_text(plan);
    if (!is_same)
        return unusable(path, "the folder of another sweep",
                        "an empty folder, or one of the same sweep");
    return folder;
}

Result<SweepFolder> SweepFolder::open(const std::string& path) {
    std::error_code error;
    if (!fs::is_directory(path, error)) return unusable(path, "no such folder", "a sweep's folder");
    if (!fs::exists(path + kPlanName, error))
        return unusable(path, "a folder without plan.sweep.json", "a sweep's folder");
    auto plan = read_sweep_plan(path + kPlanName);
    if (!plan) return plan.problem();
    return SweepFolder(path, std::move(plan.value()));
}

std::string SweepFolder::result_path(const SweepCell& cell) const {
    return m_path + "/cells/" + cell.id + kCellEnding;
}

bool SweepFolder::is_whole(const SweepCell& cell) const {
    std::error_code error;
    return fs::exists(result_path(cell), error);
}

std::vector<bool> SweepFolder::whole() const {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(m_path + "/cells", error))
        names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    std::vector<bool> out;
    for (const SweepCell& cell : m_cells)
        out.push_back(std::ranges::binary_search(names, cell.id + kCellEnding));
    return out;
}

Result<std::vector<std::optional<CellResult>>> SweepFolder::results() const {
    const std::vector<bool> is_whole = whole();
    std::vector<std::optional<CellResult>> out(m_cells.size());
    for (const SweepCell& cell : m_cells) {
        if (!is_whole[cell.index]) continue;
        if (cell.run_as != cell.index) {
            out[cell.index] = out[cell.run_as];
            continue;
        }
        auto result = read_cell_result(result_path(cell));
        if (!result) return result.problem();
        if (result.value().id != cell.id)
            return Problem{result_path(cell), "id", result.value().id, cell.id};
        out[cell.index] = std::move(result.value());
    }
    return out;
}

Status SweepFolder::cancel() const {
    return write_whole(m_path + "/cancelled", "");
}

void SweepFolder::allow() const {
    std::error_code error;
    fs::remove(m_path + "/cancelled", error);
}

bool SweepFolder::is_cancelled() const {
    std::error_code error;
    return fs::exists(m_path + "/cancelled", error);
}

Result<std::optional<Claim>> Claim::take(const SweepFolder& folder, const SweepCell& cell) {
    const int file = ::open(folder.claims_path().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0)
        return unusable(folder.claims_path(), std::strerror(errno), "a folder that can be written");
    struct flock lock = byte_of(cell.run_as);
    std::optional<Claim> claim(Claim{file});  // closes the file if nothing comes of it
    if (fcntl(file, F_SETLK, &lock) == 0) return claim;
    if (errno == EACCES || errno == EAGAIN) return std::optional<Claim>();
    return unusable(folder.claims_path(), std::strerror(errno), "a file system with record locks");
}

Claim::Claim(Claim&& other) noexcept : m_file(std::exchange(other.m_file, -1)) {}

Claim::~Claim() {
    if (m_file >= 0) close(m_file);
}

std::size_t claimed_count(const SweepFolder& folder) {
    const int file = ::open(folder.claims_path().c_str(), O_RDWR | O_CLOEXEC);
    if (file < 0) return 0;
    std::size_t count = 0;
    // The first lock at or after a byte, again and again; neighbours of one process come as one.
    for (std::size_t at = 0; at < folder.cells().size();) {
        struct flock lock = byte_of(at);
        lock.l_len = 0;  // to the end
        if (fcntl(file, F_GETLK, &lock) != 0 || lock.l_type == F_UNLCK) break;
        count += static_cast<std::size_t>(lock.l_len);
        at = static_cast<std::size_t>(lock.l_start + lock.l_len);
    }
    close(file);
    return count;
}

}  // namespace cascadelab
