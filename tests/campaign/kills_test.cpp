// Runs that are killed at any moment, one after another at one path: what is left is whole as far
// as it goes, comes out the same again, and never stands in the way of the next run.
#include <signal.h>

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "engine/store/run_file/run_file.h"
#include "tests/campaign/rounds.h"
#include "tests/house/places.h"
#include "tests/worlds/small_world.h"

using namespace cascadelab;

namespace {

const QString kProgram = build_path("app/cascadelab-cli");

int call(const QStringList& arguments, QByteArray& words) {
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(kProgram, arguments);
    process.waitForFinished(-1);
    words = process.readAll();
    return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
}

}  // namespace

class KillsTest : public QObject {
    Q_OBJECT

  private slots:
    void a_killed_run_is_whole_as_far_as_it_goes() {
        QTemporaryDir folder;
        const QString scenario = folder.filePath("small.cascade.json");
        QVERIFY(write_scenario(small_world(30), scenario.toStdString()).ok());
        const QString path = folder.filePath("run.cascade");
        Draws draws(20260504);
        QByteArray words;
        const int rounds = campaign_rounds(5, 1000);
        int cut_off = 0;
        for (int round = 0; round < rounds; ++round) {
            QProcess run;
            run.setReadChannel(QProcess::StandardError);
            run.start(kProgram, {"run", scenario, "--out", path, "--progress"});
            QVERIFY(run.waitForStarted());
            // While it begins, or somewhere after its first tick, which the bar tells.
            QByteArray said;
            while (round % 2 == 1 && !said.contains("Day 1") && run.waitForReadyRead(60000))
                said += run.readAllStandardError();
            QTest::qSleep(static_cast<int>(draws.below(round % 2 == 0 ? 60 : 400)));
            const int signal = draws.below(4) == 0 ? SIGTERM : SIGKILL;
            // A process that has ended has no number; 0 would be our own group.
            const auto process = static_cast<pid_t>(run.processId());
            if (process > 0) kill(process, signal);
            QVERIFY(run.waitForFinished(60000));
            if (signal == SIGTERM && run.exitStatus() == QProcess::NormalExit)
                QCOMPARE(run.exitCode(), 130);
            if (!QFile::exists(path)) continue;
            const auto record = read_run_file(path.toStdString());
            QVERIFY2(record.ok(), record ? "" : record.problem().sentence().c_str());
            const bool began = !record.value().ticks.empty();
            QCOMPARE(call({"verify", path}, words), began ? 0 : 1);
            QVERIFY2(words.contains(began ? " of 4320 ticks come out the same, cut off" : "none"),
                     words.constData());
            cut_off += began ? 1 : 0;
        }
        qInfo("%d of %d runs were cut off after a tick", cut_off, rounds);
        QVERIFY(cut_off > 0);
        QCOMPARE(call({"run", scenario, "--days", "1", "--out", path}, words), 0);
        QCOMPARE(call({"verify", path}, words), 0);
        QVERIFY(words.contains("144 of 144 ticks"));
        QVERIFY(!QFile::exists(path + "-wal") && !QFile::exists(path + "-shm"));
    }
};

QTEST_GUILESS_MAIN(KillsTest)
#include "kills_test.moc"
