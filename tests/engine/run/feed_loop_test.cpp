// A feed that is one generative model and learns from what it caused narrows; what opens the loop
// keeps it wide. In a world of seconds: the direction alone. Its size over six weeks stands in the
// scenario streampulse.
#include <QTest>
#include <cmath>

#include "engine/run/headless.h"
#include "tests/worlds/small_world.h"

using namespace cascadelab;

namespace {

constexpr std::int64_t kDays = 12;
constexpr std::int64_t kSwitchDay = 3;

Scenario loop_world() {
    Scenario scenario = small_world(kDays);
    Params& p = scenario.params;
    p.world.new_items_per_day = 2;
    p.world.churn = 0;
    p.world.organic_views_per_day = 2;
    p.world.repeat_penalty = 1;
    p.policy.hide_watched = false;
    p.policy.repeat_after_h = 0;
    p.training.every_h = 96;
    GenerativeParams& g = p.generative;
    use_small_decoder(g);
    g.length = 3;
    g.epochs = 6;
    g.learning_rate = 0.01;
    g.examples = 50000;
    g.history_days = 3;
    g.rebuild_every_h = 1008;
    g.repeat_window_h = 0;
    g.sample = true;
    g.temperature = 0.5;
    scenario.timeline = {
        {(kSwitchDay - 1) * kDay, SetParameter{"generative.feed", 1}, false},
    };
    return scenario;
}

// Effective catalogue of the last day.
double items_left(const Scenario& scenario) {
    const auto report = run_headless(scenario, {});
    if (!report) return std::nan("");
    return static_cast<double>(
        day_value(report.value(), scenario.days, Metric::effective_catalogue, 0));
}

}  // namespace

class FeedLoopTest : public QObject {
    Q_OBJECT
    double m_loop = 0;

  private slots:
    void initTestCase() { m_loop = items_left(loop_world()); }

    void what_is_not_its_own_keeps_the_feed_wide() {
        Scenario fresh = loop_world();
        fresh.params.generative.fresh_share = 1;
        const double left = items_left(fresh);
        QVERIFY2(m_loop < 0.6 * left, qPrintable(QString("%1 %2").arg(m_loop).arg(left)));
    }

    void without_retraining_there_is_no_loop() {
        Scenario once = loop_world();
        once.params.generative.retrain_every_h = 1008;
        const double left = items_left(once);
        QVERIFY2(m_loop < 0.7 * left, qPrintable(QString("%1 %2").arg(m_loop).arg(left)));
    }

    void without_sharpening_it_narrows_less() {
        Scenario plain = loop_world();
        plain.params.generative.temperature = 1;
        const double left = items_left(plain);
        QVERIFY2(m_loop < 0.6 * left, qPrintable(QString("%1 %2").arg(m_loop).arg(left)));
    }
};

QTEST_GUILESS_MAIN(FeedLoopTest)
#include "feed_loop_test.moc"
