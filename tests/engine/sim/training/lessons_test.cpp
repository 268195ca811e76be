// What the decoder is taught of a log, worked by hand.
#include "engine/sim/training/lessons.h"

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

double weight_of(const std::vector<Lesson>& lessons, bool generated) {
    double sum = 0;
    for (const Lesson& lesson : lessons) sum += lesson.generated == generated ? lesson.weight : 0;
    return sum;
}

}  // namespace

class LessonsTest : public QObject {
    Q_OBJECT

  private slots:
    void they_are_the_watches_as_they_come() {
        const auto lessons = lessons_of(ten_watches());
        QCOMPARE(lessons.size(), std::size_t{9});  // a glance teaches nothing
        for (const Lesson& lesson : lessons) QCOMPARE(lesson.weight, 1.0);
        QCOMPARE(weight_of(lessons, true), 4.0);
    }

    // Four of nine watches are its own: at least two thirds of the weight shall not be.
    void fresh_watches_are_raised_to_their_share_and_the_sum_stays() {
        FrozenLog view = ten_watches();
        view.params.generative.fresh_share = 2 / 3.0;
        auto lessons = lessons_of(view);
        QVERIFY(std::abs(weight_of(lessons, false) - 6) < 1e-9);
        QVERIFY(std::abs(weight_of(lessons, true) - 3) < 1e-9);
        view.params.generative.fresh_share = 1;
        lessons = lessons_of(view);
        QVERIFY(std::abs(weight_of(lessons, false) - 9) < 1e-9);
        QCOMPARE(weight_of(lessons, true), 0.0);
    }

    // Five of nine is more than half already.
    void more_fresh_watches_than_asked_for_stay_as_they_are() {
        FrozenLog view = ten_watches();
        view.params.generative.fresh_share = 0.5;
        for (const Lesson& lesson : lessons_of(view)) QCOMPARE(lesson.weight, 1.0);
    }

    void only_the_newest_are_predicted() {
        FrozenLog view = ten_watches();
        view.params.generative.examples = 3;
        const auto lessons = lessons_of(view);
        QCOMPARE(lessons.size(), std::size_t{9});
        for (std::size_t i = 0; i < 9; ++i) QCOMPARE(lessons[i].weight, i < 6 ? 0.0 : 1.0);
    }

    // The watches are 1000 to 991 s old; the log's earlier part is not looked at.
    void what_is_older_than_the_decoders_history_is_forgotten() {
        FrozenLog view = ten_watches();
        view.params.generative.history_days = 996.5 / kDay;
        const auto lessons = lessons_of(view);
        QCOMPARE(lessons.size(), std::size_t{5});
        QCOMPARE(lessons.front().item, ItemId(std::size_t{4}));
    }

    void a_share_of_them_is_drawn() {
        FrozenLog view = ten_watches();
        view.params.generative.retrain_share = 0.5;
        int taken = 0;
        for (view.tick = 0; view.tick < 200; ++view.tick)
            taken += static_cast<int>(std::lround(weight_of(lessons_of(view), false)));
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
        const auto lessons = lessons_of(view);
        QVERIFY(std::abs(lessons[0].weight - 0.1) < 1e-9);  // one twentieth, clipped
        QVERIFY(std::abs(lessons[1].weight - 1) < 1e-9);    // never shown counts as once
    }
};

QTEST_GUILESS_MAIN(LessonsTest)
#include "lessons_test.moc"
