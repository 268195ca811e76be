// The quick studies whole, and what holds for all of them: the long ones stand beside this file.
#include "engine/studies/study.h"

#include <QtTest>
#include <cmath>
#include <set>

using namespace cascadelab;

namespace {

StudyResult run_study(const char* name, int threads, std::uint64_t seed = 1) {
    StudyRun run(threads, seed);
    return find_study(name)->run(run);
}

class StudiesTest : public QObject {
    Q_OBJECT
  private slots:
    void quick_studies_reproduce_data() {
        QTest::addColumn<QByteArray>("name");
        for (const char* name :
             {"agent_tokens", "calibration", "clickbait", "cold_cache", "cold_start", "conductor",
              "dpp", "fedavg_drift", "federated_exact", "gpu_step", "latency_engagement",
              "llm_bootstrap", "llm_position", "llm_rank", "position_bias", "staleness",
              "streampulse_bill", "video_start"}) {
            QTest::newRow(name) << QByteArray(name);
        }
    }
    void quick_studies_reproduce() {
        QFETCH(const QByteArray, name);
        const StudyResult result = run_study(name.constData(), 2);
        QVERIFY(!result.checks.empty());
        for (const StudyCheck& check : result.checks) {
            if (check.comparison == Comparison::at_most) continue;  // measured on this machine
            QVERIFY2(check.passed(), (check.name + " " + std::to_string(check.own)).c_str());
        }
    }

    void any_number_of_threads_gives_the_same_numbers() {
        const StudyResult one = run_study("position_bias", 1);
        const StudyResult three = run_study("position_bias", 3);
        for (std::size_t i = 0; i < one.checks.size(); ++i) {
            QCOMPARE(one.checks[i].own, three.checks[i].own);
        }
        QVERIFY(one.checks[0].own != run_study("position_bias", 1, 2).checks[0].own);
    }

    void every_study_says_what_it_is() {
        std::set<std::string_view> names;
        for (const Study& study : studies()) {
            QVERIFY(names.insert(study.name).second);
            QVERIFY(find_study(study.name) == &study);
            for (const std::string_view words : {study.title, study.citation, study.setup}) {
                QVERIFY(words.size() > 10);
            }
        }
        QCOMPARE(names.size(), std::size_t{35});
        QVERIFY(find_study("nothing") == nullptr);
    }

    void checks_and_plots_fit_together() {
        const StudyResult result = run_study("staleness", 2);
        for (const StudyCheck& check : result.checks) {
            QVERIFY(check.name.starts_with("staleness."));
            QVERIFY(!check.what.empty() && check.tolerance >= 0);
        }
        QVERIFY(!result.plots.empty());
        for (const StudyPlot& plot : result.plots) {
            for (const auto* curves : {&plot.own, &plot.published}) {
                QVERIFY(!curves->empty());
                for (const StudyCurve& curve : *curves) {
                    QCOMPARE(curve.x.size(), curve.y.size());
                    QVERIFY(!curve.x.empty());
                }
            }
        }
    }

    void a_verdict_is_the_tolerance() {
        StudyCheck check{"a", "b", 0.22, 0.25, 0.03, Comparison::within};
        QVERIFY(check.passed());
        check.own = 0.2501;
        QVERIFY(!check.passed());
        check.own = 0.1899;
        QVERIFY(!check.passed());
        check.comparison = Comparison::at_most;
        QVERIFY(check.passed());
        check.own = 0.26;
        QVERIFY(!check.passed());
        check.own = std::nan("");
        QVERIFY(!check.passed());
        QVERIFY(!(StudyResult{{check}, {}}.passed()));
    }

    void values_show_what_their_tolerance_can_tell() {
        const auto decimals = [](double tolerance) {
            return StudyCheck{"a", "b", 1, 1, tolerance, Comparison::within}.decimals();
        };
        QCOMPARE(decimals(0.03), 3);
        QCOMPARE(decimals(0.0006), 5);
        QCOMPARE(decimals(4), 1);
        QCOMPARE(decimals(70), 0);
        QCOMPARE(decimals(0), 0);
        QCOMPARE((StudyCheck{"a", "b", 0.2, 0.04, 0, Comparison::at_most}.decimals()), 3);
    }

    void a_cancelled_study_stops_at_once() {
        QVERIFY(!studies().empty());
        for (const Study& study : studies()) {
            int asked = 0;
            StudyRun run(2, 1, [&](double) { return ++asked < 1; });
            study.run(run);
            QVERIFY(run.cancelled());
            QCOMPARE(asked, 1);
        }
    }

    void progress_goes_from_nothing_to_all() {
        double last = 0;
        bool falls = false;
        StudyRun run(2, 1, [&](double share) {
            falls = falls || share < last;
            last = share;
            return true;
        });
        find_study("staleness")->run(run);
        QVERIFY(!falls);
        QVERIFY(last > 0.9 && last < 1.001);
    }
};

}  // namespace

QTEST_GUILESS_MAIN(StudiesTest)
#include "studies_test.moc"
