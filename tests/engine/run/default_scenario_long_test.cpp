// Six weeks of the default scenario keep their promises. Minutes long: ctest -L long.
#include <QTest>

#include "tests/scenarios/promises.h"

using namespace cascadelab;

class DefaultScenarioLongTest : public QObject {
    Q_OBJECT

  private slots:
    void six_weeks_keep_their_promises() {
        const QStringList broken = brokenPromises("first_half_second", 42);
        QVERIFY2(broken.isEmpty(), qPrintable(broken.join("; ")));
    }
};

QTEST_GUILESS_MAIN(DefaultScenarioLongTest)
#include "default_scenario_long_test.moc"
