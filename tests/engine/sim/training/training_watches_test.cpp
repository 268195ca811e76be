// What the decoder is taught of a log, worked by hand.
#include "engine/sim/training/training_watches.h"

#include <QtTest>

#include "tests/worlds/tiny_run.h"

using namespace cascadelab;

namespace {

// Ten watches of one item each, the first four the decoder's own doing; and impressions.
FrozenLog ten_watches() {
    SimulationState state;
    state.params = tiny_params();
    state.params.clock.tick_s = 3600;
    state.tick = 100;
    state.world = make_world(state.params, 1);
    std::vector<Event> events;
    for (std::size_t i = 0; i < 10; ++i) {
        Event event;
        event.time_s = state.now_s() - 1000 + static_cast<Seconds>(i);
        event.person = PersonId(i % 3);
        event.item = ItemId(i);
        event.value = 0.5f;
        event.kind = EventKind::watch;
        event.generated = i < 4;
        events.push_back(event);
    }
    events[9].value = 0.05f;  // a glance
    state.log.append(events);
    return frozen_log(state);
}

double weight_of(const std::vector<TrainingWatch>& watches, bool generated) {
    double sum = 0;
    for (const TrainingWatch& watch : watches)
        sum += watch.generated == generated ? watch.weight : 0;
    return sum;
}

}  // namespace

class TrainingWatchesTest : public QObject {
    Q_OBJECT

  private slots:
    void they_are_the_watches_as_they_come() {
        const auto watches = training_watches_of(ten_watches());
        QCOMPARE(watches.size(), std::size_t{9});  // a glance teaches nothing
        for (const TrainingWatch& watch : watches) QCOMPARE(watch.weight, 1.0);
        QCOMPARE(weight_of(watches, true), 4.0);
    }

    // Four of nine watches are its own: at least two thirds of the weight shall not be.
    void fresh_watches_are_raised_to_their_share_and_the_sum_stays() {
        FrozenLog view = ten_watches();
        view.params.generative.fresh_share = 2 / 3.0;
        auto watches = training_watches_of(view);
        QVERIFY(std::abs(weight_of(watches, false) - 6) < 1e-9);
        QVERIFY(std::abs(weight_of(watches, true) - 3) < 1e-9);
        view.params.generative.fresh_share = 1;
        watches = training_watches_of(view);
        QVERIFY(std::abs(weight_of(watches, false) - 9) < 1e-9);
        QCOMPARE(weight_of(watches, true), 0.0);
    }

    // Five of nine is more than half already.
    void more_fresh_watches_than_asked_for_stay_as_they_are() {
        FrozenLog view = ten_watches();
        view.params.generative.fresh_share = 0.5;
        for (const TrainingWatch& watch : training_watches_of(view)) QCOMPARE(watch.weight, 1.0);
    }

    void only_the_newest_are_predicted() {
        FrozenLog view = ten_watches();
        view.params.generative.examples = 3;
        const auto watches = training_watches_of(view);
        QCOMPARE(watches.size(), std::size_t{9});
        for (std::size_t i = 0; i < 9; ++i) QCOMPARE(watches[i].weight, i < 6 ? 0.0 : 1.0);
    }

    // The watches are 1000 to 991 s old; the log's earlier part is not looked at.
    void what_is_older_than_the_decoders_history_is_forgotten() {
        FrozenLog view = ten_watches();
        view.params.generative.history_days = 996.5 / kDay;
        const auto watches = training_watches_of(view);
        QCOMPARE(watches.size(), std::size_t{5});
        QCOMPARE(watches.front().item, ItemId(std::size_t{4}));
    }

    void a_share_of_them_is_drawn() {
        FrozenLog view = ten_watches();
        view.params.generative.retrain_share = 0.5;
        int taken = 0;
        for (view.tick = 0; view.tick < 200; ++view.tick)
            taken += static_cast<int>(std::lround(weight_of(training_watches_of(view), false)));
        QVERIFY(taken > 400 && taken < 600);  // half of five, two hundred times
    }

    // Item 0 is shown twenty times, no other at all: on average less than once.
    void what_was_shown_often_teaches_less() {
        FrozenLog view = ten_watches();
        view.params.generative.propensity_weighting = true;
        std::vector<Event> shown(20);
        for (Event& event : shown) {
            event.time_s = view.now_s - 500;
            event.person = PersonId(0);
            event.item = ItemId(0);
            event.kind = EventKind::impression;
        }
        view.join.log.append(shown);
        const auto watches = training_watches_of(view);
        QVERIFY(std::abs(watches[0].weight - 0.1) < 1e-9);  // one twentieth, clipped
        QVERIFY(std::abs(watches[1].weight - 1) < 1e-9);    // never shown counts as once
    }
};

QTEST_GUILESS_MAIN(TrainingWatchesTest)
#include "training_watches_test.moc"
