// What waiting does, by hand and over the weeks of the experiment.
#include "engine/serving/patience.h"

#include <QtTest>
#include <cmath>

using namespace cascadelab;

namespace {

bool near(double a, double b, double tolerance = 1e-9) {
    return std::abs(a - b) <= tolerance;
}

class PatienceTest : public QObject {
    Q_OBJECT
  private slots:
    void fifty_milliseconds_are_free_and_from_a_hundred_on_all_counts() {
        QCOMPARE(felt_delay_ms(150, 200), 0.0);
        QCOMPARE(felt_delay_ms(250, 200), 0.0);
        QCOMPARE(felt_delay_ms(275, 200), 50.0);
        QCOMPARE(felt_delay_ms(300, 200), 100.0);
        QCOMPARE(felt_delay_ms(600, 200), 400.0);
    }

    // An eighth of the delay is remembered at half time, all of it after four weeks.
    void a_habit_grows_in_four_weeks() {
        Patience patience;
        patience.live(400, 14);
        QVERIFY(near(patience.remembered_ms(), 50, 1e-3));
        patience.live(400, 14);
        QVERIFY(near(patience.remembered_ms(), 400, 1e-2));
        patience.live(400, 100);
        QVERIFY(near(patience.remembered_ms(), 400, 1e-2));
        QVERIFY(near(pages_kept(PatienceLaw::google_2009, 400, patience), 1 - 4 * 0.0019, 1e-6));
    }

    void a_habit_is_forgotten_slowly_and_in_any_steps() {
        Patience at_once;
        at_once.live(400, 28);
        Patience daily = at_once;
        at_once.live(0, 38);
        QVERIFY(near(at_once.remembered_ms(), 400 / std::exp(1), 0.01));
        for (int day = 0; day < 38; ++day) daily.live(0, 1);
        QVERIFY(near(daily.remembered_ms(), at_once.remembered_ms(), 0.01));
        // Faster pages, still slow: down to the new delay and no further.
        daily.live(100, 2000);
        QVERIFY(near(daily.remembered_ms(), 100, 0.1));
    }

    void nobody_minds_without_a_law_and_no_delay_costs_nothing() {
        Patience worn;
        worn.live(10000, 100);
        QCOMPARE(pages_kept(PatienceLaw::none, 10000, worn), 1.0);
        QCOMPARE(pages_kept(PatienceLaw::google_2009, 0, {}), 1.0);
        QCOMPARE(pages_kept(PatienceLaw::folklore_1_percent, 100, {}), 0.99);
        QCOMPARE(pages_kept(PatienceLaw::folklore_1_percent, 1e9, worn), 0.0);
        QCOMPARE(think_time_added_s(PatienceLaw::google_2009, 500), 1.0);
        QCOMPARE(think_time_added_s(PatienceLaw::none, 500), 0.0);
    }

    // A chance of .8 makes five pages; half of that is a chance of .6.
    void sessions_shrink_by_the_share_of_pages() {
        QVERIFY(near(continue_chance(0.8, 0.5), 0.6));
        QVERIFY(near(continue_chance(0.8, 1), 0.8));
        for (const double kept : {0.99, 0.7, 0.3}) {
            const double pages = 1 / (1 - continue_chance(0.9, kept));
            QVERIFY(near(pages, 10 * kept));
        }
        QCOMPARE(continue_chance(0.8, 0.1), 0.0);
        QCOMPARE(continue_chance(0, 0), 0.0);
    }

    void viewers_leave_a_video_that_does_not_start() {
        const PatienceLaw video = PatienceLaw::video_2012;
        QCOMPARE(start_abandoned(video, 2), 0.0);
        QVERIFY(near(start_abandoned(video, 5), 0.174));
        QVERIFY(near(start_abandoned(video, 10), 0.464));
        QCOMPARE(start_abandoned(video, 100), 1.0);
        QCOMPARE(start_abandoned(PatienceLaw::google_2009, 100), 0.0);
        QVERIFY(std::isinf(start_patience_s(PatienceLaw::none, 0.5)));
        for (const double rank : {0.0, 0.174, 0.9}) {
            QVERIFY(near(start_abandoned(video, start_patience_s(video, rank)), rank));
        }
    }

    void laws_have_names_and_sources() {
        for (const PatienceLaw law : every<PatienceLaw>) {
            QVERIFY(!response_of(law).name.empty() && response_of(law).source.size() > 10);
        }
        QVERIFY(response_of(PatienceLaw::google_2009).name == "google-2009");
    }
};

}  // namespace

QTEST_GUILESS_MAIN(PatienceTest)
#include "patience_test.moc"
