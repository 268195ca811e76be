#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "engine/base/error.h"
#include "engine/sim/metrics.h"

namespace cascadelab {
namespace {

constexpr std::size_t kBest = 10;  // the oracle's items that recalls and NDCG ask for
constexpr float kNothing = std::numeric_limits<float>::quiet_NaN();

LossStage loss_stage(Fate fate) {
    switch (fate) {
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
        case Fate::franchise_cap:
        case Fate::topic_cap:
        case Fate::score:
            return LossStage::rerank;
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

std::vector<OracleItem> oracle_best(const World& world, const Params& params, PersonId person,
                                    Seconds now_s, std::size_t count) {
    const Person& who = world.population.people[person.index()];
    std::vector<double> worth(world.catalogue.size());
    utilities(surroundings(world, params), world.population, person, now_s, worth);

    // Both lists are in id order, so one walk leaves out what was watched.
    std::vector<ItemId> open;
    open.reserve(worth.size());
    auto watched = who.watched.begin();
    for (std::size_t i = 0; i < worth.size(); ++i) {
        const bool seen = watched != who.watched.end() && watched->index() == i;
        if (seen) ++watched;
        const bool licensed = (world.catalogue.cards[i].regions >> who.region & 1) != 0;
        if (licensed && !seen) open.push_back(ItemId(i));
    }
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
    for (OracleItem& best : oracle) {
        const auto found = std::ranges::find(trace.candidates, best.item, &Candidate::item);
        best.lost =
            found == trace.candidates.end() ? LossStage::retrieval : loss_stage(found->fate);
    }
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
    facts.recall_slate = reached(best, {retrieval, filter, rank, rerank});
    facts.recall_new_items = recall_of_new_items(world, params, trace);
    facts.regret = regret(oracle, worth);
    return facts;
}

}  // namespace cascadelab
