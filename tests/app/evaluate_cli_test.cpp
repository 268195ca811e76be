// evaluate as a black box: exit codes, the form of the answers, Ctrl-C.
#include <signal.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "tests/house/places.h"

namespace {

struct Outcome {
    int code = -1;
    QByteArray out, err;
};

const QString kProgram = cascadelab::build_path("app/cascadelab-cli");
const QString kRatings = cascadelab::source_path("tests/fixtures/ratings_reference.csv");

Outcome call(const QStringList& arguments) {
    QProcess process;
    process.start(kProgram, QStringList{"evaluate"} + arguments);
    process.waitForFinished(120000);
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput(), process.readAllStandardError()};
}

class EvaluateCliTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase() { QVERIFY2(QFile::exists(kProgram), "build cascadelab-cli first"); }

    void json_has_the_promised_form() {
        const Outcome outcome = call({kRatings, "--model", "ease,popularity", "--json"});
        QCOMPARE(outcome.code, 0);
        QVERIFY(outcome.err.isEmpty());
        const QJsonArray models = QJsonDocument::fromJson(outcome.out)["models"].toArray();
        QCOMPARE(models.size(), 2);
        QCOMPARE(models[0]["model"].toString(), "ease");
        QCOMPARE(models[1]["model"].toString(), "popularity");
        for (const char* key : {"ndcg_at_10", "p_at_10", "r_at_10", "hr_at_10", "r_at_20",
                                "r_at_50", "ndcg_at_100", "train_s", "score_ms"}) {
            QVERIFY2(models[0][QLatin1String(key)].isDouble(), key);
        }
    }
    void learning_curves_are_in_the_json_and_on_wish_below_the_table() {
        const Outcome json = call({kRatings, "--model", "two_tower", "--json"});
        const QJsonArray models = QJsonDocument::fromJson(json.out)["models"].toArray();
        QVERIFY(models[0]["epochs"].toArray().size() > 1);
        const Outcome table = call({kRatings, "--model", "two_tower", "--curve", "--progress"});
        QVERIFY(table.out.contains("learning curve of two_tower"));
        QVERIFY(table.out.startsWith("model "));
        QVERIFY(table.err.contains('%'));
    }
    void usage_mistakes_exit_with_2_and_name_the_nearest_word() {
        const Outcome model = call({kRatings, "--model", "popularty"});
        QCOMPARE(model.code, 2);
        QVERIFY(model.err.contains("--model: found \"popularty\", expected perhaps popularity"));
        const Outcome split = call({kRatings, "--split", "leave-last-ou"});
        QCOMPARE(split.code, 2);
        QVERIFY(split.err.contains("expected perhaps leave-last-out"));
        QCOMPARE(call({}).code, 2);
        QCOMPARE(call({kRatings, "--min-rating", "high"}).code, 2);
    }
    void bad_files_exit_with_3_and_missing_ones_with_4() {
        QTemporaryDir folder;
        const Outcome bare = call({folder.path()});
        QCOMPARE(bare.code, 3);
        QCOMPARE(bare.err.count('\n'), 1);
        QVERIFY(bare.err.contains("found a directory without ratings"));
        QCOMPARE(call({folder.filePath("none.csv")}).code, 4);
        const Outcome u1 = call({kRatings, "--split", "u1"});
        QCOMPARE(u1.code, 3);
        QVERIFY(u1.err.contains("expected a MovieLens 100K folder"));
    }
    void interrupt_exits_with_130_and_answers_nothing() {
        QTemporaryDir folder;
        // Enough for a training of a while.
        QFile file(folder.filePath("long.csv"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (int u = 0; u < 1000; ++u) {
            for (int k = 0; k < 60; ++k) {
                file.write(QString("%1,%2,4,%3\n").arg(u).arg((u + k * k) % 4000).arg(k).toUtf8());
            }
        }
        file.close();
        QProcess process;
        process.start(kProgram,
                      {"evaluate", file.fileName(), "--model", "ials,two_tower", "--progress"});
        QVERIFY(process.waitForStarted());
        process.setReadChannel(QProcess::StandardError);
        QByteArray err;
        while (!err.contains('%') && process.waitForReadyRead(60000)) {
            err += process.readAllStandardError();
        }
        QVERIFY2(err.contains('%') && process.processId() > 0, err.constData());
        QVERIFY(process.processId() > 0);  // 0 would be our own group
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(60000));
        QCOMPARE(process.exitCode(), 130);
        QVERIFY(process.readAllStandardOutput().isEmpty());
    }
};

}  // namespace

QTEST_GUILESS_MAIN(EvaluateCliTest)
#include "evaluate_cli_test.moc"
