// The answers of a report, a section each. For sweep_report.cpp alone; pure, one thread.
#pragma once

#include "engine/sweep/report/sweep_report.h"

namespace cascadelab {

std::string figure_text(double value);                          // "0.0412", "-" for NaN
std::string interval_text(const ConfidenceInterval& interval);  // "0.04 (0.03 to 0.05)"
std::string choice_text(const Observations& observations, std::size_t choice);

ReportSection choices_section(const Observations& observations, const ReportQuestions& questions);
ReportSection movers_section(const Observations& observations, const Measure& measure);
ReportSection frontier_section(const Observations& observations, const ReportQuestions& questions);
ReportSection best_section(const Observations& observations, const ReportQuestions& questions);
ReportSection better_section(const Observations& observations, const Measure& measure,
                             const ReportQuestions& questions);
ReportSection seeds_section(const Observations& observations, const Measure& measure,
                            double difference);

}  // namespace cascadelab
