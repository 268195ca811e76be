// The fields of a plan, once: what the reader knows and what the schema says. Constant; any thread.
#pragma once

#include <array>
#include <string_view>
#include <vector>

namespace cascadelab {

struct PlanField {
    std::string_view key;
    bool is_required;
    std::string_view help;
};

inline constexpr PlanField kPlanFields[] = {
    {"format", true, "What kind of file this is."},
    {"version", true, "Version of the format."},
    {"title", true, "A few words."},
    {"why", false, "The question that the sweep is to answer."},
    {"scenario", true, "The scenario's name, or its path from this file."},
    {"days", false, "Days of each run; the scenario's when not said."},
    {"seeds", false, "How many seeds, from the scenario's on; or the seeds themselves."},
    {"set", false, "Parameters that differ from the scenario in every run."},
    {"axes", true, "What is varied."},
    {"points", false, "How the axes are combined; grid when not said."},
    {"count", false, "Points of latin and sobol, blocks of saltelli, trajectories of morris."},
    {"twins", false, "Differences with which each point runs once more, on the same seeds."},
    {"keep", false, "What is kept of a run; all metrics of everybody's last day when not said."},
    {"budget", false, "What the sweep may take."},
};
inline constexpr PlanField kAxisFields[] = {
    {"key", true, "The parameter."},
    {"values", false, "Its values, in a list."},
    {"range", false, "Its lowest and its highest value."},
    {"log", false, "Even steps of the range's logarithm."},
    {"steps", false, "Values of the range in a grid, both ends among them."},
};
inline constexpr PlanField kKeepFields[] = {
    {"metrics", false, "Names of metrics; all when not said."},
    {"days", false, "Days of the run; the last when not said."},
    {"groups", false, "Groups of people; all when not said."},
};
inline constexpr PlanField kBudgetFields[] = {
    {"runs", false, "A plan with more cells is refused."},
    {"minutes", false, "No further cell is begun after so many minutes; resume goes on."},
};

template <std::size_t N>
std::vector<std::string_view> keys_of(const PlanField (&fields)[N]) {
    std::vector<std::string_view> keys;
    for (const PlanField& field : fields) keys.push_back(field.key);
    return keys;
}

inline constexpr double kMostSeeds = 10000, kMostPoints = 1000000, kMostSteps = 10000;
inline constexpr double kMostDays = 3650, kMostMinutes = 1e6;

}  // namespace cascadelab
