// The README says what the program says: its parameter table is the one the command line prints.
#include <QtTest>

#include "tests/house/places.h"

namespace {

QString text_of(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

class ReadmeTest : public QObject {
    Q_OBJECT
  private slots:
    void parameter_table_is_the_generated_one() {
        QProcess process;
        process.start(cascadelab::build_path("app/cascadelab-cli"), {"params", "--markdown"});
        QVERIFY(process.waitForFinished(60000));
        const QString generated = QString::fromUtf8(process.readAllStandardOutput()).trimmed();
        QVERIFY(generated.contains("retrieval.candidates"));

        const QString readme = text_of(cascadelab::source_path("README.md"));
        const qsizetype begin = readme.indexOf("<!-- parameters -->");
        const qsizetype end = readme.indexOf("<!-- /parameters -->");
        QVERIFY(begin >= 0 && end > begin);
        const QString stated = readme.mid(begin, end - begin).section('\n', 1).trimmed();
        QCOMPARE(stated, generated);
    }
    void opens_with_the_two_commands() {
        const QString readme = text_of(cascadelab::source_path("README.md"));
        for (const char* command : {"./app/run", "./tests/run"}) {
            const qsizetype at = readme.indexOf(command);
            QVERIFY(at >= 0 && at < 200);
            const QFileInfo file(cascadelab::source_path("") + (command + 2));
            QVERIFY(file.isExecutable());
        }
    }
};

}  // namespace

QTEST_GUILESS_MAIN(ReadmeTest)
#include "readme_test.moc"
