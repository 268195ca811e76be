// A sweep's plan (*.sweep.json): one scenario, the axes along which it is varied, seeds, and what
// to keep of every run. JSON with comments. Reading starts nothing; a Problem names file, path,
// found and expected. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/params/table.h"
#include "engine/store/json/json.h"
#include "engine/store/scenario/scenario.h"

namespace cascadelab {

inline constexpr std::string_view kSweepFormat = "cascadelab-sweep";
inline constexpr int kSweepVersion = 1;
inline constexpr std::string_view kSweepEnding = ".sweep.json";
inline constexpr std::size_t kMostCells = 1000000;

// How the axes are combined.
enum class PointKind {
    grid,      // every combination
    latin,     // count points, each slice of each axis once
    sobol,     // count points, even in every pair of axes
    saltelli,  // count blocks of axes + 2 points, for Sobol' indices
    morris     // count trajectories of axes + 1 points, for screening
};
template <>
inline constexpr std::size_t enum_count<PointKind> = 5;
std::string_view point_kind_name(PointKind kind);

struct Setting {
    const Parameter* parameter = nullptr;
    double value = 0;
    friend bool operator==(const Setting&, const Setting&) = default;
};
using Settings = std::vector<Setting>;
std::string settings_text(const Settings& settings);  // "rerank.diversity=0.5, ranking.trees=40"

// Values in a list, or a range. In a grid a range has become the list of its steps.
struct SweepAxis {
    const Parameter* parameter = nullptr;
    std::vector<double> values;  // empty: a range
    double low = 0, high = 0;
    bool is_log = false;

    // The value at a coordinate in [0, 1]: of a list the entry in whose equal part it lies; of a
    // range the place between its ends, whole where the parameter is.
    double at(double coordinate) const;
};

// What is kept of a run, each in the order of the plan.
struct SweepKeep {
    std::vector<Metric> metrics;
    std::vector<std::int64_t> days;
    std::vector<std::size_t> groups;  // order of group_name()
};

struct SweepPlan {
    std::string title, why;
    Scenario scenario;  // of every cell, but for its settings and seed; it promises nothing
    std::vector<std::uint64_t> seeds;
    std::vector<SweepAxis> axes;
    PointKind points = PointKind::grid;
    std::size_t count = 0;        // of points, blocks or trajectories; of a grid all
    std::vector<Settings> twins;  // each point runs also with each of these differences
    SweepKeep keep;
    std::optional<double> budget_minutes;  // after which no further cell is begun

    Json document;      // as it was read
    Scenario original;  // as it was read
};

inline constexpr std::size_t kLargestPlan = 8u << 20;  // bytes; more is refused before it is read

// The scenario is found by name among those that come with the program, or by its path from the
// plan. A plan whose cells do not all fit the machine and the scenario is a Problem.
Result<SweepPlan> read_sweep_plan(const std::string& path);
// file: names the source, and paths begin in its folder.
Result<SweepPlan> parse_sweep_plan(std::string_view text, const std::string& file);

std::string sweep_schema();  // JSON Schema (draft 7)

}  // namespace cascadelab
