// The scenarios of the modelled fleet, and of what it serves, keep their promises in a world that
// nobody chose for them, too.
#include <QTest>

#include "tests/scenarios/promises.h"

using namespace cascadelab;

class FleetScenariosTest : public QObject {
    Q_OBJECT

  private slots:
    void a_scenario_keeps_its_promises_with_another_seed_data() {
        QTest::addColumn<QString>("name");
        for (const char* name :
             {"budget_200ms", "cache_tiers", "edge_of_the_world", "freshness_or_latency",
              "llm_rerank", "peak_holiday", "retry_storm", "streampulse_bill", "two_definitions"}) {
            QTest::newRow(name) << name;
        }
    }
    void a_scenario_keeps_its_promises_with_another_seed() {
        QFETCH(QString, name);
        constexpr std::uint64_t kAnotherSeed = 1001;
        const QStringList broken = brokenPromises(name.toStdString(), kWhole, kAnotherSeed);
        QVERIFY2(broken.isEmpty(), qPrintable(broken.join("; ")));
    }
};

QTEST_GUILESS_MAIN(FleetScenariosTest)
#include "fleet_scenarios_test.moc"
