// The modelled fleet in a run: what it is told of the cascade, what it does to people, and that it
// is as exact as everything else.
#include "engine/sim/fleet/fleet_run.h"

#include <QtTest>

#include "engine/sim/fleet/fleet_day.h"
#include "engine/sim/fleet/fleet_limits.h"
#include "engine/sim/fleet/fleet_moment.h"
#include "engine/sim/snapshot/fleet_section.h"
#include "tests/worlds/tiny_run.h"

using namespace cascadelab;

namespace {

Params fleet_params() {
    Params params = tiny_params();
    params.serving.modelled = true;
    return params;
}

constexpr Seconds kTick = kDay / kTicksADay;

double metric(Simulation& simulation, Metric metric) {
    return static_cast<double>(simulation.snapshot()->series->back().value[metric][0]);
}

void step_with(Simulation& simulation, const Command& command) {
    const TickReport report = simulation.step({&command, 1});
    QVERIFY(report.refused.empty());
}

}  // namespace

class FleetRunTest : public QObject {
    Q_OBJECT

  private slots:
    void a_run_without_a_fleet_keeps_nothing_of_one();
    void the_number_of_threads_does_not_show();
    void a_run_goes_on_from_a_keyframe_as_it_would_have();
    void its_work_is_the_cascades();
    void a_fleet_of_the_default_size_keeps_its_budget();
    void without_servers_everybody_gets_the_page_they_had();
    void without_a_fallback_people_leave();
    void a_stalled_stream_makes_features_old_until_it_has_caught_up();
    void every_feature_is_as_old_as_its_lane();
    void an_edge_that_has_not_heard_answers_with_the_old_page();
    void a_stale_index_does_not_learn_of_new_items();
    void slow_pages_leave_less_of_a_session();
    void the_bill_adds_up();
    void latency_quantiles_are_those_of_the_histogram();
    void more_work_breaks_what_less_does_not();
    void absurd_fleets_are_refused_and_the_run_goes_on();
};

void FleetRunTest::a_run_without_a_fleet_keeps_nothing_of_one() {
    Simulation simulation(tiny_params(), 5, 2);
    run_ticks(simulation, 30);
    const auto state = simulation.keyframe();
    QVERIFY(!state->fleet.state);
    QVERIFY(state->fleet.people.empty() && state->fleet.day.empty());
    QVERIFY(!simulation.snapshot()->fleet);
    QVERIFY(std::isnan(metric(simulation, Metric::latency_p99_ms)));
    QVERIFY(std::isnan(metric(simulation, Metric::feature_age_p99_s)));
}

void FleetRunTest::the_number_of_threads_does_not_show() {
    std::uint64_t first = 0;
    for (const int threads : {1, 2, 3}) {
        Simulation simulation(fleet_params(), 5, threads);
        run_ticks(simulation, kTicksADay);
        const auto state = simulation.keyframe();
        QVERIFY(state->fleet.state.has_value());
        const std::uint64_t hash = state->hashes.all();
        if (threads == 1) first = hash;
        QCOMPARE(hash, first);
    }
}

void FleetRunTest::a_run_goes_on_from_a_keyframe_as_it_would_have() {
    Simulation simulation(fleet_params(), 5, 2);
    run_ticks(simulation, 40);
    const auto keyframe = simulation.keyframe();
    step_with(simulation, FleetIncident{FleetIncidentKind::servers_lost, 0, 0.7, 20});
    run_ticks(simulation, 40);
    const std::uint64_t straight = simulation.keyframe()->fleet.hash();
    simulation.restore(keyframe);
    step_with(simulation, FleetIncident{FleetIncidentKind::servers_lost, 0, 0.7, 20});
    run_ticks(simulation, 40);
    QCOMPARE(simulation.keyframe()->fleet.hash(), straight);
}

void FleetRunTest::its_work_is_the_cascades() {
    Params params = fleet_params();
    params.retrieval.candidates = 60;
    Simulation simulation(params, 5, 2);
    run_ticks(simulation, kTicksADay);
    const auto scored = [&] {
        const WorkTally& work = simulation.keyframe()->fleet.work;
        return work.scored / work.cascade_requests;
    };
    const double before = scored();
    QVERIFY2(before > 20 && before <= 60, qPrintable(QString::number(before)));
    step_with(simulation, SetParameter{"retrieval.candidates", 120});
    run_ticks(simulation, kTicksADay / 4);
    QVERIFY2(scored() > 1.5 * before, qPrintable(QString::number(scored())));
    // What is not asked for has no station; what is has one.
    const auto section = simulation.snapshot()->fleet;
    QVERIFY(section);
    const auto has = [&](FleetStation station) {
        return std::ranges::any_of(section->stations,
                                   [&](const StationSection& s) { return s.station == station; });
    };
    QVERIFY(has(FleetStation::two_tower) && has(FleetStation::gateway));
    QVERIFY(!has(FleetStation::decoder) && !has(FleetStation::hstu));
}

void FleetRunTest::a_fleet_of_the_default_size_keeps_its_budget() {
    Simulation simulation(fleet_params(), 5, 2);
    run_ticks(simulation, 2 * kTicksADay);
    QVERIFY2(metric(simulation, Metric::latency_p99_ms) < 200,
             qPrintable(QString::number(metric(simulation, Metric::latency_p99_ms))));
    QVERIFY(metric(simulation, Metric::latency_p50_ms) > 5);
    QVERIFY(metric(simulation, Metric::fallback_share) < 0.02);
    const double busy = metric(simulation, utilisation_of(FleetStation::gateway));
    QVERIFY2(busy > 0.2 && busy < 0.9, qPrintable(QString::number(busy)));
}

void FleetRunTest::without_servers_everybody_gets_the_page_they_had() {
    Simulation simulation(fleet_params(), 5, 2);
    run_ticks(simulation, kTicksADay);
    step_with(simulation, FleetIncident{FleetIncidentKind::servers_lost, 0, 1, 24 * 60});
    run_ticks(simulation, 12);
    std::size_t asked = 0, fell_back = 0;
    simulation.keyframe()->facts.visit_from(simulation.now_s() - kHour,
                                            [&](const RequestFacts& facts) {
                                                ++asked;
                                                fell_back += facts.fell_back;
                                            });
    QVERIFY(asked > 5);
    QVERIFY2(fell_back >= asked * 9 / 10, qPrintable(QString::number(fell_back)));
}

void FleetRunTest::without_a_fallback_people_leave() {
    Params params = fleet_params();
    params.serving.fallback = PageFallback::none;
    Simulation simulation(params, 5, 2);
    run_ticks(simulation, kTicksADay);
    const auto pages = [&] {
        double count = 0;
        simulation.keyframe()->log.visit([&](const Event& event) {
            count += event.kind == EventKind::impression &&
                     event.time_s > simulation.now_s() - 6 * kHour;
        });
        return count;
    };
    const double before = pages();
    step_with(simulation, FleetIncident{FleetIncidentKind::servers_lost, 0, 1, 24 * 60});
    run_ticks(simulation, kTicksADay / 4);
    QVERIFY2(pages() < before / 4, qPrintable(QString("%1 of %2").arg(pages()).arg(before)));
}

void FleetRunTest::a_stalled_stream_makes_features_old_until_it_has_caught_up() {
    Simulation simulation(fleet_params(), 5, 2);
    run_ticks(simulation, kTicksADay);
    const auto lag = [&] { return simulation.keyframe()->fleet.day.back()->stream_lag_s; };
    QVERIFY(lag() < 60);
    step_with(simulation, FleetIncident{FleetIncidentKind::stream_stalled, 0, 1, 120});
    run_ticks(simulation, static_cast<int>(2 * kHour / kTick));
    QVERIFY2(lag() > 0.8 * 2 * kHour, qPrintable(QString::number(lag())));
    // Twice the mean can be read: it catches up in about the time it was stalled.
    run_ticks(simulation, static_cast<int>(12 * kHour / kTick));
    QVERIFY2(lag() < 60, qPrintable(QString::number(lag())));
}

void FleetRunTest::every_feature_is_as_old_as_its_lane() {
    const Params params = fleet_params();
    Simulation simulation(params, 5, 2);
    run_ticks(simulation, 2 * kTicksADay);
    const auto section = simulation.snapshot()->fleet;
    double batch_s = -1, streaming_s = -1;
    for (const FeatureLane& feature : section->features) {
        const bool is_fetched = feature.lane != "request";
        QCOMPARE(feature.hit_share >= 0, is_fetched);
        QVERIFY(feature.hit_share <= 1);
        if (feature.lane == "request" || feature.lane == "on event")
            QCOMPARE(feature.behind_s, 0.0);
        if (feature.lane == "batch") batch_s = feature.behind_s;
        if (feature.lane == "streaming") streaming_s = feature.behind_s;
    }
    // The night's run knows the day before: what it knows is never younger than it took.
    QVERIFY(batch_s > 0 && batch_s < 2 * kDay);
    QVERIFY(streaming_s >= params.features.streaming_lag_s);
    step_with(simulation, FleetIncident{FleetIncidentKind::stream_stalled, 0, 1, 60});
    run_ticks(simulation, 1);
    for (const FeatureLane& feature : simulation.snapshot()->fleet->features)
        if (feature.lane == "streaming") QVERIFY(feature.behind_s > streaming_s);
}

void FleetRunTest::an_edge_that_has_not_heard_answers_with_the_old_page() {
    const auto stale = [](double page_s, double lag_s) {
        Params params = fleet_params();
        params.serving.edge_page_s = page_s;
        params.serving.replication_s = lag_s;
        Simulation simulation(params, 5, 2);
        run_ticks(simulation, kTicksADay);
        return metric(simulation, Metric::stale_page_share);
    };
    QCOMPARE(stale(0, 600), 0.0);
    const double quick = stale(600, 0.4), slow = stale(600, 600);
    QVERIFY2(slow > quick && slow > 0.02, qPrintable(QString("%1 %2").arg(quick).arg(slow)));
}

void FleetRunTest::a_stale_index_does_not_learn_of_new_items() {
    Simulation simulation(fleet_params(), 5, 2);
    run_ticks(simulation, kTicksADay);
    const auto behind = [&] {
        const auto state = simulation.keyframe();
        return state->world.catalogue.size() - state->models.eras[Era::two_tower].space.size();
    };
    QCOMPARE(behind(), std::size_t{0});
    step_with(simulation, FleetIncident{FleetIncidentKind::stale_index, 0, 1, 240});
    step_with(simulation, ReleaseItems{TopicId(std::size_t{2}), 1, 5});
    run_ticks(simulation, 2);
    QVERIFY(behind() >= 5);
    run_ticks(simulation, static_cast<int>(5 * kHour / kTick));
    QCOMPARE(behind(), std::size_t{0});
}

void FleetRunTest::slow_pages_leave_less_of_a_session() {
    ServedPerson calm;
    Params params = fleet_params();
    params.serving.patience = PatienceLaw::google_2009;
    FleetMoment moment;
    const auto stay = [&](double latency_s) {
        moment.look.requests = {{0, latency_s, 0.5, FleetOutcome::late, false}};
        return serve_by_fleet(moment, params, 1, Request{}, false, false, calm).arrival.stay;
    };
    QCOMPARE(stay(0.15), 1.0);
    // 400 ms more than they expect cost .44 % of the pages (Brutlag 2009).
    QVERIFY2(std::abs(1 - stay(0.55) - 0.0044) < 0.0005, qPrintable(QString::number(stay(0.55))));
    params.serving.patience = PatienceLaw::none;
    QCOMPARE(stay(5), 1.0);
}

void FleetRunTest::the_bill_adds_up() {
    Simulation simulation(fleet_params(), 5, 2);
    run_ticks(simulation, kTicksADay);
    const Bill bill = simulation.snapshot()->fleet->bill;
    double stages = 0;
    for (const StageCost& stage : bill.by_stage()) stages += stage.usd;
    QVERIFY(bill.month_usd() > 1000);
    QVERIFY(std::abs(stages - bill.month_usd()) < 1e-6 * bill.month_usd());
    const Params params = fleet_params();
    const double thousands =
        params.production.daily_users * params.production.requests_per_user * 30 / 1000;
    QVERIFY(std::abs(bill.per_thousand_usd() * thousands - bill.month_usd()) <
            1e-6 * bill.month_usd());
    QVERIFY(std::abs(metric(simulation, Metric::cost_per_month_usd) / bill.month_usd() - 1) < 0.05);
}

void FleetRunTest::latency_quantiles_are_those_of_the_histogram() {
    auto tick = std::make_shared<FleetTick>();
    tick->seconds = 300;
    tick->rate = 10;
    for (int i = 0; i < 100; ++i) tick->latency[latency_bin(0.01 * (i + 1))] += 0.01f;
    const std::vector<std::shared_ptr<const FleetTick>> day = {tick};
    for (const double share : {0.1, 0.5, 0.9, 0.99}) {
        const double ratio = latency_quantile_s(day, share) / share;
        QVERIFY2(ratio > 0.87 && ratio < 1.13, qPrintable(QString::number(ratio)));
    }
    QVERIFY(std::isnan(latency_quantile_s({}, 0.5)));
    QCOMPARE(latency_bin(0), std::size_t{0});
    QCOMPARE(latency_bin(1e9), kLatencyBins - 1);
}

void FleetRunTest::more_work_breaks_what_less_does_not() {
    Simulation simulation(fleet_params(), 5, 2);
    run_ticks(simulation, kTicksADay);
    for (const StationSection& station : simulation.snapshot()->fleet->stations) {
        QVERIFY2(station.work_limit > 1, station.label.c_str());
        QVERIFY2(station.load_limit > 1, station.label.c_str());
    }
}

void FleetRunTest::absurd_fleets_are_refused_and_the_run_goes_on() {
    Params params = fleet_params();
    params.production.daily_users = 5e9;
    params.serving.cell_users = 1e8;
    params.production.requests_per_user = 500;
    params.serving.budget_ms = 10;
    params.serving.queue_limit = 0;
    Simulation simulation(params, 5, 2);
    run_ticks(simulation, 20);
    QVERIFY(simulation.now_s() > 0);
}

QTEST_GUILESS_MAIN(FleetRunTest)
#include "fleet_run_test.moc"
