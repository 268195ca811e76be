// What holds for every fleet, event by event: nothing is lost, Little's law, time runs forward,
// servers do not idle beside a queue, the same key is the same run.
#include "engine/serving/fleet_simulation.h"

#include <QtTest>
#include <cmath>
#include <limits>

#include "tests/engine/serving/random_fleet.h"

using namespace cascadelab;

namespace {

constexpr std::uint64_t kFleets = 40;

SimulationOptions for_seconds(double seconds) {
    SimulationOptions options;
    options.to_s = seconds;
    options.run_on_s = 2;
    options.waterfalls = 300;
    return options;
}

SimulationResult run(const FleetPlan& plan, const SimulationOptions& options) {
    return simulate_fleet(plan, fleet_at_rest(plan, options.from_s), options);
}

// Loads from a third to one and a half, with and without incidents and autoscaler.
FleetPlan fleet(std::uint64_t number) {
    Stream stream(1, Purpose::test, number);
    RandomFleet of;
    of.load = 0.3 + 1.2 * static_cast<double>(number) / kFleets;
    of.incidents = number % 2 == 1;
    of.autoscaler = number % 3 == 1;
    return random_fleet(stream, of);
}

FleetPlan one_station(double rate, ServiceTime service, std::int64_t servers) {
    FleetPlan plan;
    plan.traffic.mean_rate = rate;
    StationPlan& station = plan.stations[FleetStation::edge];
    station.to = 1;
    station.service = service;
    station.servers = servers;
    station.most_servers = station.group_servers = std::max<std::int64_t>(1, servers);
    return plan;
}

bool near(double a, double b, double tolerance) {
    return std::abs(a - b) <= tolerance * std::max(1.0, std::abs(b));
}

class FleetSimulationTest : public QObject {
    Q_OBJECT
  private slots:
    void nothing_is_lost() {
        for (std::uint64_t number = 0; number < kFleets; ++number) {
            const FleetPlan plan = fleet(number);
            QVERIFY2(check_plan(plan).ok(), check_plan(plan).ok() ? "" : "plan");
            const SimulationResult result = run(plan, for_seconds(12));
            std::uint64_t fates = 0;
            for (const std::uint64_t count : result.outcomes) fates += count;
            QCOMPARE(fates, result.arrivals);
            QVERIFY(result.arrivals > 500);
            for (const StationReport& report : result.stations) {
                QCOMPARE(report.served + report.expired + report.refused + report.waiting,
                         report.calls);
            }
        }
    }

    // L T is the time that calls spent, those inside included: L = lambda W without a remainder.
    void little_s_law_holds_at_every_station() {
        for (std::uint64_t number = 0; number < kFleets; ++number) {
            const FleetPlan plan = fleet(number);
            SimulationOptions options = for_seconds(12);
            options.count_from_s = 3;
            options.run_on_s = 0;
            const SimulationResult result = run(plan, options);
            for (const StationReport& report : result.stations) {
                QVERIFY(near(report.mean_in_system * 9, report.seconds_in_system, 1e-6));
            }
        }
    }

    void time_runs_forward() {
        for (std::uint64_t number = 0; number < kFleets; ++number) {
            const FleetPlan plan = fleet(number);
            const SimulationResult result = run(plan, for_seconds(6));
            double last_s = 0;
            for (const FleetRequest& request : result.requests) {
                QVERIFY(request.arrival_s >= last_s && request.latency_s >= 0);
                last_s = request.arrival_s;
                if (plan.has_deadline()) QVERIFY(request.latency_s <= plan.budget_s + 1e-9);
            }
            for (const FleetWaterfall& waterfall : result.waterfalls) {
                EnumArray<FleetStation, double> end_s{};
                for (const FleetSpan& span : waterfall.spans) {
                    QVERIFY(span.begin_s >= 0 && span.wait_s >= 0 && span.service_s >= 0);
                    QVERIFY(span.end_s >= span.begin_s + span.wait_s + span.service_s - 1e-4);
                    QVERIFY(span.end_s <= waterfall.request.latency_s + 1e-4);
                    for (const FleetStation earlier : every<FleetStation>) {
                        if (plan.stations[span.station].after & only(earlier)) {
                            QVERIFY(span.begin_s >= end_s[earlier] - 1e-4);
                        }
                    }
                    end_s[span.station] = span.end_s;
                }
            }
        }
    }

    void no_server_idles_beside_a_queue() {
        for (std::uint64_t number = 0; number < kFleets; ++number) {
            const FleetPlan plan = fleet(number);
            SimulationOptions options = for_seconds(7);
            options.audits = true;
            QCOMPARE(run(plan, options).idle_servers, std::uint64_t{0});
        }
    }

    void the_same_key_is_the_same_run() {
        for (std::uint64_t number = 0; number < 10; ++number) {
            const FleetPlan plan = fleet(number);
            SimulationOptions options = for_seconds(4);
            options.traces = true;
            const SimulationResult first = run(plan, options);
            QCOMPARE(run(plan, options).hash(), first.hash());
            SimulationOptions replayed = options;
            replayed.replay = &first.trace;
            QCOMPARE(run(plan, replayed).hash(), first.hash());
            options.key = 7;
            QVERIFY(run(plan, options).hash() != first.hash());
        }
    }

    // What comes later, and how long service will take, is nothing that a rule could have read.
    void the_future_changes_nothing_before_it() {
        for (std::uint64_t number = 0; number < 10; ++number) {
            FleetPlan plan = fleet(number);
            SimulationOptions options = for_seconds(3);
            options.run_on_s = 0;
            const std::uint64_t hash = run(plan, options).hash();
            plan.incidents.push_back({kEveryStation, 3.5, 9, 0, 1});
            plan.traffic.crowds.push_back({3.5, 1, 10, 1, 20});
            QCOMPARE(run(plan, options).hash(), hash);
        }
    }

    void a_fleet_without_servers_answers_by_its_fallback() {
        FleetPlan plan = one_station(200, lognormal_from(0.01, 0.05), 0);
        plan.autoscaler.on = false;
        QVERIFY(check_plan(plan).ok());
        const SimulationResult result = run(plan, for_seconds(10));
        QCOMPARE(result.outcomes[FleetOutcome::fallback], result.arrivals);
        QVERIFY(result.stations[FleetStation::edge].longest_queue <= 1000);
        plan.fallback = PageFallback::none;
        plan.stations[FleetStation::edge].calls = {0.1, 1, 0, 0};
        const SimulationResult hopeless = run(plan, for_seconds(10));
        QCOMPARE(hopeless.outcomes[FleetOutcome::dropped], hopeless.arrivals);
    }

    void endless_load_fills_the_queue_and_ends() {
        FleetPlan plan = one_station(1e6, lognormal_from(0.01, 0.05), 1);
        SimulationOptions options = for_seconds(1e6);
        options.most_events = 200'000;
        const SimulationResult result = run(plan, options);
        QVERIFY(!result.complete);
        QVERIFY(result.stations[FleetStation::edge].longest_queue <= 1000);
        plan.traffic.mean_rate = std::numeric_limits<double>::infinity();
        QVERIFY(!check_plan(plan).ok());
        QVERIFY(check_plan(plan).problem().sentence().find("requests a second") !=
                std::string::npos);
        plan.traffic.mean_rate = std::nan("");
        QVERIFY(!check_plan(plan).ok());
    }

    void service_of_no_length_takes_no_time() {
        const FleetPlan plan = one_station(1000, {ServiceTime::Kind::constant, 0, 0}, 3);
        const SimulationResult result = run(plan, for_seconds(3));
        QCOMPARE(result.outcomes[FleetOutcome::served], result.arrivals);
        for (const FleetRequest& request : result.requests) QCOMPARE(request.latency_s, 0.0);
    }

    // A hundred exponential servers at load 0.9: C(100, 90) / (c mu - lambda) = 0.22 ms.
    void a_queue_waits_by_erlang() {
        FleetPlan plan = one_station(9000, {ServiceTime::Kind::exponential, 0.01, 0}, 100);
        plan.budget_s = 0;
        SimulationOptions options = for_seconds(60);
        options.count_from_s = 2;
        const StationReport report = run(plan, options).stations[FleetStation::edge];
        QVERIFY(near(report.mean_time_s * 1000, 10.217, 0.01));
        QVERIFY(std::abs(report.mean_wait_s * 1000 - 0.217) < 0.04);
        QVERIFY(near(report.utilisation, 0.9, 0.01));
    }

    // Vidur's eight-way tables of a model of 70 billion (Agrawal et al. 2024): 14.2 ms for a step
    // of one token, 342 for 4096, by all eight together.
    void a_large_model_is_cut_over_eight_gpus() {
        FleetWork work;
        work.language_share = 0.5;
        work.language_billions = 70;
        work.language_prefill_tokens = 3500;
        work.language_decode_tokens = 50;
        const auto station_of = [&] {
            return plan_fleet(Params{}, work, 1).value().stations[FleetStation::language_model];
        };
        const StationPlan large = station_of();
        QVERIFY(std::abs(1000 * large.step.seconds(1 / 8.0) / 14.2 - 1) < 0.35);
        QVERIFY(std::abs(1000 * large.step.seconds(4096 / 8.0) / 342 - 1) < 0.1);
        QCOMPARE(large.to, 0.5);
        work.language_billions = 7;
        const StationPlan small = station_of();
        QCOMPARE(small.batch, 8 * large.batch);
        QVERIFY(std::abs(1000 * small.step.seconds(1) / 9.3 - 1) < 0.25);
    }

    // Twelve calls at once to a GPU that takes eight: the others begin when these end.
    void a_gpu_works_on_a_batch() {
        FleetPlan plan = one_station(0, {}, 1);
        plan.budget_s = 0;
        StationPlan& station = plan.stations[FleetStation::edge];
        station.kind = StationKind::gpu;
        station.gpu = {0, 2, 1};
        station.step = {0.01, 0};
        station.batch = 8;
        std::vector<TracedArrival> twelve(12, TracedArrival{1, 0.5});
        SimulationOptions options = for_seconds(2);
        options.replay = &twelve;
        const SimulationResult result = run(plan, options);
        // The first comes to an idle GPU and begins alone; seven join after its first step.
        const double ends_s[] = {0.02, 0.03, 0.03, 0.03, 0.03, 0.03,
                                 0.03, 0.03, 0.04, 0.05, 0.05, 0.05};
        for (std::size_t i = 0; i < 12; ++i) {
            QVERIFY(near(result.requests[i].latency_s, ends_s[i], 1e-9));
        }
    }
};

}  // namespace

QTEST_GUILESS_MAIN(FleetSimulationTest)
#include "fleet_simulation_test.moc"
