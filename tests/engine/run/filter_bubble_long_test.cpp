// Six weeks of a filter bubble against its twins, on five seeds: without a recommender, and with
// bounded personalisation. Minutes long: ctest -L long.
#include <QTest>

#include "engine/run/twins.h"
#include "tests/scenarios/library_scenario.h"

using namespace cascadelab;

namespace {

// Of everybody, the mean of the last week.
struct Pair {
    double base = 0, twin = 0;
};
Pair last_week(const TwinReport& report, Metric metric) {
    Pair mean;
    for (const TwinDay& day : report.days) {
        if (day.day + 7 <= report.days.back().day) continue;
        const TwinValue& value = day.value[metric][0];
        mean.base += value.base / 7;
        mean.twin += value.twin / 7;
    }
    return mean;
}

}  // namespace

class FilterBubbleLongTest : public QObject {
    Q_OBJECT

    Scenario m_bubble;

    // The bubble beside its twin with that change; no days where it could not run.
    TwinReport against(const std::function<void(Params&)>& change) const {
        Scenario twin = m_bubble;
        change(twin.params);
        auto report = run_twins(m_bubble, twin, {.seeds = 5, .threads = 2, .go_on = {}});
        return report ? std::move(report.value()) : TwinReport();
    }

  private slots:
    void initTestCase() {
        auto read = library_scenario("filter_bubble");
        QVERIFY2(read, read ? "" : read.problem().sentence().c_str());
        m_bubble = std::move(read.value());
    }

    void the_bubble_closes_and_a_bound_opens_half_of_it() {
        const TwinReport nobody =
            against([](Params& params) { params.policy.recommender = Recommender::none; });
        QVERIFY(nobody.complete);
        QCOMPARE(nobody.days.size(), std::size_t{42});
        const Pair variety = last_week(nobody, Metric::topic_entropy_bits);
        QVERIFY2(variety.base <= 0.75 * variety.twin,
                 qPrintable(QString("%1 of %2 bits").arg(variety.base).arg(variety.twin)));
        // Every day of the last week on its own, beyond chance.
        for (const TwinDay& day : nobody.days) {
            if (day.day + 7 <= nobody.days.back().day) continue;
            const auto entropy = index_of(Metric::topic_entropy_bits);
            QVERIFY(day.value[entropy][0].difference.low > 0);
        }

        const TwinReport bounded = against([](Params& params) {
            params.policy.topic_cap = 0.42;
            params.policy.personalisation_bound = 0.6;
        });
        QVERIFY(bounded.complete);
        const double lost = variety.twin - variety.base;
        const Pair opened = last_week(bounded, Metric::topic_entropy_bits);
        QVERIFY2(opened.twin - opened.base >= 0.5 * lost,
                 qPrintable(QString("%1 of %2 bits").arg(opened.twin - opened.base).arg(lost)));
        const Pair time = last_week(bounded, Metric::watch_time_min);
        QVERIFY2(time.twin >= 0.95 * time.base,
                 qPrintable(QString("%1 of %2 min").arg(time.twin).arg(time.base)));
    }
};

QTEST_GUILESS_MAIN(FilterBubbleLongTest)
#include "filter_bubble_long_test.moc"
