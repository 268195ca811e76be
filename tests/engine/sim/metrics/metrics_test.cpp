// The day that ends now, on four people and four items worked by hand.
#include "engine/sim/metrics/metrics.h"

#include <QtTest>
#include <cmath>

#include "tests/worlds/quarter_circle.h"

using namespace cascadelab;

namespace {

// Four people and their day from 24 h to 48 h: two mainstream, one niche, one eclectic who left.
struct HandMadeDay {
    static constexpr Seconds kNow = 2 * kDay;
    World world = quarter_circle();
    Params params = plain_params();
    EventLog log;
    FactsLog facts;
    std::optional<CodeHealth> codes;

    HandMadeDay() {
        const float root = std::sqrt(3.0f) / 2;
        add_person(world, Segment::mainstream, {1, 0}, {1, 0});
        add_person(world, Segment::mainstream, {1, 0}, {0, 1});
        add_person(world, Segment::niche, {1, 0}, {0.5f, root});
        add_person(world, Segment::eclectic, {1, 0}, {-1, 0});
        world.population.people[3].churned = true;
        world.catalogue.cards[3].released_s = kNow - 100;
        using enum EventKind;
        log = log_of({
            event(watch, 1, 3, -50, 1),  // organic, before the first day
            shown(0, 0, 1000),           // yesterday
            event(session_end, 0, 0, 80000, 500),
            shown(3, 2, kDay - 1),  // a second too early
            event(session_start, 0, 0, 87200),
            shown(0, 0, 87200),
            shown(0, 1, 87200),
            event(click, 0, 0, 87210),
            event(watch, 0, 0, 87500, 0.5f),
            event(session_end, 0, 0, 88000, 800),
            event(session_start, 1, 0, 90000),
            shown(1, 0, 90000),
            shown(1, 2, 90000),
            shown(1, 0, 90500),
            event(click, 1, 0, 90510),
            event(watch, 1, 0, 90520, 0.2f),
            event(click, 1, 1, 90530),
            event(watch, 1, 1, 90540, 0.4f),
            event(click, 1, 2, 90550),
            event(watch, 1, 2, 90560, 0.9f),
            event(session_end, 1, 0, 91000, 1000),
            shown(2, 3, kNow - 1),
            shown(2, 3, kNow),  // of the next day
        });
        // Diversity, novelty, serendipity, miscalibration, feature age, hot topic.
        std::vector<RequestFacts> requests = {page_of(0, {0.2, 4, 0.1, kNan, 10, 0.3}),
                                              page_of(1, {0.4, 6, 0.3, 0.7, 30, 0.5}),
                                              page_of(2, {0.6, 8, kNan, 0.1, 20, kNan})};
        // NDCG, three recalls, regret, recall of new items.
        sample(requests[0], {0.5, 1, 0.5, 0.5, 1, 0.8});
        sample(requests[1], {9, 9, 9, 9, 9, 9});
        requests[1].sampled = false;
        sample(requests[2], {0, 0.5, 0.5, 0, 3, kNan});
        // Of the day before, however recently it was logged.
        requests.insert(requests.begin(), page_of(0, {9, 9, 9, 9, 9, 9}));
        requests.front().time_s = kDay - 1;
        facts.append(std::move(requests));
    }
    static RequestFacts page_of(std::size_t person, std::array<double, 6> values) {
        RequestFacts one;
        one.time_s = 90000;
        one.person = PersonId(person);
        const std::array fields = {&one.intra_list_diversity, &one.novelty,
                                   &one.serendipity,          &one.calibration_kl,
                                   &one.feature_age_s,        &one.hot_topic_share};
        for (std::size_t i = 0; i < fields.size(); ++i) *fields[i] = static_cast<float>(values[i]);
        return one;
    }
    static void sample(RequestFacts& one, std::array<double, 6> values) {
        one.sampled = true;
        const std::array fields = {&one.ndcg_at_10,   &one.recall_retrieval, &one.recall_rank,
                                   &one.recall_slate, &one.regret,           &one.recall_new_items};
        for (std::size_t i = 0; i < fields.size(); ++i) *fields[i] = static_cast<float>(values[i]);
    }
    DayInputs view() const {
        return {world, params, 7, log, facts, 0.07f, {0.6f, 0.7f, 0.8f}, kNow, codes};
    }
    // Overall and the three segments; nobody has joined unless newcomers are expected.
    bool says(Metric metric, std::array<double, 4> segments, double newcomers = kNan) const {
        const MetricPoint point = evaluate_day(view());
        Groups expected;
        std::ranges::copy(segments, expected.begin());
        expected[kNewcomers] = newcomers;
        bool same = true;
        for (std::size_t group = 0; group < kGroupCount; ++group) {
            const double value = point.value[metric][group];
            if (near(value, expected[group])) continue;
            qWarning("%s of %s: %g", metric_info(metric).name.data(), group_name(group).data(),
                     value);
            same = false;
        }
        return same;
    }
};

class MetricsTest : public QObject {
    Q_OBJECT
  private slots:
    // Impressions of the day by item: mainstream 3 1 1 0, niche 0 0 0 1, eclectic none.
    void exposure_counts_the_day_over_the_live_catalogue() {
        const HandMadeDay day;
        QVERIFY(day.says(Metric::coverage, {1, 0.75, 0.25, kNan}));
        // 1 1 1 3: (-3 - 1 + 1 + 9) / 24; 0 1 1 3: (-1 + 1 + 9) / 20.
        QVERIFY(day.says(Metric::gini, {0.25, 0.45, 0.75, kNan}));
        // Shares 1/2 and three of 1/6: 2^(1/2 + 1/2 log2 6) = sqrt 12.
        const double mainstream = std::exp2(0.6 * std::log2(5 / 3.0) + 0.4 * std::log2(5.0));
        QVERIFY(day.says(Metric::effective_catalogue, {std::sqrt(12), mainstream, 1, kNan}));
        // Creators 4 2; mainstream 4 1: (-1 + 4) / 10; niche 0 1.
        QVERIFY(day.says(Metric::creator_gini, {1 / 6.0, 0.3, 0.5, kNan}));
    }
    // Person 0 saw item 0 yesterday, person 1 saw it a request before.
    void repeats_look_back_over_the_whole_log() {
        QVERIFY(HandMadeDay().says(Metric::repeat_rate, {2 / 6.0, 2 / 5.0, 0, kNan}));
    }
    // Person 1 watches once more, what the decoder put forward; a glance is nothing to learn from.
    void self_training_is_what_the_decoder_proposed_itself() {
        HandMadeDay day;
        QVERIFY(day.says(Metric::self_training_share, {0, 0, kNan, kNan}));
        Event own = cascadelab::event(EventKind::watch, 1, 3, 91010, 0.1f);
        Event glance = cascadelab::event(EventKind::watch, 1, 3, 91020, 0.09f);
        own.generated = glance.generated = true;
        day.log.append(std::array{own, glance});
        QVERIFY(day.says(Metric::self_training_share, {1 / 5.0, 1 / 5.0, kNan, kNan}));
    }
    // Codes (0 0) (0 0) (1 1) (1 2) of 2 and 4: the first level 2 2 is even, the second 2 1 1 0 has
    // 1.5 bits and one code that nobody has.
    void codes_are_judged_as_they_are_now() {
        HandMadeDay day;
        QVERIFY(day.says(Metric::code_perplexity, {kNan, kNan, kNan, kNan}));
        const std::array<Code, 8> codes = {0, 0, 0, 0, 1, 1, 1, 2};
        day.codes = code_health(make_ids(codes, {2, 4}, true, 1));
        QVERIFY(day.says(Metric::code_perplexity, {(2 + std::exp2(1.5)) / 2, kNan, kNan, kNan}));
        QVERIFY(day.says(Metric::dead_codes, {1, kNan, kNan, kNan}));
        QVERIFY(day.says(Metric::unique_code_share, {0.5, kNan, kNan, kNan}));
        QVERIFY(day.says(Metric::collision_rate, {0.25, kNan, kNan, kNan}));
    }
    // Item 3 is a hundred seconds old when it is shown; the others are more than a day old.
    void new_items_are_younger_than_a_day() {
        QVERIFY(HandMadeDay().says(Metric::new_item_share, {1 / 6.0, 0, 1, kNan}));
        QVERIFY(HandMadeDay().says(Metric::new_item_click_rate, {0, kNan, 0, kNan}));
        // Item 2 came an hour before person 1 is shown it at 90000 s, and clicks; a day before it
        // would not be new.
        HandMadeDay day;
        day.world.catalogue.cards[2].released_s = 86400;
        QVERIFY(day.says(Metric::new_item_share, {2 / 6.0, 1 / 5.0, 1, kNan}));
        QVERIFY(day.says(Metric::new_item_click_rate, {0.5, 1, 0, kNan}));
        day.world.catalogue.cards[2].released_s = 90000 - kDay;
        QVERIFY(day.says(Metric::new_item_share, {1 / 6.0, 0, 1, kNan}));
    }
    // Person 1 joined a second less than seven days ago, person 0 exactly seven.
    void newcomers_are_a_group_beside_their_segment() {
        HandMadeDay day;
        day.world.population.people[1].joined_s = HandMadeDay::kNow - 7 * kDay + 1;
        day.world.population.people[0].joined_s = HandMadeDay::kNow - 7 * kDay;
        QVERIFY(day.says(Metric::click_rate, {4 / 6.0, 4 / 5.0, 0, kNan}, 1));
        QVERIFY(day.says(Metric::coverage, {1, 0.75, 0.25, kNan}, 0.5));
        QVERIFY(day.says(Metric::gini, {0.25, 0.45, 0.75, kNan}, 7 / 12.0));  // 0 0 1 2
        QVERIFY(day.says(Metric::taste_drift_deg, {82.5, 45, 60, 180}, 90));
        QVERIFY(day.says(Metric::churn_share, {0.25, 0, 0, 1}, 0));
        QVERIFY(day.says(Metric::novelty, {6, 5, 8, kNan}, 6));
        QVERIFY(day.says(Metric::ndcg_at_10, {0.25, 0.5, 0, kNan}));  // person 1 was not sampled
    }
    // First shown in the day: item 1 after 87200 s and item 3 after 99 s; to the mainstream also
    // item 2, which somebody else had seen before.
    void an_items_first_impression_counts_from_its_release() {
        HandMadeDay day;
        QVERIFY(
            day.says(Metric::first_impression_h, {99 / 3600.0, 87200 / 3600.0, 99 / 3600.0, kNan}));
        day.world.catalogue.cards[1].released_s = -1;  // was there from the start
        QVERIFY(day.says(Metric::first_impression_h, {99 / 3600.0, 25, 99 / 3600.0, kNan}));
    }
    // Of sittings of 0.5, 0.2, 0.4 and 0.9 one is to the end; so is a fifth of 0.3 that began at
    // 0.45.
    void an_item_may_be_finished_over_several_sittings() {
        HandMadeDay day;
        QVERIFY(day.says(Metric::finished_share, {1 / 4.0, 1 / 4.0, kNan, kNan}));
        Event last = ::event(EventKind::watch, 1, 1, 90800, 0.3f);
        last.from = 0.45f;
        day.log.append({&last, 1});
        QVERIFY(day.says(Metric::finished_share, {2 / 5.0, 2 / 5.0, kNan, kNan}));
    }
    void responses_are_rates_of_the_day() {
        const HandMadeDay day;
        QVERIFY(day.says(Metric::click_rate, {4 / 6.0, 4 / 5.0, 0, kNan}));
        QVERIFY(day.says(Metric::watch_share, {0.5, 0.5, kNan, kNan}));
        QVERIFY(day.says(Metric::session_length_s, {900, 900, kNan, kNan}));
        QVERIFY(day.says(Metric::return_gap_h, {2, 2, kNan, kNan}));  // 80000 s to 87200 s
        QVERIFY(day.says(Metric::churn_share, {0.25, 0, 0, 1}));
    }
    // Angles 0, 90; 60; 180. Person 1 watched topics 0 0 1, nobody else three items.
    void people_are_measured_by_taste_and_topics() {
        const HandMadeDay day;
        QVERIFY(day.says(Metric::taste_drift_deg, {82.5, 45, 60, 180}));
        const double bits = 2 / 3.0 * std::log2(1.5) + 1 / 3.0 * std::log2(3.0);
        QVERIFY(day.says(Metric::topic_entropy_bits, {bits, bits, kNan, kNan}));
    }
    void facts_are_averaged_over_what_was_measured() {
        const HandMadeDay day;
        QVERIFY(day.says(Metric::intra_list_diversity, {0.4, 0.3, 0.6, kNan}));
        QVERIFY(day.says(Metric::novelty, {6, 5, 8, kNan}));
        QVERIFY(day.says(Metric::serendipity, {0.2, 0.2, kNan, kNan}));
        QVERIFY(day.says(Metric::calibration_kl, {0.4, 0.7, 0.1, kNan}));
        QVERIFY(day.says(Metric::hot_topic_share, {0.4, 0.4, kNan, kNan}));
        QVERIFY(day.says(Metric::feature_age_p95_s, {30, 30, 20, kNan}));
        QVERIFY(day.says(Metric::training_skew, {0.07, kNan, kNan, kNan}));
        QVERIFY(day.says(auc_of(RankingModel::logistic), {0.6, kNan, kNan, kNan}));
        QVERIFY(day.says(auc_of(RankingModel::xgboost), {0.7, kNan, kNan, kNan}));
        QVERIFY(day.says(auc_of(RankingModel::deep), {0.8, kNan, kNan, kNan}));
    }
    void oracle_metrics_ask_sampled_requests_only() {
        const HandMadeDay day;
        QVERIFY(day.says(Metric::ndcg_at_10, {0.25, 0.5, 0, kNan}));
        QVERIFY(day.says(Metric::recall_retrieval, {0.75, 1, 0.5, kNan}));
        QVERIFY(day.says(Metric::recall_rank, {0.5, 0.5, 0.5, kNan}));
        QVERIFY(day.says(Metric::recall_slate, {0.25, 0.5, 0, kNan}));
        QVERIFY(day.says(Metric::regret, {2, 1, 3, kNan}));
        QVERIFY(day.says(Metric::recall_new_items, {0.8, 0.8, kNan, kNan}));
    }
    void facts_go_when_the_whole_of_their_tick_is_old() {
        FactsLog facts;
        for (const Seconds tick_s : {100, 200}) {
            RequestFacts first, second;
            first.time_s = tick_s;
            second.time_s = tick_s + 50;
            facts.append({first, second});
        }
        facts.append({});
        std::vector<Seconds> times;
        const auto note = [&](const RequestFacts& of) { times.push_back(of.time_s); };
        facts.visit_from(150, note);
        QVERIFY(times == std::vector<Seconds>({150, 200, 250}));
        const FactsLog copy = facts;
        facts.forget_before(150);
        QCOMPARE(facts.requests(), std::size_t{4});
        facts.forget_before(151);
        QCOMPARE(facts.requests(), std::size_t{2});
        QCOMPARE(copy.requests(), std::size_t{4});
    }
    void an_empty_day_measures_nothing_but_people() {
        HandMadeDay day;
        day.log = EventLog();
        day.facts = FactsLog();
        const MetricPoint point = evaluate_day(day.view());
        QCOMPARE(point.time_s, HandMadeDay::kNow);
        for (std::size_t metric = 0; metric < enum_count<Metric>; ++metric) {
            const auto name = static_cast<Metric>(metric);
            const bool stands = name == Metric::churn_share || name == Metric::taste_drift_deg ||
                                name == Metric::training_skew || name == Metric::watch_time_min ||
                                (name >= Metric::ranker_auc && name <= Metric::last_ranker_auc);
            QVERIFY(std::isnan(point.value[metric][0]) != stands);
        }
    }
    void popularity_is_that_of_the_day() {
        const HandMadeDay day;
        const ImpressionShares popularity = impressions_of_day(day.log, 4, HandMadeDay::kNow);
        // Impressions 3 1 1 1, smoothed 4 2 2 2 of 10.
        QVERIFY(near(popularity.share[0], 0.4) && near(popularity.share[2], 0.2));
        QVERIFY(near(popularity.unseen, 0.1));
    }

    // Best two of person 0 are items 0 1. Both are shown 0 1; the other's best two are 2 3, so all
    // of the overlap is the system's; when the other's taste lies between, best 1 2, it owes 1/3.
    void homogenisation_takes_off_what_tastes_share() {
        World world = quarter_circle();
        add_person(world, Segment::mainstream, {1, 0}, {1, 0});
        add_person(world, Segment::niche, {0, 1}, {0, 1});
        const Params params = plain_params();
        const auto measured = [&](std::vector<Event> events) {
            const EventLog log = log_of(events);
            return homogenisation({world, params, 1, log, {}, 0, {}, kDay}).shown;
        };
        const std::vector<Event> same = {shown(0, 0, 5), shown(0, 1, 5), shown(0, 0, 9),
                                         shown(1, 0, 5), shown(1, 1, 5)};
        QVERIFY(near(measured(same)[0], 1));
        QVERIFY(near(measured(same)[1], 1) && near(measured(same)[2], 1));
        QVERIFY(near(measured(same)[3], kNan));
        // Beside it stand the oracle's pages, which owe nothing, and those of people who browse.
        const EventLog log = log_of(same);
        const DayInputs day{world, params, 1, log, {}, 0, {}, kDay};
        const MetricPoint point = evaluate_day(day);
        const auto of = [&](Reference reference, std::size_t group) {
            return static_cast<double>(point.reference[reference][Metric::homogenisation][group]);
        };
        const auto browsed = homogenisation(day).browsed;
        for (const std::size_t group : {0u, 1u, 2u, 3u}) {
            QVERIFY(near(of(Reference::oracle, group), group == 3 ? kNan : 0));
            QVERIFY(near(of(Reference::no_recommender, group), browsed[group]));
            QVERIFY(near(of(Reference::same_requests, group), kNan));
        }
        world.population.taste = RowTable{2, {1, 0, 0.8f, 0.6f}};
        QVERIFY(near(measured(same)[0], 1 - 1 / 3.0));
        // The oracle's own pages: nothing is left. One of the two unseen: nothing to measure.
        QVERIFY(
            near(measured({shown(0, 0, 5), shown(0, 1, 5), shown(1, 1, 5), shown(1, 2, 5)})[0], 0));
        QVERIFY(near(measured({shown(0, 0, 5)})[0], kNan));
    }
    // Two who joined lie between the pair and were shown the same: they are not compared.
    void homogenisation_compares_founders_only() {
        World world = quarter_circle();
        add_person(world, Segment::mainstream, {1, 0}, {1, 0});
        add_person(world, Segment::niche, {0, 1}, {0, 1});
        const Params params = plain_params();
        const EventLog two = log_of({shown(0, 0, 5), shown(1, 0, 5)});
        const Groups before = homogenisation({world, params, 1, two, {}, 0, {}, kDay}).shown;
        for (int i = 0; i < 2; ++i) {
            add_person(world, Segment::niche, {0.8f, 0.6f}, {1, 0});
            world.population.people.back().joined_s = 3;
        }
        const EventLog four =
            log_of({shown(0, 0, 5), shown(1, 0, 5), shown(2, 3, 5), shown(3, 3, 5)});
        const Groups after = homogenisation({world, params, 1, four, {}, 0, {}, kDay}).shown;
        for (std::size_t group = 0; group < kGroupCount; ++group)
            QVERIFY(near(after[group], before[group]));
        QVERIFY(std::isnan(after[kNewcomers]));
    }
    // By innate taste 2 is nearest to 1, who is shown the same; by taste now it could be 0.
    void neighbours_are_those_of_innate_taste() {
        World world = quarter_circle();
        add_person(world, Segment::mainstream, {1, 0}, {1, 0});
        add_person(world, Segment::niche, {0.8f, 0.6f}, {1, 0});
        add_person(world, Segment::eclectic, {-1, 0}, {1, 0});
        const Params params = plain_params();
        const EventLog log = log_of({shown(0, 0, 5), shown(1, 3, 5), shown(2, 3, 5)});
        const Groups excess = homogenisation({world, params, 1, log, {}, 0, {}, kDay}).shown;
        QVERIFY(near(excess[3], 0));   // overlap 1, oracle's 1
        QVERIFY(near(excess[1], -1));  // overlap 0, oracle's 1
    }
};

}  // namespace

QTEST_GUILESS_MAIN(MetricsTest)
#include "metrics_test.moc"
