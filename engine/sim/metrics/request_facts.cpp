#include "engine/sim/metrics/request_facts.h"

#include <algorithm>

namespace cascadelab {

void FactsLog::append(std::vector<RequestFacts> run) {
    if (run.empty()) return;
    run.shrink_to_fit();
    m_runs.push_back(std::make_shared<const std::vector<RequestFacts>>(std::move(run)));
}

void FactsLog::forget_before(Seconds time_s) {
    std::erase_if(m_runs, [time_s](const auto& run) {
        return std::ranges::all_of(
            *run, [time_s](const RequestFacts& facts) { return facts.time_s < time_s; });
    });
}

std::size_t FactsLog::requests() const {
    std::size_t sum = 0;
    for (const auto& run : m_runs) sum += run->size();
    return sum;
}

}  // namespace cascadelab
