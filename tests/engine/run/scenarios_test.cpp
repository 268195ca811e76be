// The short scenarios keep their promises. The default one is six weeks long: `cascadelab-cli
// verify first_half_second` holds it against its own.
#include <QTest>

#include "engine/run/headless.h"

using namespace cascadelab;

class ScenariosTest : public QObject {
    Q_OBJECT

  private slots:
    void a_scenario_keeps_its_promises_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<std::int64_t>("days");
        QTest::newRow("rut") << "rut" << std::int64_t{14};
        QTest::newRow("twins_noir") << "twins_noir" << std::int64_t{8};
        QTest::newRow("new_item_day_one") << "new_item_day_one" << std::int64_t{7};
    }
    void a_scenario_keeps_its_promises() {
        QFETCH(QString, name);
        QFETCH(std::int64_t, days);
        const std::string folder = CASCADELAB_SOURCE_DIR "/scenarios/";
        const auto scenario = read_scenario(folder + name.toStdString() + ".cascade.json");
        QVERIFY2(scenario.ok(), scenario ? "" : scenario.problem().sentence().c_str());
        QCOMPARE(scenario.value().days, days);
        const auto report = run_headless(scenario.value(), {});
        QVERIFY(report.ok());
        QVERIFY(report.value().complete);
        QVERIFY(report.value().refused.empty());
        const auto results = check_expectations(scenario.value(), report.value());
        QVERIFY(!results.empty());
        for (const ExpectationResult& result : results) {
            QVERIFY2(result.held, result.statement.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(ScenariosTest)
#include "scenarios_test.moc"
