// The command line as a black box: exit codes, what goes to stdout and what to stderr, and the form
// of the machine answers.
#include <signal.h>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "engine/params/table.h"
#include "engine/sim/metrics/metric_names.h"
#include "engine/store/run_file/run_file.h"
#include "tests/house/places.h"
#include "tests/worlds/small_world.h"

using namespace cascadelab;

namespace {

struct Outcome {
    int code = -1;
    QByteArray out, err;
};

const QString kProgram = build_path("app/cascadelab-cli");

Outcome call(const QStringList& arguments) {
    QProcess process;
    process.start(kProgram, arguments);
    process.waitForFinished(120000);
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput(), process.readAllStandardError()};
}

}  // namespace

class CliTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    QString m_small;  // a scenario of one day

    QString file(const char* name, const QByteArray& content) {
        QFile out(m_folder.filePath(name));
        if (out.open(QIODevice::WriteOnly)) out.write(content);
        return out.fileName();
    }

  private slots:
    void initTestCase() {
        QVERIFY2(QFile::exists(kProgram), "build cascadelab-cli first");
        m_small = m_folder.filePath("small.cascade.json");
        QVERIFY(write_scenario(small_world(1), m_small.toStdString()).ok());
    }

    void usage_mistakes_exit_with_2_and_say_so_on_stderr() {
        for (const QStringList& arguments :
             {QStringList{}, QStringList{"dance"}, QStringList{"run"},
              QStringList{"run", m_small, "--days", "0"}, QStringList{"run", m_small, "--treads"},
              QStringList{"run", m_small, "--seed", "-1"}, QStringList{"run", m_small, "--out", ""},
              QStringList{"run", m_small, "--days", "1.5"},
              QStringList{"evaluate", "x", "--seed", "-1"},
              QStringList{"evaluate", "x", "--seed", "18446744073709551616"},
              QStringList{"reproduce", "polya", "--seed", "-1"},
              QStringList{"reproduce", "polya", "--seed", "18446744073709551616"},
              QStringList{"run", m_small, "--set", "x"},
              QStringList{"inspect", m_small, "--person", "120", "--day", "1"},
              QStringList{"inspect", m_small, "--person", "1", "--day", "2"},
              QStringList{"reproduce"}, QStringList{"reproduce", "poly"},
              QStringList{"reproduce", "all", "--list"},
              QStringList{"params", "--json", "--markdown"}}) {
            const Outcome outcome = call(arguments);
            QCOMPARE(outcome.code, 2);
            QVERIFY(outcome.out.isEmpty());
            QVERIFY(!outcome.err.isEmpty());
        }
        QCOMPARE(call({"--help"}).code, 0);
        QCOMPARE(call({"run", "--help"}).code, 0);
    }

    void bad_scenarios_exit_with_3_in_one_line_and_write_nothing_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("part");
        QTest::newRow("empty") << QByteArray() << QByteArray("found an empty file");
        QTest::newRow("binary") << QByteArray("\0\1\2", 3) << QByteArray("found binary data");
        QTest::newRow("truncated")
            << QByteArray("{\"format\":") << QByteArray("found the end of the file");
        QTest::newRow("newer") << QByteArray(R"({"format": "cascadelab-scenario", "version": 9})")
                               << QByteArray("version: found 9 of a newer CascadeLab");
        QTest::newRow("unknown key")
            << QByteArray(R"({"format": "cascadelab-scenario", "version": 1, "title": "",
                              "params": {"rerank.diversty": 0.5}})")
            << QByteArray(
                   "params.rerank.diversty: found an unknown parameter, expected perhaps "
                   "rerank.diversity");
        QTest::newRow("too large for this machine")
            << QByteArray(R"({"format": "cascadelab-scenario", "version": 1, "title": "",
                 "params": {"world.people": 200000, "world.items": 1000000,
                            "world.sessions_per_day": 12, "features.retention_days": 60}})")
            << QByteArray("params.world.people, world.items: found sizes that need");
        QTest::newRow("100 MiB") << QByteArray(100 << 20, ' ')
                                 << QByteArray("found a file of 100 MiB");
    }
    void bad_scenarios_exit_with_3_in_one_line_and_write_nothing() {
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, part);
        const QString path = file("bad.cascade.json", content);
        const QString run_file = m_folder.filePath("bad.cascade");
        for (const QStringList& arguments :
             {QStringList{"validate", path}, QStringList{"run", path, "--out", run_file},
              QStringList{"verify", path}}) {
            const Outcome outcome = call(arguments);
            QCOMPARE(outcome.code, 3);
            QVERIFY(outcome.out.isEmpty());
            QCOMPARE(outcome.err.count('\n'), 1);
            QVERIFY2(outcome.err.contains(part), outcome.err.constData());
            QVERIFY(outcome.err.contains(path.toUtf8()));
        }
        QVERIFY(!QFile::exists(run_file));
    }

    void bad_settings_exit_with_3() {
        const Outcome unknown = call({"run", m_small, "--set", "retrieval.candidate=5"});
        QCOMPARE(unknown.code, 3);
        QVERIFY(unknown.err.contains("--set: retrieval.candidate: found an unknown parameter"));
        const Outcome range = call({"run", m_small, "--set", "rerank.diversity=2"});
        QCOMPARE(range.code, 3);
        QVERIFY(range.err.contains("rerank.diversity: found \"2\"") ||
                range.err.contains("rerank.diversity: found 2"));
        // The timeline speaks of a person who is then no longer there.
        Scenario scenario = small_world(1);
        scenario.timeline = {{kHour, Search{PersonId(100), 1, TopicId(1)}, false}};
        const QString path = m_folder.filePath("person.cascade.json");
        QVERIFY(write_scenario(scenario, path.toStdString()).ok());
        const Outcome gone = call({"run", path, "--set", "world.people=50"});
        QCOMPARE(gone.code, 3);
        QVERIFY(gone.err.contains("timeline[0].search.person: found 100"));
    }

    void what_cannot_be_read_or_written_exits_with_4() {
        QCOMPARE(call({"run", "no_such_scenario"}).code, 4);
        QVERIFY(call({"validate", "twins_nor"}).err.contains("expected perhaps twins_noir"));
        QCOMPARE(call({"validate", m_folder.path()}).code, 4);
        QCOMPARE(call({"verify", m_folder.filePath("none.cascade")}).code, 4);
        QCOMPARE(call({"run", m_small, "--out", "/no/such/folder/a.cascade"}).code, 4);
        const QString letter = file("letter.cascade", "Dear Ada");
        QCOMPARE(call({"run", m_small, "--out", letter}).code, 4);
        QCOMPARE(QFile(letter).size(), 8);
        QCOMPARE(call({"verify", letter}).code, 3);
        QCOMPARE(call({"export", letter, "--table", "ticks", "--csv"}).code, 3);
    }

    void run_answers_in_the_promised_form() {
        const Outcome outcome = call({"run", m_small, "--json", "--threads", "2"});
        QCOMPARE(outcome.code, 0);
        QVERIFY2(outcome.err.isEmpty(), outcome.err.constData());
        const QJsonObject root = QJsonDocument::fromJson(outcome.out).object();
        QCOMPARE(root["scenario"].toString(), "small");
        QCOMPARE(root["seed"].toInt(), 11);
        QCOMPARE(root["threads"].toInt(), 2);
        QCOMPARE(root["ticks"].toInt(), 144);
        for (const char* name :
             {"params", "world", "features", "models", "log", "metrics", "all"}) {
            QCOMPARE(root["hash"][name].toString().size(), 16);
        }
        const QJsonArray days = root["days"].toArray();
        QCOMPARE(days.size(), 1);
        QCOMPARE(days[0]["day"].toInt(), 1);
        for (std::size_t i = 0; i < enum_count<Metric>; ++i) {
            const std::string name(metric_info(static_cast<Metric>(i)).name);
            const QJsonObject groups = days[0]["metrics"][name.c_str()].toObject();
            QCOMPARE(groups.keys(),
                     (QStringList{"all", "eclectic", "mainstream", "newcomers", "niche"}));
            for (const auto& value : groups) QVERIFY(value.isDouble() || value.isNull());
        }
        QVERIFY(root["profile"].toObject().contains("sessions"));
    }

    void run_verify_and_export_belong_together() {
        const QString path = m_folder.filePath("run.cascade");
        const Outcome run =
            call({"run", m_small, "--out", path, "--seed", "18446744073709551615", "--set",
                  "rerank.slate_size=5", "--set", "rerank.method=dpp", "--json"});
        QVERIFY2(run.code == 0, run.err.constData());
        const QJsonObject root = QJsonDocument::fromJson(run.out).object();
        QCOMPARE(root["seed"].toString(), "18446744073709551615");
        const Outcome verify = call({"verify", path, "--threads", "3"});
        QVERIFY2(verify.code == 0, verify.err.constData());
        QVERIFY(verify.out.contains("144 of 144 ticks come out the same"));
        const Outcome ticks = call({"export", path, "--table", "ticks", "--csv"});
        QCOMPARE(ticks.code, 0);
        QCOMPARE(ticks.out.count('\n'), 145);
        QVERIFY(ticks.out.contains(root["hash"]["log"].toString().toUtf8()));
        QCOMPARE(call({"export", path, "--table", "people", "--csv"}).code, 2);
    }

    void a_promise_that_is_not_kept_exits_with_1() {
        Scenario scenario = small_world(1);
        scenario.expect = {{Metric::coverage, 0, 1, 2.0, std::nullopt, std::nullopt, "never"}};
        const QString path = m_folder.filePath("promise.cascade.json");
        QVERIFY(write_scenario(scenario, path.toStdString()).ok());
        const Outcome outcome = call({"verify", path});
        QCOMPARE(outcome.code, 1);
        QVERIFY(outcome.err.contains("does not hold: day 1: coverage (all)"));
    }

    void interrupting_exits_with_130_and_leaves_a_whole_run_file_data() {
        QTest::addColumn<int>("signal");
        QTest::newRow("Ctrl-C") << SIGINT;
        QTest::newRow("end") << SIGTERM;
        QTest::newRow("logout") << SIGHUP;
    }
    void interrupting_exits_with_130_and_leaves_a_whole_run_file() {
        Scenario scenario = small_world(200);
        const QString path = m_folder.filePath("long.cascade.json");
        const QString run_file = m_folder.filePath("long.cascade");
        QVERIFY(write_scenario(scenario, path.toStdString()).ok());
        QProcess process;
        process.start(kProgram, {"run", path, "--out", run_file, "--progress"});
        QVERIFY(process.waitForStarted());
        // The bar says that the first tick is done.
        QByteArray err;
        QTRY_VERIFY_WITH_TIMEOUT((err += process.readAllStandardError()).contains("Day 1"), 60000);
        QFETCH(int, signal);
        QVERIFY(process.processId() > 0);  // 0 would be our own group
        QCOMPARE(kill(static_cast<pid_t>(process.processId()), signal), 0);
        QVERIFY(process.waitForFinished(60000));
        QCOMPARE(process.exitCode(), 130);
        QVERIFY((err += process.readAllStandardError()).contains("interrupted after "));
        const auto record = read_run_file(run_file.toStdString());
        QVERIFY2(record.ok(), record ? "" : record.problem().sentence().c_str());
        QVERIFY(!record.value().ticks.empty());
        QVERIFY(!QFile::exists(run_file + "-wal"));
    }

    void work_that_does_not_listen_is_cut_off() {
        // One tick of a day: the world and its training take seconds.
        QProcess process;
        process.start(kProgram, {"run", m_small, "--days", "30", "--set", "world.people=20000",
                                 "--set", "world.items=20000", "--out",
                                 m_folder.filePath("deaf.cascade"), "--progress"});
        QVERIFY(process.waitForStarted());
        QByteArray err;
        QTRY_VERIFY_WITH_TIMEOUT((err += process.readAllStandardError()).contains('%'), 60000);
        QVERIFY(process.processId() > 0);  // 0 would be our own group
        QCOMPARE(kill(static_cast<pid_t>(process.processId()), SIGTERM), 0);
        QVERIFY(process.waitForFinished(60000));
        QCOMPARE(process.exitCode(), 130);
        QVERIFY((err += process.readAllStandardError()).contains("interrupted "));
    }

    void foreign_text_is_never_obeyed_by_the_terminal() {
        // JSON's own escapes: the program sees the characters, this file does not.
        const QByteArray evil = "\\u001b]0;own\\u0007\\u001b[31m\\n\\u009b2J\\u202eok: fake";
        const QByteArray head =
            "{\"format\": \"cascadelab-scenario\", \"version\": 1, \"title\": \"";
        const QString title = file("title.cascade.json", head + evil + "\"}");
        const QString key =
            file("key.cascade.json", head + "t\", \"params\": {\"" + evil + "\": 1}}");
        const QString name = file("a\x1b[2J\nok.cascade.json", "{");
        for (const QStringList& arguments :
             {QStringList{"validate", title}, QStringList{"validate", key},
              QStringList{"validate", name}, QStringList{"run", m_small, "--set", "\x1b[2J\nok=1"},
              QStringList{"export", name, "--table", "\x1b[2J"}, QStringList{"\x1b[2J"},
              QStringList{"run", QString::fromUtf8("\x1b[2J\xC2\x9B")},
              QStringList{"evaluate", "\x1b[2J"}}) {
            const Outcome outcome = call(arguments);
            const QByteArray text = outcome.out + outcome.err;
            for (const char* obeyed : {"\x1b", "\xC2\x9B", "\xE2\x80\xAE", "\nok"})
                QVERIFY2(!text.contains(obeyed), text.constData());
            QCOMPARE(outcome.err.count('\n'), 1);
        }
    }

    void a_scenario_of_nonsense_is_refused_before_it_takes_time() {
        const QByteArray head =
            "{\"format\": \"cascadelab-scenario\", \"version\": 1, \"title\": \"t";
        QByteArray many = head + "\", \"params\": {";
        for (int group = 0; group < 500; ++group) {
            many += (group > 0 ? ",\"g" : "\"g") + QByteArray::number(group) + "\":{";
            for (int key = 0; key < 1000; ++key)
                many += (key > 0 ? ",\"k" : "\"k") + QByteArray::number(key) + "\":1";
            many += '}';
        }
        const QByteArray one =
            head + "\", \"params\": {\"" + QByteArray(8'000'000, 'k') + "\": 1}}";
        // Each took minutes; the test's own watch is what ends it then.
        QCOMPARE(call({"validate", file("many.cascade.json", many + "}}")}).code, 3);
        QCOMPARE(call({"validate", file("one.cascade.json", one)}).code, 3);
        const QByteArray title = head + QByteArray(1'000'000, 'k') + "\"}";
        QCOMPARE(call({"validate", file("title_long.cascade.json", title)}).code, 3);
    }

    void verify_compares_all_that_is_recorded_data() {
        QTest::addColumn<QByteArray>("sql");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("words");
        const auto row = [](const char* name, const char* sql, int code, const char* words) {
            QTest::newRow(name) << QByteArray(sql) << code << QByteArray(words);
        };
        row("as it is", "SELECT 1", 0, "144 of 144 ticks come out the same; not compared: ");
        row("a metric", "UPDATE metrics SET value = .99 WHERE metric = 'gini'", 1,
            "differs in metrics: tick ");
        row("a reference", "UPDATE reference_metrics SET value = 7", 1, "reference_metrics: ");
        row("a candidate", "UPDATE candidates SET value = 3 WHERE place = 2", 1, "candidates: ");
        row("a candidate more",
            "INSERT INTO candidates SELECT 99999, place, item, source, fate, position, rank, 0, 0, "
            "0, 0, 0, 0 FROM candidates WHERE trace = 1",
            1, "candidates: ");
        row("a trace less", "DELETE FROM traces WHERE id = 2", 1, "traces: ");
        row("a frame less", "DELETE FROM frames WHERE tick = 72", 1, "frames: ");
        row("a frame changed", "UPDATE frames SET bytes = zeroblob(9) WHERE tick = 72", 1,
            "frames: ");
        row("the time", "UPDATE ticks SET time_s = 7 WHERE tick = 3", 1, "ticks: tick 3: time_s");
        row("the requests", "UPDATE ticks SET requests = 7000", 1, "ticks: tick 1: requests");
        row("a name", "UPDATE fates SET name = 'x' WHERE id = 1", 1, "fates: ");
        row("no ticks", "DELETE FROM ticks; DELETE FROM journal", 1, "ticks: found none");
        row("cut off",
            "DELETE FROM candidates WHERE trace IN (SELECT id FROM traces WHERE tick > 50);"
            "DELETE FROM ticks WHERE tick > 50; DELETE FROM metrics WHERE tick > 50;"
            "DELETE FROM reference_metrics WHERE tick > 50; DELETE FROM traces WHERE tick > 50;"
            "DELETE FROM frames WHERE tick > 50; DELETE FROM journal WHERE tick > 50",
            0, "50 of 144 ticks come out the same, cut off");
    }
    void verify_compares_all_that_is_recorded() {
        QFETCH(QByteArray, sql);
        QFETCH(int, code);
        QFETCH(QByteArray, words);
        const QString whole = m_folder.filePath("compared.cascade");
        if (!QFile::exists(whole)) QCOMPARE(call({"run", m_small, "--out", whole}).code, 0);
        // Content decides, not the ending.
        const QString changed = m_folder.filePath("changed");
        QFile::remove(changed);
        QVERIFY(QFile::copy(whole, changed));
        {
            auto database = Database::open(changed.toStdString(), {});
            QVERIFY(database.value().exec(sql.toStdString()).ok());
        }
        const Outcome outcome = call({"verify", changed});
        QVERIFY2((outcome.out + outcome.err).contains(words),
                 (outcome.out + outcome.err).constData());
        QCOMPARE(outcome.code, code);
    }

    void params_and_schema_come_from_the_table() {
        const QJsonArray params = QJsonDocument::fromJson(call({"params", "--json"}).out).array();
        QCOMPARE(static_cast<std::size_t>(params.size()),
                 parameter_table().size() + path_parameter_table().size());
        for (const auto& parameter : params) {
            for (const char* key : {"key", "label", "unit", "help", "kind", "default", "when"}) {
                QVERIFY(parameter.toObject().contains(key));
            }
        }
        const QByteArray markdown = call({"params", "--markdown"}).out;
        QCOMPARE(static_cast<std::size_t>(markdown.count('\n')),
                 parameter_table().size() + path_parameter_table().size() + 2);
        QVERIFY(QJsonDocument::fromJson(call({"schema"}).out).isObject());
    }

    void twins_differ_by_what_they_were_told() {
        const Outcome outcome = call({"run", m_small, "--twin", "rerank.exploration_slots=4",
                                      "--seeds", "2", "--threads", "1", "--json"});
        QCOMPARE(outcome.code, 0);
        const QJsonObject root = QJsonDocument::fromJson(outcome.out).object();
        QCOMPARE(root.keys(), (QStringList{"days", "pairs", "scenario", "threads", "twin"}));
        const QJsonArray pairs = root["pairs"].toArray();
        QCOMPARE(pairs.size(), 2);
        QCOMPARE(pairs[1]["seed"].toInt(), pairs[0]["seed"].toInt() + 1);
        QVERIFY(pairs[0]["base"] != pairs[0]["twin"]);
        const QJsonObject clicks = root["days"][0]["metrics"]["click_rate"]["all"].toObject();
        QCOMPARE(clicks.keys(), (QStringList{"base", "difference", "high", "low", "twin"}));
        QVERIFY(clicks["low"].toDouble() <= clicks["difference"].toDouble());
        const Outcome unknown = call({"run", m_small, "--twin", "rerank.exploration_slot=4"});
        QCOMPARE(unknown.code, 3);
        QVERIFY(unknown.err.contains("rerank.exploration_slots"));
        QCOMPARE(call({"run", m_small, "--seeds", "2"}).code, 2);
        QCOMPARE(call({"run", m_small, "--twin", "rerank.exploration_slots=4", "--out", "x"}).code,
                 2);
    }

    void reproduce_lists_studies_and_names_the_nearest() {
        const QByteArray list = call({"reproduce", "--list"}).out;
        for (const char* name :
             {"chaney", "aridor", "jiang", "self_training", "polya", "clickbait", "position_bias",
              "staleness", "fan_out", "queues", "bandits", "calibration", "dpp", "codebook"}) {
            QVERIFY2(list.contains(QByteArray(name) + ' '), name);
        }
        const Outcome unknown = call({"reproduce", "poly"});
        QVERIFY(unknown.err.contains("polya"));
    }

    void reproduce_answers_in_json_and_exits_by_the_verdict() {
        const Outcome outcome = call({"reproduce", "calibration", "--json", "--threads", "1"});
        QCOMPARE(outcome.code, 0);
        const QJsonObject root = QJsonDocument::fromJson(outcome.out).object();
        QCOMPARE(root.keys(), QStringList{"results"});
        const QJsonArray results = root["results"].toArray();
        QVERIFY(!results.isEmpty());
        for (const auto& entry : results) {
            const QJsonObject check = entry.toObject();
            QCOMPARE(check.keys(),
                     (QStringList{"name", "own", "published", "tolerance", "verdict"}));
            QVERIFY(check["name"].toString().startsWith("calibration."));
            QCOMPARE(check["verdict"].toString(), QString("pass"));
        }
        QCOMPARE(call({"reproduce", "calibration", "--json", "--threads", "3"}).out, outcome.out);
    }

    void interrupting_a_study_exits_with_130() {
        QProcess process;
        process.start(kProgram, {"reproduce", "jiang", "--progress"});
        QVERIFY(process.waitForStarted());
        process.setReadChannel(QProcess::StandardError);
        QTRY_VERIFY_WITH_TIMEOUT(process.bytesAvailable() > 0, 60000);
        QVERIFY(process.processId() > 0);  // 0 would be our own group
        QCOMPARE(kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
        QVERIFY(process.waitForFinished(60000));
        QCOMPARE(process.exitCode(), 130);
        QVERIFY(!process.readAllStandardOutput().contains("jiang."));
    }

    void inspect_tells_a_request_as_text() {
        const Outcome outcome = call({"inspect", m_small, "--person", "3", "--day", "1"});
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        for (const char* part : {"proposed", "why the others fell", "the page", "suited best"}) {
            QVERIFY(outcome.out.contains(part));
        }
    }
};

QTEST_GUILESS_MAIN(CliTest)
#include "cli_test.moc"
