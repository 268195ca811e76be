// Keyframes: spaced in time, thinned evenly under a budget, found at or before a time.
#include <QTest>

#include "engine/store/keyframes.h"

using namespace cascadelab;

namespace {

// A stand-in that is never looked into.
std::shared_ptr<const SimulationState> state() {
    auto owner = std::make_shared<int>(0);
    return {owner, reinterpret_cast<const SimulationState*>(owner.get())};
}

void run_hours(Keyframes& keyframes, std::int64_t hours, double mib) {
    for (Seconds now = 0; now <= hours * kHour; now += 300) {
        if (keyframes.due(now)) keyframes.add({now, state(), mib});
    }
}

}  // namespace

class KeyframesTest : public QObject {
    Q_OBJECT

  private slots:
    void one_is_kept_for_every_stretch_of_the_spacing() {
        Keyframes keyframes(6 * kHour, 1000);
        run_hours(keyframes, 24, 10);
        const std::vector<Seconds> expected = {0, 6 * kHour, 12 * kHour, 18 * kHour, 24 * kHour};
        QVERIFY(keyframes.times() == expected);
        QVERIFY(!keyframes.due(24 * kHour));
        QVERIFY(!keyframes.due(29 * kHour));
        QVERIFY(keyframes.due(30 * kHour));
    }

    void a_tick_that_does_not_divide_the_spacing_is_no_obstacle() {
        Keyframes keyframes(kHour, 1000);
        for (Seconds now = 0; now < 4 * kHour; now += 1000) {
            if (keyframes.due(now)) keyframes.add({now, state(), 1});
        }
        QVERIFY(keyframes.times() == std::vector<Seconds>({0, 4000, 8000, 11000}));
    }

    void the_spacing_doubles_when_the_budget_is_full() {
        Keyframes keyframes(kHour, 80);
        run_hours(keyframes, 200, 10);
        QVERIFY(keyframes.held_mib() <= 80);
        QCOMPARE(keyframes.spacing_s(), 32 * kHour);
        const std::vector<Seconds> expected = {0,           32 * kHour,  64 * kHour, 96 * kHour,
                                               128 * kHour, 160 * kHour, 192 * kHour};
        QVERIFY(keyframes.times() == expected);
    }

    void the_first_is_kept_however_large() {
        Keyframes keyframes(kHour, 5);
        run_hours(keyframes, 48, 10);
        QVERIFY(!keyframes.times().empty());
        QCOMPARE(keyframes.times().front(), Seconds{0});
        QVERIFY(keyframes.times().size() <= 1);
    }

    void the_nearest_is_at_or_before() {
        Keyframes keyframes(6 * kHour, 1000);
        QVERIFY(keyframes.nearest(0) == nullptr);
        run_hours(keyframes, 24, 1);
        QCOMPARE(keyframes.nearest(0)->time_s, Seconds{0});
        QCOMPARE(keyframes.nearest(6 * kHour - 1)->time_s, Seconds{0});
        QCOMPARE(keyframes.nearest(6 * kHour)->time_s, 6 * kHour);
        QCOMPARE(keyframes.nearest(100 * kHour)->time_s, 24 * kHour);
    }

    void another_history_forgets_what_came_later() {
        Keyframes keyframes(6 * kHour, 1000);
        run_hours(keyframes, 24, 1);
        keyframes.forget_after(12 * kHour);
        QCOMPARE(keyframes.times().back(), 12 * kHour);
        QVERIFY(keyframes.due(18 * kHour));
    }
};

QTEST_GUILESS_MAIN(KeyframesTest)
#include "keyframes_test.moc"
