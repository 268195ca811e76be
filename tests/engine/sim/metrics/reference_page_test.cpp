// Pages that no cascade makes, as the recommender and as what a day is compared with.
#include "engine/sim/metrics/reference_page.h"

#include <QtTest>
#include <map>

#include "tests/worlds/quarter_circle.h"
#include "tests/worlds/tiny_run.h"

using namespace cascadelab;

namespace {

// The last metrics of a day and a half, and every sampled trace.
struct ShortRun {
    std::shared_ptr<const MetricPoint> metrics;
    std::vector<std::shared_ptr<const CascadeTrace>> traces;
};
ShortRun run_with(Recommender recommender) {
    Params params = tiny_params();
    params.policy.recommender = recommender;
    params.metrics.oracle_share = 1;
    Simulation simulation(params, 4, 2);
    ShortRun run;
    for (int tick = 0; tick < kTicksADay * 3 / 2; ++tick) {
        const TickReport report = simulation.step();
        if (report.metrics) run.metrics = report.metrics;
        run.traces.insert(run.traces.end(), report.traces.begin(), report.traces.end());
    }
    return run;
}

double at(const MetricValues& values, Metric metric, std::size_t group = 0) {
    return static_cast<double>(values[metric][group]);
}
const MetricValues& of(const MetricPoint& point, Reference reference) {
    return point.reference[reference];
}
bool same(float a, float b) {
    return std::isnan(a) ? std::isnan(b) : a == b;
}

}  // namespace

class ReferencePageTest : public QObject {
    Q_OBJECT
  private slots:
    // Items 1 2 4 5 are open: pages of two hold each half of the time, first or second.
    void browsing_draws_evenly_from_open_items() {
        World world = quarter_circle();
        for (int i = 0; i < 2; ++i) add_item(world, 0, 0, 1, 0);
        add_person(world, Segment::niche, {1, 0}, {1, 0});
        world.catalogue.cards[0].regions = 0xE;  // not licensed in region 0
        world.population.people[0].watched = {ItemId(3u)};
        std::map<std::size_t, int> first, any;
        constexpr int kPages = 4000;
        Stream stream(1, Purpose::test);
        for (int page = 0; page < kPages; ++page) {
            const auto items = browsed_page(world, PersonId(0u), 2, stream);
            QCOMPARE(items.size(), std::size_t{2});
            QVERIFY(items[0] != items[1]);
            ++first[items[0].index()];
            for (const ItemId item : items) ++any[item.index()];
        }
        QCOMPARE(any.size(), std::size_t{4});
        // Six standard deviations of a count.
        for (const std::size_t item : {1u, 2u, 4u, 5u}) {
            QVERIFY(std::abs(first[item] - kPages / 4) < 6 * 28);
            QVERIFY(std::abs(any[item] - kPages / 2) < 6 * 32);
        }
        QCOMPARE(browsed_page(world, PersonId(0u), 99, stream).size(), std::size_t{4});
    }
    // Its page is the best there is, but for what the policy gate stops.
    void the_oracle_as_recommender_regrets_what_policy_takes() {
        const ShortRun run = run_with(Recommender::oracle);
        QVERIFY(!run.traces.empty());
        for (const auto& trace : run.traces) {
            QVERIFY(trace->maker == FeedMaker::oracle);
            QCOMPARE(trace->slate.size(), std::size_t{8});
            const std::size_t both = std::min(trace->candidates.size(), trace->oracle.size());
            for (std::size_t place = 0; place < both; ++place) {
                const Candidate& candidate = trace->candidates[place];
                QCOMPARE(candidate.item, trace->oracle[place].item);
                QVERIFY(candidate.source == Source::oracle);
                QVERIFY(candidate.stopped == (candidate.fate != Fate::shown));
            }
        }
        const MetricValues& value = run.metrics->value;
        QVERIFY(at(value, Metric::regret) > -1e-6);
        QVERIFY(near(at(value, Metric::regret), at(value, Metric::regret_policy), 1e-4));
        // Of the best ten the page has eight places for, none is lost but to policy.
        QVERIFY(at(value, Metric::recall_slate) <= 0.8 + 1e-6);
        QVERIFY(at(value, Metric::recall_slate) + at(value, Metric::lost_policy) >= 0.8 - 1e-6);
        const MetricValues& oracle = of(*run.metrics, Reference::oracle);
        const MetricValues& shown = of(*run.metrics, Reference::same_requests);
        for (std::size_t m = 0; m < enum_count<Metric>; ++m) {
            if (static_cast<Metric>(m) == Metric::homogenisation) continue;
            for (std::size_t group = 0; group < kGroupCount; ++group)
                QVERIFY2(same(oracle[m][group], shown[m][group]),
                         metric_info(static_cast<Metric>(m)).name.data());
        }
    }
    // The draw is keyed by request, so the reference is the very page that would be served.
    void without_a_recommender_the_reference_is_what_is_shown() {
        const ShortRun run = run_with(Recommender::none);
        for (const auto& trace : run.traces) {
            QVERIFY(trace->maker == FeedMaker::nobody);
            for (const Candidate& candidate : trace->candidates)
                QVERIFY(candidate.source == Source::browsing &&
                        candidate.stopped == (candidate.fate != Fate::shown));
        }
        const MetricValues& nobody = of(*run.metrics, Reference::no_recommender);
        const MetricValues& shown = of(*run.metrics, Reference::same_requests);
        for (std::size_t m = 0; m < enum_count<Metric>; ++m) {
            if (static_cast<Metric>(m) == Metric::homogenisation) continue;
            for (std::size_t group = 0; group < kGroupCount; ++group)
                QVERIFY(same(nobody[m][group], shown[m][group]));
        }
        QVERIFY(at(run.metrics->value, Metric::regret) > 0.5);
        // All is lost before anything was chosen.
        QVERIFY(near(at(run.metrics->value, Metric::lost_retrieval) +
                         at(run.metrics->value, Metric::lost_policy),
                     1 - at(run.metrics->value, Metric::recall_slate)));
    }
    void references_stand_beside_a_cascade_and_parts_add_up() {
        const ShortRun run = run_with(Recommender::cascade);
        const MetricPoint& point = *run.metrics;
        const MetricValues& oracle = of(point, Reference::oracle);
        const MetricValues& nobody = of(point, Reference::no_recommender);
        const MetricValues& shown = of(point, Reference::same_requests);
        // The gate stops nothing of the ideal page in this world.
        QVERIFY(near(at(oracle, Metric::regret), 0, 1e-4));
        QVERIFY(at(point.value, Metric::regret) > 0);
        QVERIFY(at(nobody, Metric::regret) > at(point.value, Metric::regret));
        QVERIFY(std::isnan(at(oracle, Metric::click_rate)));
        QVERIFY(std::isnan(at(nobody, Metric::repeat_rate)));
        QVERIFY(near(at(oracle, Metric::homogenisation), 0));
        // Every request is sampled: the same pages, the same functions, the same numbers.
        for (const Metric metric : {Metric::coverage, Metric::gini, Metric::novelty,
                                    Metric::new_item_share, Metric::creator_gini}) {
            QVERIFY2(near(at(shown, metric), at(point.value, metric)),
                     metric_info(metric).name.data());
        }
        for (std::size_t group = 0; group < kGroupCount; ++group) {
            double lost = at(point.value, Metric::recall_slate, group), regret = 0;
            for (std::size_t stage = 0; stage + 1 < enum_count<LossStage>; ++stage) {
                const auto m = index_of(Metric::lost_retrieval) + stage;
                const auto r = index_of(Metric::regret_retrieval) + stage;
                lost += static_cast<double>(point.value[m][group]);
                regret += static_cast<double>(point.value[r][group]);
            }
            QVERIFY(near(lost, 1));
            QVERIFY(near(regret, at(point.value, Metric::regret, group), 1e-4));
        }
        QVERIFY(near(at(point.value, Metric::effective_catalogue),
                     std::exp2(at(point.value, Metric::exposure_entropy_bits)), 0.01));
    }
    void the_recommender_changes_while_a_world_runs() {
        Simulation simulation(tiny_params(), 4, 2);
        const auto maker_after = [&](double recommender) {
            const Command set = SetParameter{"policy.recommender", recommender};
            FeedMaker maker = FeedMaker::popular;
            for (int tick = 0; tick < 12; ++tick) {
                const auto report =
                    simulation.step(tick == 0 ? std::span(&set, 1) : std::span<const Command>());
                for (const auto& trace : report.traces) maker = trace->maker;
            }
            return maker;
        };
        run_ticks(simulation, 40);
        QVERIFY(maker_after(1) == FeedMaker::nobody);
        QVERIFY(maker_after(2) == FeedMaker::oracle);
        QVERIFY(maker_after(0) == FeedMaker::cascade);
    }
};

QTEST_GUILESS_MAIN(ReferencePageTest)
#include "reference_page_test.moc"
