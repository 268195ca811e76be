// The simulated language model against what was measured of real ones, and what a second source of
// information is worth to a ranking.
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "engine/base/shuffle.h"
#include "engine/language/agent_tokens.h"
#include "engine/language/simulated_model.h"
#include "engine/studies/registry.h"

namespace cascadelab {
namespace {

// --- one relevant among twenty -------------------------------------------------------------------

constexpr std::size_t kListed = 20;
constexpr std::size_t kCuts = 4;
constexpr std::array<std::size_t, kCuts> kCut = {1, 5, 10, 20};
using Quality = std::array<double, kCuts>;  // NDCG at each cut, percent

double discount(std::size_t rank) {  // 0: first
    return 1 / std::log2(static_cast<double>(rank) + 2);
}

Quality quality_of(std::size_t rank) {
    Quality quality{};
    for (std::size_t cut = 0; cut < kCuts; ++cut)
        quality[cut] = rank < kCut[cut] ? 100 * discount(rank) : 0;
    return quality;
}

// A model that reads without slots, prior or faults.
ModelPreset bare(double sensitivity) {
    return {.name = "bare", .sensitivity = sensitivity, .fresh = 1};
}

// The place of the relevant item, which stands at `slot`, in one answer.
std::size_t rank_of(const ModelPreset& preset, std::size_t slot, std::uint64_t list, Stream& call) {
    ListScores scores{std::vector<double>(kListed, 0.0), std::vector<double>(kListed, 0.0), {}};
    scores.match[slot] = kRelevantMatch;
    for (std::size_t i = 0; i < kListed; ++i) scores.identity.push_back(mix_bits(list * 64 + i));
    const std::vector<int> order = order_list(scores, preset, call);
    return static_cast<std::size_t>(std::ranges::find(order, static_cast<int>(slot)) -
                                    order.begin());
}

constexpr std::size_t kBatches = 40;
constexpr std::size_t kLists = 1000;  // a batch

// Mean quality over lists; slot kListed: anywhere.
Quality mean_quality(StudyRun& run, const ModelPreset& preset, std::size_t slot,
                     std::uint64_t part) {
    std::vector<Quality> batches(kBatches);
    run.replicates(kBatches, [&](std::size_t batch) {
        Stream call = run.stream(part, batch);
        for (std::size_t list = 0; list < kLists; ++list) {
            const std::size_t at = slot < kListed ? slot : call.below(kListed);
            const std::uint64_t number = mix_bits(run.seed()) + batch * kLists + list;
            const Quality one = quality_of(rank_of(preset, at, number, call));
            for (std::size_t cut = 0; cut < kCuts; ++cut) batches[batch][cut] += one[cut];
        }
    });
    Quality mean{};
    for (const Quality& batch : batches)
        for (std::size_t cut = 0; cut < kCuts; ++cut)
            mean[cut] += batch[cut] / static_cast<double>(kBatches * kLists);
    return mean;
}

double normal_density(double x) {
    return 0.3989422804014327 * std::exp(-0.5 * x * x);
}
double normal_share(double x) {
    return 0.5 * std::erfc(-x / 1.4142135623730951);
}

// The same by integration: the relevant score is normal around d', and how many of the nineteen
// others lie above it is binomial.
Quality exact_quality(double sensitivity) {
    constexpr double kStep = 0.005, kFar = 9;
    Quality quality{};
    for (double x = -kFar; x <= kFar; x += kStep) {
        const double above = 1 - normal_share(x);
        double chance = std::pow(1 - above, 19.0);  // of no one above
        for (std::size_t rank = 0; rank < kListed; ++rank) {
            const Quality one = quality_of(rank);
            for (std::size_t cut = 0; cut < kCuts; ++cut)
                quality[cut] += kStep * normal_density(x - sensitivity) * chance * one[cut];
            const auto r = static_cast<double>(rank);
            if (above >= 1 - 1e-12)
                chance = rank + 2 == kListed ? 1 : 0;
            else
                chance *= (19 - r) / (r + 1) * above / (1 - above);
        }
    }
    return quality;
}

struct RankedBy {
    const char *name, *who;
    double sensitivity;
    Quality published;
};
constexpr std::array<RankedBy, 3> kRanked = {{
    {"vicuna", "Vicuna 13B, d' = 0", 0.0, {6.5, 14.75, 22.64, 33.42}},
    {"gpt_3_5", "GPT-3.5, d' = 0.97", 0.97, {23.33, 42.07, 48.8, 53.73}},
    {"sasrec", "SASRec, trained, d' = 2.1", 2.1, {61.39, 76.39, 78.89, 79.79}},
}};

// --- places in the prompt ------------------------------------------------------------------------

constexpr std::array<std::size_t, 5> kSlots = {0, 5, 10, 15, 19};

struct Placed {
    const char *name, *data;
    double sensitivity;
    SlotBias bias;
    std::array<double, 5> published;  // NDCG@10 by slot, read off figure 2a
    std::array<double, 2> bootstrap;  // once, and of three shuffles
};
constexpr std::array<Placed, 2> kPlaced = {{
    {"films",
     "ML-1M",
     0.79,
     {-0.18, 0.30, 0.18, 0.22, -0.52},
     {35.2, 49.3, 45.7, 46.6, 26.0},
     {45.5, 47.5}},
    {"games",
     "Games",
     0.88,
     {0.26, 0.40, 0.41, -0.08, -0.98},
     {48.3, 52.3, 52.8, 38.3, 16.4},
     {49.0, 56.7}},
}};

ModelPreset placed_preset(const Placed& placed) {
    ModelPreset preset = bare(placed.sensitivity);
    preset.slot_bias = placed.bias;
    preset.fresh = 0.3;
    return preset;
}

// NDCG@10 when the list is shuffled and asked about so often, and mean ranks decide.
double bootstrapped(StudyRun& run, const ModelPreset& preset, std::size_t shuffles,
                    std::uint64_t part) {
    std::vector<double> batches(kBatches, 0.0);
    constexpr std::size_t kOfThem = kLists / 2;
    run.replicates(kBatches, [&](std::size_t batch) {
        Stream call = run.stream(part, batch);
        for (std::size_t list = 0; list < kOfThem; ++list) {
            std::array<int, kListed> ranks{};
            std::vector<std::size_t> cards(kListed);
            for (std::size_t shuffle = 0; shuffle < shuffles; ++shuffle) {
                std::iota(cards.begin(), cards.end(), std::size_t{0});
                shuffle_values(cards, call);
                ListScores scores{{}, std::vector<double>(kListed, 0.0), {}};
                const std::uint64_t number = mix_bits(run.seed()) + batch * kOfThem + list;
                for (const std::size_t item : cards) {
                    scores.match.push_back(item == 0 ? kRelevantMatch : 0);
                    scores.identity.push_back(mix_bits(number * 64 + item));
                }
                const std::vector<int> order = order_list(scores, preset, call);
                for (std::size_t rank = 0; rank < kListed; ++rank)
                    ranks[cards[static_cast<std::size_t>(order[rank])]] += static_cast<int>(rank);
            }
            const auto before = std::ranges::count_if(ranks, [&](int r) { return r < ranks[0]; });
            const auto equal = std::ranges::count(ranks, ranks[0]) - 1;
            batches[batch] += quality_of(static_cast<std::size_t>(before + equal / 2))[2];
        }
        batches[batch] /= static_cast<double>(kOfThem);
    });
    return mean_of(batches);
}

}  // namespace

StudyResult study_llm_rank(StudyRun& run) {
    StudyResult result;
    StudyPlot plot{"One relevant among twenty", "places counted", "NDCG, %", {}, {}};
    for (const RankedBy& ranked : kRanked) {
        run.part(1.0 / kRanked.size());
        const Quality own = mean_quality(run, bare(ranked.sensitivity), kListed, 0);
        const Quality exact = exact_quality(ranked.sensitivity);
        StudyCurve line{ranked.who, {}, {}}, points{ranked.who, {}, {}};
        for (std::size_t cut = 0; cut < kCuts; ++cut) {
            const std::string at = std::to_string(kCut[cut]);
            const std::string name = std::string("llm_rank.") + ranked.name + "_" + at;
            const std::string what = std::string(ranked.who) + ", NDCG@" + at + ", %";
            result.checks.push_back({name, what, ranked.published[cut], own[cut], 8});
            result.checks.push_back(
                {name + "_law", what + ", by integration", exact[cut], own[cut], 1});
            line.x.push_back(static_cast<double>(kCut[cut]));
            line.y.push_back(own[cut]);
            points.x.push_back(static_cast<double>(kCut[cut]));
            points.y.push_back(ranked.published[cut]);
        }
        plot.own.push_back(std::move(line));
        plot.published.push_back(std::move(points));
    }
    result.plots.push_back(std::move(plot));
    return result;
}

StudyResult study_llm_position(StudyRun& run) {
    StudyResult result;
    StudyPlot plot{"Where the relevant item stands in the prompt", "place", "NDCG@10, %", {}, {}};
    for (const Placed& placed : kPlaced) {
        StudyCurve line{placed.data, {}, {}}, points{placed.data, {}, {}};
        for (std::size_t i = 0; i < kSlots.size(); ++i) {
            run.part(0.1);
            const double own = mean_quality(run, placed_preset(placed), kSlots[i], 1 + i)[2];
            result.checks.push_back(
                {std::string("llm_position.") + placed.name + "_" + std::to_string(kSlots[i]),
                 std::string(placed.data) + ", NDCG@10 of an item listed at " +
                     std::to_string(kSlots[i]) + ", %",
                 placed.published[i], own, 2});
            line.x.push_back(static_cast<double>(kSlots[i]));
            line.y.push_back(own);
            points.x.push_back(static_cast<double>(kSlots[i]));
            points.y.push_back(placed.published[i]);
        }
        plot.own.push_back(std::move(line));
        plot.published.push_back(std::move(points));
    }
    result.plots.push_back(std::move(plot));
    return result;
}

StudyResult study_llm_bootstrap(StudyRun& run) {
    StudyResult result;
    StudyPlot plot{"Asked again with the list shuffled", "shuffles", "NDCG@10, %", {}, {}};
    for (const Placed& placed : kPlaced) {
        StudyCurve line{placed.data, {1, 3, 10}, {}};
        for (const std::size_t shuffles : {1, 3, 10}) {
            run.part(shuffles == 10 ? 0.36 : shuffles == 3 ? 0.1 : 0.04);
            line.y.push_back(bootstrapped(run, placed_preset(placed), shuffles, 10 + shuffles));
        }
        const double published = placed.bootstrap[1] - placed.bootstrap[0];
        const std::string name = std::string("llm_bootstrap.") + placed.name;
        const std::string data = placed.data;
        result.checks.push_back({name + "_three", data + ", gain of three shuffles, points", 4.5,
                                 line.y[1] - line.y[0], 3.5});
        result.checks.push_back({name + "_ten", data + ", three shuffles less ten, points", 0,
                                 line.y[1] - line.y[2], 0, Comparison::at_most});
        plot.own.push_back(line);
        plot.published.push_back(
            {placed.data, {1, 3}, {placed.bootstrap[0], placed.bootstrap[0] + published}});
    }
    result.plots.push_back(std::move(plot));
    return result;
}

StudyResult study_agent_tokens(StudyRun& run) {
    StudyResult result;
    run.once([&] {
        const AgentLoop five{5, 2000, 800}, ten{10, 2000, 800};
        const auto tokens = [](std::int64_t count) { return static_cast<double>(count); };
        result.checks = {
            {"agent_tokens.five", "five steps, tokens read", 18000, tokens(prompt_tokens(five)), 0},
            {"agent_tokens.cached", "the same with a prefix cache", 5200,
             tokens(cached_prompt_tokens(five)), 0},
            {"agent_tokens.ten", "ten steps", 56000, tokens(prompt_tokens(ten)), 0}};
        StudyCurve plain{"all read again", {}, {}}, cached{"prefix cache", {}, {}};
        for (std::int64_t steps = 1; steps <= 20; ++steps) {
            const AgentLoop loop{steps, 2000, 800};
            plain.x.push_back(tokens(steps));
            plain.y.push_back(tokens(prompt_tokens(loop)));
            cached.x.push_back(tokens(steps));
            cached.y.push_back(tokens(cached_prompt_tokens(loop)));
        }
        result.plots.push_back({"What an agent reads", "steps", "tokens", {plain, cached}, {}});
    });
    return result;
}

}  // namespace cascadelab
