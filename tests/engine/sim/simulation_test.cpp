// The whole laboratory, step by step: the same run whatever the threads, whoever watches, and from
// whichever keyframe it goes on; training on time; what is shown is what is.
#include <QtTest>
#include <algorithm>
#include <numeric>
#include <ranges>
#include <set>

#include "engine/world/people/behaviour.h"
#include "tests/worlds/tiny_run.h"

using namespace cascadelab;

class SimulationTest : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void threads_change_nothing();
    void watching_changes_nothing();
    void a_keyframe_goes_on_exactly();
    void a_snapshot_after_going_back_shows_no_future();
    void trained_models_go_live_on_time();
    void a_shorter_interval_counts_at_once();
    void training_sees_what_serving_saw();
    void the_oracle_knows_the_true_utility();
    void a_snapshot_tells_the_state();
    void who_joins_is_served_at_once_and_learned_from();

  private:
    std::vector<std::uint64_t> m_hashes;  // two days on two threads, unwatched
};

void SimulationTest::initTestCase() {
    Simulation simulation(tiny_params(), 5, 2);
    m_hashes = run_ticks(simulation, 2 * kTicksADay);
    const auto state = simulation.keyframe();
    QVERIFY(state->models.eras[Era::two_tower].model &&
            state->models.eras[Era::factorization].model);
    QVERIFY(state->models.covisitation && state->models.ranker);
    QVERIFY(std::set(m_hashes.begin(), m_hashes.end()).size() > 100);
}

void SimulationTest::threads_change_nothing() {
    for (const int threads : {1, 3, 8}) {
        Simulation simulation(tiny_params(), 5, threads);
        QCOMPARE(run_ticks(simulation, 2 * kTicksADay), m_hashes);
    }
}

void SimulationTest::watching_changes_nothing() {
    Simulation simulation(tiny_params(), 5, 2);
    Stream stream(1, Purpose::test);
    for (std::uint64_t expected : m_hashes) {
        if (stream.chance(0.3)) simulation.set_focus({PersonId(stream.below(60))});
        if (stream.chance(0.1)) simulation.set_focus({});
        if (stream.chance(0.3)) simulation.snapshot();
        if (stream.chance(0.3)) {
            const auto trace = simulation.explain(PersonId(stream.below(60)));
            QVERIFY(trace->preview);
        }
        if (stream.chance(0.1)) simulation.hashes();
        if (stream.chance(0.1)) simulation.keyframe();
        QCOMPARE(report_hash(simulation.step()), expected);
    }
}

void SimulationTest::a_keyframe_goes_on_exactly() {
    Simulation simulation(tiny_params(), 5, 2);
    std::vector<std::shared_ptr<const SimulationState>> keyframes;
    bool with_jobs = false;
    for (int tick = 0; tick < 2 * kTicksADay; ++tick) {
        if (tick % 32 == 17 || tick == 49) {
            keyframes.push_back(simulation.keyframe());
            with_jobs |= !keyframes.back()->jobs.empty();
        }
        simulation.step();
    }
    QVERIFY2(with_jobs, "no keyframe was taken while models were in training");
    const auto go_on = [&](Simulation& from) {
        return run_ticks(from, static_cast<int>(m_hashes.size() - from.tick()));
    };
    Simulation other(tiny_params(), 6, 3);  // another world until it is restored
    // Backwards, so that each restore follows a later one.
    for (const auto& keyframe : keyframes | std::views::reverse) {
        const std::vector<std::uint64_t> rest(
            m_hashes.begin() + static_cast<std::ptrdiff_t>(keyframe->tick), m_hashes.end());
        simulation.restore(keyframe);
        QCOMPARE(go_on(simulation), rest);
    }
    const auto& middle = keyframes[keyframes.size() / 2];
    other.restore(middle);
    QCOMPARE(go_on(other),
             std::vector<std::uint64_t>(
                 m_hashes.begin() + static_cast<std::ptrdiff_t>(middle->tick), m_hashes.end()));
}

void SimulationTest::a_snapshot_after_going_back_shows_no_future() {
    // Before the first models, and with the same models serving then and now.
    for (const int ticks : {1, 8}) {
        Simulation simulation(tiny_params(), 5, 2);
        run_ticks(simulation, ticks);
        const auto early = simulation.keyframe();
        const std::vector<Command> note = {Note{"here"}};
        simulation.step(note);
        run_ticks(simulation, 40);
        simulation.snapshot();
        QVERIFY(simulation.keyframe()->models.eras[Era::two_tower].model != nullptr);

        simulation.restore(early);
        auto snapshot = simulation.snapshot();
        const std::size_t items = early->world.catalogue.size();
        QCOMPARE(snapshot->items, std::uint64_t{items});
        QCOMPARE(snapshot->cards->items.size(), items);
        QCOMPARE(snapshot->map->items.size(), items);
        const std::size_t people = early->world.population.size();
        QCOMPARE(snapshot->people, std::uint64_t{people});
        QCOMPARE(snapshot->cards->people.size(), people);
        QCOMPARE(snapshot->map->people.size(), people);
        QVERIFY(snapshot->marks.empty());
        QVERIFY(snapshot->series->empty());

        // Another course of events: the next item is another one under the same id.
        const std::vector<Command> release = {ReleaseItems{TopicId(3), 1, 2}};
        simulation.step(release);
        snapshot = simulation.snapshot();
        QCOMPARE(snapshot->cards->items[items].title,
                 simulation.keyframe()->world.catalogue.cards[items].title);
    }
}

void SimulationTest::trained_models_go_live_on_time() {
    Simulation simulation(tiny_params(), 5, 2);
    auto before = simulation.keyframe();
    QVERIFY(!before->jobs.empty());
    const auto live = [](const SimulationState& state) {
        const PublishedModels& m = state.models;
        return std::array<const void*, 4>{m.covisitation.get(),
                                          m.eras[Era::factorization].model.get(),
                                          m.eras[Era::two_tower].model.get(), m.ranker.get()};
    };
    int deploys = 0;
    for (int tick = 0; tick < 2 * kTicksADay; ++tick) {
        simulation.step();
        const auto now = simulation.keyframe();
        std::size_t due = 0;
        for (const PendingJob& job : before->jobs) due += job.deploy_s <= now->now_s();
        // What is under way after the tick starts now or is not due yet.
        for (const PendingJob& job : now->jobs) {
            QVERIFY(job.deploy_s > now->now_s());
            QVERIFY(job.deploy_s <= now->now_s() + 2700);
        }
        if (due == 0) QCOMPARE(live(*now), live(*before));
        if (due >= 3) {
            QVERIFY(live(*now) != live(*before));
            QCOMPARE((now->now_s() - 2700) % (12 * kHour), Seconds{0});
            ++deploys;
        }
        before = now;
    }
    QCOMPARE(deploys, 4);
}

// The next training was twelve hours away; an hour after the last one it is due by the new
// interval.
void SimulationTest::a_shorter_interval_counts_at_once() {
    Simulation run(tiny_params(), 5, 2);
    const int hours_2 = 2 * 3600 / 900;
    for (int tick = 0; tick < hours_2; ++tick) run.step();
    QVERIFY(run.snapshot()->jobs.empty());
    const std::vector<Command> commands = {SetParameter{"training.every_h", 1}};
    QVERIFY(run.step(commands).refused.empty());
    QVERIFY(!run.snapshot()->jobs.empty());
}

void SimulationTest::training_sees_what_serving_saw() {
    for (const bool skewed : {false, true}) {
        Params params = tiny_params();
        params.features.version_skew = skewed;
        Simulation simulation(params, 5, 2);
        float skew = -1;
        for (int tick = 0; tick < 2 * kTicksADay; ++tick) {
            const TickReport report = simulation.step();
            if (report.metrics == nullptr) continue;
            skew = report.metrics->value[Metric::training_skew][0];
        }
        const auto state = simulation.keyframe();
        QVERIFY(state->models.ranker != nullptr);
        QCOMPARE(skew, state->training_skew);
        if (skewed) {
            QVERIFY(state->training_skew > 0.001f);
        } else {
            QCOMPARE(state->training_skew, 0.0f);
        }
    }
}

void SimulationTest::the_oracle_knows_the_true_utility() {
    Simulation simulation(tiny_params(), 5, 2);
    run_ticks(simulation, 60);
    const auto state = simulation.keyframe();
    const Surroundings around = surroundings(state->world, state->params);
    for (std::size_t p = 0; p < 60; p += 7) {
        const PersonId person(p);
        const auto trace = simulation.explain(person);
        QCOMPARE(trace->oracle.size(), std::size_t{10});
        const auto worth = [&](ItemId item) {
            return static_cast<float>(
                utility(around, state->world.population, person, item, trace->now_s));
        };
        for (const OracleItem& best : trace->oracle) {
            QCOMPARE(best.utility, worth(best.item));
            const bool kept = std::ranges::count(trace->slate, best.item) > 0;
            QCOMPARE(best.lost == LossStage::kept, kept);
        }
        // Nothing on the page that the oracle could have had is better than its best.
        for (ItemId item : trace->slate) QVERIFY(worth(item) <= trace->oracle.front().utility);
    }
}

void SimulationTest::a_snapshot_tells_the_state() {
    Simulation simulation(tiny_params(), 5, 2);
    const std::vector<Command> note = {Note{"begin"}};
    simulation.step(note);
    std::vector<std::shared_ptr<const CascadeTrace>> traces;
    const std::vector<Command> release = {ReleaseItems{TopicId(3), 1, 2}};
    for (int tick = 1; tick < kTicksADay - 1; ++tick) {
        for (const auto& trace :
             simulation.step(tick == 40 ? release : std::vector<Command>()).traces)
            traces.push_back(trace);
    }
    const PersonId person(simulation.snapshot()->focus->person == PersonId(17) ? 18 : 17);
    simulation.set_focus({person});
    const auto snapshot = simulation.snapshot();
    const auto state = simulation.keyframe();
    QCOMPARE(snapshot->tick, std::uint64_t{kTicksADay - 1});
    QCOMPARE(snapshot->now_s, kDay - 900);
    const std::size_t people = state->world.population.size();
    QVERIFY(people >= 60 + 22 && people <= 60 + 24);
    QCOMPARE(snapshot->people, std::uint64_t{people});
    QCOMPARE(snapshot->items, std::uint64_t{325});  // 23 of the day's 24 releases, two by command
    QCOMPARE(snapshot->released_today, std::uint64_t{25});
    QCOMPARE(snapshot->requests, state->requests);
    QCOMPARE(snapshot->hash, hash_text(state->hashes.all()));
    QCOMPARE(snapshot->cards->items.size(), std::size_t{325});
    QCOMPARE(snapshot->cards->people.size(), people);
    QVERIFY(snapshot->cards->people[59].joined_s < 0 && snapshot->cards->people[60].joined_s >= 0);
    QCOMPARE(snapshot->map->items.size(), std::size_t{325});
    QCOMPARE(snapshot->map->people.size(), people);
    QCOMPARE(snapshot->series->size(), std::size_t{7});
    QCOMPARE(snapshot->marks.size(), std::size_t{2});
    QCOMPARE(snapshot->jobs.size(), state->jobs.size());

    const PersonView& focus = *snapshot->focus;
    QCOMPARE(focus.person, person);
    QVERIFY(focus.trace && focus.trace->person == person && focus.trace->preview);
    QVERIFY(focus.trace->contributions.rows() > 0 || !state->models.ranker);
    QVERIFY(std::abs(std::accumulate(focus.taste_share.begin(), focus.taste_share.end(), 0.0f) -
                     1) < 1e-5f);
    QVERIFY(!focus.features.empty());

    // Somebody may be watched who is not there yet, or no longer after going back.
    simulation.set_focus({PersonId(people + 5)});
    QVERIFY(simulation.snapshot()->focus == nullptr);
    simulation.set_focus({person});

    const HourFunnel& funnel = *snapshot->funnel;
    QVERIFY(funnel.requests > 0);
    using enum FunnelStep;
    QVERIFY(funnel.total(sources) >= funnel.total(merged));
    QVERIFY(funnel.total(slate) >= funnel.examined && funnel.examined >= funnel.total(clicks));
    QVERIFY(funnel.examined > 0);
    const auto all = std::accumulate(funnel.fates.begin(), funnel.fates.end(), std::uint64_t{0});
    QCOMPARE(std::accumulate(funnel.stopped.begin(), funnel.stopped.end(), all),
             funnel.total(merged));

    simulation.step();  // midnight
    QCOMPARE(simulation.snapshot()->released_today, std::uint64_t{0});

    // Sampled traces explain themselves, whoever is watched.
    QVERIFY(traces.size() >= 12 && traces.size() <= 24);
    for (const auto& trace : traces) {
        QCOMPARE(trace->features.rows(), static_cast<Eigen::Index>(trace->candidates.size()));
        QCOMPARE(trace->oracle.size(), std::size_t{10});
    }
}

void SimulationTest::who_joins_is_served_at_once_and_learned_from() {
    Simulation simulation(tiny_params(), 5, 2);
    run_ticks(simulation, kTicksADay);
    const auto first_day = simulation.keyframe();
    const std::size_t people = first_day->world.population.size();
    std::vector<Seconds> first_page_s(people, -1);
    first_day->log.visit([&](const Event& event) {
        Seconds& first_s = first_page_s[event.person.index()];
        if (event.kind == EventKind::impression && first_s < 0) first_s = event.time_s;
    });
    for (std::size_t p = 60; p < people; ++p) {
        const Seconds joined_s = first_day->world.population.people[p].joined_s;
        QVERIFY(joined_s >= 0 && joined_s < kDay);
        QCOMPARE(first_page_s[p], joined_s);
    }
    // The next models and batch values know them.
    run_ticks(simulation, kTicksADay / 2 + 4);
    const auto later = simulation.keyframe();
    QVERIFY(later->models.eras[Era::factorization].people()->rows() >=
            static_cast<Eigen::Index>(people));
    QVERIFY(later->store.batch()->people.size() >= people);
}

QTEST_GUILESS_MAIN(SimulationTest)
#include "simulation_test.moc"
