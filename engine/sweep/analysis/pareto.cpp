#include "engine/sweep/analysis/pareto.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/error.h"

namespace cascadelab {
namespace {

struct Candidate {
    std::size_t place = 0;
    std::vector<double> cost;  // a goal: less is better
};

bool beats(const Candidate& a, const Candidate& b) {
    bool is_better = false;
    for (std::size_t goal = 0; goal < a.cost.size(); ++goal) {
        if (a.cost[goal] > b.cost[goal]) return false;
        is_better = is_better || a.cost[goal] < b.cost[goal];
    }
    return is_better;
}

}  // namespace

std::vector<std::size_t> pareto_frontier(std::span<const std::vector<double>> points,
                                         std::span<const Direction> goals) {
    std::vector<Candidate> candidates;
    for (std::size_t place = 0; place < points.size(); ++place) {
        CHECK(points[place].size() == goals.size());
        Candidate candidate{place, points[place]};
        for (std::size_t goal = 0; goal < goals.size(); ++goal) {
            if (goals[goal] == Direction::most) candidate.cost[goal] = -candidate.cost[goal];
        }
        if (std::ranges::none_of(candidate.cost, [](double cost) { return std::isnan(cost); }))
            candidates.push_back(std::move(candidate));
    }
    // In this order nothing is beaten by a later one, so that the frontier so far decides.
    std::ranges::sort(candidates, [](const Candidate& a, const Candidate& b) {
        return a.cost != b.cost ? a.cost < b.cost : a.place < b.place;
    });
    std::vector<const Candidate*> frontier;
    for (const Candidate& candidate : candidates) {
        if (std::ranges::none_of(frontier, [&](const auto* on) { return beats(*on, candidate); }))
            frontier.push_back(&candidate);
    }
    std::vector<std::size_t> out;
    for (const Candidate* candidate : frontier) out.push_back(candidate->place);
    std::ranges::sort(out);
    return out;
}

}  // namespace cascadelab
