// The results of a sweep as numbers to ask: one value a choice and seed. A choice is a point, or
// one of its twins. One thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/run/twins.h"
#include "engine/sweep/cells/sweep_folder.h"

namespace cascadelab {

// Which number of a run is meant.
struct Measure {
    Metric metric = Metric::coverage;
    std::int64_t day = 1;
    std::size_t group = 0;  // order of group_name()
    friend bool operator==(const Measure&, const Measure&) = default;
};
std::string measure_text(const Measure& measure);  // "Click rate (all, day 3)"

class Observations {
  public:
    static Result<Observations> make(const SweepFolder& folder);

    const SweepPlan& plan() const { return *m_plan; }
    std::size_t choices() const { return m_choices; }
    std::size_t seeds() const { return m_plan->seeds.size(); }
    std::size_t point_of(std::size_t choice) const { return choice / (1 + m_plan->twins.size()); }
    std::size_t twin_of(std::size_t choice) const { return choice % (1 + m_plan->twins.size()); }
    const Settings& settings(std::size_t choice) const;
    std::size_t whole() const { return m_whole; }    // cells with a result
    std::size_t failed() const { return m_failed; }  // of them, with an error

    // NaN: no result, or nothing that could be measured.
    double value(std::size_t choice, std::size_t seed, const Measure& measure) const;
    // By seed, those that have a value.
    std::vector<double> values(std::size_t choice, const Measure& measure) const;
    // Mean over the seeds and its 95 % interval; all NaN without a value.
    ConfidenceInterval mean(std::size_t choice, const Measure& measure) const;
    // Choice a less choice b, seed by seed in order, where both have a value.
    std::vector<double> differences(std::size_t a, std::size_t b, const Measure& measure) const;

  private:
    const SweepPlan* m_plan = nullptr;
    const std::vector<SweepCell>* m_cells = nullptr;
    std::vector<std::optional<CellResult>> m_results;
    std::size_t m_choices = 0, m_whole = 0, m_failed = 0;
};

}  // namespace cascadelab
