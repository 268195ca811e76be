// What the window sees of hidden people is what the world holds: tastes, their turn, and what items
// are worth.
#include "engine/sim/watch/people_watch.h"

#include <QtTest>
#include <cmath>
#include <numbers>

#include "engine/world/people/behaviour.h"
#include "tests/worlds/tiny_run.h"

using namespace cascadelab;

class PeopleWatchTest : public QObject {
    Q_OBJECT

  private slots:
    void drift_is_the_angle_to_where_a_taste_began() {
        Simulation simulation(tiny_params(), 5, 2);
        QVERIFY(!simulation.snapshot()->tastes);
        run_ticks(simulation, kTicksADay);
        const auto tastes = simulation.snapshot()->tastes;
        const auto state = simulation.keyframe();
        const Population& people = state->world.population;
        QCOMPARE(tastes->moments.back().time_s, kDay);
        QCOMPARE(tastes->moments.back().place->size(), people.size());
        double moved = 0;
        for (std::size_t p = 0; p < people.size(); ++p) {
            const double cosine = double(dot(people.taste[p], people.innate[p]));
            const double angle = std::acos(std::min(1.0, cosine)) * 180 / std::numbers::pi;
            QVERIFY(std::abs(double((*tastes->drift_deg)[p]) - angle) < 1e-3);
            // In the plane nobody moves further than on the sphere.
            const auto &then = (*tastes->began)[p], &now = (*tastes->moments.back().place)[p];
            const double chord = 2 * std::sin(angle / 2 * std::numbers::pi / 180);
            const double way = std::hypot(double(now[0] - then[0]), double(now[1] - then[1]));
            QVERIFY(way <= chord + 1e-3);
            moved += way;
        }
        QVERIFY(moved > 0.1);
        QVERIFY(tastes->explained_share > 0.1 && tastes->explained_share < 1);
    }

    void whole_days_stay_and_the_newest_moment_is_last() {
        Simulation simulation(tiny_params(), 5, 2);
        run_ticks(simulation, 2 * kTicksADay + kTicksADay / 2);
        const auto keyframe = simulation.keyframe();
        const auto tastes = simulation.snapshot()->tastes;
        QCOMPARE(tastes->moments.size(), std::size_t{3});
        QCOMPARE(tastes->moments[0].time_s, kDay);
        QCOMPARE(tastes->moments[2].time_s, 60 * kHour);
        // The plane stays, so that the past does not move.
        run_ticks(simulation, kTicksADay);
        const auto later = simulation.snapshot()->tastes;
        QCOMPARE(*later->moments[0].place, *tastes->moments[0].place);
        QCOMPARE(later->moments.size(), std::size_t{4});
        simulation.restore(keyframe);
        const auto back = simulation.snapshot()->tastes;
        QVERIFY(back->moments.back().time_s <= 60 * kHour);
    }

    void worth_is_the_true_utility_and_made_once_a_request() {
        Simulation simulation(tiny_params(), 5, 2);
        simulation.set_focus({PersonId(3)});
        std::shared_ptr<const PersonView> person;
        for (int i = 0; i < 2 * kTicksADay && !(person && person->trace); ++i) {
            simulation.step();
            person = simulation.snapshot()->focus;
        }
        QVERIFY(person && person->trace && person->worth);
        const auto state = simulation.keyframe();
        std::vector<double> worth(state->world.catalogue.size());
        utilities(surroundings(state->world, state->params), state->world.population, PersonId(3),
                  person->trace->now_s, worth);
        QCOMPARE(person->worth->size(), worth.size());
        for (std::size_t i = 0; i < worth.size(); ++i)
            QCOMPARE((*person->worth)[i], static_cast<float>(worth[i]));
        QVERIFY(simulation.snapshot()->focus->worth == person->worth);
    }
};

QTEST_GUILESS_MAIN(PeopleWatchTest)
#include "people_watch_test.moc"
