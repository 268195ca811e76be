// The fleet between looks: overload is linear, nothing is lost, the autoscaler keeps its rules, and
// a look from the flow sees what a full simulation sees while stations have room.
#include <QtTest>
#include <cmath>

#include "engine/serving/autoscaler.h"
#include "engine/serving/fleet.h"
#include "tests/engine/serving/random_fleet.h"

using namespace cascadelab;

namespace {

FleetPlan one_station(double load, double servers) {
    FleetPlan plan;
    plan.budget_s = 0;
    plan.fallback = PageFallback::none;
    StationPlan& station = plan.stations[FleetStation::edge];
    station.to = 1;
    station.service = {ServiceTime::Kind::exponential, 0.1};
    station.servers = static_cast<std::int64_t>(servers);
    station.most_servers = station.group_servers = station.servers * 4;
    station.queue_limit = 100'000'000;
    station.start = lognormal_from(30, 90);
    plan.traffic.mean_rate = load * servers / 0.1;
    return plan;
}

bool near(double a, double b, double tolerance) {
    return std::abs(a - b) <= tolerance * std::abs(b);
}

class FleetFlowTest : public QObject {
    Q_OBJECT
  private slots:
    // Load 1.3 for 300 s: 90 s of work wait; at load 0.6 they are gone after 90 / 0.4 = 225 s.
    void overload_is_linear() {
        FleetPlan plan = one_station(0.6, 100);
        plan.traffic.crowds.push_back({0, 0, 300, 0, 0.7 / 0.6});
        FleetState state = fleet_at_rest(plan, 0);
        advance_fleet(plan, state, 300);
        const FluidQueue& queue = state.stations[FleetStation::edge].queue;
        QVERIFY(near(queue.total() * 0.1 / 100, 90, 0.01));
        plan.traffic.crowds.clear();
        advance_fleet(plan, state, 300 + 220);
        QVERIFY(queue.total() > 0);
        advance_fleet(plan, state, 300 + 230);
        QCOMPARE(queue.total(), 0.0);
    }

    void what_came_is_served_lost_or_waits() {
        for (std::uint64_t number = 0; number < 30; ++number) {
            Stream stream(2, Purpose::test, number);
            RandomFleet of;
            of.load = 0.3 + 0.04 * static_cast<double>(number);
            of.incidents = true;
            const FleetPlan plan = random_fleet(stream, of);
            FleetState state = fleet_at_rest(plan, 0);
            advance_fleet(plan, state, 20);
            const FleetCounts& counts = state.counts;
            double waiting = 0;
            for (const StationState& station : state.stations) {
                waiting += station.queue.live_total() + station.queue.arrived;
            }
            const double sum = counts.served + counts.fallback + counts.dropped + waiting;
            QVERIFY(counts.arrivals > 1000 && counts.served >= 0);
            QVERIFY2(sum > 0.98 * counts.arrivals, std::to_string(number).c_str());
        }
    }

    void a_state_is_a_value() {
        Stream stream(3, Purpose::test);
        RandomFleet of;
        of.autoscaler = of.incidents = true;
        const FleetPlan plan = random_fleet(stream, of);
        FleetState state = fleet_at_rest(plan, 0);
        advance_fleet(plan, state, 5);
        FleetState copy = state;
        QCOMPARE(copy.hash(), state.hash());
        advance_fleet(plan, state, 40);
        QVERIFY(copy.hash() != state.hash());
        advance_fleet(plan, copy, 40);
        QCOMPARE(copy.hash(), state.hash());
    }

    // Ten servers at 0.9 with an aim of 0.6 become 15; within a tenth of the aim nothing moves.
    void the_autoscaler_wants_its_utilisation() {
        FleetPlan plan = one_station(0.9, 10);
        Scaling scaling;
        scaling.servers = 10;
        scaling.busy_s = 9;
        scaling.capacity_s = 10;
        autoscale(plan, FleetStation::edge, 15, scaling);
        QCOMPARE(scaling.starting_count(), 5.0);
        scaling = {};
        scaling.servers = 10;
        scaling.busy_s = 6.5;
        scaling.capacity_s = 10;
        autoscale(plan, FleetStation::edge, 15, scaling);
        QCOMPARE(scaling.starting_count(), 0.0);
        QCOMPARE(scaling.servers, 10.0);
        // Down only to the most it wanted in 300 s, and never below one in each of three zones.
        scaling.busy_s = 1;
        scaling.capacity_s = 10;
        autoscale(plan, FleetStation::edge, 30, scaling);
        QCOMPARE(scaling.servers, 10.0);
        scaling.busy_s = 1;
        scaling.capacity_s = 10;
        autoscale(plan, FleetStation::edge, 316, scaling);
        QCOMPARE(scaling.servers, 3.0);
    }

    void new_servers_come_late_and_cold() {
        FleetPlan plan = one_station(0.9, 10);
        Scaling scaling;
        scaling.servers = 10;
        scaling.starting = {{40, 3}};
        let_servers_start(plan, 39, scaling);
        QCOMPARE(scaling.servers, 10.0);
        let_servers_start(plan, 40, scaling);
        QCOMPARE(scaling.servers, 13.0);
        QVERIFY(cold_factor(plan, scaling) > 1);
        let_servers_start(plan, 40 + plan.autoscaler.cold_s, scaling);
        QCOMPARE(cold_factor(plan, scaling), 1.0);
    }

    // Callers that give up and ask again keep a queue full after its cause is gone: four set-ups.
    void some_overload_outlives_its_cause() {
        const double capacity[] = {0.225, 0.2, 0.2, 0.2};
        const double seconds[] = {10, 10, 9, 10};
        const double load[] = {0.38, 0.38, 0.38, 0.266};
        const bool heals[] = {true, false, true, true};
        for (int i = 0; i < 4; ++i) {
            FleetPlan plan = one_station(load[i], 400);
            plan.drop_expired = false;
            plan.stations[FleetStation::edge].calls = {3, 4, 0, 0};
            plan.incidents.push_back({kEveryStation, 20, 20 + seconds[i], capacity[i], 1});
            FleetState state = fleet_at_rest(plan, 0);
            advance_fleet(plan, state, 300);
            QCOMPARE(state.stations[FleetStation::edge].queue.total() < 1, heals[i]);
        }
    }

    // One queue with room, 40 to 200 servers, loads of .3 to .9.
    void a_look_sees_what_a_simulation_sees() {
        for (const double load : {0.3, 0.6, 0.9}) {
            FleetPlan plan = one_station(load, 100);
            FleetState state = fleet_at_rest(plan, 0);
            SimulationOptions options;
            options.count_from_s = 20.3;
            options.to_s = 40.3;
            options.run_on_s = 5;
            const SimulationResult whole = simulate_fleet(plan, state, options);
            double sum_s = 0;
            for (const FleetRequest& request : whole.requests) sum_s += request.latency_s;
            advance_fleet(plan, state, 20);
            LookOptions look_options;
            look_options.seconds = 20;
            look_options.most_requests = 100'000;
            look_options.key = 3;
            const Look look = look_at_fleet(plan, state, look_options);
            QVERIFY(near(look.mean_s, sum_s / static_cast<double>(whole.requests.size()), 0.03));
        }
    }

    void people_share_the_fate_of_a_request_of_their_kind() {
        Look look;
        QVERIFY(look.fate(false, 1) == nullptr);
        look.requests.resize(4);
        look.requests[2].generative = true;
        QCOMPARE(look.fate(true, 1), &look.requests[2]);
        QVERIFY(look.fate(false, 1) != &look.requests[2]);
        QCOMPARE(look.fate(false, 9), look.fate(false, 9));
    }
};

}  // namespace

QTEST_GUILESS_MAIN(FleetFlowTest)
#include "fleet_flow_test.moc"
