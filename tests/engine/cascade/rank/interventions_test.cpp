// What is done against bubbles and popularity: each does what it says, worked by hand where it can
// be, and nothing while it is off.
#include <QtTest>
#include <map>
#include <numbers>
#include <set>

#include "engine/cascade/explore/exploration.h"
#include "engine/cascade/rank/popularity_discount.h"
#include "engine/cascade/rank/propensity.h"
#include "tests/worlds/small_cascade.h"

using namespace cascadelab;

namespace {

constexpr std::size_t kItems = 120;

bool near(double a, double b, double tolerance = 1e-5) {
    return std::abs(a - b) <= tolerance;
}

// Replaces what the batch lane knows.
void deploy(SmallCascade& world, std::span<const ItemBatch> items, const PersonBatch& person) {
    auto tables = std::make_shared<BatchTables>();
    tables->stamp = {world.now_s - kHour, world.now_s - kHour};
    tables->people.assign(SmallCascade::kPeople, person);
    tables->items.assign(items.begin(), items.end());
    tables->items.resize(world.catalogue.size());
    world.store.deploy_batch(std::move(tables));
}

// Topics 0 and 1 share the profile, the six others are rare.
PersonBatch two_topics() {
    PersonBatch person;
    person.topic_share[0] = 0.7f;
    person.topic_share[1] = 0.3f;
    return person;
}

// How often each of three items is explored: none shown yet in the window, long-term click rates
// .05, .5 and .45.
std::map<std::size_t, int> explored(ExplorationPolicy policy, double epsilon, double temperature) {
    SmallCascade world(3, kItems);
    world.params.rerank.exploration_policy = policy;
    world.params.rerank.exploration_epsilon = epsilon;
    world.params.rerank.exploration_temperature = temperature;
    std::vector<ItemBatch> batch(kItems);
    batch[0].click_rate = 0.05f;
    batch[1].click_rate = 0.5f;
    batch[2].click_rate = 0.45f;
    deploy(world, batch, {});
    const std::array items = {ItemId(0u), ItemId(1u), ItemId(2u)};
    std::map<std::size_t, int> count;
    Stream stream(8, Purpose::test);
    // Much later, when no event of the window counts.
    world.store.advance(world.params.features, {}, world.now_s + kDay / 2);
    for (int i = 0; i < 3000; ++i)
        ++count[choose_explored(world.inputs(), items, world.now_s, stream)];
    return count;
}

}  // namespace

class InterventionsTest : public QObject {
    Q_OBJECT
  private slots:
    // Views 0, e - 1, e^2 - 1: log popularity 0 1 2, of mean 1 and deviation sqrt(2/3). Values 1 2
    // 3 deviate alike.
    void popularity_costs_value_by_standard_deviations() {
        SmallCascade world(1, kItems);
        std::vector<ItemBatch> batch(kItems);
        batch[1].views = static_cast<float>(std::numbers::e - 1);
        batch[2].views = static_cast<float>(std::exp(2.0) - 1);
        deploy(world, batch, {});
        world.params.ranking.popularity_discount = 0.5;
        CascadeTrace trace;
        CascadeScratch scratch;
        for (std::uint32_t i = 0; i < 3; ++i) {
            trace.candidates.emplace_back().item = ItemId(i);
            trace.candidates.back().value = static_cast<float>(i + 1);
            scratch.order.push_back(i);
        }
        discount_popularity(world.inputs(), world.request(), scratch, trace);
        const double z = 1 / std::sqrt(2.0 / 3), deviation = std::sqrt(2.0 / 3);
        for (std::size_t i = 0; i < 3; ++i) {
            const double taken = 0.5 * z * (static_cast<double>(i) - 1);
            QVERIFY(near(trace.candidates[i].discount, taken));
            QVERIFY(
                near(trace.candidates[i].value, static_cast<double>(i + 1) - taken * deviation));
        }
        world.params.ranking.popularity_discount = 0;
        const float before = trace.candidates[2].value;
        discount_popularity(world.inputs(), world.request(), scratch, trace);
        QCOMPARE(trace.candidates[2].value, before);
    }

    // Where all are equally popular, or worth the same, there is nothing to discount.
    void without_a_spread_nothing_is_discounted() {
        for (const bool same_fame : {true, false}) {
            SmallCascade world(1, kItems);
            std::vector<ItemBatch> batch(kItems);
            for (std::size_t i = 0; i < 3; ++i)
                batch[i].views = same_fame ? 5 : static_cast<float>(5 * i);
            deploy(world, batch, {});
            world.params.ranking.popularity_discount = 0.5;
            CascadeTrace trace;
            CascadeScratch scratch;
            for (std::uint32_t i = 0; i < 3; ++i) {
                trace.candidates.emplace_back().item = ItemId(i);
                trace.candidates.back().value = same_fame ? static_cast<float>(i) : 2;
                scratch.order.push_back(i);
            }
            discount_popularity(world.inputs(), world.request(), scratch, trace);
            for (std::size_t i = 0; i < 3; ++i) {
                QCOMPARE(trace.candidates[i].value, same_fame ? static_cast<float>(i) : 2.0f);
                QCOMPARE(trace.candidates[i].discount, 0.0f);
            }
        }
    }

    void what_an_item_has_brought_is_window_and_past() {
        SmallCascade world(3, kItems);
        std::vector<ItemBatch> batch(kItems);
        batch[4].click_rate = 0.2f;
        deploy(world, batch, {});
        const ItemCounters window = world.store.counters(ItemId(4u));
        const ArmTally tally = item_tally(world.inputs(), ItemId(4u), world.now_s);
        QVERIFY(near(tally.successes, static_cast<double>(window.clicks) + 2));
        QVERIFY(tally.shown() >= kPriorImpressions);
    }
    void every_policy_explores_its_own_way() {
        const auto random = explored(ExplorationPolicy::random, 0, 1);
        for (std::size_t i = 0; i < 3; ++i) QVERIFY(std::abs(random.at(i) - 1000) < 150);
        const auto greedy = explored(ExplorationPolicy::epsilon, 0, 1);
        QCOMPARE(greedy.at(1), 3000);
        // A third of a fifth goes elsewhere by chance, twice.
        const auto epsilon = explored(ExplorationPolicy::epsilon, 0.2, 1);
        QVERIFY(std::abs(epsilon.at(0) - 200) < 80 && std::abs(epsilon.at(2) - 200) < 80);
        const auto cold = explored(ExplorationPolicy::boltzmann, 0, 0.005);
        QVERIFY(cold.at(1) > 2900);
        // exp(-.45 / .5) : 1 : exp(-.05 / .5)
        const auto warm = explored(ExplorationPolicy::boltzmann, 0, 0.5);
        QVERIFY(std::abs(warm.at(0) - 3000 * 0.1759) < 130);
        // Posteriors of ten impressions overlap where means are close, not where they are far.
        const auto thompson = explored(ExplorationPolicy::thompson, 0, 1);
        QVERIFY(thompson.at(2) > 900 && thompson.at(1) > thompson.at(2));
        QVERIFY(!thompson.contains(0) || thompson.at(0) < 60);
    }
    // With equal rates an upper bound takes what was shown least.
    void an_upper_bound_takes_what_is_known_least() {
        SmallCascade world(3, kItems);
        world.params.rerank.exploration_policy = ExplorationPolicy::ucb;
        std::vector<ItemBatch> batch(kItems);
        for (ItemBatch& item : batch) item.click_rate = 0.3f;
        deploy(world, batch, {});
        std::vector<ItemId> items;
        std::set<std::size_t> unseen;
        for (std::size_t i = 0; i < kItems; ++i) {
            const ItemCounters window = world.store.counters(ItemId(i));
            if (window.clicks > 0) continue;
            if (window.impressions == 0 && unseen.size() < 5) unseen.insert(items.size());
            if (window.impressions == 0 && unseen.size() >= 5 && !unseen.contains(items.size()))
                continue;
            items.push_back(ItemId(i));
        }
        QVERIFY(!unseen.empty());
        Stream stream(8, Purpose::test);
        for (int i = 0; i < 200; ++i)
            QVERIFY(unseen.contains(choose_explored(world.inputs(), items, world.now_s, stream)));
    }
    void bandits_fill_the_exploration_slots() {
        SmallCascade world(5, kItems);
        world.params.rerank.exploration_slots = 3;
        CascadeWorkspace workspace;
        for (const auto policy : {ExplorationPolicy::epsilon, ExplorationPolicy::thompson,
                                  ExplorationPolicy::ucb, ExplorationPolicy::boltzmann}) {
            world.params.rerank.exploration_policy = policy;
            const CascadeTrace& trace = world.run(world.request(), workspace);
            QCOMPARE(trace.slate.size(), std::size_t{10});
            for (const Candidate& c : trace.candidates) QCOMPARE(c.explored, c.position >= 7);
        }
    }

    void a_slot_breaks_the_bubble_with_the_best_of_rare_topics() {
        SmallCascade world(5, kItems);
        deploy(world, {}, two_topics());
        world.params.rerank.bubble_slots = 2;
        world.params.rerank.exploration_slots = 1;
        world.params.rerank.franchise_cap = 30;
        CascadeWorkspace workspace;
        const CascadeTrace& trace = world.run(world.request(), workspace);
        QCOMPARE(trace.slate.size(), std::size_t{10});
        float worst = 1e9f, best_left = -1e9f;
        int placed = 0;
        for (const Candidate& c : trace.candidates) {
            const bool rare = world.catalogue.cards[c.item.index()].topic.index() > 1;
            QCOMPARE(c.unfamiliar, c.position == 7 || c.position == 8);
            if (c.unfamiliar) {
                ++placed;
                QVERIFY(rare);
                worst = std::min(worst, c.value);
            } else if (rare && c.position < 0 && c.fate >= Fate::below_cut) {
                best_left = std::max(best_left, c.value);
            }
        }
        QCOMPARE(placed, 2);
        QVERIFY(worst >= best_left);
    }
    void nothing_is_rare_for_a_person_without_a_profile() {
        SmallCascade world(5, kItems);
        deploy(world, {}, {});
        CascadeWorkspace workspace;
        const std::vector<ItemId> before = world.run(world.request(), workspace).slate;
        world.params.rerank.bubble_slots = 4;
        QVERIFY(world.run(world.request(), workspace).slate == before);
    }
    // A profile without a rare topic among the candidates: the slots take the next best instead.
    void slots_never_leave_a_page_short() {
        SmallCascade world(5, kItems);
        for (ItemCard& card : world.catalogue.cards) card.topic = TopicId(0u);
        deploy(world, {}, two_topics());
        world.params.rerank.bubble_slots = 3;
        CascadeWorkspace workspace;
        const CascadeTrace& trace = world.run(world.request(), workspace);
        QCOMPARE(trace.slate.size(), std::size_t{10});
        for (const Candidate& c : trace.candidates) QVERIFY(!c.unfamiliar);
    }

    void clicks_weigh_by_the_place_they_came_from() {
        RankingParams params;
        params.propensity_decay = 0.5;
        params.propensity_clip = 2.5;
        const auto columns = static_cast<Eigen::Index>(ranking_columns().size());
        const auto position = std::ranges::find(ranking_columns(), std::string_view("position"),
                                                &RankingColumn::name) -
                              ranking_columns().begin();
        Matrix rows = Matrix::Zero(4, columns), labels = Matrix::Zero(4, 4);
        rows.col(position) << 0, 3, 8, 8;
        labels(0, 0) = labels(1, 0) = labels(2, 0) = 1;
        const std::vector<float> weights = propensity_weights(rows, labels, params);
        // 1^.5, 4^.5, 9^.5 clipped; nothing was done with the last.
        QVERIFY(near(weights[0], 1) && near(weights[1], 2) && near(weights[2], 2.5));
        QVERIFY(near(weights[3], 1));
        labels(3, 3) = 1;
        QVERIFY(near(propensity_weights(rows, labels, params)[3], 2.5));
        QVERIFY(near(without_position(rows).col(position).sum(), 0));
    }
    // Two kinds of items, of which the better one has always stood last and the other first: raw
    // clicks prefer the worse. Learned with the true propensities every kind of ranker prefers the
    // better.
    void weights_undo_what_position_did() {
        const auto columns = static_cast<Eigen::Index>(ranking_columns().size());
        const auto position = std::ranges::find(ranking_columns(), std::string_view("position"),
                                                &RankingColumn::name) -
                              ranking_columns().begin();
        constexpr Eigen::Index kRows = 6000, kKind = 10;
        Matrix rows = Matrix::Zero(kRows, columns), labels = Matrix::Zero(kRows, 4);
        Stream stream(2, Purpose::test);
        for (Eigen::Index i = 0; i < kRows; ++i) {
            const bool better = i % 2 == 0;
            rows(i, kKind) = better ? 1 : 0;
            rows(i, position) = better ? 8 : 0;
            const double seen = better ? 1 / 3.0 : 1;  // 9^-.5
            labels(i, 0) = stream.chance(seen * (better ? 0.3 : 0.15));
        }
        for (const auto model :
             {RankingModel::logistic, RankingModel::xgboost, RankingModel::deep}) {
            RankingParams params;
            params.model = model;
            params.propensity_decay = 0.5;
            params.inverse_propensity = true;
            params.trees = 40;
            params.deep_hidden = 8;
            const auto ranker = train_ranker({rows, labels, {}}, params, 1);
            Matrix asked = Matrix::Zero(2, columns);
            asked(1, kKind) = 1;
            std::vector<float> scratch(2 * kOutcomeCount);
            std::vector<OutcomeScores> scores(2);
            predict_outcomes(*ranker, asked.data(), 2, scratch, scores);
            // r / (1 + r (1 - propensity)) of .15 and .3.
            QVERIFY2(near(scores[0].click, 0.15, 0.03),
                     qPrintable(QString::number(scores[0].click)));
            QVERIFY2(near(scores[1].click, 0.25, 0.03),
                     qPrintable(QString::number(scores[1].click)));
        }
    }
};

QTEST_GUILESS_MAIN(InterventionsTest)
#include "interventions_test.moc"
