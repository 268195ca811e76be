// Keyframes: spaced in time, thinned evenly under a budget, found at or before a time.
#include <QTest>

#include "engine/store/run_file/keyframes.h"

using namespace cascadelab;

namespace {

// A stand-in that is never looked into.
std::shared_ptr<const SimulationState> state() {
    auto owner = std::make_shared<int>(0);
    return {owner, reinterpret_cast<const SimulationState*>(owner.get())};
}

// Keyframes that hold so much each and share nothing.
Keyframes unshared(Seconds spacing_s, double budget_mib, double mib) {
    return {spacing_s, budget_mib, [mib](const auto&, const auto&) { return mib; }};
}

void run_hours(Keyframes& keyframes, std::int64_t hours) {
    for (Seconds now = 0; now <= hours * kHour; now += 300) {
        if (keyframes.due(now)) keyframes.add(now, state());
    }
}

}  // namespace

class KeyframesTest : public QObject {
    Q_OBJECT

  private slots:
    void one_is_kept_for_every_stretch_of_the_spacing() {
        Keyframes keyframes = unshared(6 * kHour, 1000, 10);
        run_hours(keyframes, 24);
        const std::vector<Seconds> expected = {0, 6 * kHour, 12 * kHour, 18 * kHour, 24 * kHour};
        QVERIFY(keyframes.times() == expected);
        QVERIFY(!keyframes.due(24 * kHour));
        QVERIFY(!keyframes.due(29 * kHour));
        QVERIFY(keyframes.due(30 * kHour));
    }

    void a_tick_that_does_not_divide_the_spacing_is_no_obstacle() {
        Keyframes keyframes = unshared(kHour, 1000, 1);
        for (Seconds now = 0; now < 4 * kHour; now += 1000) {
            if (keyframes.due(now)) keyframes.add(now, state());
        }
        QVERIFY(keyframes.times() == std::vector<Seconds>({0, 4000, 8000, 11000}));
    }

    void the_spacing_doubles_when_the_budget_is_full() {
        Keyframes keyframes = unshared(kHour, 80, 10);
        run_hours(keyframes, 200);
        QVERIFY(keyframes.held_mib() <= 80);
        QCOMPARE(keyframes.spacing_s(), 32 * kHour);
        const std::vector<Seconds> expected = {0,           32 * kHour,  64 * kHour, 96 * kHour,
                                               128 * kHour, 160 * kHour, 192 * kHour};
        QVERIFY(keyframes.times() == expected);
    }

    void the_first_is_kept_however_large() {
        Keyframes keyframes = unshared(kHour, 5, 10);
        run_hours(keyframes, 48);
        QVERIFY(!keyframes.times().empty());
        QCOMPARE(keyframes.times().front(), Seconds{0});
        QVERIFY(keyframes.times().size() <= 1);
    }

    void what_two_shared_is_counted_when_one_of_them_goes() {
        std::vector<std::shared_ptr<const SimulationState>> states;  // an hour each
        const auto hour = [&](const SimulationState& of) {
            return std::ranges::find(states, &of, &std::shared_ptr<const SimulationState>::get) -
                   states.begin();
        };
        // Every hour leaves 1 MiB behind, which all later states share.
        Keyframes keyframes(kHour, 25, [&](const auto& later, const auto& earlier) {
            return static_cast<double>(hour(later) - hour(earlier));
        });
        for (Seconds now = 0; now <= 24 * kHour; now += kHour) {
            states.push_back(state());
            if (keyframes.due(now)) keyframes.add(now, states.back());
        }
        QCOMPARE(keyframes.spacing_s(), kHour);
        QCOMPARE(keyframes.held_mib(), 24.0);
        states.push_back(state());
        keyframes.add(25 * kHour, states.back());
        QCOMPARE(keyframes.held_mib(), 25.0);
        states.push_back(state());
        keyframes.add(26 * kHour, states.back());  // thinning frees next to nothing here
        QVERIFY(keyframes.spacing_s() > kHour);
    }

    void the_nearest_is_at_or_before() {
        Keyframes keyframes = unshared(6 * kHour, 1000, 1);
        QVERIFY(keyframes.nearest(0) == nullptr);
        run_hours(keyframes, 24);
        QCOMPARE(keyframes.nearest(0)->time_s, Seconds{0});
        QCOMPARE(keyframes.nearest(6 * kHour - 1)->time_s, Seconds{0});
        QCOMPARE(keyframes.nearest(6 * kHour)->time_s, 6 * kHour);
        QCOMPARE(keyframes.nearest(100 * kHour)->time_s, 24 * kHour);
    }

    void another_history_forgets_what_came_later() {
        Keyframes keyframes = unshared(6 * kHour, 1000, 1);
        run_hours(keyframes, 24);
        keyframes.forget_after(12 * kHour);
        QCOMPARE(keyframes.times().back(), 12 * kHour);
        QVERIFY(keyframes.due(18 * kHour));
    }
};

QTEST_GUILESS_MAIN(KeyframesTest)
#include "keyframes_test.moc"
