#include "engine/store/scenario/library.h"

#include <algorithm>
#include <filesystem>
#include <string_view>

#include "engine/base/text.h"

namespace cascadelab {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view kEnding = ".cascade.json";

// Beside the program, in the source tree above a build, or where an installation puts data.
fs::path library_folder() {
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    const fs::path home = error ? fs::current_path(error) : program.parent_path();
    for (const char* place : {"scenarios", "../scenarios", "../share/cascadelab/scenarios",
                              "../../../scenarios", "../../../../scenarios"}) {
        const fs::path folder = (home / place).lexically_normal();
        if (fs::is_directory(folder, error)) return folder;
    }
    return {};
}

}  // namespace

std::vector<std::string> scenario_library() {
    std::vector<std::string> paths;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(library_folder(), error)) {
        const std::string path = entry.path().string();
        if (path.ends_with(kEnding)) paths.push_back(path);
    }
    std::ranges::sort(paths);
    return paths;
}

Result<std::string> find_scenario(const std::string& name_or_path) {
    std::error_code error;
    const bool bare = name_or_path.find_first_of("/.") == std::string::npos;
    const bool is_folder = fs::is_directory(name_or_path, error);
    if (!bare || (fs::exists(name_or_path, error) && !is_folder)) return name_or_path;
    const std::vector<std::string> paths = scenario_library();
    std::vector<std::string> names;
    for (const std::string& path : paths) {
        std::string name = fs::path(path).filename().string();
        name.resize(name.size() - kEnding.size());
        if (name == name_or_path) return path;
        names.push_back(std::move(name));
    }
    const std::string near =
        nearest_word(name_or_path, std::vector<std::string_view>(names.begin(), names.end()));
    std::string expected = "a file, or one of " + join(names, ", ");
    if (!near.empty()) expected = "perhaps " + near;
    if (names.empty()) expected = "the path of a scenario file";
    return Problem{name_or_path, "", "no such file or scenario", expected, ExitCode::input_output};
}

}  // namespace cascadelab
