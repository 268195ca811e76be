#include "engine/world/people/choice_model.h"

#include <algorithm>

#include "engine/base/error.h"

namespace cascadelab {

void examined_by_cascade(std::span<const double> attraction, double persistence,
                         std::span<double> out) {
    CHECK(out.size() == attraction.size());
    double looked_at = 1;
    for (std::size_t place = 0; place < attraction.size(); ++place) {
        out[place] = looked_at;
        looked_at *= (1 - attraction[place]) * persistence;
    }
}

double choice_probabilities(std::span<const double> utility, double outside, double noise,
                            std::span<double> out) {
    CHECK(out.size() == utility.size() && noise > 0);
    double highest = outside;
    for (const double u : utility) highest = std::max(highest, u);
    const double nothing = std::exp((outside - highest) / noise);
    double total = nothing;
    for (std::size_t i = 0; i < utility.size(); ++i) {
        total += out[i] = std::exp((utility[i] - highest) / noise);
    }
    for (double& p : out) p /= total;
    return nothing / total;
}

std::size_t choose(std::span<const double> utility, double outside, double noise, Stream& stream) {
    std::size_t best = kNoChoice;
    double best_value = outside + noise * stream.gumbel();
    for (std::size_t i = 0; i < utility.size(); ++i) {
        const double value = utility[i] + noise * stream.gumbel();
        if (value > best_value) {
            best_value = value;
            best = i;
        }
    }
    return best;
}

double order_probability(std::span<const double> utility, double noise,
                         std::span<const std::size_t> order) {
    CHECK(noise > 0 && !utility.empty());
    const double highest = *std::ranges::max_element(utility);
    std::vector<double> weight;
    double left = 0;
    for (const double u : utility) left += weight.emplace_back(std::exp((u - highest) / noise));
    double probability = 1;
    for (const std::size_t i : order) {
        probability *= weight[i] / left;
        left -= weight[i];
    }
    return probability;
}

std::vector<std::size_t> draw_order(std::span<const double> utility, double noise,
                                    std::size_t count, Stream& stream) {
    // The order of utilities with Gumbel noise is the order of repeated choices (Yellott 1977).
    struct Alternative {
        double value;
        std::size_t place;
    };
    std::vector<Alternative> ranked;
    for (std::size_t i = 0; i < utility.size(); ++i) {
        const double value = utility[i] + noise * stream.gumbel();
        ranked.push_back({value, i});
    }
    std::ranges::sort(ranked, [](const Alternative& a, const Alternative& b) {
        return a.value != b.value ? a.value > b.value : a.place < b.place;
    });
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < std::min(count, ranked.size()); ++i) {
        order.push_back(ranked[i].place);
    }
    return order;
}

}  // namespace cascadelab
