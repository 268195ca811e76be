// Sweeps by the command line: the same results from any number of workers and any division, and
// from one that was killed again and again; refusals that start nothing.
#include <QTemporaryDir>
#include <QTest>

#include "tests/app/sweep_process.h"
#include "tests/worlds/small_sweep.h"

using namespace cascadelab;

class SweepCliTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    QString m_plan;
    QByteArray m_undisturbed;  // all results in one file, without timings

    QString place(const char* name) { return m_folder.filePath(name); }
    QByteArray merged(const QString& folder) {
        if (call({"sweep", "merge", folder, "--no-timings"}).code != 0) return {};
        return bytes_of(folder + "/results.sqlite");
    }

  private slots:
    void initTestCase() {
        QVERIFY2(QFile::exists(kProgram), "build cascadelab-cli first");
        m_plan = write_tiny_sweep(m_folder.path(), tiny_plan(2));
        QVERIFY(!m_plan.isEmpty());
        const Outcome outcome = call({"sweep", m_plan, "--out", place("plain")});
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        QVERIFY(outcome.out.contains("12 cells of 12"));
        QVERIFY(QFile::exists(place("plain") + "/results.sqlite"));
        m_undisturbed = merged(place("plain"));
        QVERIFY(!m_undisturbed.isEmpty());
    }

    void a_dry_run_lists_the_cells_and_starts_nothing() {
        const Outcome outcome = call({"sweep", m_plan, "--dry-run"});
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.out.count('\n'), 13);
        QVERIFY(outcome.out.contains("retrieval.candidates=60, rerank.diversity=0.5"));
        QVERIFY(call({"sweep", m_plan, "--out", place("dry"), "--dry-run"}).code == 0);
        QVERIFY(!QFile::exists(place("dry")));
    }

    void shards_and_workers_change_nothing() {
        for (const char* shard : {"3/3", "1/3", "2/3"}) {
            const Outcome outcome = call({"sweep", m_plan, "--out", place("shards"), "--shard",
                                          shard, "--workers", *shard == '3' ? "1" : "3"});
            QVERIFY2(outcome.code == 0, outcome.err.constData());
        }
        QVERIFY(merged(place("shards")) == m_undisturbed);
    }

    void a_whole_sweep_is_not_run_again() {
        const auto before = moments_of(place("plain"));
        QCOMPARE(call({"sweep", m_plan, "--out", place("plain")}).code, 0);
        QCOMPARE(call({"sweep", "resume", place("plain")}).code, 0);
        QVERIFY(moments_of(place("plain")) == before);
        QVERIFY(call({"sweep", "status", place("plain")})
                    .out.contains("12 cells: 12 whole, 0 running, 0 without a result"));
    }

    void what_is_missing_and_that_alone_is_run() {
        call({"sweep", m_plan, "--out", place("holes")});
        auto before = moments_of(place("holes"));
        QCOMPARE(before.size(), 12u);
        const QString lost = before.begin()->first;
        QVERIFY(QFile::remove(place("holes") + "/cells/" + lost));
        QVERIFY(call({"sweep", "status", place("holes")}).out.contains("11 whole"));
        QCOMPARE(call({"sweep", "resume", place("holes")}).code, 0);
        auto after = moments_of(place("holes"));
        before.erase(lost);
        QCOMPARE(after.erase(lost), 1u);
        QVERIFY(after == before);
        QVERIFY(merged(place("holes")) == m_undisturbed);
    }

    void killed_sweeps_come_to_the_same_end() {
        const KilledSweep killed = run_killed(m_plan, place("killed"), 5, 6, 120);
        qInfo("%d kills, %zu cells whole before the last begin", killed.kills, killed.whole);
        QVERIFY(killed.kills >= 3);
        QVERIFY(killed.is_kept);
        QVERIFY(killed.is_left_alone);
        QVERIFY(merged(place("killed")) == m_undisturbed);
    }

    void two_coordinators_share_the_cells() {
        QProcess one, two;
        one.start(kProgram, {"sweep", m_plan, "--out", place("two"), "--workers", "2"});
        QVERIFY(one.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(place("two") + "/plan.sweep.json"), 60000);
        two.start(kProgram, {"sweep", "resume", place("two"), "--workers", "2"});
        QVERIFY(one.waitForFinished(120000) && two.waitForFinished(120000));
        QCOMPARE(call({"sweep", "resume", place("two")}).code, 0);
        QVERIFY(merged(place("two")) == m_undisturbed);
    }

    void an_interrupt_or_cancel_ends_it_cleanly() {
        for (const int signal : {SIGINT, SIGTERM, 0}) {
            const QString folder = place("stopped") + QString::number(signal);
            QProcess process;
            process.start(kProgram, {"sweep", m_plan, "--out", folder, "--workers", "1"});
            QVERIFY(process.waitForStarted());
            QTRY_VERIFY_WITH_TIMEOUT(!children_of(process.processId()).isEmpty(), 60000);
            const QList<qint64> workers = children_of(process.processId());
            if (signal != 0) {
                QVERIFY(process.processId() > 0);  // 0 would be our own group
                kill(static_cast<pid_t>(process.processId()), signal);
            } else {
                QCOMPARE(call({"sweep", "cancel", folder}).code, 0);
            }
            QVERIFY(process.waitForFinished(20000));
            QCOMPARE(process.exitStatus(), QProcess::NormalExit);
            QCOMPARE(process.exitCode(), signal != 0 ? 130 : 1);
            for (const qint64 worker : workers) QVERIFY(!lives(worker));
            QVERIFY(QDir(folder + "/cells").entryList({"*.part"}).isEmpty());
            if (signal == 0) QVERIFY(call({"sweep", "status", folder}).out.contains("cancelled"));
        }
        QCOMPARE(call({"sweep", "resume", place("stopped0")}).code, 0);
        QVERIFY(merged(place("stopped0")) == m_undisturbed);
    }

    void refusals_are_one_line_and_start_nothing() {
        QVERIFY(write_file(place("bad.sweep.json"), R"({"format": "cascadelab-sweep"})"));
        const auto refused = [&](const QStringList& arguments, int code, const char* part) {
            const Outcome outcome = call(arguments);
            if (outcome.code != code || !outcome.err.contains(part)) {
                qWarning("%d: %s", outcome.code, outcome.err.constData());
                return false;
            }
            return outcome.out.isEmpty() && (code == 2 || outcome.err.count('\n') == 1);
        };
        const QString out = place("refused");
        QVERIFY(refused({"sweep"}, 2, "plan"));
        QVERIFY(refused({"sweep", m_plan}, 2, "--out"));
        QVERIFY(refused({"sweep", m_plan, "--out", place("shard"), "--shard", "4/3"}, 2, "i/n"));
        QVERIFY(refused({"sweep", place("bad.sweep.json"), "--out", out}, 3, "version"));
        QVERIFY(refused({"sweep", place("none.sweep.json"), "--out", out}, 4, "no such file"));
        QVERIFY(refused({"sweep", m_plan, "--out", place("no/such/place")}, 4, "no/such"));
        QVERIFY(refused({"sweep", "status", place("nowhere")}, 4, "no such folder"));
        QVERIFY(refused({"sweep", "resume", m_folder.path()}, 4, "plan.sweep.json"));
        QVERIFY(!QFile::exists(out));
    }

    void without_slurm_its_engine_is_refused() {
        QProcess process;
        QProcessEnvironment environment;
        environment.insert("PATH", m_folder.path());
        process.setProcessEnvironment(environment);
        process.start(kProgram, {"sweep", m_plan, "--out", place("slurm"), "--engine", "slurm"});
        QVERIFY(process.waitForFinished(60000));
        QCOMPARE(process.exitCode(), 4);
        QVERIFY(process.readAllStandardError().contains("sbatch: found no such program"));
        QVERIFY(QDir(place("slurm") + "/cells").isEmpty());
    }
};

QTEST_GUILESS_MAIN(SweepCliTest)
#include "sweep_cli_test.moc"
