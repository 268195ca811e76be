// The studies that take longer than a breath, whole.
#include <QtTest>

#include "engine/studies/study.h"

using namespace cascadelab;

namespace {

class StudiesLongTest : public QObject {
    Q_OBJECT
  private slots:
    void studies_reproduce_data() {
        QTest::addColumn<QByteArray>("name");
        for (const char* name : {"chaney", "aridor", "jiang", "self_training", "polya", "fan_out",
                                 "queues", "age_of_information", "cache", "bandits", "codebook",
                                 "elicitation", "llm_information", "questions_or_feed"}) {
            QTest::newRow(name) << QByteArray(name);
        }
    }
    void studies_reproduce() {
        QFETCH(const QByteArray, name);
        StudyRun run(2);
        const StudyResult result = find_study(name.constData())->run(run);
        QVERIFY(!result.checks.empty());
        for (const StudyCheck& check : result.checks) {
            QVERIFY2(check.passed(), (check.name + " " + std::to_string(check.own)).c_str());
        }
    }
};

}  // namespace

QTEST_GUILESS_MAIN(StudiesLongTest)
#include "studies_long_test.moc"
