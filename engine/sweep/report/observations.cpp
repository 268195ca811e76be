#include "engine/sweep/report/observations.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cascadelab {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

}  // namespace

std::string measure_text(const Measure& measure) {
    return std::string(metric_info(measure.metric).label) + " (" +
           std::string(group_name(measure.group)) + ", day " + std::to_string(measure.day) + ")";
}

Result<Observations> Observations::make(const SweepFolder& folder) {
    auto results = folder.results();
    if (!results) return results.problem();
    Observations out;
    out.m_plan = &folder.plan();
    out.m_cells = &folder.cells();
    out.m_results = std::move(results.value());
    out.m_choices = folder.cells().size() / folder.plan().seeds.size();
    for (const auto& result : out.m_results) {
        out.m_whole += result.has_value();
        out.m_failed += result && !result->error.empty();
    }
    return out;
}

const Settings& Observations::settings(std::size_t choice) const {
    return (*m_cells)[choice].settings;
}

double Observations::value(std::size_t choice, std::size_t seed, const Measure& measure) const {
    const auto& result = m_results[seed * m_choices + choice];
    if (!result) return kUnknown;
    const auto found = std::ranges::find_if(result->values, [&](const CellValue& value) {
        return value.metric == measure.metric && value.day == measure.day &&
               value.group == measure.group;
    });
    return found == result->values.end() ? kUnknown : static_cast<double>(found->value);
}

std::vector<double> Observations::values(std::size_t choice, const Measure& measure) const {
    std::vector<double> out;
    for (std::size_t seed = 0; seed < seeds(); ++seed) {
        const double one = value(choice, seed, measure);
        if (!std::isnan(one)) out.push_back(one);
    }
    return out;
}

ConfidenceInterval Observations::mean(std::size_t choice, const Measure& measure) const {
    const std::vector<double> all = values(choice, measure);
    if (all.empty()) return {kUnknown, kUnknown, kUnknown};
    return paired_interval(all);
}

std::vector<double> Observations::differences(std::size_t a, std::size_t b,
                                              const Measure& measure) const {
    std::vector<double> out;
    for (std::size_t seed = 0; seed < seeds(); ++seed) {
        const double difference = value(a, seed, measure) - value(b, seed, measure);
        if (!std::isnan(difference)) out.push_back(difference);
    }
    return out;
}

}  // namespace cascadelab
