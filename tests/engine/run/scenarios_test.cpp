// The scenarios keep their promises: the short ones whole, the default one for its first days. The
// whole of its six weeks is a long study (default_scenario_long_test).
#include <QTest>

#include "tests/engine/run/promises.h"

using namespace cascadelab;

class ScenariosTest : public QObject {
    Q_OBJECT

  private slots:
    void a_scenario_keeps_its_promises_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("days");
        QTest::newRow("rut") << "rut" << 14;
        QTest::newRow("twins_noir") << "twins_noir" << 8;
        QTest::newRow("new_item_day_one") << "new_item_day_one" << 7;
        QTest::newRow("first_half_second") << "first_half_second" << 4;
    }
    void a_scenario_keeps_its_promises() {
        QFETCH(QString, name);
        QFETCH(int, days);
        const QStringList broken = brokenPromises(name.toStdString(), days);
        QVERIFY2(broken.isEmpty(), qPrintable(broken.join("; ")));
    }
};

QTEST_GUILESS_MAIN(ScenariosTest)
#include "scenarios_test.moc"
