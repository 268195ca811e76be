// Every scenario of the library keeps its promises: the short ones whole, the default one for its
// first days. The whole of its six weeks is a long study (default_scenario_long_test).
#include <QDir>
#include <QTest>

#include "tests/house/places.h"
#include "tests/scenarios/promises.h"

using namespace cascadelab;

namespace {
constexpr int kDaysOfTheDefault = 4;
}

class ScenariosTest : public QObject {
    Q_OBJECT

  private slots:
    void a_scenario_keeps_its_promises_data() {
        QTest::addColumn<QString>("name");
        const QDir folder(source_path("scenarios"));
        for (QString file : folder.entryList({"*.cascade.json"}, QDir::Files, QDir::Name)) {
            const QString name = file.remove(".cascade.json");
            QTest::newRow(qPrintable(name)) << name;
        }
    }
    void a_scenario_keeps_its_promises() {
        QFETCH(QString, name);
        const int days = name == "first_half_second" ? kDaysOfTheDefault : kWhole;
        const QStringList broken = brokenPromises(name.toStdString(), days);
        QVERIFY2(broken.isEmpty(), qPrintable(broken.join("; ")));
    }
};

QTEST_GUILESS_MAIN(ScenariosTest)
#include "scenarios_test.moc"
