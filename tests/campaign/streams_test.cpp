// Streams that take nothing: whatever a command has to say, it fails with 4 when nobody can hear
// it, and a file that it writes is whole all the same.
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "tests/house/places.h"
#include "tests/worlds/small_world.h"

using namespace cascadelab;

class StreamsTest : public QObject {
    Q_OBJECT
    const QString m_program = build_path("app/cascadelab-cli");
    QTemporaryDir m_folder;
    QString m_small, m_run;

    // The shell closes or redirects; what is left of both streams.
    int call(const QStringList& arguments, const QString& redirection, QByteArray& words) {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start("/bin/sh",
                      QStringList{"-c", "exec \"$@\" " + redirection, "sh", m_program} + arguments);
        process.waitForFinished(-1);
        words = process.readAll();
        return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    }

  private slots:
    void initTestCase() {
        m_small = m_folder.filePath("small.cascade.json");
        m_run = m_folder.filePath("run.cascade");
        QVERIFY(write_scenario(small_world(1), m_small.toStdString()).ok());
        QByteArray words;
        QCOMPARE(call({"run", m_small, "--out", m_run}, "", words), 0);
    }

    void an_answer_that_is_lost_is_a_failure_data() {
        QTest::addColumn<QStringList>("arguments");
        const auto row = [](const char* name, const QStringList& arguments) {
            QTest::newRow(name) << arguments;
        };
        row("help", {"--help"});
        row("version", {"--version"});
        row("help of a command", {"run", "--help"});
        row("run", {"run", m_small});
        row("run as JSON", {"run", m_small, "--json"});
        row("twins", {"run", m_small, "--twin", "rerank.exploration_slots=4"});
        row("verify a run", {"verify", m_run});
        row("verify a scenario", {"verify", m_small});
        row("inspect", {"inspect", m_small, "--person", "1", "--day", "1"});
        row("export", {"export", m_run, "--table", "metrics", "--csv"});
        row("params", {"params"});
        row("features", {"features", "--markdown"});
        row("schema", {"schema"});
        row("list of studies", {"reproduce", "--list"});
        row("a study", {"reproduce", "polya"});
    }
    void an_answer_that_is_lost_is_a_failure() {
        QFETCH(QStringList, arguments);
        QByteArray words;
        for (const char* lost : {">/dev/full", ">&-", "</dev/null >&-"}) {
            QCOMPARE(call(arguments, lost, words), 4);
            QVERIFY2(words.contains("standard output: found a stream that takes no more"),
                     words.constData());
        }
    }

    void words_that_are_lost_are_a_failure() {
        QByteArray words;
        QCOMPARE(call({"validate", m_small}, "2>/dev/full", words), 4);
        // Whoever closes it wants silence.
        QCOMPARE(call({"validate", m_small}, "2>&-", words), 0);
        // A mistake stays the mistake that it is only where it can be told.
        QCOMPARE(call({"validate", m_small + "x"}, "2>&-", words), 4);
    }

    void a_closed_stream_never_becomes_a_file_of_ours() {
        QByteArray words;
        const QString path = m_folder.filePath("closed.cascade");
        call({"run", m_small, "--json", "--out", path}, ">&- 2>&- <&-", words);
        QCOMPARE(call({"verify", path}, "", words), 0);
    }
};

QTEST_GUILESS_MAIN(StreamsTest)
#include "streams_test.moc"
