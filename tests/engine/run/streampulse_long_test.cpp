// The StreamPulse case on five seeds, against twins with the same random numbers: the feed of one
// generative model collapses, the cascade does not, nor does a hybrid of both, and with a cause off
// the feed does not either. The better part of an hour: ctest -L long.
#include <QTest>
#include <cmath>

#include "engine/params/table.h"
#include "engine/run/headless.h"
#include "tests/scenarios/library_scenario.h"

using namespace cascadelab;

namespace {

constexpr std::uint64_t kFirstSeed = 42;
constexpr std::size_t kSeeds = 5;
constexpr std::int64_t kLastDay = 42;

// What a run came to.
struct Outcome {
    double catalogue_left = std::nan("");    // effective, on the last day as a share of day 1's
    double session_length_s = std::nan("");  // mean over the last week
};

Outcome outcome_of(const Scenario& scenario) {
    const auto report = run_headless(scenario, {});
    if (!report) return {};
    const auto value = [&](std::int64_t day, Metric metric) {
        return static_cast<double>(day_value(report.value(), day, metric, 0));
    };
    Outcome outcome;
    outcome.catalogue_left =
        value(kLastDay, Metric::effective_catalogue) / value(1, Metric::effective_catalogue);
    outcome.session_length_s = 0;
    for (std::int64_t day = kLastDay - 6; day <= kLastDay; ++day)
        outcome.session_length_s += value(day, Metric::session_length_s) / 7;
    return outcome;
}

// Of each seed.
using Outcomes = std::vector<Outcome>;

QString percents(const Outcomes& outcomes) {
    QStringList all;
    for (const Outcome& outcome : outcomes)
        all += QString::number(100 * outcome.catalogue_left, 'f', 1) + " %";
    return all.join(", ");
}

bool all_left(const Outcomes& outcomes, double at_least) {
    return std::ranges::all_of(
        outcomes, [&](const Outcome& outcome) { return outcome.catalogue_left >= at_least; });
}

}  // namespace

class StreampulseLongTest : public QObject {
    Q_OBJECT

    Scenario m_streampulse, m_hybrid;
    Outcomes m_cascade, m_loop;

    static Scenario read(const char* name) {
        auto scenario = library_scenario(name);
        if (!scenario) qFatal("%s", scenario.problem().sentence().c_str());
        scenario.value().days = kLastDay;
        return std::move(scenario.value());
    }

    static Outcomes on_all_seeds(Scenario scenario) {
        Outcomes outcomes;
        for (std::size_t k = 0; k < kSeeds; ++k) {
            scenario.seed = kFirstSeed + k;
            outcomes.push_back(outcome_of(scenario));
        }
        return outcomes;
    }

    Scenario streampulse_with(const char* key, double value) const {
        Scenario scenario = m_streampulse;
        find_parameter(key)->set(scenario.params, value);
        return scenario;
    }

    // A study is read, not only passed.
    void tell(const char* what, const Outcomes& outcomes) const {
        qInfo("%s: %s left, sessions %.1f %% shorter", what, qPrintable(percents(outcomes)),
              100 * sessions_lost(outcomes));
    }

    // How much shorter sessions are than the cascade's, 0..1, in the mean over the seeds.
    double sessions_lost(const Outcomes& outcomes) const {
        double sum = 0;
        for (std::size_t k = 0; k < kSeeds; ++k)
            sum += 1 - outcomes[k].session_length_s / m_cascade[k].session_length_s;
        return sum / kSeeds;
    }

  private slots:
    void initTestCase() {
        m_streampulse = read("streampulse");
        m_hybrid = read("streampulse_hybrid");
        Scenario cascade = m_streampulse;
        cascade.timeline.clear();  // it goes on as it began
        m_cascade = on_all_seeds(cascade);
        m_loop = on_all_seeds(m_streampulse);
        tell("cascade", m_cascade);
        tell("one model", m_loop);
    }

    void a_cascade_keeps_its_catalogue() {
        QVERIFY2(all_left(m_cascade, 0.6), qPrintable(percents(m_cascade)));
    }

    void one_model_keeps_less_than_a_twentieth() {
        QVERIFY2(
            std::ranges::all_of(m_loop, [](const Outcome& o) { return o.catalogue_left < 0.05; }),
            qPrintable(percents(m_loop)));
    }

    void and_people_leave_sooner() {
        const double lost = sessions_lost(m_loop);
        QVERIFY2(std::abs(lost - 0.18) <= 0.05, qPrintable(QString::number(lost)));
    }

    void taught_only_what_people_found_without_it_it_stays_wide() {
        const Outcomes fresh = on_all_seeds(streampulse_with("generative.fresh_share", 1));
        tell("fresh lessons", fresh);
        QVERIFY2(all_left(fresh, 0.6), qPrintable(percents(fresh)));
    }

    // The other causes on one seed.
    void never_taught_again_it_stays_wide() {
        const Outcome outcome = outcome_of(streampulse_with("generative.retrain_every_h", 1008));
        QVERIFY2(outcome.catalogue_left > 0.6, qPrintable(percents({outcome})));
    }
    void forbidden_what_it_has_just_shown_it_stays_wide() {
        const Outcome outcome = outcome_of(streampulse_with("generative.repeat_window_h", 24));
        QVERIFY2(outcome.catalogue_left > 0.6, qPrintable(percents({outcome})));
    }

    void a_hybrid_keeps_catalogue_and_sessions() {
        const Outcomes hybrid = on_all_seeds(m_hybrid);
        tell("hybrid", hybrid);
        QVERIFY2(all_left(hybrid, 0.6), qPrintable(percents(hybrid)));
        const double lost = sessions_lost(hybrid);
        QVERIFY2(lost < 0.03, qPrintable(QString::number(lost)));
    }
};

QTEST_GUILESS_MAIN(StreampulseLongTest)
#include "streampulse_long_test.moc"
