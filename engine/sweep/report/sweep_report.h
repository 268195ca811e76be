// What a sweep says: a table of all choices, and answers to questions put to it. Made once, then
// written as text, as CSV or as one page of HTML. One thread.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/sweep/analysis/pareto.h"
#include "engine/sweep/report/observations.h"

namespace cascadelab {

struct Goal {
    Metric metric = Metric::coverage;
    Direction direction = Direction::most;
};
struct Bound {
    Metric metric = Metric::coverage;
    double most = 0;
};

// Metrics are those of one day and group.
struct ReportQuestions {
    std::int64_t day = 0;  // 0: the last that is kept
    std::size_t group = 0;
    std::vector<Metric> movers = {};  // which parameter moves it most
    std::vector<Goal> frontier =
        {};  // what cannot be bettered in one without giving way in another
    std::optional<Goal> best = std::nullopt;  // which settings are best...
    std::vector<Bound> under = {};            // ... among those whose means keep these bounds
    std::optional<std::pair<std::size_t, std::size_t>> better =
        std::nullopt;          // is choice A better than choice B
    double error_rate = 0.05;  // of that answer
    std::optional<double> matters =
        std::nullopt;  // the smallest difference that does; also: how many seeds it takes
};

struct ReportSection {
    std::string title;
    std::vector<std::string> sentences;
    std::vector<std::string> headings;  // of the table; empty: none
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> plots;  // SVG
};
struct SweepReport {
    std::string title, why;
    std::vector<ReportSection> sections;
};

// A question about a metric, day or choice that the sweep has not kept is a Problem.
Result<SweepReport> make_report(const Observations& observations, const ReportQuestions& questions);

std::string report_text(const SweepReport& report);
std::string report_html(const SweepReport& report);  // one file that needs no other
// All cells and all that was kept: cell, seed, settings, day, group, one column a metric.
std::string observations_csv(const Observations& observations);

}  // namespace cascadelab
