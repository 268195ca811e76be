// What the comparison of rankers came to, for people and for programs. Pure; one thread.
#pragma once

#include <string>

#include "engine/bench/ranker_bench.h"
#include "engine/store/json/json.h"

namespace cascadelab {

Json ranker_report_json(const RankerBenchReport& report);
std::string ranker_report_text(const RankerBenchReport& report);  // one table, then the curves

}  // namespace cascadelab
