// The table of features in the room's page is the one that the command line prints.
#include <QtTest>

#include "tests/house/places.h"

class FeatureTableTest : public QObject {
    Q_OBJECT

  private slots:
    void feature_table_is_the_generated_one() {
        QProcess process;
        process.start(cascadelab::build_path("app/cascadelab-cli"), {"features", "--markdown"});
        QVERIFY(process.waitForFinished(60000));
        QCOMPARE(process.exitCode(), 0);
        const QString generated = QString::fromUtf8(process.readAllStandardOutput()).trimmed();
        QVERIFY(generated.contains("topic_share_recent"));

        QFile page(cascadelab::source_path("engine/features/README.md"));
        QVERIFY(page.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(page.readAll());
        const qsizetype begin = text.indexOf("<!-- features -->");
        const qsizetype end = text.indexOf("<!-- /features -->");
        QVERIFY(begin >= 0 && end > begin);
        QCOMPARE(text.mid(begin, end - begin).section('\n', 1).trimmed(), generated);
    }
};

QTEST_GUILESS_MAIN(FeatureTableTest)
#include "feature_table_test.moc"
