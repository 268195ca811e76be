#include "engine/store/run_file/run_shelf.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <filesystem>

#include "engine/store/run_file/run_file.h"

namespace cascadelab {
namespace {

namespace fs = std::filesystem;

struct File {
    fs::path path;
    fs::file_time_type written;
    std::uint64_t bytes = 0;
};

fs::path beside(const fs::path& path, const char* ending) {
    return fs::path(path.string() + ending);
}

// The run files of a folder, newest first, ties by name.
std::vector<File> files_of(const std::string& folder) {
    std::vector<File> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        if (entry.path().extension() != ".cascade" || !entry.is_regular_file(error)) continue;
        files.push_back({entry.path(), entry.last_write_time(error), entry.file_size(error)});
    }
    std::ranges::sort(files, [](const File& a, const File& b) {
        return a.written != b.written ? a.written > b.written : a.path > b.path;
    });
    return files;
}

// "2026-05-04 18.35.07", in local time: a name, never part of a run.
std::string moment_now() {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    std::array<char, 32> text{};
    const std::size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%d %H.%M.%S", &local);
    return {text.data(), length};
}

}  // namespace

Result<std::string> RunShelf::new_path(const Scenario& scenario) const {
    std::error_code error;
    fs::create_directories(m_folder, error);
    if (error) {
        return Problem{m_folder, "", error.message(), "a folder in which runs can be kept",
                       ExitCode::input_output};
    }
    make_room();
    const std::string name = scenario.name.empty() ? "run" : scenario.name;
    const std::string stem = name + " " + moment_now();
    fs::path path = fs::path(m_folder) / (stem + ".cascade");
    for (int copy = 2; fs::exists(path, error); ++copy)
        path = fs::path(m_folder) / (stem + " (" + std::to_string(copy) + ").cascade");
    return path.string();
}

std::vector<KeptRun> RunShelf::newest(std::size_t most) const {
    std::vector<KeptRun> runs;
    for (const File& file : files_of(m_folder)) {
        if (runs.size() == most) break;
        const auto head = read_run_head(file.path.string());
        if (!head) continue;
        runs.push_back({file.path.string(), head.value().title, head.value().ticks, file.bytes});
    }
    return runs;
}

void RunShelf::make_room() const {
    double held = 0;
    for (const File& file : files_of(m_folder)) {
        std::error_code error;
        held += static_cast<double>(file.bytes) / (1024 * 1024);
        // A write-ahead log beside it: somebody has it open, or a killed program left it whole.
        const bool in_use = fs::exists(beside(file.path, "-wal"), error);
        if (held <= m_limit_mib || in_use) continue;
        fs::remove(file.path, error);
        held -= static_cast<double>(file.bytes) / (1024 * 1024);
    }
}

}  // namespace cascadelab
