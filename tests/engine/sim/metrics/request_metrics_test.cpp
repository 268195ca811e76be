// One request against the oracle: what it knows, where its items were lost, what a page is worth.
#include <QtTest>
#include <cmath>
#include <numeric>

#include "tests/worlds/quarter_circle.h"

using namespace cascadelab;

class RequestMetricsTest : public QObject {
    Q_OBJECT
  private slots:
    void the_oracle_is_utility_itself_over_open_items() {
        Params params;
        params.world.people = 30;
        params.world.items = 200;
        params.world.creators = 20;
        World world = make_world(params, 5);
        for (std::size_t p = 0; p < 30; ++p) {
            Person& person = world.population.people[p];
            person.watched = {ItemId(3u), ItemId(p), ItemId(150u)};
            std::ranges::sort(person.watched);
            const auto list = oracle_best(world, params, PersonId(p), 4000, 10);
            QCOMPARE(list.size(), std::size_t{10});
            double last = 1e9;
            for (std::size_t i = 0; i < world.catalogue.size(); ++i) {
                const auto found = std::ranges::find(list, ItemId(i), &OracleItem::item);
                const double value = utility(surroundings(world, params), world.population,
                                             PersonId(p), ItemId(i), 4000);
                const bool open = !std::ranges::binary_search(person.watched, ItemId(i)) &&
                                  (world.catalogue.cards[i].regions >> person.region & 1) != 0;
                QVERIFY(found == list.end() ? !open || value <= list.back().utility + 1e-6
                                            : open && near(found->utility, value, 1e-6));
            }
            for (const OracleItem& item : list) {
                QVERIFY(item.utility <= last);
                last = item.utility;
            }
        }
    }
    void oracle_ties_go_to_the_lower_id() {
        World world = quarter_circle();
        for (int i = 0; i < 3; ++i) add_item(world, 0, 0, 1, 0);
        world.catalogue.cards[4].regions = 0xE;  // not licensed in region 0
        add_person(world, Segment::niche, {1, 0}, {1, 0});
        const auto list = oracle_best(world, plain_params(), PersonId(0u), 0, 3);
        QCOMPARE(list[0].item, ItemId(0u));
        QCOMPARE(list[1].item, ItemId(5u));
        QCOMPARE(list[2].item, ItemId(6u));
        QCOMPARE(oracle_best(world, plain_params(), PersonId(0u), 0, 99).size(), std::size_t{6});
        world.population.people[0].watched = {ItemId(0u), ItemId(3u)};
        QCOMPARE(oracle_best(world, plain_params(), PersonId(0u), 0, 99).size(), std::size_t{4});
    }

    // Items 1 2 3 are new; of them 3 is watched and 2 is worth more than 1 for this taste.
    void the_oracle_of_new_items_knows_their_age() {
        World world = quarter_circle();
        for (std::size_t i = 0; i < 4; ++i)
            world.catalogue.cards[i].released_s = static_cast<Seconds>(i) - kDay;
        add_person(world, Segment::niche, {0, 1}, {0, 1});
        world.population.people[0].watched = {ItemId(3u)};
        const Params params = plain_params();
        const auto list = oracle_best_new(world, params, PersonId(0u), 0, 10);
        QCOMPARE(list.size(), std::size_t{2});
        QCOMPARE(list[0].item, ItemId(2u));
        QCOMPARE(list[1].item, ItemId(1u));
        QVERIFY(near(list[0].utility, utility(surroundings(world, params), world.population,
                                              PersonId(0u), ItemId(2u), 0)));
        QCOMPARE(oracle_best_new(world, params, PersonId(0u), 0, 1).size(), std::size_t{1});
        QVERIFY(oracle_best_new(world, params, PersonId(0u), kDay, 10).empty());
    }
    void recall_of_new_items_asks_what_was_proposed() {
        World world = quarter_circle();
        world.catalogue.cards[0].released_s = -kDay;
        add_person(world, Segment::niche, {1, 0}, {1, 0});
        CascadeTrace trace;
        trace.person = PersonId(0u);
        trace.candidates = {candidate(0, Fate::shown), candidate(2, Fate::watched)};
        trace.slate = {ItemId(0u)};
        const std::vector<float> profile(kTopicCount, 0.125f);
        const std::vector<OracleItem> oracle = {best(0), best(1)};
        const auto measure = [&] {
            return request_facts(world, plain_params(), trace, 0, profile, {}, oracle);
        };
        QVERIFY(near(measure().recall_new_items, 1 / 3.0));  // 1 2 3 are new, 2 was proposed
        trace.now_s = kDay;
        QVERIFY(std::isnan(measure().recall_new_items));
        QVERIFY(std::isnan(
            request_facts(world, plain_params(), trace, 0, profile, {}, {}).recall_new_items));
    }
    // Page 0 1 2 of topics 0 0 1: what is hot changes, the page does not.
    void a_page_is_asked_for_the_topic_of_the_hour() {
        World world = quarter_circle();
        add_person(world, Segment::niche, {1, 0}, {1, 0});
        CascadeTrace trace;
        trace.person = PersonId(0u);
        trace.slate = {ItemId(0u), ItemId(1u), ItemId(2u)};
        const std::vector<float> profile(kTopicCount, 0.125f);
        const ImpressionShares popularity{{0.25f, 0.25f, 0.25f, 0.25f}, 0.1f};
        const auto share = [&] {
            return request_facts(world, plain_params(), trace, 0, profile, popularity, {})
                .hot_topic_share;
        };
        QVERIFY(std::isnan(share()));
        world.trend[1] = 0.1f;
        QVERIFY(near(share(), 1 / 3.0));
        world.trend[0] = 0.4f;
        QVERIFY(near(share(), 2 / 3.0));
        world.trend[5] = 2;
        QVERIFY(near(share(), 0));
    }

    void every_loss_has_one_stage() {
        CascadeTrace trace;
        std::vector<OracleItem> oracle;
        for (std::size_t fate = 0; fate < enum_count<Fate>; ++fate) {
            trace.candidates.push_back(candidate(fate, static_cast<Fate>(fate)));
            oracle.push_back(best(fate));
        }
        oracle.push_back(best(99));
        attribute_losses(trace, oracle);
        using enum LossStage;
        const std::vector<LossStage> expected = {kept,   filter, filter, filter, filter,   rank,
                                                 rerank, policy, policy, order,  retrieval};
        for (std::size_t i = 0; i < expected.size(); ++i) QVERIFY(oracle[i].lost == expected[i]);
    }
    // A page of four places of which a slot took one: by rank the first three were re-ranking's to
    // take, the fourth was the slot's, the fifth was behind.
    void what_was_kept_and_not_chosen_is_told_apart_by_rank() {
        CascadeTrace trace;
        std::vector<OracleItem> oracle;
        for (std::size_t rank = 0; rank < 6; ++rank) {
            Candidate one = candidate(rank, Fate::score);
            one.rank = static_cast<std::uint16_t>(rank);
            trace.candidates.push_back(one);
            oracle.push_back(best(rank));
        }
        trace.candidates.push_back(candidate(9, Fate::shown));
        trace.candidates.back().unfamiliar = true;
        trace.slate.assign(4, ItemId(9u));
        attribute_losses(trace, oracle);
        using enum LossStage;
        const std::vector<LossStage> expected = {rerank, rerank, rerank, explore, order, order};
        for (std::size_t i = 0; i < expected.size(); ++i) QVERIFY(oracle[i].lost == expected[i]);
    }
    // Taste is worth 4 3.2 2.4 0 to this person. A page of two; the oracle's best are 0 and 1.
    void regret_falls_to_the_stage_that_lost_it() {
        World world = quarter_circle();
        for (int i = 0; i < 2; ++i) add_item(world, 0, 0, 0.8f, 0.6f);  // 4 and 5, worth 3.2 as 1
        add_person(world, Segment::niche, {1, 0}, {1, 0});
        CascadeTrace trace;
        trace.person = PersonId(0u);
        const auto add = [&](std::size_t item, Fate fate, std::uint16_t rank) -> Candidate& {
            trace.candidates.push_back(candidate(item, fate));
            trace.candidates.back().rank = rank;
            if (fate == Fate::shown) trace.slate.push_back(ItemId(item));
            return trace.candidates.back();
        };
        add(1, Fate::shown_recently, 0xFFFF);
        add(4, Fate::below_cut, 3);
        add(5, Fate::score, 0);
        add(2, Fate::shown, 1);
        add(3, Fate::shown, 2).explored = true;
        const std::vector<OracleItem> oracle = {best(0, 4), best(1, 3.2f)};
        const auto lost = regrets(world, plain_params(), trace, oracle);
        // 3.6 at best; of all candidates 3.2 3.2; of those that passed 3.2 3.2; of those kept 3.2
        // 2.4; first by rank the same two; the chosen place 2.4; with the slot 2.4 0, which is the
        // page.
        const std::array<double, 7> expected = {0.4, 0, 0.4, 0, 0.4, 1.2, 0};
        for (std::size_t stage = 0; stage < lost.size(); ++stage)
            QVERIFY2(near(lost[stage], expected[stage]), qPrintable(QString::number(stage)));
    }
    // The page 0 3 was 0 1 until the gate stopped 1: its 3.2 became 0.
    void what_the_gate_stops_is_lost_to_policy() {
        World world = quarter_circle();
        add_person(world, Segment::niche, {1, 0}, {1, 0});
        CascadeTrace trace;
        trace.person = PersonId(0u);
        for (const std::size_t item : {0u, 1u, 3u}) {
            trace.candidates.push_back(candidate(item, item == 1 ? Fate::topic_cap : Fate::shown));
            trace.candidates.back().rank = static_cast<std::uint16_t>(item);
        }
        trace.candidates[1].stopped = true;
        trace.candidates[2].filled = true;
        trace.slate = {ItemId(0u), ItemId(3u)};
        std::vector<OracleItem> oracle = {best(0, 4), best(1, 3.2f)};
        attribute_losses(trace, oracle);
        QVERIFY(oracle[0].lost == LossStage::kept && oracle[1].lost == LossStage::policy);
        const auto lost = regrets(world, plain_params(), trace, oracle);
        for (std::size_t stage = 0; stage + 1 < lost.size(); ++stage)
            QVERIFY2(near(lost[stage], 0), qPrintable(QString::number(stage)));
        QVERIFY(near(lost.back(), 1.6));
    }
    // Page 0 1 2 3 of topics 0 0 1 2 for a profile of .8 and .2 on topics 0 and 1: only item 3 is
    // unexpected. Oracle 3 4 5 6 7: shown, cut, filtered, re-ranked away, never proposed.
    void facts_of_one_request() {
        World world = quarter_circle();
        for (int i = 0; i < 4; ++i) add_item(world, 3, 0, 0, 1);
        add_person(world, Segment::niche, {1, 0}, {1, 0});
        const Params params = plain_params();
        CascadeTrace trace;
        trace.person = PersonId(0u);
        trace.now_s = 77;
        for (std::size_t i = 0; i < 4; ++i) {
            trace.candidates.push_back(candidate(i, Fate::shown));
            trace.slate.push_back(ItemId(i));
        }
        trace.candidates.push_back(candidate(4, Fate::below_cut));
        trace.candidates.push_back(candidate(5, Fate::watched));
        trace.candidates.push_back(candidate(6, Fate::diversity));
        const std::vector<OracleItem> oracle = {best(3, 9), best(4, 8), best(5, 7), best(6, 6),
                                                best(7, 5)};
        const std::vector<float> profile = {0.8f, 0.2f, 0, 0, 0, 0, 0, 0};
        const ImpressionShares popularity{{0.5f, 0.25f, 0.125f, 0.125f}, 0.1f};
        const auto measure = [&](std::span<const float> share, std::span<const OracleItem> list) {
            return request_facts(world, params, trace, 12, share, popularity, list);
        };
        world.catalogue.quality[3] = 20;
        const RequestFacts facts = measure(profile, oracle);
        QVERIFY(facts.sampled && facts.time_s == 77 && near(facts.feature_age_s, 12));
        // Cosines .8 .6 0 .96 .6 .8: 1 - 3.76 / 6. Bits 1 2 3 3.
        QVERIFY(near(facts.intra_list_diversity, 1 - 3.76 / 6));
        QVERIFY(near(facts.novelty, 2.25));
        QVERIFY(near(facts.serendipity, 0.25));
        QVERIFY(
            near(facts.calibration_kl, 0.8 * std::log(0.8 / 0.503) + 0.2 * std::log(0.2 / 0.2495)));
        const double all = 1 + 1 / std::log2(3) + 0.5 + 1 / std::log2(5) + 1 / std::log2(6);
        QVERIFY(near(facts.ndcg_at_10, 1 / std::log2(5) / all));
        QVERIFY(near(facts.recall_retrieval, 0.8) && near(facts.recall_rank, 0.4));
        QVERIFY(near(facts.recall_slate, 0.2));
        // Taste 4 x (1 + .8 + .6 + 0), quality .8 x 20: the page's mean is 6.4; the oracle's 7.5.
        QVERIFY(near(facts.regret, 7.5 - (9.6 + 16) / 4));
        world.catalogue.quality[0] = 20;  // liked, and expected
        QVERIFY(near(measure(profile, oracle).serendipity, 0.25));
        world.catalogue.quality[3] = -20;  // unexpected, not liked
        QVERIFY(near(measure(profile, {}).serendipity, 0));
        QVERIFY(!measure(profile, {}).sampled);
        const std::vector<float> unknown(kTopicCount, 0);
        QVERIFY(std::isnan(measure(unknown, {}).serendipity));
        QVERIFY(std::isnan(measure(unknown, {}).calibration_kl));
    }
    void recalls_never_rise_and_losses_add_up() {
        World world = quarter_circle();
        for (int i = 0; i < 36; ++i) add_item(world, 1, 1, 0, 1);
        add_person(world, Segment::niche, {1, 0}, {1, 0});
        const std::vector<float> profile(kTopicCount, 0.125f);
        Stream stream(3, Purpose::test);
        for (int round = 0; round < 300; ++round) {
            CascadeTrace trace;
            trace.person = PersonId(0u);
            std::vector<OracleItem> oracle;
            for (std::size_t i = 0; i < 40; ++i) {
                if (stream.chance(0.4)) oracle.push_back(best(i));
                if (!stream.chance(0.7)) continue;
                const auto fate = static_cast<Fate>(stream.below(enum_count<Fate>));
                trace.candidates.push_back(candidate(i, fate));
                trace.candidates.back().rank = static_cast<std::uint16_t>(stream.below(30));
                trace.candidates.back().explored = stream.chance(0.1);
                if (fate == Fate::shown) trace.slate.push_back(ItemId(i));
            }
            if (oracle.empty()) continue;
            const RequestFacts facts =
                request_facts(world, plain_params(), trace, 0, profile, {}, oracle);
            QVERIFY(facts.recall_slate <= facts.recall_rank);
            QVERIFY(facts.recall_rank <= facts.recall_retrieval);
            oracle.resize(std::min<std::size_t>(10, oracle.size()));
            attribute_losses(trace, oracle);
            std::array<std::uint8_t, enum_count<LossStage>> lost{};
            for (const OracleItem& item : oracle) ++lost[index_of(item.lost)];
            QVERIFY(lost == facts.lost);
            const auto total = static_cast<double>(oracle.size());
            QCOMPARE(std::accumulate(lost.begin(), lost.end(), std::size_t{0}), oracle.size());
            const auto share = [&](std::initializer_list<LossStage> stages) {
                double sum = 0;
                for (const LossStage stage : stages) sum += lost[index_of(stage)];
                return sum / total;
            };
            QVERIFY(near(share({LossStage::retrieval}), 1 - facts.recall_retrieval));
            QVERIFY(near(share({LossStage::filter, LossStage::rank}),
                         facts.recall_retrieval - facts.recall_rank));
            QVERIFY(near(
                share({LossStage::order, LossStage::rerank, LossStage::explore, LossStage::policy}),
                facts.recall_rank - facts.recall_slate));
            QVERIFY(near(share({LossStage::kept}), facts.recall_slate));
            if (trace.slate.empty()) continue;
            const double regret =
                std::accumulate(facts.regret_at.begin(), facts.regret_at.end(), 0.0);
            QVERIFY(near(regret, facts.regret, 1e-4));
        }
    }
};

QTEST_GUILESS_MAIN(RequestMetricsTest)
#include "request_metrics_test.moc"
