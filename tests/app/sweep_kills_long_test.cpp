// A hundred SIGKILLs of workers and coordinators at random moments: the sweep comes to the same
// end.
#include <QTemporaryDir>
#include <QTest>

#include "tests/app/sweep_process.h"
#include "tests/worlds/small_sweep.h"

using namespace cascadelab;

class SweepKillsLongTest : public QObject {
    Q_OBJECT

  private slots:
    void a_hundred_kills_change_nothing() {
        QTemporaryDir folder;
        const QString plan = write_tiny_sweep(folder.path(), tiny_plan(60));
        const QString plain = folder.filePath("plain"), killed = folder.filePath("killed");
        QCOMPARE(call({"sweep", plan, "--out", plain}).code, 0);
        const KilledSweep end = run_killed(plan, killed, 9, 100, 60);
        qInfo("%d kills, %zu of 360 cells whole before the last resume", end.kills, end.whole);
        QCOMPARE(end.kills, 100);
        QVERIFY(end.is_kept);
        QVERIFY(end.is_left_alone);
        for (const QString& out : {plain, killed})
            QCOMPARE(call({"sweep", "merge", out, "--no-timings"}).code, 0);
        QVERIFY(bytes_of(plain + "/results.sqlite") == bytes_of(killed + "/results.sqlite"));
    }
};

QTEST_GUILESS_MAIN(SweepKillsLongTest)
#include "sweep_kills_long_test.moc"
