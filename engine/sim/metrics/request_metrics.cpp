#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>

#include "engine/base/error.h"
#include "engine/sim/metrics/metrics.h"

namespace cascadelab {
namespace {

constexpr std::size_t kBest = 10;  // the oracle's items that recalls and NDCG ask for
constexpr float kNothing = std::numeric_limits<float>::quiet_NaN();

// Places of the page that exploration filled.
std::size_t slots_of(const CascadeTrace& trace) {
    const auto count = std::ranges::count_if(trace.candidates, [](const Candidate& candidate) {
        return candidate.explored || candidate.unfamiliar;
    });
    return static_cast<std::size_t>(count);
}

LossStage loss_stage(const Candidate& candidate, std::size_t places, std::size_t slots) {
    if (candidate.stopped) return LossStage::policy;
    switch (candidate.fate) {
        case Fate::shown:
            return LossStage::kept;
        case Fate::watched:
        case Fate::shown_recently:
        case Fate::not_licensed:
        case Fate::not_interested:
            return LossStage::filter;
        case Fate::below_cut:
            return LossStage::rank;
        case Fate::diversity:
            return LossStage::rerank;
        // Wherever a cap is heeded, it is policy that takes the place.
        case Fate::franchise_cap:
        case Fate::topic_cap:
            return LossStage::policy;
        case Fate::score:
            if (candidate.rank >= places) return LossStage::order;
            return candidate.rank + slots < places ? LossStage::rerank : LossStage::explore;
    }
    CHECK(false);
}

std::size_t topic_of(const World& world, ItemId item) {
    return world.catalogue.cards[item.index()].topic.index();
}

std::array<float, kTopicCount> page_topics(const World& world, std::span<const ItemId> page) {
    std::array<float, kTopicCount> share{};
    for (ItemId item : page) share[topic_of(world, item)] += 1 / static_cast<float>(page.size());
    return share;
}

// Utility of every place of the page.
std::vector<double> page_utilities(const World& world, const Params& params,
                                   const CascadeTrace& trace) {
    const Surroundings around = surroundings(world, params);
    std::vector<double> worth;
    for (ItemId item : trace.slate) {
        worth.push_back(utility(around, world.population, trace.person, item, trace.now_s));
    }
    return worth;
}

float serendipity(const World& world, const Params& params, std::span<const ItemId> page,
                  std::span<const double> worth, std::span<const float> profile_share) {
    const bool has_profile = std::ranges::any_of(profile_share, [](float p) { return p > 0; });
    if (!has_profile || page.empty()) return kNothing;
    const double outside = outside_utility(params.world);
    std::size_t happy = 0;
    for (std::size_t place = 0; place < page.size(); ++place) {
        const bool unexpected = profile_share[topic_of(world, page[place])] < 1.0f / kTopicCount;
        if (unexpected && worth[place] > outside) ++happy;
    }
    return static_cast<float>(happy) / static_cast<float>(page.size());
}

// Share of the list that came at least as far as a stage.
float reached(std::span<const OracleItem> oracle, std::initializer_list<LossStage> lost_before) {
    const auto count = std::ranges::count_if(oracle, [&](const OracleItem& best) {
        return std::ranges::find(lost_before, best.lost) == lost_before.end();
    });
    return static_cast<float>(count) / static_cast<float>(oracle.size());
}

float regret(std::span<const OracleItem> oracle, std::span<const double> worth) {
    const std::size_t places = std::min(oracle.size(), worth.size());
    if (places == 0) return kNothing;
    double lost = 0;
    for (std::size_t place = 0; place < places; ++place) {
        lost += static_cast<double>(oracle[place].utility) - worth[place];
    }
    return static_cast<float>(lost / static_cast<double>(places));
}

// What a candidate is worth to the person, and how far it came.
struct CandidateWorth {
    double utility = 0;
    std::uint16_t rank = 0;
    bool open = false;     // the oracle might show it
    bool passed = false;   // the filters
    bool kept = false;     // by ranking
    bool slot = false;     // a slot of exploration placed it
    bool left = false;     // the gate took it off the page
    bool filled = false;   // the gate placed it
    bool on_page = false;  // at one of the places that are compared
};

// All candidates in merge order; those of the page in its order, after the others.
std::vector<CandidateWorth> candidate_worths(const World& world, const Params& params,
                                             const CascadeTrace& trace, std::size_t places) {
    const Surroundings around = surroundings(world, params);
    const Person& who = world.population.people[trace.person.index()];
    std::vector<CandidateWorth> out, page;
    for (const ItemId item : std::span(trace.slate).first(places))
        page.push_back(
            {.utility = utility(around, world.population, trace.person, item, trace.now_s),
             .on_page = true});
    for (const Candidate& candidate : trace.candidates) {
        CandidateWorth one;
        one.utility = utility(around, world.population, trace.person, candidate.item, trace.now_s);
        one.rank = candidate.rank;
        one.open = (world.catalogue.cards[candidate.item.index()].regions >> who.region & 1) != 0 &&
                   !std::ranges::binary_search(who.watched, candidate.item);
        one.left = candidate.stopped;
        one.filled = candidate.filled;
        one.passed = candidate.stopped || step_of_fate(candidate) > FunnelStep::filtered;
        one.kept = one.passed && candidate.fate != Fate::below_cut;
        one.slot = candidate.explored || candidate.unfamiliar;
        const auto place = static_cast<std::size_t>(std::ranges::find(trace.slate, candidate.item) -
                                                    trace.slate.begin());
        one.on_page = place < places;
        (one.on_page ? page[place] : out.emplace_back()) = one;
    }
    out.insert(out.end(), page.begin(), page.end());
    return out;
}

double mean_of_first(std::span<const double> values, std::size_t count) {
    double sum = 0;
    for (const double value : values.first(std::min(count, values.size()))) sum += value;
    return sum / static_cast<double>(std::min(count, values.size()));
}

// The topic that trends and news lift most, if any is lifted; ties go to the first.
std::optional<std::size_t> hot_topic(const World& world) {
    const auto hottest = std::ranges::max_element(world.trend);
    if (*hottest <= 0) return std::nullopt;
    return static_cast<std::size_t>(hottest - world.trend.begin());
}

float recall_of_new_items(const World& world, const Params& params, const CascadeTrace& trace) {
    std::vector<OracleItem> best = oracle_best_new(world, params, trace.person, trace.now_s, kBest);
    if (best.empty()) return kNothing;
    attribute_losses(trace, best);
    return reached(best, {LossStage::retrieval});
}

}  // namespace

std::vector<ItemId> open_items(const World& world, PersonId person) {
    const Person& who = world.population.people[person.index()];
    const std::vector<ItemCard>& cards = world.catalogue.cards;
    // Both lists are in id order, so one walk leaves out what was watched.
    std::vector<ItemId> open;
    open.reserve(cards.size());
    auto watched = who.watched.begin();
    for (std::size_t i = 0; i < cards.size(); ++i) {
        const bool seen = watched != who.watched.end() && watched->index() == i;
        if (seen) ++watched;
        const bool licensed = (cards[i].regions >> who.region & 1) != 0;
        if (licensed && !seen) open.push_back(ItemId(i));
    }
    return open;
}

std::vector<OracleItem> oracle_best(const World& world, const Params& params, PersonId person,
                                    Seconds now_s, std::size_t count) {
    std::vector<double> worth(world.catalogue.size());
    utilities(surroundings(world, params), world.population, person, now_s, worth);
    std::vector<ItemId> open = open_items(world, person);
    const auto better = [&](ItemId a, ItemId b) {
        const double difference = worth[a.index()] - worth[b.index()];
        return difference != 0 ? difference > 0 : a < b;
    };
    count = std::min(count, open.size());
    const auto end = open.begin() + static_cast<std::ptrdiff_t>(count);
    std::nth_element(open.begin(), end, open.end(), better);
    std::sort(open.begin(), end, better);

    std::vector<OracleItem> best;
    for (ItemId item : std::span(open).first(count)) {
        best.push_back({item, static_cast<float>(worth[item.index()]), LossStage::kept});
    }
    return best;
}

std::vector<OracleItem> oracle_best_new(const World& world, const Params& params, PersonId person,
                                        Seconds now_s, std::size_t count) {
    const Person& who = world.population.people[person.index()];
    const Surroundings around = surroundings(world, params);
    // Ids follow release, so the new items are the last ones.
    const std::vector<ItemCard>& cards = world.catalogue.cards;
    const auto first_new = std::ranges::partition_point(
        cards, [&](const ItemCard& card) { return now_s - card.released_s >= kDay; });
    std::vector<OracleItem> best;
    for (auto card = first_new; card != cards.end(); ++card) {
        const ItemId item(static_cast<std::size_t>(card - cards.begin()));
        const bool licensed = (card->regions >> who.region & 1) != 0;
        if (!licensed || std::ranges::binary_search(who.watched, item)) continue;
        const double worth = utility(around, world.population, person, item, now_s);
        best.push_back({item, static_cast<float>(worth), LossStage::kept});
    }
    std::ranges::sort(best, [](const OracleItem& a, const OracleItem& b) {
        return a.utility != b.utility ? a.utility > b.utility : a.item < b.item;
    });
    if (best.size() > count) best.resize(count);
    return best;
}

void attribute_losses(const CascadeTrace& trace, std::vector<OracleItem>& oracle) {
    const std::size_t slots = slots_of(trace);
    for (OracleItem& best : oracle) {
        const auto found = std::ranges::find(trace.candidates, best.item, &Candidate::item);
        best.lost = found == trace.candidates.end() ? LossStage::retrieval
                                                    : loss_stage(*found, trace.slate.size(), slots);
    }
}

std::array<double, enum_count<LossStage> - 1> regrets(const World& world, const Params& params,
                                                      const CascadeTrace& trace,
                                                      std::span<const OracleItem> oracle) {
    std::array<double, enum_count<LossStage> - 1> lost;
    const std::size_t places = std::min(oracle.size(), trace.slate.size());
    lost.fill(std::numeric_limits<double>::quiet_NaN());
    if (places == 0) return lost;
    const std::vector<CandidateWorth> candidates = candidate_worths(world, params, trace, places);
    const auto best_of = [&](auto&& left) {
        std::vector<double> worth;
        for (const CandidateWorth& one : candidates) {
            if (one.on_page || left(one)) worth.push_back(one.utility);
        }
        std::ranges::sort(worth, std::greater());
        return mean_of_first(worth, places);
    };
    const auto by_rank = [&] {
        std::vector<const CandidateWorth*> line;
        for (const CandidateWorth& one : candidates) {
            if (one.on_page || one.passed) line.push_back(&one);
        }
        std::ranges::stable_sort(line, {}, [](const CandidateWorth* one) { return one->rank; });
        std::vector<double> worth;
        for (const CandidateWorth* one : line) worth.push_back(one->utility);
        return mean_of_first(worth, places);
    };
    std::vector<double> ideal, page, chosen, before_gate;
    for (const OracleItem& best : oracle) ideal.push_back(static_cast<double>(best.utility));
    for (const CandidateWorth& one : candidates) {
        if (one.on_page) page.push_back(one.utility);
        if (one.left || (one.on_page && !one.filled)) before_gate.push_back(one.utility);
        if (one.left || (one.on_page && !one.filled && !one.slot)) chosen.push_back(one.utility);
    }
    const double ranked = by_rank();
    const auto mean_or = [](const std::vector<double>& worth, double otherwise) {
        return worth.empty() ? otherwise : mean_of_first(worth, worth.size());
    };
    const std::array<double, enum_count<LossStage>> means = {
        mean_of_first(ideal, places),
        best_of([](const CandidateWorth& one) { return one.open; }),
        best_of([](const CandidateWorth& one) { return one.open && one.passed; }),
        best_of([](const CandidateWorth& one) { return one.open && one.kept; }),
        ranked,
        mean_or(chosen, ranked),
        mean_or(before_gate, ranked),
        mean_of_first(page, page.size())};
    for (std::size_t stage = 0; stage < lost.size(); ++stage)
        lost[stage] = means[stage] - means[stage + 1];
    return lost;
}

RequestFacts request_facts(const World& world, const Params& params, const CascadeTrace& trace,
                           float feature_age_s, std::span<const float> profile_share,
                           const ImpressionShares& popularity, std::span<const OracleItem> oracle) {
    CHECK(profile_share.size() == kTopicCount);
    const std::span<const ItemId> page = trace.slate;
    const std::vector<double> worth = page_utilities(world, params, trace);
    RequestFacts facts;
    facts.time_s = trace.now_s;
    facts.person = trace.person;
    facts.intra_list_diversity =
        static_cast<float>(intra_list_diversity(world.catalogue.content, page));
    facts.novelty = static_cast<float>(novelty_bits(popularity, page));
    facts.serendipity = serendipity(world, params, page, worth, profile_share);
    facts.calibration_kl =
        static_cast<float>(calibration_kl(profile_share, page_topics(world, page)));
    facts.feature_age_s = feature_age_s;
    const auto hot = hot_topic(world);
    if (hot && !page.empty()) facts.hot_topic_share = page_topics(world, page)[*hot];
    if (oracle.empty()) return facts;

    std::vector<OracleItem> best(
        oracle.begin(),
        oracle.begin() + static_cast<std::ptrdiff_t>(std::min(kBest, oracle.size())));
    attribute_losses(trace, best);
    using enum LossStage;
    facts.sampled = true;
    facts.ndcg_at_10 = static_cast<float>(ndcg(page, best, kBest));
    facts.recall_retrieval = reached(best, {retrieval});
    facts.recall_rank = reached(best, {retrieval, filter, rank});
    facts.recall_slate = reached(best, {retrieval, filter, rank, order, rerank, explore, policy});
    for (const OracleItem& item : best) ++facts.lost[static_cast<std::size_t>(item.lost)];
    facts.recall_new_items = recall_of_new_items(world, params, trace);
    facts.regret = regret(oracle, worth);
    std::ranges::transform(regrets(world, params, trace, oracle), facts.regret_at.begin(),
                           [](double part) { return static_cast<float>(part); });
    return facts;
}

}  // namespace cascadelab
