#include "engine/cascade/rank/popularity_discount.h"

#include <cmath>

namespace cascadelab {
namespace {

struct Spread {
    double mean = 0, deviation = 0;
};

Spread spread_of(std::span<const double> values) {
    Spread spread;
    const auto count = static_cast<double>(values.size());
    for (const double value : values) spread.mean += value / count;
    double squares = 0;
    for (const double value : values) squares += (value - spread.mean) * (value - spread.mean);
    spread.deviation = std::sqrt(squares / count);
    return spread;
}

}  // namespace

void discount_popularity(const CascadeInputs& in, const Request& request,
                         const CascadeScratch& scratch, CascadeTrace& trace) {
    const double strength = in.params.ranking.popularity_discount;
    if (strength <= 0 || scratch.order.empty()) return;
    std::vector<double> value, fame;
    for (const std::uint32_t i : scratch.order) {
        const Candidate& candidate = trace.candidates[i];
        value.push_back(static_cast<double>(candidate.value));
        const ItemBatch& batch =
            in.store.item_batch(candidate.item, request.now_s, in.params.features);
        fame.push_back(std::log1p(static_cast<double>(batch.views)));
    }
    const Spread values = spread_of(value), fames = spread_of(fame);
    if (values.deviation <= 0 || fames.deviation <= 0) return;
    for (std::size_t k = 0; k < value.size(); ++k) {
        Candidate& candidate = trace.candidates[scratch.order[k]];
        const double taken = strength * (fame[k] - fames.mean) / fames.deviation;
        candidate.discount = static_cast<float>(taken);
        candidate.value = static_cast<float>(value[k] - taken * values.deviation);
    }
}

}  // namespace cascadelab
